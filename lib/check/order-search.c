/* order-search.c: an order of a growing graph, with decisions that can be taken back. */
#include "check/order-search.h"

#define TRANSACTION (1u << 31) /* marks a transaction among edges */

/* Why a derived edge is there: edges and transactions; and whether it was a decision. */
typedef struct
{
  GArray *because; /* guint: an edge, or a transaction | TRANSACTION */
  gboolean decided;
  OrrEdge alternative;
} Reason;

struct OrrOrderSearch
{
  OrrDependencies *graph;
  guint64 *states_left;
  const OrrCheckBudget *budget;
  guint n_static; /* edges that are there from the beginning */
  guint *node_at, *position;
  guint *mark, *via; /* by node: the search that saw it last, and the edge by which */
  guint stamp;
  GArray *ahead, *behind, *places; /* guint */
  GArray *reasons;                 /* Reason, by edge - n_static */
  GArray *proof;                   /* guint, as `because` */
  gboolean spent;
};

static void
clear_reason (gpointer data)
{
  g_clear_pointer (&((Reason *) data)->because, g_array_unref);
}

OrrOrderSearch *
orr_order_search_new (OrrDependencies *graph, guint64 *states_left, const OrrCheckBudget *budget)
{
  guint *order = orr_dependencies_guess (graph), n = graph->n_nodes;
  if (!order)
    return NULL;
  OrrOrderSearch *search = g_new0 (OrrOrderSearch, 1);
  search->graph = graph;
  search->states_left = states_left;
  search->budget = budget;
  search->n_static = graph->edges->len;
  search->node_at = order;
  search->position = g_new (guint, n + 1);
  search->mark = g_new0 (guint, n + 1);
  search->via = g_new (guint, n + 1);
  search->ahead = g_array_new (FALSE, FALSE, sizeof (guint));
  search->behind = g_array_new (FALSE, FALSE, sizeof (guint));
  search->places = g_array_new (FALSE, FALSE, sizeof (guint));
  search->proof = g_array_new (FALSE, FALSE, sizeof (guint));
  search->reasons = g_array_new (FALSE, FALSE, sizeof (Reason));
  g_array_set_clear_func (search->reasons, clear_reason);
  for (guint i = 0; i < n; i++)
    search->position[order[i]] = i;
  return search;
}

void
orr_order_search_start_over (OrrOrderSearch *search)
{
  guint *order = orr_dependencies_guess (search->graph);
  g_assert (order); /* each edge was held against a cycle */
  g_free (search->node_at);
  search->node_at = order;
  for (guint i = 0; i < search->graph->n_nodes; i++)
    search->position[order[i]] = i;
}

void
orr_order_search_free (OrrOrderSearch *search)
{
  if (!search)
    return;
  g_free (search->node_at);
  g_free (search->position);
  g_free (search->mark);
  g_free (search->via);
  g_array_unref (search->ahead);
  g_array_unref (search->behind);
  g_array_unref (search->places);
  g_array_unref (search->proof);
  g_array_unref (search->reasons);
  g_free (search);
}

guint
orr_order_search_position (const OrrOrderSearch *search, guint node)
{
  return search->position[node];
}

gboolean
orr_order_search_is_spent (const OrrOrderSearch *search)
{
  return search->spent;
}

/* Takes from the budget; FALSE: it is used up. */
static gboolean
spend (OrrOrderSearch *search, guint64 n)
{
  *search->states_left -= MIN (*search->states_left, n);
  if (*search->states_left == 0 || orr_budget_is_stopped (search->budget))
    search->spent = TRUE;
  return !search->spent;
}

/* --- Ways --- */

/* All that can be reached from `from` and stands no later than `to`; TRUE where `to` is among them. */
static gboolean
look_ahead (OrrOrderSearch *search, guint from, guint to)
{
  const OrrDependencies *graph = search->graph;
  guint limit = search->position[to];
  g_array_set_size (search->ahead, 0);
  search->mark[from] = ++search->stamp;
  search->via[from] = ORR_NONE;
  g_array_append_val (search->ahead, from);
  for (guint i = 0; i < search->ahead->len; i++)
    for (guint j = g_array_index (graph->first_out, guint, g_array_index (search->ahead, guint, i));
         j != ORR_NONE; j = orr_edge (graph, j)->next_out)
      {
        guint next = orr_edge (graph, j)->to;
        if (search->mark[next] == search->stamp || search->position[next] > limit)
          continue;
        search->mark[next] = search->stamp;
        search->via[next] = j;
        g_array_append_val (search->ahead, next);
        if (next == to)
          return TRUE;
      }
  return from == to;
}

/* All from which `to` can be reached and that stand no earlier than `from`. */
static void
look_behind (OrrOrderSearch *search, guint from, guint to)
{
  const OrrDependencies *graph = search->graph;
  guint limit = search->position[from];
  g_array_set_size (search->behind, 0);
  search->mark[to] = ++search->stamp;
  g_array_append_val (search->behind, to);
  for (guint i = 0; i < search->behind->len; i++)
    for (guint j = g_array_index (graph->first_in, guint, g_array_index (search->behind, guint, i));
         j != ORR_NONE; j = orr_edge (graph, j)->next_in)
      {
        guint before = orr_edge (graph, j)->from;
        if (search->mark[before] == search->stamp || search->position[before] < limit)
          continue;
        search->mark[before] = search->stamp;
        g_array_append_val (search->behind, before);
      }
}

static gint
compare_positions (gconstpointer a, gconstpointer b, gpointer data)
{
  const guint *position = data;
  guint left = position[*(const guint *) a], right = position[*(const guint *) b];
  return (left > right) - (left < right);
}

static gint
compare_numbers (gconstpointer a, gconstpointer b)
{
  guint left = *(const guint *) a, right = *(const guint *) b;
  return (left > right) - (left < right);
}

/* Whoever leads to `from` comes before whoever `to` leads to, in the places that both have. */
static void
move (OrrOrderSearch *search)
{
  GArray *places = search->places;
  g_array_sort_with_data (search->ahead, compare_positions, search->position);
  g_array_sort_with_data (search->behind, compare_positions, search->position);
  g_array_set_size (places, 0);
  for (guint i = 0; i < search->ahead->len; i++)
    g_array_append_val (places, search->position[g_array_index (search->ahead, guint, i)]);
  for (guint i = 0; i < search->behind->len; i++)
    g_array_append_val (places, search->position[g_array_index (search->behind, guint, i)]);
  g_array_sort (places, compare_numbers);
  for (guint i = 0; i < places->len; i++)
    {
      guint node = i < search->behind->len ? g_array_index (search->behind, guint, i)
                                           : g_array_index (search->ahead, guint, i - search->behind->len);
      search->position[node] = g_array_index (places, guint, i);
      search->node_at[search->position[node]] = node;
    }
}

/* The edges by which look_ahead came to `to`. */
static void
append_way (const OrrOrderSearch *search, guint to, GArray *because)
{
  for (guint i = search->via[to]; i != ORR_NONE; i = search->via[orr_edge (search->graph, i)->from])
    g_array_append_val (because, i);
}

/* Is there a way that the edge would close to a cycle? Then it is appended to `because`. */
static gboolean
is_blocked (OrrOrderSearch *search, const OrrEdge *edge, GArray *because)
{
  if (search->position[edge->from] < search->position[edge->to])
    return FALSE;
  gboolean blocked = look_ahead (search, edge->to, edge->from);
  spend (search, search->ahead->len);
  if (blocked)
    append_way (search, edge->from, because);
  return blocked;
}

/* The edge is not blocked; takes `because`. */
static void
add (OrrOrderSearch *search, const OrrEdge *edge, GArray *because, const OrrEdge *alternative)
{
  if (search->position[edge->from] > search->position[edge->to])
    {
      look_ahead (search, edge->to, edge->from);
      look_behind (search, edge->to, edge->from);
      spend (search, search->ahead->len + search->behind->len);
      move (search);
    }
  Reason reason = { .because = because, .decided = alternative != NULL };
  if (alternative)
    reason.alternative = *alternative;
  orr_dependencies_add_edge (search->graph, *edge);
  g_array_append_val (search->reasons, reason);
}

/* --- Contradictions --- */

/* What a contradiction rests on in the end: edges from the beginning, decisions, transactions. Returns the
 * last decision; ORR_NONE. */
static guint
trace_back (OrrOrderSearch *search, const GArray *because, GArray *ret_roots)
{
  guint last = ORR_NONE;
  g_auto (OrrPairs) seen = { 0 };
  g_autoptr (GArray) open = g_array_copy ((GArray *) because);
  while (open->len > 0)
    {
      guint item = g_array_index (open, guint, open->len - 1), n = seen.n;
      g_array_set_size (open, open->len - 1);
      orr_pairs_add (&seen, item, 0, 0);
      if (seen.n == n)
        continue;
      const Reason *reason = item & TRANSACTION || item < search->n_static
                                 ? NULL
                                 : &g_array_index (search->reasons, Reason, item - search->n_static);
      if (!reason || reason->decided)
        g_array_append_val (ret_roots, item);
      if (reason && reason->decided && (last == ORR_NONE || item > last))
        last = item;
      if (reason)
        g_array_append_vals (open, reason->because->data, reason->because->len);
    }
  spend (search, seen.n);
  return last;
}

/* Takes back the last decision that the contradiction rests on, and adds its alternative, until that works.
 */
static gboolean
back_out (OrrOrderSearch *search, GArray *because)
{
  g_autoptr (GArray) why = g_array_ref (because);
  while (!search->spent)
    {
      GArray *roots = g_array_new (FALSE, FALSE, sizeof (guint));
      guint last = trace_back (search, why, roots);
      if (last == ORR_NONE)
        {
          g_array_append_vals (search->proof, roots->data, roots->len);
          g_array_unref (roots);
          return FALSE;
        }
      for (guint i = roots->len; i > 0; i--)
        if (g_array_index (roots, guint, i - 1) == last)
          g_array_remove_index_fast (roots, i - 1);
      OrrEdge alternative = g_array_index (search->reasons, Reason, last - search->n_static).alternative;
      while (search->graph->edges->len > last)
        {
          orr_dependencies_remove_last (search->graph);
          g_array_set_size (search->reasons, search->reasons->len - 1);
        }
      if (!is_blocked (search, &alternative, roots))
        {
          add (search, &alternative, roots, NULL);
          return TRUE;
        }
      g_array_unref (why);
      why = roots;
    }
  return FALSE;
}

static GArray *
new_because (const guint *transactions, guint n)
{
  GArray *because = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < n; i++)
    {
      guint item = transactions[i] | TRANSACTION;
      g_array_append_val (because, item);
    }
  return because;
}

gboolean
orr_order_search_choose (OrrOrderSearch *search, OrrEdge first, OrrEdge second, const guint *transactions,
                         guint n)
{
  g_autoptr (GArray) because = new_because (transactions, n);
  guint before = because->len;
  gboolean no_first = is_blocked (search, &first, because);
  gboolean no_second = is_blocked (search, &second, because);
  if (search->spent)
    return FALSE;
  if (no_first && no_second)
    return back_out (search, because);
  if (no_first || no_second)
    add (search, no_first ? &second : &first, g_steal_pointer (&because), NULL);
  else
    {
      g_array_set_size (because, before);
      add (search, &first, g_steal_pointer (&because), &second);
    }
  return !search->spent;
}

gboolean
orr_order_search_leads (OrrOrderSearch *search, guint from, guint to)
{
  gboolean leads = search->position[from] <= search->position[to] && look_ahead (search, from, to);
  spend (search, search->ahead->len);
  return leads;
}

gboolean
orr_order_search_refuse (OrrOrderSearch *search, guint from, guint to, guint since, guint until,
                         const guint *transactions, guint n)
{
  if (search->position[from] > search->position[to] || !orr_order_search_leads (search, from, to))
    return !search->spent;
  g_autoptr (GArray) because = new_because (transactions, n);
  append_way (search, to, because);
  if (since != ORR_NONE && orr_order_search_leads (search, since, until))
    append_way (search, until, because);
  return !search->spent && back_out (search, because);
}

/* --- Blame --- */

void
orr_order_search_blame (const OrrOrderSearch *search, GArray *ret_operations)
{
  for (guint i = 0; i < search->proof->len; i++)
    {
      guint item = g_array_index (search->proof, guint, i);
      if (item & TRANSACTION)
        orr_transaction_blame (search->graph, item & ~TRANSACTION, ret_operations);
      else
        orr_edge_blame (search->graph, orr_edge (search->graph, item), ret_operations);
    }
}
