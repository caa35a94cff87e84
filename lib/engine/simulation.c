/* simulation.c: the loop.
 *
 * Take the earliest event, let whoever it concerns handle it, go on. Most events of a long run are messages
 * to actors whose machine is free, on a network that is as it always is: they are handled here, in a dozen
 * lines; everything else is passed on to the file whose idea it is. While an event is handled, what the one
 * eight places behind it will touch is fetched into the cache. */
#include "engine/links.h"
#include "engine/session-private.h"

/* So far ahead the actor and the body of a message are fetched. */
#define AHEAD 8

/* So often a run looks at what happens outside of it: often enough for who waits, also where each event takes
 * 100 us. */
#define LOOK_AROUND_EVERY (1 << 10)

#define EVENTS_MAX  G_GUINT64_CONSTANT (1000000000)
#define INSTANT_MAX G_GUINT64_CONSTANT (10000000)

/* A recorded operation takes some 200 bytes, and as much again when it is judged. */
#define OPERATIONS_MAX G_GUINT64_CONSTANT (10000000)

/* --- Scheduling --- */

static gboolean
is_foreground (const OrrSimulation *simulation, OrrDo what, guint16 type)
{
  switch (what)
    {
    case ORR_DO_DATAGRAM:
    case ORR_DO_TWIN:
    case ORR_DO_STREAM:
      return simulation->messages[type].is_foreground;
    case ORR_DO_LINK_DOWN:
    case ORR_DO_LINK_UP:
    case ORR_DO_REQUEST:
    case ORR_DO_REPLY:
    case ORR_DO_CANCEL:
    case ORR_DO_ACTION:
      return TRUE;
    default:
      return FALSE;
    }
}

static void
schedule (OrrSimulation *simulation, const OrrEvent *event)
{
  g_assert (event->time >= simulation->now);
  simulation->foreground += is_foreground (simulation, event->kind, event->type);
  orr_record_origin (simulation, event->sequence, simulation->row, ORR_NO_MESSAGE);
  orr_event_queue_push (simulation->queue, event);
}

void
orr_schedule (OrrSimulation *simulation, OrrTime time, OrrDo what, guint32 target, guint32 source,
              guint16 type, guint32 slot)
{
  schedule (simulation, &(OrrEvent){ time, simulation->sequence++, target, source, what, type, slot });
}

void
orr_schedule_fault (OrrSimulation *simulation, OrrTime time, OrrDo what, guint32 slot)
{
  guint64 sequence = simulation->fault_sequence++ + (what == ORR_DO_FAULT ? ORR_SEQUENCE_STRIKE : 0);
  schedule (simulation, &(OrrEvent){ time, sequence, ORR_NOBODY, ORR_NOBODY, what, 0, slot });
}

void
orr_digest_word (OrrSimulation *simulation, guint64 word)
{
  simulation->digest = orr_mix (simulation->digest, word);
}

OrrDraw
orr_engine_draw (const OrrSimulation *simulation, const char *purpose, guint64 whom, guint64 ordinal)
{
  return orr_draw_fold (orr_draw_fold (orr_draw_key (simulation->seed, purpose), whom), ordinal);
}

/* --- The end --- */

/* The workload is over: everything heals, and the run has `settle` to become quiet. */
static void
end_workload (OrrSimulation *simulation)
{
  simulation->ended = TRUE;
  orr_faults_end_all (simulation);
  simulation->trace->healed_at = simulation->now;
  simulation->last_time = orr_time_add (simulation->now, simulation->scenario->settle);
}

/* TRUE where no operation of the plan is still to come or open, or nobody waits for it. Generated ones are
 * not waited for. */
static gboolean
is_plan_done (const OrrSimulation *simulation)
{
  const OrrWorkload *workload = &simulation->scenario->workload;
  return workload->operations.length == 0 || !workload->overtime || orr_sessions_open (simulation) == 0;
}

/* `duration` is over. What was planned for later is waited for, but no longer than for quiet. */
static void
come_to_end (OrrSimulation *simulation, gboolean at_last)
{
  simulation->is_due = TRUE;
  orr_network_update_rare (simulation);
  if (simulation->ended)
    return;
  if (at_last || is_plan_done (simulation))
    end_workload (simulation);
  else
    orr_schedule (simulation, orr_time_add (simulation->now, simulation->scenario->settle), ORR_DO_END,
                  ORR_NOBODY, TRUE, 0, ORR_NO_SLOT);
}

static gboolean
is_quiet (const OrrSimulation *simulation)
{
  return simulation->foreground == 0 && orr_sessions_open (simulation) == 0;
}

/* --- The loop --- */

/* Always inline: a function that only fetches has no effect in a compiler's eyes, and is dropped. */
static G_ALWAYS_INLINE inline void
fetch_ahead (const OrrSimulation *simulation)
{
  const OrrEvent *ahead = orr_event_queue_ahead (simulation->queue, AHEAD);
  if (!ahead || ahead->kind > ORR_DO_STREAM)
    return;
  __builtin_prefetch (&simulation->actors[ahead->target], 1);
  if (G_LIKELY (ahead->slot != ORR_NO_SLOT))
    __builtin_prefetch (orr_slab_get (simulation->slab, ahead->slot));
}

/* The short way of a message: the long one is orr_actor_deliver. */
static inline void
deliver_shortly (OrrSimulation *simulation, OrrNode *actor, const OrrEvent *event)
{
  const OrrMessageInfo *info = &simulation->messages[event->type];
  guint32 slot = event->slot;
  gpointer body = slot == ORR_NO_SLOT ? NULL : orr_slab_get (simulation->slab, slot);
  orr_digest_event (simulation, ORR_EVENT_MESSAGE, event->target, event->type);
  orr_actor_receive (actor, event, body);

  simulation->foreground -= info->is_foreground;
  if (G_LIKELY (body))
    orr_slab_give (simulation->slab, info->slab_class, slot, body);
}

static void
deliver_datagram (OrrSimulation *simulation, const OrrEvent *event)
{
  OrrMachine *machine = simulation->actors[event->target].machine;
  if ((simulation->rare & ORR_RARE_CUT) && orr_network_is_cut (simulation, event->source, event->target))
    {
      simulation->trace->counts.partitioned++;
      orr_event_discard (simulation, event, ORR_FATE_PARTITIONED);
    }
  else if ((simulation->rare & ORR_RARE_CUT)
           && orr_holds_take (simulation, event, event->source, event->type))
    return;
  else if (!orr_processor_has_room (simulation, machine, event->source))
    orr_event_discard (simulation, event, ORR_FATE_OVERFLOWED);
  else
    orr_actor_deliver (simulation, event);
}

static G_GNUC_NO_INLINE void
handle (OrrSimulation *simulation, const OrrEvent *pending)
{
  OrrEvent event = *pending;
  orr_record_take_origin (simulation, event.sequence);
  switch ((OrrDo) event.kind)
    {
    case ORR_DO_DATAGRAM:
    case ORR_DO_TWIN:
      deliver_datagram (simulation, &event);
      break;
    case ORR_DO_STREAM:
    case ORR_DO_LINK_DOWN:
    case ORR_DO_LINK_UP:
      if (orr_streams_accept (simulation, &event))
        orr_actor_deliver (simulation, &event);
      break;
    case ORR_DO_TIMER:
    case ORR_DO_WRITTEN:
    case ORR_DO_SYNCED:
    case ORR_DO_CANCEL:
    case ORR_DO_ACTION:
      orr_actor_deliver (simulation, &event);
      break;
    case ORR_DO_REQUEST:
    case ORR_DO_REPLY:
      if (orr_plain_client_accept (simulation, &event))
        orr_actor_deliver (simulation, &event);
      break;
    case ORR_DO_WAKE:
      if (simulation->machines[event.slot].life == event.source)
        orr_processor_wake (simulation, &simulation->machines[event.slot]);
      break;
    case ORR_DO_RETRY:
      orr_streams_retry (simulation, &event);
      break;
    case ORR_DO_ARRIVAL:
    case ORR_DO_INVOKE:
      orr_workload_handle (simulation, &event);
      break;
    case ORR_DO_TIMEOUT:
      orr_sessions_handle (simulation, &event);
      break;
    case ORR_DO_FAULT:
    case ORR_DO_HEAL:
    case ORR_DO_STEP:
      orr_faults_handle (simulation, &event);
      break;
    case ORR_DO_END:
      come_to_end (simulation, event.source);
      break;
    }
  simulation->row = ORR_NO_ROW;
}

gboolean
orr_is_interrupted (const OrrSimulation *simulation)
{
  return simulation->options.interrupt && g_atomic_int_get (simulation->options.interrupt);
}

static void
tell_watch (const OrrSimulation *simulation, gboolean goes_on)
{
  if (simulation->options.watch)
    simulation->options.watch (simulation->options.watch_data, goes_on);
}

/* What an endless run, an impatient user and a waiting one want to know. FALSE: the run ends. */
static gboolean
look_around (OrrSimulation *simulation, guint64 events)
{
  const OrrRunOptions *options = &simulation->options;
  tell_watch (simulation, TRUE);
  if (events >= options->events_max)
    simulation->trace->ending = ORR_ENDED_EVENT_LIMIT;
  else if (simulation->trace->operations->len >= options->operations_max)
    simulation->trace->ending = ORR_ENDED_OPERATION_LIMIT;
  else if (orr_is_interrupted (simulation))
    simulation->trace->ending = ORR_ENDED_INTERRUPTED;
  else
    {
      if (options->progress)
        options->progress (options->progress_data, simulation->now, events);
      return TRUE;
    }
  return FALSE;
}

/* What is left to do once the workload is over. FALSE: nothing. */
static gboolean
wind_up (OrrSimulation *simulation)
{
  if (simulation->stopped)
    return FALSE;
  if (!simulation->ended && is_plan_done (simulation))
    end_workload (simulation);
  return !simulation->ended || !is_quiet (simulation);
}

/* The earliest event, of those that are pending and of the messages that are not among them yet. */
static inline const OrrEvent *
next_event (OrrSimulation *simulation)
{
  if (simulation->gathered.n > 0)
    {
      const OrrEvent *next = orr_event_queue_peek (simulation->queue);
      if (G_UNLIKELY (!next || next->time >= simulation->gathered.due))
        orr_network_settle (simulation);
    }
  return orr_event_queue_pop (simulation->queue);
}

static void
run (OrrSimulation *simulation)
{
  const OrrRunOptions *options = &simulation->options;
  OrrEventQueue *queue = simulation->queue;
  guint64 events = 0, at_this_instant = 0;
  guint64 next_look = MIN (LOOK_AROUND_EVERY, options->events_max);
  OrrNode *actors = simulation->actors;
  const OrrMessageInfo *messages = simulation->messages;

  for (const OrrEvent *event; (event = next_event (simulation));)
    {
      if (G_LIKELY (event->time != simulation->now))
        {
          if (G_UNLIKELY (event->time > simulation->last_time))
            {
              simulation->trace->ending = ORR_ENDED_SETTLE_LIMIT;
              orr_event_queue_push (queue, event);
              break;
            }
          orr_set_now (simulation, event->time);
          at_this_instant = 0;
        }
      else if (G_UNLIKELY (++at_this_instant >= options->instant_max))
        {
          simulation->trace->ending = ORR_ENDED_INSTANT_LIMIT;
          orr_event_queue_push (queue, event);
          break;
        }

      fetch_ahead (simulation);
      events++;
      if (G_LIKELY (event->kind == ORR_DO_DATAGRAM && !simulation->rare && !actors[event->target].special
                    && !messages[event->type].is_long))
        deliver_shortly (simulation, &actors[event->target], event);
      else
        {
          handle (simulation, event);
          if (G_UNLIKELY (simulation->is_due) && !wind_up (simulation))
            break;
        }
      if (G_UNLIKELY (events == next_look))
        {
          if (!look_around (simulation, events))
            break;
          orr_timers_sweep (simulation);
          next_look = MIN (events + LOOK_AROUND_EVERY, options->events_max);
        }
    }
  orr_network_settle (simulation);
  simulation->trace->counts.events = events;
  simulation->trace->ended_at = simulation->now;
}

/* --- A run from its beginning to its end --- */

static void
init (OrrSimulation *simulation, const OrrScenario *scenario, const OrrRunOptions *options)
{
  if (options)
    simulation->options = *options;
  if (simulation->options.events_max == 0)
    simulation->options.events_max = EVENTS_MAX;
  if (simulation->options.instant_max == 0)
    simulation->options.instant_max = INSTANT_MAX;
  if (simulation->options.operations_max == 0)
    simulation->options.operations_max = OPERATIONS_MAX;
  simulation->scenario = scenario;
  simulation->model = scenario->model;
  simulation->seed = options ? options->seed : scenario->seed;
  simulation->terms = orr_scenario_copy_terms (scenario);
  simulation->trace
      = orr_trace_new (scenario, simulation->seed, simulation->options.level, simulation->terms);
  simulation->context = orr_trace_context (simulation->trace);
  simulation->queue = orr_event_queue_new ();
  simulation->slab = orr_slab_new ();
  simulation->sequence = ORR_SEQUENCE_ORDINARY;
  simulation->last_time = ORR_TIME_NEVER - 1;
  simulation->digest = orr_draw_key (simulation->seed, "digest");
  simulation->actor_key = orr_draw_key (simulation->seed, "actor");
  orr_set_now (simulation, 0);
  simulation->row = simulation->cause = ORR_NO_ROW;
  simulation->message = ORR_NO_MESSAGE;

  orr_record_init (simulation);
  orr_actors_init (simulation);
  orr_network_init (simulation);
  orr_holds_init (simulation);
  orr_streams_init (simulation);
  orr_timers_init (simulation);
  orr_pins_init (simulation);
  orr_clocks_init (simulation);
  orr_disks_init (simulation);
  orr_sessions_init (simulation);
  orr_workload_init (simulation);
  orr_faults_init (simulation);
  orr_network_update_rare (simulation);
  orr_schedule (simulation, scenario->duration, ORR_DO_END, ORR_NOBODY, FALSE, 0, ORR_NO_SLOT);
}

/* Gives back the arrays of what will never arrive; all else of it lies in the slab. */
static void
release_pending (OrrSimulation *simulation)
{
  gboolean any = FALSE;
  for (guint i = 0; i < simulation->n_messages; i++)
    any |= simulation->messages[i].has_arrays;
  for (const OrrEvent *event; any && (event = orr_event_queue_pop (simulation->queue));)
    if (event->kind <= ORR_DO_STREAM)
      orr_message_release (simulation, event);
  for (guint i = 0; any && i < simulation->n_machines; i++)
    {
      const OrrMachine *machine = &simulation->machines[i];
      for (guint j = machine->inbox_head; machine->inbox && j < machine->inbox->len; j++)
        if (g_array_index (machine->inbox, OrrEvent, j).kind <= ORR_DO_STREAM)
          orr_message_release (simulation, &g_array_index (machine->inbox, OrrEvent, j));
    }
}

static void
clear (OrrSimulation *simulation)
{
  release_pending (simulation);
  orr_faults_clear (simulation);
  orr_workload_clear (simulation);
  orr_sessions_clear (simulation);
  orr_disks_clear (simulation);
  orr_pins_clear (simulation);
  orr_timers_clear (simulation);
  orr_streams_clear (simulation);
  orr_holds_clear (simulation);
  orr_network_clear (simulation);
  orr_actors_clear (simulation);
  orr_record_clear (simulation);
  orr_slab_free (simulation->slab);
  orr_pool_clear (&simulation->pool);
  orr_event_queue_free (simulation->queue);
  orr_terms_unref (simulation->terms);
}

OrrTrace *
orr_simulate (const OrrScenario *scenario, const OrrRunOptions *options)
{
  OrrSimulation simulation = { 0 };
  init (&simulation, scenario, options);
  OrrTrace *trace = simulation.trace;
  tell_watch (&simulation, TRUE);
  gboolean started = orr_actors_start_all (&simulation);
  simulation.row = ORR_NO_ROW;
  if (started)
    run (&simulation);
  else
    trace->ending = ORR_ENDED_INTERRUPTED;
  orr_actors_observe_all (&simulation);
  tell_watch (&simulation, FALSE);

  trace->digest = simulation.digest;
  trace->body_digest = trace->level == ORR_RECORD_FULL ? simulation.body_digest : 0;
  clear (&simulation);
  return trace;
}
