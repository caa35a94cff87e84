/* report.h: what a run says to the people who ran it.
 *
 * A report is a value made from a trace: the verdicts of the properties that were asked about, the
 * figures, and which of the scenario's expectations were met. It is shown as text, verdicts before
 * figures, or as JSON. */
#pragma once

#include "check/check.h"
#include "check/measure.h"
#include "trace/trace.h"

G_BEGIN_DECLS

/* What became of one line of `expect:`. */
typedef struct
{
  const OrrExpectation *expectation;
  OrrVerdictKind met; /* holds: met; violated: not met; undecided: no verdict or no samples, or it speaks of a share of many runs */
  OrrVerdictKind in_run; /* the same, whether or not every run must meet it */
  char *found;        /* "violated", "61.2%", "no samples" */
} OrrExpected;

typedef struct
{
  const OrrTrace *trace; /* NULL: the history is from elsewhere, and nothing is expected of it */
  OrrHistory *history;   /* what was judged */
  OrrHistory *whole;     /* of a run that was judged as its clients saw it, all that is known of it; else NULL */
  GPtrArray *verdicts;  /* OrrVerdict *, in the order in which they were asked for */
  guint n_asked;        /* so many of them were asked for by name; those behind them are all others that can be said of the history */
  OrrFigures *figures;
  GArray *expected;     /* OrrExpected, in the scenario's order */
  OrrVerdictKind result; /* holds: all as expected; violated: something is not; undecided: something could not be decided */
  OrrVerdictKind in_run; /* the same of what every run must meet */
} OrrReport;

/* Judges the properties that the scenario expects something of, and those of `properties` (names, ends
 * with NULL, may be NULL; unknown ones are a programmer's mistake). With `all`, every property that says
 * anything about such a history. Keeps a
 * pointer to the trace, which must outlive it. */
ORR_PUBLIC OrrReport *orr_report_new (const OrrTrace *trace, const char *const *properties, gboolean all, const OrrCheckBudget *budget);

/* The same by what clients saw alone, as of any real system: without the order of writes, and what nodes held and said. A property that says
 * nothing of so little is `unknown`. Figures are the run's all the same. */
ORR_PUBLIC OrrReport *orr_report_new_of_clients (const OrrTrace *trace, const char *const *properties, gboolean all, const OrrCheckBudget *budget);

/* Tells that a property is about to be judged: the `done`-th of `n`, from 0. */
typedef void (*OrrReportTell) (gpointer data, const OrrEntry *property, guint done, guint n);

/* Judges a history from elsewhere, which the report takes over: by `properties`, or where that is NULL or empty by all that speak of such a
 * history. The result is the worst verdict. `tell` may be NULL. */
ORR_PUBLIC OrrReport *orr_report_new_of_history (OrrHistory *history, const char *const *properties, const OrrCheckBudget *budget,
                                                 OrrReportTell tell, gpointer data);
ORR_PUBLIC void orr_report_free (OrrReport *report); /* accepts NULL */

typedef struct
{
  gboolean colour;
  gboolean brief;       /* verdicts and expectations alone */
  gboolean each;        /* of all properties each verdict in full, also those that follow from others */
  const char *again;    /* the command that repeats the run; NULL: not said */
} OrrReportStyle;

ORR_PUBLIC void orr_report_print (const OrrReport *report, const OrrReportStyle *style, GString *text);

/* The whole report as one JSON value. */
ORR_PUBLIC void orr_report_print_json (const OrrReport *report, const char *again, GString *json);

/* Several runs side by side, a row each. `names` are what the user called them; their last parts are shown
 * where those differ. Of the style, `again` is not used. */
ORR_PUBLIC void orr_reports_print_table (OrrReport *const *reports, const char *const *names, guint n, const OrrReportStyle *style, GString *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OrrReport, orr_report_free)

G_END_DECLS
