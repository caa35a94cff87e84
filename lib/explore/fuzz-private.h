/* fuzz-private.h: what the files of fuzzing share. Not installed. */
#pragma once

#include "explore/fuzz.h"
#include "explore/portfolio.h"
#include "report/json-members.h"

G_BEGIN_DECLS

/* Of a check in place of an index: the run died. */
#define ORR_FUZZ_DIED G_MAXUINT16

guint orr_fuzz_check_index (const OrrEntry *property);
/* Which of a catalog's faults it is; of one that is not there, the number of all. */
guint orr_fuzz_fault_index (const OrrCatalog *catalog, const OrrEntry *fault);

/* The variant of a seed, without what it expects; *ret_sought (const OrrCheck *) is what ought to hold in it. */
OrrScenario *orr_fuzz_variant (const OrrFuzzPlan *plan, OrrStrategy strategy, guint64 seed, GPtrArray **ret_sought);
/* The same, expecting that this is violated; NULL: expecting nothing. */
OrrScenario *orr_fuzz_original (const OrrFuzzPlan *plan, OrrStrategy strategy, guint64 seed, const OrrCheck *check);

/* --- Sums --- */

void orr_fuzz_tally_init (OrrFuzzTally *tally, const OrrCatalog *catalog);
void orr_fuzz_tally_clear (OrrFuzzTally *tally);
/* Adds the next run, which came to so many words that none had come to before. */
void orr_fuzz_tally_add (OrrFuzzTally *tally, const OrrFuzzRun *run, guint n_new);
gboolean orr_fuzz_run_violates (const OrrFuzzRun *run);

/* --- A campaign --- */

/* A violation of a cause that was not known when it came. */
typedef struct
{
  guint check;       /* index into orr_checks, or ORR_FUZZ_DIED */
  char *died;
  guint64 faults;    /* the kinds that had effects; of one that died 0 */
  guint64 run, seed;
  OrrStrategy strategy;
  guint64 n_runs;    /* that were taken for the same */
  OrrFinish todo;    /* what is tried with it */
  gboolean handed;   /* someone is at it */
  OrrFinding *finished; /* NULL: not yet, or it has been looked at */
  gboolean settled;  /* it has been */
  guint finding;     /* then: the number of the finding that it shows, from 1 */
} OrrCandidate;

struct OrrFuzz
{
  const OrrFuzzPlan *plan;
  GQueue given_back;       /* OrrTask: of runs */
  guint64 handed;          /* runs that were handed out, of those from the beginning on */
  guint64 taken;           /* runs that were looked at: the next one's number */
  guint64 total;           /* of the plan; G_MAXUINT64: at least so many */
  gboolean stopped;        /* no more are looked at */
  OrrFuzzRun *early[2 * ORR_FUZZ_ROUND];
  OrrStrategy dealt[2][ORR_FUZZ_ROUND]; /* who makes which run of the round that is looked at, and of the one after it */
  OrrYield yields[ORR_N_STRATEGIES];    /* of the rounds that are over */
  OrrYield now[ORR_N_STRATEGIES];       /* and of this one */

  GArray *words;           /* guint64: coverage, sorted */
  OrrFuzzTally tally;
  GPtrArray *candidates;   /* OrrCandidate */
  guint n_settled;         /* those before are all settled */
  GPtrArray *findings;     /* OrrFinding */
  guint64 dropped;
};

/* The number of a finding that shows the same; 0: there is none. */
guint orr_fuzz_find_equal (const OrrFuzz *fuzz, const OrrFinding *finding);

G_END_DECLS
