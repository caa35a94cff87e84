/* fuzz-finish.c: from a run that shows a violation to a finding that people can read. */
#include "explore/fuzz-private.h"

#include "explore/shrink.h"

#include <string.h>

void
orr_finding_free (OrrFinding *finding)
{
  if (!finding)
    return;
  g_free (finding->died);
  g_free (finding->sentence);
  g_free (finding->shape);
  g_free (finding);
}

const char *
orr_finding_property (const OrrFinding *finding)
{
  return finding->check ? finding->check->entry.name : ORR_DIED;
}

void
orr_finished_free (OrrFinished *finished)
{
  if (!finished)
    return;
  orr_finding_free (finished->finding);
  orr_trace_free (finished->trace);
  orr_verdict_free (finished->verdict);
  orr_scenario_unref (finished->original);
  orr_scenario_unref (finished->scenario);
  g_free (finished);
}

/* --- The shape: what is left of the world that has to go wrong --- */

static void
add_name (GPtrArray *names, const char *kind, const char *name)
{
  GString *text = g_string_new (kind);
  orr_name_print (name, text);
  if (g_ptr_array_find_with_equal_func (names, text->str, g_str_equal, NULL))
    g_string_free (text, TRUE);
  else
    g_ptr_array_add (names, g_string_free (text, FALSE));
}

static void
add_fault (GPtrArray *names, const OrrScenario *scenario, const OrrFaultPlan *plan)
{
  const OrrChosenFault *chosen = plan->choose.data;
  if (plan->action >= 0)
    add_name (names, "action ", scenario->model->actions[plan->action].name);
  else if (plan->fault)
    add_name (names, "", plan->fault->name);
  for (guint i = 0; i < plan->choose.length; i++)
    add_name (names, "", chosen[i].fault->name);
}

static void
add_pin (GPtrArray *names, const OrrModel *model, const OrrPin *pin)
{
  switch ((OrrPinKind) pin->kind)
    {
    case ORR_PIN_MESSAGE:
      add_name (names, pin->drop ? "no message " : "message ", model->messages[pin->record].name);
      break;
    case ORR_PIN_TIMER:
      add_name (names, "timer ", model->timers[pin->record].name);
      break;
    case ORR_PIN_DRAW:
      add_name (names, "draw ", pin->purpose);
      break;
    case ORR_PIN_WRITE:
    case ORR_PIN_SYNC:
      add_name (names, pin->kind == ORR_PIN_SYNC ? "sync " : "write ", model->syncs[pin->record].name);
      break;
    default:
      add_name (names, "", orr_pin_kind_name ((OrrPinKind) pin->kind));
      break;
    }
}

static gint
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static char *
shape_of (const OrrScenario *scenario)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const OrrFaultPlan *plans = scenario->faults.data;
  const OrrPin *pins = scenario->pins.data;
  for (guint i = 0; i < scenario->faults.length; i++)
    add_fault (names, scenario, &plans[i]);
  for (guint i = 0; i < scenario->pins.length; i++)
    add_pin (names, scenario->model, &pins[i]);
  g_ptr_array_sort (names, compare_texts);
  g_ptr_array_add (names, NULL);
  return g_strjoinv (", ", (char **) names->pdata);
}

static guint64
faults_of (const OrrScenario *scenario, const OrrCatalog *catalog)
{
  guint64 faults = 0;
  const OrrFaultPlan *plans = scenario->faults.data;
  for (guint i = 0; i < scenario->faults.length; i++)
    {
      const OrrChosenFault *chosen = plans[i].choose.data;
      if (plans[i].fault)
        faults |= G_GUINT64_CONSTANT (1) << (orr_fuzz_fault_index (catalog, plans[i].fault) & 63);
      for (guint c = 0; c < plans[i].choose.length; c++)
        faults |= G_GUINT64_CONSTANT (1) << (orr_fuzz_fault_index (catalog, chosen[c].fault) & 63);
    }
  return faults;
}

/* --- Doing it --- */

static void
measure (OrrFinding *finding, const OrrScenario *scenario)
{
  const OrrFaultPlan *plans = scenario->faults.data;
  finding->n_pins = scenario->pins.length;
  for (guint i = 0; i < scenario->faults.length; i++)
    *(plans[i].action >= 0 ? &finding->n_actions : &finding->n_faults) += 1;
}

static gboolean
shrink (OrrFinished *finished, const OrrFuzzPlan *plan, OrrFinish todo)
{
  OrrFinding *finding = finished->finding;
  const OrrShrinkOptions options
      = { .property = orr_finding_property (finding),
          .base = plan->scenario,
          .seed = finding->seed,
          .runs_max = plan->shrink_runs_max,
          .events_max = plan->run.events_max,
          .watch = plan->run.watch,
          .watch_data = plan->run.watch_data,
          .apart = finding->check && todo == ORR_FINISH_SHRINK ? NULL : plan->apart,
          .is_careful = TRUE };
  g_autoptr (OrrShrunk) shrunk = orr_shrink (finished->original, plan->catalog, &options);
  if (!shrunk)
    return FALSE;
  finding->finished = ORR_FINISH_SHRINK;
  finding->n_operations = shrunk->n_operations;
  finding->n_faults = shrunk->n_faults;
  finding->n_actions = shrunk->n_actions;
  finding->n_pins = shrunk->n_pins;
  finding->is_minimal = shrunk->is_minimal;
  finding->is_explicit = shrunk->is_explicit;
  finding->shrink_runs = shrunk->runs;
  finding->faults = faults_of (shrunk->scenario, plan->catalog);
  finding->shape = shape_of (shrunk->scenario);
  finding->n_operations_drawn = shrunk->n_operations_before;
  finished->scenario = orr_scenario_ref (shrunk->scenario);
  return TRUE;
}

/* Runs what is left in full, and looks whether it shows what it should. */
static void
run_in_full (OrrFinished *finished, const OrrFuzzPlan *plan)
{
  const OrrCheckBudget budget = ORR_CHECK_BUDGET_DEFAULT;
  OrrFinding *finding = finished->finding;
  OrrRunOptions options = plan->run;
  options.seed = finished->scenario->seed;
  options.level = ORR_RECORD_FULL;
  finished->trace = orr_simulate (finished->scenario, &options);
  OrrHistory *history = orr_history_from_trace (finished->trace);
  finished->verdict = orr_check_judge (finding->check, history, &budget);
  orr_history_free (history);
  if (finding->n_operations == 0) /* they are drawn, not written down */
    finding->n_operations = finished->trace->operations->len;
  finding->sentence = finished->verdict->kind == ORR_VIOLATED
                          ? g_strdup (finished->verdict->sentence)
                          : g_strdup ("made again, the run does not show it: what it does depends on "
                                      "something besides scenario and seed");
}

static guint
count_operations (const OrrFuzzPlan *plan, const OrrFinished *finished)
{
  OrrRunOptions options = plan->run;
  options.seed = finished->finding->seed;
  options.level = ORR_RECORD_OPERATIONS;
  g_autoptr (OrrTrace) trace = orr_simulate (finished->original, &options);
  return trace->operations->len;
}

OrrFinished *
orr_fuzz_do_finish (const OrrFuzzPlan *plan, const OrrTask *task)
{
  guint check = task->detail & G_MAXUINT16;
  OrrFinish todo = (OrrFinish) (task->detail >> 16 & G_MAXUINT8);
  OrrFinished *finished = g_new0 (OrrFinished, 1);
  OrrFinding *finding = finished->finding = g_new0 (OrrFinding, 1);
  finding->check = check == ORR_FUZZ_DIED ? NULL : orr_checks[check];
  finding->strategy = (OrrStrategy) (task->detail >> 24 & G_MAXUINT8);
  finding->seed = task->seed;
  finding->finished = todo == ORR_FINISH_DRAW || !finding->check ? ORR_FINISH_DRAW : ORR_FINISH_RUN;
  finished->original = orr_fuzz_original (plan, finding->strategy, finding->seed, finding->check);
  finding->n_faults_drawn = finished->original->faults.length;
  gboolean is_shrunk
      = todo <= ORR_FINISH_SHRINK_APART && plan->shrink_runs_max > 0 && shrink (finished, plan, todo);
  if (is_shrunk && finding->check)
    finding->n_operations_drawn = count_operations (plan, finished);
  if (!is_shrunk)
    {
      finished->scenario = orr_scenario_ref (finished->original);
      measure (finding, finished->scenario);
    }
  if (todo != ORR_FINISH_DRAW && finding->check)
    run_in_full (finished, plan);
  return finished;
}

/* --- As bytes --- */

#define FORMAT "(msmsmsttuuuuuuuuubbt)"

void
orr_finding_write (const OrrFinding *finding, GByteArray *bytes)
{
  g_autoptr (GVariant) variant = g_variant_ref_sink (g_variant_new (
      FORMAT, finding->died, finding->sentence, finding->shape, finding->seed, finding->shrink_runs,
      finding->check ? orr_fuzz_check_index (&finding->check->entry) : ORR_FUZZ_DIED,
      (guint) finding->strategy, (guint) finding->finished, finding->n_operations, finding->n_faults,
      finding->n_actions, finding->n_pins, finding->n_operations_drawn, finding->n_faults_drawn,
      finding->is_minimal, finding->is_explicit, finding->faults));
  g_byte_array_append (bytes, g_variant_get_data (variant), (guint) g_variant_get_size (variant));
}

OrrFinding *
orr_finding_read (const guint8 *bytes, gsize length)
{
  g_autoptr (GBytes) copy = g_bytes_new (bytes, length);
  g_autoptr (GVariant) variant
      = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (FORMAT), copy, FALSE));
  OrrFinding *finding = g_new0 (OrrFinding, 1);
  guint check, strategy, done;
  g_variant_get (variant, FORMAT, &finding->died, &finding->sentence, &finding->shape, &finding->seed,
                 &finding->shrink_runs, &check, &strategy, &done, &finding->n_operations, &finding->n_faults,
                 &finding->n_actions, &finding->n_pins, &finding->n_operations_drawn,
                 &finding->n_faults_drawn, &finding->is_minimal, &finding->is_explicit, &finding->faults);
  finding->strategy = (OrrStrategy) strategy;
  finding->finished = (OrrFinish) done;
  for (guint i = 0; i <= check && orr_checks[i]; i++)
    finding->check = i == check ? orr_checks[i] : NULL;
  if (g_variant_is_normal_form (variant) && strategy < ORR_N_STRATEGIES && done <= ORR_FINISH_GIVE_UP
      && (finding->check || check == ORR_FUZZ_DIED))
    return finding;
  orr_finding_free (finding);
  return NULL;
}
