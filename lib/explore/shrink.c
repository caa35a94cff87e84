/* shrink.c: the loop of shrinking, and what its result says of itself. */
#include "explore/shrink-private.h"

#include <string.h>

/* A candidate that takes so many times the events of the first run is no simpler one. */
#define EVENTS_FACTOR 4
#define EVENTS_LEAST  10000

/* By so many other seeds it must be the same run for there to be no chance in it. */
#define SEEDS_COMPARED 8

/* While chance is at work, another seed may show in less what this one shows. */
#define OTHER_SEEDS 2

/* --- Trying --- */

static gboolean
is_interrupted (const OrrShrinking *shrinking)
{
  const gint *interrupt = shrinking->options->interrupt;
  return interrupt && g_atomic_int_get (interrupt);
}

gboolean
orr_shrinking_is_over (const OrrShrinking *shrinking)
{
  return shrinking->shrunk->runs >= shrinking->runs_max || is_interrupted (shrinking);
}

static void
count (OrrShrunk *shrunk, const OrrDraft *draft)
{
  guint n_lines = orr_draft_length (draft, "faults");
  shrunk->n_operations = orr_draft_length (draft, "workload.operations");
  shrunk->n_pins = orr_draft_length (draft, "pins");
  shrunk->n_actions = 0;
  for (guint i = 0; i < n_lines; i++)
    {
      g_autofree char *path = g_strdup_printf ("faults.%u.action", i);
      shrunk->n_actions += orr_draft_get (draft, path) != NULL;
    }
  shrunk->n_faults = n_lines - shrunk->n_actions;
}

static gboolean
shows (OrrShrinking *shrinking, const OrrScenario *scenario)
{
  OrrShrunk *shrunk = shrinking->shrunk;
  OrrQuestion question = shrinking->question;
  question.run.seed = scenario->seed;
  shrunk->runs++;
  gboolean answer = orr_trial_is_violated (scenario, &question);
  if (shrinking->options->progress)
    shrinking->options->progress (shrinking->options->progress_data, shrunk);
  return answer;
}

static void
accept (OrrShrinking *shrinking, OrrDraft *draft, OrrScenario *scenario)
{
  orr_draft_free (shrinking->draft);
  orr_scenario_unref (shrinking->shrunk->scenario);
  shrinking->draft = draft;
  shrinking->shrunk->scenario = scenario;
  count (shrinking->shrunk, draft);
}

void
orr_shrinking_accept (OrrShrinking *shrinking, OrrDraft *draft)
{
  OrrScenario *scenario = orr_draft_read (draft, shrinking->catalog, NULL);
  g_assert (scenario);
  accept (shrinking, draft, scenario);
}

/* Does the model without its mistakes promise the property, with these options and against these faults? */
static gboolean
is_promised (const OrrShrinking *shrinking, const OrrDraft *draft)
{
  g_autoptr (OrrDraft) correct = orr_draft_copy (draft);
  orr_draft_remove (correct, "model.bugs");
  orr_draft_remove (correct, "expect");
  g_autoptr (OrrScenario) scenario = orr_draft_read (correct, shrinking->catalog, NULL);
  const OrrExpectation *expectations = scenario ? scenario->expectations.data : NULL;
  for (guint i = 0; scenario && i < scenario->expectations.length; i++)
    if (expectations[i].property == shrinking->shrunk->property)
      return TRUE;
  return FALSE;
}

/* Is it the model's mistakes that break the property, by the scenario's own seed? */
static gboolean
is_mistaken (OrrShrinking *shrinking, const OrrDraft *draft)
{
  g_autoptr (OrrDraft) correct = orr_draft_copy (draft);
  if (!orr_draft_get (correct, "model.bugs"))
    return FALSE;
  orr_draft_remove (correct, "model.bugs");
  g_autoptr (OrrScenario) scenario = orr_draft_read (correct, shrinking->catalog, NULL);
  return scenario && !shows (shrinking, scenario);
}

static guint
count_actors (const OrrScenario *scenario)
{
  return scenario->layout->actors->len;
}

/* A candidate that shows the violation is no better for all that where it does so for want of a promise, by
 * more chance, or with more nodes: a line less that says how many there are is no gain. */
static gboolean
is_fair (OrrShrinking *shrinking, const OrrDraft *candidate, const OrrScenario *scenario)
{
  return (!shrinking->is_promised || is_promised (shrinking, candidate))
         && (!shrinking->is_mistaken || is_mistaken (shrinking, candidate))
         && count_actors (scenario) <= count_actors (shrinking->shrunk->scenario)
         && orr_shrink_count_chances (scenario) <= orr_shrink_count_chances (shrinking->shrunk->scenario);
}

static gboolean
is_certain_enough (OrrShrinking *shrinking, const OrrScenario *scenario)
{
  return !shrinking->is_certain || orr_shrinking_is_without_chance (shrinking, scenario, SEEDS_COMPARED);
}

/* Lines that are about what happens come before those that are about how it does. */
static gboolean
is_smaller (const OrrDraft *a, const OrrDraft *b)
{
  guint lines = orr_draft_length (a, "workload.operations") + orr_draft_length (a, "faults"),
        before = orr_draft_length (b, "workload.operations") + orr_draft_length (b, "faults");
  return lines < before || (lines == before && orr_draft_length (a, "pins") < orr_draft_length (b, "pins"));
}

/* The scenario shows the violation, but chance is back: where pins counted what is gone, as a rule. Its run
 * is written down anew, so that what chance decided takes one value for all, and what deviates is pinned. */
static gboolean
try_settled (OrrShrinking *shrinking, const OrrScenario *scenario)
{
  OrrDraft *settled = orr_shrink_written_down (shrinking, scenario, ORR_MATERIALISE_CHOICES);
  g_autoptr (OrrScenario) again = settled ? orr_draft_read (settled, shrinking->catalog, NULL) : NULL;
  if (again && is_smaller (settled, shrinking->draft) && shows (shrinking, again)
      && is_fair (shrinking, settled, again) && is_certain_enough (shrinking, again))
    {
      accept (shrinking, settled, g_steal_pointer (&again));
      return TRUE;
    }
  orr_draft_free (settled);
  return FALSE;
}

/* By its own seed. What shows the violation is the smallest from now on. */
static gboolean
try_one (OrrShrinking *shrinking, OrrDraft *candidate)
{
  g_autofree char *text = orr_draft_to_text (candidate);
  if (orr_shrinking_is_over (shrinking)
      || !g_hash_table_add (shrinking->tried, g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1)))
    return FALSE;
  g_autoptr (OrrScenario) scenario = orr_draft_read (candidate, shrinking->catalog, NULL);
  if (!scenario || !shows (shrinking, scenario) || !is_fair (shrinking, candidate, scenario))
    return FALSE;
  if (is_certain_enough (shrinking, scenario))
    accept (shrinking, orr_draft_copy (candidate), g_steal_pointer (&scenario));
  else if (!is_smaller (candidate, shrinking->draft) || !try_settled (shrinking, scenario))
    return FALSE;
  return TRUE;
}

static gboolean
says_the_same (const OrrDraft *a, const OrrDraft *b)
{
  g_autofree char *one = orr_draft_to_text (a), *other = orr_draft_to_text (b);
  return strcmp (one, other) == 0;
}

/* By its own seed; while chance is at work, by some others. */
static gboolean
try_seeds (OrrShrinking *shrinking, OrrDraft *candidate)
{
  g_autofree char *own = g_strdup (orr_draft_get_text (candidate, "seed"));
  guint tried = 0;
  if (try_one (shrinking, candidate))
    return TRUE;
  for (guint seed = 1; tried < shrinking->other_seeds && !orr_shrinking_is_over (shrinking); seed++)
    {
      g_autofree char *other = g_strdup_printf ("%u", seed);
      if (g_strcmp0 (other, own ? own : "1") == 0)
        continue;
      tried++;
      orr_draft_set (candidate, "seed", other);
      if (try_one (shrinking, candidate))
        return TRUE;
    }
  return FALSE;
}

gboolean
orr_shrinking_try (OrrShrinking *shrinking, OrrDraft *candidate)
{
  gboolean better = !says_the_same (candidate, shrinking->draft) && try_seeds (shrinking, candidate);
  orr_draft_free (candidate);
  return better;
}

gboolean
orr_shrinking_try_set (OrrShrinking *shrinking, const char *path, const char *yaml)
{
  OrrDraft *candidate = orr_draft_copy (shrinking->draft);
  orr_draft_set (candidate, path, yaml);
  return orr_shrinking_try (shrinking, candidate);
}

gboolean
orr_shrinking_try_remove (OrrShrinking *shrinking, const char *path)
{
  OrrDraft *candidate = orr_draft_copy (shrinking->draft);
  orr_draft_remove (candidate, path);
  return orr_shrinking_try (shrinking, candidate);
}

OrrTrial *
orr_shrinking_try_smallest (OrrShrinking *shrinking)
{
  OrrQuestion question = shrinking->question;
  question.run.seed = shrinking->shrunk->scenario->seed;
  shrinking->shrunk->runs++;
  return orr_trial_new (shrinking->shrunk->scenario, &question);
}

/* --- The loop --- */

/* Repeats passes until none gets anywhere. */
static void
repeat (OrrShrinking *shrinking, const OrrShrinkPass *passes)
{
  gboolean any = TRUE;
  while (any && !orr_shrinking_is_over (shrinking))
    {
      any = FALSE;
      for (const OrrShrinkPass *pass = passes; *pass; pass++)
        any |= (*pass) (shrinking);
    }
}

/* What goes by large pieces, while chance is at work. */
static const OrrShrinkPass coarse[] = {
  orr_shrink_time,
  orr_shrink_faults,
  orr_shrink_plain,
  orr_shrink_values,
  orr_shrink_operations,
  orr_shrink_bugs,
  orr_shrink_nodes,
  orr_shrink_counts,
  orr_shrink_settings,
  orr_shrink_constants,
  NULL,
};

/* Pins first: of a run that was written down there may be thousands. */
static const OrrShrinkPass fine[] = {
  orr_shrink_time,    orr_shrink_pins,       orr_shrink_faults, orr_shrink_plain,
  orr_shrink_values,  orr_shrink_operations, orr_shrink_bugs,   orr_shrink_nodes,
  orr_shrink_counts,  orr_shrink_settings,   orr_shrink_merge,  orr_shrink_constants,
  orr_shrink_moments, orr_shrink_numbers,    orr_shrink_names,  NULL,
};

/* --- From the beginning --- */

/* In place of a property. */
static const OrrEntry died = { .name = ORR_DIED };

static gboolean
is_violated (const OrrShrinking *shrinking, const OrrHistory *history, const char *property)
{
  OrrCheckBudget budget = ORR_CHECK_BUDGET_DEFAULT;
  budget.stop = shrinking->options->interrupt;
  g_autoptr (OrrVerdict) verdict = orr_check_judge (orr_checks_find (property), history, &budget);
  return verdict->kind == ORR_VIOLATED;
}

/* The first that the run violates of what the scenario expects or its model claims; else of what the mistakes
 * that are switched on break. */
static const char *
find_violated (const OrrShrinking *shrinking, const OrrScenario *scenario, const OrrHistory *history)
{
  const OrrExpectation *expectations = scenario->expectations.data;
  const OrrBug *bugs = scenario->model->bugs;
  for (guint i = 0; i < scenario->expectations.length; i++)
    if (expectations[i].property && is_violated (shrinking, history, expectations[i].name))
      return expectations[i].name;
  for (guint i = 0; bugs && bugs[i].name; i++)
    if (orr_scenario_has_bug (scenario, i) && is_violated (shrinking, history, bugs[i].breaks))
      return bugs[i].breaks;
  return NULL;
}

static guint64
with_room (guint64 events)
{
  return events < G_MAXUINT64 / EVENTS_FACTOR - EVENTS_LEAST ? events * EVENTS_FACTOR + EVENTS_LEAST
                                                             : G_MAXUINT64;
}

/* The run dies: that is asked of all. */
static void
ask_of_death (OrrShrinking *shrinking, const OrrScenario *scenario, const char *death)
{
  OrrQuestion *question = &shrinking->question;
  question->property = NULL;
  question->death = death;
  question->run.events_max = with_room (orr_death_find (scenario, &question->run, question->apart));
}

/* Where runs are made apart, whether this one dies is known before it is made here. FALSE: there is nothing
 * more to ask. */
static gboolean
ask_whether_it_dies (OrrShrinking *shrinking, const OrrScenario *scenario, const OrrRunOptions *run,
                     char **ret_death)
{
  const char *property = shrinking->options->property;
  gboolean is_asked = g_strcmp0 (property, ORR_DIED) == 0;
  *ret_death = NULL;
  if (!shrinking->question.apart)
    return !is_asked;
  *ret_death = orr_death_of (scenario, run, shrinking->question.apart);
  return !is_interrupted (shrinking) && (*ret_death ? !property || is_asked : !is_asked);
}

/* What is asked of all runs, and how large they may become. FALSE: this run violates nothing; or it was cut
 * short, so that no run would ever be taken for one that does. */
static gboolean
ask_first_run (OrrShrinking *shrinking, const OrrScenario *scenario)
{
  OrrRunOptions run = shrinking->question.run;
  if (shrinking->options->events_max > 0)
    run.events_max = with_room (shrinking->options->events_max);
  if (!ask_whether_it_dies (shrinking, scenario, &run, &shrinking->death))
    return FALSE;
  if (shrinking->death)
    {
      ask_of_death (shrinking, scenario, shrinking->death);
      return TRUE;
    }
  if (!shrinking->options->is_careful) /* a process for each would take longer than most runs */
    shrinking->question.apart = NULL;
  g_autoptr (OrrTrace) trace = orr_simulate (scenario, &run);
  g_autoptr (OrrHistory) history = orr_history_from_trace (trace);
  const char *property = shrinking->options->property;
  if (!orr_ending_is_final (trace->ending))
    return FALSE;
  if (property ? !is_violated (shrinking, history, property)
               : !(property = find_violated (shrinking, scenario, history)))
    return FALSE;
  shrinking->question.property = orr_checks_find (property);
  shrinking->question.run.events_max = with_room (trace->counts.events);
  return TRUE;
}

static void
remember_size (OrrShrunk *shrunk)
{
  shrunk->n_operations_before = shrunk->n_operations;
  shrunk->n_faults_before = shrunk->n_faults;
  shrunk->n_actions_before = shrunk->n_actions;
}

/* Writes the run down, which is the same run with the mistakes, and need not be without them: whether they
 * are needed is asked anew. */
static void
write_down (OrrShrinking *shrinking, gboolean choices)
{
  gboolean was_mistaken = shrinking->is_mistaken;
  shrinking->is_mistaken = FALSE;
  if (choices)
    orr_shrink_write_down (shrinking, ORR_MATERIALISE_CHOICES);
  else
    orr_shrink_write_down_lines (shrinking);
  shrinking->is_mistaken = was_mistaken && is_mistaken (shrinking, shrinking->draft);
  shrinking->is_certain
      = orr_shrinking_is_without_chance (shrinking, shrinking->shrunk->scenario, SEEDS_COMPARED);
}

/* Takes chance out of what is left, if it is not out already. */
static void
take_chance_out (OrrShrinking *shrinking)
{
  if (shrinking->is_certain || orr_shrinking_is_over (shrinking))
    return;
  shrinking->is_certain
      = orr_shrinking_is_without_chance (shrinking, shrinking->shrunk->scenario, SEEDS_COMPARED);
  if (!shrinking->is_certain)
    write_down (shrinking, TRUE);
}

static void
shrink (OrrShrinking *shrinking)
{
  OrrShrunk *shrunk = shrinking->shrunk;
  shrinking->is_promised = is_promised (shrinking, shrinking->draft);
  shrinking->is_mistaken = is_mistaken (shrinking, shrinking->draft);
  shrinking->is_certain = orr_shrinking_is_without_chance (shrinking, shrunk->scenario, SEEDS_COMPARED);
  if (!shrinking->is_certain)
    write_down (shrinking, FALSE);
  remember_size (shrunk);
  if (shrinking->death) /* often a start is enough */
    orr_shrinking_try_remove (shrinking, "workload");
  if (!shrinking->is_certain)
    {
      shrinking->other_seeds = OTHER_SEEDS;
      repeat (shrinking, coarse);
      shrinking->other_seeds = 0;
      take_chance_out (shrinking);
    }
  repeat (shrinking, fine);
  shrunk->is_minimal = !orr_shrinking_is_over (shrinking);
  shrunk->is_explicit = orr_shrinking_is_without_chance (shrinking, shrunk->scenario, SEEDS_COMPARED);
  if (shrunk->is_explicit)
    orr_draft_remove (shrinking->draft, "seed");
  orr_shrink_describe (shrinking);
}

/* The scenario by that seed; its operations have names. */
static void
begin (OrrShrinking *shrinking, const OrrScenario *scenario)
{
  OrrDraft *draft = orr_draft_new (scenario);
  orr_shrink_strip (draft, shrinking->options->seed);
  orr_shrink_name_operations (draft, scenario);
  orr_shrinking_accept (shrinking, draft);
}

OrrShrunk *
orr_shrink (const OrrScenario *scenario, const OrrCatalog *catalog, const OrrShrinkOptions *options)
{
  OrrShrinking shrinking = { .options = options, .catalog = catalog, .runs_max = options->runs_max };
  shrinking.values = options->base ? options->base->fuzz : scenario->fuzz;
  if (shrinking.runs_max == 0)
    shrinking.runs_max = ORR_SHRINK_RUNS_DEFAULT;
  shrinking.question.run = (OrrRunOptions){ .seed = options->seed,
                                            .interrupt = options->interrupt,
                                            .watch = options->watch,
                                            .watch_data = options->watch_data };
  shrinking.question.apart = options->apart;
  if (!ask_first_run (&shrinking, scenario))
    {
      g_free (shrinking.death);
      return NULL;
    }
  OrrShrunk *shrunk = g_new0 (OrrShrunk, 1);
  shrunk->runs = 1;
  shrunk->property = shrinking.death ? &died : &shrinking.question.property->entry;
  shrunk->death = shrinking.death;
  shrinking.shrunk = shrunk;
  shrinking.tried = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  begin (&shrinking, scenario);
  shrink (&shrinking);
  orr_draft_free (shrinking.draft);
  g_hash_table_unref (shrinking.tried);
  return shrunk;
}

void
orr_shrunk_free (OrrShrunk *shrunk)
{
  if (!shrunk)
    return;
  orr_scenario_unref (shrunk->scenario);
  g_free (shrunk->death);
  g_free (shrunk);
}
