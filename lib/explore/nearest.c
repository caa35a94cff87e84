/* nearest.c: leaves out one thing after the other, and looks which runs keep the property. */
#include "explore/nearest.h"

#include "explore/materialise.h"

#include <string.h>

/* A run with one thing less may take longer; one that takes so many times as many events is given up. */
#define EVENTS_TIMES 4
#define EVENTS_LEAST 100000

typedef struct
{
  const OrrTrace *trace;
  const OrrHistory *history;
  const OrrVerdict *verdict;
  const OrrCone *cone;
  const OrrCatalog *catalog;
  const OrrNearestLimits *limits;
  guint64 n_events;      /* of all runs so far */
  const OrrDraft *draft; /* of the scenario as it was run */
  OrrNearest *nearest;
} Search;

/* --- Two runs --- */

static gboolean
is_same_event (const OrrTraceEvent *a, const OrrTraceEvent *b)
{
  return a->time == b->time && a->kind == b->kind && a->type == b->type && a->target == b->target
         && a->source == b->source && a->cause == b->cause;
}

static gboolean
is_same_fact (const OrrTrace *a, const OrrTrace *b, guint index)
{
  const OrrTraceFact *left = &g_array_index (a->facts, OrrTraceFact, index);
  const OrrTraceFact *right = &g_array_index (b->facts, OrrTraceFact, index);
  OrrContext left_context = orr_trace_context (a), right_context = orr_trace_context (b);
  const OrrField *fields = a->scenario->model->facts[left->fact].fields;
  return left->event == right->event && left->time == right->time && left->node == right->node
         && left->fact == right->fact
         && (!fields
             || orr_fields_hash (fields, &left_context, left->body, 0)
                    == orr_fields_hash (fields, &right_context, right->body, 0));
}

/* The event in which something is said otherwise for the first time. */
static guint64
find_other_fact (const OrrTrace *a, const OrrTrace *b)
{
  guint most = MIN (a->facts->len, b->facts->len), same = 0;
  while (same < most && is_same_fact (a, b, same))
    same++;
  return same < a->facts->len ? g_array_index (a->facts, OrrTraceFact, same).event : G_MAXUINT64;
}

static guint64
count_shared (const OrrTrace *a, const OrrTrace *b)
{
  guint64 shared = 0, most = MIN (MIN (a->events->len, b->events->len), find_other_fact (a, b));
  while (shared < most
         && is_same_event (&g_array_index (a->events, OrrTraceEvent, shared),
                           &g_array_index (b->events, OrrTraceEvent, shared)))
    shared++;
  return shared;
}

/* A property that was not put to the test holds as well, and tells nothing. */
static gboolean
is_kept (const Search *search, const OrrTrace *trace)
{
  OrrCheckBudget budget = ORR_CHECK_BUDGET_DEFAULT;
  budget.stop = search->limits->interrupt;
  const OrrCheck *check = orr_checks_find (search->verdict->property->name);
  g_autoptr (OrrHistory) history = orr_history_from_trace (trace);
  g_autoptr (OrrVerdict) verdict = orr_check_judge (check, history, &budget);
  return verdict->kind == ORR_HOLDS && verdict->n_checked > 0 && !orr_ending_is_cut_short (trace->ending);
}

/* --- One thing less --- */

static OrrRunOptions
options_of (const Search *search)
{
  return (OrrRunOptions){ .seed = search->trace->seed,
                          .level = search->trace->level,
                          .events_max = search->trace->counts.events * EVENTS_TIMES + EVENTS_LEAST,
                          .interrupt = search->limits->interrupt };
}

static OrrTrace *
run (const Search *search, const OrrScenario *scenario)
{
  OrrRunOptions options = options_of (search);
  return orr_simulate (scenario, &options);
}

/* What a run comes to that was perhaps made elsewhere. */
typedef struct
{
  gboolean is_kept;
  guint64 shared, events;
} Outcome;

typedef struct
{
  const Search *search;
  const OrrScenario *scenario;
} Asked;

static void
append_outcome (gpointer data, GByteArray *bytes)
{
  const Asked *asked = data;
  const OrrNearestLimits *limits = asked->search->limits;
  OrrRunOptions options = options_of (asked->search);
  options.watch = limits->watch;
  options.watch_data = limits->watch_data;
  g_autoptr (OrrTrace) trace = orr_simulate (asked->scenario, &options);
  Outcome outcome = { 0 };
  outcome.is_kept = is_kept (asked->search, trace);
  outcome.shared = count_shared (asked->search->trace, trace);
  outcome.events = trace->counts.events;
  g_byte_array_append (bytes, (const guint8 *) &outcome, sizeof outcome);
}

/* FALSE: it died of the run, which keeps nothing. */
static gboolean
look (const Search *search, const OrrScenario *scenario, Outcome *ret_outcome)
{
  Asked asked = { search, scenario };
  const OrrApart *apart = search->limits->apart;
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree char *how = NULL;
  if (apart)
    how = apart->make (apart->data, append_outcome, &asked, bytes);
  else
    append_outcome (&asked, bytes);
  if (how || bytes->len != sizeof *ret_outcome)
    return FALSE;
  memcpy (ret_outcome, bytes->data, sizeof *ret_outcome);
  return TRUE;
}

static gboolean
dies (const Search *search, const OrrScenario *scenario)
{
  Outcome outcome;
  return search->limits->apart && !look (search, scenario, &outcome);
}

static gboolean
is_nearer (const OrrPassing *a, const OrrPassing *b)
{
  return a->is_setting != b->is_setting ? b->is_setting : a->shared > b->shared;
}

/* Takes the text and the draft over. The trace of the nearest so far is made once more, to be here. */
static void
try_otherwise (Search *search, OrrDraft *draft, gboolean is_setting, char *otherwise)
{
  OrrNearest *nearest = search->nearest;
  g_autoptr (OrrDraft) own = draft;
  g_autofree char *words = otherwise;
  const OrrNearestLimits *limits = search->limits;
  gboolean stopped = limits->interrupt && g_atomic_int_get (limits->interrupt);
  Outcome outcome = { 0 };
  nearest->tried++;
  if (stopped || nearest->runs >= limits->runs_max || search->n_events > ORR_NEAREST_EVENTS)
    return;
  g_autoptr (OrrScenario) scenario = orr_draft_read (own, search->catalog, NULL);
  if (!scenario)
    {
      nearest->tried--; /* as where it names what it has no more */
      return;
    }
  nearest->runs++;
  gboolean is_kept = look (search, scenario, &outcome) && outcome.is_kept;
  search->n_events += outcome.events;
  if (!is_kept)
    return;
  OrrPassing passing = { g_steal_pointer (&words), is_setting, outcome.shared };
  guint place = 0;
  while (place < nearest->passing->len
         && !is_nearer (&passing, &g_array_index (nearest->passing, OrrPassing, place)))
    place++;
  g_array_insert_val (nearest->passing, place, passing);
  if (place > 0)
    return;
  orr_trace_free (nearest->trace);
  nearest->trace = run (search, scenario);
}

static char *
line_of (const OrrDraft *draft, const char *what, const char *path)
{
  GString *text = g_string_new (what);
  orr_yaml_write_node (orr_draft_get (draft, path), text);
  return g_string_free (text, FALSE);
}

/* Each line of a list of the scenario. */
static void
try_lines (Search *search, const char *list, const char *what)
{
  for (guint i = 0; i < orr_draft_length (search->draft, list); i++)
    {
      g_autofree char *path = g_strdup_printf ("%s.%u", list, i);
      OrrDraft *draft = orr_draft_copy (search->draft);
      orr_draft_remove (draft, path);
      try_otherwise (search, draft, FALSE, line_of (search->draft, what, path));
    }
}

/* What began it, where the property is judged by what nodes said. */
static gboolean
is_root (const Search *search, const char *id)
{
  for (guint i = 0; i < search->cone->steps->len && search->verdict->n_witness == 0; i++)
    {
      const OrrConeStep *step = &g_array_index (search->cone->steps, OrrConeStep, i);
      if (step->operation != G_MAXUINT32
          && g_strcmp0 (g_array_index (search->trace->operations, OrrTraceOperation, step->operation).id, id)
                 == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_witness (const Search *search, const char *id)
{
  for (guint i = 0; i < search->verdict->n_witness; i++)
    {
      const OrrHistoryOperation *row
          = &g_array_index (search->history->operations, OrrHistoryOperation, search->verdict->witness[i]);
      const OrrTraceOperation *done
          = &g_array_index (search->trace->operations, OrrTraceOperation, row->index);
      if (g_strcmp0 (done->id, id) == 0)
        return TRUE;
    }
  return FALSE;
}

/* Was it asked in the cone? */
static gboolean
is_near (const Search *search, const char *id)
{
  for (guint i = 0; i < search->cone->steps->len; i++)
    {
      guint32 operation = g_array_index (search->cone->steps, OrrConeStep, i).operation;
      if (operation != G_MAXUINT32
          && g_strcmp0 (g_array_index (search->trace->operations, OrrTraceOperation, operation).id, id) == 0)
        return TRUE;
    }
  return FALSE;
}

/* Without what the property is judged by there is nothing to judge. Of a run that was written down, with all
 * that it did, those of the cone are tried alone. */
static void
try_operations (Search *search)
{
  const OrrArray *operations = &search->trace->scenario->workload.operations;
  for (guint i = 0; i < operations->length; i++)
    {
      const OrrPlannedOperation *planned = &((const OrrPlannedOperation *) operations->data)[i];
      if (is_witness (search, planned->id) || is_root (search, planned->id)
          || (search->nearest->written && !is_near (search, planned->id)))
        continue;
      g_autofree char *path = g_strdup_printf ("workload.operations.%u", i);
      OrrDraft *draft = orr_draft_copy (search->draft);
      char *otherwise = line_of (search->draft, "without the operation ", path);
      orr_draft_remove (draft, path);
      try_otherwise (search, draft, FALSE, otherwise);
    }
}

/* Each value of a map that is not its default. */
static void
try_settings (Search *search, const char *map)
{
  const OrrYaml *node = orr_draft_get (search->draft, map);
  for (guint i = 0; node && node->kind == ORR_YAML_MAP && i < node->n_children; i++)
    {
      g_autofree char *path = g_strdup_printf ("%s.%s", map, node->keys[i]->text);
      g_autofree char *what = g_strdup_printf ("with the default instead of %s: ", path);
      OrrDraft *draft = orr_draft_copy (search->draft);
      char *otherwise = line_of (search->draft, what, path);
      orr_draft_remove (draft, path);
      try_otherwise (search, draft, TRUE, otherwise);
    }
}

/* --- Writing a run down --- */

/* Does the scenario leave to chance what is asked, or what strikes? */
static gboolean
has_draws (const OrrScenario *scenario)
{
  gboolean drawn = scenario->workload.mix.length > 0;
  for (guint i = 0; i < scenario->faults.length; i++)
    {
      const OrrFaultPlan *plan = &((const OrrFaultPlan *) scenario->faults.data)[i];
      drawn |= plan->trigger == ORR_TRIGGER_EVERY || !plan->fault;
    }
  return drawn;
}

/* The scenario that says what was drawn in a run; NULL where the run can't be made again. */
static OrrScenario *
write_down (const Search *search)
{
  g_autoptr (OrrChoices) choices = orr_choices_new ();
  OrrRunOptions options = options_of (search);
  options.level = ORR_RECORD_FULL;
  options.choices = choices;
  g_autoptr (OrrTrace) again = orr_simulate (search->trace->scenario, &options);
  if (again->digest != search->trace->digest)
    return NULL;
  g_autoptr (OrrDraft) draft
      = orr_materialise (again, choices, ORR_MATERIALISE_OPERATIONS | ORR_MATERIALISE_FAULTS);
  return orr_draft_read (draft, search->catalog, NULL);
}

/* Takes the run that is written down as what things are left out of, where it violates the property as well.
 */
static void
stand_on_written (Search *search, OrrNearest *nearest)
{
  g_autoptr (OrrScenario) scenario = has_draws (search->trace->scenario) ? write_down (search) : NULL;
  OrrCheckBudget budget = ORR_CHECK_BUDGET_DEFAULT;
  budget.stop = search->limits->interrupt;
  if (!scenario || dies (search, scenario))
    return;
  nearest->written = run (search, scenario);
  nearest->written_history = orr_history_from_trace (nearest->written);
  nearest->written_verdict = orr_check_judge (orr_checks_find (search->verdict->property->name),
                                              nearest->written_history, &budget);
  if (nearest->written_verdict->kind == ORR_VIOLATED)
    {
      search->trace = nearest->written;
      search->history = nearest->written_history;
      search->verdict = nearest->written_verdict;
      return;
    }
  g_clear_pointer (&nearest->written_verdict, orr_verdict_free);
  g_clear_pointer (&nearest->written_history, orr_history_free);
  g_clear_pointer (&nearest->written, orr_trace_free);
}

OrrNearest *
orr_nearest_find (const OrrTrace *trace, const OrrHistory *history, const OrrVerdict *verdict,
                  const OrrCone *cone, const OrrCatalog *catalog, const OrrNearestLimits *limits)
{
  static const char *const settings[] = { "options", "nodes", "network", "clocks", "disk" };
  OrrNearest *nearest = g_new0 (OrrNearest, 1);
  Search search = { trace, history, verdict, cone, catalog, limits, 0, NULL, nearest };
  g_autoptr (OrrCone) own = NULL;
  nearest->passing = g_array_new (FALSE, FALSE, sizeof (OrrPassing));
  stand_on_written (&search, nearest);
  if (nearest->written)
    search.cone = own = orr_cone_new (search.trace, search.history, search.verdict, cone->steps->len + 1);
  g_autoptr (OrrDraft) draft = orr_draft_new (search.trace->scenario);
  search.draft = draft;
  try_lines (&search, "pins", "without the pin ");
  try_operations (&search);
  try_lines (&search, "model.bugs", "without the bug ");
  try_lines (&search, "faults", "without the fault ");
  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    try_settings (&search, settings[i]);
  return nearest;
}

void
orr_nearest_free (OrrNearest *nearest)
{
  if (!nearest)
    return;
  for (guint i = 0; i < nearest->passing->len; i++)
    g_free (g_array_index (nearest->passing, OrrPassing, i).otherwise);
  g_array_unref (nearest->passing);
  orr_trace_free (nearest->trace);
  orr_verdict_free (nearest->written_verdict);
  orr_history_free (nearest->written_history);
  orr_trace_free (nearest->written);
  g_free (nearest);
}
