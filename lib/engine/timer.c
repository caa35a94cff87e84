/* timer.c: timers.
 *
 * Most timers are cancelled: an election timer is set anew by each heartbeat. Taking one out of the middle of
 * the pending events would cost more than letting it come, so a cancelled timer stays there and is ignored
 * when its time has come; what it said is freed at once. Only when most of the pending events are such, and
 * they are many, are they swept out, so that a timer of an hour that each operation sets and cancels does not
 * fill the memory. A handle names a place in a table and how often that
 * place was used before, so that a stale one is never taken for another timer. */
#include "engine/delays.h"

#include <string.h>

/* Fewer dead timers are not worth a sweep. */
#define SWEEP_MIN 65536

typedef struct
{
  guint32 generation; /* how often the place was used */
  guint32 life;       /* of the machine, when it was set */
  guint32 body;       /* slot of what it says; ORR_NO_SLOT */
  OrrAddress actor;
  guint32 turn; /* of the event that stands for it; it gets another one when its machine's clock changes its
                   rate */
  OrrTime due;  /* on the monotonic clock */
  guint16 kind;
  gboolean is_set; /* it will fire, unless its machine's life ends */
} Timer;

typedef struct OrrTimers
{
  GArray *timers;    /* Timer */
  GArray *free;      /* guint32: places */
  guint64 dead;      /* cancelled, and their events still pending */
  GPtrArray *delays; /* delays.h */
} Timers;

static Timer *
timer_at (const OrrSimulation *simulation, guint32 place)
{
  return &g_array_index (simulation->timers->timers, Timer, place);
}

static gboolean
is_foreground (const OrrSimulation *simulation, const Timer *timer)
{
  return !(simulation->model->timers[timer->kind].flags & ORR_BACKGROUND);
}

static gboolean
is_of_this_life (const OrrSimulation *simulation, const Timer *timer)
{
  const OrrMachine *machine = simulation->actors[timer->actor].machine;
  return machine->up && machine->life == timer->life;
}

static void
release_body (OrrSimulation *simulation, Timer *timer)
{
  if (timer->body == ORR_NO_SLOT)
    return;
  const OrrRecord *record = &simulation->model->timers[timer->kind];
  orr_record_unref_arrays (record->fields, orr_slab_get (simulation->slab, timer->body));
  orr_slab_release (simulation->slab, timer->body);
  timer->body = ORR_NO_SLOT;
}

/* It will not fire any more: it has just done so, or it was cancelled. */
static void
settle (OrrSimulation *simulation, Timer *timer)
{
  timer->is_set = FALSE;
  timer->generation++;
  if (!is_foreground (simulation, timer) || !is_of_this_life (simulation, timer))
    return;
  simulation->actors[timer->actor].pending--;
  simulation->foreground--;
}

static guint32
take_place (Timers *timers)
{
  if (timers->free->len == 0)
    {
      g_array_append_val (timers->timers, (Timer){ .generation = 1 });
      return timers->timers->len - 1;
    }
  guint32 place = g_array_index (timers->free, guint32, timers->free->len - 1);
  g_array_set_size (timers->free, timers->free->len - 1);
  return place;
}

gboolean
orr_timer_is_void (OrrSimulation *simulation, const OrrEvent *event)
{
  const Timer *timer = timer_at (simulation, event->slot);
  return !timer->is_set || event->source != timer->turn || !is_of_this_life (simulation, timer);
}

/* Its event is gone: the place is free. */
static void
free_place (OrrSimulation *simulation, guint32 place)
{
  release_body (simulation, timer_at (simulation, place));
  g_array_append_val (simulation->timers->free, place);
}

/* Its event is gone, and it did not fire. Where another event stands for it by now, that one matters. */
void
orr_timer_discard (OrrSimulation *simulation, const OrrEvent *event)
{
  Timer *timer = timer_at (simulation, event->slot);
  if (event->source != timer->turn)
    return;
  if (timer->is_set)
    settle (simulation, timer);
  else
    simulation->timers->dead--;
  free_place (simulation, event->slot);
}

static gboolean
sweep_out (gpointer data, const OrrEvent *event)
{
  OrrSimulation *simulation = data;
  if (event->kind != ORR_DO_TIMER)
    return FALSE;
  const Timer *timer = timer_at (simulation, event->slot);
  if (timer->is_set && event->source == timer->turn)
    return FALSE;
  orr_record_take_origin (simulation, event->sequence);
  orr_timer_discard (simulation, event);
  return TRUE;
}

void
orr_timers_sweep (OrrSimulation *simulation)
{
  guint64 dead = simulation->timers->dead;
  if (dead < SWEEP_MIN || dead <= orr_event_queue_length (simulation->queue) / 2)
    return;
  orr_event_queue_sweep (simulation->queue, sweep_out, simulation);
  simulation->row = ORR_NO_ROW;
}

void
orr_timer_fire (OrrSimulation *simulation, OrrNode *actor, const OrrEvent *event)
{
  Timer *timer = timer_at (simulation, event->slot);
  const OrrRecord *record = &simulation->model->timers[timer->kind];
  guint16 kind = timer->kind;
  gconstpointer body = timer->body == ORR_NO_SLOT ? NULL : orr_slab_get (simulation->slab, timer->body);

  settle (simulation, timer);
  simulation->trace->counts.timers_fired++;
  orr_note_event (simulation, ORR_EVENT_TIMER, actor->address, ORR_NOBODY, kind, simulation->cause,
                  ORR_NO_MESSAGE, record, body);
  orr_model_assert (actor, actor->role->on_timer, "a role that sets timers has on_timer", "timer '%s'",
                    record->name);
  orr_actor_enter (actor);
  actor->role->on_timer (actor, kind, body);
  orr_actor_leave (actor);
  free_place (simulation, event->slot);
}

void
orr_timers_void (OrrSimulation *simulation, OrrNode *actor)
{
  simulation->foreground -= actor->pending;
  actor->pending = 0;
}

/* The event in which it fires, so long from now. */
static void
schedule_timer (OrrSimulation *simulation, guint32 place, OrrTime after)
{
  const Timer *timer = timer_at (simulation, place);
  OrrTime time
      = orr_time_add (simulation->now, orr_clock_until (simulation->actors[timer->actor].machine, after));
  orr_schedule (simulation, time, ORR_DO_TIMER, timer->actor, timer->turn, timer->kind, place);
}

/* What is overdue waits for the processor, and no clock can help it. */
void
orr_timers_follow (OrrSimulation *simulation, OrrMachine *machine)
{
  if (machine->n_actors == 0 || !machine->up)
    return;
  OrrTime now = machine->clock.shown;
  for (guint32 i = 0; i < simulation->timers->timers->len; i++)
    {
      Timer *timer = timer_at (simulation, i);
      if (!timer->is_set || simulation->actors[timer->actor].machine != machine
          || !is_of_this_life (simulation, timer) || timer->due <= now)
        continue;
      timer->turn++;
      machine->clock.uses++;
      schedule_timer (simulation, i, timer->due - now);
    }
}

/* How long until it fires, by a pin or by faults. These are asked of each timer, also of one that a pin is
 * about: what they say of others may depend on how many there were. */
static OrrTime
vary (OrrSimulation *simulation, const OrrNode *node, guint kind, gconstpointer body, OrrTime after)
{
  const OrrPin *pin = simulation->pinned ? orr_pins_find_timer (simulation, node->address, kind, body) : NULL;
  OrrTime late = orr_delays_sum (simulation->timers->delays, node->machine->index, node->machine->index);
  OrrDecided *decided = orr_decided_add (simulation, ORR_PIN_TIMER, node->address, ORR_NOBODY, kind);
  after = pin ? pin->after : orr_time_add (after, late);
  if (decided)
    {
      decided->latency = after;
      decided->index = !pin && late > 0;
    }
  return after;
}

static void
update_vary (OrrSimulation *simulation)
{
  simulation->timers_vary = simulation->scenario->pins.length > 0 || simulation->options.choices
                            || simulation->timers->delays->len > 0;
}

gpointer
orr_timers_delay (OrrSimulation *simulation, OrrDelay delay, gpointer data)
{
  gpointer handle = orr_delays_add (simulation->timers->delays, delay, data);
  update_vary (simulation);
  return handle;
}

void
orr_timers_undelay (OrrSimulation *simulation, gpointer handle)
{
  g_ptr_array_remove (simulation->timers->delays, handle);
  update_vary (simulation);
}

OrrTimer
orr_timer_set (OrrNode *node, OrrTime after, guint kind, gconstpointer body)
{
  OrrSimulation *simulation = node->simulation;
  const OrrRecord *records = simulation->model->timers;
  orr_model_effect (node);
  orr_model_assert (node, kind < simulation->n_timers, "a timer is of the model's table", "kind %u", kind);
  orr_model_assert (node, after >= 0, "a timer does not lie in the past",
                    "timer '%s' after %" G_GINT64_FORMAT " ns", records[kind].name, after);
  orr_model_assert (node, records[kind].size == 0 || body, "a timer with a record has a body", "timer '%s'",
                    records[kind].name);

  if (G_UNLIKELY (simulation->timers_vary))
    after = vary (simulation, node, kind, body, after);
  guint32 place = take_place (simulation->timers);
  Timer *timer = timer_at (simulation, place);
  *timer = (Timer){ .generation = timer->generation,
                    .life = node->machine->life,
                    .body = ORR_NO_SLOT,
                    .actor = node->address,
                    .turn = timer->turn,
                    .due = orr_time_add (orr_clock_monotonic (node), after),
                    .kind = kind,
                    .is_set = TRUE };
  if (records[kind].size > 0)
    {
      timer->body = orr_slab_alloc (simulation->slab, records[kind].size);
      memcpy (orr_slab_get (simulation->slab, timer->body), body, records[kind].size);
      orr_record_ref_arrays (records[kind].fields, body);
    }
  if (is_foreground (simulation, timer))
    {
      node->pending++;
      simulation->foreground++;
    }
  schedule_timer (simulation, place, after);
  return (OrrTimer) timer->generation << 32 | place;
}

void
orr_timer_cancel (OrrNode *node, OrrTimer *handle)
{
  OrrSimulation *simulation = node->simulation;
  guint32 place = (guint32) *handle, generation = *handle >> 32;
  orr_model_effect (node);
  *handle = 0;
  if (generation == 0)
    return;
  g_assert (place < simulation->timers->timers->len);
  Timer *timer = timer_at (simulation, place);
  if (!timer->is_set || timer->generation != generation)
    return;
  orr_model_assert (node, timer->actor == node->address, "a timer is cancelled by whoever set it",
                    "timer '%s' of %s", simulation->model->timers[timer->kind].name,
                    orr_name (node, timer->actor));
  settle (simulation, timer);
  release_body (simulation, timer);
  simulation->timers->dead++;
  simulation->trace->counts.timers_cancelled++;
}

void
orr_timers_init (OrrSimulation *simulation)
{
  Timers *timers = simulation->timers = g_new0 (Timers, 1);
  timers->timers = g_array_new (FALSE, FALSE, sizeof (Timer));
  timers->free = g_array_new (FALSE, FALSE, sizeof (guint32));
  timers->delays = orr_delays_new ();
  update_vary (simulation);
}

void
orr_timers_clear (OrrSimulation *simulation)
{
  Timers *timers = simulation->timers;
  for (guint32 i = 0; i < timers->timers->len; i++)
    release_body (simulation, timer_at (simulation, i));
  g_array_unref (timers->timers);
  g_array_unref (timers->free);
  g_ptr_array_unref (timers->delays);
  g_free (timers);
}
