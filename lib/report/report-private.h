/* report-private.h: what the forms of a report share. Not installed. */
#pragma once

#include <json-glib/json-glib.h>

#include "report/report.h"

G_BEGIN_DECLS

/* A figure as users see it; "-" where it is NULL. The caller frees it. */
char *orr_figure_or_dash (const OrrFigure *figure);

/* What a figure's value counts; NULL: nothing but itself. */
const char *orr_figure_unit (const OrrMeasureEntry *measure);

/* For reports as text. A word in the colour of what it says; the lines that say what was run, up to a comma; a heading with what the words below
 * it mean (NULL: they speak for themselves). */
void orr_print_word (gboolean coloured, OrrVerdictKind kind, const char *word, GString *text);
void orr_print_title (gboolean coloured, const OrrScenario *scenario, GString *text);
void orr_print_heading (gboolean coloured, const char *heading, const char *legend, GString *text);
void orr_print_bold (gboolean coloured, const char *words, GString *text);

/* report-source.c: of a history from elsewhere, what it is and what was assumed; as text, and as members of a JSON object. */
void orr_print_source (gboolean coloured, const OrrHistory *history, GString *text);
void orr_json_add_source (JsonBuilder *json, const OrrHistory *history);

/* What two results come to: not met outranks not decided. */
OrrVerdictKind orr_verdict_worse (OrrVerdictKind a, OrrVerdictKind b);

/* Is a value, in the figure's unit, what was wanted of it? */
gboolean orr_expectation_compare (OrrExpectKind kind, double found, double wanted);

/* Is a verdict what was expected of the property? */
OrrVerdictKind orr_expectation_judge (const OrrExpectation *expectation, OrrVerdictKind found);

/* The figures that tables show, in their order. */
typedef struct
{
  const char *heading, *name; /* a leading '>' has the column stand to the right */
} OrrShownFigure;
extern const OrrShownFigure orr_shown_figures[]; /* ends with NULL */
extern const char orr_shown_legend[];            /* what the headings mean */

G_END_DECLS
