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

typedef struct
{
  const char *name; /* in the summary's arena */
  double value;
} OrrSummaryFigure;

typedef struct
{
  guint64 seed, digest, events;
  OrrEnding ending;
  OrrVerdictKind result;
  GArray *met;      /* OrrVerdictKind: was the scenario's i-th expectation met? */
  GArray *verdicts; /* OrrSummaryVerdict, as in the report */
  GArray *figures;  /* OrrSummaryFigure, as in the report */
  GArray *struck;   /* guint8: which lines of `faults` struck, as orr_struck_of */
  OrrArena *arena;
  const char *died;     /* the run's process died of this: "signal 6 (Aborted)"; NULL: it did not, and all else is set */
} OrrSummary;

ORR_PUBLIC OrrSummary *orr_summary_new (const OrrReport *report);
ORR_PUBLIC OrrSummary *orr_summary_new_died (guint64 seed, const char *how);
ORR_PUBLIC void orr_summary_free (OrrSummary *summary); /* accepts NULL */

/* Appends it as bytes, for another process of the same program on the same machine. */
ORR_PUBLIC void orr_summary_write (const OrrSummary *summary, GByteArray *bytes);
/* NULL where the bytes are no summary. */
ORR_PUBLIC OrrSummary *orr_summary_read (const guint8 *bytes, gsize length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OrrSummary, orr_summary_free)

G_END_DECLS
