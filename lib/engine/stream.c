/* stream.c: what TCP would do, as far as a model can tell.
 *
 * Two actors that exchange stream messages have a connection, made by the first of them. Each of its two
 * directions keeps order. Loss is delay: 200 ms after a lost message should have come it is sent again, then
 * 400 ms after that copy, and so on; each copy is judged by the link as it is by then, and all that was sent
 * behind the message waits for it. So does what comes to a cut, or to a machine that is down with its
 * operating system. (Linux waits for the smoothed round trip and at least 200 ms more.) Acknowledgements are
 * not simulated: a cut of the way back alone holds nothing up.
 *
 * A connection breaks
 *   - when a message could not be brought over for `stream-timeout`: both ends hear of it at once. A full
 *     inbox is no such reason, since whoever has one still answers to the sender's probes;
 *   - when the process at one end stops or crashes: its kernel says so, behind all that was sent before, and
 *     the other end hears it one latency later, unless a partition swallows the word;
 *   - when the system at one end crashes, or its word was swallowed: nobody says anything. The other end
 *     hears of it when it sends something that reaches the machine after its restart, one latency after
 *     that, or when the new process sends something to it, or when it runs out of time.
 *
 * A message to a machine whose process is down while its system is up is refused: the sender hears it a round
 * trip after it sent, each time it tries.
 *
 * To hear of it is on_link (peer, FALSE). What was under way to an end that has no part in the connection any
 * more is lost. Sending is always allowed: it is then the first message of the next connection, which each
 * end takes part in from when it heard of the break, or from its start. No message comes into a later
 * connection than its own. Connections are numbered, and each end knows the number of its own; that is all
 * there is to it.
 *
 * An end that heard of a break hears on_link (peer, TRUE) when its peer can be reached again: a round trip
 * after the break where that is so already, one latency after the peer's machine has started or a partition
 * has ended, and in any case before the first message of the next connection. */
#include "engine/links.h"

#include <string.h>

enum
{
  /* A word that draws are folded with. */
  DRAW_AGAIN = 0x616761,
};

/* What a RETRY does: sends what waits again, or is its arrival. */
typedef enum
{
  SEND_AGAIN,
  ARRIVE,
} Try;

#define RETRY_MOST (120 * ORR_SECOND)

/* Before the body. */
typedef struct
{
  guint32 connection; /* index */
  guint32 number;     /* of the connection that it belongs to */
  guint32 bytes;      /* on the wire */
  gboolean is_lost;   /* the last copy of it was lost or corrupt: another must be sent */
} Header;

G_STATIC_ASSERT (sizeof (Header) <= ORR_BODY_HEADER);

/* One direction; the sender is the end of the same index. */
typedef struct
{
  OrrTime last;     /* the latest arrival so far */
  GArray *waiting;  /* OrrEvent: messages that could not be brought over yet, in order; NULL until needed */
  OrrTime since;    /* the first should have come then */
  OrrTime delay;    /* until the next try */
  guint32 try;      /* which is pending; others are void */
  gboolean is_held; /* something keeps back what waits; it goes on when that is over */
  guint32 lost; /* some message of a connection below this number was lost: all that come behind it are too */
} Lane;

typedef struct
{
  OrrAddress address;
  guint32 number;     /* of the connection that it takes part in */
  gboolean is_broken; /* it heard of a break, and not yet that the peer is reached again */
  gboolean has_tried; /* and has sent something since, so that a refusal is news */
  guint32 untold; /* breaks that its actor, being busy, has not been told of: what it sends goes nowhere */
  guint32 next;   /* of its actor: index of the next connection + 1; 0: none */
} End;

typedef struct
{
  End ends[2]; /* the lower address first */
  Lane lanes[2];
  guint32 number; /* the latest */
} Connection;

struct OrrStreams
{
  GPtrArray *connections;
  guint32 *slots; /* open addressing by the two addresses: 0: free, else index + 1 */
  guint n_slots;  /* a power of two, at least twice the connections */
  guint32 *first; /* of each actor: index + 1 */
  OrrDraw draw;
};

/* --- Connections --- */

static Connection *
connection_at (const OrrSimulation *simulation, guint32 index)
{
  return g_ptr_array_index (simulation->streams->connections, index);
}

/* The slot of a pair, the lower address first: that which names its connection, or a free one. */
static guint32 *
pair_slot (const OrrStreams *streams, OrrAddress low, OrrAddress high)
{
  guint64 hash = ((guint64) low << 32 | high) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  guint mask = streams->n_slots - 1;
  for (guint i = (guint) (hash >> 32) & mask;; i = (i + 1) & mask)
    {
      if (streams->slots[i] == 0)
        return &streams->slots[i];
      const Connection *connection = g_ptr_array_index (streams->connections, streams->slots[i] - 1);
      if (connection->ends[0].address == low && connection->ends[1].address == high)
        return &streams->slots[i];
    }
}

/* Makes the table twice as large. */
static void
grow_slots (OrrStreams *streams)
{
  g_free (streams->slots);
  streams->n_slots *= 2;
  streams->slots = g_new0 (guint32, streams->n_slots);
  for (guint32 i = 0; i < streams->connections->len; i++)
    {
      const Connection *connection = g_ptr_array_index (streams->connections, i);
      *pair_slot (streams, connection->ends[0].address, connection->ends[1].address) = i + 1;
    }
}

static guint32
make_connection (OrrStreams *streams, OrrAddress a, OrrAddress b)
{
  Connection *connection = g_new0 (Connection, 1);
  guint32 index = streams->connections->len;
  connection->ends[0].address = MIN (a, b);
  connection->ends[1].address = MAX (a, b);
  for (guint i = 0; i < 2; i++)
    {
      guint32 *first = &streams->first[connection->ends[i].address];
      connection->ends[i].next = *first;
      *first = index + 1;
    }
  g_ptr_array_add (streams->connections, connection);
  if (2 * streams->connections->len > streams->n_slots)
    grow_slots (streams);
  else
    *pair_slot (streams, MIN (a, b), MAX (a, b)) = index + 1;
  return index;
}

static guint32
find_connection (OrrStreams *streams, OrrAddress a, OrrAddress b)
{
  guint32 found = *pair_slot (streams, MIN (a, b), MAX (a, b));
  return found ? found - 1 : make_connection (streams, a, b);
}

static guint
side_of (const Connection *connection, OrrAddress address)
{
  return connection->ends[0].address == address ? 0 : 1;
}

static Header *
header_of (const OrrSimulation *simulation, const OrrEvent *event)
{
  return orr_slab_get (simulation->slab, event->slot);
}

/* The same with what a pin says of it, and noted. */
static OrrTime
decide_segment (OrrSimulation *simulation, OrrNode *from, OrrAddress to, OrrDraw draw)
{
  const OrrPin *pin
      = simulation->pinned ? orr_pins_find_link (simulation, ORR_PIN_STREAM, from->address, to) : NULL;
  OrrDecided *decided = orr_decided_add (simulation, ORR_PIN_STREAM, from->address, to, 0);
  return orr_decide (decided, pin, orr_network_usual (simulation, from, to), draw);
}

/* How long a segment of TCP's own takes from one end to the other now. */
static OrrTime
draw_latency (OrrSimulation *simulation, OrrAddress from, OrrAddress to)
{
  OrrNode *sender = &simulation->actors[from];
  OrrDraw draw = orr_actor_draw (sender, orr_draw_fold (simulation->streams->draw, to));
  return decide_segment (simulation, sender, to, draw);
}

/* --- Breaks --- */

static void
tell_later (OrrSimulation *simulation, OrrTime time, OrrDo what, const Connection *connection, guint side)
{
  orr_schedule (simulation, time, what, connection->ends[side].address, connection->ends[!side].address, 0,
                connection->number);
}

/* What waits in a lane is lost. */
static void
drop_waiting (OrrSimulation *simulation, Lane *lane)
{
  guint64 row = simulation->row, cause = simulation->cause;
  guint32 message = simulation->message;
  for (guint i = 0; lane->waiting && i < lane->waiting->len; i++)
    {
      OrrEvent event = g_array_index (lane->waiting, OrrEvent, i);
      orr_record_take_origin (simulation, event.sequence);
      orr_event_discard (simulation, &event, ORR_FATE_RESET);
    }
  g_clear_pointer (&lane->waiting, g_array_unref);
  lane->is_held = FALSE;
  lane->try++;
  simulation->row = row;
  simulation->cause = cause;
  simulation->message = message;
}

/* TRUE where the two machines are up and hear each other. */
static gboolean
are_joined (const OrrSimulation *simulation, const Connection *connection)
{
  OrrAddress a = connection->ends[0].address, b = connection->ends[1].address;
  return simulation->actors[a].machine->up && simulation->actors[b].machine->up
         && orr_network_reaches (simulation, a, b) && orr_network_reaches (simulation, b, a);
}

/* An end leaves its connection for the latest. Returns whether its actor should hear of it. */
static gboolean
leave (OrrSimulation *simulation, Connection *connection, guint side)
{
  End *end = &connection->ends[side];
  gboolean is_news = !end->is_broken || end->has_tried;
  end->number = connection->number;
  end->is_broken = TRUE;
  end->has_tried = FALSE;
  drop_waiting (simulation, &connection->lanes[side]);
  if (are_joined (simulation, connection))
    {
      OrrTime there = draw_latency (simulation, end->address, connection->ends[!side].address);
      OrrTime back = draw_latency (simulation, connection->ends[!side].address, end->address);
      tell_later (simulation, simulation->now + there + back, ORR_DO_LINK_UP, connection, side);
    }
  return is_news;
}

/* --- What comes --- */

/* Hands an event that is made here and now to the end's actor. */
static void
tell_now (OrrSimulation *simulation, OrrDo what, Connection *connection, guint side)
{
  End *end = &connection->ends[side];
  OrrEvent event
      = { simulation->now,   simulation->sequence++, end->address, connection->ends[!side].address, what, 0,
          connection->number };
  guint64 row = simulation->row, cause = simulation->cause;
  guint32 message = simulation->message;
  simulation->foreground++;
  end->untold += what == ORR_DO_LINK_DOWN;
  orr_actor_deliver (simulation, &event);
  simulation->row = row;
  simulation->cause = cause;
  simulation->message = message;
}

static void
run_out_of_time (OrrSimulation *simulation, Connection *connection)
{
  connection->number++;
  for (guint side = 0; side < 2; side++)
    if (simulation->actors[connection->ends[side].address].machine->up
        && leave (simulation, connection, side))
      tell_now (simulation, ORR_DO_LINK_DOWN, connection, side);
    else
      drop_waiting (simulation, &connection->lanes[side]);
}

/* Tries a lane again, or has what was sent again arrive. */
static void
schedule_try (OrrSimulation *simulation, OrrTime time, guint32 index, guint side, Try what)
{
  Lane *lane = &connection_at (simulation, index)->lanes[side];
  orr_schedule (simulation, time, ORR_DO_RETRY, ORR_NOBODY, ++lane->try, what, 2 * index + side);
}

/* A message can't be brought over, or one before it was not: it waits, with all that come after it. If its
 * sender is no more, it is lost. */
static void
wait_in (OrrSimulation *simulation, guint32 index, guint side, const OrrEvent *event)
{
  Connection *connection = connection_at (simulation, index);
  Lane *lane = &connection->lanes[side];
  if (header_of (simulation, event)->number != connection->ends[side].number)
    {
      lane->lost = connection->ends[side].number;
      orr_event_discard (simulation, event, ORR_FATE_RESET);
      return;
    }
  if (!lane->waiting)
    {
      lane->waiting = g_array_new (FALSE, FALSE, sizeof (OrrEvent));
      lane->since = simulation->now;
      lane->delay = ORR_STREAM_RETRY_FIRST;
      schedule_try (simulation, orr_time_add (simulation->now, lane->delay), index, side, SEND_AGAIN);
    }
  g_array_append_val (lane->waiting, *event);
  orr_record_origin (simulation, event->sequence, simulation->cause, simulation->message);
}

/* Its system is up, and nobody there takes connections. */
static gboolean
is_deserted (const OrrMachine *machine)
{
  return !machine->up && !machine->silent;
}

/* A message of an earlier connection than the receiver's, or to a process that is no more: it is refused, and
 * the sender's kernel hears of it. */
static void
refuse (OrrSimulation *simulation, Connection *connection, guint sender, const OrrEvent *event)
{
  End *ends = connection->ends;
  if (header_of (simulation, event)->number >= ends[!sender].number)
    ends[!sender].number = ++connection->number;
  if (header_of (simulation, event)->number == ends[sender].number
      && orr_network_reaches (simulation, ends[!sender].address, ends[sender].address))
    {
      OrrTime latency = draw_latency (simulation, ends[!sender].address, ends[sender].address);
      tell_later (simulation, simulation->now + latency, ORR_DO_LINK_DOWN, connection, sender);
    }
  orr_event_discard (simulation, event, ORR_FATE_RESET);
}

/* Before an end gets a message of a later connection, or the first after a break, its actor hears of that. */
static void
join (OrrSimulation *simulation, Connection *connection, guint side, guint32 number)
{
  End *end = &connection->ends[side];
  if (number > end->number)
    {
      gboolean is_news = leave (simulation, connection, side);
      end->number = number;
      if (is_news)
        tell_now (simulation, ORR_DO_LINK_DOWN, connection, side);
    }
  if (end->is_broken)
    {
      end->is_broken = FALSE;
      tell_now (simulation, ORR_DO_LINK_UP, connection, side);
    }
}

/* A message has reached the other machine, and nothing before it is missing. Returns whether its actor gets
 * it. */
static gboolean
take_message (OrrSimulation *simulation, Connection *connection, guint sender, const OrrEvent *event)
{
  const Header *header = header_of (simulation, event);
  if (header->number < connection->ends[!sender].number
      || is_deserted (simulation->actors[event->target].machine))
    refuse (simulation, connection, sender, event);
  else
    {
      join (simulation, connection, !sender, header->number);
      return TRUE;
    }
  return FALSE;
}

/* What is in a message's way. */
typedef enum
{
  NOTHING,
  A_HOLD,       /* it is there, and kept back */
  A_CUT,        /* nobody hears it */
  A_FULL_INBOX, /* it is heard and turned away */
} Obstacle;

/* Nobody takes what comes there, so that another copy must be sent. */
static Obstacle
find_wall (OrrSimulation *simulation, const OrrEvent *event)
{
  OrrMachine *machine = simulation->actors[event->target].machine;
  gboolean is_cut = G_UNLIKELY (simulation->rare & ORR_RARE_CUT)
                    && orr_network_is_cut (simulation, event->source, event->target);
  if (machine->silent || is_cut)
    return A_CUT;
  return orr_processor_has_room (simulation, machine, event->source) ? NOTHING : A_FULL_INBOX;
}

/* The same, and what keeps it back where it is. */
static Obstacle
find_obstacle (OrrSimulation *simulation, Lane *lane, const OrrEvent *event)
{
  if (G_UNLIKELY (simulation->rare & ORR_RARE_CUT))
    lane->is_held |= orr_holds_keep (simulation, event->source, event->target, event->type);
  if (lane->is_held)
    return A_HOLD;
  Obstacle wall = find_wall (simulation, event);
  if (wall != NOTHING)
    header_of (simulation, event)->is_lost = TRUE;
  return wall;
}

static gboolean
accept_message (OrrSimulation *simulation, const OrrEvent *event)
{
  Header *header = header_of (simulation, event);
  guint32 index = header->connection;
  Connection *connection = connection_at (simulation, index);
  guint sender = side_of (connection, event->source);
  Lane *lane = &connection->lanes[sender];
  if (G_UNLIKELY (simulation->rare & ORR_RARE_CUT) && !header->is_lost)
    orr_holds_catch (simulation, event->source, event->target, event->type);
  if (header->number < lane->lost)
    {
      orr_event_discard (simulation, event, ORR_FATE_RESET);
      return FALSE;
    }
  if (!header->is_lost && lane->waiting)
    header->is_lost = find_wall (simulation, event) != NOTHING;
  else if (!header->is_lost && find_obstacle (simulation, lane, event) == NOTHING)
    return take_message (simulation, connection, sender, event);
  wait_in (simulation, index, sender, event);
  return FALSE;
}

/* TRUE where the end's actor is to hear of what its kernel has heard. */
static gboolean
accept_word (OrrSimulation *simulation, const OrrEvent *event)
{
  guint32 index = find_connection (simulation->streams, event->target, event->source);
  Connection *connection = connection_at (simulation, index);
  guint side = side_of (connection, event->target);
  End *end = &connection->ends[side];
  if (!simulation->actors[event->target].machine->up)
    return FALSE;
  if (event->kind == ORR_DO_LINK_DOWN)
    {
      gboolean is_news = end->number < event->slot && leave (simulation, connection, side);
      end->untold += is_news;
      return is_news;
    }
  if (!end->is_broken || !are_joined (simulation, connection))
    return FALSE;
  end->is_broken = FALSE;
  return TRUE;
}

gboolean
orr_streams_accept (OrrSimulation *simulation, const OrrEvent *event)
{
  if (event->kind == ORR_DO_STREAM)
    return accept_message (simulation, event);
  if (orr_holds_take (simulation, event, event->source, ORR_ANY_MESSAGE))
    return FALSE;
  if (accept_word (simulation, event))
    return TRUE;
  orr_event_discard (simulation, event, ORR_FATE_RESET);
  return FALSE;
}

void
orr_streams_told (OrrSimulation *simulation, const OrrEvent *event)
{
  guint32 index = find_connection (simulation->streams, event->target, event->source);
  Connection *connection = connection_at (simulation, index);
  connection->ends[side_of (connection, event->target)].untold--;
}

static const OrrEvent *
first_waiting (const Lane *lane)
{
  return &g_array_index (lane->waiting, OrrEvent, 0);
}

/* Some of what waited has come; the rest has to wait for longer. */
static void
wait_anew (OrrSimulation *simulation, guint32 index, guint sender, GArray *waiting)
{
  Lane *lane = &connection_at (simulation, index)->lanes[sender];
  lane->waiting = waiting;
  lane->since = simulation->now;
  lane->delay = ORR_STREAM_RETRY_FIRST;
  schedule_try (simulation, orr_time_add (simulation->now, lane->delay), index, sender, SEND_AGAIN);
}

/* All that waited arrives at once, in order, as far as nothing is in its way. */
static void
bring_over (OrrSimulation *simulation, guint32 index, guint sender)
{
  Connection *connection = connection_at (simulation, index);
  Lane *lane = &connection->lanes[sender];
  g_autoptr (GArray) waiting = g_steal_pointer (&lane->waiting);
  guint i = 0;
  for (; i < waiting->len; i++)
    {
      OrrEvent event = g_array_index (waiting, OrrEvent, i);
      if (header_of (simulation, &event)->is_lost || find_obstacle (simulation, lane, &event) != NOTHING)
        break;
      orr_record_take_origin (simulation, event.sequence);
      if (take_message (simulation, connection, sender, &event))
        orr_actor_deliver (simulation, &event);
    }
  if (i == waiting->len)
    return;
  g_array_remove_range (waiting, 0, i);
  wait_anew (simulation, index, sender, g_steal_pointer (&waiting));
}

static void
try_later (OrrSimulation *simulation, guint32 index, guint sender)
{
  Connection *connection = connection_at (simulation, index);
  Lane *lane = &connection->lanes[sender];
  OrrTime end = orr_time_add (lane->since, simulation->scenario->network.stream_timeout);
  if (simulation->now >= end)
    {
      run_out_of_time (simulation, connection);
      return;
    }
  lane->delay = MIN (2 * lane->delay, RETRY_MOST);
  schedule_try (simulation, MIN (orr_time_add (simulation->now, lane->delay), end), index, sender,
                SEND_AGAIN);
}

/* Does the pin name it? Counted from 1. */
static gboolean
is_lost_by (const OrrPin *pin, guint n)
{
  const guint32 *lost = pin ? pin->lost.data : NULL;
  for (guint i = 0; lost && i < pin->lost.length; i++)
    if (lost[i] == n)
      return TRUE;
  return FALSE;
}

/* Sends all again that was lost, as the link is now. Returns when that arrives which arrives. */
static OrrTime
send_again (OrrSimulation *simulation, const Lane *lane, OrrNode *from, OrrNode *to)
{
  gint64 bytes = 0;
  for (guint i = 0; i < lane->waiting->len; i++)
    {
      const Header *header = header_of (simulation, &g_array_index (lane->waiting, OrrEvent, i));
      bytes += header->is_lost ? header->bytes : 0;
    }
  OrrDraw draw = orr_actor_draw (from, orr_draw_fold (simulation->streams->draw, to->address));
  OrrPassage passage = orr_network_pass (simulation, from, to, bytes);
  const OrrPin *pin = simulation->pinned
                          ? orr_pins_find_link (simulation, ORR_PIN_STREAM, from->address, to->address)
                          : NULL;
  OrrDecided *decided = orr_decided_add (simulation, ORR_PIN_STREAM, from->address, to->address, 0);
  OrrTime latency = orr_decide (decided, pin, passage.usual, draw);
  g_autoptr (GString) fates = decided ? g_string_new (NULL) : NULL;
  guint n = 0;
  draw = orr_draw_fold (draw, DRAW_AGAIN);
  for (guint i = 0; i < lane->waiting->len; i++)
    {
      Header *header = header_of (simulation, &g_array_index (lane->waiting, OrrEvent, i));
      if (!header->is_lost)
        continue;
      simulation->trace->counts.resent++;
      header->is_lost
          = orr_network_damage (simulation, &passage.damage, orr_draw_fold (draw, i)) != ORR_FATE_UNDER_WAY;
      header->is_lost |= is_lost_by (pin, ++n);
      if (fates)
        g_string_append_c (fates, header->is_lost ? 'l' : 'k');
    }
  if (decided && strchr (fates->str, 'l') && passage.damage.loss != G_MAXUINT64)
    decided->fates = orr_arena_strdup (simulation->options.choices->arena, fates->str);
  return orr_time_add (passage.depart, latency);
}

/* Is this the time to go on, as far as the first of what waits is concerned? */
static gboolean
may_go_on (OrrSimulation *simulation, Lane *lane, const OrrEvent *first, Try what)
{
  Obstacle obstacle = find_obstacle (simulation, lane, first);
  if (obstacle == A_FULL_INBOX)
    lane->since = simulation->now;
  if (obstacle != NOTHING)
    return FALSE;
  return what == SEND_AGAIN || !header_of (simulation, first)->is_lost;
}

void
orr_streams_retry (OrrSimulation *simulation, const OrrEvent *event)
{
  guint32 index = event->slot / 2;
  guint sender = event->slot % 2;
  Lane *lane = &connection_at (simulation, index)->lanes[sender];
  if (!lane->waiting || lane->try != event->source)
    return;

  lane->is_held = FALSE;
  OrrEvent first = *first_waiting (lane);
  if (!may_go_on (simulation, lane, &first, (Try) event->type))
    try_later (simulation, index, sender);
  else if (event->type == ARRIVE)
    bring_over (simulation, index, sender);
  else
    {
      OrrTime arrival = send_again (simulation, lane, &simulation->actors[first.source],
                                    &simulation->actors[first.target]);
      schedule_try (simulation, MAX (lane->last, arrival), index, sender, ARRIVE);
    }
}

/* --- What is sent --- */

void
orr_streams_send (OrrSimulation *simulation, OrrNode *from, OrrAddress to, guint16 type, gconstpointer body,
                  gint64 bytes, OrrTime arrival, const OrrDamage *damage, OrrDraw draw, guint32 message,
                  OrrDecided *decided)
{
  const OrrMessageInfo *info = &simulation->messages[type];
  guint32 index = find_connection (simulation->streams, from->address, to);
  Connection *connection = connection_at (simulation, index);
  guint side = side_of (connection, from->address);
  Lane *lane = &connection->lanes[side];
  if (connection->ends[side].untold > 0)
    {
      orr_record_fate (simulation, message, ORR_FATE_RESET);
      return;
    }
  connection->ends[side].has_tried = connection->ends[side].is_broken;

  guint32 slot = orr_slab_alloc (simulation->slab, ORR_BODY_HEADER + info->size);
  Header *header = orr_slab_get (simulation->slab, slot);
  *header = (Header){ .connection = index,
                      .number = connection->ends[side].number,
                      .bytes = (guint32) MIN (bytes, G_MAXUINT32),
                      .is_lost = orr_network_damage (simulation, damage, draw) != ORR_FATE_UNDER_WAY };
  if (header->is_lost && decided)
    decided->drop = TRUE;
  if (info->size > 0)
    memcpy ((char *) header + ORR_BODY_HEADER, body, info->size);
  if (info->has_arrays)
    orr_record_ref_arrays (simulation->model->messages[type].fields, body);

  lane->last = MAX (lane->last, arrival);
  orr_push (simulation, lane->last, ORR_DO_STREAM, to, from->address, type, slot, message);
}

/* --- Machines that go and come --- */

void
orr_streams_machine_down (OrrSimulation *simulation, OrrMachine *machine, OrrStart restart_as G_GNUC_UNUSED)
{
  for (guint i = 0; i < machine->n_actors; i++)
    for (guint32 next = simulation->streams->first[machine->actors[i]->address]; next;)
      {
        Connection *connection = connection_at (simulation, next - 1);
        guint side = side_of (connection, machine->actors[i]->address);
        next = connection->ends[side].next;

        connection->ends[side].number = ++connection->number;
        connection->ends[side].is_broken = FALSE;
        connection->ends[side].untold = 0;
        if (connection->lanes[side].waiting)
          connection->lanes[side].lost = connection->number;
        drop_waiting (simulation, &connection->lanes[side]);
        if (machine->silent)
          continue;
        OrrAddress here = connection->ends[side].address, there = connection->ends[!side].address;
        drop_waiting (simulation, &connection->lanes[!side]);
        if (orr_network_is_cut (simulation, here, there))
          continue;
        Lane *lane = &connection->lanes[side];
        OrrTime arrival = orr_time_add (simulation->now, draw_latency (simulation, here, there));
        lane->last = MAX (lane->last, arrival);
        tell_later (simulation, lane->last, ORR_DO_LINK_DOWN, connection, !side);
      }
}

/* The end's peer may be reached again: if so, it hears of it one latency later. */
static void
try_again (OrrSimulation *simulation, const Connection *connection, guint side)
{
  OrrAddress here = connection->ends[side].address, peer = connection->ends[!side].address;
  if (!connection->ends[side].is_broken || !are_joined (simulation, connection))
    return;
  OrrTime time = orr_time_add (simulation->now, draw_latency (simulation, peer, here));
  tell_later (simulation, time, ORR_DO_LINK_UP, connection, side);
}

void
orr_streams_machine_up (OrrSimulation *simulation, OrrMachine *machine)
{
  for (guint i = 0; i < machine->n_actors; i++)
    for (guint32 next = simulation->streams->first[machine->actors[i]->address]; next;)
      {
        Connection *connection = connection_at (simulation, next - 1);
        guint side = side_of (connection, machine->actors[i]->address);
        next = connection->ends[side].next;
        connection->ends[side].number = connection->number;
        connection->ends[side].is_broken = FALSE;
        try_again (simulation, connection, !side);
      }
}

void
orr_streams_try_again (OrrSimulation *simulation)
{
  for (guint i = 0; i < simulation->streams->connections->len; i++)
    for (guint side = 0; side < 2; side++)
      try_again (simulation, connection_at (simulation, i), side);
}

/* At once, or as long after as the way of a segment takes. Until then, all that comes behind waits as well.
 */
void
orr_streams_let_go (OrrSimulation *simulation, gboolean on_their_way)
{
  for (guint i = 0; i < simulation->streams->connections->len; i++)
    for (guint side = 0; side < 2; side++)
      {
        Connection *connection = connection_at (simulation, i);
        Lane *lane = &connection->lanes[side];
        OrrAddress from = connection->ends[side].address, to = connection->ends[!side].address;
        if (!lane->waiting || !lane->is_held
            || orr_holds_keep (simulation, from, to, first_waiting (lane)->type))
          continue;
        lane->is_held = FALSE;
        OrrTime latency = on_their_way ? draw_latency (simulation, from, to) : 0;
        schedule_try (simulation, orr_time_add (simulation->now, latency), i, side, ARRIVE);
      }
}

void
orr_streams_init (OrrSimulation *simulation)
{
  OrrStreams *streams = simulation->streams = g_new0 (OrrStreams, 1);
  streams->connections = g_ptr_array_new_with_free_func (g_free);
  streams->n_slots = 16;
  streams->slots = g_new0 (guint32, streams->n_slots);
  streams->first = g_new0 (guint32, simulation->n_actors + 1);
  streams->draw = orr_draw_key (simulation->seed, "stream");
}

void
orr_streams_clear (OrrSimulation *simulation)
{
  OrrStreams *streams = simulation->streams;
  for (guint i = 0; i < streams->connections->len; i++)
    for (guint side = 0; side < 2; side++)
      {
        GArray *waiting = connection_at (simulation, i)->lanes[side].waiting;
        for (guint j = 0; waiting && j < waiting->len; j++)
          orr_message_release (simulation, &g_array_index (waiting, OrrEvent, j));
        g_clear_pointer (&waiting, g_array_unref);
      }
  g_ptr_array_unref (streams->connections);
  g_free (streams->slots);
  g_free (streams->first);
  g_free (streams);
}
