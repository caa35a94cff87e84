/* dependencies.h: which transaction comes before which, and why. Not installed.
 *
 * Adya's direct serialization graph: a transaction depends on another that wrote what it overwrote (ww) or read (wr), and comes
 * before one that overwrote what it read (rw, an anti-dependency). Sessions and real time add edges of their own. A level forbids
 * some cycles of it. Those levels that let a transaction read from a snapshot taken before it commits are decided on a graph
 * with two nodes a transaction, its begin and its end, in which just the forbidden cycles are cycles:
 *
 *     PLAIN     one node; every edge as it is
 *     SNAPSHOT  dependencies lead from an end to a begin, anti-dependencies from a begin to an end: a cycle never has two
 *               anti-dependencies next to each other (Cerone & Gotsman 2018: ((SO ∪ WR ∪ WW) ; RW?) is acyclic)
 *     PREFIX    the same, but ww leads from end to end ((SO ∪ WR) ; RW? ∪ WW is acyclic; Cerone, Gotsman & Yang 2017)
 *     PARALLEL  one node; anti-dependencies are no edges: none may lead to a transaction from which there is a way back
 *               ((SO ∪ WR ∪ WW)+ ; RW? is irreflexive; Cerone, Gotsman & Yang 2015) */
#pragma once

#include "check/transactions.h"

G_BEGIN_DECLS

typedef enum
{
  ORR_SHAPE_PLAIN,
  ORR_SHAPE_SNAPSHOT,
  ORR_SHAPE_PREFIX,
  ORR_SHAPE_PARALLEL,
} OrrShape;

/* Whose writes a reader may not overlook: where it reads a key of one transaction although it sees another that wrote
 * the key, too, the latter comes first (Biswas & Enea 2019). */
typedef enum
{
  ORR_SEES_NOTHING,
  ORR_SEES_KEY,     /* what it read of the same key before */
  ORR_SEES_SO_FAR,  /* the transactions from which it read before */
  ORR_SEES_DIRECT,  /* the transactions from which it reads, and its session's */
  ORR_SEES_CAUSES,  /* those, and what they saw, and so on */
} OrrSees;

typedef enum
{
  ORR_ANTI_NONE,
  ORR_ANTI_UPDATES, /* of transactions that also write what they read */
  ORR_ANTI_ALL,
} OrrAnti;

typedef struct
{
  OrrShape shape;
  gboolean reads, sessions, real_time; /* edges there are besides ww */
  OrrAnti anti;
  OrrSees sees;
  const char *explains; /* what there is where it holds: "one order of all transactions" */
} OrrLevel;

typedef enum
{
  ORR_EDGE_WW,
  ORR_EDGE_WR,
  ORR_EDGE_RW,
  ORR_EDGE_SESSION,
  ORR_EDGE_TIME,
  ORR_EDGE_SEEN,   /* a write that a reader saw and did not return comes before the one that it returned */
  ORR_EDGE_CHOSEN, /* an order of two writes that was tried, or that the rest forces */
  ORR_EDGE_WITHIN, /* within one transaction, or through a helping node */
  ORR_N_EDGE_KINDS
} OrrEdgeKind;

#define ORR_EDGES_ALL ((1u << ORR_N_EDGE_KINDS) - 1)

typedef struct
{
  guint from, to; /* nodes */
  guint next_out, next_in;
  guint8 kind;
  guint key, read; /* ORR_NONE where that means nothing */
  guint seen;      /* SEEN: the transaction that `read`'s transaction saw */
} OrrEdge;

typedef struct
{
  const OrrTransactions *all;
  const OrrLevel *level;
  guint n_nodes, stride;
  GArray *edges;              /* OrrEdge */
  GArray *first_out, *first_in; /* guint, by node */
} OrrDependencies;

/* NULL where the budget's owner asked for an end. */
OrrDependencies *orr_dependencies_new (const OrrTransactions *all, const OrrLevel *level, const OrrCheckBudget *budget);
void orr_dependencies_free (OrrDependencies *graph); /* accepts NULL */

guint orr_dependencies_add_node (OrrDependencies *graph);
void orr_dependencies_add_edge (OrrDependencies *graph, OrrEdge edge);
void orr_dependencies_remove_last (OrrDependencies *graph);

/* Edges between transactions, as the shape has them: */
OrrEdge orr_edge_depends (const OrrDependencies *graph, guint from, guint to, OrrEdgeKind kind, guint key, guint read);
OrrEdge orr_edge_overwrites (const OrrDependencies *graph, guint from, guint to, OrrEdgeKind kind, guint key, guint read);
OrrEdge orr_edge_precedes (const OrrDependencies *graph, guint reader, guint writer, guint key, guint read);

static inline guint
orr_node_begin (const OrrDependencies *graph, guint transaction)
{
  return transaction * graph->stride;
}

static inline guint
orr_node_end (const OrrDependencies *graph, guint transaction)
{
  return transaction * graph->stride + graph->stride - 1;
}

/* ORR_NONE for a helping node. */
static inline guint
orr_node_transaction (const OrrDependencies *graph, guint node)
{
  return node < graph->all->transactions->len * graph->stride ? node / graph->stride : ORR_NONE;
}

static inline const OrrEdge *
orr_edge (const OrrDependencies *graph, guint index)
{
  return &g_array_index (graph->edges, OrrEdge, index);
}

/* Does the level take notice of this read's anti-dependencies? */
static inline gboolean
orr_level_minds (const OrrLevel *level, const OrrExternalRead *read)
{
  return level->anti == ORR_ANTI_ALL || (level->anti == ORR_ANTI_UPDATES && read->updates);
}

/* The operations behind an edge: its transactions, and who showed the order of its writes; behind a transaction, unless it is ORR_NONE. */
void orr_edge_blame (const OrrDependencies *graph, const OrrEdge *edge, GArray *operations);
void orr_transaction_blame (const OrrDependencies *graph, guint transaction, GArray *operations);

/* visible-writes.c: the edges of `sees`. FALSE: the budget's owner asked for an end. */
gboolean orr_dependencies_add_seen (OrrDependencies *graph, const OrrCheckBudget *budget);

/* cycles.c: the number of strongly connected parts with a cycle, by edges of these kinds alone; the edges of a short cycle, in order,
 * in ret_cycle (may be NULL). With at most `most_anti` rw edges; ORR_NONE: any number. */
guint orr_dependencies_find_cycle (const OrrDependencies *graph, guint kinds, guint most_anti, GArray *ret_cycle);
/* The edges of a shortest way from one node to another; FALSE: there is none. */
gboolean orr_dependencies_find_path (const OrrDependencies *graph, guint kinds, guint from, guint to, GArray *ret_path);
/* The nodes, each after all from which an edge leads to it; NULL: there is a cycle. */
guint *orr_dependencies_sort (const OrrDependencies *graph, guint kinds);

/* commit-order.c: is there an order of the writes that leaves no forbidden cycle? Violated: the operations that show it in ret_blame. */
OrrVerdictKind orr_dependencies_solve (OrrDependencies *graph, guint64 *states_left, const OrrCheckBudget *budget, GArray *ret_blame);

/* forced-order.c: adds what the rest forces of the order of writes, as long as that takes no trying; for small graphs. */
void orr_dependencies_force (OrrDependencies *graph);

/* isolation-words.c: a forbidden cycle by its name, and what happened; what is wrong with a read; what transactions did. */
void orr_tell_cycle (const OrrDependencies *graph, const GArray *cycle, GString *text);
void orr_tell_flaw (const OrrTransactions *all, const OrrFlaw *flaw, GString *text);
void orr_tell_transactions (const OrrTransactions *all, GString *text);

/* isolation.c: judges a history by a level. */
OrrVerdict *orr_isolation_check (const OrrHistory *history, const OrrCheckBudget *budget, const OrrLevel *level);
/* Levels that speak of real time say nothing where there is none. */
const char *orr_isolation_silent (const OrrHistory *history);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OrrDependencies, orr_dependencies_free)

G_END_DECLS
