/* trial.h: one question to a scenario: is that property violated?
 *
 * Exploration asks it thousands of times. A trial makes the run, records as little as it can, and judges that property alone. A run that was cut
 * short by a limit answers no, since another limit might give another answer; one in which time stands still would not.
 *
 * Or it asks whether the run dies, and of the same: see explore/death.h. */
#pragma once

#include "check/check.h"
#include "explore/death.h"

G_BEGIN_DECLS

typedef struct
{
  const OrrCheck *property; /* NULL: does the run die? */
  const char *death;        /* then: of this */
  OrrRunOptions run;
  const OrrApart *apart;    /* the run is made there; NULL: here, where it must not die */
} OrrQuestion;

/* The same with what it was answered by. It is made here. */
typedef struct
{
  OrrTrace *trace;
  OrrHistory *history;
  OrrVerdict *verdict;
} OrrTrial;

ORR_PUBLIC OrrTrial *orr_trial_new (const OrrScenario *scenario, const OrrQuestion *question);
ORR_PUBLIC void orr_trial_free (OrrTrial *trial); /* accepts NULL */
ORR_PUBLIC gboolean orr_trial_answer (const OrrTrial *trial);

ORR_PUBLIC gboolean orr_trial_is_violated (const OrrScenario *scenario, const OrrQuestion *question);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OrrTrial, orr_trial_free)

G_END_DECLS
