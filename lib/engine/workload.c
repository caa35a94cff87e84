/* workload.c: when clients ask, and for what.
 *
 * A load comes in one of two ways. In an open loop operations arrive whether or not the earlier ones are
 * done, as the requests of many users do; a slow system then builds a queue. In a closed loop each session
 * thinks, asks, waits for the answer and thinks again, as a benchmark's threads do; a slow system then is
 * asked less, and looks better than it is. Beside either, or alone, stands the plan of a litmus test:
 * operations that begin at a time, or after another's end.
 *
 * Each draw is named by its session and by how many operations that session had before, so that taking one
 * operation away changes little else. */
#include "engine/session-private.h"

#define NO_PLAN G_MAXUINT32

typedef struct OrrWorkloadState
{
  const OrrWorkload *settings;
  OrrKeyChooser *chooser;
  const OrrKey *keys;
  guint n_keys;
  gint64 unique; /* the last number that was written */
  guint64 n_arrivals, n_generated;
  guint64 *n_of_session;             /* operations generated for each session */
  gint64 shares;                     /* of all templates together */
  OrrDraw mix, operation, think;     /* keys of a session's draws */
  GArray *steps;                     /* OrrStep: of the operation that is being generated */
  guint n_planned;                   /* operations of the plan that were not submitted yet */
  GArray *plan_of;                   /* guint32: by serial, which of the plan it is; NO_PLAN */
  guint32 *first_after, *next_after; /* chains through the plan: those that begin when one of it ends */
} WorkloadState;

static const OrrPlannedOperation *
planned_at (const WorkloadState *workload, guint index)
{
  return &((const OrrPlannedOperation *) workload->settings->operations.data)[index];
}

static OrrDraw
session_draw (OrrSimulation *simulation, OrrDraw key, guint32 session, guint64 ordinal)
{
  return orr_draw_fold (orr_draw_fold (key, simulation->sessions->sessions[session].name), ordinal);
}

/* TRUE while clients make new operations by themselves at that time. */
static gboolean
is_generating (OrrSimulation *simulation, OrrTime time)
{
  const WorkloadState *workload = simulation->workload;
  guint64 most = workload->settings->operations_max;
  return !simulation->ended && time < simulation->scenario->duration && workload->settings->mix.length > 0
         && (most == 0 || workload->n_generated < most);
}

/* --- Operations --- */

static const OrrTemplate *
choose_template (const WorkloadState *workload, OrrDraw draw)
{
  const OrrTemplate *templates = workload->settings->mix.data;
  gint64 at = (gint64) orr_draw_below (draw, (guint64) MAX (workload->shares, 1));
  for (guint i = 0; i < workload->settings->mix.length; i++)
    {
      if (at < templates[i].share)
        return &templates[i];
      at -= templates[i].share;
    }
  return &templates[0];
}

static void
generate (OrrSimulation *simulation, guint32 session)
{
  WorkloadState *workload = simulation->workload;
  guint64 ordinal = workload->n_of_session[session]++;
  const OrrTemplate *template
      = choose_template (workload, session_draw (simulation, workload->mix, session, ordinal));
  OrrGenerator generator = { .terms = simulation->terms,
                             .settings = workload->settings->settings,
                             .keys = workload->keys,
                             .n_keys = workload->n_keys,
                             .chooser = workload->chooser,
                             .ordinal = workload->n_generated++,
                             .draw = session_draw (simulation, workload->operation, session, ordinal),
                             .unique = &workload->unique };
  GArray *steps = workload->steps;
  g_array_set_size (steps, 0);
  for (guint kind = 0; kind < ORR_N_STEP_KINDS; kind++)
    for (guint i = 0; i < template->counts[kind]; i++)
      workload->settings->object->generate (&generator, (OrrStepKind) kind, steps);
  if (steps->len > 0)
    orr_sessions_submit (simulation, session, simulation->now, NULL, (const OrrStep *) (gpointer) steps->data,
                         steps->len, template->attributes, ORR_NOBODY, ORR_TIME_UNSET);
}

static void
submit_planned (OrrSimulation *simulation, guint index)
{
  WorkloadState *workload = simulation->workload;
  const OrrPlannedOperation *planned = planned_at (workload, index);
  OrrAddress to = planned->to ? orr_find (&simulation->actors[0], planned->to) : ORR_NOBODY;

  /* Noted first: an operation may be over as soon as it is submitted. */
  guint32 serial = simulation->trace->operations->len;
  while (workload->plan_of->len <= serial)
    g_array_append_val (workload->plan_of, (guint32){ NO_PLAN });
  g_array_index (workload->plan_of, guint32, serial) = index;
  workload->n_planned--;
  orr_sessions_submit (simulation, planned->session, simulation->now, planned->id, planned->steps,
                       planned->n_steps, planned->attributes, to, planned->cancel);
}

static void
schedule_planned (OrrSimulation *simulation, guint index)
{
  const OrrPlannedOperation *planned = planned_at (simulation->workload, index);
  orr_schedule (simulation, orr_time_add (simulation->now, planned->at), ORR_DO_INVOKE, ORR_NOBODY,
                planned->session, 0, index);
}

/* --- Loops --- */

/* The open loop: one stream of arrivals for the whole run. */
static void
schedule_arrival (OrrSimulation *simulation)
{
  WorkloadState *workload = simulation->workload;
  OrrDraw draw = orr_engine_draw (simulation, "arrival", 0, workload->n_arrivals);
  OrrTime time
      = orr_time_add (simulation->now, orr_distribution_sample (workload->settings->arrival.interval, draw));
  if (is_generating (simulation, time))
    orr_schedule (simulation, time, ORR_DO_ARRIVAL, ORR_NOBODY, ORR_NOBODY, 0, ORR_NO_SLOT);
}

static void
arrive (OrrSimulation *simulation)
{
  WorkloadState *workload = simulation->workload;
  OrrDraw draw = orr_engine_draw (simulation, "arrival-session", 0, workload->n_arrivals++);
  generate (simulation, (guint32) orr_draw_below (draw, simulation->sessions->n_sessions));
  schedule_arrival (simulation);
}

/* The closed loop: a session thinks. */
static void
think (OrrSimulation *simulation, guint32 session)
{
  WorkloadState *workload = simulation->workload;
  OrrDraw draw = session_draw (simulation, workload->think, session, workload->n_of_session[session]);
  OrrTime time = orr_time_add (simulation->now, orr_distribution_sample (workload->settings->think, draw));
  if (is_generating (simulation, time))
    orr_schedule (simulation, time, ORR_DO_INVOKE, ORR_NOBODY, session, 0, ORR_NO_SLOT);
}

void
orr_workload_handle (OrrSimulation *simulation, const OrrEvent *event)
{
  if (event->kind == ORR_DO_ARRIVAL)
    arrive (simulation);
  else if (event->slot != ORR_NO_SLOT)
    submit_planned (simulation, event->slot);
  else if (is_generating (simulation, simulation->now))
    generate (simulation, event->source);
}

void
orr_workload_completed (OrrSimulation *simulation, guint32 session, guint32 serial)
{
  WorkloadState *workload = simulation->workload;
  guint32 plan
      = serial < workload->plan_of->len ? g_array_index (workload->plan_of, guint32, serial) : NO_PLAN;
  if (plan == NO_PLAN)
    {
      if (!workload->settings->arrival.interval && workload->settings->think)
        think (simulation, session);
      return;
    }
  for (guint i = workload->first_after[plan]; i != NO_PLAN; i = workload->next_after[i])
    schedule_planned (simulation, i);
}

guint
orr_workload_planned (const OrrSimulation *simulation)
{
  return simulation->workload->n_planned;
}

/* --- A run --- */

/* The largest number that the plan writes: generated ones are larger. */
static gint64
largest_planned (const WorkloadState *workload)
{
  gint64 largest = 0;
  for (guint i = 0; i < workload->settings->operations.length; i++)
    for (guint j = 0; j < planned_at (workload, i)->n_steps; j++)
      {
        OrrValue value = planned_at (workload, i)->steps[j].value;
        if (orr_value_is_int (value))
          largest = MAX (largest, orr_value_to_int (value));
      }
  /* As near to the end of all numbers as no run comes. */
  return MIN (largest, ORR_VALUE_INT_MAX / 2);
}

/* In the order of the plan, which is why it is walked from its end. */
static void
chain_plan (WorkloadState *workload)
{
  guint n = workload->n_planned = workload->settings->operations.length;
  workload->first_after = g_new (guint32, n + 1);
  workload->next_after = g_new (guint32, n + 1);
  for (guint i = 0; i < n; i++)
    workload->first_after[i] = NO_PLAN;
  for (guint i = n; i > 0; i--)
    {
      gint32 after = planned_at (workload, i - 1)->after;
      if (after < 0)
        continue;
      workload->next_after[i - 1] = workload->first_after[after];
      workload->first_after[after] = i - 1;
    }
}

void
orr_workload_init (OrrSimulation *simulation)
{
  const OrrWorkload *settings = &simulation->scenario->workload;
  WorkloadState *workload = simulation->workload = g_new0 (WorkloadState, 1);
  workload->settings = settings;
  workload->keys = settings->all_keys.data;
  workload->n_keys = settings->keys.count;
  if (workload->n_keys > 0)
    workload->chooser = orr_key_chooser_new ((OrrKeyChoice) settings->keys.choose, workload->n_keys,
                                             settings->keys.exponent);
  workload->unique = largest_planned (workload);
  workload->mix = orr_draw_key (simulation->seed, "mix");
  workload->operation = orr_draw_key (simulation->seed, "operation");
  workload->think = orr_draw_key (simulation->seed, "think");
  workload->steps = g_array_new (FALSE, TRUE, sizeof (OrrStep));
  workload->n_of_session = g_new0 (guint64, simulation->sessions->n_sessions);
  workload->plan_of = g_array_new (FALSE, FALSE, sizeof (guint32));
  for (guint i = 0; i < settings->mix.length; i++)
    workload->shares += ((const OrrTemplate *) settings->mix.data)[i].share;

  chain_plan (workload);
  for (guint i = 0; i < settings->operations.length; i++)
    if (planned_at (workload, i)->after < 0)
      schedule_planned (simulation, i);
  if (settings->mix.length == 0)
    return;
  if (settings->arrival.interval)
    schedule_arrival (simulation);
  else
    for (guint32 i = 0; settings->think && i < simulation->sessions->n_sessions; i++)
      think (simulation, i);
}

void
orr_workload_clear (OrrSimulation *simulation)
{
  WorkloadState *workload = g_steal_pointer (&simulation->workload);
  orr_key_chooser_free (workload->chooser);
  g_free (workload->n_of_session);
  g_array_unref (workload->plan_of);
  g_array_unref (workload->steps);
  g_free (workload->first_after);
  g_free (workload->next_after);
  g_free (workload);
}
