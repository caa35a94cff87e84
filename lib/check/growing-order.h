/* growing-order.h: an order of a graph to which edges are added. Not installed.
 *
 * All nodes stand in an order in which every edge leads forward. A new edge that leads backward moves the few nodes between its
 * ends (Pearce & Kelly 2006); if they are connected the other way round it can't be added, and the way that blocks it tells why: of
 * all such ways one with as few edges as can be that came after the beginning, since these are what may be otherwise. Edges that are
 * taken away again move nothing. */
#pragma once

#include "check/dependencies.h"

G_BEGIN_DECLS

typedef struct OrrGrowingOrder OrrGrowingOrder;

/* NULL: the graph has a cycle. */
OrrGrowingOrder *orr_growing_order_new (const OrrDependencies *graph);
void orr_growing_order_free (OrrGrowingOrder *order); /* accepts NULL */

/* Where a node stands. */
guint orr_growing_order_position (const OrrGrowingOrder *order, guint node);

/* Makes room for an edge, which may then be added to the graph: the nodes that moved are in ret_moved. FALSE: there is a way from its `to`
 * to its `from`, which is in ret_way. */
gboolean orr_growing_order_admit (OrrGrowingOrder *order, const OrrEdge *edge, GArray *ret_moved, GArray *ret_way);

/* Is there a way from one node to another? Its edges are appended to ret_way (may be NULL). */
gboolean orr_growing_order_leads (OrrGrowingOrder *order, guint from, guint to, GArray *ret_way);

/* How many nodes and edges were looked at. */
guint64 orr_growing_order_looks (const OrrGrowingOrder *order);

/* first-order.c: an order that is probably a good one; NULL: the graph has a cycle. */
guint *orr_dependencies_guess (const OrrDependencies *graph);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OrrGrowingOrder, orr_growing_order_free)

G_END_DECLS
