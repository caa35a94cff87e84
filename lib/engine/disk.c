/* disk.c: what survives.
 *
 * What a process has put is in its memory; when it writes, the operating system has it, and a crash of the
 * process can't touch it any more; when it syncs, the platter has it, and a crash of the system can't either.
 * Between those lies all that databases get wrong. So each actor has a journal of changes (store.h) with two
 * marks in it, written and durable, that move when its requests complete. A request covers every change
 * before it.
 *
 * A request completes on the disk at its time whether or not the process is free to hear of it; the marks are
 * brought up to date when somebody looks. The requests of one disk complete in the order in which they were
 * made, and while the disk stalls none completes. Their events therefore name no request: each tells the next
 * one that is due, or comes again when that is due. */
#include "engine/engine-private.h"
#include "engine/store.h"

/* A write or sync that was asked for. */
typedef struct
{
  OrrTime due;      /* when it is complete */
  guint64 position; /* all changes before it are covered */
  guint64 token;
  guint64 cause; /* the event that asked for it */
  guint kind;
} Request;

/* Requests in the order of their completion. */
typedef struct
{
  GArray *requests; /* Request */
  guint n_done;     /* complete on the disk, */
  guint n_told;     /* and told of; the earlier ones */
} Requests;

struct OrrVolume
{
  OrrStore *store;
  guint64 written;        /* position in the journal: what the operating system has */
  Requests writes, syncs; /* a sync is in both */
  OrrDraw draw;           /* of this volume's latencies */
  OrrTime instant;        /* of the last request, */
  guint32 ordinal;        /* and how many there were at that instant */
};

/* Of a machine. */
struct OrrDisk
{
  OrrTime last_written, last_synced; /* when the last request completes, stalls apart */
  OrrTime stalled_until;
  guint64 *effects; /* of the stall; NULL before the first */
};

/* --- Requests --- */

static Request *
request_at (const Requests *requests, guint index)
{
  return &g_array_index (requests->requests, Request, index);
}

static void
requests_clear (Requests *requests)
{
  g_array_set_size (requests->requests, 0);
  requests->n_done = requests->n_told = 0;
}

/* Forgets those that were told of, when they are the larger part. */
static void
requests_forget (Requests *requests)
{
  if (requests->n_told <= requests->requests->len / 2)
    return;
  g_array_remove_range (requests->requests, 0, requests->n_told);
  requests->n_done -= requests->n_told;
  requests->n_told = 0;
}

/* Counts those that are complete by now, and returns the position that they cover, or `position` where there
 * is none. */
static guint64
requests_settle (Requests *requests, OrrTime now, guint64 position)
{
  for (; requests->n_done < requests->requests->len; requests->n_done++)
    {
      const Request *request = request_at (requests, requests->n_done);
      if (request->due > now)
        break;
      position = request->position;
    }
  return position;
}

/* When a request is complete that would be at `due`. */
static OrrTime
after_stall (OrrDisk *disk, OrrTime due)
{
  if (due >= disk->stalled_until)
    return due;
  ++*disk->effects;
  return disk->stalled_until;
}

static void
requests_stall (Requests *requests, OrrDisk *disk)
{
  for (guint i = requests->n_done; i < requests->requests->len; i++)
    request_at (requests, i)->due = after_stall (disk, request_at (requests, i)->due);
}

/* Brings the marks up to date: to `now`, with it. A fault comes first at its instant: what would be complete
 * at that very time is not. */
static void
settle (OrrVolume *volume, OrrTime now)
{
  volume->written = requests_settle (&volume->writes, now, volume->written);
  orr_store_commit (volume->store, requests_settle (&volume->syncs, now, orr_store_durable (volume->store)));
}

static OrrDraw
latency_draw (OrrNode *node, OrrVolume *volume)
{
  OrrTime now = node->simulation->now;
  if (volume->instant != now)
    volume->ordinal = 0;
  volume->instant = now;
  return orr_draw_fold (orr_draw_fold (volume->draw, (guint64) now), volume->ordinal++);
}

static OrrTime
sample (const OrrDistribution *latency, OrrDraw draw)
{
  return latency ? orr_distribution_sample (latency, draw) : 0;
}

/* Requests that a run waits for before it is quiet: all but those of background syncs. */
static void
count_pending (OrrNode *node, guint kind, gint by)
{
  if (node->simulation->model->syncs[kind].flags & ORR_BACKGROUND)
    return;
  node->pending += (guint32) by;
  node->simulation->foreground += (guint64) by;
}

static void
add_request (OrrNode *node, Requests *requests, OrrDo what, OrrTime due, guint kind, guint64 token)
{
  OrrSimulation *simulation = node->simulation;
  Request request = { .due = after_stall (node->machine->disk, due),
                      .position = orr_store_position (node->volume->store),
                      .token = token,
                      .cause = simulation->row,
                      .kind = kind };
  g_array_append_val (requests->requests, request);
  count_pending (node, kind, 1);
  /* Not at the end of the stall: whoever asked first has to hear first. */
  orr_schedule (simulation, due, what, node->address, node->address, (guint16) kind, node->machine->life);
}

static void
ask (OrrNode *node, guint kind, guint64 token, gboolean sync)
{
  OrrSimulation *simulation = node->simulation;
  const OrrDiskSettings *settings = &simulation->scenario->disk;
  OrrVolume *volume = node->volume;
  OrrDisk *disk = node->machine->disk;
  OrrDraw draw = latency_draw (node, volume);

  OrrTime written = orr_time_add (simulation->now, sample (settings->write, orr_draw_fold (draw, 0)));
  disk->last_written = MAX (disk->last_written, written);
  add_request (node, &volume->writes, ORR_DO_WRITTEN, disk->last_written, kind, token);
  simulation->trace->counts.writes++;
  if (!sync)
    return;
  OrrTime synced = orr_time_add (disk->last_written, sample (settings->sync, orr_draw_fold (draw, 1)));
  disk->last_synced = MAX (disk->last_synced, synced);
  add_request (node, &volume->syncs, ORR_DO_SYNCED, disk->last_synced, kind, token);
  simulation->trace->counts.syncs++;
}

void
orr_disk_handle (OrrSimulation *simulation, OrrNode *node, const OrrEvent *event)
{
  OrrVolume *volume = node->volume;
  gboolean synced = event->kind == ORR_DO_SYNCED;
  Requests *requests = synced ? &volume->syncs : &volume->writes;
  if (event->slot != node->machine->life)
    return;
  g_assert (requests->n_told < requests->requests->len);
  settle (volume, simulation->now);
  Request request = *request_at (requests, requests->n_told);
  if (request.due > simulation->now)
    {
      orr_schedule (simulation, request.due, (OrrDo) event->kind, node->address, node->address, event->type,
                    event->slot);
      return;
    }
  requests->n_told++;
  count_pending (node, request.kind, -1);
  requests_forget (requests);

  orr_note_event (simulation, synced ? ORR_EVENT_SYNCED : ORR_EVENT_WRITTEN, node->address, ORR_NOBODY,
                  (guint16) request.kind, request.cause, ORR_NO_MESSAGE, NULL, NULL);
  if (synced && simulation->watched)
    orr_triggers_sync (simulation, node);
  if (node->role->on_disk)
    {
      orr_actor_enter (node);
      node->role->on_disk (node, request.kind, request.token, synced ? ORR_SYNCED : ORR_WRITTEN);
      orr_actor_leave (node);
    }
}

/* --- Crashes and stalls --- */

/* The pin for this crash of the machine, or NULL. */
static const OrrPin *
find_pin (const OrrSimulation *simulation, const OrrMachine *machine)
{
  const OrrPin *pins = simulation->scenario->pins.data;
  for (guint i = 0; i < simulation->scenario->pins.length; i++)
    if (pins[i].kind == ORR_PIN_DISK && g_str_equal (pins[i].node, machine->name)
        && pins[i].crash == machine->crashes)
      return &pins[i];
  return NULL;
}

/* How many of the changes that were written and not synced the platter has all the same: the disk writes them
 * out in order, when it pleases. */
static guint64
draw_kept (OrrSimulation *simulation, OrrMachine *machine, guint actor, guint64 n)
{
  const OrrPin *pin = simulation->pinned ? find_pin (simulation, machine) : NULL;
  if (pin)
    return MIN (pin->kept, n);
  OrrDraw draw = orr_engine_draw (simulation, "disk-crash", orr_draw_word (machine->name), machine->crashes);
  return orr_draw_below (orr_draw_fold (draw, actor), n + 1);
}

static void
crash_volume (OrrSimulation *simulation, OrrMachine *machine, guint actor, OrrStart kind)
{
  OrrVolume *volume = machine->actors[actor]->volume;
  OrrStore *store = volume->store;
  settle (volume, simulation->now - 1);
  if (kind == ORR_START_STOPPED)
    volume->written = orr_store_position (store);
  else if (kind == ORR_START_DISK_LOST)
    orr_store_clear (store);
  else
    orr_store_rewind (store, volume->written);

  if (kind == ORR_START_OS_CRASH)
    {
      guint64 durable = orr_store_durable (store);
      orr_store_rewind (
          store, durable + draw_kept (simulation, machine, actor, orr_store_position (store) - durable));
    }
  /* What is found on the platter after a stop or a crash of the system is durable. */
  if (kind != ORR_START_PROCESS_CRASH)
    orr_store_commit (store, orr_store_position (store));
  volume->written = orr_store_position (store);
  requests_clear (&volume->writes);
  requests_clear (&volume->syncs);
}

void
orr_disk_crash (OrrSimulation *simulation, OrrMachine *machine, OrrStart kind)
{
  for (guint i = 0; i < machine->n_actors; i++)
    crash_volume (simulation, machine, i, kind);
  machine->disk->last_written = machine->disk->last_synced = 0;
}

void
orr_disk_stall (OrrSimulation *simulation, OrrMachine *machine, OrrTime until, guint64 *effects)
{
  OrrDisk *disk = machine->disk;
  for (guint i = 0; i < machine->n_actors; i++)
    settle (machine->actors[i]->volume, simulation->now - 1);
  if (until <= disk->stalled_until)
    return;
  disk->stalled_until = until;
  disk->effects = effects;
  for (guint i = 0; i < machine->n_actors; i++)
    {
      requests_stall (&machine->actors[i]->volume->writes, disk);
      requests_stall (&machine->actors[i]->volume->syncs, disk);
    }
}

/* --- A run --- */

static void
init_volume (OrrSimulation *simulation, OrrNode *node)
{
  OrrVolume *volume = node->volume = g_new0 (OrrVolume, 1);
  volume->store = orr_store_new (simulation->model->logs, simulation->model->cells);
  volume->writes.requests = g_array_new (FALSE, FALSE, sizeof (Request));
  volume->syncs.requests = g_array_new (FALSE, FALSE, sizeof (Request));
  volume->draw = orr_engine_draw (simulation, "disk", orr_draw_word (orr_name (node, node->address)), 0);
  volume->instant = -1;
}

void
orr_disks_init (OrrSimulation *simulation)
{
  for (guint i = 0; i < simulation->n_machines; i++)
    simulation->machines[i].disk = g_new0 (OrrDisk, 1);
  for (guint i = 0; i < simulation->n_actors; i++)
    init_volume (simulation, &simulation->actors[i]);
}

void
orr_disks_clear (OrrSimulation *simulation)
{
  for (guint i = 0; i < simulation->n_actors; i++)
    {
      OrrVolume *volume = g_steal_pointer (&simulation->actors[i].volume);
      orr_store_free (volume->store);
      g_array_unref (volume->writes.requests);
      g_array_unref (volume->syncs.requests);
      g_free (volume);
    }
  for (guint i = 0; i < simulation->n_machines; i++)
    g_clear_pointer (&simulation->machines[i].disk, g_free);
}

/* --- What models call --- */

/* The store of an actor, when one of its logs is named. Reading is always allowed, also in `observe`. */
static OrrStore *
with_log (OrrNode *node, guint log)
{
  OrrStore *store = node->volume->store;
  orr_model_assert (node, log < orr_store_n_logs (store), "a log is one of the model's table",
                    "there is no log %u", log);
  return store;
}

static OrrStore *
with_cell (OrrNode *node, guint cell)
{
  OrrStore *store = node->volume->store;
  orr_model_assert (node, cell < orr_store_n_cells (store), "a cell is one of the model's table",
                    "there is no cell %u", cell);
  return store;
}

guint64
orr_log_append (OrrNode *node, guint log, gconstpointer record)
{
  orr_model_effect (node);
  return orr_store_append (with_log (node, log), log, record);
}

void
orr_log_keep (OrrNode *node, guint log, guint64 first, guint64 end)
{
  orr_model_effect (node);
  OrrStore *store = with_log (node, log);
  orr_model_assert (node, orr_store_may_keep (store, log, first, end), "a log has no gaps",
                    "orr_log_keep was asked to keep %" G_GUINT64_FORMAT " to %" G_GUINT64_FORMAT
                    " of a log that ends at %" G_GUINT64_FORMAT,
                    first, end, orr_store_end (store, log));
  orr_store_keep (store, log, first, end);
}

guint64
orr_log_first (OrrNode *node, guint log)
{
  return orr_store_first (with_log (node, log), log);
}

guint64
orr_log_end (OrrNode *node, guint log)
{
  return orr_store_end (with_log (node, log), log);
}

gconstpointer
orr_log_get (OrrNode *node, guint log, guint64 index)
{
  OrrStore *store = with_log (node, log);
  orr_model_assert (node, index >= orr_store_first (store, log) && index < orr_store_end (store, log),
                    "a log is read where it has records",
                    "there is no record %" G_GUINT64_FORMAT ", the log goes from %" G_GUINT64_FORMAT
                    " to before %" G_GUINT64_FORMAT,
                    index, orr_store_first (store, log), orr_store_end (store, log));
  return orr_store_get (store, log, index);
}

void
orr_cell_put (OrrNode *node, guint cell, OrrKey key, gconstpointer record)
{
  orr_model_effect (node);
  orr_store_put (with_cell (node, cell), cell, key, record);
}

gconstpointer
orr_cell_get (OrrNode *node, guint cell, OrrKey key)
{
  return orr_store_look_up (with_cell (node, cell), cell, key);
}

void
orr_cell_delete (OrrNode *node, guint cell, OrrKey key)
{
  orr_model_effect (node);
  orr_store_delete (with_cell (node, cell), cell, key);
}

guint
orr_cell_length (OrrNode *node, guint cell)
{
  return orr_store_length (with_cell (node, cell), cell);
}

OrrKey
orr_cell_key (OrrNode *node, guint cell, guint index)
{
  OrrStore *store = with_cell (node, cell);
  orr_model_assert (node, index < orr_store_length (store, cell),
                    "a cell's keys are counted by orr_cell_length", "there is no key %u among %u", index,
                    orr_store_length (store, cell));
  return orr_store_key (store, cell, index);
}

static void
assert_sync (OrrNode *node, guint kind)
{
  guint n = 0;
  while (node->simulation->model->syncs && node->simulation->model->syncs[n].name)
    n++;
  orr_model_assert (node, kind < n, "a sync is one of the model's table", "there is no sync %u", kind);
}

void
orr_disk_write (OrrNode *node, guint kind, guint64 token)
{
  orr_model_effect (node);
  assert_sync (node, kind);
  ask (node, kind, token, FALSE);
}

void
orr_disk_sync (OrrNode *node, guint kind, guint64 token)
{
  orr_model_effect (node);
  assert_sync (node, kind);
  ask (node, kind, token, TRUE);
}
