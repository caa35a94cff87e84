/* test-fuzz.c: a fuzzing campaign says the same, however its work is handed out and in whatever order it
 * comes back.
 *
 * What comes back is made up here, from the seeds alone: so it is known what must be found, and millions of
 * runs would cost nothing. Whether true runs are judged as they should be, a few of them show. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/draw.h"
#include "explore/fuzz.h"

#include "../support/scenario-from.h"

static OrrCatalog *catalog;
static OrrScenario *scenario;

static OrrScenario *
scenario_of (const char *source)
{
  return scenario_from (catalog, source);
}

static int
set_up (void **state G_GNUC_UNUSED)
{
  catalog = orr_catalog_new (orr_models);
  scenario = scenario_of ("model: {name: primary-replica, bugs: [network-error-reported-ok]}\n"
                          "workload: {think: 10ms, mix: {read: 50%, write: 50%}}\n");
  return 0;
}

static int
tear_down (void **state G_GNUC_UNUSED)
{
  orr_scenario_unref (scenario);
  orr_catalog_free (catalog);
  return 0;
}

/* --- A world that is made up --- */

/* A number below `n`, by what it is for and a seed. */
static guint
draw (const char *purpose, guint64 seed, guint n)
{
  return (guint) orr_draw_below (orr_draw_key (seed, purpose), n);
}

static guint
check_called (const char *name)
{
  guint i = 0;
  while (strcmp (orr_checks[i]->entry.name, name) != 0)
    i++;
  return i;
}

/* Every 40th violates one of two properties, under up to three kinds of faults. Its strategy counts, as it
 * does in truth. */
static OrrFuzzRun *
make_up_run (guint64 seed, OrrStrategy strategy)
{
  OrrFuzzRun *run = orr_fuzz_run_new_died (strategy, seed, NULL);
  guint64 word = draw ("word", seed, 500) + 1;
  gboolean violates = draw ("violates", seed + strategy, 40) == 0;
  OrrFuzzVerdict verdict
      = { .check = (guint16) check_called (draw ("which", seed, 2) ? "durability" : "progress"),
          .kind = violates ? ORR_VIOLATED : ORR_HOLDS,
          .tested = TRUE,
          .telling = violates };
  g_array_append_val (run->verdicts, verdict);
  for (guint fault = 0; fault < 3; fault++)
    {
      OrrFuzzFault struck = { fault, 1, draw ("effects", seed * 3 + fault, 2) };
      g_array_append_val (run->faults, struck);
    }
  g_array_append_val (run->words, word);
  run->digest = seed;
  run->events = 10;
  return run;
}

/* Shrinking leaves the first of its faults. */
static OrrFinding *
make_up_finding (const OrrTask *task)
{
  OrrFinding *finding = g_new0 (OrrFinding, 1);
  guint fault = 0;
  while (fault < 3 && draw ("effects", task->seed * 3 + fault, 2) == 0)
    fault++;
  finding->finished = ORR_FINISH_SHRINK;
  finding->faults = fault < 3 ? 1u << fault : 0;
  finding->shape = g_strdup_printf ("fault %u", fault);
  finding->sentence = g_strdup ("Something happened.");
  finding->n_operations = fault;
  return finding;
}

/* One in 60 runs dies, and of the findings each with a probability of one third. */
static void
do_piece (OrrFuzz *fuzz, const OrrTask *task)
{
  if (orr_fuzz_task_finishes (task) && draw ("hopeless", task->seed + (task->detail >> 16 & 0xff), 3) == 0)
    orr_fuzz_take_death (fuzz, task, "signal 11 (Segmentation fault)");
  else if (orr_fuzz_task_finishes (task))
    orr_fuzz_take_finding (fuzz, task, make_up_finding (task));
  else if (draw ("dies", task->seed, 60) == 0)
    orr_fuzz_take_death (fuzz, task, draw ("how", task->seed, 2) ? "signal 6 (Aborted)" : "signal 8");
  else
    orr_fuzz_take_run (
        fuzz, task, make_up_run (task->seed, (OrrStrategy) (task->detail >> (task->number % 16 * 4) & 15)));
}

static gboolean
do_first (OrrFuzz *fuzz, OrrTask *task)
{
  do_piece (fuzz, task);
  task->number++;
  task->seed++;
  return --task->count == 0;
}

/* So many hands that each have a task, of which a drawn one does the next piece; now and then one lets it
 * fall. Ends when the campaign does, or after so many pieces. */
static void
work (OrrFuzz *fuzz, guint hands, guint task_size, guint64 luck, guint64 pieces_max)
{
  g_autofree OrrTask *tasks = g_new0 (OrrTask, hands);
  for (guint64 piece = 0; !orr_fuzz_is_done (fuzz) && piece < pieces_max; piece++)
    {
      guint hand = draw ("hand", luck * 1000003 + piece, hands), tried = 0;
      for (; tried < hands; tried++, hand = (hand + 1) % hands)
        if (tasks[hand].count > 0 || orr_fuzz_next (fuzz, task_size, &tasks[hand]))
          break;
      assert_true (tried < hands); /* else nobody has anything to do, and it is not done */
      if (draw ("falls", luck * 1000003 + piece, 50) == 0)
        {
          orr_fuzz_give_back (fuzz, &tasks[hand]);
          tasks[hand].count = 0;
        }
      else
        do_first (fuzz, &tasks[hand]);
    }
  for (guint hand = 0; hand < hands; hand++)
    orr_fuzz_give_back (fuzz, &tasks[hand]);
}

static OrrFuzzPlan
plan_of (guint64 last, gboolean keep_going)
{
  return (OrrFuzzPlan){ .scenario = scenario,
                        .catalog = catalog,
                        .first = 1,
                        .last = last,
                        .keep_going = keep_going,
                        .shrink_runs_max = 100 };
}

static char *
say (const OrrFuzz *fuzz)
{
  GString *text = g_string_new (NULL);
  orr_fuzz_save (fuzz, text);
  return g_string_free (text, FALSE);
}

/* --- Tests --- */

static void
any_order (void **state G_GNUC_UNUSED)
{
  static const struct
  {
    guint hands, task_size;
  } ways[] = { { 1, 1 }, { 1, 1000 }, { 2, 7 }, { 8, 16 }, { 40, 3 }, { 300, 1 } };
  OrrFuzzPlan plan = plan_of (5000, TRUE);
  g_autofree char *first = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      g_autoptr (OrrFuzz) fuzz = orr_fuzz_new (&plan);
      work (fuzz, ways[i].hands, ways[i].task_size, i, G_MAXUINT64);
      g_autofree char *said = say (fuzz);
      assert_int_equal (orr_fuzz_get_tally (fuzz)->runs, 5000);
      assert_true (orr_fuzz_get_findings (fuzz)->len >= 6);
      if (first)
        assert_string_equal (said, first);
      else
        first = g_steal_pointer (&said);
    }
}

/* The lowest run that shows something ends it, whoever was faster. */
static void
ends_with_the_first (void **state G_GNUC_UNUSED)
{
  OrrFuzzPlan plan = plan_of (5000, FALSE);
  guint64 runs = 0;
  for (guint way = 0; way < 20; way++)
    {
      g_autoptr (OrrFuzz) fuzz = orr_fuzz_new (&plan);
      work (fuzz, 1 + way * 3, 1 + way, way, G_MAXUINT64);
      assert_int_equal (orr_fuzz_get_findings (fuzz)->len, 1);
      const OrrFinding *finding = orr_fuzz_get_findings (fuzz)->pdata[0];
      assert_int_equal (finding->run + 1, orr_fuzz_get_tally (fuzz)->runs);
      assert_int_equal (finding->seed, finding->run + 1);
      if (way > 0)
        assert_int_equal (orr_fuzz_get_tally (fuzz)->runs, runs);
      runs = orr_fuzz_get_tally (fuzz)->runs;
    }
  assert_in_range (runs, 1, 200);
}

static void
assert_same_finding (const OrrFinding *a, const OrrFinding *b)
{
  assert_int_equal (a->number, b->number);
  assert_ptr_equal (a->check, b->check);
  assert_int_equal (a->run, b->run);
  assert_int_equal (a->strategy, b->strategy);
  assert_string_equal (a->shape, b->shape);
}

/* What fewer runs find, more find first. */
static void
prefix (void **state G_GNUC_UNUSED)
{
  OrrFuzzPlan long_plan = plan_of (4000, TRUE);
  g_autoptr (OrrFuzz) whole = orr_fuzz_new (&long_plan);
  work (whole, 5, 5, 1, G_MAXUINT64);
  const GPtrArray *all = orr_fuzz_get_findings (whole);
  for (guint n = 10; n < 4000; n += 371)
    {
      OrrFuzzPlan plan = plan_of (n, TRUE);
      g_autoptr (OrrFuzz) fuzz = orr_fuzz_new (&plan);
      work (fuzz, 4, 9, n, G_MAXUINT64);
      const GPtrArray *findings = orr_fuzz_get_findings (fuzz);
      for (guint i = 0; i < findings->len; i++)
        assert_same_finding (findings->pdata[i], all->pdata[i]);
      if (findings->len < all->len)
        assert_true (((const OrrFinding *) all->pdata[findings->len])->run >= n);
    }
}

/* Stopped anywhere, saved, and taken up by others, it comes to the same. */
static void
taken_up_again (void **state G_GNUC_UNUSED)
{
  OrrFuzzPlan plan = plan_of (3000, TRUE);
  g_autoptr (OrrFuzz) whole = orr_fuzz_new (&plan);
  work (whole, 3, 4, 0, G_MAXUINT64);
  g_autofree char *wanted = say (whole);
  guint saved = 0;
  for (guint pieces = 1; pieces < 3000; pieces += 97)
    {
      g_autoptr (OrrFuzz) before = orr_fuzz_new (&plan);
      work (before, 6, 3, pieces, pieces);
      if (!orr_fuzz_can_save (before))
        continue;
      saved++;
      g_autofree char *known = say (before);
      g_autoptr (OrrFuzz) after = orr_fuzz_new (&plan);
      assert_true (orr_fuzz_load (after, known, strlen (known)));
      g_autofree char *known_again = say (after);
      assert_string_equal (known_again, known);
      work (after, 2, 5, pieces, G_MAXUINT64);
      g_autofree char *said = say (after);
      assert_string_equal (said, wanted);
    }
  assert_true (saved > 10);
}

/* One that ended goes on with more runs as if it had been asked for them at once. */
static void
more_runs (void **state G_GNUC_UNUSED)
{
  OrrFuzzPlan plan = plan_of (1000, TRUE), more = plan_of (2500, TRUE);
  g_autoptr (OrrFuzz) first = orr_fuzz_new (&plan);
  g_autoptr (OrrFuzz) then = orr_fuzz_new (&more);
  g_autoptr (OrrFuzz) whole = orr_fuzz_new (&more);
  work (first, 3, 4, 0, G_MAXUINT64);
  g_autofree char *known = say (first);
  assert_true (orr_fuzz_load (then, known, strlen (known)));
  work (then, 3, 4, 0, G_MAXUINT64);
  work (whole, 3, 4, 0, G_MAXUINT64);
  g_autofree char *said = say (then);
  g_autofree char *wanted = say (whole);
  assert_string_equal (said, wanted);
}

/* A finding of which those who look closer die is kept in the end, with less. */
static void
hopeless (void **state G_GNUC_UNUSED)
{
  OrrFuzzPlan plan = plan_of (5000, FALSE);
  g_autoptr (OrrFuzz) fuzz = orr_fuzz_new (&plan);
  guint tries = 0;
  OrrTask task = { 0 };
  while (!orr_fuzz_is_done (fuzz))
    {
      assert_true (orr_fuzz_next (fuzz, 1, &task));
      if (orr_fuzz_task_finishes (&task))
        {
          orr_fuzz_take_death (fuzz, &task, "signal 9");
          tries++;
          continue;
        }
      OrrFuzzRun *run = orr_fuzz_run_new_died (ORR_STRATEGY_SWARM, task.seed, NULL);
      OrrFuzzVerdict verdict = { .check = (guint16) check_called ("durability"), ORR_VIOLATED, TRUE, TRUE };
      g_array_append_val (run->verdicts, verdict);
      orr_fuzz_take_run (fuzz, &task, run);
    }
  const OrrFinding *finding = orr_fuzz_get_findings (fuzz)->pdata[0];
  assert_int_equal (tries, ORR_FINISH_GIVE_UP);
  assert_int_equal (finding->finished, ORR_FINISH_GIVE_UP);
  assert_string_equal (finding->died, "signal 9");
  assert_string_equal (orr_finding_property (finding), "durability");
}

static void
copied (gpointer data, const OrrFinding *finding, const OrrFinding *original)
{
  guint *n = data;
  assert_string_equal (finding->shape, original->shape);
  ++*n;
}

/* Shards that are merged know of each cause once, and their runs add up. */
static void
merged (void **state G_GNUC_UNUSED)
{
  OrrFuzzPlan whole = plan_of (4000, TRUE), a_plan = plan_of (1500, TRUE), b_plan = plan_of (4000, TRUE);
  guint n_copied = 0, n_seen = 0;
  b_plan.first = 1501;
  g_autoptr (OrrFuzz) a = orr_fuzz_new (&a_plan);
  g_autoptr (OrrFuzz) b = orr_fuzz_new (&b_plan);
  g_autoptr (OrrFuzz) both = orr_fuzz_new (&whole);
  work (a, 3, 4, 0, G_MAXUINT64);
  work (b, 3, 4, 0, G_MAXUINT64);
  orr_fuzz_merge (both, a, copied, &n_copied);
  assert_int_equal (n_copied, orr_fuzz_get_findings (a)->len);
  orr_fuzz_merge (both, b, copied, &n_copied);
  const GPtrArray *findings = orr_fuzz_get_findings (both);
  assert_int_equal (n_copied, findings->len);
  assert_true (findings->len < orr_fuzz_get_findings (a)->len + orr_fuzz_get_findings (b)->len);
  for (guint i = 0; i < findings->len; i++)
    n_seen += ((const OrrFinding *) findings->pdata[i])->n_runs;
  const OrrFuzzTally *tally = orr_fuzz_get_tally (both);
  assert_int_equal (tally->runs, 4000);
  assert_int_equal (n_seen + orr_fuzz_get_dropped (both), tally->violating);
  g_autofree char *known = say (both);
  g_autoptr (OrrFuzz) again = orr_fuzz_new (&whole);
  assert_true (orr_fuzz_load (again, known, strlen (known)));
}

/* No text whatever breaks it. */
static void
damaged (void **state G_GNUC_UNUSED)
{
  OrrFuzzPlan plan = plan_of (600, TRUE);
  g_autoptr (OrrFuzz) fuzz = orr_fuzz_new (&plan);
  work (fuzz, 3, 4, 0, G_MAXUINT64);
  g_autofree char *known = say (fuzz);
  gsize length = strlen (known);
  guint taken = 0;
  for (gsize cut = 0; cut + 2 < length; cut += 61)
    {
      g_autoptr (OrrFuzz) other = orr_fuzz_new (&plan);
      assert_false (orr_fuzz_load (other, known, cut));
    }
  for (guint i = 0; i < 500; i++)
    {
      g_autofree char *changed = g_strdup (known);
      g_autoptr (OrrFuzz) other = orr_fuzz_new (&plan);
      changed[draw ("where", i, (guint) length)] = "0z9\" [{-"[draw ("what", i, 8)];
      taken += orr_fuzz_load (other, changed, length);
    }
  assert_in_range (taken, 1, 499); /* a sentence may have been changed, or a number */
}

/* --- True runs --- */

static void
assert_same_run (const OrrFuzzRun *a, const OrrFuzzRun *b)
{
  assert_int_equal (a->digest, b->digest);
  assert_int_equal (a->strategy, b->strategy);
  assert_int_equal (a->verdicts->len, b->verdicts->len);
  assert_memory_equal (a->verdicts->data, b->verdicts->data, a->verdicts->len * sizeof (OrrFuzzVerdict));
  assert_int_equal (a->faults->len, b->faults->len);
  assert_int_equal (a->words->len, b->words->len);
  if (a->words->len > 0)
    assert_memory_equal (a->words->data, b->words->data, a->words->len * sizeof (guint64));
}

/* A run as bytes reads back; cut anywhere, it does not. */
static void
bytes (void **state G_GNUC_UNUSED)
{
  OrrFuzzPlan plan = plan_of (1, FALSE);
  g_autoptr (OrrFuzzRun) run = orr_fuzz_run_new (&plan, ORR_STRATEGY_ROLES, 5);
  g_autoptr (GByteArray) written = g_byte_array_new ();
  orr_fuzz_run_write (run, written);
  g_autoptr (OrrFuzzRun) read = orr_fuzz_run_read (written->data, written->len);
  assert_non_null (read);
  assert_same_run (run, read);
  assert_true (run->words->len > 0);
  for (guint cut = 0; cut < written->len; cut++)
    {
      g_autofree guint8 *part = g_memdup2 (written->data, MAX (cut, 1));
      assert_null (orr_fuzz_run_read (part, cut));
    }
}

static gboolean
is_sought (const OrrFuzzRun *run, const char *property)
{
  for (guint i = 0; i < run->verdicts->len; i++)
    if (g_array_index (run->verdicts, OrrFuzzVerdict, i).check == check_called (property))
      return TRUE;
  return FALSE;
}

/* The mistake makes the model promise less; it is held to what it would promise without. */
static void
sought (void **state G_GNUC_UNUSED)
{
  static const char *const named[] = { "linearizable", NULL };
  OrrFuzzPlan plan = plan_of (1, FALSE);
  g_autoptr (OrrFuzzRun) claimed = orr_fuzz_run_new (&plan, ORR_STRATEGY_SWARM, 1);
  assert_true (is_sought (claimed, "durability"));
  assert_false (is_sought (claimed, "linearizable"));

  plan.properties = named;
  g_autoptr (OrrFuzzRun) asked = orr_fuzz_run_new (&plan, ORR_STRATEGY_SWARM, 1);
  assert_true (is_sought (asked, "linearizable"));
  assert_int_equal (asked->verdicts->len, 1);

  g_autoptr (OrrScenario) expecting = scenario_of ("model: primary-replica\n"
                                                   "workload: {think: 10ms, mix: {read: 50%, write: 50%}}\n"
                                                   "expect: {causal: holds, durability: violated}\n");
  plan.properties = NULL;
  plan.scenario = expecting;
  g_autoptr (OrrFuzzRun) expected = orr_fuzz_run_new (&plan, ORR_STRATEGY_SWARM, 1);
  assert_true (is_sought (expected, "causal"));
  assert_int_equal (expected->verdicts->len, 1);
}

/* From the campaign to a scenario that shows it; and that as bytes. */
static void
found (void **state G_GNUC_UNUSED)
{
  OrrFuzzPlan plan = plan_of (2000, FALSE);
  OrrTask task;
  g_autoptr (OrrFuzz) fuzz = orr_fuzz_new (&plan);
  plan.shrink_runs_max = 0;
  while (orr_fuzz_next (fuzz, 1, &task) && !orr_fuzz_task_finishes (&task))
    orr_fuzz_take_run (fuzz, &task, orr_fuzz_do_run (&plan, &task));
  assert_true (orr_fuzz_task_finishes (&task));
  g_autoptr (OrrFinished) finished = orr_fuzz_do_finish (&plan, &task);
  assert_string_equal (orr_finding_property (finished->finding), "durability");
  assert_int_equal (finished->verdict->kind, ORR_VIOLATED);
  assert_int_equal (finished->scenario->seed, task.seed);
  assert_int_equal (finished->scenario->expectations.length, 1);

  g_autoptr (GByteArray) written = g_byte_array_new ();
  orr_finding_write (finished->finding, written);
  OrrFinding *read = orr_finding_read (written->data, written->len);
  assert_non_null (read);
  assert_string_equal (read->sentence, finished->finding->sentence);
  for (guint cut = 0; cut < written->len; cut++)
    orr_finding_free (orr_finding_read (written->data, cut));
  orr_fuzz_take_finding (fuzz, &task, read);
  assert_true (orr_fuzz_is_done (fuzz));
  assert_int_equal (orr_fuzz_get_findings (fuzz)->len, 1);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (any_order), cmocka_unit_test (ends_with_the_first),
    cmocka_unit_test (prefix),    cmocka_unit_test (taken_up_again),
    cmocka_unit_test (more_runs), cmocka_unit_test (hopeless),
    cmocka_unit_test (merged),    cmocka_unit_test (damaged),
    cmocka_unit_test (bytes),     cmocka_unit_test (sought),
    cmocka_unit_test (found),
  };
  return cmocka_run_group_tests (tests, set_up, tear_down);
}
