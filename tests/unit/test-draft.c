/* test-draft.c: scenarios that are being changed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "engine/model.h"
#include "explore/draft.h"
#include "report/catalog-new.h"

static OrrCatalog *catalog;
static OrrScenario *scenario;

static const char text[] = "title: \"A 'title': with # marks\"\n"
                           "about: |\n"
                           "  Two lines,\n"
                           "\n"
                           "  of text.\n"
                           "duration: 4s\n"
                           "model: {name: primary-replica, bugs: [network-error-reported-ok]}\n"
                           "options: {replicas: 2, apply-delay: exponential(mean 2ms)}\n"
                           "clients: {names: [alice, bob]}\n"
                           "network: {links: [{from: primary, to: replica2, latency: 20ms}]}\n"
                           "workload:\n"
                           "  operations:\n"
                           "    - {id: w1, session: alice, write: {x: \"1\"}}\n"
                           "    - {id: r1, after: w1, session: bob, at: 2ms, read: x}\n"
                           "    - {id: r2, after: w1, session: bob, at: 3ms, read: x}\n"
                           "faults:\n"
                           "  - {at: 1s, crash: replica1, for: 1s}\n"
                           "  - {at: 2s, partition: [[primary], [replica1, replica2]], for: 1s}\n"
                           "expect:\n"
                           "  staleness.p99: below 2s\n"
                           "  read-your-writes: violated\n"
                           "fuzz: {seed: [1, 2]}\n"
                           "sweep: {options.replicas: [2, 3]}\n";

static int
set_up (void **state G_GNUC_UNUSED)
{
  g_autoptr (OrrProblems) problems = orr_problems_new ("test");
  catalog = orr_catalog_new (orr_models);
  scenario = orr_scenario_parse (text, strlen (text), NULL, NULL, catalog, problems);
  g_autofree char *messages = orr_problems_to_text (problems);
  if (!scenario)
    fail_msg ("%s", messages);
  return 0;
}

static int
tear_down (void **state G_GNUC_UNUSED)
{
  orr_scenario_unref (scenario);
  orr_catalog_free (catalog);
  return 0;
}

/* The canonical text of what it reads to. */
static char *
text_of (const OrrDraft *draft)
{
  g_autoptr (OrrProblems) problems = orr_problems_new ("draft");
  g_autoptr (OrrScenario) read = orr_draft_read (draft, catalog, problems);
  g_autofree char *messages = orr_problems_to_text (problems);
  if (!read)
    fail_msg ("%s", messages);
  return g_strdup (read->text);
}

static void
test_says_the_same (void **state G_GNUC_UNUSED)
{
  g_autoptr (OrrDraft) draft = orr_draft_new (scenario);
  g_autoptr (OrrDraft) copy = orr_draft_copy (draft);
  g_autofree char *read = text_of (draft), *read_copy = text_of (copy);
  const char *varies = strstr (scenario->text, "fuzz:");
  assert_non_null (varies);
  g_autofree char *expected = g_strndup (scenario->text, (gsize) (varies - scenario->text));
  assert_string_equal (g_strchomp (read), g_strchomp (expected));
  assert_string_equal (g_strchomp (read_copy), expected);
  assert_null (orr_draft_get (draft, "fuzz"));
  assert_null (orr_draft_get (draft, "sweep"));
}

static void
test_lists (void **state G_GNUC_UNUSED)
{
  g_autoptr (OrrDraft) draft = orr_draft_new (scenario);
  assert_int_equal (orr_draft_length (draft, "faults"), 2);
  orr_draft_remove (draft, "faults.0");
  assert_int_equal (orr_draft_length (draft, "faults"), 1);
  assert_non_null (orr_draft_get (draft, "faults.0.partition"));
  orr_draft_append (draft, "faults", "{at: 3s, crash: primary, for: 1s}");
  assert_string_equal (orr_draft_get_text (draft, "faults.1.crash"), "primary");
  const gboolean kept[] = { FALSE, FALSE };
  orr_draft_keep (draft, "faults", kept);
  assert_null (orr_draft_get (draft, "faults"));
  orr_draft_append (draft, "faults", "{at: 3s, crash: primary, for: 1s}");
  orr_draft_remove (draft, "faults.0");
  assert_null (orr_draft_get (draft, "faults"));
  orr_draft_remove (draft, "faults.0"); /* nothing is there */
  g_autofree char *read = text_of (draft);
  assert_null (strstr (read, "faults"));
}

/* What is changed in a copy stays there. */
static void
test_copies (void **state G_GNUC_UNUSED)
{
  g_autoptr (OrrDraft) draft = orr_draft_new (scenario);
  g_autoptr (OrrDraft) copy = orr_draft_copy (draft);
  const gboolean kept[] = { TRUE, FALSE, TRUE };
  orr_draft_keep (copy, "workload.operations", kept);
  orr_draft_set (copy, "options.apply-delay", "5ms");
  orr_draft_set (copy, "options.router.policy", "random");
  orr_draft_remove (copy, "expect.staleness.p99");
  assert_int_equal (orr_draft_length (draft, "workload.operations"), 3);
  assert_string_equal (orr_draft_get_text (draft, "options.apply-delay"), "exponential(mean 2ms)");
  assert_non_null (orr_draft_get (draft, "expect.staleness.p99"));
  orr_draft_free (g_steal_pointer (&draft));
  g_autofree char *read = text_of (copy);
  assert_non_null (strstr (read, "apply-delay: 5ms"));
  assert_non_null (strstr (read, "random"));
  assert_non_null (strstr (read, "id: r2"));
  assert_null (strstr (read, "id: r1"));
  assert_null (strstr (read, "staleness"));
}

/* What names something that is gone is no scenario. */
static void
test_refuses (void **state G_GNUC_UNUSED)
{
  g_autoptr (OrrDraft) draft = orr_draft_new (scenario);
  const gboolean kept[] = { FALSE, TRUE, TRUE };
  orr_draft_keep (draft, "workload.operations", kept);
  assert_null (orr_draft_read (draft, catalog, NULL));
  g_autoptr (OrrProblems) problems = orr_problems_new (NULL);
  assert_null (orr_draft_read (draft, catalog, problems));
  assert_int_equal (orr_problems_get_length (problems), 2);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_says_the_same),
    cmocka_unit_test (test_lists),
    cmocka_unit_test (test_copies),
    cmocka_unit_test (test_refuses),
  };
  return cmocka_run_group_tests (tests, set_up, tear_down);
}
