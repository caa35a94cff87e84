/* linear-private.h: what the ways of judging linearizability share. Not installed.
 *
 * A history is linearizable if each of its objects is (Herlihy & Wing 1990, theorem 1). So it is cut into
 * parts: a part holds all operations of one key, or of several keys that operations with several steps tie
 * together.
 *
 * One operation precedes another if it completed before the other was invoked, or if both are of one process
 * and it came first. Moments that were written down as equal say nothing more: clocks are coarse, and
 * simulated ones meet often. An operation whose outcome is unknown may take effect at any time from its
 * invocation on, or never; a failed one did not.
 *
 * An operation can be taken away, to see if the others show a violation without it. It then counts as one
 * that may take effect at any time at all, or never: so a read does not come out of thin air because its
 * write was left out. What is a violation without some operations is therefore one with them. */
#pragma once

#include "check/check-private.h"

G_BEGIN_DECLS

typedef enum
{
  ORR_LINEAR_HOLDS,
  ORR_LINEAR_VIOLATED,
  ORR_LINEAR_UNDECIDED, /* the budget ran out */
  ORR_LINEAR_OTHER,     /* this way is not for such a part */
} OrrLinearAnswer;

typedef struct
{
  const OrrHistory *history;
  const OrrObject *object;
  gconstpointer settings;
  const guint32 *operations; /* by invocation; without failed ones */
  guint n;
  const gboolean *taken;  /* n: which of them were taken away; NULL: none */
  const guint8 *touching; /* of each operation of the history: the next of its process was invoked in the
                             moment in which it completed */
  gboolean touches;       /* some of them are */
  gboolean plain;         /* one key, one step each */
  guint32 kinds;          /* steps that there are, as bits */
  OrrKey key;             /* where plain */
} OrrLinearPart;

/* An operation of a part. */
typedef struct
{
  const OrrStep *steps;
  const OrrValue *values; /* NULL: not known */
  OrrTime call, back;     /* back: ORR_TIME_NEVER where nobody heard */
  guint32 n_steps;
  gboolean optional; /* it may never have happened */
} OrrLinearEntry;

static inline OrrLinearEntry
orr_linear_entry (const OrrLinearPart *part, guint index)
{
  const OrrHistoryOperation *row = orr_history_operation (part->history, part->operations[index]);
  gboolean taken = part->taken && part->taken[index], known = !taken && row->outcome == ORR_OK;
  return (OrrLinearEntry){
    .steps = row->steps,
    .values = known ? row->values : NULL,
    .call = taken ? G_MININT64 : row->invoked,
    .back = known ? row->completed : ORR_TIME_NEVER,
    .n_steps = row->n_steps,
    .optional = !known,
  };
}

/* Asks memory for what the operations some way behind this one consist of: there is more of a long history than caches hold. */
static inline void
orr_linear_fetch (const OrrLinearPart *part, guint index)
{
  if (index + 2 * ORR_FETCH_AHEAD < part->n)
    orr_fetch (part->history, part->operations[index + 2 * ORR_FETCH_AHEAD], part->operations[index + ORR_FETCH_AHEAD]);
}

/* When the entry came back. `tight`: before whatever was called in that very moment, where the next of its
 * process was. */
static inline OrrTime
orr_linear_back (const OrrLinearPart *part, guint index, const OrrLinearEntry *entry, gboolean tight)
{
  return entry->back - (tight && !entry->optional && part->touching[part->operations[index]]);
}

/* The state of the part's key before anything happened. */
OrrValue orr_linear_initial (const OrrLinearPart *part, OrrKey key);

/* --- linear-notice.c --- */

/* Of each entry: can anybody have noticed whether it happened? The caller frees it. */
gboolean *orr_linear_notice (const OrrLinearPart *part);
/* It changes nothing, whatever the state. */
gboolean orr_linear_reads_only (const OrrLinearEntry *entry);

/* --- linear-parts.c --- */

typedef struct
{
  GArray *parts; /* OrrLinearPart, by the first operation of each */
  guint32 *operations;
  guint8 *touching;
  gpointer settings;
  guint64 n_operations; /* that are in parts */
} OrrLinearParts;

OrrLinearParts *orr_linear_parts_new (const OrrHistory *history);
void orr_linear_parts_free (OrrLinearParts *parts);

/* The history's object; where that is not known, the first that has all its steps; NULL: none has. */
const OrrObject *orr_linear_object (const OrrHistory *history);

/* --- Ways of judging. The fast ones come in two forms: with `tight` more operations precede others than do,
 * without it fewer. So "violated" without and "holds" with `tight` are right. `suspects`: where it is
 * violated, operations of the part (by index) that show it by themselves; may be NULL. --- */

typedef OrrLinearAnswer (*OrrLinearWay) (const OrrLinearPart *part, gboolean tight, GArray *suspects);

OrrLinearAnswer orr_linear_register (const OrrLinearPart *part, gboolean tight, GArray *suspects);
/* All keys of a history of registers in one go, where each has unique values: "holds", or that another way must tell. */
OrrLinearAnswer orr_linear_registers (const OrrHistory *history, guint64 *ret_n_operations, guint *ret_n_keys);
OrrLinearAnswer orr_linear_grown (const OrrLinearPart *part, gboolean tight, GArray *suspects);
OrrLinearAnswer orr_linear_queue (const OrrLinearPart *part, gboolean tight, GArray *suspects);

/* What a search takes is counted in ticks, of some nanoseconds each, and a state of the budget is worth so
 * many of them: what is looked at, what the object's rules do, and each byte that is remembered. So a budget
 * bounds the memory, too: about 64 bytes a state. */
#define ORR_TICKS_A_STATE 256
#define ORR_TICKS_A_BYTE  4
#define ORR_TICKS_BETWEEN 1000000 /* two looks at whether the caller wants an end */

/* The terms for a search: what rules make of lists and texts is forgotten with it. */
OrrTerms *orr_linear_terms (const OrrLinearPart *part);

/* linear-search.c: any object, with at most `*states` states, of which it takes off what it used. */
OrrLinearAnswer orr_linear_search (const OrrLinearPart *part, const OrrCheckBudget *budget, guint64 *states,
                                   GArray *suspects);

/* By whichever way is right. `violated` may be without suspects. */
OrrLinearAnswer orr_linear_judge (const OrrLinearPart *part, const OrrCheckBudget *budget, guint64 *states,
                                  GArray *suspects);

/* --- linear-witness.c --- */

/* The least that shows why the part is violated: indices into the history's operations. `suspects` (indices
 * into the part) is where to begin. `ret_least`: FALSE where what reducing it may take ran out, so that some
 * of them may not be needed. */
typedef OrrLinearAnswer (*OrrLinearJudge) (const OrrLinearPart *part, const OrrCheckBudget *budget,
                                           guint64 *states, GArray *suspects);
GArray *orr_linear_witness (const OrrLinearPart *part, OrrLinearJudge judge, const OrrCheckBudget *budget,
                            const GArray *suspects, gboolean *ret_least);

/* What they contradict, as a teacher would say it. The witness must be by invocation. */
void orr_linear_explain (const OrrLinearPart *part, const GArray *witness, GString *text);
/* What each of them did, one after the other. */
void orr_linear_tell (const OrrHistory *history, const GArray *witness, GString *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OrrLinearParts, orr_linear_parts_free)

G_END_DECLS
