/* accesses.h: a history as reads and writes of registers. Not installed.
 *
 * The conditions that are weaker than sequential consistency speak of registers: of writes, and of reads that each return what one of the writes
 * wrote. Where every value is written once to its key, as in a differentiated history (Bouajjani, Enea, Guerraoui & Hamza 2017), it is plain who read
 * from whom, and what is hard in general becomes easy: each condition has bad patterns that a history shows exactly when it violates it.
 *
 * What counts: writes that took effect, deletions as writes of nil, reads that returned. An operation that failed had no effect. A write whose
 * outcome nobody knows took effect if someone read it, and else may as well never have; it comes after what its session did before, but nothing
 * comes after it, since its session went on without waiting: it stands aside. A read of what several writes may have written is left out and
 * counted: what the rest violates, all of it does. */
#pragma once

#include "check/check-private.h"

G_BEGIN_DECLS

#define ORR_NO_ACCESS G_MAXUINT32

typedef struct
{
  guint32 operation; /* index into the history's operations */
  guint32 session;
  guint32 key;       /* index into the keys of the accesses */
  guint32 source;    /* of a read: who wrote what it returned; ORR_NO_ACCESS: nobody, it is the initial value */
  guint32 after;     /* of one aside: how many of its session's accesses come before it */
  guint16 step;
  guint16 writes; /* TRUE or FALSE */
} OrrAccess;

typedef struct
{
  const OrrHistory *history;
  OrrAccess *rows; /* by session, in its order; behind them those aside, by session and `after` */
  guint32 n, n_main, n_reads, n_keys, n_sessions;
  guint32 *starts; /* n_sessions + 1: the first row of each session */
  guint64 n_unclear, n_thin_air;
  guint32 thin_air; /* the first operation that read what nobody wrote; ORR_NO_ACCESS: there is none */
  guint32 thin_air_step;
} OrrAccesses;

/* Why the history is none of reads and writes of registers, a constant; NULL: it is. */
const char *orr_accesses_silent (const OrrHistory *history);
/* The same for conditions that speak of time. */
const char *orr_accesses_silent_of_time (const OrrHistory *history);

OrrAccesses *orr_accesses_new (const OrrHistory *history);
/* Those rows alone, which ascend. A read whose source is not among them is left out: what it returned is then free. */
OrrAccesses *orr_accesses_part (const OrrAccesses *whole, const guint *rows, guint n);
void orr_accesses_free (OrrAccesses *accesses); /* accepts NULL */

static inline gboolean
orr_access_is_aside (const OrrAccesses *accesses, guint32 row)
{
  return row >= accesses->n_main;
}

/* Its place among its session's, from 1; not of one aside. */
static inline guint32
orr_access_place (const OrrAccesses *accesses, guint32 row)
{
  return row - accesses->starts[accesses->rows[row].session] + 1;
}

/* The row before it in the order of its session; ORR_NO_ACCESS: there is none. */
static inline guint32
orr_access_previous (const OrrAccesses *accesses, guint32 row)
{
  const OrrAccess *access = &accesses->rows[row];
  guint32 before = orr_access_is_aside (accesses, row) ? access->after : orr_access_place (accesses, row) - 1;
  return before == 0 ? ORR_NO_ACCESS : accesses->starts[access->session] + before - 1;
}

/* A failed operation that asked to write this, which explains where a thin-air read has it from; ORR_NO_ACCESS: there is none. */
guint32 orr_find_failed_write (const OrrHistory *history, OrrKey key, OrrValue value);
/* Thin-air reads are violations of every condition here; NULL where there are none. */
OrrVerdict *orr_accesses_judge_thin_air (const OrrAccesses *accesses);
/* Holds, or `unknown` where reads were left out. `condition` ends the sentence "812 reads by 6 sessions …". */
OrrVerdict *orr_accesses_judge_clean (const OrrAccesses *accesses, const char *condition);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OrrAccesses, orr_accesses_free)

G_END_DECLS
