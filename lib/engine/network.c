/* network.c: what happens to a message between two machines.
 *
 * It may be lost or doubled, and takes its time; all three are drawn from what the message is (who sends what
 * to whom, when, the how-manieth at that instant), so that no link has a generator to keep. Most scenarios
 * treat all links alike and want no more than that: such messages go the short way of orr_send. The long way
 * knows links of their own, bandwidth, order, pins, streams and recording.
 *
 * How a link is, is said by four voices, the later before the earlier: the default, its pair of regions, the
 * scenario's links in their order, and the faults that are going on, the latest last. A table of places holds
 * the first three: nodes that no line names and that share a region are one place. Actors on one machine talk
 * without a network: at once, in order and without loss. */
#include "engine/delays.h"

#include "base/distribution-private.h"

#include <string.h>

/* Words that a message's draw is folded with, for what is drawn besides its loss and its latency. */
#define DRAW_DUPLICATE G_GUINT64_CONSTANT (0x6475706c69636174)
#define DRAW_TWIN      G_GUINT64_CONSTANT (0x7477696e7477696e)
#define DRAW_CORRUPT   G_GUINT64_CONSTANT (0x636f727275707421)

#define ANY ORR_ANY_MACHINE

/* How a link is. */
typedef struct
{
  const OrrDistribution *latency;
  guint64 duplicate; /* probabilities, as orr_chance takes them */
  gint64 bandwidth;  /* bits a second; 0: no limit */
  OrrTime delay;     /* on top of the latency */
  OrrDamage damage;
} Link;

/* What a fault makes of links. */
typedef struct
{
  OrrMachineWays ways;
  const OrrLinkSettings *settings;
  guint64 *met, *corrupted;
  gboolean narrows; /* it says a bandwidth, for links that have more */
} Override;

typedef struct
{
  OrrCut cut;
  gconstpointer data;
  guint64 *effects;
} Cut;

/* One direction between two machines, where order or bandwidth must be remembered. */
typedef struct
{
  guint64 key;     /* from, to */
  OrrTime free_at; /* the last byte so far has left */
  OrrTime last;    /* the latest arrival so far */
} Lane;

typedef struct OrrNetwork
{
  Link usual;
  OrrTime least; /* no message takes less on a usual link, as far as is known */
  gboolean keeps_order;
  guint n_places;
  guint16 *place_of; /* of each machine */
  Link *links;       /* from place × to place; NULL: all are as usual */
  GPtrArray *overrides, *cuts, *delays;
  GHashTable *lanes; /* for look-ups */
} OrrNetwork;

/* --- How links are --- */

static guint64
probability (gint64 parts_per_billion)
{
  if (parts_per_billion <= 0)
    return 0;
  if (parts_per_billion >= 1000000000)
    return G_MAXUINT64;
  return (guint64) (((unsigned __int128) parts_per_billion << 64) / 1000000000);
}

/* Lets a later voice speak. */
static void
apply (Link *link, const OrrLinkSettings *said)
{
  if (said->latency)
    link->latency = said->latency;
  if (said->loss != G_MININT64)
    link->damage.loss = probability (said->loss);
  if (said->duplicate != G_MININT64)
    link->duplicate = probability (said->duplicate);
  if (said->corrupt != G_MININT64)
    link->damage.corrupt = probability (said->corrupt);
  if (said->bandwidth != G_MININT64)
    link->bandwidth = said->bandwidth;
}

/* Names of links are those of nodes, or of actors, which stand for their node. */
static guint
find_machine (OrrSimulation *simulation, const char *name)
{
  if (!name)
    return ANY;
  const OrrMachine *machine = orr_machine_find (simulation, name);
  if (machine)
    return machine->index;
  OrrAddress address = GPOINTER_TO_UINT (g_hash_table_lookup (simulation->addresses, name)) - 1;
  return address < simulation->n_actors ? simulation->actors[address].machine->index : ANY;
}

static void
apply_overrides (const OrrNetwork *network, guint from, guint to, Link *link)
{
  for (guint i = 0; i < network->overrides->len; i++)
    {
      const Override *override = g_ptr_array_index (network->overrides, i);
      if (!orr_ways_include (&override->ways, from, to)
          || (override->narrows && link->bandwidth > 0 && link->bandwidth <= override->settings->bandwidth))
        continue;
      apply (link, override->settings);
      if (override->settings->corrupt != G_MININT64)
        link->damage.corrupted = override->corrupted;
      if (override->met)
        ++*override->met;
    }
}

static Link
link_between (const OrrSimulation *simulation, const OrrNode *from, const OrrNode *to)
{
  const OrrNetwork *network = simulation->network;
  Link link = network->links ? network->links[from->place * network->n_places + to->place] : network->usual;
  apply_overrides (network, from->machine->index, to->machine->index, &link);
  link.delay
      = orr_time_add (link.delay, orr_delays_sum (network->delays, from->machine->index, to->machine->index));
  return link;
}

/* --- The table of places --- */

static guint
add_place (OrrNetwork *network, GPtrArray *regions, const char *region)
{
  g_ptr_array_add (regions, (gpointer) region);
  return network->n_places++;
}

/* Gives each machine its place: of its own where a line names it, else its region's. Returns the places'
 * regions. */
static GPtrArray *
make_places (OrrSimulation *simulation, const OrrNetworkSettings *settings)
{
  OrrNetwork *network = simulation->network;
  const OrrLinkSettings *lines = settings->links.data;
  g_autofree gboolean *is_named = g_new0 (gboolean, simulation->n_machines + 1);
  for (guint32 i = 0; i < settings->links.length; i++)
    {
      guint from = find_machine (simulation, lines[i].from), to = find_machine (simulation, lines[i].to);
      is_named[from == ANY ? simulation->n_machines : from] = TRUE;
      is_named[to == ANY ? simulation->n_machines : to] = TRUE;
    }

  GPtrArray *regions = g_ptr_array_new ();
  g_autoptr (GHashTable) by_region = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < simulation->n_machines; i++)
    {
      const char *region = simulation->machines[i].settings->region;
      gpointer place = NULL;
      const char *key = region ? region : "";
      if (is_named[i] || !g_hash_table_lookup_extended (by_region, key, NULL, &place))
        place = GUINT_TO_POINTER (add_place (network, regions, region));
      if (!is_named[i])
        g_hash_table_insert (by_region, (gpointer) key, place);
      network->place_of[i] = GPOINTER_TO_UINT (place);
    }
  return regions;
}

static void
apply_region (OrrNetwork *network, const GPtrArray *regions, const OrrRegionSettings *line)
{
  const char *const *between = line->between.data;
  const char *a = between[0], *b = between[line->between.length - 1];
  OrrLinkSettings said = ORR_LINK_SETTINGS_UNSET;
  said.latency = line->latency;
  said.loss = line->loss;
  said.corrupt = line->corrupt;
  said.bandwidth = line->bandwidth;
  for (guint from = 0; from < network->n_places; from++)
    {
      const char *f = g_ptr_array_index (regions, from);
      const char *other = g_strcmp0 (f, a) == 0 ? b : g_strcmp0 (f, b) == 0 ? a : NULL;
      for (guint to = 0; other && to < network->n_places; to++)
        if (g_strcmp0 (g_ptr_array_index (regions, to), other) == 0)
          apply (&network->links[from * network->n_places + to], &said);
    }
}

static void
apply_line (OrrSimulation *simulation, const OrrLinkSettings *line)
{
  OrrNetwork *network = simulation->network;
  guint from = find_machine (simulation, line->from), to = find_machine (simulation, line->to);
  guint first_from = from == ANY ? 0 : network->place_of[from];
  guint last_from = from == ANY ? network->n_places - 1 : first_from;
  guint first_to = to == ANY ? 0 : network->place_of[to];
  guint last_to = to == ANY ? network->n_places - 1 : first_to;
  for (guint i = first_from; i <= last_from; i++)
    for (guint j = first_to; j <= last_to; j++)
      apply (&network->links[i * network->n_places + j], line);
}

static void
make_links (OrrSimulation *simulation, const OrrNetworkSettings *settings)
{
  OrrNetwork *network = simulation->network;
  if (settings->links.length == 0 && settings->regions.length == 0)
    return;
  g_autoptr (GPtrArray) regions = make_places (simulation, settings);
  gsize n = (gsize) network->n_places * network->n_places;
  network->links = g_new (Link, n);
  for (gsize i = 0; i < n; i++)
    network->links[i] = network->usual;
  for (guint32 i = 0; i < settings->regions.length; i++)
    apply_region (network, regions, &((const OrrRegionSettings *) settings->regions.data)[i]);
  for (guint32 i = 0; i < settings->links.length; i++)
    apply_line (simulation, &((const OrrLinkSettings *) settings->links.data)[i]);
  for (OrrAddress i = 0; i < simulation->n_actors; i++)
    simulation->actors[i].place = network->place_of[simulation->actors[i].machine->index];
}

void
orr_network_update_rare (OrrSimulation *simulation)
{
  const OrrNetwork *network = simulation->network;
  gboolean alike = !network->links && network->overrides->len == 0 && network->delays->len == 0
                   && !network->keeps_order && network->usual.duplicate == 0 && network->usual.bandwidth == 0
                   && network->usual.damage.corrupt == 0 && network->usual.damage.loss != G_MAXUINT64;
  simulation->rare = (simulation->trace->level >= ORR_RECORD_EVENTS ? ORR_RARE_RECORDED : 0)
                     | (network->cuts->len > 0 || orr_holds_any (simulation) ? ORR_RARE_CUT : 0)
                     | (simulation->watched ? ORR_RARE_WATCHED : 0)
                     | (simulation->pinned ? ORR_RARE_PINNED : 0) | (simulation->is_due ? ORR_RARE_DUE : 0)
                     | (alike ? 0 : ORR_RARE_LINKS);
}

/* --- Faults --- */

static gboolean
cuts (const Cut *cut, const OrrSimulation *simulation, OrrAddress from, OrrAddress to)
{
  const OrrMachine *a = simulation->actors[from].machine, *b = simulation->actors[to].machine;
  return a != b && cut->cut (cut->data, a->index, b->index);
}

gboolean
orr_network_is_cut (const OrrSimulation *simulation, OrrAddress from, OrrAddress to)
{
  const GPtrArray *all = simulation->network->cuts;
  for (guint i = 0; i < all->len; i++)
    {
      const Cut *cut = g_ptr_array_index (all, i);
      if (!cuts (cut, simulation, from, to))
        continue;
      if (cut->effects)
        ++*cut->effects;
      return TRUE;
    }
  return FALSE;
}

gboolean
orr_network_reaches (const OrrSimulation *simulation, OrrAddress from, OrrAddress to)
{
  const GPtrArray *all = simulation->network->cuts;
  for (guint i = 0; i < all->len; i++)
    if (cuts (g_ptr_array_index (all, i), simulation, from, to))
      return FALSE;
  return TRUE;
}

gpointer
orr_network_cut (OrrSimulation *simulation, OrrCut cut, gpointer data, guint64 *effects)
{
  Cut *made = g_new (Cut, 1);
  *made = (Cut){ cut, data, effects };
  g_ptr_array_add (simulation->network->cuts, made);
  orr_network_update_rare (simulation);
  return made;
}

void
orr_network_uncut (OrrSimulation *simulation, gpointer handle)
{
  g_ptr_array_remove (simulation->network->cuts, handle);
  orr_network_update_rare (simulation);
  orr_streams_try_again (simulation);
}

static Override *
add_override (OrrSimulation *simulation, const Override *override)
{
  Override *copy = g_memdup2 (override, sizeof *override);
  g_ptr_array_add (simulation->network->overrides, copy);
  orr_network_update_rare (simulation);
  return copy;
}

gpointer
orr_network_override (OrrSimulation *simulation, const OrrMachineWays *ways, const OrrLinkSettings *settings,
                      guint64 *met, guint64 *corrupted)
{
  return add_override (simulation, &(Override){ *ways, settings, met, corrupted, FALSE });
}

gpointer
orr_network_narrow (OrrSimulation *simulation, const OrrMachineWays *ways, const OrrLinkSettings *settings,
                    guint64 *effects)
{
  return add_override (simulation, &(Override){ *ways, settings, effects, NULL, TRUE });
}

void
orr_network_restore (OrrSimulation *simulation, gpointer handle)
{
  g_ptr_array_remove (simulation->network->overrides, handle);
  orr_network_update_rare (simulation);
}

gpointer
orr_network_delay (OrrSimulation *simulation, OrrDelay delay, gpointer data)
{
  gpointer handle = orr_delays_add (simulation->network->delays, delay, data);
  orr_network_update_rare (simulation);
  return handle;
}

void
orr_network_undelay (OrrSimulation *simulation, gpointer handle)
{
  g_ptr_array_remove (simulation->network->delays, handle);
  orr_network_update_rare (simulation);
}

/* --- Sending --- */

static inline OrrDraw
draw_message (OrrNode *node, OrrAddress to, guint type)
{
  return orr_actor_draw (node, (guint64) to << 32 | type << 16);
}

/* Bodies are a few words that their sender has just written. Copied in wide pieces, as memcpy does, they
 * would have to be waited for: until the narrow writes have reached the cache. */
static inline void
copy_body (char *place, const char *body, gsize size)
{
  for (; size >= 16; size -= 16, place += 16, body += 16)
    {
      guint64 words[2];
      memcpy (words, body, 16);
      memcpy (place, words, 16);
    }
  if (size > 0)
    memcpy (place, body, size);
}

/* A copy of the body in the slab, behind `header` bytes that are left to the caller; ORR_NO_SLOT where there
 * is nothing to keep. */
static inline guint32
store_body (OrrSimulation *simulation, guint type, gconstpointer body, gsize header)
{
  const OrrMessageInfo *info = &simulation->messages[type];
  if (info->size == 0)
    return ORR_NO_SLOT;
  guint32 slot = orr_slab_alloc (simulation->slab, header + info->size);
  memcpy ((char *) orr_slab_get (simulation->slab, slot) + header, body, info->size);
  if (G_UNLIKELY (info->has_arrays))
    orr_record_ref_arrays (simulation->model->messages[type].fields, body);
  return slot;
}

static Lane *
lane_between (OrrNetwork *network, const OrrMachine *from, const OrrMachine *to)
{
  guint64 key = (guint64) from->index << 32 | to->index;
  Lane *lane = g_hash_table_lookup (network->lanes, &key);
  if (lane)
    return lane;
  lane = g_new (Lane, 1);
  *lane = (Lane){ key, 0, 0 };
  g_hash_table_add (network->lanes, lane);
  return lane;
}

/* When the last byte has left: after all that was sent on this link before. */
static OrrTime
transmit (const OrrSimulation *simulation, const OrrNode *from, const OrrNode *to, gint64 bytes,
          gint64 bandwidth)
{
  if (bandwidth <= 0)
    return simulation->now;
  Lane *lane = lane_between (simulation->network, from->machine, to->machine);
  __int128 time = ((__int128) bytes * 8 * ORR_SECOND + bandwidth - 1) / bandwidth;
  OrrTime start = MAX (lane->free_at, simulation->now);
  return lane->free_at = orr_time_add (start, time > ORR_TIME_MAX ? ORR_TIME_MAX : (OrrTime) time);
}

/* A message under way to another machine, with all that is settled about it. */
typedef struct
{
  OrrNode *from, *to;
  guint16 type;
  gconstpointer body;
  OrrTime depart;
  OrrDraw draw;
  guint32 row;
  const OrrPin *pin;   /* NULL: none */
  OrrDecided *decided; /* NULL: nobody wants to know */
} Message;

static OrrUsual
usual_of (const Link *link)
{
  return (OrrUsual){ link->latency, link->delay };
}

static OrrTime
arrival_of (const Message *message, const Link *link)
{
  return orr_time_add (message->depart,
                       orr_decide (message->decided, message->pin, usual_of (link), message->draw));
}

/* That of its second copy, which a pin of the first is about too if it says nothing of the second. */
static OrrTime
second_arrival_of (const Message *message, const Link *link)
{
  const OrrPin *pin = message->pin;
  OrrTime latency = pin && pin->duplicate != ORR_TIME_UNSET ? pin->duplicate
                    : pin && pin->latency != ORR_TIME_UNSET
                        ? pin->latency
                        : orr_decide (NULL, NULL, usual_of (link), orr_draw_fold (message->draw, DRAW_TWIN));
  if (message->decided)
    message->decided->duplicate = latency;
  return orr_time_add (message->depart, latency);
}

OrrTime
orr_network_in_order (OrrSimulation *simulation, OrrAddress from, OrrAddress to, OrrTime arrival)
{
  if (!simulation->network->keeps_order)
    return arrival;
  Lane *lane
      = lane_between (simulation->network, simulation->actors[from].machine, simulation->actors[to].machine);
  return lane->last = MAX (arrival, lane->last);
}

static OrrTime
in_order (OrrSimulation *simulation, const Message *message, OrrTime arrival)
{
  return orr_network_in_order (simulation, message->from->address, message->to->address, arrival);
}

/* Two copies under way that share one body. */
static void
send_twins (OrrSimulation *simulation, const Message *message, const Link *link, OrrTime arrival)
{
  guint32 row = orr_record_message (simulation, message->from->address, message->to->address, message->type,
                                    message->body, TRUE);
  guint32 slot = store_body (simulation, message->type, message->body, ORR_BODY_HEADER);
  if (slot != ORR_NO_SLOT)
    *(guint32 *) orr_slab_get (simulation->slab, slot) = 2;
  orr_push (simulation, arrival, ORR_DO_TWIN, message->to->address, message->from->address, message->type,
            slot, message->row);
  OrrTime second = second_arrival_of (message, link);
  orr_push (simulation, in_order (simulation, message, second), ORR_DO_TWIN, message->to->address,
            message->from->address, message->type, slot, row);
  simulation->trace->counts.duplicated++;
}

static void
send_datagram (OrrSimulation *simulation, const Message *message, const Link *link)
{
  OrrFate fate = message->pin && message->pin->drop
                     ? ORR_FATE_PINNED
                     : orr_network_damage (simulation, &link->damage, message->draw);
  if (fate != ORR_FATE_UNDER_WAY)
    {
      if (message->decided)
        message->decided->drop = link->damage.loss != G_MAXUINT64;
      simulation->trace->counts.lost += fate == ORR_FATE_LOST;
      orr_record_fate (simulation, message->row, fate);
      return;
    }
  OrrTime arrival = in_order (simulation, message, arrival_of (message, link));
  if ((message->pin && message->pin->duplicate != ORR_TIME_UNSET)
      || orr_chance (orr_draw_fold (message->draw, DRAW_DUPLICATE), link->duplicate))
    send_twins (simulation, message, link, arrival);
  else
    orr_push (simulation, arrival, ORR_DO_DATAGRAM, message->to->address, message->from->address,
              message->type, store_body (simulation, message->type, message->body, 0), message->row);
}

/* A pin that says how long it takes says that it arrives; of a stream's that is lost it says when it should
 * have. */
static void
send_far (OrrSimulation *simulation, Message *message, gint64 bytes)
{
  Link link = link_between (simulation, message->from, message->to);
  message->depart = transmit (simulation, message->from, message->to, bytes, link.bandwidth);
  gboolean loses_all = link.damage.loss == G_MAXUINT64;
  if (message->pin && message->pin->latency != ORR_TIME_UNSET)
    link.damage = (OrrDamage){ 0 };
  if (!simulation->messages[message->type].is_stream)
    {
      send_datagram (simulation, message, &link);
      return;
    }
  if (message->pin && message->pin->drop)
    link.damage.loss = G_MAXUINT64;
  orr_streams_send (simulation, message->from, message->to->address, message->type, message->body, bytes,
                    arrival_of (message, &link), &link.damage, message->draw, message->row,
                    loses_all ? NULL : message->decided);
}

/* Notes what is being decided about a message, of which nothing is known yet. */
static OrrDecided *
note_message (OrrSimulation *simulation, const OrrNode *from, OrrAddress to, guint type, gconstpointer body)
{
  OrrDecided *decided = orr_decided_add (simulation, ORR_PIN_MESSAGE, from->address, to, type);
  if (decided && body)
    decided->body
        = orr_record_keep (simulation->options.choices->arena, &simulation->model->messages[type], body);
  return decided;
}

/* A pin that drops a message drops what is sent; a stream sends it again. */
static G_GNUC_NO_INLINE void
send_slowly (OrrNode *node, OrrAddress to, guint type, gconstpointer body, gint64 bytes, OrrDraw draw)
{
  OrrSimulation *simulation = node->simulation;
  Message message
      = { node,
          &simulation->actors[to],
          type,
          body,
          simulation->now,
          draw,
          orr_record_message (simulation, node->address, to, type, body, FALSE),
          simulation->pinned ? orr_pins_find_message (simulation, node->address, to, type, body) : NULL,
          note_message (simulation, node, to, type, body) };
  if (message.to->machine != node->machine)
    send_far (simulation, &message, bytes);
  else if (message.pin && message.pin->drop)
    {
      if (message.decided)
        message.decided->drop = TRUE;
      orr_record_fate (simulation, message.row, ORR_FATE_PINNED);
    }
  else
    orr_push (
        simulation,
        orr_time_add (simulation->now, orr_decide (message.decided, message.pin, (OrrUsual){ 0 }, draw)),
        ORR_DO_DATAGRAM, to, node->address, type, store_body (simulation, type, body, 0), message.row);
  if (simulation->watched)
    orr_triggers_message (simulation, ORR_WHEN_SEND, node, to, type, body);
}

/* What is wrong with a message, for the model's author. */
static G_GNUC_NO_INLINE void
check_message_slowly (const OrrNode *node, OrrAddress to, guint type, gconstpointer body)
{
  const OrrSimulation *simulation = node->simulation;
  orr_model_assert (node, type < simulation->n_messages, "a message is of the model's table", "message %u",
                    type);
  orr_model_assert (node, to < simulation->n_actors, "a message goes to an actor of the run",
                    "'%s' to address %u", simulation->model->messages[type].name, to);
  orr_model_assert (node, body || simulation->messages[type].size == 0, "a message with a record has a body",
                    "'%s'", simulation->model->messages[type].name);
}

static inline void
check_message (const OrrNode *node, OrrAddress to, guint type, gconstpointer body)
{
  const OrrSimulation *simulation = node->simulation;
  if (G_UNLIKELY (type >= simulation->n_messages) || G_UNLIKELY (to >= simulation->n_actors)
      || G_UNLIKELY (!body))
    check_message_slowly (node, to, type, body);
}

/* Where no message arrives before some time has passed, its latency need not be known at once. Drawing one is
 * a chain of steps of which each waits for the one before; the chains of several messages are worked on side
 * by side. What comes out is the same: draws are named, and the order of events is a value. */
static inline void
gather (OrrSimulation *simulation, const OrrEvent *event, OrrDraw draw)
{
  OrrGathered *gathered = &simulation->gathered;
  if (gathered->n == 0)
    gathered->due = simulation->now + simulation->network->least;
  orr_event_store (&gathered->events[gathered->n], event);
  gathered->draws[gathered->n] = draw;
  if (++gathered->n == ORR_GATHERED_MAX)
    orr_network_settle (simulation);
}

/* The short way of a stream's message: its link is as usual, and nobody writes it down. */
static void
send_on_stream (OrrNode *node, OrrAddress to, guint type, gconstpointer body, OrrDraw draw)
{
  OrrSimulation *simulation = node->simulation;
  const Link *link = &simulation->network->usual;
  OrrTime latency = orr_distribution_sample_inline (link->latency, draw);
  orr_streams_send (simulation, node, to, type, body,
                    (gint64) simulation->messages[type].size + ORR_HEADER_BYTES,
                    orr_time_add (simulation->now, latency), &link->damage, draw, ORR_NO_MESSAGE, NULL);
}

void
orr_network_settle (OrrSimulation *simulation)
{
  OrrGathered *gathered = &simulation->gathered;
  const OrrDistribution *latency = simulation->network->usual.latency;
  for (guint i = 0; i < gathered->n; i++)
    gathered->events[i].time += orr_distribution_sample_inline (latency, gathered->draws[i]);
  for (guint i = 0; i < gathered->n; i++)
    orr_event_queue_push (simulation->queue, &gathered->events[i]);
  gathered->n = 0;
}

void
orr_send (OrrNode *node, OrrAddress to, guint type, gconstpointer body)
{
  OrrSimulation *simulation = node->simulation;
  const OrrMessageInfo *info = &simulation->messages[type];
  orr_model_effect (node);
  check_message (node, to, type, body);

  simulation->trace->counts.sent++;
  OrrDraw draw = draw_message (node, to, type);
  gboolean is_special
      = (simulation->rare & ~(ORR_RARE_CUT | ORR_RARE_DUE)) | node->crowded | (to == node->address);
  if (G_UNLIKELY (is_special | info->is_long))
    {
      if (info->is_stream && !is_special)
        send_on_stream (node, to, type, body, draw);
      else
        send_slowly (node, to, type, body, (gint64) info->size + ORR_HEADER_BYTES, draw);
      return;
    }
  const Link *link = &simulation->network->usual;
  if (G_UNLIKELY (draw < link->damage.loss))
    {
      simulation->trace->counts.lost++;
      return;
    }
  /* No run comes near the end of time, so that the sum does not overflow. */
  OrrEvent event
      = { simulation->now, simulation->sequence++, to, node->address, ORR_DO_DATAGRAM, type, ORR_NO_SLOT };
  if (G_LIKELY (info->size > 0))
    {
      event.slot = orr_slab_take (simulation->slab, info->slab_class, info->size);
      copy_body (orr_slab_get (simulation->slab, event.slot), body, info->size);
    }
  simulation->foreground += info->is_foreground;
  if (simulation->network->least > 0 && orr_event_queue_length (simulation->queue) >= ORR_GATHER_FROM)
    {
      gather (simulation, &event, draw);
      return;
    }
  event.time += orr_distribution_sample_inline (link->latency, draw);
  orr_event_queue_push (simulation->queue, &event);
}

void
orr_send_sized (OrrNode *node, OrrAddress to, guint type, gconstpointer body, gint64 bytes)
{
  orr_model_effect (node);
  check_message (node, to, type, body);
  orr_model_assert (node, bytes >= 0, "a message has no negative size", "'%s' of %" G_GINT64_FORMAT " bytes",
                    node->simulation->model->messages[type].name, bytes);
  node->simulation->trace->counts.sent++;
  send_slowly (node, to, type, body, bytes, draw_message (node, to, type));
}

OrrFate
orr_network_damage (OrrSimulation *simulation, const OrrDamage *damage, OrrDraw draw)
{
  if (orr_chance (draw, damage->loss))
    return ORR_FATE_LOST;
  if (damage->corrupt == 0 || !orr_chance (orr_draw_fold (draw, DRAW_CORRUPT), damage->corrupt))
    return ORR_FATE_UNDER_WAY;
  simulation->trace->counts.corrupted++;
  if (damage->corrupted)
    ++*damage->corrupted;
  return ORR_FATE_CORRUPTED;
}

OrrUsual
orr_network_usual (OrrSimulation *simulation, OrrNode *from, OrrAddress to)
{
  const OrrNode *other = &simulation->actors[to];
  if (other->machine == from->machine)
    return (OrrUsual){ NULL, 0 };
  Link link = link_between (simulation, from, other);
  return usual_of (&link);
}

OrrPassage
orr_network_pass (OrrSimulation *simulation, OrrNode *from, OrrNode *to, gint64 bytes)
{
  if (from->machine == to->machine)
    return (OrrPassage){ .depart = simulation->now };
  Link link = link_between (simulation, from, to);
  return (OrrPassage){ .depart = transmit (simulation, from, to, bytes, link.bandwidth),
                       .usual = usual_of (&link),
                       .damage = link.damage };
}

void
orr_network_init (OrrSimulation *simulation)
{
  const OrrNetworkSettings *settings = &simulation->scenario->network;
  OrrNetwork *network = simulation->network = g_new0 (OrrNetwork, 1);
  OrrLinkSettings said = { .latency = settings->latency,
                           .loss = settings->loss,
                           .duplicate = settings->duplicate,
                           .corrupt = settings->corrupt,
                           .bandwidth = settings->bandwidth };
  apply (&network->usual, &said);
  network->least
      = network->usual.latency->kind == ORR_SAMPLE_EXPONENTIAL ? network->usual.latency->offset : 0;
  network->keeps_order = !settings->reorder;
  network->place_of = g_new0 (guint16, simulation->n_machines + 1);
  network->overrides = g_ptr_array_new_with_free_func (g_free);
  network->cuts = g_ptr_array_new_with_free_func (g_free);
  network->delays = orr_delays_new ();
  network->lanes = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  make_links (simulation, settings);
}

void
orr_network_clear (OrrSimulation *simulation)
{
  OrrNetwork *network = simulation->network;
  g_ptr_array_unref (network->overrides);
  g_ptr_array_unref (network->cuts);
  g_ptr_array_unref (network->delays);
  g_hash_table_unref (network->lanes);
  g_free (network->links);
  g_free (network->place_of);
  g_free (network);
}
