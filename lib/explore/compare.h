/* compare.h: what a change would do, told from pairs of runs.
 *
 * Two scenarios are run by the same seeds. A seed names each draw by what it is for, not by its place in a row: so whatever the change does not
 * reach, arrivals, keys, latencies of the same messages, is the same in both runs of a pair, and cancels out when one is subtracted from the
 * other. What is left is the change. (Common random numbers: Law, Simulation Modeling and Analysis, 5th ed., section 11.2.) A difference that two
 * separate samples would need thousands of runs for shows in some dozens of pairs.
 *
 * A comparison is fed one pair after the other and keeps none: its size does not grow with the runs. */
#pragma once

#include "report/runs.h"

G_BEGIN_DECLS

/* How often a property was violated, of the pairs in which both runs decided it. */
typedef struct
{
  const OrrEntry *property;
  OrrSeeds neither, both, only_a, only_b;
  guint64 n_unknown; /* pairs in which one did not */
} OrrComparedVerdict;

/* One of A's expectations, asked of both. */
typedef struct
{
  OrrRunsExpected a, b;
} OrrComparedExpectation;

/* A figure, of the pairs in which both runs had it. */
typedef struct
{
  char *name;
  const OrrMeasureEntry *measure;
  OrrMean a, b, difference; /* b − a, run by run */
  guint64 n_only_a, n_only_b; /* pairs in which one run alone had it */
} OrrComparedFigure;

typedef struct
{
  OrrScenario *a, *b;
  guint64 first, last; /* seeds that were asked for */
  guint64 n;           /* pairs, but for those of which a run died */
  OrrSeeds died_a, died_b;
  OrrSeeds same;       /* pairs whose runs are one and the same, event for event */
  GArray *verdicts;    /* OrrComparedVerdict, in the order in which they were asked for */
  GArray *expected;    /* OrrComparedExpectation, in A's order */
  GPtrArray *figures;  /* OrrComparedFigure, in the order in which they were first met */
  GHashTable *by_name; /* of figures; for look-ups */
  GQueue waiting;      /* OrrSummary: A's runs whose pair has not come */
} OrrComparison;

/* Keeps references to the scenarios. */
ORR_PUBLIC OrrComparison *orr_comparison_new (const OrrScenario *a, const OrrScenario *b, guint64 first, guint64 last);
ORR_PUBLIC void orr_comparison_free (OrrComparison *comparison); /* accepts NULL */

/* Adds a pair of runs by one seed, of A and of B. */
ORR_PUBLIC void orr_comparison_add (OrrComparison *comparison, const OrrSummary *a, const OrrSummary *b);
/* The same for a campaign, whose scenarios are A and B, in turns: an OrrCampaignTell whose data is the comparison. */
ORR_PUBLIC void orr_comparison_take (gpointer comparison, guint scenario, OrrSummary *summary);

/* Does a figure differ: does the interval of its mean difference leave 0 out? With one pair alone, or without any, nobody knows. */
ORR_PUBLIC gboolean orr_compared_figure_differs (const OrrComparedFigure *figure);
/* How much, as a share of the larger of both means: 0 … 1, the same whichever comes first. */
ORR_PUBLIC double orr_compared_figure_size (const OrrComparedFigure *figure);
/* Figures (OrrComparedFigure) with those first that differ, the larger differences before the smaller ones. */
ORR_PUBLIC GPtrArray *orr_comparison_sorted (const OrrComparison *comparison);

/* Does B keep what A's runs meet, of `n` pairs? Violated: it breaks it; undecided: that can't be told. Who expects that a property is violated
 * shows a mistake; that it is gone breaks nothing. */
ORR_PUBLIC OrrVerdictKind orr_compared_expectation_kept (const OrrComparedExpectation *expected, guint64 n);
/* The same of all that A's scenario expects; undecided also where not all pairs have come. */
ORR_PUBLIC OrrVerdictKind orr_comparison_result (const OrrComparison *comparison);

typedef struct
{
  gboolean colour;
  gboolean brief;              /* verdicts and expectations alone */
  gboolean all;                /* also what does not differ */
  const char *name_a, *name_b; /* what the user calls them */
  const char *command_a, *command_b, *options; /* the commands that make a run of each: before its options stands ` --seed N` */
  const char *again;           /* the command that compares them again */
} OrrComparisonStyle;

ORR_PUBLIC void orr_comparison_print (const OrrComparison *comparison, const OrrComparisonStyle *style, GString *text);
ORR_PUBLIC void orr_comparison_print_json (const OrrComparison *comparison, const OrrComparisonStyle *style, GString *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OrrComparison, orr_comparison_free)

G_END_DECLS
