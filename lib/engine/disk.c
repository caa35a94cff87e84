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
 * one that is due, or comes again when that is due.
 *
 * What a crash of the system leaves of the changes that were written and not synced is for the disk to say
 * (`loses`, `atomic`), and drawn, or pinned. What was half-written is found by its checksum when the disk is
 * next read, as is what has rotted there: a log ends before it, and nobody can tell the one from the other. A
 * disk that is full refuses what is new; its process dies of that, as PostgreSQL panics, since a write that
 * was refused is no event that a database could go on after. */
#include "engine/engine-private.h"
#include "engine/store.h"

#include <string.h>

/* A write or sync that was asked for. */
typedef struct
{
  OrrTime due;      /* when it is complete */
  guint64 position; /* all changes before it are covered */
  guint64 token;
  guint64 cause; /* the event that asked for it */
  guint kind;
} Request;

/* Requests that nobody was told of yet, in the order of their completion: a ring. */
typedef struct
{
  Request *ring;
  guint capacity; /* a power of two, or 0 */
  guint first, length;
  guint n_done; /* complete on the disk; the earlier ones */
} Requests;

struct OrrVolume
{
  OrrStore *store;
  guint64 written;        /* position in the journal: what the operating system has */
  guint64 asked;          /* and what it was asked to take */
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
  guint64 *effects;         /* of the stall; NULL before the first */
  OrrDiskSlowing *slowings; /* the latest first */
  guint full;               /* row of the fault that fills it; ORR_NOT_FULL */
  gboolean has_refused;     /* a write, while it was full: the process is about to die of that */
};

#define ORR_NOT_FULL G_MAXUINT

/* --- Requests --- */

static inline Request *
request_at (const Requests *requests, guint index)
{
  return &requests->ring[(requests->first + index) & (requests->capacity - 1)];
}

static void
requests_grow (Requests *requests)
{
  guint capacity = MAX (2 * requests->capacity, 8);
  Request *ring = g_new (Request, capacity);
  for (guint i = 0; i < requests->length; i++)
    ring[i] = *request_at (requests, i);
  g_free (requests->ring);
  requests->ring = ring;
  requests->capacity = capacity;
  requests->first = 0;
}

static void
requests_clear (Requests *requests)
{
  requests->length = requests->n_done = 0;
}

static void
requests_drop_first (Requests *requests)
{
  g_assert (requests->n_done > 0);
  requests->first++;
  requests->length--;
  requests->n_done--;
}

/* Counts those that are complete by now, and returns the position that they cover, or `position` where there
 * is none. */
static guint64
requests_settle (Requests *requests, OrrTime now, guint64 position)
{
  for (; requests->n_done < requests->length; requests->n_done++)
    {
      const Request *request = request_at (requests, requests->n_done);
      if (request->due > now)
        break;
      position = MAX (position, request->position);
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
  for (guint i = requests->n_done; i < requests->length; i++)
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
sample (OrrNode *node, guint kind, gboolean sync, const OrrDistribution *latency, OrrDraw draw)
{
  OrrSimulation *simulation = node->simulation;
  if (G_LIKELY (!simulation->decides))
    return latency ? orr_distribution_sample (latency, draw) : 0;
  const OrrPin *pin
      = simulation->pinned ? orr_pins_find_request_of_disk (simulation, node->address, kind, sync) : NULL;
  OrrPinKind what = sync ? ORR_PIN_SYNC : ORR_PIN_WRITE;
  return orr_decide (orr_decided_add (simulation, what, node->address, ORR_NOBODY, kind), pin,
                     (OrrUsual){ latency, 0 }, draw);
}

/* The same while the disk is slower than usual, perhaps. */
static OrrTime
sample_slowed (OrrNode *node, guint kind, gboolean sync, OrrDraw draw)
{
  const OrrDiskSettings *settings = &node->simulation->scenario->disk;
  const OrrDistribution *usual = sync ? settings->sync : settings->write;
  const OrrDiskSlowing *slowing = node->machine->disk->slowings;
  const OrrDistribution *own = !slowing ? NULL : sync ? slowing->sync : slowing->write;
  OrrTime time = sample (node, kind, sync, own ? own : usual, draw);
  if (G_LIKELY (!slowing))
    return time;
  double product = (double) time * slowing->factor + 0.5;
  OrrTime slowed = product < (double) ORR_TIME_MAX ? (OrrTime) product : ORR_TIME_MAX;
  if (own || slowed != time)
    ++*slowing->effects;
  return slowed;
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
add_request (OrrNode *node, Requests *requests, OrrDo what, OrrTime due, guint64 position, guint kind,
             guint64 token)
{
  OrrSimulation *simulation = node->simulation;
  if (requests->length == requests->capacity)
    requests_grow (requests);
  *request_at (requests, requests->length++) = (Request){ .due = after_stall (node->machine->disk, due),
                                                          .position = position,
                                                          .token = token,
                                                          .cause = simulation->row,
                                                          .kind = kind };
  count_pending (node, kind, 1);
  /* Not at the end of the stall: whoever asked first has to hear first. */
  orr_schedule (simulation, due, what, node->address, node->address, (guint16) kind, node->machine->life);
}

/* For all changes before `position`. */
static void
ask (OrrNode *node, guint kind, guint64 token, guint64 position, gboolean sync)
{
  OrrSimulation *simulation = node->simulation;
  OrrVolume *volume = node->volume;
  OrrDisk *disk = node->machine->disk;
  OrrDraw draw = latency_draw (node, volume);

  if (G_UNLIKELY (disk->full != ORR_NOT_FULL) && position > volume->asked)
    {
      disk->has_refused = TRUE;
      orr_schedule_fault (simulation, simulation->now, ORR_DO_STEP, disk->full);
      return;
    }
  volume->asked = MAX (volume->asked, position);
  OrrTime written
      = orr_time_add (simulation->now, sample_slowed (node, kind, FALSE, orr_draw_fold (draw, 0)));
  disk->last_written = MAX (disk->last_written, written);
  add_request (node, &volume->writes, ORR_DO_WRITTEN, disk->last_written, position, kind, token);
  simulation->trace->counts.writes++;
  if (!sync)
    return;
  OrrTime synced
      = orr_time_add (disk->last_written, sample_slowed (node, kind, TRUE, orr_draw_fold (draw, 1)));
  disk->last_synced = MAX (disk->last_synced, synced);
  add_request (node, &volume->syncs, ORR_DO_SYNCED, disk->last_synced, position, kind, token);
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
  g_assert (requests->length > 0);
  settle (volume, simulation->now);
  Request request = *request_at (requests, 0);
  if (request.due > simulation->now)
    {
      orr_schedule (simulation, request.due, (OrrDo) event->kind, node->address, node->address, event->type,
                    event->slot);
      return;
    }
  requests_drop_first (requests);
  count_pending (node, request.kind, -1);

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

/* The changes that a crash decides about. */
typedef struct
{
  const OrrStore *store;
  guint64 n;
  guint8 *fates; /* OrrChangeFate */
  OrrDraw draw;
  gboolean atomic; /* cells can't be torn */
} Losses;

static void
keep_first (Losses *losses, guint64 n)
{
  for (guint64 i = 0; i < losses->n; i++)
    losses->fates[i] = i < n ? ORR_CHANGE_KEPT : ORR_CHANGE_LOST;
}

/* This change was being written, if it is lost and can be torn. */
static void
tear (Losses *losses, guint64 i)
{
  if (i >= losses->n || losses->fates[i] != ORR_CHANGE_LOST)
    return;
  OrrStoreChange change = orr_store_change (losses->store, i);
  if (change.is_append || (change.is_put && !losses->atomic))
    losses->fates[i] = ORR_CHANGE_TORN;
}

static void
tear_by_chance (Losses *losses, guint64 i)
{
  if (orr_draw_below (orr_draw_fold (orr_draw_fold (losses->draw, 4), i), 2) == 0)
    tear (losses, i);
}

/* How many changes of a log are among them. */
static guint64
count_log (const Losses *losses, guint log)
{
  guint64 n = 0;
  for (guint64 i = 0; i < losses->n; i++)
    {
      OrrStoreChange change = orr_store_change (losses->store, i);
      n += change.is_log && change.table == log;
    }
  return n;
}

/* Of each log a part from its start, and of the changes of cells any. */
static void
keep_some (Losses *losses)
{
  guint n_logs = orr_store_n_logs (losses->store);
  g_autofree guint64 *left = g_new (guint64, n_logs + 1);
  for (guint i = 0; i < n_logs; i++)
    left[i] = orr_draw_below (orr_draw_fold (orr_draw_fold (losses->draw, 2), i), count_log (losses, i) + 1);
  for (guint64 i = 0; i < losses->n; i++)
    {
      OrrStoreChange change = orr_store_change (losses->store, i);
      gboolean kept = orr_draw_below (orr_draw_fold (orr_draw_fold (losses->draw, 3), i), 2) == 0;
      if (change.is_log)
        kept = left[change.table] > 0;
      if (kept && change.is_log)
        left[change.table]--;
      losses->fates[i] = kept ? ORR_CHANGE_KEPT : ORR_CHANGE_LOST;
    }
}

/* All, nothing, what came first, or some: each is where another mistake shows. */
static void
keep_any (Losses *losses)
{
  switch (orr_draw_below (orr_draw_fold (losses->draw, 0), 4))
    {
    case 0:
      keep_first (losses, losses->n);
      break;
    case 1:
      keep_first (losses, 0);
      break;
    case 2:
      keep_first (losses, orr_draw_below (orr_draw_fold (losses->draw, 1), losses->n + 1));
      break;
    default:
      keep_some (losses);
    }
}

static void
draw_losses (Losses *losses, OrrLoses loses)
{
  guint64 kept;
  switch (loses)
    {
    case ORR_LOSES_TAIL: /* the disk writes out in order, when it pleases */
      kept = orr_draw_below (losses->draw, losses->n + 1);
      keep_first (losses, kept);
      tear_by_chance (losses, kept);
      return;
    case ORR_LOSES_NOTHING:
      keep_first (losses, losses->n);
      return;
    case ORR_LOSES_ALL:
      keep_first (losses, 0);
      break;
    case ORR_LOSES_ANY:
      keep_any (losses);
      break;
    }
  for (guint64 i = 0; i < losses->n; i++)
    tear_by_chance (losses, i);
}

/* Does the pin name it? A log goes on behind a cut, so a cut of a log that is named at all is kept. */
static gboolean
is_pinned (const OrrPin *pin, const OrrStoreChange *change)
{
  const OrrKept *kept = pin->survivors.data;
  for (guint i = 0; i < pin->survivors.length; i++)
    if (kept[i].is_log == change->is_log && kept[i].table == change->table
        && (kept[i].all
            || (change->is_log
                    ? !change->is_append || (change->index >= kept[i].first && change->index <= kept[i].last)
                    : kept[i].key == change->key)))
      return TRUE;
  return FALSE;
}

/* A letter for each change; what has none is lost, and what can't be half-written is lost whole. */
static void
pin_fates (Losses *losses, const char *fates)
{
  gsize length = strlen (fates);
  for (guint64 i = 0; i < losses->n; i++)
    {
      losses->fates[i] = i < length && fates[i] == 'k' ? ORR_CHANGE_KEPT : ORR_CHANGE_LOST;
      if (i < length && fates[i] == 't')
        tear (losses, i);
    }
}

static void
pin_losses (Losses *losses, const OrrPin *pin)
{
  if (pin->fates)
    {
      pin_fates (losses, pin->fates);
      return;
    }
  keep_first (losses, MIN (pin->kept, losses->n));
  for (guint64 i = 0; pin->by_name && i < losses->n; i++)
    {
      OrrStoreChange change = orr_store_change (losses->store, i);
      losses->fates[i] = is_pinned (pin, &change) ? ORR_CHANGE_KEPT : ORR_CHANGE_LOST;
    }
  for (guint64 i = 0; pin->torn && i < losses->n; i++)
    if (pin->by_name || i == pin->kept)
      tear (losses, i);
}

static void
note_losses (OrrSimulation *simulation, OrrAddress actor, guint32 crash, const Losses *losses)
{
  OrrDecided *decided = orr_decided_add (simulation, ORR_PIN_DISK, actor, ORR_NOBODY, crash);
  if (!decided)
    return;
  char *fates = orr_arena_alloc (simulation->options.choices->arena, losses->n + 1);
  for (guint64 i = 0; i < losses->n; i++)
    fates[i] = losses->fates[i] == ORR_CHANGE_KEPT ? 'k' : losses->fates[i] == ORR_CHANGE_TORN ? 't' : 'l';
  decided->fates = fates;
}

/* A crash of the system: takes away of what was written and not synced what the disk did not keep. */
static void
lose (OrrSimulation *simulation, OrrMachine *machine, guint actor)
{
  const OrrDiskSettings *settings = &simulation->scenario->disk;
  OrrStore *store = machine->actors[actor]->volume->store;
  OrrAddress address = machine->actors[actor]->address;
  const OrrPin *pin = simulation->pinned ? orr_pins_find_crash (simulation, address, machine->crashes) : NULL;
  guint64 n = orr_store_position (store) - orr_store_durable (store);
  g_autofree guint8 *fates = g_new (guint8, n + 1);
  OrrDraw draw = orr_engine_draw (simulation, "disk-crash", orr_draw_word (machine->name), machine->crashes);
  Losses losses = { store, n, fates, orr_draw_fold (draw, actor), settings->atomic };
  if (pin)
    pin_losses (&losses, pin);
  else
    draw_losses (&losses, (OrrLoses) settings->loses);
  note_losses (simulation, address, machine->crashes, &losses);
  orr_store_lose (store, fates);
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
    lose (simulation, machine, actor);
  /* What is found on the platter after a stop or a crash of the system is durable. */
  if (kind != ORR_START_PROCESS_CRASH)
    orr_store_commit (store, orr_store_position (store));
  volume->written = volume->asked = orr_store_position (store);
  requests_clear (&volume->writes);
  requests_clear (&volume->syncs);
}

void
orr_disk_crash (OrrSimulation *simulation, OrrMachine *machine, OrrStart kind)
{
  for (guint i = 0; i < machine->n_actors; i++)
    crash_volume (simulation, machine, i, kind);
  machine->disk->last_written = machine->disk->last_synced = 0;
  machine->disk->has_refused = FALSE;
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

void
orr_disk_recover (OrrMachine *machine)
{
  for (guint i = 0; i < machine->n_actors; i++)
    {
      OrrVolume *volume = machine->actors[i]->volume;
      orr_store_recover (volume->store);
      volume->written = MAX (volume->written, orr_store_durable (volume->store));
      volume->asked = MAX (volume->asked, volume->written);
    }
}

/* --- Slow, full, rotten --- */

void
orr_disk_slow (OrrMachine *machine, OrrDiskSlowing *slowing)
{
  slowing->next = machine->disk->slowings;
  machine->disk->slowings = slowing;
}

void
orr_disk_unslow (OrrMachine *machine, OrrDiskSlowing *slowing)
{
  for (OrrDiskSlowing **link = &machine->disk->slowings; *link; link = &(*link)->next)
    if (*link == slowing)
      {
        *link = slowing->next;
        return;
      }
}

gboolean
orr_disk_fill (OrrMachine *machine, guint fault)
{
  if (machine->disk->full != ORR_NOT_FULL)
    return FALSE;
  machine->disk->full = fault;
  return TRUE;
}

gboolean
orr_disk_has_refused (const OrrMachine *machine)
{
  return machine->disk->has_refused;
}

void
orr_disk_clear (OrrMachine *machine)
{
  machine->disk->full = ORR_NOT_FULL;
}

/* One of the records that no crash can take: `left` counts down to it. FALSE: there are not so many. */
static gboolean
damage_nth (OrrStore *store, gboolean logs, gboolean cells, guint32 last, guint64 *left, guint64 *effects)
{
  for (guint i = 0; logs && i < orr_store_n_logs (store); i++)
    {
      guint64 end = orr_store_durable_end (store, i), n = end - orr_store_first (store, i);
      n = MIN (n, last);
      if (*left < n)
        {
          if (effects)
            orr_store_damage_log (store, i, end - n + *left, effects);
          return TRUE;
        }
      *left -= n;
    }
  for (guint i = 0; cells && i < orr_store_n_cells (store); i++)
    for (guint j = 0; j < orr_store_length (store, i); j++)
      {
        OrrKey key = orr_store_key (store, i, j);
        if (!orr_store_is_durable (store, i, key))
          continue;
        if (*left == 0)
          {
            if (effects)
              orr_store_damage_cell (store, i, key, effects);
            return TRUE;
          }
        --*left;
      }
  return FALSE;
}

gboolean
orr_disk_corrupt (OrrMachine *machine, gboolean logs, gboolean cells, guint32 last, OrrDraw draw,
                  guint32 *which, guint64 *effects)
{
  guint64 left = G_MAXUINT64;
  for (guint i = 0; i < machine->n_actors; i++)
    damage_nth (machine->actors[i]->volume->store, logs, cells, last, &left, NULL);
  guint64 n = G_MAXUINT64 - left;
  if (n == 0 || (*which != G_MAXUINT32 && *which > n))
    return FALSE;
  if (*which == G_MAXUINT32)
    *which = (guint32) MIN (orr_draw_below (draw, n) + 1, G_MAXINT32);
  left = *which - 1;
  for (guint i = 0; i < machine->n_actors; i++)
    if (damage_nth (machine->actors[i]->volume->store, logs, cells, last, &left, effects))
      return TRUE;
  g_assert_not_reached ();
}

/* --- A run --- */

static void
init_volume (OrrSimulation *simulation, OrrNode *node)
{
  OrrVolume *volume = node->volume = g_new0 (OrrVolume, 1);
  volume->store = orr_store_new (simulation->model->logs, simulation->model->cells);
  volume->draw = orr_engine_draw (simulation, "disk", orr_draw_word (orr_name (node, node->address)), 0);
  volume->instant = -1;
}

void
orr_disks_init (OrrSimulation *simulation)
{
  for (guint i = 0; i < simulation->n_machines; i++)
    {
      simulation->machines[i].disk = g_new0 (OrrDisk, 1);
      simulation->machines[i].disk->full = ORR_NOT_FULL;
    }
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
      g_free (volume->writes.ring);
      g_free (volume->syncs.ring);
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

gboolean
orr_log_is_damaged (OrrNode *node, guint log)
{
  return orr_store_log_is_damaged (with_log (node, log), log);
}

gboolean
orr_cell_is_damaged (OrrNode *node, guint cell, OrrKey key)
{
  return orr_store_cell_is_damaged (with_cell (node, cell), cell, key);
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
  ask (node, kind, token, orr_store_position (node->volume->store), FALSE);
}

void
orr_disk_sync (OrrNode *node, guint kind, guint64 token)
{
  orr_model_effect (node);
  assert_sync (node, kind);
  ask (node, kind, token, orr_store_position (node->volume->store), TRUE);
}

void
orr_disk_sync_log (OrrNode *node, guint kind, guint64 token, guint log, guint64 end)
{
  orr_model_effect (node);
  assert_sync (node, kind);
  ask (node, kind, token, orr_store_position_before (with_log (node, log), log, end), TRUE);
}
