/* clauses.h: choices between two, and what contradictions teach of them. Not installed.
 *
 * A variable is a choice of one of two; a literal says which. What the choices mean is for a theory to know: it is told of each as
 * it is made, and says which of them contradict each other. From a contradiction the search learns a clause: not all of these
 * together (Marques-Silva & Sakallah 1996). It takes back what the contradiction does not rest on as well, and never runs into the
 * same one again. A contradiction that rests on no choice is a proof. Each clause remembers from which others it follows, so that the
 * proof can say on what it rests: these are its grounds, numbers whose meaning is the theory's.
 *
 * Variables may come while the search goes on: a theory need not ask of what is fine as it is. */
#pragma once

#include "check/check.h"

G_BEGIN_DECLS

typedef enum
{
  ORR_THEORY_AGREES,      /* with all choices, and has no more of them */
  ORR_THEORY_ASKS,        /* it has added variables */
  ORR_THEORY_CONTRADICTS, /* some of the choices made */
} OrrTheoryAnswer;

/* `because`: literals that hold, and can't all; with the grounds that say so. */
typedef struct
{
  /* The literal holds from now on. FALSE: it contradicts others; it is taken back then as well. */
  gboolean (*assume) (gpointer data, guint literal, GArray *because, GArray *grounds);
  /* The last literal that was assumed no longer holds. */
  void (*retract) (gpointer data, guint literal);
  /* Of the two literals of a variable, the one to be tried first. */
  guint (*prefer) (gpointer data, guint variable);
  /* All variables are chosen. */
  OrrTheoryAnswer (*complete) (gpointer data, GArray *because, GArray *grounds);
  /* Takes from the budget; FALSE: it is used up. */
  gboolean (*spend) (gpointer data, guint64 n);
} OrrTheory;

typedef struct OrrClauses OrrClauses;

static inline guint
orr_literal (guint variable, gboolean second)
{
  return variable * 2 + (second ? 1 : 0);
}

OrrClauses *orr_clauses_new (const OrrTheory *theory, gpointer data);
void orr_clauses_free (OrrClauses *clauses); /* accepts NULL */

/* Those that are there before the search begins are chosen first, in their order: for suppositions, by which an answer is easily found
 * if they are so. */
guint orr_clauses_add_variable (OrrClauses *clauses);

/* Does it now? */
gboolean orr_clauses_holds (const OrrClauses *clauses, guint literal);

/* Holds: there are choices with which the theory agrees, and they are assumed now. Violated: there are none, on these grounds, each named
 * once. Undecided: the budget was used up. */
OrrVerdictKind orr_clauses_solve (OrrClauses *clauses, GArray *ret_grounds);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OrrClauses, orr_clauses_free)

G_END_DECLS
