/* causality.h: which of two things happened before the other, where no clock can be trusted.
 *
 * Clocks of different machines disagree, so a time does not tell which of two writes came first. What can be told is causality: a write that was
 * made by someone who had seen another one comes after it. The clocks here count events instead of seconds, and each answers a little more than
 * the one before it:
 *
 *   - A Lamport clock is one number. If a happened before b, its number is smaller; the other way round nothing follows (Lamport 1978).
 *   - A vector has a count for each node: how many of its events are in the past of this one. Two vectors tell before, after, equal, and concurrent:
 *     neither knew of the other (Fidge 1988, Mattern 1989). Where it counts the writes of replicas to one key and not all events of processes it
 *     is called a version vector (Parker et al. 1983); the arithmetic is the same.
 *   - A dotted version vector keeps the write itself, its dot, apart from what its author had seen, so that two writes through one replica can
 *     be concurrent too (Preguiça, Baquero, Almeida, Fonte & Gonçalves 2012).
 *   - A hybrid logical clock stays close to the wall clock and yet never contradicts causality (Kulkarni, Demirbas, Madappa, Avva & Leone 2014).
 *
 * All are plain values and all functions are pure. A model puts vectors into its messages and logs as a MAP field, by orr_dot_fields; lib/engine's
 * vector.h makes new ones in a node's memory. */
#pragma once

#include "base/field.h"

G_BEGIN_DECLS

/* How a stands to b. */
typedef enum
{
  ORR_BEFORE,
  ORR_AFTER,
  ORR_EQUAL,
  ORR_CONCURRENT,
} OrrOrder;

ORR_PUBLIC const char *orr_order_name (OrrOrder order); /* "before", "after", "equal", "concurrent" */

/* --- Lamport clocks --- */

/* The number of the next event of one's own, and of one that receives a message with a number. */
static inline guint64
orr_lamport_tick (guint64 own)
{
  return own + 1;
}

static inline guint64
orr_lamport_merge (guint64 own, guint64 received)
{
  return MAX (own, received) + 1;
}

/* Lamport's total order: by number, then by node. Never concurrent, though the events may be. */
ORR_PUBLIC OrrOrder orr_lamport_compare (guint64 a, OrrAddress a_node, guint64 b, OrrAddress b_node);

/* --- Vectors --- */

/* The count-th event of a node, from 1; in a vector: that one and all before it. */
typedef struct
{
  OrrAddress node;
  guint64 count;
} OrrDot;

extern ORR_PUBLIC const OrrField orr_dot_fields[]; /* {a: 2, b: 1} as a MAP field */

/* Dots with counts above 0, by ascending node; a node that is not named has 0. */
typedef OrrArray OrrVector;

#define ORR_VECTOR_FIELD(Struct, member, ...) \
  ORR_FIELD (Struct, member, MAP, .fields = orr_dot_fields, .element_size = sizeof (OrrDot), .shorthand = "count", __VA_ARGS__)

ORR_PUBLIC guint64 orr_vector_get (OrrVector vector, OrrAddress node);
ORR_PUBLIC OrrOrder orr_vector_compare (OrrVector a, OrrVector b);

/* Is that event in the vector's past, or its latest? */
static inline gboolean
orr_vector_covers (OrrVector vector, OrrDot dot)
{
  return orr_vector_get (vector, dot.node) >= dot.count;
}

/* The least vector that has both in its past: count by count the larger one. Writes the dots, for which there is room for the lengths of both, and
 * returns how many there are. */
ORR_PUBLIC guint32 orr_vector_merge (OrrVector a, OrrVector b, OrrDot *ret_dots);
/* With one more event of a node; room for one dot more than it has. */
ORR_PUBLIC guint32 orr_vector_increment (OrrVector vector, OrrAddress node, OrrDot *ret_dots);

/* --- Dotted version vectors --- */

typedef struct
{
  OrrDot dot;     /* the write itself */
  OrrVector past; /* what its author had seen; not the dot */
} OrrDottedVector;

/* a is before b where b's author had seen a. */
ORR_PUBLIC OrrOrder orr_dotted_compare (const OrrDottedVector *a, const OrrDottedVector *b);
/* What someone who saw it has seen: its past, and its dot with what that implies; room for one dot more than the past has. */
ORR_PUBLIC guint32 orr_dotted_seen (const OrrDottedVector *dotted, OrrDot *ret_dots);

/* --- Hybrid logical clocks --- */

typedef struct
{
  OrrTime wall;    /* the largest wall time that was heard of */
  guint32 logical; /* counts events within it */
} OrrHybrid;

extern ORR_PUBLIC const OrrField orr_hybrid_fields[];

/* The time of the next event of one's own, when the wall clock shows `now`; and of one that receives a message with a time (the paper's figure 5). */
ORR_PUBLIC OrrHybrid orr_hybrid_tick (OrrHybrid own, OrrTime now);
ORR_PUBLIC OrrHybrid orr_hybrid_merge (OrrHybrid own, OrrHybrid received, OrrTime now);
ORR_PUBLIC OrrOrder orr_hybrid_compare (OrrHybrid a, OrrHybrid b); /* never concurrent */

G_END_DECLS
