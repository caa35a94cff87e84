/* check-private.h: what checks share. Not installed. */
#pragma once

#include "check/check.h"

G_BEGIN_DECLS

static inline const OrrHistoryOperation *
orr_history_operation (const OrrHistory *history, guint index)
{
  return &g_array_index (history->operations, OrrHistoryOperation, index);
}

/* There is more of a long history than caches hold. So who walks along it asks memory, some way ahead, for an operation's row, and nearer for what
 * that row points to. */
#define ORR_FETCH_AHEAD 12

static inline void
orr_fetch (const OrrHistory *history, guint row, guint nearer)
{
  __builtin_prefetch (orr_history_operation (history, row));
  __builtin_prefetch (orr_history_operation (history, nearer)->steps);
  __builtin_prefetch (orr_history_operation (history, nearer)->values);
}

/* For a walk over all of them, in order: called at each. */
static inline void
orr_history_fetch (const OrrHistory *history, guint index)
{
  if (index + 2 * ORR_FETCH_AHEAD < history->operations->len)
    orr_fetch (history, index + 2 * ORR_FETCH_AHEAD, index + ORR_FETCH_AHEAD);
}

/* --- words.c: what operations did, as a sentence tells it --- */

/* "wrote x = 17", "read x = 12", "appended 3 to l": the step, with what it returned. */
void orr_words_did (const OrrHistory *history, guint operation, guint step, GString *text);
/* "to write x = 17", "to read x": what was asked for. */
void orr_words_ask (const OrrHistory *history, guint operation, guint step, GString *text);
/* "alice wrote x = 17 at 1.204s (ok at 1.207s on primary)". */
void orr_words_acknowledged (const OrrHistory *history, guint operation, guint step, GString *text);
/* " on replica1", where it is known who served the operation; else nothing. */
void orr_words_server (const OrrHistory *history, guint operation, GString *text);
/* ", which came to hold x = 17 only at 1.804s": where a version was at `time`, on the node that served `operation`;
 * nothing where that is not known. `what` is "x = 17". */
void orr_words_where (const OrrHistory *history, guint operation, OrrKey key, guint64 version, OrrTime time, const char *what, GString *text);
/* `n2 said "leader term=3" at 1.204s`. */
void orr_words_said (const OrrHistory *history, guint fact, GString *text);
/* "x = 17". */
void orr_words_value (const OrrHistory *history, OrrKey key, OrrValue value, GString *text);
/* "3 reads", "1 read". */
char *orr_words_count (guint64 n, const char *one, const char *many);

/* --- finals.c: what nodes held in the end --- */

typedef struct OrrFinals OrrFinals;
OrrFinals *orr_finals_new (const OrrHistory *history);
void orr_finals_free (OrrFinals *finals); /* accepts NULL */
guint orr_finals_n_keys (const OrrFinals *finals);
OrrKey orr_finals_key (const OrrFinals *finals, guint index); /* in the order in which they were said */
/* What a node holds of a key. One that it does not name has its initial value, or was deleted. */
OrrValue orr_finals_value (const OrrFinals *finals, guint32 node, OrrKey key);
/* Its version: as it was said, else the last one of that value; 0: the initial value, or not known. */
guint64 orr_finals_version (const OrrFinals *finals, guint32 node, OrrKey key);

/* How many keys the nodes that said what they hold don't agree on; of the first, two nodes that differ. */
typedef struct
{
  OrrKey key;
  guint32 node, other;
} OrrDifference;
guint orr_finals_differ (const OrrFinals *finals, OrrDifference *ret_difference); /* may be NULL */

/* --- session.c: what a session may rely on --- */

/* One of Terry's four guarantees: of two steps of a session on one key, the first of one sort and the second of
 * another, the second is not older in the key's order of writes. The sorts tell the four apart. */
typedef struct
{
  gboolean first_writes, second_writes;
  const char *second, *seconds; /* what is judged: one, several */
  const char *none;             /* there was nothing to judge */
} OrrSessionRule;

OrrVerdict *orr_session_check (const OrrHistory *history, const OrrSessionRule *rule);

/* The place of a step in the rule: whether it can be the first or second of a pair. Reads that returned nothing and
 * writes without a key count as neither. */
gboolean orr_session_step_counts (const OrrHistoryOperation *operation, guint step, gboolean writes);

/* session-order.c: the same where no versions are known, from the order that the reads force. */
OrrVerdict *orr_session_check_forced (const OrrHistory *history, const OrrSessionRule *rule);

/* --- reduce.c: making a witness small --- */

/* Do these elements (in the order in which they were given) still show the violation? FALSE also where that is not known. */
typedef gboolean (*OrrReduceTest) (const guint *elements, guint n, gpointer data);

/* Leaves out of `elements`, which show a violation, as many as can go, with at most `tests_max` tests. Without any
 * one of those that stay (the first `*n`) the rest shows it no longer; FALSE where the tests did not suffice to know. */
gboolean orr_reduce (guint *elements, guint *n, OrrReduceTest test, gpointer data, guint tests_max);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OrrFinals, orr_finals_free)

G_END_DECLS
