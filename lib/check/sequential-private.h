/* sequential-private.h: what the ways of judging sequential consistency share. Not installed.
 *
 * All operations of all keys must fit into one order in which each session's stand as the session made them; time says
 * nothing. An operation whose outcome is unknown stands behind what its session had done before, but before nothing:
 * it may take effect at any later time, or never. One that was taken away, to see if the others show a violation
 * without it, may have taken effect at any time at all. */
#pragma once

#include "check/linear-private.h"

G_BEGIN_DECLS

#define ORR_SEQUENCE_NONE G_MAXUINT32

/* An operation that may have its place in the order. */
typedef struct
{
  const OrrStep *steps;
  const OrrValue *values; /* NULL: not known */
  guint32 n_steps;
  guint32 operation; /* index into the history's operations */
  guint32 chain;     /* its session; one of its own where it is optional */
  guint32 place;     /* in its chain, from 0; optional: how many of the session's others stand before it */
  gboolean optional, reads_only;
} OrrSequenceNode;

typedef struct
{
  const OrrLinearPart *all; /* for the object and its settings */
  GArray *nodes;            /* OrrSequenceNode, by invocation */
  guint32 n_chains;         /* of sessions */
  GPtrArray *chains;        /* GArray of guint32: nodes of each session, in order */
  GArray *edges;            /* pairs of guint32 (before, behind): what is forced besides the sessions' orders */
  GArray *keys;             /* OrrKey */
  gboolean plain;           /* one step each, on registers */
} OrrSequence;

/* What is left when `taken` (by index into the history; may be NULL) are away and what nobody can have seen is left out. */
OrrSequence *orr_sequence_new (const OrrLinearPart *all, const gboolean *taken);
void orr_sequence_free (OrrSequence *sequence);

/* Registers whose writes write different values: adds to the edges what follows from what was read. FALSE: they
 * contradict each other. */
gboolean orr_sequence_force (OrrSequence *sequence);

/* Looks for an order, with at most `*states` states. */
OrrLinearAnswer orr_sequence_search (const OrrSequence *sequence, const OrrCheckBudget *budget, guint64 *states);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OrrSequence, orr_sequence_free)

G_END_DECLS
