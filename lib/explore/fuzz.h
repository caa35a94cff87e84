/* fuzz.h: looking for runs that break a promise.
 *
 * A fuzzing campaign makes run after run, each of a variant of one scenario that its seed and a strategy draw (explore/swarm.h), and asks of
 * each whether a property is violated that ought to hold. Whatever it finds becomes a finding: the violated property with its cause, shrunk to
 * the smallest scenario that shows it. A run that dies, and takes its process with it, is a finding too.
 *
 * Like explore/campaign.h it makes no run by itself and knows of no process: its caller asks for tasks, has them done wherever it likes, and
 * brings the results back as they come. They are looked at in the order of the runs, and what follows from one depends on those before it
 * alone. So a campaign of n runs says the same whoever did them, and what a longer one says begins with it. Runs are divided into rounds of a
 * fixed number. Which strategy has how many of a round's runs depends on what was learnt up to the last but one: nobody need wait for the end
 * of a round to begin the next.
 *
 * Two violations have one cause, as far as is known, when they are of the same property and need the same kinds of faults. Before it is
 * shrunk, all that had an effect in the run count; of such a cause the first run alone is shrunk. What is left after shrinking tells better:
 * the kinds of faults and actions, and which messages, timers and draws are pinned. Findings that agree in that are one. */
#pragma once

#include "check/check.h"
#include "engine/simulation.h"
#include "explore/death.h"
#include "explore/swarm.h"
#include "explore/task.h"

G_BEGIN_DECLS

/* What is to be done. All of it must outlive what is made from it. */
typedef struct
{
  const OrrScenario *scenario;
  const OrrCatalog *catalog;
  guint64 first, last;           /* seeds; first ≤ last: a run by each */
  const char *const *properties; /* that ought to hold; ends with NULL. NULL: those that the scenario expects to hold; where it expects none, those
                                  * that the model claims for the variant, had it none of its mistakes */
  gboolean keep_going;           /* does not end with the first run that shows a violation */
  OrrRunOptions run;             /* limits of each run */
  guint64 shrink_runs_max;       /* a finding may take so many runs to shrink; 0: none is shrunk */
  const OrrApart *apart;         /* runs that die are shrunk there (explore/death.h); NULL: they are not shrunk. One that never comes back is not in
                                  * any case, since each try would cost all of somebody's patience */
} OrrFuzzPlan;

/* --- One run --- */

typedef struct
{
  guint16 check;   /* index into orr_checks */
  guint8 kind;     /* OrrVerdictKind */
  guint8 tested;   /* it spoke about something */
  guint8 telling;  /* violated, and does not follow from another one that is */
} OrrFuzzVerdict;

typedef struct
{
  guint32 fault;   /* index into the catalog's faults */
  guint32 strikes;
  guint64 effects;
} OrrFuzzFault;

/* The little that stays of a run. */
typedef struct
{
  guint64 seed, digest, events;
  OrrTime simulated;
  guint32 strategy; /* OrrStrategy */
  guint32 ending;   /* OrrEnding */
  GArray *verdicts; /* OrrFuzzVerdict: of the properties that were sought */
  GArray *faults;   /* OrrFuzzFault: of the kinds that struck, in the catalog's order */
  GArray *words;    /* guint64: what it came to (explore/coverage.h) */
  char *died;       /* its process died of this; NULL: it did not, and all else is set */
} OrrFuzzRun;

/* Draws the variant, runs it and judges it. */
ORR_PUBLIC OrrFuzzRun *orr_fuzz_run_new (const OrrFuzzPlan *plan, OrrStrategy strategy, guint64 seed);
ORR_PUBLIC OrrFuzzRun *orr_fuzz_run_new_died (OrrStrategy strategy, guint64 seed, const char *how);
ORR_PUBLIC void orr_fuzz_run_free (OrrFuzzRun *run); /* accepts NULL */

/* Appends it as bytes, for another process of the same program on the same machine. NULL where the bytes are no run. */
ORR_PUBLIC void orr_fuzz_run_write (const OrrFuzzRun *run, GByteArray *bytes);
ORR_PUBLIC OrrFuzzRun *orr_fuzz_run_read (const guint8 *bytes, gsize length);

/* --- What was found --- */

/* How much is tried: one that a process died of is made with less. */
typedef enum
{
  ORR_FINISH_SHRINK, /* shrink it, and run what is left in full */
  ORR_FINISH_SHRINK_APART, /* the same with care, since somebody has died of it */
  ORR_FINISH_RUN,    /* run it in full */
  ORR_FINISH_DRAW,   /* write down its scenario alone */
  ORR_FINISH_GIVE_UP,
} OrrFinish;

typedef struct
{
  guint number;          /* from 1; 0: it is none of its own, but shows the same as another one */
  guint candidate;       /* names it before it has a number */
  const OrrCheck *check; /* the property that is violated; NULL: the run died */
  char *died;            /* of this; NULL */
  char *sentence;        /* what happened; of one that died NULL */
  guint64 run, seed;     /* the first that showed it: which run of the campaign, from 0 */
  OrrStrategy strategy;
  guint64 n_runs;        /* that showed it, as far as is known */
  OrrFinish finished;    /* how much could be done */
  guint n_operations, n_faults, n_actions, n_pins; /* of the scenario as it is now */
  guint n_operations_drawn, n_faults_drawn;        /* of the variant */
  guint64 shrink_runs;   /* that shrinking it took */
  gboolean is_minimal, is_explicit; /* as explore/shrink.h has them */
  guint64 faults;        /* the kinds of faults that it needs: a bit for each of the catalog's */
  char *shape;           /* by which it is told apart */
} OrrFinding;

ORR_PUBLIC void orr_finding_free (OrrFinding *finding); /* accepts NULL */
ORR_PUBLIC const char *orr_finding_property (const OrrFinding *finding); /* its name; "died" */

ORR_PUBLIC void orr_finding_write (const OrrFinding *finding, GByteArray *bytes);
ORR_PUBLIC OrrFinding *orr_finding_read (const guint8 *bytes, gsize length); /* NULL where the bytes are none */

/* A finding with what shows it. */
typedef struct
{
  OrrFinding *finding;
  OrrScenario *original; /* the variant; expects what is violated */
  OrrScenario *scenario; /* the smallest that shows the same; may be the same one */
  OrrTrace *trace;       /* its run, recorded in full; NULL: it was not to be made */
  OrrVerdict *verdict;   /* of the property in that run; NULL */
} OrrFinished;

ORR_PUBLIC void orr_finished_free (OrrFinished *finished); /* accepts NULL */

/* --- The campaign --- */

typedef struct OrrFuzz OrrFuzz;

/* Runs of a round. */
#define ORR_FUZZ_ROUND 256

ORR_PUBLIC OrrFuzz *orr_fuzz_new (const OrrFuzzPlan *plan);
ORR_PUBLIC void orr_fuzz_free (OrrFuzz *fuzz); /* accepts NULL */

/* The next task, of at most so many runs (> 0), or to finish one finding. FALSE: there is none for now, or ever. */
ORR_PUBLIC gboolean orr_fuzz_next (OrrFuzz *fuzz, guint count_max, OrrTask *ret_task);
ORR_PUBLIC void orr_fuzz_give_back (OrrFuzz *fuzz, const OrrTask *task);
ORR_PUBLIC gboolean orr_fuzz_task_finishes (const OrrTask *task); /* else it is of runs */

/* Does the first piece of a task, in whatever process. */
ORR_PUBLIC OrrFuzzRun *orr_fuzz_do_run (const OrrFuzzPlan *plan, const OrrTask *task);
ORR_PUBLIC OrrFinished *orr_fuzz_do_finish (const OrrFuzzPlan *plan, const OrrTask *task);

/* What came of a task's first piece. Each takes over what it is given. */
ORR_PUBLIC void orr_fuzz_take_run (OrrFuzz *fuzz, const OrrTask *task, OrrFuzzRun *run);
ORR_PUBLIC void orr_fuzz_take_finding (OrrFuzz *fuzz, const OrrTask *task, OrrFinding *finding);
ORR_PUBLIC void orr_fuzz_take_death (OrrFuzz *fuzz, const OrrTask *task, const char *how); /* whoever did it died of it */

/* No more runs are looked at; findings that are not finished yet still will be. */
ORR_PUBLIC void orr_fuzz_stop (OrrFuzz *fuzz);
ORR_PUBLIC gboolean orr_fuzz_is_done (const OrrFuzz *fuzz);
ORR_PUBLIC guint64 orr_fuzz_left (const OrrFuzz *fuzz); /* pieces that are still to be handed out; G_MAXUINT64: at least so many */

/* --- What the runs say that were looked at --- */

typedef struct
{
  guint64 runs, violating; /* violating: those that showed a violation, or died */
  guint64 words;           /* of coverage that it was the first to come to */
  guint64 findings;        /* that it was the first to show */
} OrrFuzzStrategyTally;

typedef struct
{
  guint64 runs;     /* in which it was sought */
  guint64 tested;   /* and put to the test */
  guint64 violated, undecided;
} OrrFuzzPropertyTally;

typedef struct
{
  guint64 runs;           /* in which it struck, */
  guint64 runs_effective; /* and made a difference */
  guint64 strikes, effects;
} OrrFuzzFaultTally;

typedef struct
{
  guint64 runs;
  guint64 events;
  guint64 simulated;  /* virtual time of all, in milliseconds */
  guint64 violating, died, cut_short;
  guint64 unsought;   /* runs of which nothing was promised, so that they could show nothing */
  guint64 digest;     /* over those of all runs, in their order */
  guint64 words;      /* of coverage */
  guint64 last_new;   /* how many runs there had been with the last that came to something new */
  OrrFuzzStrategyTally strategies[ORR_N_STRATEGIES];
  GArray *properties; /* OrrFuzzPropertyTally, by index into orr_checks; `runs` 0: never sought */
  GArray *faults;     /* OrrFuzzFaultTally, by index into the catalog's faults */
} OrrFuzzTally;

ORR_PUBLIC const OrrFuzzTally *orr_fuzz_get_tally (const OrrFuzz *fuzz);
/* OrrFinding, in the order of their numbers, each of them finished; owned by the campaign. */
ORR_PUBLIC const GPtrArray *orr_fuzz_get_findings (const OrrFuzz *fuzz);
/* Violations of causes that were not followed up, there being too many. */
ORR_PUBLIC guint64 orr_fuzz_get_dropped (const OrrFuzz *fuzz);

/* --- To go on another day --- */

/* TRUE: no finding is being finished, so that all that is known can be written down. */
ORR_PUBLIC gboolean orr_fuzz_can_save (const OrrFuzz *fuzz);
/* Appends all that is known as one JSON value. The same runs give the same text. */
ORR_PUBLIC void orr_fuzz_save (const OrrFuzz *fuzz, GString *json);
/* Takes it up again, in a campaign of an equal plan that may have more seeds behind the last one, or fewer: then it is at its end. FALSE: the text
 * does not say such a thing; then the campaign is spoilt. */
ORR_PUBLIC gboolean orr_fuzz_load (OrrFuzz *fuzz, const char *json, gsize length);

/* --- Several campaigns, as of a job array --- */

/* Tells of a finding of another campaign that has become one of this. */
typedef void (*OrrFuzzTellMerged) (gpointer data, const OrrFinding *finding, const OrrFinding *original);

/* Adds what another campaign knows, of the same question and other seeds, so that no finding is there twice. It is at its end by that. */
ORR_PUBLIC void orr_fuzz_merge (OrrFuzz *fuzz, const OrrFuzz *other, OrrFuzzTellMerged tell, gpointer data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OrrFuzzRun, orr_fuzz_run_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OrrFinding, orr_finding_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OrrFinished, orr_finished_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OrrFuzz, orr_fuzz_free)

G_END_DECLS
