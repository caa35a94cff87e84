/* fault.c: when things go wrong, and when they are right again.
 *
 * A line of the scenario is a plan; each time it strikes there is one more fault in the trace, with what it
 * did in words and how often it made a difference. Plans strike at a time, again and again at random, or when
 * something happens (trigger.c). What a strike leaves open is drawn, named by the kind of fault, the time and
 * the line, so that the faults of one line don't change those of another. What a fault does is its own file's
 * business (faults/). */
#include "engine/engine-private.h"

/* A fault that struck. Kept until the run is over: others hold pointers into it. */
typedef struct
{
  OrrActiveFault active;
  const OrrFault *kind;
  gpointer settings; /* a copy, with the nodes filled in */
  guint64 effects;
  gboolean going_on;
} Strike;

typedef struct OrrFaults
{
  GPtrArray *strikes; /* Strike, by row of the trace's faults */
  guint64 *n_strikes; /* of each plan so far */
} Faults;

static const OrrFaultPlan *
plan_at (const OrrSimulation *simulation, guint index)
{
  return &((const OrrFaultPlan *) simulation->scenario->faults.data)[index];
}

static OrrTraceFault *
row_of (OrrSimulation *simulation, const Strike *strike)
{
  return &g_array_index (simulation->trace->faults, OrrTraceFault, strike->active.index);
}

/* --- What is drawn --- */

gboolean
orr_machine_is_server (const OrrMachine *machine)
{
  for (guint i = 0; i < machine->n_actors; i++)
    if (machine->actors[i]->role_index != ORR_ROLE_CLIENT)
      return TRUE;
  return FALSE;
}

/* Does a machine answer to the target: its name, the name of an actor or of a role on it? NULL: any server.
 */
static gboolean
is_target (const OrrMachine *machine, const char *target)
{
  if (!target)
    return orr_machine_is_server (machine);
  if (g_str_equal (machine->name, target))
    return TRUE;
  for (guint i = 0; i < machine->n_actors; i++)
    {
      const OrrNode *actor = machine->actors[i];
      if (g_str_equal (actor->name, target)
          || (actor->role_index != ORR_ROLE_CLIENT && g_str_equal (actor->role->name, target)))
        return TRUE;
    }
  return FALSE;
}

/* The name of a machine that answers to the target; NULL where none does. */
static const char *
draw_node (OrrSimulation *simulation, const char *target, OrrDraw draw)
{
  guint n = 0;
  for (guint i = 0; i < simulation->n_machines; i++)
    n += is_target (&simulation->machines[i], target) ? 1 : 0;
  if (n == 0)
    return NULL;
  guint64 left = orr_draw_below (draw, n);
  for (guint i = 0;; i++)
    if (is_target (&simulation->machines[i], target) && left-- == 0)
      return simulation->machines[i].name;
}

/* Fills in the node of a random fault, where its settings leave it open. */
static void
fill_target (OrrSimulation *simulation, Strike *strike, const char *target)
{
  const OrrField *field
      = strike->kind->target ? orr_fields_find (strike->kind->entry.fields, strike->kind->target) : NULL;
  if (!field)
    return;
  const char **node = G_STRUCT_MEMBER_P (strike->settings, field->offset);
  if (!*node)
    *node = draw_node (simulation, target, orr_draw_fold (strike->active.draw, 1));
}

/* --- Strikes --- */

static Strike *
strike_new (OrrSimulation *simulation, guint index)
{
  const OrrFaultPlan *plan = plan_at (simulation, index);
  const OrrEntry *entry = plan->fault;
  gconstpointer settings = plan->settings;
  Strike *strike = g_new0 (Strike, 1);
  OrrDraw draw = orr_engine_draw (simulation, "fault", index, (guint64) simulation->now);
  draw = orr_draw_fold (draw, simulation->faults->n_strikes[index]++);

  if (!entry)
    {
      const OrrChosenFault *chosen = plan->choose.data;
      chosen += orr_draw_below (orr_draw_fold (draw, 0), plan->choose.length);
      entry = chosen->fault;
      settings = chosen->settings;
    }
  strike->kind = (const OrrFault *) entry;
  if (plan->action >= 0)
    {
      const OrrRecord *record = &simulation->model->actions[plan->action];
      OrrActionSettings action = { record, (guint) plan->action, plan->action_node, plan->settings };
      strike->settings = g_memdup2 (&action, sizeof action);
    }
  else
    strike->settings = g_memdup2 (settings, entry->size);
  strike->active = (OrrActiveFault){ .index = simulation->trace->faults->len,
                                     .settings = strike->settings,
                                     .effects = &strike->effects,
                                     .draw = draw,
                                     .duration = ORR_TIME_UNSET };
  if (!plan->fault)
    fill_target (simulation, strike, plan->target);
  return strike;
}

static void
note (OrrSimulation *simulation, OrrEventKind kind, guint row)
{
  orr_note_event (simulation, kind, ORR_NOBODY, ORR_NOBODY, (guint16) MIN (row, G_MAXUINT16), simulation->row,
                  ORR_NO_MESSAGE, NULL, NULL);
}

/* Lets it begin, and says when it ends. */
static void
begin (OrrSimulation *simulation, Strike *strike, const OrrDistribution *duration)
{
  if (!strike->kind->begin (simulation, &strike->active))
    {
      row_of (simulation, strike)->ended = simulation->now;
      return;
    }
  OrrTime length = strike->active.duration;
  if (length == ORR_TIME_UNSET && duration)
    length = orr_distribution_sample (duration, orr_draw_fold (strike->active.draw, 2));
  if (!strike->kind->end)
    {
      row_of (simulation, strike)->ended
          = orr_time_add (simulation->now, length == ORR_TIME_UNSET ? 0 : length);
      return;
    }
  strike->going_on = TRUE;
  if (length != ORR_TIME_UNSET)
    orr_schedule_fault (simulation, orr_time_add (simulation->now, length), ORR_DO_HEAL,
                        strike->active.index);
}

static void
strike_now (OrrSimulation *simulation, guint index)
{
  Strike *strike = strike_new (simulation, index);
  g_autoptr (GString) what = g_string_new (NULL);
  strike->kind->describe (strike->settings, what);
  OrrTraceFault row = { .began = simulation->now,
                        .ended = ORR_TIME_NEVER,
                        .fault = &strike->kind->entry,
                        .what = orr_arena_strdup (simulation->trace->arena, what->str) };
  g_array_append_val (simulation->trace->faults, row);
  g_ptr_array_add (simulation->faults->strikes, strike);
  note (simulation, ORR_EVENT_FAULT, strike->active.index);
  begin (simulation, strike, plan_at (simulation, index)->duration);
}

static void
heal (OrrSimulation *simulation, Strike *strike)
{
  if (!strike->going_on)
    return;
  strike->going_on = FALSE;
  row_of (simulation, strike)->ended = simulation->now;
  note (simulation, ORR_EVENT_HEAL, strike->active.index);
  strike->kind->end (simulation, &strike->active);
}

/* The next strike of a line that strikes again and again; none once clients have stopped. */
static void
schedule_next (OrrSimulation *simulation, guint index)
{
  const OrrFaultPlan *plan = plan_at (simulation, index);
  OrrDraw draw = orr_engine_draw (simulation, "every", index, simulation->faults->n_strikes[index]);
  OrrTime time = orr_time_add (simulation->now, MAX (orr_distribution_sample (plan->every, draw), 1));
  if (time < simulation->scenario->duration)
    orr_schedule_fault (simulation, time, ORR_DO_FAULT, index);
}

void
orr_faults_handle (OrrSimulation *simulation, const OrrEvent *event)
{
  if (event->kind == ORR_DO_HEAL)
    {
      heal (simulation, g_ptr_array_index (simulation->faults->strikes, event->slot));
      return;
    }
  if (simulation->ended)
    return;
  strike_now (simulation, event->slot);
  if (plan_at (simulation, event->slot)->trigger == ORR_TRIGGER_EVERY)
    schedule_next (simulation, event->slot);
}

void
orr_faults_strike (OrrSimulation *simulation, guint plan)
{
  orr_schedule_fault (simulation, simulation->now, ORR_DO_FAULT, plan);
}

void
orr_faults_end_all (OrrSimulation *simulation)
{
  GPtrArray *strikes = simulation->faults->strikes;
  guint64 cause = simulation->row;
  for (guint i = 0; i < strikes->len; i++)
    {
      simulation->row = cause;
      heal (simulation, g_ptr_array_index (strikes, i));
    }
}

/* --- A run --- */

void
orr_faults_init (OrrSimulation *simulation)
{
  guint n = simulation->scenario->faults.length;
  Faults *faults = simulation->faults = g_new0 (Faults, 1);
  faults->strikes = g_ptr_array_new ();
  faults->n_strikes = g_new0 (guint64, n);
  for (guint i = 0; i < n; i++)
    {
      const OrrFaultPlan *plan = plan_at (simulation, i);
      if (plan->trigger == ORR_TRIGGER_AT)
        orr_schedule_fault (simulation, plan->at, ORR_DO_FAULT, i);
      else if (plan->trigger == ORR_TRIGGER_EVERY)
        schedule_next (simulation, i);
    }
  orr_triggers_init (simulation);
}

void
orr_faults_clear (OrrSimulation *simulation)
{
  Faults *faults = g_steal_pointer (&simulation->faults);
  for (guint i = 0; i < faults->strikes->len; i++)
    {
      Strike *strike = g_ptr_array_index (faults->strikes, i);
      row_of (simulation, strike)->effects = strike->effects;
      /* What outlived the run could not free what it holds. */
      g_free (strike->going_on ? strike->active.state : NULL);
      g_free (strike->settings);
      g_free (strike);
    }
  g_ptr_array_unref (faults->strikes);
  g_free (faults->n_strikes);
  g_free (faults);
  orr_triggers_clear (simulation);
}
