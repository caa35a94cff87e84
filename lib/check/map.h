/* map.h: which properties imply which.
 *
 * Whoever knows that a history is linearizable need not ask whether it is sequential. The map is a table of such implications, each from the
 * literature; some stand only where the history allows them, as between transactions of one step. Verdicts never contradict it, which tests
 * hold, so of many verdicts two kinds say it all: the strongest properties that hold, and the weakest that are violated. */
#pragma once

#include "check/check.h"

G_BEGIN_DECLS

/* What an implication needs of a history. */
typedef enum
{
  ORR_MAP_ALWAYS = 0,
  ORR_MAP_TIMED = 1 << 0,         /* times are known */
  ORR_MAP_SINGLE_STEPS = 1 << 1,  /* all operations are of one step */
  ORR_MAP_ORDER_UNKNOWN = 1 << 2, /* the true order of writes is not known: any will do that explains the reads */
} OrrMapNeeds;

typedef struct
{
  const char *stronger, *weaker;
  OrrMapNeeds needs;
} OrrImplication;

/* Those that follow from no others, also of properties without a check; ends with a NULL name. */
extern ORR_PUBLIC const OrrImplication orr_map[];

/* What the map's conditions ask of a history. */
ORR_PUBLIC OrrMapNeeds orr_map_given (const OrrHistory *history);

/* Does one property imply the other, directly or through others, where so much is given? None implies itself. */
ORR_PUBLIC gboolean orr_map_implies (const char *stronger, const char *weaker, OrrMapNeeds given);

/* Who can still be served in a partition (Bailis and others: Highly Available Transactions, VLDB 2014); NULL: not said of this one. */
ORR_PUBLIC const char *orr_map_availability (const char *property);

/* The verdict that follows for a property from those of others (OrrVerdict); NULL: none does. Its sentence says from which. */
ORR_PUBLIC OrrVerdict *orr_map_decide (const OrrCheck *check, const GPtrArray *verdicts, OrrMapNeeds given);

/* Two verdicts that can't both be true; FALSE: there are none. */
ORR_PUBLIC gboolean orr_map_contradiction (const GPtrArray *verdicts, OrrMapNeeds given, const OrrVerdict **ret_holds,
                                           const OrrVerdict **ret_violated);

/* Is this one of the strongest that hold among the verdicts, or one of the weakest that are violated? Others follow from such. */
ORR_PUBLIC gboolean orr_map_is_telling (const OrrVerdict *verdict, const GPtrArray *verdicts, OrrMapNeeds given);

/* Puts the strongest first, so that whoever judges one after the other may find the next decided. */
ORR_PUBLIC void orr_map_sort (const OrrCheck **checks, guint n, OrrMapNeeds given);
/* Replaces verdicts that are unknown by what follows from the others: what a budget did not suffice for may be known by another way. Those of
 * properties that say nothing of the history stay. */
ORR_PUBLIC void orr_map_settle (GPtrArray *verdicts, const OrrHistory *history, OrrMapNeeds given);

G_END_DECLS
