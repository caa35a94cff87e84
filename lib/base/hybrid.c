/* hybrid.c: clocks of one number, or two, that never contradict causality: Lamport's and the hybrid one. */
#include "base/causality.h"

const OrrField orr_hybrid_fields[] = {
  ORR_FIELD (OrrHybrid, wall, DURATION, .doc = "the largest wall time that was heard of"),
  ORR_FIELD (OrrHybrid, logical, COUNT, .doc = "counts events within it"),
  { 0 },
};

static OrrOrder
order_of (gint sign)
{
  return sign < 0 ? ORR_BEFORE : sign > 0 ? ORR_AFTER : ORR_EQUAL;
}

OrrOrder
orr_lamport_compare (guint64 a, OrrAddress a_node, guint64 b, OrrAddress b_node)
{
  return order_of (a != b ? (a > b) - (a < b) : (a_node > b_node) - (a_node < b_node));
}

OrrHybrid
orr_hybrid_tick (OrrHybrid own, OrrTime now)
{
  if (now > own.wall)
    return (OrrHybrid){ .wall = now };
  return (OrrHybrid){ .wall = own.wall, .logical = own.logical + 1 };
}

OrrHybrid
orr_hybrid_merge (OrrHybrid own, OrrHybrid received, OrrTime now)
{
  return orr_hybrid_tick (orr_hybrid_compare (own, received) == ORR_BEFORE ? received : own, now);
}

OrrOrder
orr_hybrid_compare (OrrHybrid a, OrrHybrid b)
{
  return order_of (a.wall != b.wall ? (a.wall > b.wall) - (a.wall < b.wall)
                                    : (a.logical > b.logical) - (a.logical < b.logical));
}
