/* order-search.h: an order of a growing graph, with decisions that can be taken back. Not installed.
 *
 * All nodes stand in an order in which every edge leads forward. A new edge that leads backward moves the few nodes between its
 * ends (Pearce & Kelly 2006); if they are connected the other way round it can't be added, and the way that blocks it tells why.
 * Of two edges one of which must be there, whichever is blocked forces the other; if neither is, one is tried. A contradiction
 * takes back the last decision that it rests on, and forces its alternative; one that rests on none is a proof. */
#pragma once

#include "check/dependencies.h"

G_BEGIN_DECLS

typedef struct OrrOrderSearch OrrOrderSearch;

/* NULL: the graph has a cycle. */
OrrOrderSearch *orr_order_search_new (OrrDependencies *graph, guint64 *states_left, const OrrCheckBudget *budget);
void orr_order_search_free (OrrOrderSearch *search); /* accepts NULL */

/* Where a node stands. */
guint orr_order_search_position (const OrrOrderSearch *search, guint node);

/* One of the two must be there. `because`: transactions that say so, n of them. FALSE: there is no order, or an end was asked for. */
gboolean orr_order_search_choose (OrrOrderSearch *search, OrrEdge first, OrrEdge second, const guint *because, guint n);

/* Is there a way from one node to another? */
gboolean orr_order_search_leads (OrrOrderSearch *search, guint from, guint to);

/* There must be no such way as leads from `from` to `to`, if there is one from `since` to `until` (ORR_NONE: in any case). FALSE: as above. */
gboolean orr_order_search_refuse (OrrOrderSearch *search, guint from, guint to, guint since, guint until, const guint *because, guint n);

/* Why the search ended. */
gboolean orr_order_search_is_spent (const OrrOrderSearch *search);
/* Of a proof that there is no order: the operations that it speaks of. */
void orr_order_search_blame (const OrrOrderSearch *search, GArray *ret_operations);

/* Takes a new first order, in view of the edges that have come since; for before anything was decided. */
void orr_order_search_start_over (OrrOrderSearch *search);

/* saturate.c: adds the edges that follow without trying. FALSE: the search has come to its end. */
gboolean orr_order_search_saturate (OrrOrderSearch *search, OrrDependencies *graph);

/* first-order.c: an order that is probably a good one; NULL: the graph has a cycle. */
guint *orr_dependencies_guess (const OrrDependencies *graph);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OrrOrderSearch, orr_order_search_free)

G_END_DECLS
