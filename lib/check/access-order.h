/* access-order.h: what came before what, as clocks. Not installed.
 *
 * Two orders are built on a history's accesses. In session order each session's accesses follow each other. In causal order a write also comes
 * before the reads that returned it, and so on. Either splits into few chains, one a session, so that "everything before this" is one number a
 * chain: how many of its accesses are in it (Fidge 1988, Mattern 1989). Writes that stand aside get chains of their own. */
#pragma once

#include "check/accesses.h"

G_BEGIN_DECLS

typedef struct
{
  guint32 row, place; /* in its chain */
} OrrPlacedWrite;

/* The last write of a key in each chain is asked for over and over. */
typedef struct
{
  guint32 chain, first, end; /* of `writes` */
  guint32 hint;
} OrrChainWrites;

typedef struct
{
  const OrrAccesses *accesses;
  gboolean causal;
  guint32 n_chains;
  guint32 *aside_chain, *aside_place; /* by row - n_main */
  guint32 *clocks;                    /* causal: n_chains words a row, the row itself among them */
  GArray *cycle;                      /* causal order has a cycle: its rows, each before the next, the last before the first; NULL: none */
  OrrPlacedWrite *writes;             /* by key, chain, place */
  GArray *chain_writes;               /* OrrChainWrites, by key, chain */
  guint32 *key_starts;                /* n_keys + 1: the first of each key in `chain_writes` */
} OrrAccessOrder;

/* NULL: it would take more memory than it may. */
OrrAccessOrder *orr_access_order_new (const OrrAccesses *accesses, gboolean causal);
void orr_access_order_free (OrrAccessOrder *order); /* accepts NULL */

static inline guint32
orr_access_chain (const OrrAccessOrder *order, guint32 row)
{
  guint32 n_main = order->accesses->n_main;
  return row >= n_main ? order->aside_chain[row - n_main] : order->accesses->rows[row].session;
}

static inline guint32
orr_access_chain_place (const OrrAccessOrder *order, guint32 row)
{
  guint32 n_main = order->accesses->n_main;
  return row >= n_main ? order->aside_place[row - n_main] : orr_access_place (order->accesses, row);
}

/* Causal order only. */
static inline const guint32 *
orr_access_clock (const OrrAccessOrder *order, guint32 row)
{
  return order->clocks + (gsize) row * order->n_chains;
}

static inline gboolean
orr_clock_has (const OrrAccessOrder *order, const guint32 *clock, guint32 row)
{
  return clock[orr_access_chain (order, row)] >= orr_access_chain_place (order, row);
}

/* Is the one before the other, or the same, in this order? */
gboolean orr_access_before (const OrrAccessOrder *order, guint32 row, guint32 later);
/* How many of a session's accesses are before the row, it among them. */
guint32 orr_access_reach (const OrrAccessOrder *order, guint32 row, guint32 session);
/* Adds a row and all that is before it. */
void orr_clock_join (const OrrAccessOrder *order, guint32 *clock, guint32 row);
/* The last write of the key in the chain among the first `place`; ORR_NO_ACCESS: there is none. */
guint32 orr_chain_writes_last (const OrrAccessOrder *order, OrrChainWrites *writes, guint32 place);

/* Clocks that stand in a row, each with all that the one before it has: the first that has this row, of those before `latest`; else `latest`. */
guint32 orr_clocks_entry (const OrrAccessOrder *order, const guint32 *clocks, guint32 latest, guint32 row);
/* Of such clocks, what the last one before `entry` has of a chain. What a read returned, which came only with `entry`, can't be before any of that,
 * since clocks have all that is before what they have. */
static inline guint32
orr_clocks_known (const OrrAccessOrder *order, const guint32 *clocks, guint32 entry, guint32 chain)
{
  return entry == 0 ? 0 : clocks[(gsize) (entry - 1) * order->n_chains + chain];
}

/* --- access-cycle.c: cycles of the order and of what reads demand --- */

/* A read demands that one write comes before another: it returned `to` while it had `from` before it. */
typedef struct
{
  guint32 from, to;
  guint32 read; /* which read it is, as who added the edge counts them */
  guint32 next; /* another with the same `to`; the graph's own */
} OrrForced;

typedef struct
{
  const OrrAccessOrder *order;
  guint32 reader;  /* where the order is not causal: the session whose reads come after what they return; ORR_NO_ACCESS: none */
  GArray *forced;  /* OrrForced */
  guint32 *heads;  /* by row: the first with this `to` */
  guint8 *colours; /* by row: of a search in depth */
} OrrForcedGraph;

void orr_forced_graph_init (OrrForcedGraph *graph, const OrrAccessOrder *order, guint32 reader);
void orr_forced_graph_clear (OrrForcedGraph *graph);
void orr_forced_graph_add (OrrForcedGraph *graph, guint32 from, guint32 to, guint32 read);
/* Forgets the forced edges, and where it has looked. */
void orr_forced_graph_forget (OrrForcedGraph *graph);

/* Is there a cycle through this row or what is before it? Looks only at rows that the clock `floor` has not (NULL: at all), and at no row that it has
 * looked at before. Adds the forced edges of a cycle to `ret_edges`. */
gboolean orr_forced_graph_find_cycle (OrrForcedGraph *graph, const guint32 *floor, guint32 row, GArray *ret_edges);

/* Adds to `rows` those of a way from one row to another that goes from session to session as seldom as can be; within a session it has the first and
 * the last row alone. Forced edges are taken where `edges` is given, and those taken added to it. FALSE: there is none. */
gboolean orr_forced_graph_find_path (const OrrForcedGraph *graph, guint32 from, guint32 to, GArray *rows, GArray *edges);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OrrAccessOrder, orr_access_order_free)

G_END_DECLS
