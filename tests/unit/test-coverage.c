/* test-coverage.c: what runs came to, and how runs are divided by that. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "engine/model.h"
#include "engine/simulation.h"
#include "explore/coverage.h"
#include "explore/portfolio.h"
#include "../support/program-catalog.h"

static const char base[] = "duration: 2s\n"
                           "model: atomic-commitment\n"
                           "options: {participants: 2}\n"
                           "clients: {sessions: 3}\n"
                           "network: {latency: 2ms}\n"
                           "workload:\n"
                           "  object: bank\n"
                           "  think: 5ms\n"
                           "  mix: {withdraw: 100%}\n"
                           "  keys: {count: 4}\n";

/* The words of the base scenario's run with one thing changed; NULL: nothing. */
static GArray *
coverage (const char *set, OrrRecordLevel level, guint64 seed)
{
  const char *const sets[] = { set, NULL };
  const OrrRunOptions options = { .seed = seed, .level = level };
  g_autoptr (OrrProblems) problems = orr_problems_new ("coverage");
  g_autoptr (OrrScenario) scenario = orr_scenario_parse (base, strlen (base), NULL, sets, catalog, problems);
  g_autofree char *messages = orr_problems_to_text (problems);
  GArray *words = g_array_new (FALSE, FALSE, sizeof (guint64));
  if (!scenario)
    fail_msg ("%s", messages);
  g_autoptr (OrrTrace) trace = orr_simulate (scenario, &options);
  g_array_append_vals (words, &(guint64){ 0 }, 1); /* is emptied */
  orr_coverage_of (trace, words);
  return words;
}

static gboolean
saw (const GArray *words, const char *name)
{
  for (const OrrProbe *probe = orr_probes; probe->name; probe++)
    if (strcmp (probe->name, name) == 0)
      return orr_coverage_has (words, orr_probe_word (probe));
  fail_msg ("there is no probe %s", name);
  return FALSE;
}

static void
assert_is_set (const GArray *words)
{
  for (guint i = 1; i < words->len; i++)
    assert_true (g_array_index (words, guint64, i - 1) < g_array_index (words, guint64, i));
}

/* It does not depend on how much is recorded, and little on the seed. */
static void
test_is_of_the_run (void **state G_GNUC_UNUSED)
{
  g_autoptr (GArray) low = coverage (NULL, ORR_RECORD_OPERATIONS, 1),
                     high = coverage (NULL, ORR_RECORD_FULL, 1),
                     other = coverage (NULL, ORR_RECORD_OPERATIONS, 2);
  assert_true (low->len > 10);
  assert_is_set (low);
  assert_int_equal (low->len, high->len);
  assert_memory_equal (low->data, high->data, low->len * sizeof (guint64));
  assert_true (orr_coverage_merge (low, other) < other->len / 2);
}

/* What goes wrong shows, and what does not go wrong does not. */
static void
test_faults_are_new (void **state G_GNUC_UNUSED)
{
  g_autoptr (GArray) all = coverage (NULL, ORR_RECORD_OPERATIONS, 1);
  g_autoptr (GArray) crash
      = coverage ("faults=[{at: 500ms, crash: coordinator, for: 300ms}]", ORR_RECORD_OPERATIONS, 1);
  g_autoptr (GArray) idle
      = coverage ("faults=[{at: 0s, clock-stop: coordinator, for: 0s}]", ORR_RECORD_OPERATIONS, 1);
  guint usual = all->len;
  assert_int_equal (orr_coverage_merge (all, idle), 0);
  assert_true (orr_coverage_merge (all, crash) > 3);
  assert_true (all->len > usual);
  assert_is_set (all);
  assert_int_equal (orr_coverage_merge (all, crash), 0);
}

static void
test_probes (void **state G_GNUC_UNUSED)
{
  g_autoptr (GArray) calm = coverage (NULL, ORR_RECORD_OPERATIONS, 1);
  g_autoptr (GArray) crash
      = coverage ("faults=[{at: 500ms, crash: coordinator, for: 300ms}]", ORR_RECORD_OPERATIONS, 1);
  g_autoptr (GArray) two
      = coverage ("faults=[{at: 500ms, crash: coordinator, for: 300ms}, {at: 600ms, crash: participant1, "
                  "for: 300ms}]",
                  ORR_RECORD_OPERATIONS, 1);
  g_autoptr (GArray) loss = coverage ("network.loss=20%", ORR_RECORD_OPERATIONS, 1);
  g_autoptr (GArray) cut = coverage ("faults=[{at: 500ms, partition: {isolate: coordinator}, for: 300ms}]",
                                     ORR_RECORD_OPERATIONS, 1);
  for (const OrrProbe *probe = orr_probes; probe->name; probe++)
    if (strcmp (probe->name, "heal-amidst-operation") != 0 && strcmp (probe->name, "outcome-failed") != 0)
      assert_false (saw (calm, probe->name));
  assert_true (saw (crash, "crash-amidst-operation") && !saw (crash, "faults-overlap"));
  assert_true (saw (two, "faults-overlap"));
  assert_true (saw (loss, "message-lost") && !saw (loss, "message-doubled"));
  assert_true (saw (cut, "message-cut-off"));
}

static void
test_reads_back (void **state G_GNUC_UNUSED)
{
  g_autoptr (GArray) words = coverage (NULL, ORR_RECORD_OPERATIONS, 1);
  g_autoptr (GArray) read = g_array_new (FALSE, FALSE, sizeof (guint64));
  g_autoptr (GString) text = g_string_new (NULL);
  orr_coverage_print (words, text);
  assert_true (orr_coverage_parse (text->str, read));
  assert_int_equal (read->len, words->len);
  assert_memory_equal (read->data, words->data, words->len * sizeof (guint64));

  static const char *const wrong[] = { "0",
                                       "000000000000000g\n",
                                       "000000000000000A\n",
                                       "0000000000000001",
                                       "0000000000000002\n0000000000000001\n",
                                       "0000000000000001\n0000000000000001\n",
                                       "\n" };
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_array_set_size (read, 0);
      assert_false (orr_coverage_parse (wrong[i], read));
      assert_int_equal (read->len, 0);
    }
}

/* --- Portfolio --- */

static void
deal (const OrrYield *yields, guint n, guint *ret_counts)
{
  g_autofree OrrStrategy *dealt = g_new (OrrStrategy, n);
  orr_portfolio_deal (yields, n, dealt);
  memset (ret_counts, 0, ORR_N_STRATEGIES * sizeof *ret_counts);
  for (guint i = 0; i < n; i++)
    ret_counts[dealt[i]]++;
}

static void
test_nobody_is_preferred_at_first (void **state G_GNUC_UNUSED)
{
  const OrrYield yields[ORR_N_STRATEGIES] = { 0 };
  guint counts[ORR_N_STRATEGIES];
  deal (yields, 100 * ORR_N_STRATEGIES, counts);
  for (guint i = 0; i < ORR_N_STRATEGIES; i++)
    assert_in_range (counts[i], 99, 101);
}

static void
test_who_finds_gets_more (void **state G_GNUC_UNUSED)
{
  OrrYield yields[ORR_N_STRATEGIES];
  guint counts[ORR_N_STRATEGIES];
  for (guint i = 0; i < ORR_N_STRATEGIES; i++)
    yields[i] = (OrrYield){ .runs = 1000, .news = 10 };
  yields[ORR_STRATEGY_ROLES].findings = 50;
  deal (yields, 1000, counts);
  for (guint i = 0; i < ORR_N_STRATEGIES; i++)
    assert_true (i == ORR_STRATEGY_ROLES
                     ? counts[i] > 500
                     : counts[i] >= 10 * ORR_PORTFOLIO_EVEN_PERCENT / ORR_N_STRATEGIES - 1);
  for (guint i = 0; i < 20; i++)
    orr_portfolio_fade (yields);
  deal (yields, 100 * ORR_N_STRATEGIES, counts);
  for (guint i = 0; i < ORR_N_STRATEGIES; i++)
    assert_in_range (counts[i], 99, 101);
}

/* Also a part of a round has its share of each. */
static void
test_is_spread (void **state G_GNUC_UNUSED)
{
  OrrYield yields[ORR_N_STRATEGIES] = { { .runs = 100, .news = 90, .findings = 1 } };
  OrrStrategy dealt[400];
  guint first[ORR_N_STRATEGIES] = { 0 }, second[ORR_N_STRATEGIES] = { 0 };
  orr_portfolio_deal (yields, G_N_ELEMENTS (dealt), dealt);
  for (guint i = 0; i < G_N_ELEMENTS (dealt); i++)
    (i < G_N_ELEMENTS (dealt) / 2 ? first : second)[dealt[i]]++;
  for (guint i = 0; i < ORR_N_STRATEGIES; i++)
    assert_true (ABS ((gint) first[i] - (gint) second[i]) <= 2);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_is_of_the_run),
    cmocka_unit_test (test_faults_are_new),
    cmocka_unit_test (test_probes),
    cmocka_unit_test (test_reads_back),
    cmocka_unit_test (test_nobody_is_preferred_at_first),
    cmocka_unit_test (test_who_finds_gets_more),
    cmocka_unit_test (test_is_spread),
  };
  cmocka_set_message_output (CM_OUTPUT_TAP);
  return cmocka_run_group_tests (tests, set_up, tear_down);
}
