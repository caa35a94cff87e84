/* show.h: judging traces and showing reports, for all commands that do. */
#pragma once

#include "report/report.h"
#include "sim/ci.h"

/* What a command was asked to judge and to show. */
typedef struct
{
  char **properties;
  gboolean all_properties, each, json, dump, quiet;
  gboolean client_view; /* by what clients saw alone */
  const gint *stop; /* set where the user wants an end; NULL: that ends the program */
} Show;

#define SHOW_ENTRIES(show) \
  { "property", 'p', 0, G_OPTION_ARG_FILENAME_ARRAY, &(show)->properties, NULL, NULL }, \
  { "all-properties", 'a', 0, G_OPTION_ARG_NONE, &(show)->all_properties, NULL, NULL }, \
  { "each", 0, 0, G_OPTION_ARG_NONE, &(show)->each, NULL, NULL }, \
  { "json", 0, 0, G_OPTION_ARG_NONE, &(show)->json, NULL, NULL }, \
  { "dump", 0, 0, G_OPTION_ARG_NONE, &(show)->dump, NULL, NULL }, \
  { "quiet", 'q', 0, G_OPTION_ARG_NONE, &(show)->quiet, NULL, NULL }

#define SHOW_DOC \
  "  -p, --property NAME   judge this property too (may be repeated)\n" \
  "  -a, --all-properties  judge all properties; of those that follow from others the names alone are shown\n" \
  "      --each            show each in full\n" \
  "      --json            the report as JSON\n" \
  "      --dump            the trace as text, by which runs are compared byte by byte\n" \
  "  -q, --quiet           verdicts and expectations alone\n"

/* TRUE where there is a property of that name, or for NULL; else a complaint. */
gboolean property_is_known (const char *name);

/* TRUE where it can be done; else a complaint. */
gboolean show_is_possible (const Show *show);
void show_clear (Show *show);

/* Judges each trace by what its scenario expects and by what was asked for; several also by what the
 * others expect, so that they compare. Returns OrrReports, which the traces must outlive. */
GPtrArray *show_judge (const Show *show, const GPtrArray *traces);

/* The names of the properties that runs of these scenarios (OrrScenario) are judged by, besides what each expects: those that were asked for;
 * several also by what the others expect, so that they compare. Ends with NULL. */
GPtrArray *show_properties (const Show *show, const GPtrArray *scenarios);

/* Appends what was asked for to a command line, so that it can be given again. */
void show_add_options (const Show *show, GString *command);
/* The same for any word. */
void show_add_word (const char *word, GString *command);

/* Shows them: one in full, several side by side. `names` is what the user called them, `agains` the
 * commands that show them again. */
void show_reports (const Show *show, OrrReport *const *reports, const char *const *names, const char *const *agains, guint n);

/* The same with what programs that run tests are told of them (OrrReport): of what each scenario expects, or, where some are given, of these
 * properties. */
ExitStatus show_tested (const Show *show, const Ci *ci, const GPtrArray *reports, char *const *properties, const char *const *names,
                        const char *const *agains);
/* The option by which a report takes another form; NULL: none. */
const char *show_form (const Show *show);

/* What the results amount to. */
ExitStatus show_status (OrrVerdictKind result);
