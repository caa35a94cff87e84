/* session-order.c: what a session may rely on, from the clients' view alone.
 *
 * Without versions nobody knows the order of a key's writes; but reads tell something of it. Each pair of
 * steps that a guarantee speaks of says "this write is not behind that one". The guarantee holds if some
 * order of each key's writes obeys all of that, which is so exactly when no two different writes each have to
 * stand before the other. So the writes and their "not behind" make a graph, and a strongly connected part of
 * it (Tarjan 1972) with two writes in it is a violation.
 *
 * A session's earlier steps all come before its later ones. To write that down with few edges, a session has
 * a chain of waypoints for each key: a first step leads to its waypoint, each waypoint to the next, the
 * latest to the second step.
 *
 * It must be plain which write a read saw: each value is written to a key at most once (Gibbons & Korach
 * 1997), or appended to its list. Keys where that is not so are left out, and the verdict is then `unknown`
 * unless the others show a violation. Reads of values that nobody wrote say nothing here. */
#include "check/check-private.h"

#define NO_NODE G_MAXUINT
#define NOBODY  G_MAXUINT

/* How many writes of a violation are tried as the start of its shortest cycle, and how large a witness is
 * still made minimal: what is larger nobody reads. */
#define STARTS_MAX  16
#define WITNESS_MAX 2000

/* How many operations a sentence tells. */
#define TOLD_MAX 20

typedef struct
{
  guint to;
  guint operation; /* the one that says so; NOBODY: it goes without saying */
  guint next;      /* edge from the same node */
} Edge;

typedef struct
{
  guint first_edge;
  gboolean is_write; /* or the initial value; else a waypoint */
  guint writer;      /* operation; NOBODY: the initial value */
} Node;

typedef struct
{
  OrrKey key;
  gboolean unclear; /* who read what can't be told */
  gboolean replaces, appends;
  guint initial; /* node of its initial value */
  OrrValue initial_value;
} Key;

typedef struct
{
  OrrKey key;
  OrrValue value;
  guint node;
} Write;

typedef struct
{
  guint64 session;
  OrrKey key;
  guint waypoint;
} Chain;

typedef struct
{
  const OrrHistory *history;
  const OrrSessionRule *rule;
  GHashTable *whole;     /* the keys of the graph that this one is a part of; NULL: it is no part */
  GArray *nodes, *edges; /* Node, Edge */
  GHashTable *keys, *writes, *chains, *lists; /* Key, Write, Chain; list → node of its last write, + 1 */
  guint64 n_checked, n_unclear;
  guint *component; /* by node */
} Graph;

/* --- Tables, looked up only --- */

/* All three entries start with two words that name them. */
static guint
pair_hash (gconstpointer data)
{
  const guint64 *words = data;
  return (guint) ((words[0] * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) + words[1])
                      * G_GUINT64_CONSTANT (0xd1342543de82ef95)
                  >> 32);
}

static gboolean
pair_equal (gconstpointer a, gconstpointer b)
{
  const guint64 *left = a, *right = b;
  return left[0] == right[0] && left[1] == right[1];
}

G_STATIC_ASSERT (G_STRUCT_OFFSET (Write, value) == 8 && G_STRUCT_OFFSET (Chain, key) == 8);

static guint
add_node (Graph *graph, gboolean is_write, guint writer)
{
  Node node = { .first_edge = NO_NODE, .is_write = is_write, .writer = writer };
  g_array_append_val (graph->nodes, node);
  return graph->nodes->len - 1;
}

static void
add_edge (Graph *graph, guint from, guint to, guint operation)
{
  Node *node = &g_array_index (graph->nodes, Node, from);
  Edge edge = { .to = to, .operation = operation, .next = node->first_edge };
  if (from == to)
    return;
  node->first_edge = graph->edges->len;
  g_array_append_val (graph->edges, edge);
}

static Key *
get_key (Graph *graph, OrrKey key)
{
  Key *found = g_hash_table_lookup (graph->keys, &key);
  if (found)
    return found;
  const OrrHistory *history = graph->history;
  found = g_new0 (Key, 1);
  found->key = key;
  found->initial = add_node (graph, TRUE, NOBODY);
  const Key *whole = graph->whole ? g_hash_table_lookup (graph->whole, &key) : NULL;
  found->unclear = whole && whole->unclear;
  found->initial_value = orr_history_initial (history, key);
  g_hash_table_add (graph->keys, found);
  return found;
}

/* --- Writes --- */

static void
add_write (Graph *graph, const OrrStep *step, guint operation)
{
  Key *key = get_key (graph, step->key);
  Write write = { step->key, step->value, NO_NODE };
  if (step->kind == ORR_APPEND)
    key->appends = TRUE;
  else if (step->kind == ORR_WRITE || step->kind == ORR_CAS)
    key->replaces = TRUE;
  else
    key->unclear = TRUE;
  if (g_hash_table_contains (graph->writes, &write)
      || (key->replaces && (key->appends || step->value == key->initial_value)))
    key->unclear = TRUE;
  if (key->unclear)
    return;
  write.node = add_node (graph, TRUE, operation);
  add_edge (graph, key->initial, write.node, NOBODY);
  g_hash_table_add (graph->writes, g_memdup2 (&write, sizeof write));
}

static void
add_writes (Graph *graph, const guint *operations, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      const OrrHistoryOperation *operation = orr_history_operation (graph->history, operations[i]);
      for (guint j = 0; operation->outcome != ORR_FAIL && j < operation->n_steps; j++)
        if (orr_step_infos[operation->steps[j].kind].writes && operation->steps[j].key != ORR_NIL)
          add_write (graph, &operation->steps[j], operations[i]);
    }
}

static guint
find_write (const Graph *graph, OrrKey key, OrrValue value)
{
  Write wanted = { key, value, NO_NODE };
  const Write *write = g_hash_table_lookup (graph->writes, &wanted);
  return write ? write->node : NO_NODE;
}

/* --- Reads --- */

/* The last write in a list, and the order of those before it, which the read `operation` tells. A list that
 * was walked before is known. */
static guint
find_last_of_list (Graph *graph, const Key *key, OrrValue list, guint operation)
{
  const OrrTerms *terms = graph->history->terms;
  g_autoptr (GArray) path = g_array_new (FALSE, FALSE, sizeof (OrrValue));
  guint last = key->initial;
  for (; orr_terms_get_length (terms, list) > 0; list = orr_terms_get_prefix (terms, list))
    {
      Write wanted = { key->key, list, NO_NODE };
      const Write *known = g_hash_table_lookup (graph->lists, &wanted);
      if (known)
        {
          last = known->node;
          break;
        }
      g_array_append_val (path, list);
    }
  for (guint i = path->len; i > 0; i--)
    {
      OrrValue prefix = g_array_index (path, OrrValue, i - 1);
      guint node = find_write (graph, key->key, orr_terms_get_last (terms, prefix));
      if (node != NO_NODE)
        {
          add_edge (graph, last, node, operation);
          last = node;
        }
      Write known = { key->key, prefix, last };
      g_hash_table_add (graph->lists, g_memdup2 (&known, sizeof known));
    }
  return last;
}

/* Which write a read returned; NO_NODE: nobody's. */
static guint
find_read (Graph *graph, const Key *key, OrrValue value, guint operation)
{
  if (value == key->initial_value)
    return key->initial;
  if (key->appends && orr_terms_is_list (graph->history->terms, value))
    return find_last_of_list (graph, key, value, operation);
  return key->appends ? NO_NODE : find_write (graph, key->key, value);
}

/* --- Pairs --- */

static guint
step_node (Graph *graph, const Key *key, guint operation, guint step)
{
  const OrrHistoryOperation *row = orr_history_operation (graph->history, operation);
  if (row->steps[step].kind == ORR_READ)
    return find_read (graph, key, row->values[step], operation);
  return find_write (graph, key->key, row->steps[step].value);
}

static Chain *
get_chain (Graph *graph, guint32 session, OrrKey key)
{
  Chain wanted = { session, key, NO_NODE };
  Chain *chain = g_hash_table_lookup (graph->chains, &wanted);
  if (!chain)
    {
      chain = g_memdup2 (&wanted, sizeof wanted);
      g_hash_table_add (graph->chains, chain);
    }
  return chain;
}

/* A read of a list tells an order, whatever its session did before. */
static void
add_list (Graph *graph, guint operation, guint step)
{
  const OrrHistoryOperation *row = orr_history_operation (graph->history, operation);
  if (!orr_session_step_counts (row, step, FALSE))
    return;
  const Key *key = get_key (graph, row->steps[step].key);
  if (key->appends && !key->unclear)
    find_read (graph, key, row->values[step], operation);
}

static void
add_step (Graph *graph, guint operation, guint step)
{
  const OrrHistoryOperation *row = orr_history_operation (graph->history, operation);
  gboolean first = orr_session_step_counts (row, step, graph->rule->first_writes);
  gboolean second = orr_session_step_counts (row, step, graph->rule->second_writes);
  if (!first && !second)
    return;
  const Key *key = get_key (graph, row->steps[step].key);
  guint node = key->unclear ? NO_NODE : step_node (graph, key, operation, step);
  graph->n_unclear += key->unclear;
  if (node == NO_NODE)
    return;
  Chain *chain = get_chain (graph, row->session, key->key);
  if (second && chain->waypoint != NO_NODE)
    {
      graph->n_checked++;
      add_edge (graph, chain->waypoint, node, operation);
    }
  if (!first)
    return;
  guint waypoint = add_node (graph, FALSE, NOBODY);
  if (chain->waypoint != NO_NODE)
    add_edge (graph, chain->waypoint, waypoint, NOBODY);
  add_edge (graph, node, waypoint, operation);
  chain->waypoint = waypoint;
}

static void
for_each_step (Graph *graph, void (*add) (Graph *graph, guint operation, guint step), const guint *operations,
               guint n)
{
  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < orr_history_operation (graph->history, operations[i])->n_steps; j++)
      if (orr_history_operation (graph->history, operations[i])->steps[j].key != ORR_NIL)
        add (graph, operations[i], j);
}

/* The graph of some operations, with what lists tell; pairs are not in it yet. */
static Graph *
graph_new (const OrrHistory *history, const OrrSessionRule *rule, GHashTable *whole, const guint *operations,
           guint n)
{
  Graph *graph = g_new0 (Graph, 1);
  graph->history = history;
  graph->rule = rule;
  graph->whole = whole;
  graph->nodes = g_array_new (FALSE, FALSE, sizeof (Node));
  graph->edges = g_array_new (FALSE, FALSE, sizeof (Edge));
  graph->keys = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  graph->writes = g_hash_table_new_full (pair_hash, pair_equal, g_free, NULL);
  graph->chains = g_hash_table_new_full (pair_hash, pair_equal, g_free, NULL);
  graph->lists = g_hash_table_new_full (pair_hash, pair_equal, g_free, NULL);
  add_writes (graph, operations, n);
  for_each_step (graph, add_list, operations, n);
  return graph;
}

static void
graph_free (Graph *graph)
{
  g_array_unref (graph->nodes);
  g_array_unref (graph->edges);
  g_hash_table_unref (graph->keys);
  g_hash_table_unref (graph->writes);
  g_hash_table_unref (graph->chains);
  g_hash_table_unref (graph->lists);
  g_free (graph->component);
  g_free (graph);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Graph, graph_free)

/* --- Strongly connected parts --- */

typedef struct
{
  guint node, edge; /* the next edge to look at */
} Frame;

typedef struct
{
  Graph *graph;
  guint *index, *low;       /* 0: not seen */
  GArray *frames, *pending; /* Frame, guint */
  guint counter, n_components;
} Tarjan;

static void
open_node (Tarjan *tarjan, guint node)
{
  Frame frame = { node, g_array_index (tarjan->graph->nodes, Node, node).first_edge };
  tarjan->index[node] = tarjan->low[node] = ++tarjan->counter;
  g_array_append_val (tarjan->frames, frame);
  g_array_append_val (tarjan->pending, node);
}

static void
close_node (Tarjan *tarjan)
{
  guint node = g_array_index (tarjan->frames, Frame, tarjan->frames->len - 1).node;
  g_array_set_size (tarjan->frames, tarjan->frames->len - 1);
  if (tarjan->frames->len > 0)
    {
      guint parent = g_array_index (tarjan->frames, Frame, tarjan->frames->len - 1).node;
      tarjan->low[parent] = MIN (tarjan->low[parent], tarjan->low[node]);
    }
  if (tarjan->low[node] != tarjan->index[node])
    return;
  guint member;
  do
    {
      member = g_array_index (tarjan->pending, guint, tarjan->pending->len - 1);
      g_array_set_size (tarjan->pending, tarjan->pending->len - 1);
      tarjan->graph->component[member] = tarjan->n_components;
    }
  while (member != node);
  tarjan->n_components++;
}

static void
visit_from (Tarjan *tarjan, guint root)
{
  open_node (tarjan, root);
  while (tarjan->frames->len > 0)
    {
      Frame *frame = &g_array_index (tarjan->frames, Frame, tarjan->frames->len - 1);
      if (frame->edge == NO_NODE)
        {
          close_node (tarjan);
          continue;
        }
      const Edge *edge = &g_array_index (tarjan->graph->edges, Edge, frame->edge);
      frame->edge = edge->next;
      if (tarjan->index[edge->to] == 0)
        open_node (tarjan, edge->to);
      else if (tarjan->graph->component[edge->to] == NO_NODE)
        tarjan->low[frame->node] = MIN (tarjan->low[frame->node], tarjan->index[edge->to]);
    }
}

/* Fills graph->component; returns how many there are. */
static guint
find_components (Graph *graph)
{
  guint n = graph->nodes->len;
  Tarjan tarjan = { .graph = graph, .index = g_new0 (guint, n), .low = g_new0 (guint, n) };
  tarjan.frames = g_array_new (FALSE, FALSE, sizeof (Frame));
  tarjan.pending = g_array_new (FALSE, FALSE, sizeof (guint));
  g_free (graph->component);
  graph->component = g_new (guint, n);
  for (guint i = 0; i < n; i++)
    graph->component[i] = NO_NODE;
  for (guint i = 0; i < n; i++)
    if (tarjan.index[i] == 0)
      visit_from (&tarjan, i);
  g_array_unref (tarjan.frames);
  g_array_unref (tarjan.pending);
  g_free (tarjan.index);
  g_free (tarjan.low);
  return tarjan.n_components;
}

/* How many components hold two writes or more; a write of the first such, by node, in ret_node. */
static guint
count_tangled (Graph *graph, guint *ret_node)
{
  guint n_tangled = 0, n_components = find_components (graph);
  g_autofree guint *n_writes = g_new0 (guint, n_components);
  *ret_node = NO_NODE;
  for (guint i = 0; i < graph->nodes->len; i++)
    if (g_array_index (graph->nodes, Node, i).is_write && ++n_writes[graph->component[i]] == 2)
      n_tangled++;
  for (guint i = graph->nodes->len; i > 0; i--)
    if (g_array_index (graph->nodes, Node, i - 1).is_write && n_writes[graph->component[i - 1]] >= 2)
      *ret_node = i - 1;
  return n_tangled;
}

/* --- The witness --- */

/* The shortest way from a write back to itself through another write: breadth first over nodes, each once
 * before and once after another write was met. `steps` gets the edges, backwards. */
static gboolean
find_cycle (const Graph *graph, guint start, GArray *steps)
{
  guint n = graph->nodes->len;
  g_autofree guint *from = g_new (guint, 2 * n); /* the state before: node * 2 + met */
  g_autofree guint *by = g_new (guint, 2 * n);   /* and the edge taken */
  g_autoptr (GArray) queue = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < 2 * n; i++)
    from[i] = NO_NODE;
  guint state = start * 2, goal = start * 2 + 1;
  g_array_append_val (queue, state);
  for (guint head = 0; head < queue->len && from[goal] == NO_NODE; head++)
    {
      state = g_array_index (queue, guint, head);
      for (guint i = g_array_index (graph->nodes, Node, state / 2).first_edge; i != NO_NODE;)
        {
          const Edge *edge = &g_array_index (graph->edges, Edge, i);
          gboolean other = edge->to != start && g_array_index (graph->nodes, Node, edge->to).is_write;
          guint next = edge->to * 2 + (state % 2 || other);
          if (graph->component[edge->to] == graph->component[start] && from[next] == NO_NODE
              && next != start * 2)
            {
              from[next] = state;
              by[next] = i;
              g_array_append_val (queue, next);
            }
          i = edge->next;
        }
    }
  if (from[goal] == NO_NODE)
    return FALSE;
  for (state = goal; state != start * 2; state = from[state])
    g_array_append_val (steps, by[state]);
  return TRUE;
}

static gint
compare_guint (gconstpointer a, gconstpointer b, gpointer data G_GNUC_UNUSED)
{
  guint left = *(const guint *) a, right = *(const guint *) b;
  return (left > right) - (left < right);
}

static void
sort_and_keep_once (GArray *operations)
{
  guint kept = 0;
  g_array_sort_with_data (operations, compare_guint, NULL);
  for (guint i = 0; i < operations->len; i++)
    {
      guint operation = g_array_index (operations, guint, i);
      if (operation != NOBODY && (kept == 0 || operation != g_array_index (operations, guint, kept - 1)))
        g_array_index (operations, guint, kept++) = operation;
    }
  g_array_set_size (operations, kept);
}

/* The operations behind the shortest cycle through one of the first writes of the component. */
static GArray *
find_operations (const Graph *graph, guint node)
{
  g_autoptr (GArray) best = NULL;
  guint component = graph->component[node];
  for (guint i = node, tried = 0; i < graph->nodes->len && tried < STARTS_MAX; i++)
    {
      if (!g_array_index (graph->nodes, Node, i).is_write || graph->component[i] != component)
        continue;
      g_autoptr (GArray) steps = g_array_new (FALSE, FALSE, sizeof (guint));
      tried++;
      if (find_cycle (graph, i, steps) && (!best || steps->len < best->len))
        {
          g_clear_pointer (&best, g_array_unref);
          best = g_steal_pointer (&steps);
        }
    }
  g_assert (best);
  GArray *operations = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < best->len; i++)
    {
      const Edge *edge = &g_array_index (graph->edges, Edge, g_array_index (best, guint, i));
      g_array_append_val (operations, edge->operation);
      g_array_append_val (operations, g_array_index (graph->nodes, Node, edge->to).writer);
    }
  sort_and_keep_once (operations);
  return operations;
}

static gboolean
is_violated (const Graph *whole, const GArray *operations)
{
  guint node, n = operations->len;
  const guint *numbers = (const guint *) operations->data;
  g_autoptr (Graph) graph = graph_new (whole->history, whole->rule, whole->keys, numbers, n);
  for_each_step (graph, add_step, numbers, n);
  return count_tangled (graph, &node) > 0;
}

/* Takes out each operation without which the rest still is a violation. FALSE: there are too many to try. */
static gboolean
make_minimal (const Graph *whole, GArray *operations)
{
  if (operations->len > WITNESS_MAX)
    return FALSE;
  for (guint i = operations->len; i > 0; i--)
    {
      guint operation = g_array_index (operations, guint, i - 1);
      g_array_remove_index (operations, i - 1);
      if (!is_violated (whole, operations))
        g_array_insert_val (operations, i - 1, operation);
    }
  return TRUE;
}

static void
tell_operation (const OrrHistory *history, guint index, GString *text)
{
  const OrrHistoryOperation *operation = orr_history_operation (history, index);
  g_string_append_printf (text, "%s ", history->session_names[operation->session]);
  for (guint i = 0; i < operation->n_steps; i++)
    {
      if (i > 0)
        g_string_append (text, " and ");
      orr_words_did (history, index, i, text);
    }
  g_string_append (text, " at ");
  orr_history_print_when (history, operation->invoked, text);
  orr_words_server (history, index, text);
}

static OrrVerdict *
say_violated (const OrrHistory *history, const Graph *graph, guint n_tangled, const GArray *operations)
{
  g_autoptr (GString) text = g_string_new ("no order of the writes explains this: ");
  guint n_told = MIN (operations->len, TOLD_MAX);
  for (guint i = 0; i < n_told; i++)
    {
      if (i > 0)
        g_string_append (text, "; ");
      tell_operation (history, g_array_index (operations, guint, i), text);
    }
  if (n_told < operations->len)
    g_string_append_printf (text, "; and %u more", operations->len - n_told);
  OrrVerdict *verdict = orr_verdict_new (ORR_VIOLATED, graph->n_checked, "%s", text->str);
  verdict->n_violations = n_tangled;
  verdict->n_witness = operations->len;
  verdict->witness = g_memdup2 (operations->data, operations->len * sizeof (guint));
  return verdict;
}

OrrVerdict *
orr_session_check_forced (const OrrHistory *history, const OrrSessionRule *rule)
{
  guint n = history->operations->len, node;
  g_autofree guint *all = g_new (guint, n);
  for (guint i = 0; i < n; i++)
    all[i] = i;
  g_autoptr (Graph) graph = graph_new (history, rule, NULL, all, n);
  if (count_tangled (graph, &node) > 0)
    return orr_verdict_new (ORR_UNDECIDED, 0,
                            "the lists that were read don't agree on one order of the writes");
  for_each_step (graph, add_step, all, n);
  guint n_tangled = count_tangled (graph, &node);
  if (n_tangled > 0)
    {
      g_autoptr (GArray) operations = find_operations (graph, node);
      gboolean least = make_minimal (graph, operations);
      OrrVerdict *verdict = say_violated (history, graph, n_tangled, operations);
      if (!least)
        orr_verdict_not_least (verdict);
      return verdict;
    }
  if (graph->n_unclear > 0)
    {
      g_autofree char *steps = orr_words_count (graph->n_unclear, "read or write", "reads and writes");
      return orr_verdict_new (
          ORR_UNDECIDED, graph->n_checked,
          "the order of writes is not known, and it can't be told which of them %s saw or made", steps);
    }
  if (graph->n_checked == 0)
    return orr_verdict_new (ORR_HOLDS, 0, "%s", rule->none);
  if (rule->first_writes && rule->second_writes && g_hash_table_size (graph->lists) == 0)
    return orr_verdict_new (ORR_UNDECIDED, graph->n_checked,
                            "the order of writes is not known, and no read tells it");
  g_autofree char *seconds = orr_words_count (graph->n_checked, rule->second, rule->seconds);
  return orr_verdict_new (ORR_HOLDS, graph->n_checked, "some order of each key's writes explains %s",
                          seconds);
}
