/* measure-private.h: what measures share. Not installed. */
#pragma once

#include "check/measure.h"

G_BEGIN_DECLS

/* --- samples.c: one number for each kind of operation and each node, and over either and both --- */

typedef struct
{
  const char *kind; /* "read"; a constant */
  guint32 node;     /* G_MAXUINT32: not known */
  gint64 value;
} OrrSample;

typedef struct
{
  const OrrHistory *history;
  const OrrMeasure *measure;
  OrrFigures *figures;
  GArray *samples;       /* OrrSample */
  double divisor;        /* for those that take samples; theirs alone */
  const char *statistic; /* of a share; NULL: the measure has none */
} OrrSamples;

OrrSamples *orr_samples_new (const OrrHistory *history, const OrrMeasure *measure, OrrFigures *figures);
void orr_samples_free (OrrSamples *samples); /* accepts NULL */
void orr_samples_add (OrrSamples *samples, const char *kind, guint32 node, gint64 value);

/* Calls `take` with the values of all samples, then by kind of operation, by node, and by both, as far as the measure
 * tells them apart. Kinds come in the order in which they are first met, nodes by address. `values` may be changed. */
typedef void (*OrrTakeSamples) (OrrSamples *samples, const char *kind, const char *node, gint64 *values, guint n);
void orr_samples_for_each (OrrSamples *samples, OrrTakeSamples take);
void orr_samples_add_statistics (OrrSamples *samples); /* all of orr_sample_statistics */
void orr_samples_add_share (OrrSamples *samples);      /* one figure each: the mean of the values, 0 or 1, in parts per billion */
/* How many samples there are of each kind and on each node; nodes that are servers and have none have 0. `share`: by
 * node alone, in parts per billion of all nodes. */
void orr_samples_add_tally (OrrSamples *samples, gboolean share);

/* The share of operations that had this outcome, by kind. */
void orr_figures_add_outcome (const OrrHistory *history, const OrrMeasure *measure, OrrOutcome outcome, OrrFigures *figures);

/* orr_figures_add with a statistic of the measure's own. */
void orr_figures_add_named (OrrFigures *figures, const OrrMeasure *measure, const char *operation, const char *node,
                            const char *statistic, double value, guint64 samples);

/* --- reads.c: how old what a read returned was --- */

/* A read with a known version. */
typedef struct
{
  guint operation;   /* index into the history's operations */
  guint step;
  OrrKey key;
  guint rank;        /* of the version that it returned, in the key's order of writes; 0: the initial value */
  guint newest;      /* rank of the newest version that was acknowledged when the read began; 0: none */
  OrrTime newest_at; /* when that was acknowledged */
  OrrTime stale_at;  /* when the first newer version than it returned was acknowledged; ORR_TIME_NEVER: it was fresh when it began */
} OrrRead;

/* When the client that wrote a version was told; ORR_TIME_NEVER: it never was, or nobody knows who it is. */
OrrTime orr_version_acknowledged_at (const OrrHistory *history, const OrrHistoryVersion *version);

/* All reads of a history whose version is known, in the order of the history: OrrRead. The caller frees it. */
GArray *orr_reads_new (const OrrHistory *history);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OrrSamples, orr_samples_free)

G_END_DECLS
