/* summary.h: what many runs keep of each.
 *
 * A trace and its report are large; of thousands of runs none can stay. A summary is what their report needs of
 * one, small enough to be sent from the process that ran it to the one that gathers them. */
#pragma once

#include "report/report.h"

G_BEGIN_DECLS

typedef struct
{
  guint check; /* index into orr_checks */
  OrrVerdictKind kind;
} OrrSummaryVerdict;

/* The names of figures that went from one process to another, each with its number: the next time it goes by that. Both sides keep one, which
 * say the same. */
typedef struct OrrFigureTable OrrFigureTable;

/* The texts of one. As long as somebody has them, a number means the same text. */
typedef struct OrrFigureTexts OrrFigureTexts;

ORR_PUBLIC OrrFigureTexts *orr_figure_texts_ref (OrrFigureTexts *texts);
ORR_PUBLIC void orr_figure_texts_unref (OrrFigureTexts *texts);

ORR_PUBLIC OrrFigureTable *orr_figure_table_new (void);
ORR_PUBLIC void orr_figure_table_free (OrrFigureTable *table); /* accepts NULL */

/* What the figures of a run are called. Runs of one scenario mostly have the same hundreds: so summaries share the
 * names. */
typedef struct
{
  guint n;
  const char **names;    /* of one table the same name is the same pointer */
  OrrArena *arena;
  guint32 *numbers;      /* by which they went; NULL: they did not */
  OrrFigureTexts *texts; /* what they point into then, which outlives its table; NULL: they lie in the arena */
} OrrFigureNames;

ORR_PUBLIC OrrFigureNames *orr_figure_names_ref (OrrFigureNames *names);
ORR_PUBLIC void orr_figure_names_unref (OrrFigureNames *names); /* accepts NULL */

typedef struct
{
  guint64 seed, digest, events;
  OrrEnding ending;
  OrrVerdictKind result;
  GArray *met;      /* OrrVerdictKind: was the scenario's i-th expectation met? */
  GArray *verdicts; /* OrrSummaryVerdict, as in the report */
  GArray *struck;   /* guint8: which lines of `faults` struck, as orr_struck_of */
  OrrFigureNames *names; /* of the figures, as in the report */
  double *values;   /* one a name; in the arena */
  OrrArena *arena;
  const char *died;     /* the run's process died of this: "signal 6 (Aborted)"; NULL: it did not, and all else is set */
} OrrSummary;

ORR_PUBLIC OrrSummary *orr_summary_new (const OrrReport *report);
ORR_PUBLIC OrrSummary *orr_summary_new_died (guint64 seed, const char *how);
ORR_PUBLIC void orr_summary_free (OrrSummary *summary); /* accepts NULL */

/* Does the run meet an expectation, also one of another scenario? What it speaks of a share of runs does not count. Undecided where the run was not
 * judged by the property, or has no such figure, or died. */
ORR_PUBLIC OrrVerdictKind orr_summary_meets (const OrrSummary *summary, const OrrExpectation *expectation);

/* Appends it as bytes, for another process of the same program on the same machine, whose reader knows what the table has; it knows of the
 * summary's names from then on. */
ORR_PUBLIC void orr_summary_write (const OrrSummary *summary, OrrFigureTable *table, GByteArray *bytes);
/* NULL where the bytes are no summary; then the table is spoilt. */
ORR_PUBLIC OrrSummary *orr_summary_read (const guint8 *bytes, gsize length, OrrFigureTable *table);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OrrSummary, orr_summary_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OrrFigureNames, orr_figure_names_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OrrFigureTable, orr_figure_table_free)

G_END_DECLS
