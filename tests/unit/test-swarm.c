/* test-swarm.c: the variants that seeds draw. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "engine/model.h"
#include "engine/simulation.h"
#include "explore/swarm.h"
#include "report/catalog-new.h"

#define SEEDS 6

static OrrCatalog *catalog;
static GPtrArray *bases; /* OrrScenario: all of the models' */

static void
add_base (const char *file)
{
  g_autoptr (OrrProblems) problems = orr_problems_new (file);
  g_autoptr (GError) error = NULL;
  OrrScenario *base = orr_scenario_load (file, NULL, catalog, problems, &error);
  if (!base)
    fail_msg ("%s can't be read", file);
  g_ptr_array_add (bases, base);
}

static gint
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static GPtrArray *
names_in (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  const char *name;
  assert_non_null (dir);
  while ((name = g_dir_read_name (dir)))
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  return names;
}

static int
set_up (void **state G_GNUC_UNUSED)
{
  const char *source = g_getenv ("ORRERY_SOURCE");
  if (!source)
    fail_msg ("ORRERY_SOURCE, the project's folder, is not set");
  g_autofree char *models = g_build_filename (source, "models", NULL);
  g_autoptr (GPtrArray) folders = names_in (models);
  catalog = orr_catalog_new (orr_models);
  bases = g_ptr_array_new_with_free_func ((GDestroyNotify) orr_scenario_unref);
  for (guint i = 0; i < folders->len; i++)
    {
      g_autofree char *folder = g_build_filename (models, folders->pdata[i], NULL);
      if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
        continue;
      g_autoptr (GPtrArray) files = names_in (folder);
      for (guint j = 0; j < files->len; j++)
        {
          g_autofree char *file = g_build_filename (folder, files->pdata[j], NULL);
          if (g_str_has_suffix (file, ".yaml"))
            add_base (file);
        }
    }
  return 0;
}

static int
tear_down (void **state G_GNUC_UNUSED)
{
  g_ptr_array_unref (bases);
  orr_catalog_free (catalog);
  return 0;
}

static OrrScenario *
read_variant (const OrrScenario *base, OrrStrategy strategy, guint64 seed)
{
  g_autoptr (OrrDraft) draft = orr_swarm_draw (base, strategy, seed);
  g_autoptr (OrrProblems) problems = orr_problems_new ("variant");
  OrrScenario *variant = orr_draft_read (draft, catalog, problems);
  if (!variant)
    {
      g_autofree char *text = orr_draft_to_text (draft);
      g_autofree char *messages = orr_problems_to_text (problems);
      fail_msg ("%s, %s, seed %" G_GUINT64_FORMAT ":\n%s\n%s", base->file, orr_strategy_name (strategy), seed,
                messages, text);
    }
  return variant;
}

static OrrScenario *
base_of (const char *end)
{
  for (guint i = 0; i < bases->len; i++)
    if (g_str_has_suffix (((OrrScenario *) bases->pdata[i])->file, end))
      return bases->pdata[i];
  fail_msg ("there is no %s", end);
  return NULL;
}

/* Over everything that models have as scenarios, by every strategy. */
static void
test_is_readable (void **state G_GNUC_UNUSED)
{
  guint n = 0;
  for (guint i = 0; i < bases->len; i++)
    for (OrrStrategy strategy = 0; strategy < ORR_N_STRATEGIES; strategy++)
      for (guint64 seed = 0; seed < SEEDS; seed++, n++)
        {
          g_autoptr (OrrScenario) variant = read_variant (bases->pdata[i], strategy, seed);
          assert_true (variant->seed == seed);
          assert_int_equal (variant->fuzz.length + variant->fuzz_faults.length + variant->sweep.length, 0);
        }
  assert_true (n > 2000);
}

/* Also where everything that can go wrong is asked for. */
static void
test_is_readable_with_all (void **state G_GNUC_UNUSED)
{
  g_autoptr (GString) set = g_string_new ("fuzz.faults=[loss, duplicate, reorder");
  const OrrScenario *base = base_of ("primary-replica/hunt.yaml");
  for (guint i = 0; catalog->faults[i]; i++)
    if (strcmp (catalog->faults[i]->name, "action") != 0)
      g_string_append_printf (set, ", %s", catalog->faults[i]->name);
  g_string_append_c (set, ']');
  const char *const sets[] = { set->str, NULL };
  g_autoptr (OrrProblems) problems = orr_problems_new ("all");
  g_autoptr (OrrScenario) all
      = orr_scenario_parse (base->text, strlen (base->text), "all", sets, catalog, problems);
  assert_non_null (all);
  for (guint64 seed = 0; seed < 600; seed++)
    orr_scenario_unref (read_variant (all, (OrrStrategy) (seed % ORR_N_STRATEGIES), seed));
}

static void
test_is_pure (void **state G_GNUC_UNUSED)
{
  const OrrScenario *base = base_of ("lww-cache/campaign.yaml");
  for (OrrStrategy strategy = 0; strategy < ORR_N_STRATEGIES; strategy++)
    {
      g_autoptr (OrrScenario) one = read_variant (base, strategy, 7), same = read_variant (base, strategy, 7),
                              other = read_variant (base, strategy, 8);
      assert_string_equal (one->text, same->text);
      assert_string_not_equal (one->text, other->text);
    }
}

/* What is written out operation by operation stays. */
static void
test_keeps_operations (void **state G_GNUC_UNUSED)
{
  const OrrScenario *base = base_of ("lww-cache/tie-keeps-local.yaml");
  assert_true (base->workload.operations.length > 0);
  for (guint64 seed = 0; seed < 20; seed++)
    {
      g_autoptr (OrrScenario) variant = read_variant (base, ORR_STRATEGY_SWARM, seed);
      assert_int_equal (variant->workload.operations.length, base->workload.operations.length);
      assert_int_equal (variant->bugs, base->bugs);
    }
}

/* Unless told otherwise, a variant has only what the model bears: its promises stand. */
static void
test_keeps_promises (void **state G_GNUC_UNUSED)
{
  const OrrScenario *base = base_of ("atomic-commitment/campaign-two-phase.yaml");
  guint empty = 0;
  for (OrrStrategy strategy = 0; strategy < ORR_N_STRATEGIES; strategy++)
    for (guint64 seed = 0; seed < 40; seed++)
      {
        g_autoptr (OrrScenario) variant = read_variant (base, strategy, seed);
        assert_true (variant->expectations_claimed);
        empty += variant->expectations.length == 0;
      }
  assert_int_equal (empty, 0);
}

static gboolean
has_fault (const OrrScenario *scenario, const char *name)
{
  const OrrFaultPlan *plans = scenario->faults.data;
  for (guint i = 0; i < scenario->faults.length; i++)
    {
      const OrrChosenFault *chosen = plans[i].choose.data;
      const OrrEntry *fault = plans[i].fault ? plans[i].fault : chosen[0].fault;
      if (strcmp (fault->name, name) == 0)
        return TRUE;
    }
  return FALSE;
}

/* Every fault that is borne is used before long, and a run uses no more than some. */
static void
test_is_a_swarm (void **state G_GNUC_UNUSED)
{
  static const char *const all[]
      = { "stop",      "crash",     "pause",       "partition",  "link",     "slow",     "clock",
          "disk",      "flap",      "corrupt",     "clog",       "hold",     "collapse", "inbox",
          "disk-slow", "disk-full", "clock-drift", "clock-stop", "clock-lie" };
  const OrrScenario *base = base_of ("atomic-commitment/campaign-two-phase.yaml");
  guint seen[G_N_ELEMENTS (all)] = { 0 }, quiet = 0, n = 300;
  for (guint64 seed = 0; seed < n; seed++)
    {
      g_autoptr (OrrScenario) variant = read_variant (base, ORR_STRATEGY_SWARM, seed);
      for (guint i = 0; i < G_N_ELEMENTS (all); i++)
        seen[i] += has_fault (variant, all[i]);
      quiet += variant->network.loss == 0;
      assert_true (variant->workload.operations_max >= 10 && variant->workload.operations_max <= 200);
    }
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    assert_true (seen[i] > n / 50 && seen[i] < n * 3 / 4);
  assert_true (quiet > n / 3 && quiet < n * 2 / 3);
}

static OrrTime
longest_of (const OrrDistribution *distribution)
{
  OrrTime longest = 0;
  for (guint i = 0; distribution && i < 300; i++)
    longest = MAX (longest, orr_distribution_sample (distribution, orr_draw_key (i, "longest")));
  return longest;
}

static const OrrDistribution *
time_in (const OrrFaultPlan *plan, const char *name)
{
  const OrrChosenFault *chosen = plan->choose.data;
  const OrrField *field = orr_fields_find (plan->fault ? plan->fault->fields : chosen->fields, name);
  const char *settings = plan->fault ? plan->settings : chosen->settings;
  return *(OrrDistribution *const *) (settings + field->offset);
}

static double
factor_in (const OrrFaultPlan *plan)
{
  const OrrChosenFault *chosen = plan->choose.data;
  const OrrField *field = orr_fields_find (plan->fault ? plan->fault->fields : chosen->fields, "factor");
  const char *settings = plan->fault ? plan->settings : chosen->settings;
  return *(const double *) (settings + field->offset);
}

/* What a disk has begun is done well before the time to settle is over: else whoever waits for it breaks what
 * is promised for the end. So a slow disk has a factor or times of its own, and both kinds are drawn. */
static void
test_disks_come_to_an_end (void **state G_GNUC_UNUSED)
{
  const OrrScenario *base = base_of ("atomic-commitment/hunt.yaml");
  guint with_factor = 0, with_times = 0;
  for (guint64 seed = 0; seed < 1500; seed++)
    {
      g_autoptr (OrrScenario) variant = read_variant (base, (OrrStrategy) (seed % ORR_N_STRATEGIES), seed);
      const OrrFaultPlan *plans = variant->faults.data;
      assert_true (longest_of (variant->disk.sync) < variant->settle / 2);
      for (guint i = 0; i < variant->faults.length; i++)
        {
          const OrrChosenFault *chosen = plans[i].choose.data;
          if (strcmp (plans[i].fault ? plans[i].fault->name : chosen->fault->name, "disk-slow") != 0)
            continue;
          const OrrDistribution *write = time_in (&plans[i], "write"), *sync = time_in (&plans[i], "sync");
          gboolean has_factor = !isnan (factor_in (&plans[i]));
          assert_true (has_factor != (write || sync));
          assert_true (longest_of (write) < variant->settle / 2 && longest_of (sync) < variant->settle / 2);
          with_factor += has_factor;
          with_times += !has_factor;
        }
    }
  assert_in_range (with_factor, 10, 1000);
  assert_in_range (with_times, 10, 1000);
}

/* What an operator can do is drawn, too: of a model with actions, some are seen before long. */
static void
test_draws_actions (void **state G_GNUC_UNUSED)
{
  const OrrScenario *base = base_of ("primary-replica/hunt.yaml");
  guint n_actions = 0, n_with = 0;
  for (guint64 seed = 0; seed < 200; seed++)
    {
      g_autoptr (OrrScenario) variant = read_variant (base, (OrrStrategy) (seed % ORR_N_STRATEGIES), seed);
      const OrrFaultPlan *plans = variant->faults.data;
      guint before = n_actions;
      for (guint i = 0; i < variant->faults.length; i++)
        n_actions += plans[i].action >= 0;
      n_with += n_actions > before;
      for (guint i = 0; i < variant->faults.length; i++)
        if (plans[i].action >= 0)
          assert_true (g_str_has_prefix (plans[i].action_node, "replica"));
    }
  assert_in_range (n_with, 60, 150);
}

/* `fuzz.faults` says what is used, and nothing else. */
static void
test_is_limited (void **state G_GNUC_UNUSED)
{
  const OrrScenario *base = base_of ("lww-cache/campaign.yaml");
  static const char *const sets[] = { "fuzz.faults=[crash-os, loss]", NULL };
  g_autoptr (OrrProblems) problems = orr_problems_new ("limited");
  g_autoptr (OrrScenario) limited
      = orr_scenario_parse (base->text, strlen (base->text), NULL, sets, catalog, problems);
  gboolean crashes = FALSE, loses = FALSE;
  assert_non_null (limited);
  for (guint64 seed = 0; seed < 60; seed++)
    {
      g_autoptr (OrrScenario) variant = read_variant (limited, (OrrStrategy) (seed % ORR_N_STRATEGIES), seed);
      const OrrFaultPlan *plans = variant->faults.data;
      crashes |= has_fault (variant, "crash");
      loses |= variant->network.loss != base->network.loss;
      assert_int_equal (variant->network.duplicate, base->network.duplicate);
      g_autofree char *latency = orr_distribution_to_text (variant->network.latency);
      g_autofree char *latency_of_base = orr_distribution_to_text (base->network.latency);
      assert_string_equal (latency, latency_of_base);
      for (guint i = 0; i < variant->faults.length; i++)
        {
          const OrrChosenFault *chosen = plans[i].choose.data;
          assert_string_equal (plans[i].fault ? plans[i].fault->name : chosen[0].fault->name, "crash");
        }
    }
  assert_true (crashes && loses);
}

/* The values that `fuzz:` names are all drawn, also those that do not go together with all others. */
static void
test_draws_values (void **state G_GNUC_UNUSED)
{
  const OrrScenario *base = base_of ("lww-cache/campaign.yaml");
  static const char *const sets[] = { "fuzz={options.caches: [2, 5], options.anti-entropy: [0s, 3s]}", NULL };
  g_autoptr (OrrProblems) problems = orr_problems_new ("values");
  g_autoptr (OrrScenario) varied
      = orr_scenario_parse (base->text, strlen (base->text), NULL, sets, catalog, problems);
  guint seen[2] = { 0 };
  assert_non_null (varied);
  for (guint64 seed = 0; seed < 60; seed++)
    {
      g_autoptr (OrrScenario) variant = read_variant (varied, ORR_STRATEGY_SWARM, seed);
      guint servers = variant->layout->actors->len - variant->clients.hosts;
      assert_true (servers == 2 || servers == 5);
      seen[servers == 5]++;
    }
  assert_true (seen[0] > 10 && seen[1] > 10);
}

static void
test_strategies_have_names (void **state G_GNUC_UNUSED)
{
  assert_string_equal (orr_strategy_name (ORR_STRATEGY_SWARM), "swarm");
  assert_string_equal (orr_strategy_name (ORR_STRATEGY_PRIORITIES), "priorities");
  assert_string_equal (orr_strategy_name (ORR_STRATEGY_ROLES), "roles");
  assert_string_equal (orr_strategy_name (ORR_STRATEGY_SWIZZLE), "swizzle");
  assert_string_equal (orr_strategy_name (ORR_STRATEGY_SYNC_CRASH), "sync-crash");
  for (OrrStrategy strategy = 0; strategy < ORR_N_STRATEGIES; strategy++)
    assert_true (*orr_strategy_summary (strategy) != '\0' && *orr_strategy_source (strategy) != '\0');
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_strategies_have_names),
    cmocka_unit_test (test_is_readable),
    cmocka_unit_test (test_is_readable_with_all),
    cmocka_unit_test (test_is_pure),
    cmocka_unit_test (test_keeps_operations),
    cmocka_unit_test (test_keeps_promises),
    cmocka_unit_test (test_is_a_swarm),
    cmocka_unit_test (test_disks_come_to_an_end),
    cmocka_unit_test (test_draws_actions),
    cmocka_unit_test (test_is_limited),
    cmocka_unit_test (test_draws_values),
  };
  cmocka_set_message_output (CM_OUTPUT_TAP);
  return cmocka_run_group_tests (tests, set_up, tear_down);
}
