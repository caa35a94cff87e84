/* store.c: one of several stores that exchange events.
 *
 * An event that is appended here gets the store's next count and the store's clock, a vector of how many
 * events of each store it has delivered: that is the event's past. It is on disk before anybody hears of it.
 * Other stores are sent it at once, and what they missed they get when they ask for the events since their
 * own clock: those whose dots it does not cover.
 *
 * Under causal delivery an event that comes before its past is held back until that is there (Birman, Schiper
 * & Stephenson 1991, section 5.1). */
#include "event-store.h"

#include "engine/map.h"

/* A request whose event is on its way to the disk. */
typedef struct Waiting Waiting;
struct Waiting
{
  Waiting *next;
  OrrRequest request;
  guint64 first, last; /* log indices of its events */
};

/* An event that came before its past. */
typedef struct Held Held;
struct Held
{
  Held *next;
  Event event;
};

typedef struct
{
  OrrValue events;  /* the set of those that were delivered */
  OrrVector latest; /* the clock of the last one */
} Topic;

typedef struct
{
  gboolean open;    /* what it found in its log is on disk */
  OrrVector clock;  /* of each store, how many of its first events were delivered without a gap */
  OrrMap delivered; /* guint8, by dot: all that were */
  guint64 appended; /* own events so far, those on their way to the disk included */
  OrrMap topics;    /* Topic, by its name */
  Waiting *waiting; /* in the order of appending */
  Held *held;
  guint64 state;   /* another number after each change; no earlier life had it */
  guint64 in_sync; /* by address: who is known to have had just the same in this state */
  OrrTimer exchange;
} Store;

static guint
n_stores (OrrNode *node)
{
  return ((const Options *) orr_options (node))->stores;
}

/* --- Delivery --- */

static guint64
key_of (OrrDot dot)
{
  return (guint64) dot.node << 48 | dot.count;
}

static gboolean
is_delivered (const Store *store, OrrDot dot)
{
  return orr_map_get (&store->delivered, key_of (dot)) != NULL;
}

/* Is its past delivered? Its past is its clock without itself. */
static gboolean
is_due (const Store *store, const Event *event)
{
  const OrrDot *dots = event->clock.data;
  for (guint32 i = 0; i < event->clock.length; i++)
    {
      OrrDot needed = dots[i];
      needed.count -= needed.node == event->dot.node;
      if (!orr_vector_covers (store->clock, needed))
        return FALSE;
    }
  return TRUE;
}

/* The clock goes on over what has no gap any more. */
static void
advance (OrrNode *node, OrrAddress whose)
{
  Store *store = orr_state (node);
  OrrDot next = { whose, orr_vector_get (store->clock, whose) + 1 };
  for (; is_delivered (store, next); next.count++)
    {
      OrrVector dot = { .data = &next, .length = 1 };
      orr_vector_keep (node, &store->clock, orr_vector_merged (node, store->clock, dot));
    }
}

/* Readers see it from now on. Returns how it stands to the last one of its topic. */
static OrrOrder
show (OrrNode *node, const Event *event)
{
  Store *store = orr_state (node);
  Topic *topic = orr_map_put (node, &store->topics, event->topic);
  const OrrStep step = { .kind = ORR_ADD, .key = event->topic, .value = event->event };
  OrrValue nothing;
  orr_object (node)->apply (orr_terms (node), topic->events, &step, &topic->events, &nothing);
  OrrOrder order = orr_vector_compare (event->clock, topic->latest);
  orr_vector_keep (node, &topic->latest, event->clock);
  orr_map_put (node, &store->delivered, key_of (event->dot));
  advance (node, event->dot.node);
  return order;
}

/* Shows what stands in the log at `index`, and says so. */
static void
deliver (OrrNode *node, guint64 index)
{
  const Event *event = orr_log_get (node, LOG_EVENTS, index);
  OrrOrder order = show (node, event);
  orr_fact (node, FACT_DELIVERED,
            &(OrrFactDelivered){ .key = event->topic,
                                 .value = event->event,
                                 .dot = event->dot,
                                 .clock = event->clock,
                                 .order = (gint32) order });
}

/* Something is new: nobody is known to have the same. */
static void
disturb (OrrNode *node)
{
  Store *store = orr_state (node);
  store->state++;
  store->in_sync = 0;
}

/* Takes in an event of another store. It needs no sync: what a crash takes away is asked for again. */
static void
take (OrrNode *node, const Event *event)
{
  deliver (node, orr_log_append (node, LOG_EVENTS, event));
  disturb (node);
}

static gboolean
take_first_due (OrrNode *node)
{
  Store *store = orr_state (node);
  for (Held **place = &store->held; *place; place = &(*place)->next)
    {
      Held *held = *place;
      gboolean known = is_delivered (store, held->event.dot);
      if (!known && !is_due (store, &held->event))
        continue;
      *place = held->next;
      if (!known)
        take (node, &held->event);
      orr_array_unref (node, held->event.clock);
      orr_free (node, held);
      return TRUE;
    }
  return FALSE;
}

static void
hold_back (OrrNode *node, const Event *event)
{
  Store *store = orr_state (node);
  Held *held = orr_alloc (node, sizeof *held);
  held->event = *event;
  orr_array_ref (node, event->clock);
  held->next = store->held;
  store->held = held;
}

static gboolean
is_held (const Store *store, const Event *event)
{
  for (const Held *held = store->held; held; held = held->next)
    if (held->event.dot.node == event->dot.node && held->event.dot.count == event->dot.count)
      return TRUE;
  return FALSE;
}

static void
on_event (OrrNode *node, const Event *event)
{
  const Options *options = orr_options (node);
  const Store *store = orr_state (node);
  if (is_delivered (store, event->dot) || is_held (store, event))
    return;
  if (options->delivery == DELIVERY_CAUSAL && !is_due (store, event))
    {
      hold_back (node, event);
      return;
    }
  take (node, event);
  while (take_first_due (node))
    ;
}

/* --- Exchange ---
 *
 * A store that has changed asks every other one for what it lacks, and goes on asking until each has said
 * that it has just the same as the store has now. What was said of an earlier state says nothing. Of two
 * stores that both have heard that, the one that changed last has asked after the last change of either; so
 * they do have the same, whatever was lost, doubled or late, and whoever crashed. That is why questions may
 * be background: whoever may lack something has a timer that keeps the run from being over.
 *
 * Clocks tell that two have the same where neither shows an event without its past; who does so is behind the
 * store of that past until it comes. */

static gboolean
all_in_sync (OrrNode *node)
{
  const Store *store = orr_state (node);
  guint64 others
      = (~G_GUINT64_CONSTANT (0) >> (64 - n_stores (node))) & ~(G_GUINT64_CONSTANT (1) << orr_self (node));
  return (store->in_sync & others) == others;
}

/* The next exchange; while somebody may lack something it keeps the run from being over. */
static void
plan_exchange (OrrNode *node)
{
  const Options *options = orr_options (node);
  Store *store = orr_state (node);
  orr_timer_cancel (node, &store->exchange);
  if (n_stores (node) < 2)
    return;
  guint kind = all_in_sync (node) ? TIMER_EXCHANGE_IDLE : TIMER_EXCHANGE;
  store->exchange = orr_timer_set (node, options->exchange, kind, NULL);
}

static void
ask (OrrNode *node, OrrAddress peer, gboolean back)
{
  const Store *store = orr_state (node);
  orr_send (node, peer, MESSAGE_ASK, &(Ask){ .state = store->state, .since = store->clock, .back = back });
}

static void
exchange (OrrNode *node)
{
  const Store *store = orr_state (node);
  gboolean any = all_in_sync (node);
  OrrAddress peers[STORES_MAX];
  guint n = 0;
  for (OrrAddress i = 0; i < n_stores (node); i++)
    if (i != orr_self (node) && (any || !(store->in_sync >> i & 1)))
      peers[n++] = i;
  ask (node, peers[orr_draw_index (node, "peer", n)], FALSE);
}

/* Is the event one that a store with this clock does not have? The sample code of many tutorials asks instead
 * whether the event's clock is ahead of the store's in all counts, and withholds what is concurrent. */
static gboolean
is_new_to (OrrNode *node, const Event *event, OrrVector clock)
{
  if (!orr_bug (node, BUG_CONCURRENT_WITHHELD))
    return !orr_vector_covers (clock, event->dot);
  return orr_vector_compare (event->clock, clock) == ORR_AFTER;
}

/* Has a store with this clock events that this one lacks? The same code thinks so only where it is ahead. */
static gboolean
lacks_some_of (OrrNode *node, OrrVector clock)
{
  const Store *store = orr_state (node);
  OrrOrder order = orr_vector_compare (clock, store->clock);
  return order == ORR_AFTER || (order == ORR_CONCURRENT && !orr_bug (node, BUG_CONCURRENT_WITHHELD));
}

/* In the order of the log: each after its past. Returns how many that were. */
static guint
send_since (OrrNode *node, OrrAddress to, OrrVector clock)
{
  const Store *store = orr_state (node);
  guint n = 0;
  for (guint64 index = orr_log_first (node, LOG_EVENTS); index < orr_log_end (node, LOG_EVENTS); index++)
    {
      const Event *event = orr_log_get (node, LOG_EVENTS, index);
      if (!is_delivered (store, event->dot) || !is_new_to (node, event, clock))
        continue; /* of one's own: not yet on disk; or the other has it */
      orr_send (node, to, MESSAGE_EVENT, event);
      n++;
    }
  return n;
}

static void
on_ask (OrrNode *node, OrrAddress from, const Ask *asked)
{
  gboolean lacks = lacks_some_of (node, asked->since);
  guint n = send_since (node, from, asked->since);
  orr_send (node, from, MESSAGE_ANSWERED, &(Answered){ .state = asked->state, .same = n == 0 && !lacks });
  if (lacks && !asked->back)
    ask (node, from, TRUE);
}

static void
on_answered (OrrNode *node, OrrAddress from, const Answered *answered)
{
  Store *store = orr_state (node);
  if (answered->same && answered->state == store->state)
    store->in_sync |= G_GUINT64_CONSTANT (1) << from;
}

static void
on_message (OrrNode *node, OrrAddress from, guint type, gconstpointer body)
{
  if (!((const Store *) orr_state (node))->open)
    return;
  gboolean was_in_sync = all_in_sync (node);
  if (type == MESSAGE_EVENT)
    on_event (node, body);
  else if (type == MESSAGE_ASK)
    on_ask (node, from, body);
  else
    on_answered (node, from, body);
  if (all_in_sync (node) != was_in_sync)
    plan_exchange (node);
}

static void
on_timer (OrrNode *node, guint kind G_GNUC_UNUSED, gconstpointer body G_GNUC_UNUSED)
{
  exchange (node);
  plan_exchange (node);
}

/* --- Appending and reading --- */

/* An event of this store, that happens now. */
static guint64
append (OrrNode *node, const OrrStep *step)
{
  Store *store = orr_state (node);
  Event event = { .topic = step->key, .event = step->value };
  event.dot = (OrrDot){ orr_self (node), ++store->appended };
  OrrVector dot = { .data = &event.dot, .length = 1 };
  event.clock = orr_vector_merged (node, store->clock, dot);
  return orr_log_append (node, LOG_EVENTS, &event);
}

static void
append_all (OrrNode *node, const OrrOperation *operation)
{
  Store *store = orr_state (node);
  Waiting *waiting = orr_alloc (node, sizeof *waiting);
  *waiting = (Waiting){ .request = operation->id };
  for (guint i = 0; i < operation->n_steps; i++)
    if (operation->steps[i].kind == ORR_ADD)
      {
        guint64 index = append (node, &operation->steps[i]);
        waiting->first = waiting->first ? waiting->first : index;
        waiting->last = index;
      }
  Waiting **end = &store->waiting;
  while (*end)
    end = &(*end)->next;
  *end = waiting;
  orr_disk_sync (node, SYNC_APPEND, waiting->last);
}

static OrrValue
read (const Store *store, OrrKey topic)
{
  const Topic *held = orr_map_get (&store->topics, topic);
  return held ? held->events : ORR_NIL;
}

static void
on_request (OrrNode *node, const OrrOperation *operation)
{
  const Store *store = orr_state (node);
  guint n_adds = 0;
  if (!store->open)
    {
      orr_complete_fail (node, operation->id, "the store is starting");
      return;
    }
  for (guint i = 0; i < operation->n_steps; i++)
    {
      n_adds += operation->steps[i].kind == ORR_ADD;
      if (operation->steps[i].kind == ORR_REMOVE)
        {
          orr_complete_fail (node, operation->id, "what has happened can't be undone");
          return;
        }
    }
  if (n_adds > 0 && n_adds < operation->n_steps)
    orr_complete_fail (node, operation->id, "one operation appends or reads");
  else if (n_adds > 0)
    append_all (node, operation);
  else
    {
      g_autofree OrrValue *values = g_new0 (OrrValue, operation->n_steps);
      for (guint i = 0; i < operation->n_steps; i++)
        values[i] = read (store, operation->steps[i].key);
      orr_complete (node, operation->id,
                    &(OrrResult){ .outcome = ORR_OK, .values = values, .server = orr_self (node) });
    }
}

/* Events are on disk: they are shown, told, and acknowledged. */
static void
finish (OrrNode *node, const Waiting *waiting)
{
  const Options *options = orr_options (node);
  const Store *store = orr_state (node);
  for (guint64 index = waiting->first; index <= waiting->last; index++)
    {
      const Event *event = orr_log_get (node, LOG_EVENTS, index);
      if (is_delivered (store, event->dot))
        continue; /* another store's, that came in between */
      deliver (node, index);
      disturb (node);
      for (OrrAddress i = 0; options->push && i < n_stores (node); i++)
        if (i != orr_self (node))
          orr_send (node, i, MESSAGE_EVENT, event);
    }
  orr_complete (node, waiting->request, &(OrrResult){ .outcome = ORR_OK, .server = orr_self (node) });
}

/* What is in the log was delivered, or is the store's own and was about to be. */
static void
recover (OrrNode *node)
{
  Store *store = orr_state (node);
  for (guint64 index = orr_log_first (node, LOG_EVENTS); index < orr_log_end (node, LOG_EVENTS); index++)
    {
      const Event *event = orr_log_get (node, LOG_EVENTS, index);
      deliver (node, index); /* of its own it may not have been able to say so */
      if (event->dot.node == orr_self (node))
        store->appended = MAX (store->appended, event->dot.count);
    }
  store->open = TRUE;
  plan_exchange (node);
}

static void
on_disk (OrrNode *node, guint kind, guint64 token, OrrDurability durability)
{
  Store *store = orr_state (node);
  if (durability != ORR_SYNCED)
    return;
  if (kind == SYNC_RECOVERY)
    {
      recover (node);
      return;
    }
  while (store->waiting && store->waiting->last <= token)
    {
      Waiting *waiting = store->waiting;
      finish (node, waiting);
      store->waiting = waiting->next;
      orr_free (node, waiting);
    }
  plan_exchange (node);
}

/* A process that crashed left events behind that the operating system has and the disk perhaps has not: were
 * one of its own told and then lost, its count would be given twice. */
static void
on_start (OrrNode *node, OrrStart start)
{
  Store *store = orr_state (node);
  orr_map_init (&store->topics, sizeof (Topic));
  orr_map_init (&store->delivered, sizeof (guint8));
  store->state = (guint64) orr_clock_monotonic (node); /* which goes on over a crash */
  store->in_sync = start == ORR_START_FIRST ? ~G_GUINT64_CONSTANT (0) : 0;
  if (start == ORR_START_PROCESS_CRASH)
    orr_disk_sync (node, SYNC_RECOVERY, 0);
  else
    recover (node);
}

static void
observe (OrrNode *node)
{
  const Store *store = orr_state (node);
  guint32 place = 0;
  guint64 topic;
  gpointer held;
  while (orr_map_next (&store->topics, &place, &topic, &held))
    orr_fact (node, FACT_VALUE, &(OrrFactValue){ .key = topic, .value = ((Topic *) held)->events });
}

const OrrRole store_role = {
  .name = "store",
  .doc = "takes events, and exchanges them with the others",
  .state_size = sizeof (Store),
  .on_start = on_start,
  .on_message = on_message,
  .on_timer = on_timer,
  .on_disk = on_disk,
  .on_request = on_request,
  .observe = observe,
};
