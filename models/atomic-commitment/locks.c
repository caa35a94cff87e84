/* locks.c: strict two-phase locking of a participant's accounts.
 *
 * A transaction locks what it reads in common with others and what it changes for itself alone, and gives all
 * of it back at once, when its outcome is known here. That makes transactions serializable, and makes what is
 * in doubt everybody's business: whoever wants a locked account waits.
 *
 * Waiting in a circle is prevented or broken. Wound-wait (Rosenkrantz, Stearns & Lewis 1978): the older
 * transaction (the one with the lower number) never waits for a younger one that could still be aborted, it
 * wounds it, so that waiting goes from young to old alone. A transaction that has voted waits for no lock,
 * and is waited for. With time-outs, whoever waits too long gives up; queues are first come, first served. */
#include "atomic-commitment.h"

typedef struct Claim Claim;
struct Claim
{
  Claim *next;
  Part *part;
  gboolean exclusive, granted;
};

typedef struct
{
  Claim *first; /* those that are granted come first */
} Queue;

void
locks_init (Locks *locks)
{
  orr_map_init (&locks->queues, sizeof (Queue));
  locks->n_ready = 0;
}

/* One lock less to wait for. */
static void
take_one (Locks *locks, Part *part)
{
  if (--part->n_awaited == 0 && part->state == PART_WAITING)
    locks->n_ready++;
}

/* Grants as many claims, from the first on, as go together. */
static void
grant (Locks *locks, Queue *queue)
{
  gboolean shared = TRUE;
  for (Claim *claim = queue->first; claim; claim = claim->next)
    {
      shared = shared && !claim->exclusive;
      if (claim != queue->first && !shared)
        return;
      if (claim->granted)
        continue;
      claim->granted = TRUE;
      take_one (locks, claim->part);
    }
}

/* Behind what is granted; by wound-wait, before those that are younger. */
static Claim **
place_for (OrrNode *node, Queue *queue, const Part *part)
{
  const Options *options = orr_options (node);
  Claim **place = &queue->first;
  while (*place
         && ((*place)->granted || options->deadlock != DEADLOCK_WOUND_WAIT
             || (*place)->part->transaction < part->transaction))
    place = &(*place)->next;
  return place;
}

void
locks_ask (OrrNode *node, Locks *locks, Part *part, OrrKey account, gboolean exclusive)
{
  Queue *queue = orr_map_put (node, &locks->queues, account);
  Claim **place = place_for (node, queue, part);
  Claim *claim = orr_alloc (node, sizeof *claim);
  *claim = (Claim){ .next = *place, .part = part, .exclusive = exclusive };
  *place = claim;
  part->n_awaited++;
  grant (locks, queue);
}

void
locks_begin (Part *part)
{
  part->n_awaited = 1;
}

void
locks_end (Locks *locks, Part *part)
{
  take_one (locks, part);
}

Part *
locks_victim (const Locks *locks, const Part *part, OrrKey account, gboolean exclusive)
{
  const Queue *queue = orr_map_get (&locks->queues, account);
  for (const Claim *claim = queue ? queue->first : NULL; claim && claim->granted; claim = claim->next)
    if ((exclusive || claim->exclusive) && claim->part->transaction > part->transaction
        && claim->part->state < PART_PREPARING)
      return claim->part;
  return NULL;
}

static void
leave_queue (OrrNode *node, Locks *locks, Queue *queue, const Part *part)
{
  for (Claim **place = &queue->first; *place; place = &(*place)->next)
    if ((*place)->part == part)
      {
        Claim *claim = *place;
        *place = claim->next;
        orr_free (node, claim);
        break;
      }
  grant (locks, queue);
}

void
locks_release (OrrNode *node, Locks *locks, Part *part)
{
  guint32 place = 0;
  guint64 account;
  gpointer queue;
  if (part->state == PART_WAITING && part->n_awaited == 0)
    locks->n_ready--;
  while (orr_map_next (&locks->queues, &place, &account, &queue))
    {
      leave_queue (node, locks, queue, part);
      if (!((Queue *) queue)->first)
        orr_map_remove (&locks->queues, account);
    }
}
