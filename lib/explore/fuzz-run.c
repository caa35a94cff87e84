/* fuzz-run.c: one run of a fuzzing campaign: draw, simulate, judge, and keep little. */
#include "explore/fuzz-private.h"

#include "check/map.h"
#include "explore/coverage.h"

#include <string.h>

/* A check that needs more is not worth its time here: another seed may show the same in a simpler run. */
#define STATES_MAX (1000 * 1000)

guint
orr_fuzz_check_index (const OrrEntry *property)
{
  for (guint i = 0; orr_checks[i]; i++)
    if (strcmp (orr_checks[i]->entry.name, property->name) == 0)
      return i;
  g_assert_not_reached ();
}

guint
orr_fuzz_fault_index (const OrrCatalog *catalog, const OrrEntry *fault)
{
  guint i = 0;
  while (catalog->faults[i] && catalog->faults[i] != fault)
    i++;
  return i;
}

/* --- What ought to hold --- */

static void
add_check (GPtrArray *sought, const OrrEntry *property)
{
  const OrrCheck *check = orr_checks[orr_fuzz_check_index (property)];
  if (!g_ptr_array_find (sought, check, NULL))
    g_ptr_array_add (sought, (gpointer) check);
}

static void
add_expected (GPtrArray *sought, const OrrScenario *scenario)
{
  const OrrExpectation *expectations = scenario->expectations.data;
  for (guint i = 0; i < scenario->expectations.length; i++)
    if (expectations[i].property && expectations[i].kind == ORR_EXPECT_HOLDS
        && expectations[i].runs_kind == ORR_EXPECT_HOLDS)
      add_check (sought, expectations[i].property);
}

static OrrScenario *
read_draft (const OrrDraft *draft, const OrrCatalog *catalog)
{
  g_autoptr (OrrProblems) problems = orr_problems_new ("variant");
  OrrScenario *scenario = orr_draft_read (draft, catalog, problems);
  if (scenario)
    return scenario;
  g_autofree char *messages = orr_problems_to_text (problems);
  g_error ("a variant that was drawn can't be read:\n%s", messages);
}

/* What the model would claim of the variant if it made none of its mistakes: that it makes them is what is to
 * be found. */
static void
add_claimed (GPtrArray *sought, const OrrFuzzPlan *plan, OrrDraft *draft, const OrrScenario *variant)
{
  g_autoptr (OrrScenario) right = NULL;
  if (variant->bugs)
    {
      g_autoptr (OrrDraft) copy = orr_draft_copy (draft);
      orr_draft_set (copy, "model", variant->model->entry.name);
      right = read_draft (copy, plan->catalog);
    }
  add_expected (sought, right ? right : variant);
}

OrrScenario *
orr_fuzz_variant (const OrrFuzzPlan *plan, OrrStrategy strategy, guint64 seed, GPtrArray **ret_sought)
{
  GPtrArray *sought = *ret_sought = g_ptr_array_new ();
  g_autoptr (OrrDraft) draft = orr_swarm_draw (plan->scenario, strategy, seed);
  orr_draft_remove (draft, "expect");
  OrrScenario *variant = read_draft (draft, plan->catalog);
  for (const char *const *name = plan->properties; name && *name; name++)
    add_check (sought, &orr_checks_find (*name)->entry);
  if (!plan->properties && !plan->scenario->expectations_claimed)
    add_expected (sought, plan->scenario);
  if (!plan->properties && sought->len == 0)
    add_claimed (sought, plan, draft, variant);
  return variant;
}

OrrScenario *
orr_fuzz_original (const OrrFuzzPlan *plan, OrrStrategy strategy, guint64 seed, const OrrCheck *check)
{
  g_autoptr (OrrDraft) draft = orr_swarm_draw (plan->scenario, strategy, seed);
  g_autofree char *path = check ? g_strdup_printf ("expect.%s", check->entry.name) : NULL;
  orr_draft_remove (draft, "expect");
  if (path)
    orr_draft_set (draft, path, "violated");
  return read_draft (draft, plan->catalog);
}

/* --- The run --- */

static OrrFuzzRun *
run_new (OrrStrategy strategy, guint64 seed)
{
  OrrFuzzRun *run = g_new0 (OrrFuzzRun, 1);
  run->strategy = strategy;
  run->seed = seed;
  run->verdicts = g_array_new (FALSE, FALSE, sizeof (OrrFuzzVerdict));
  run->faults = g_array_new (FALSE, FALSE, sizeof (OrrFuzzFault));
  run->words = g_array_new (FALSE, FALSE, sizeof (guint64));
  return run;
}

OrrFuzzRun *
orr_fuzz_run_new_died (OrrStrategy strategy, guint64 seed, const char *how)
{
  OrrFuzzRun *run = run_new (strategy, seed);
  run->died = g_strdup (how);
  return run;
}

void
orr_fuzz_run_free (OrrFuzzRun *run)
{
  if (!run)
    return;
  g_array_unref (run->verdicts);
  g_array_unref (run->faults);
  g_array_unref (run->words);
  g_free (run->died);
  g_free (run);
}

static void
judge (OrrFuzzRun *run, const OrrTrace *trace, const GPtrArray *sought)
{
  const OrrCheckBudget budget = { .states_max = STATES_MAX };
  OrrHistory *history = orr_history_from_trace (trace);
  OrrMapNeeds given = orr_map_given (history);
  g_autoptr (GPtrArray) verdicts = g_ptr_array_new_with_free_func ((GDestroyNotify) orr_verdict_free);
  for (guint i = 0; i < sought->len; i++)
    g_ptr_array_add (verdicts, orr_check_judge (sought->pdata[i], history, &budget));
  for (guint i = 0; i < sought->len; i++)
    {
      const OrrVerdict *verdict = verdicts->pdata[i];
      gboolean proves_nothing = verdict->kind == ORR_HOLDS && orr_ending_is_cut_short (trace->ending);
      OrrFuzzVerdict kept
          = { .check = (guint16) orr_fuzz_check_index (verdict->property),
              .kind = (guint8) (proves_nothing ? ORR_UNDECIDED : verdict->kind),
              .tested = verdict->n_checked > 0 || verdict->kind == ORR_VIOLATED,
              .telling = verdict->kind == ORR_VIOLATED && orr_map_is_telling (verdict, verdicts, given) };
      g_array_append_val (run->verdicts, kept);
    }
  orr_history_free (history);
}

static void
count_faults (OrrFuzzRun *run, const OrrTrace *trace, const OrrCatalog *catalog)
{
  for (guint kind = 0; catalog->faults[kind]; kind++)
    {
      OrrFuzzFault kept = { .fault = kind };
      for (guint i = 0; i < trace->faults->len; i++)
        {
          const OrrTraceFault *fault = &g_array_index (trace->faults, OrrTraceFault, i);
          kept.strikes += fault->fault == catalog->faults[kind];
          kept.effects += fault->fault == catalog->faults[kind] ? fault->effects : 0;
        }
      if (kept.strikes > 0)
        g_array_append_val (run->faults, kept);
    }
}

OrrFuzzRun *
orr_fuzz_run_new (const OrrFuzzPlan *plan, OrrStrategy strategy, guint64 seed)
{
  GPtrArray *sought;
  OrrRunOptions options = plan->run;
  OrrFuzzRun *run = run_new (strategy, seed);
  OrrScenario *variant = orr_fuzz_variant (plan, strategy, seed, &sought);
  options.seed = seed;
  options.level = ORR_RECORD_OPERATIONS;
  OrrTrace *trace = orr_simulate (variant, &options);
  run->digest = trace->digest;
  run->events = trace->counts.events;
  run->simulated = trace->ended_at;
  run->ending = trace->ending;
  judge (run, trace, sought);
  count_faults (run, trace, plan->catalog);
  orr_coverage_of (trace, run->words);
  orr_trace_free (trace);
  orr_scenario_unref (variant);
  g_ptr_array_unref (sought);
  return run;
}

/* --- As bytes: all numbers as they lie in memory --- */

typedef struct
{
  guint64 seed, digest, events;
  OrrTime simulated;
  guint32 strategy, ending, n_verdicts, n_faults, n_words, unused;
} Head;

static void
write_elements (GByteArray *bytes, const GArray *elements)
{
  if (elements->len > 0)
    g_byte_array_append (bytes, (const guint8 *) elements->data,
                         elements->len * g_array_get_element_size ((GArray *) elements));
}

void
orr_fuzz_run_write (const OrrFuzzRun *run, GByteArray *bytes)
{
  Head head = { .seed = run->seed,
                .digest = run->digest,
                .events = run->events,
                .simulated = run->simulated,
                .strategy = run->strategy,
                .ending = run->ending,
                .n_verdicts = run->verdicts->len,
                .n_faults = run->faults->len,
                .n_words = run->words->len };
  g_assert (!run->died);
  g_byte_array_append (bytes, (const guint8 *) &head, sizeof head);
  write_elements (bytes, run->verdicts);
  write_elements (bytes, run->faults);
  write_elements (bytes, run->words);
}

static gboolean
take_elements (const guint8 **at, gsize *left, GArray *elements, guint n)
{
  gsize size = g_array_get_element_size (elements);
  if (*left / size < n)
    return FALSE;
  g_array_append_vals (elements, *at, n);
  *at += n * size;
  *left -= n * size;
  return TRUE;
}

/* Whatever a crashing process wrote into its memory, indices are such. */
static gboolean
is_sane (const OrrFuzzRun *run)
{
  guint n_checks = 0;
  while (orr_checks[n_checks])
    n_checks++;
  for (guint i = 0; i < run->verdicts->len; i++)
    {
      const OrrFuzzVerdict *verdict = &g_array_index (run->verdicts, OrrFuzzVerdict, i);
      if (verdict->check >= n_checks || verdict->kind > ORR_UNDECIDED)
        return FALSE;
    }
  return run->strategy < ORR_N_STRATEGIES && run->ending < ORR_N_ENDINGS;
}

OrrFuzzRun *
orr_fuzz_run_read (const guint8 *bytes, gsize length)
{
  Head head;
  if (length < sizeof head)
    return NULL;
  memcpy (&head, bytes, sizeof head);
  const guint8 *at = bytes + sizeof head;
  gsize left = length - sizeof head;
  g_autoptr (OrrFuzzRun) run = run_new ((OrrStrategy) head.strategy, head.seed);
  run->digest = head.digest;
  run->events = head.events;
  run->simulated = head.simulated;
  run->ending = head.ending;
  if (!take_elements (&at, &left, run->verdicts, head.n_verdicts)
      || !take_elements (&at, &left, run->faults, head.n_faults)
      || !take_elements (&at, &left, run->words, head.n_words) || left > 0 || !is_sane (run))
    return NULL;
  return g_steal_pointer (&run);
}
