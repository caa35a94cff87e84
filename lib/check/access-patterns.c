/* access-patterns.c: the bad patterns of causal order (Bouajjani, Enea, Guerraoui & Hamza 2017).
 *
 * A read is wrong where another write of its key came between what it returned and itself. Of each session's
 * writes of that key only the last one that is before the read need be looked at: if an earlier one were
 * between, the last one would be, too. That makes n reads by k sessions a matter of n·k steps, as in AWDIT
 * (2025).
 *
 * Causal convergence demands one order of all writes besides, and each read says of it that every write of
 * the key that is before the read stands before the one that it returned. */
#include "check/access-witness.h"

/* How many edges of a cycle are tried as the start of a shorter one. */
#define STARTS_MAX 16

/* How many rows are looked at between two looks at whether someone wants an end. */
#define ROWS_AT_ONCE 4096

typedef struct
{
  const OrrAccessOrder *order;
  OrrForcedGraph *graph; /* gets what reads demand of the order of all writes; NULL: nothing is */
  OrrFinding *finding;
} Patterns;

static void
find_overwritten (Patterns *patterns, guint32 read, guint32 newer)
{
  OrrFinding *finding = patterns->finding;
  guint32 source = patterns->order->accesses->rows[read].source;
  OrrForcedGraph graph = { .order = patterns->order, .reader = ORR_NO_ACCESS };
  finding->pattern = source == ORR_NO_ACCESS ? ORR_PATTERN_INITIAL : ORR_PATTERN_OVERWRITTEN;
  finding->read = read;
  finding->write = newer;
  if (source != ORR_NO_ACCESS)
    orr_forced_graph_find_path (&graph, source, newer, finding->rows, NULL);
  orr_forced_graph_find_path (&graph, newer, read, finding->rows, NULL);
}

/* FALSE: the read is wrong. */
static gboolean
look_at (Patterns *patterns, guint32 read)
{
  const OrrAccessOrder *order = patterns->order;
  const OrrAccess *access = &order->accesses->rows[read];
  guint32 start = order->accesses->starts[access->session];
  const guint32 *clock = orr_access_clock (order, read), *clocks = orr_access_clock (order, start);
  guint32 entry
      = access->source == ORR_NO_ACCESS ? 0 : orr_clocks_entry (order, clocks, read - start, access->source);
  for (guint32 i = order->key_starts[access->key]; i < order->key_starts[access->key + 1]; i++)
    {
      OrrChainWrites *writes = &g_array_index (order->chain_writes, OrrChainWrites, i);
      guint32 place = clock[writes->chain], known = orr_clocks_known (order, clocks, entry, writes->chain);
      if (place == 0 || (place == known && !patterns->graph))
        continue;
      guint32 last = orr_chain_writes_last (order, writes, place);
      if (last == ORR_NO_ACCESS || last == access->source)
        continue;
      if (access->source == ORR_NO_ACCESS
          || (order->writes[writes->hint].place > known && orr_access_before (order, access->source, last)))
        {
          find_overwritten (patterns, read, last);
          return FALSE;
        }
      if (patterns->graph && !orr_access_before (order, last, access->source))
        orr_forced_graph_add (patterns->graph, last, access->source, read);
    }
  return TRUE;
}

/* The shortest cycle through one of a longer one's forced edges. */
static void
find_short_cycle (Patterns *patterns, const GArray *edges)
{
  g_autoptr (GArray) best = NULL;
  g_autoptr (GArray) best_edges = NULL;
  for (guint i = 0; i < edges->len && i < STARTS_MAX; i++)
    {
      g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (guint32));
      g_autoptr (GArray) taken = g_array_new (FALSE, FALSE, sizeof (guint32));
      guint32 edge = g_array_index (edges, guint32, i);
      const OrrForced *forced = &g_array_index (patterns->graph->forced, OrrForced, edge);
      g_array_append_val (taken, edge);
      gboolean found = orr_forced_graph_find_path (patterns->graph, forced->to, forced->from, rows, taken);
      g_assert (found);
      if (best && rows->len >= best->len)
        continue;
      g_clear_pointer (&best, g_array_unref);
      g_clear_pointer (&best_edges, g_array_unref);
      best = g_steal_pointer (&rows);
      best_edges = g_steal_pointer (&taken);
    }
  g_array_append_vals (patterns->finding->rows, best->data, best->len);
  for (guint i = 0; i < best_edges->len; i++)
    {
      const OrrForced *forced
          = &g_array_index (patterns->graph->forced, OrrForced, g_array_index (best_edges, guint32, i));
      orr_forced_graph_find_path (patterns->graph, forced->from, forced->read, patterns->finding->rows, NULL);
    }
}

static void
find_circle (Patterns *patterns)
{
  g_autoptr (GArray) edges = g_array_new (FALSE, FALSE, sizeof (guint32));
  const GArray *forced = patterns->graph->forced;
  for (guint i = 0; i < forced->len; i++)
    if (orr_forced_graph_find_cycle (patterns->graph, NULL, g_array_index (forced, OrrForced, i).to, edges))
      {
        patterns->finding->pattern = ORR_PATTERN_FORCED;
        find_short_cycle (patterns, edges);
        return;
      }
}

static void
look_at_all (Patterns *patterns, const OrrCheckBudget *budget)
{
  const OrrAccesses *accesses = patterns->order->accesses;
  for (guint32 i = 0; i < accesses->n_main; i++)
    {
      if (i % ROWS_AT_ONCE == 0 && orr_budget_is_stopped (budget))
        {
          patterns->finding->pattern = ORR_PATTERN_UNDECIDED;
          patterns->finding->why = "it was stopped";
          return;
        }
      if (!accesses->rows[i].writes && !look_at (patterns, i))
        return;
    }
  if (patterns->graph && patterns->graph->forced->len > 0)
    find_circle (patterns);
}

void
orr_access_find_causal (const OrrAccesses *accesses, const OrrCheckBudget *budget, gboolean converges,
                        OrrFinding *ret_finding)
{
  g_autoptr (OrrAccessOrder) order = orr_access_order_new (accesses, TRUE);
  OrrForcedGraph graph;
  ret_finding->session = ORR_NO_ACCESS;
  if (!order)
    {
      ret_finding->pattern = ORR_PATTERN_UNDECIDED;
      ret_finding->why = "it has so many sessions that their clocks would not fit into memory";
      return;
    }
  if (order->cycle)
    {
      ret_finding->pattern = ORR_PATTERN_CYCLE;
      g_array_append_vals (ret_finding->rows, order->cycle->data, order->cycle->len);
      return;
    }
  Patterns patterns = { order, converges ? &graph : NULL, ret_finding };
  if (converges)
    orr_forced_graph_init (&graph, order, ORR_NO_ACCESS);
  look_at_all (&patterns, budget);
  if (converges)
    orr_forced_graph_clear (&graph);
}
