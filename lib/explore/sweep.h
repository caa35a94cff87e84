/* sweep.h: a grid of scenarios, and what their runs say.
 *
 * A sweep asks how what users see depends on a setting. Each axis names a value of the scenario by its path and lists what it becomes; each point
 * of the grid is the scenario with one choice a axis, and everything else as it was. All points run by the same seeds: whatever a setting does
 * not reach happens alike at every point, so that rows differ by what was changed and hardly by luck.
 *
 * A sweep is a value: whoever has run its points, by a campaign, brings the runs, and it makes a table, CSV or JSON of them. */
#pragma once

#include "report/runs.h"

G_BEGIN_DECLS

/* All points are read before any runs. */
#define ORR_SWEEP_POINTS_MAX 10000

typedef struct
{
  OrrScenario *base;
  GArray *axes;      /* OrrVariation */
  GPtrArray *points; /* OrrScenario; the value of the last axis changes fastest */
  OrrArena *arena;
} OrrSweep;

/* The grid of the scenario's own `sweep:`, or, where there are any, of the axes in `vary` (PATH=V1,V2,…; ends with NULL, may be NULL). NULL where
 * there is no grid, or a point of it is no scenario; the problems say why. */
ORR_PUBLIC OrrSweep *orr_sweep_new (const OrrScenario *base, const char *const *vary, const OrrCatalog *catalog,
                                    OrrProblems *problems);
ORR_PUBLIC void orr_sweep_free (OrrSweep *sweep); /* accepts NULL */

ORR_PUBLIC const OrrVariation *orr_sweep_axis (const OrrSweep *sweep, guint axis);
/* Which of the axis's values a point has. */
ORR_PUBLIC guint orr_sweep_index (const OrrSweep *sweep, guint point, guint axis);
/* That value, YAML on one line. */
ORR_PUBLIC const char *orr_sweep_value (const OrrSweep *sweep, guint point, guint axis);

/* What the runs of the points say: `runs` has one a point, the first `n` of which are shown. */
typedef struct
{
  const OrrSweep *sweep;
  OrrRuns *const *runs;
  guint n;
  const char *const *figures;  /* of tables: ends with NULL; NULL: those that something is expected of, or else those that reports show */
  const char *const *commands; /* of each point, up to its seed; NULL: not said */
  OrrRunsStyle style;          /* but for its command */
} OrrSweepView;

ORR_PUBLIC void orr_sweep_print (const OrrSweepView *view, GString *text);
/* A row a point: the values, how many runs there were and whether all was as expected, of each property that was judged in how many runs it was
 * violated and in how many it was decided, and of each figure that any run had the mean and its interval, in its own unit as in JSON. */
ORR_PUBLIC void orr_sweep_print_csv (const OrrSweepView *view, GString *text);
ORR_PUBLIC void orr_sweep_print_json (const OrrSweepView *view, GString *text);
/* A chart of the first of the figures, or of the first that something is expected of, or of how often the first property was violated. FALSE: there
 * is nothing to show. */
ORR_PUBLIC gboolean orr_sweep_print_svg (const OrrSweepView *view, GString *svg); /* n > 0 */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OrrSweep, orr_sweep_free)

G_END_DECLS
