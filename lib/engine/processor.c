/* processor.c: busy and paused machines.
 *
 * A machine with a service time handles one event after the other: the first of its inbox is in service, the
 * others wait. What an event causes leaves when its service is over, so that service and waiting both show in
 * latency. One WAKE is pending while there is something to finish; a burst of a thousand messages therefore
 * costs a thousand steps, not a million. A paused machine handles nothing, and gets all that came meanwhile
 * when it goes on.
 *
 * An inbox may have a limit: for as many messages from other machines as that there is room, the one in
 * service included. A datagram that finds no room is dropped; a stream's message, or a plain client's, is
 * sent again later, which is what flow control comes to. */
#include "engine/engine-private.h"

static guint
inbox_length (const OrrMachine *machine)
{
  return machine->inbox ? machine->inbox->len - machine->inbox_head : 0;
}

static const OrrEvent *
inbox_first (const OrrMachine *machine)
{
  return &g_array_index (machine->inbox, OrrEvent, machine->inbox_head);
}

/* What came from another machine: such wait in a queue that may be full. */
static gboolean
is_message (const OrrSimulation *simulation, const OrrEvent *event)
{
  switch ((OrrDo) event->kind)
    {
    case ORR_DO_DATAGRAM:
    case ORR_DO_TWIN:
    case ORR_DO_STREAM:
      return simulation->actors[event->source].machine != simulation->actors[event->target].machine;
    case ORR_DO_REQUEST:
      return simulation->actors[event->target].role_index != ORR_ROLE_CLIENT;
    case ORR_DO_REPLY:
      return TRUE;
    default:
      return FALSE;
    }
}

static void
inbox_drop_first (const OrrSimulation *simulation, OrrMachine *machine)
{
  machine->n_messages -= is_message (simulation, inbox_first (machine)) ? 1 : 0;
  machine->inbox_head++;
  if (machine->inbox_head <= machine->inbox->len / 2)
    return;
  g_array_remove_range (machine->inbox, 0, machine->inbox_head);
  machine->inbox_head = 0;
}

/* How long so much work takes here and now. */
static OrrTime
scaled (OrrMachine *machine, OrrTime work)
{
  if (machine->slow != 1.0 && work > 0)
    machine->slowed++;
  double factor = machine->slow / machine->settings->cpu;
  if (factor == 1.0)
    return work;
  double time = (double) work * factor + 0.5;
  return time < (double) ORR_TIME_MAX ? (OrrTime) time : ORR_TIME_MAX;
}

static OrrTime
draw_service (OrrSimulation *simulation, OrrMachine *machine)
{
  if (!machine->settings->service)
    return 0;
  if (machine->service_instant != simulation->now)
    {
      machine->service_instant = simulation->now;
      machine->service_ordinal = 0;
    }
  OrrDraw draw = orr_engine_draw (simulation, "service", orr_draw_word (machine->name), simulation->now);
  draw = orr_draw_fold (draw, machine->service_ordinal++);
  const OrrPin *pin = simulation->pinned ? orr_pins_find_service (simulation, machine->index) : NULL;
  OrrDecided *decided = orr_decided_add (simulation, ORR_PIN_SERVICE, machine->index, ORR_NOBODY, 0);
  return scaled (machine, orr_decide (decided, pin, (OrrUsual){ machine->settings->service, 0 }, draw));
}

static void
schedule_wake (OrrSimulation *simulation, OrrMachine *machine)
{
  machine->wake_pending = TRUE;
  orr_schedule (simulation, MAX (machine->busy_until, simulation->now), ORR_DO_WAKE, ORR_NOBODY,
                machine->life, 0, machine->index);
}

/* The first of the inbox goes into service as soon as the processor is free. */
static void
serve_first (OrrSimulation *simulation, OrrMachine *machine)
{
  OrrTime start = MAX (machine->busy_until, simulation->now);
  machine->busy_until = orr_time_add (start, draw_service (simulation, machine));
  machine->serving = TRUE;
  schedule_wake (simulation, machine);
}

/* Takes timers out that were cancelled while they waited, so that they cost no service. */
static void
drop_void_timers (OrrSimulation *simulation, OrrMachine *machine)
{
  while (inbox_length (machine) > 0)
    {
      OrrEvent first = *inbox_first (machine);
      if (first.kind != ORR_DO_TIMER || !orr_timer_is_void (simulation, &first))
        return;
      inbox_drop_first (simulation, machine);
      orr_record_take_origin (simulation, first.sequence);
      orr_timer_discard (simulation, &first);
    }
}

static void
handle_first (OrrSimulation *simulation, OrrMachine *machine)
{
  OrrEvent first = *inbox_first (machine);
  inbox_drop_first (simulation, machine);
  orr_record_take_origin (simulation, first.sequence);
  if (first.kind == ORR_DO_TIMER && orr_timer_is_void (simulation, &first))
    orr_timer_discard (simulation, &first);
  else
    orr_actor_handle (simulation, &first);
}

void
orr_processor_update (OrrSimulation *simulation, OrrMachine *machine)
{
  machine->special = !machine->up || machine->paused || machine->settings->service
                     || inbox_length (machine) > 0 || machine->busy_until > simulation->now;
  for (guint i = 0; i < machine->n_actors; i++)
    machine->actors[i]->special = machine->special;
}

gboolean
orr_processor_must_wait (OrrSimulation *simulation, OrrMachine *machine, const OrrEvent *event)
{
  orr_processor_update (simulation, machine);
  if (!machine->special)
    return FALSE;

  if (!machine->inbox)
    machine->inbox = g_array_new (FALSE, FALSE, sizeof (OrrEvent));
  g_array_append_val (machine->inbox, *event);
  machine->n_messages += is_message (simulation, event) ? 1 : 0;
  orr_record_origin (simulation, event->sequence, simulation->cause, simulation->message);
  if (!machine->paused && !machine->serving)
    serve_first (simulation, machine);
  return TRUE;
}

/* --- Full inboxes --- */

struct OrrInboxLimit
{
  guint32 most;
  guint64 *effects;
  OrrInboxLimit *next;
};

gboolean
orr_processor_has_room (OrrSimulation *simulation, OrrMachine *machine, OrrAddress from)
{
  guint32 most = machine->settings->inbox;
  guint64 *effects = NULL;
  for (const OrrInboxLimit *limit = machine->limits; limit; limit = limit->next)
    if (limit->most < most)
      {
        most = limit->most;
        effects = limit->effects;
      }
  if (machine->n_messages < most || simulation->actors[from].machine == machine)
    return TRUE;
  simulation->trace->counts.overflowed++;
  if (effects)
    ++*effects;
  return FALSE;
}

OrrInboxLimit *
orr_processor_limit (OrrMachine *machine, guint32 most, guint64 *effects)
{
  OrrInboxLimit *limit = g_new (OrrInboxLimit, 1);
  *limit = (OrrInboxLimit){ most, effects, machine->limits };
  return machine->limits = limit;
}

void
orr_processor_unlimit (OrrMachine *machine, OrrInboxLimit *limit)
{
  OrrInboxLimit **place = &machine->limits;
  while (*place != limit)
    place = &(*place)->next;
  *place = limit->next;
  g_free (limit);
}

void
orr_processor_free_limits (OrrMachine *machine)
{
  while (machine->limits)
    orr_processor_unlimit (machine, machine->limits);
}

void
orr_processor_wake (OrrSimulation *simulation, OrrMachine *machine)
{
  machine->wake_pending = FALSE;
  if (machine->paused || !machine->up)
    return;
  if (machine->busy_until > simulation->now)
    {
      schedule_wake (simulation, machine);
      return;
    }

  guint32 life = machine->life;
  machine->serving = FALSE;
  while (inbox_length (machine) > 0)
    {
      handle_first (simulation, machine);
      if (!machine->up || machine->life != life || machine->paused)
        return;
      drop_void_timers (simulation, machine);
      if (inbox_length (machine) > 0 && (machine->settings->service || machine->busy_until > simulation->now))
        {
          serve_first (simulation, machine);
          return;
        }
    }
  orr_processor_update (simulation, machine);
}

void
orr_processor_pause (OrrSimulation *simulation, OrrMachine *machine)
{
  machine->paused = TRUE;
  machine->paused_at = simulation->now;
  orr_processor_update (simulation, machine);
}

void
orr_processor_resume (OrrSimulation *simulation, OrrMachine *machine)
{
  /* What was in service has as much of it left as before. */
  if (machine->busy_until > machine->paused_at)
    machine->busy_until = orr_time_add (machine->busy_until, simulation->now - machine->paused_at);
  machine->paused = FALSE;
  orr_processor_update (simulation, machine);
  if (!machine->up || machine->wake_pending || inbox_length (machine) == 0)
    return;
  if (machine->serving)
    schedule_wake (simulation, machine);
  else
    serve_first (simulation, machine);
}

void
orr_processor_clear (OrrSimulation *simulation, OrrMachine *machine)
{
  while (inbox_length (machine) > 0)
    {
      OrrEvent first = *inbox_first (machine);
      inbox_drop_first (simulation, machine);
      orr_record_take_origin (simulation, first.sequence);
      orr_event_discard (simulation, &first, ORR_FATE_DOWN);
    }
  machine->busy_until = simulation->now;
  machine->paused = FALSE;
  machine->wake_pending = machine->serving = FALSE;
  orr_processor_update (simulation, machine);
}

void
orr_work (OrrNode *node, OrrTime duration)
{
  OrrMachine *machine = node->machine;
  OrrSimulation *simulation = node->simulation;
  orr_model_effect (node);
  orr_model_assert (node, duration >= 0, "work takes no negative time", "%" G_GINT64_FORMAT " ns", duration);
  machine->busy_until = orr_time_add (MAX (machine->busy_until, simulation->now), scaled (machine, duration));
  orr_processor_update (simulation, machine);
}
