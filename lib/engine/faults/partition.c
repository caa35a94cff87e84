/* partition.c: a network that falls apart.
 *
 * Switches fail, cables are cut, firewalls are mistaught. Nodes go on working on either side and can't tell a
 * peer that is cut off from one that is dead: that is what makes replication hard. A cut takes effect on
 * arrival, so that what was under way is cut off too. Partitions may overlap: a message gets through when
 * none of them cuts its way. */
#include "engine/engine-private.h"

typedef enum
{
  SHAPE_UNSET = -1,
  SHAPE_MAJORITY,
  SHAPE_MINORITY,
  SHAPE_ISOLATE,
  SHAPE_RING,
  SHAPE_BRIDGE,
} Shape;

typedef struct
{
  OrrArray nodes; /* const char * */
} NodeSet;

typedef struct
{
  OrrArray sets; /* NodeSet */
  const char *from, *to;
  const char *isolate;
  gint32 shape; /* Shape */
} PartitionSettings;

/* Who can't reach whom: those who are in sets, but in none together; or, one way, whoever sends from here to
 * there; or those whose places in a ring are far apart. */
typedef struct
{
  gpointer handle; /* the network's */
  gboolean one_way;
  guint from, to; /* indices of machines; ANY */
  guint n_ring;   /* how many stand in the ring; 0: there is none */
  guint n_words;  /* of each machine's row of bits, one a set; in a ring: its place + 1 */
  guint64 rows[];
} Partition;

#define ANY G_MAXUINT

static const OrrChoice shapes[] = {
  { "majority", "as many servers as a majority needs, and no more, stay together and are cut off from the "
                "other servers" },
  { "minority", "some servers, fewer than half, are cut off from the other servers" },
  { "isolate", "one node is cut off from all others, clients included" },
  { "ring", "every server reaches a majority of the servers, and no two reach the same" },
  { "bridge", "two halves of the servers are cut off from each other; one server reaches both" },
  { 0 },
};

static const OrrField set_fields[] = {
  ORR_FIELD (NodeSet, nodes, LIST, .element = &orr_type_NODE, .element_size = sizeof (const char *),
             .required = TRUE, .doc = "nodes that stay together"),
  { 0 },
};

static const OrrField fields[] = {
  ORR_FIELD (PartitionSettings, sets, LIST, .fields = set_fields, .element_size = sizeof (NodeSet),
             .shorthand = "nodes",
             .doc = "nodes that reach each other only within a set; those in none keep all their links, "
                    "those in several reach all of these"),
  ORR_FIELD (PartitionSettings, from, NODE,
             .doc = "one way: messages from here, to `to` or to all others, are cut off"),
  ORR_FIELD (PartitionSettings, to, NODE,
             .doc = "one way: messages to here, from `from` or from all others, are cut off"),
  ORR_FIELD (
      PartitionSettings, isolate, NODE,
      .doc
      = "this node is cut off from all others; with a shape, it is on the side that the shape speaks of, "
        "the bridge, or the first in the ring"),
  ORR_FIELD (PartitionSettings, shape, CHOICE, .choices = shapes, .doc = "who is cut off from whom, drawn"),
  { 0 },
};

/* Servers stand in a ring, 0 to n - 1. Each reaches as many neighbours on either side, itself included, as
 * make an odd number up to a majority; where that leaves one missing, it is the one across. So each reaches
 * exactly a majority, but that the last across has two where n and the majority are odd and even (n = 3, 7,
 * 11 …). */
static gboolean
is_cut_in_ring (guint n, guint from, guint to)
{
  guint majority = n / 2 + 1, apart = from > to ? from - to : to - from;
  gboolean near = MIN (apart, n - apart) <= (majority - 1) / 2;
  gboolean across = majority % 2 == 0 && apart == n / 2;
  return !near && !across;
}

static gboolean
is_cut (gconstpointer data, guint from, guint to)
{
  const Partition *partition = data;
  if (partition->one_way)
    return from != to && (partition->from == ANY || partition->from == from)
           && (partition->to == ANY || partition->to == to);
  if (partition->n_ring > 0)
    {
      guint64 a = partition->rows[from], b = partition->rows[to];
      return a > 0 && b > 0 && is_cut_in_ring (partition->n_ring, (guint) a - 1, (guint) b - 1);
    }
  guint64 in_from = 0, in_to = 0;
  for (guint i = 0; i < partition->n_words; i++)
    {
      guint64 a = partition->rows[(gsize) from * partition->n_words + i],
              b = partition->rows[(gsize) to * partition->n_words + i];
      if (a & b)
        return FALSE;
      in_from |= a;
      in_to |= b;
    }
  return in_from != 0 && in_to != 0;
}

static Partition *
partition_new (const OrrSimulation *simulation, guint n_sets)
{
  guint n_words = (n_sets + 63) / 64;
  Partition *partition
      = g_malloc0 (sizeof (Partition) + (gsize) simulation->n_machines * n_words * sizeof (guint64));
  partition->n_words = n_words;
  return partition;
}

static void
put_into_set (Partition *partition, guint machine, guint set)
{
  partition->rows[(gsize) machine * partition->n_words + set / 64] |= G_GUINT64_CONSTANT (1) << set % 64;
}

static guint
index_of (OrrSimulation *simulation, const char *node)
{
  const OrrMachine *machine = node ? orr_machine_find (simulation, node) : NULL;
  return machine ? machine->index : ANY;
}

/* --- The forms that it is given in --- */

static Partition *
by_sets (OrrSimulation *simulation, const OrrArray *sets)
{
  Partition *partition = partition_new (simulation, sets->length);
  for (guint i = 0; i < sets->length; i++)
    {
      const NodeSet *set = (const NodeSet *) sets->data + i;
      for (guint j = 0; j < set->nodes.length; j++)
        put_into_set (partition, index_of (simulation, ((const char *const *) set->nodes.data)[j]), i);
    }
  return partition;
}

static Partition *
one_way (OrrSimulation *simulation, const PartitionSettings *settings)
{
  Partition *partition = partition_new (simulation, 0);
  partition->one_way = TRUE;
  partition->from = index_of (simulation, settings->from);
  partition->to = index_of (simulation, settings->to);
  return partition;
}

static Partition *
around_one (const OrrSimulation *simulation, guint machine)
{
  Partition *partition = partition_new (simulation, 2);
  for (guint i = 0; i < simulation->n_machines; i++)
    put_into_set (partition, i, i == machine ? 0 : 1);
  return partition;
}

/* The servers in an order that is drawn (Fisher & Yates), the one that is named, if it is a server, first. */
static GArray *
shuffled_servers (OrrSimulation *simulation, const char *first, OrrDraw draw)
{
  GArray *servers = g_array_new (FALSE, FALSE, sizeof (guint));
  guint head = index_of (simulation, first);
  for (guint i = 0; i < simulation->n_machines; i++)
    if (orr_machine_is_server (&simulation->machines[i]))
      g_array_append_val (servers, i);
  guint *order = (guint *) (gpointer) servers->data;
  for (guint i = servers->len; i > 1; i--)
    {
      guint j = (guint) orr_draw_below (orr_draw_fold (draw, i), i);
      guint other = order[j];
      order[j] = order[i - 1];
      order[i - 1] = other;
    }
  for (guint i = 0; i < servers->len; i++)
    if (order[i] == head)
      {
        order[i] = order[0];
        order[0] = head;
      }
  return servers;
}

static Partition *
between_servers (OrrSimulation *simulation, Shape shape, const GArray *servers, OrrDraw draw)
{
  Partition *partition = partition_new (simulation, 2);
  guint n_first = servers->len / 2 + 1;
  if (shape == SHAPE_MINORITY)
    n_first = 1 + (guint) orr_draw_below (draw, MAX ((servers->len - 1) / 2, 1));
  for (guint i = 0; i < servers->len; i++)
    put_into_set (partition, g_array_index (servers, guint, i), i < n_first ? 0 : 1);
  return partition;
}

static Partition *
around_ring (const OrrSimulation *simulation, const GArray *servers)
{
  Partition *partition = partition_new (simulation, 1);
  partition->n_ring = servers->len;
  for (guint i = 0; i < servers->len; i++)
    partition->rows[g_array_index (servers, guint, i)] = i + 1;
  return partition;
}

/* The first is the bridge. */
static Partition *
over_bridge (const OrrSimulation *simulation, const GArray *servers)
{
  Partition *partition = partition_new (simulation, 2);
  for (guint i = 0; i < servers->len; i++)
    for (guint side = 0; side < 2; side++)
      if (i == 0 || side == (i <= servers->len / 2 ? 0 : 1))
        put_into_set (partition, g_array_index (servers, guint, i), side);
  return partition;
}

/* What is drawn; NULL where there are too few servers to cut any off. */
static Partition *
by_shape (OrrSimulation *simulation, const PartitionSettings *settings, OrrDraw draw)
{
  g_autoptr (GArray) servers = shuffled_servers (simulation, settings->isolate, orr_draw_fold (draw, 3));
  if (settings->shape == SHAPE_ISOLATE)
    return servers->len > 0 ? around_one (simulation, g_array_index (servers, guint, 0)) : NULL;
  /* Half of two is no minority, and there is nobody to be a bridge between two. */
  if (servers->len < (settings->shape == SHAPE_MAJORITY ? 2 : 3))
    return NULL;
  if (settings->shape == SHAPE_RING)
    return around_ring (simulation, servers);
  if (settings->shape == SHAPE_BRIDGE)
    return over_bridge (simulation, servers);
  return between_servers (simulation, (Shape) settings->shape, servers, orr_draw_fold (draw, 4));
}

/* --- What was drawn, as sets --- */

typedef struct
{
  OrrArena *arena;
  GArray *sets; /* NodeSet */
} Sets;

static void
add_set (OrrSimulation *simulation, const Sets *sets, const guint *machines, guint n)
{
  const char **names = orr_arena_alloc (sets->arena, MAX (n, 1) * sizeof *names);
  for (guint i = 0; i < n; i++)
    names[i] = simulation->machines[machines[i]].name;
  NodeSet set = { { names, n } };
  g_array_append_val (sets->sets, set);
}

/* Two that reach each other are a set. */
static void
add_pairs (OrrSimulation *simulation, const Sets *sets, const Partition *ring)
{
  for (guint a = 0; a < simulation->n_machines; a++)
    for (guint b = a + 1; ring->rows[a] > 0 && b < simulation->n_machines; b++)
      if (ring->rows[b] > 0 && !is_cut (ring, a, b))
        add_set (simulation, sets, (const guint[]){ a, b }, 2);
}

static void
add_sides (OrrSimulation *simulation, const Sets *sets, const Partition *partition)
{
  g_autofree guint *side = g_new (guint, simulation->n_machines);
  for (guint set = 0; set < 2; set++)
    {
      guint n = 0;
      for (guint i = 0; i < simulation->n_machines; i++)
        if (partition->rows[i] >> set & 1)
          side[n++] = i;
      add_set (simulation, sets, side, n);
    }
}

/* A shape stands for sets; that of one node, for the node. */
static void
spell_out (OrrSimulation *simulation, OrrActiveFault *fault, const Partition *partition)
{
  PartitionSettings *spelled = fault->spelled;
  gboolean isolates = spelled->shape == SHAPE_ISOLATE;
  g_autoptr (GArray) array = g_array_new (FALSE, FALSE, sizeof (NodeSet));
  const Sets sets = { fault->arena, array };
  if (spelled->shape == SHAPE_UNSET)
    return;
  if (partition->n_ring > 0)
    add_pairs (simulation, &sets, partition);
  else
    add_sides (simulation, &sets, partition);
  spelled->shape = SHAPE_UNSET;
  spelled->isolate = NULL;
  if (isolates)
    spelled->isolate = ((const char *const *) g_array_index (array, NodeSet, 0).nodes.data)[0];
  else
    spelled->sets
        = (OrrArray){ orr_arena_copy (fault->arena, array->data, array->len * sizeof (NodeSet)), array->len };
}

/* --- The fault --- */

static gboolean
partition_begin (OrrSimulation *simulation, OrrActiveFault *fault)
{
  const PartitionSettings *settings = fault->settings;
  Partition *partition = NULL;
  if (settings->sets.length > 0)
    partition = by_sets (simulation, &settings->sets);
  else if (settings->from || settings->to)
    partition = one_way (simulation, settings);
  else if (settings->isolate && (settings->shape == SHAPE_UNSET || settings->shape == SHAPE_ISOLATE))
    partition = around_one (simulation, index_of (simulation, settings->isolate));
  else if (settings->shape != SHAPE_UNSET)
    partition = by_shape (simulation, settings, fault->draw);
  if (!partition)
    return FALSE;
  partition->handle = orr_network_cut (simulation, is_cut, partition, fault->effects);
  fault->state = partition;
  if (fault->spelled)
    spell_out (simulation, fault, partition);
  return TRUE;
}

static void
partition_end (OrrSimulation *simulation, OrrActiveFault *fault)
{
  g_autofree Partition *partition = g_steal_pointer (&fault->state);
  orr_network_uncut (simulation, partition->handle);
}

static void
describe_sets (const OrrArray *sets, GString *text)
{
  for (guint i = 0; i < sets->length; i++)
    {
      const NodeSet *set = (const NodeSet *) sets->data + i;
      g_string_append (text, i == 0 ? " [" : " | ");
      for (guint j = 0; j < set->nodes.length; j++)
        g_string_append_printf (text, "%s%s", j == 0 ? "" : " ", ((const char *const *) set->nodes.data)[j]);
    }
  g_string_append_c (text, ']');
}

static void
partition_describe (gconstpointer data, GString *text)
{
  const PartitionSettings *settings = data;
  g_string_append (text, "partition");
  if (settings->sets.length > 0)
    describe_sets (&settings->sets, text);
  else if (settings->from || settings->to)
    g_string_append_printf (text, " from %s to %s", settings->from ? settings->from : "all",
                            settings->to ? settings->to : "all");
  else if (settings->shape != SHAPE_UNSET && settings->shape != SHAPE_ISOLATE)
    g_string_append_printf (text, " %s%s%s", shapes[settings->shape].name, settings->isolate ? " with " : "",
                            settings->isolate ? settings->isolate : "");
  else
    g_string_append_printf (text, " isolate %s", settings->isolate ? settings->isolate : "a server");
}

/* One form of the three, and a cut that cuts. */
static void
partition_validate (gconstpointer data, OrrProblems *problems)
{
  const PartitionSettings *settings = data;
  gboolean sets = settings->sets.data != NULL, one_way = settings->from || settings->to,
           drawn = settings->isolate || settings->shape != SHAPE_UNSET;
  if (sets + one_way + drawn == 0)
    orr_problems_add_at (
        problems, "",
        "write [[a], [b, c]], {isolate: a}, {from: a, to: b}, majority, minority, ring or bridge",
        "a partition that cuts nobody off");
  else if (sets + one_way + drawn > 1)
    orr_problems_add_at (problems, "", "write a line for each", "a partition in two forms at once");
  else if (sets && settings->sets.length < 2)
    orr_problems_add_at (problems, "sets", "name two sets or more: [[a], [b, c]]",
                         "one set alone cuts nobody off");
}

const OrrFault orr_fault_partition = {
  .entry
  = { .name = "partition",
      .summary = "Cuts nodes off from each other",
      .doc
      = "By sets: `[[a], [b, c]]`, where nodes that are not named keep all their links. One way: "
        "`{from: a, to: b}`. One node: `{isolate: a}`. "
        "Or drawn: `majority` leaves as many servers together as a majority needs, and cuts them "
        "off from the other servers; "
        "`minority` cuts some servers, fewer than half, off from the others; clients reach both "
        "sides. `isolate` cuts one server off "
        "from everybody.\n\n"
        "`ring` puts the n servers in a ring, in an order that is drawn. With m = n / 2 + 1, rounded "
        "down, being a majority, each reaches (m - 1) / 2, rounded down, on either side of it; where m is "
        "even, "
        "the servers at places i and i + n / 2, rounded down, reach each other too. So every server "
        "reaches itself and m - 1 others, one of them m where n is 3, 7, 11 …; and no two reach the same. "
        "`bridge` splits the servers into n / 2, rounded down, one, and the rest: the one reaches all, the "
        "others "
        "only their side and it. Both need three servers; clients reach all. They are the "
        "majorities-ring and the bridge of Jepsen's nemeses.\n\n"
        "A datagram that arrives where it is cut off is dropped; a stream's message is sent "
        "again later. Its effects are the arrivals that "
        "it cut off.",
      .size = sizeof (PartitionSettings),
      .fields = fields,
      .scalar = "shape",
      .list = "sets",
      .validate = partition_validate },
  .target = "isolate",
  .begin = partition_begin,
  .end = partition_end,
  .describe = partition_describe,
};
