/* report-text.c: a report for people to read.
 *
 * Verdicts come first, since they are what was asked. Then what was expected and what was found, then the figures that explain it, and last what is needed to see it again. */
#include <libsmartcols.h>
#include <stdlib.h>
#include <string.h>

#include "report/report.h"

/* Up to so many planned operations are shown one by one: a litmus test is a story. */
#define STORY_MAX 40

#define LINE_WIDTH 100

typedef struct
{
  const OrrReport *report;
  const OrrReportStyle *style;
  GString *text;
} Printer;

static const char *
colour_of (OrrVerdictKind kind)
{
  return kind == ORR_HOLDS ? "\033[32m" : kind == ORR_VIOLATED ? "\033[31m" : "\033[33m";
}

static void
print_coloured (const Printer *printer, const char *colour, const char *word)
{
  if (printer->style->colour)
    g_string_append_printf (printer->text, "%s%s\033[0m", colour, word);
  else
    g_string_append (printer->text, word);
}

static void
print_heading (const Printer *printer, const char *heading)
{
  g_string_append_c (printer->text, '\n');
  print_coloured (printer, "\033[1m", heading);
  g_string_append_c (printer->text, '\n');
}

/* Breaks a paragraph into lines, each indented. */
static void
print_wrapped (const Printer *printer, const char *paragraph, guint indent)
{
  g_auto (GStrv) words = g_strsplit_set (paragraph, " \n", -1);
  glong column = 0;
  for (char **word = words; *word; word++)
    {
      if (**word == '\0')
        continue;
      glong width = g_utf8_strlen (*word, -1);
      if (column > 0 && column + 1 + width > LINE_WIDTH)
        {
          g_string_append_c (printer->text, '\n');
          column = 0;
        }
      if (column == 0)
        {
          g_string_append_printf (printer->text, "%*s", (int) indent, "");
          column = indent;
        }
      else
        {
          g_string_append_c (printer->text, ' ');
          column++;
        }
      g_string_append (printer->text, *word);
      column += width;
    }
  g_string_append_c (printer->text, '\n');
}

/* Paragraphs are separated by empty lines. */
static void
print_paragraphs (const Printer *printer, const char *paragraphs, guint indent)
{
  g_auto (GStrv) parts = g_strsplit (paragraphs, "\n\n", -1);
  for (char **part = parts; *part; part++)
    if (**part)
      print_wrapped (printer, *part, indent);
}

/* --- Tables --- */

typedef struct
{
  struct libscols_table *table;
} Table;

/* Columns end with NULL; a leading '>' aligns to the right. */
static Table
table_new (const char *const *columns)
{
  Table table = { scols_new_table () };
  scols_table_set_termforce (table.table, SCOLS_TERMFORCE_NEVER);
  scols_table_set_column_separator (table.table, "  ");
  for (; *columns; columns++)
    {
      gboolean right = **columns == '>';
      scols_table_new_column (table.table, *columns + right, 0, right ? SCOLS_FL_RIGHT : 0);
    }
  return table;
}

static struct libscols_line *
table_line (const Table *table)
{
  return scols_table_new_line (table->table, NULL);
}

static void
line_set (struct libscols_line *line, guint column, const char *text)
{
  scols_line_set_data (line, column, text);
}

static void
line_take (struct libscols_line *line, guint column, char *text)
{
  scols_line_set_data (line, column, text);
  g_free (text);
}

/* Appends the table, indented, without the blanks that the library leaves at the ends of lines. */
static void
table_print (Table *table, guint indent, GString *text)
{
  char *printed = NULL;
  if (scols_print_table_to_string (table->table, &printed) == 0 && printed)
    {
      g_auto (GStrv) lines = g_strsplit (printed, "\n", -1);
      for (char **line = lines; *line; line++)
        if (*g_strchomp (*line))
          g_string_append_printf (text, "%*s%s\n", (int) indent, "", *line);
    }
  free (printed);
  scols_unref_table (table->table);
}

/* --- The parts of a report --- */

static void
print_head (const Printer *printer)
{
  const OrrTrace *trace = printer->report->trace;
  const OrrScenario *scenario = trace->scenario;
  g_autofree char *simulated = orr_duration_to_text (trace->ended_at / ORR_MICROSECOND * ORR_MICROSECOND);

  print_coloured (printer, "\033[1m", scenario->title ? scenario->title : scenario->file ? scenario->file : "untitled");
  g_string_append_printf (printer->text, "\n%s", scenario->model->entry.name);
  for (guint i = 0; scenario->model->bugs && scenario->model->bugs[i].name; i++)
    if (orr_scenario_has_bug (scenario, i))
      g_string_append_printf (printer->text, " with bug %s", scenario->model->bugs[i].name);
  g_string_append_printf (printer->text, ", %u operations by %u sessions in %s, seed %" G_GUINT64_FORMAT "\n", trace->operations->len,
                          scenario->n_sessions, simulated, trace->seed);
}

static void
print_about (const Printer *printer)
{
  const char *about = printer->report->trace->scenario->about;
  if (!about)
    return;
  g_string_append_c (printer->text, '\n');
  print_paragraphs (printer, about, 0);
}

static void
print_witness (const Printer *printer, const OrrVerdict *verdict)
{
  for (guint i = 0; i < verdict->n_witness; i++)
    {
      g_string_append (printer->text, "      ");
      orr_history_print_operation (printer->report->history, verdict->witness[i], printer->text);
      g_string_append_c (printer->text, '\n');
    }
}

static void
print_verdicts (const Printer *printer)
{
  const OrrReport *report = printer->report;
  if (report->verdicts->len == 0)
    return;
  print_heading (printer, "Verdicts");
  guint width = 0;
  for (guint i = 0; i < report->verdicts->len; i++)
    width = MAX (width, (guint) strlen (((OrrVerdict *) g_ptr_array_index (report->verdicts, i))->property->name));

  for (guint i = 0; i < report->verdicts->len; i++)
    {
      const OrrVerdict *verdict = g_ptr_array_index (report->verdicts, i);
      g_string_append_printf (printer->text, "  %-*s  ", (int) width, verdict->property->name);
      print_coloured (printer, colour_of (verdict->kind), orr_verdict_name (verdict->kind));
      if (verdict->kind == ORR_VIOLATED && verdict->n_violations > 1)
        g_string_append_printf (printer->text, " (%" G_GUINT64_FORMAT " times in %" G_GUINT64_FORMAT "; the first is shown)",
                                verdict->n_violations, verdict->n_checked);
      g_string_append_c (printer->text, '\n');
      if (verdict->sentence)
        print_wrapped (printer, verdict->sentence, 4);
      print_witness (printer, verdict);
    }
}

static void
print_expected (const Printer *printer)
{
  static const char *const words[] = { [ORR_HOLDS] = "met", [ORR_VIOLATED] = "NOT MET", [ORR_UNDECIDED] = "undecided" };
  const OrrReport *report = printer->report;
  if (report->expected->len == 0)
    return;
  print_heading (printer, report->trace->scenario->expectations_claimed ? "Claimed by the model" : "Expected");

  guint width = 0;
  for (guint i = 0; i < report->expected->len; i++)
    width = MAX (width, (guint) strlen (g_array_index (report->expected, OrrExpected, i).expectation->name));
  for (guint i = 0; i < report->expected->len; i++)
    {
      const OrrExpected *expected = &g_array_index (report->expected, OrrExpected, i);
      const char *name = expected->expectation->name;
      g_string_append_printf (printer->text, "  %s:%*s %s  ", name, (int) (width - strlen (name)), "", expected->expectation->text);
      print_coloured (printer, colour_of (expected->met), words[expected->met]);
      if (expected->met != ORR_HOLDS || expected->expectation->measure)
        g_string_append_printf (printer->text, ": %s", expected->found);
      g_string_append_c (printer->text, '\n');
    }
}

/* A litmus test is told step by step. */
static void
print_story (const Printer *printer)
{
  const OrrHistory *history = printer->report->history;
  if (printer->report->trace->scenario->workload.operations.length == 0 || history->operations->len > STORY_MAX)
    return;
  print_heading (printer, "What happened");
  for (guint i = 0; i < history->operations->len; i++)
    {
      g_string_append (printer->text, "  ");
      orr_history_print_operation (history, i, printer->text);
      g_string_append_c (printer->text, '\n');
    }
}

static const OrrFigure *
figure_of (const OrrFigures *figures, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *name = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  return orr_figures_find (figures, name);
}

static char *
figure_text (const OrrFigure *figure)
{
  return figure ? orr_figure_to_text (figure->measure, figure->value) : g_strdup ("-");
}

/* The names of all figures of `measure` that end with `statistic`, without both: "read", "read.replica1"; in their order. */
static GPtrArray *
middles_of (const OrrFigures *figures, const char *measure, const char *statistic)
{
  GPtrArray *middles = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *prefix = g_strconcat (measure, ".", NULL);
  g_autofree char *suffix = statistic ? g_strconcat (".", statistic, NULL) : g_strdup ("");
  for (guint i = 0; i < orr_figures_get_length (figures); i++)
    {
      const char *name = orr_figures_get (figures, i)->name;
      gsize length = strlen (name), around = strlen (prefix) + strlen (suffix);
      if (g_str_has_prefix (name, prefix) && g_str_has_suffix (name, suffix) && length > around)
        g_ptr_array_add (middles, g_strndup (name + strlen (prefix), length - around));
    }
  return middles;
}

static void
print_latency (const Printer *printer)
{
  static const char *const columns[] = { "operation", ">count", ">p50", ">p95", ">p99", ">max", NULL };
  static const char *const statistics[] = { "p50", "p50", "p95", "p99", "max" }; /* of the first, the number of samples */
  const OrrFigures *figures = printer->report->figures;
  g_autoptr (GPtrArray) middles = middles_of (figures, "latency", "p50");
  if (middles->len == 0)
    return;
  print_heading (printer, "Latency");
  Table table = table_new (columns);
  for (guint i = 0; i < middles->len; i++)
    {
      const char *middle = g_ptr_array_index (middles, i);
      struct libscols_line *line = table_line (&table);
      g_auto (GStrv) parts = g_strsplit (middle, ".", 2);
      line_take (line, 0, parts[1] ? g_strdup_printf ("  %s at %s", parts[0], parts[1]) : g_strdup (middle));
      for (guint s = 0; s < G_N_ELEMENTS (statistics); s++)
        {
          const OrrFigure *figure = figure_of (figures, "latency.%s.%s", middle, statistics[s]);
          line_take (line, s + 1,
                     s == 0 && figure ? g_strdup_printf ("%" G_GUINT64_FORMAT, figure->samples) : figure_text (figure));
        }
    }
  table_print (&table, 2, printer->text);
}

static void
print_routes (const Printer *printer)
{
  static const char *const columns[] = { "node", ">reads", ">share", ">stale", ">behind p50", ">behind max", NULL };
  const OrrFigures *figures = printer->report->figures;
  g_autoptr (GPtrArray) middles = middles_of (figures, "share", NULL);
  gboolean any = FALSE;
  Table table = table_new (columns);
  for (guint i = 0; i < middles->len; i++)
    {
      const char *middle = g_ptr_array_index (middles, i);
      if (!g_str_has_prefix (middle, "read."))
        continue;
      const char *node = middle + strlen ("read.");
      struct libscols_line *line = table_line (&table);
      any = TRUE;
      line_set (line, 0, node);
      line_take (line, 1, figure_text (figure_of (figures, "count.read.%s", node)));
      line_take (line, 2, figure_text (figure_of (figures, "share.read.%s", node)));
      line_take (line, 3, figure_text (figure_of (figures, "stale.read.%s", node)));
      line_take (line, 4, figure_text (figure_of (figures, "staleness.read.%s.p50", node)));
      line_take (line, 5, figure_text (figure_of (figures, "staleness.read.%s.max", node)));
    }
  if (any)
    {
      print_heading (printer, "Where reads went");
      table_print (&table, 2, printer->text);
    }
  else
    scols_unref_table (table.table);
}

static void
print_faults (const Printer *printer)
{
  const OrrTrace *trace = printer->report->trace;
  if (trace->faults->len == 0)
    return;
  print_heading (printer, "Faults");
  for (guint i = 0; i < trace->faults->len && i < STORY_MAX; i++)
    {
      const OrrTraceFault *fault = &g_array_index (trace->faults, OrrTraceFault, i);
      g_autofree char *began = orr_duration_to_text (fault->began / ORR_MICROSECOND * ORR_MICROSECOND);
      g_string_append_printf (printer->text, "  %s  %s", began, fault->what);
      if (fault->ended != ORR_TIME_NEVER && fault->ended > fault->began)
        {
          g_autofree char *length = orr_duration_to_text ((fault->ended - fault->began) / ORR_MICROSECOND * ORR_MICROSECOND);
          g_string_append_printf (printer->text, ", for %s", length);
        }
      if (fault->effects == 0)
        g_string_append (printer->text, " (changed nothing)");
      g_string_append_c (printer->text, '\n');
    }
  if (trace->faults->len > STORY_MAX)
    g_string_append_printf (printer->text, "  and %u more\n", trace->faults->len - STORY_MAX);
}

static void
print_end (const Printer *printer)
{
  const OrrTrace *trace = printer->report->trace;
  g_autofree char *ended = orr_duration_to_text (trace->ended_at / ORR_MICROSECOND * ORR_MICROSECOND);
  g_string_append_printf (printer->text, "\nended at %s: %s; %" G_GUINT64_FORMAT " events; digest %016" G_GINT64_MODIFIER "x\n", ended,
                          orr_ending_name (trace->ending), trace->counts.events, trace->digest);
  if (trace->counts.recorded_dropped > 0)
    g_string_append_printf (printer->text, "the record limit kept out %" G_GUINT64_FORMAT " rows\n", trace->counts.recorded_dropped);
  if (printer->style->again)
    g_string_append_printf (printer->text, "again: %s\n", printer->style->again);
}

void
orr_report_print (const OrrReport *report, const OrrReportStyle *style, GString *text)
{
  Printer printer = { report, style, text };
  print_head (&printer);
  if (!style->brief)
    print_about (&printer);
  print_verdicts (&printer);
  print_expected (&printer);
  if (!style->brief)
    {
      print_story (&printer);
      print_routes (&printer);
      print_latency (&printer);
      print_faults (&printer);
    }
  print_end (&printer);
}

/* --- Side by side --- */

static char *
verdict_word (const OrrReport *report, const char *property)
{
  for (guint i = 0; i < report->verdicts->len; i++)
    {
      const OrrVerdict *verdict = g_ptr_array_index (report->verdicts, i);
      if (g_str_equal (verdict->property->name, property))
        return g_strdup (orr_verdict_name (verdict->kind));
    }
  return g_strdup ("-");
}

void
orr_reports_print_table (OrrReport *const *reports, const char *const *names, guint n, GString *text)
{
  static const char *const columns[] = { "scenario", "as expected", "read-your-writes", "monotonic-reads", ">primary", ">stale", ">behind p99",
                                         ">read p50", ">read p99", ">write p50", ">write p99", NULL };
  static const char *const figures[] = { "share.read.primary", "stale.read", "staleness.read.p99", "latency.read.p50", "latency.read.p99",
                                         "latency.write.p50", "latency.write.p99" };
  static const char *const results[] = { [ORR_HOLDS] = "yes", [ORR_VIOLATED] = "NO", [ORR_UNDECIDED] = "undecided" };
  Table table = table_new (columns);
  for (guint i = 0; i < n; i++)
    {
      struct libscols_line *line = table_line (&table);
      line_set (line, 0, names[i]);
      line_set (line, 1, results[reports[i]->result]);
      line_take (line, 2, verdict_word (reports[i], "read-your-writes"));
      line_take (line, 3, verdict_word (reports[i], "monotonic-reads"));
      for (guint f = 0; f < G_N_ELEMENTS (figures); f++)
        line_take (line, 4 + f, figure_text (orr_figures_find (reports[i]->figures, figures[f])));
    }
  table_print (&table, 0, text);
}
