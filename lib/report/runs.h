/* runs.h: what many runs of a scenario say to the people who ran them.
 *
 * Runs of one scenario by many seeds are a sample of what can happen. Their report counts in how many of them a
 * property was violated and an expectation met, says between which bounds the figures lie, and names the first
 * seeds that are worth a look. It is fed one summary after the other and keeps none: its size does not grow with
 * the runs. What it says depends on their order, which is that of the seeds. */
#pragma once

#include "base/statistics.h"
#include "report/summary.h"

G_BEGIN_DECLS

/* So many seeds are named of each sort. */
#define ORR_RUNS_SEEDS_MAX 5

typedef struct
{
  guint64 count;
  guint64 seeds[ORR_RUNS_SEEDS_MAX]; /* the first ones */
} OrrSeeds;

ORR_PUBLIC void orr_seeds_add (OrrSeeds *seeds, guint64 seed);

typedef struct
{
  const OrrEntry *property;
  OrrSeeds by_kind[ORR_UNDECIDED + 1]; /* by OrrVerdictKind: in how many runs */
} OrrRunsVerdict;

typedef struct
{
  const OrrExpectation *expectation;
  OrrSeeds by_kind[ORR_UNDECIDED + 1]; /* by OrrVerdictKind: holds: in how many runs it was met */
} OrrRunsExpected;

typedef struct
{
  char *name;
  const OrrMeasureEntry *measure;
  OrrSpread *spread;
  double least, most;        /* of all runs, */
  guint64 least_by, most_by; /* and the first seeds that gave them */
} OrrRunsFigure;

typedef struct
{
  guint64 seed;
  char *how;
} OrrRunsDied;

typedef struct
{
  OrrScenario *scenario;
  guint64 first, last;  /* seeds that were asked for */
  guint64 n;            /* runs, those that died among them; always those with the first seeds */
  OrrSeeds by_result[ORR_UNDECIDED + 1]; /* by what every run must meet */
  OrrSeeds cut_short;   /* runs that a limit ended */
  guint64 n_died;
  GArray *died;         /* OrrRunsDied: the first ones */
  guint64 events;
  guint64 digest;       /* over the digests of all runs, in the order of their seeds */
  GArray *verdicts;     /* OrrRunsVerdict, in the order in which they were asked for */
  GArray *expected;     /* OrrRunsExpected, in the scenario's order */
  GArray *struck;       /* guint8: lines of `faults` that struck in any of them, as orr_struck_of */
  GPtrArray *figures;   /* OrrRunsFigure, in the order in which they were first met */
  GHashTable *by_name;  /* of figures; for look-ups */
  OrrFigureNames *names; /* of the last run's figures; NULL before the first, */
  GPtrArray *named;     /* and these figures, in their order */
  GPtrArray *numbered;  /* which number is which figure, for each process that sent some */
} OrrRuns;

/* Keeps a reference to the scenario. */
ORR_PUBLIC OrrRuns *orr_runs_new (const OrrScenario *scenario, guint64 first, guint64 last);
ORR_PUBLIC void orr_runs_free (OrrRuns *runs); /* accepts NULL */

/* Adds the next run. */
ORR_PUBLIC void orr_runs_add (OrrRuns *runs, const OrrSummary *summary);

/* All runs that were asked for have been added. */
ORR_PUBLIC gboolean orr_runs_is_complete (const OrrRuns *runs);

/* Is an expectation met by `n` runs of which this is known? One that speaks of a share of runs by that share, with the undecided ones
 * counted either way; any other by every run. */
ORR_PUBLIC OrrVerdictKind orr_runs_expected_met (const OrrRunsExpected *expected, guint64 n);
/* Is the i-th expectation? */
ORR_PUBLIC OrrVerdictKind orr_runs_met (const OrrRuns *runs, guint index);
/* And all of them, with the runs themselves: undecided where one was cut short, died, or is missing. */
ORR_PUBLIC OrrVerdictKind orr_runs_result (const OrrRuns *runs);

ORR_PUBLIC const OrrRunsFigure *orr_runs_find_figure (const OrrRuns *runs, const char *name); /* NULL: no run had it */

typedef struct
{
  gboolean colour;
  gboolean brief;                /* without figures */
  const char *command, *options; /* the command that makes runs: between the two stands ` --seed N` */
} OrrRunsStyle;

ORR_PUBLIC void orr_runs_print (const OrrRuns *runs, const OrrRunsStyle *style, GString *text);
ORR_PUBLIC void orr_runs_print_json (const OrrRuns *runs, const OrrRunsStyle *style, GString *text);

/* Several scenarios side by side, a row each; `names` as in orr_reports_print_table. Of the style, the commands
 * are not used. */
ORR_PUBLIC void orr_runs_print_table (OrrRuns *const *runs, const char *const *names, guint n, const OrrRunsStyle *style, GString *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OrrRuns, orr_runs_free)

G_END_DECLS
