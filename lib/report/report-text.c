/* report-text.c: a report for people to read.
 *
 * Verdicts come first, since they are what was asked. Then what was expected and what was found, then the
 * figures that explain it, and last what is needed to see it again. */
#include <string.h>

#include "check/map.h"
#include "report/idle-faults.h"
#include "report/idle-pins.h"
#include "report/picture.h"
#include "report/report-private.h"
#include "report/story.h"
#include "report/table.h"
#include "report/wrap.h"

/* So many faults are listed one by one. */
#define FAULTS_MAX 40

#define BOLD   "\033[1m"
#define RED    "\033[31m"
#define GREEN  "\033[32m"
#define YELLOW "\033[33m"
#define PLAIN  "\033[0m"

typedef struct
{
  const OrrReport *report;
  const OrrReportStyle *style;
  GString *text;
} Printer;

static const char *
colour_of (OrrVerdictKind kind)
{
  return kind == ORR_HOLDS ? GREEN : kind == ORR_VIOLATED ? RED : YELLOW;
}

static void
put_coloured (gboolean coloured, const char *colour, const char *word, GString *text)
{
  if (coloured)
    g_string_append_printf (text, "%s%s" PLAIN, colour, word);
  else
    g_string_append (text, word);
}

void
orr_print_word (gboolean coloured, OrrVerdictKind kind, const char *word, GString *text)
{
  put_coloured (coloured, colour_of (kind), word, text);
}

void
orr_print_bold (gboolean coloured, const char *words, GString *text)
{
  put_coloured (coloured, BOLD, words, text);
}

void
orr_print_title (gboolean coloured, const OrrScenario *scenario, GString *text)
{
  const OrrBug *bugs = scenario->model->bugs;
  g_autofree char *title = orr_one_line (scenario->title  ? scenario->title
                                         : scenario->file ? scenario->file
                                                          : "untitled");
  put_coloured (coloured, BOLD, title, text);
  g_string_append_printf (text, "\n%s", scenario->model->entry.name);
  for (guint i = 0; bugs && bugs[i].name; i++)
    if (orr_scenario_has_bug (scenario, i))
      g_string_append_printf (text, " with bug %s", bugs[i].name);
  g_string_append (text, ", ");
}

void
orr_print_heading (gboolean coloured, const char *heading, const char *legend, GString *text)
{
  g_string_append_c (text, '\n');
  put_coloured (coloured, BOLD, heading, text);
  if (legend)
    g_string_append_printf (text, " (%s)", legend);
  g_string_append_c (text, '\n');
}

static void
print_coloured (const Printer *printer, const char *colour, const char *word)
{
  put_coloured (printer->style->colour, colour, word, printer->text);
}

static void
print_heading (const Printer *printer, const char *heading, const char *legend)
{
  orr_print_heading (printer->style->colour, heading, legend, printer->text);
}

static void
print_blanks (const Printer *printer, gsize width, const char *word)
{
  gsize length = (gsize) g_utf8_strlen (word, -1);
  g_string_append_printf (printer->text, "%*s", (int) (width > length ? width - length : 0), "");
}

/* "3 sessions", "1 session". */
static void
print_number (const Printer *printer, guint64 n, const char *one, const char *many)
{
  g_string_append_printf (printer->text, "%" G_GUINT64_FORMAT " %s", n, n == 1 ? one : many);
}

/* A time as exact as a reader cares for: what is longer than a second, to the millisecond. */
static void
print_time (const Printer *printer, OrrTime time)
{
  OrrTime grain = time >= ORR_SECOND        ? ORR_MILLISECOND
                  : time >= ORR_MILLISECOND ? ORR_MICROSECOND
                                            : ORR_NANOSECOND;
  g_autofree char *rounded = orr_duration_to_words (time / grain * grain);
  g_string_append (printer->text, rounded);
}

/* --- What it was --- */

static void
print_head (const Printer *printer)
{
  const OrrTrace *trace = printer->report->trace;
  const OrrScenario *scenario = trace->scenario;
  orr_print_title (printer->style->colour, scenario, printer->text);
  print_number (printer, trace->operations->len, "operation", "operations");
  g_string_append (printer->text, " by ");
  print_number (printer, scenario->n_sessions, "session", "sessions");
  g_string_append (printer->text, " in ");
  print_time (printer, trace->ended_at);
  g_string_append_printf (printer->text, ", seed %" G_GUINT64_FORMAT "\n", trace->seed);
  if (printer->report->whole)
    g_string_append (printer->text,
                     "as its clients saw it: without the order of writes, and what nodes held and said\n");
}

static void
print_about (const Printer *printer)
{
  const char *about = printer->report->trace->scenario->about;
  if (!about)
    return;
  g_string_append_c (printer->text, '\n');
  orr_wrap (about, 0, 0, printer->text);
}

/* --- What it showed --- */

static void
print_verdict (const Printer *printer, const OrrVerdict *verdict, gsize width)
{
  g_string_append_printf (printer->text, "  %s", verdict->property->name);
  print_blanks (printer, width + 2, verdict->property->name);
  print_coloured (printer, colour_of (verdict->kind), orr_verdict_name (verdict->kind));
  if (verdict->kind == ORR_VIOLATED && verdict->n_violations > 1)
    g_string_append_printf (printer->text,
                            " (%" G_GUINT64_FORMAT " times in %" G_GUINT64_FORMAT "; the first is shown)",
                            verdict->n_violations, verdict->n_checked);
  g_string_append_c (printer->text, '\n');
  if (verdict->sentence)
    orr_wrap (verdict->sentence, 0, 4, printer->text);
  for (guint i = 0; i < verdict->n_witness; i++)
    {
      g_string_append (printer->text, "      ");
      orr_history_print_operation (printer->report->history, verdict->witness[i], printer->text);
      g_string_append_c (printer->text, '\n');
    }
  for (guint i = 0; i < verdict->n_facts; i++)
    {
      g_string_append (printer->text, "      ");
      orr_history_print_fact (printer->report->history, verdict->facts[i], printer->text);
      g_string_append_c (printer->text, '\n');
    }
  if (verdict->kind == ORR_VIOLATED && !printer->style->brief)
    orr_picture_print (printer->report->history, verdict, 6, ORR_LINE_WIDTH, printer->text);
}

/* Of all properties those tell most from which the others follow. */
static gboolean
is_shown (const Printer *printer, guint index, OrrMapNeeds given)
{
  const GPtrArray *verdicts = printer->report->verdicts;
  const OrrVerdict *verdict = g_ptr_array_index (verdicts, index);
  return index < printer->report->n_asked || printer->style->each || verdict->kind == ORR_UNDECIDED
         || orr_map_is_telling (verdict, verdicts, given);
}

/* "follows: causal, pram hold; linearizable is violated". */
static void
print_followers (const Printer *printer, OrrVerdictKind kind, const char *heading, OrrMapNeeds given)
{
  const GPtrArray *verdicts = printer->report->verdicts;
  g_autoptr (GString) names = g_string_new (NULL);
  for (guint i = 0; i < verdicts->len; i++)
    {
      const OrrVerdict *verdict = g_ptr_array_index (verdicts, i);
      if (verdict->kind == kind && !is_shown (printer, i, given))
        g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : heading, verdict->property->name);
    }
  if (names->len > 0)
    orr_wrap (names->str, 0, 2, printer->text);
}

static void
print_verdicts (const Printer *printer)
{
  const GPtrArray *verdicts = printer->report->verdicts;
  OrrMapNeeds given = orr_map_given (printer->report->history);
  gsize width = 0;
  if (verdicts->len == 0)
    return;
  print_heading (printer, "Verdicts", NULL);
  for (guint i = 0; i < verdicts->len; i++)
    if (is_shown (printer, i, given))
      width = MAX (width, strlen (((const OrrVerdict *) g_ptr_array_index (verdicts, i))->property->name));
  for (guint i = 0; i < verdicts->len; i++)
    if (is_shown (printer, i, given))
      print_verdict (printer, g_ptr_array_index (verdicts, i), width);
  print_followers (printer, ORR_HOLDS, "so hold: ", given);
  print_followers (printer, ORR_VIOLATED, "so are violated: ", given);
}

static void
print_expected (const Printer *printer)
{
  static const char *const words[]
      = { [ORR_HOLDS] = "met", [ORR_VIOLATED] = "NOT MET", [ORR_UNDECIDED] = "undecided" };
  const GArray *all = printer->report->expected;
  gsize name_width = 0, text_width = 0;
  const OrrScenario *scenario = printer->report->trace->scenario;
  gboolean claimed = scenario->expectations_claimed;
  if (all->len == 0 && !(claimed && scenario->model->claims))
    return;
  print_heading (printer, claimed ? "Claimed by the model" : "Expected", NULL);
  if (all->len == 0)
    g_string_append (printer->text, "  nothing, with these options and faults\n");
  for (guint i = 0; i < all->len; i++)
    {
      const OrrExpectation *expectation = g_array_index (all, OrrExpected, i).expectation;
      name_width = MAX (name_width, strlen (expectation->name));
      text_width = MAX (text_width, strlen (expectation->text));
    }
  for (guint i = 0; i < all->len; i++)
    {
      const OrrExpected *expected = &g_array_index (all, OrrExpected, i);
      const OrrExpectation *expectation = expected->expectation;
      g_string_append_printf (printer->text, "  %s", expectation->name);
      print_blanks (printer, name_width + 2, expectation->name);
      g_string_append (printer->text, expectation->text);
      print_blanks (printer, text_width + 2, expectation->text);
      print_coloured (printer, colour_of (expected->met), words[expected->met]);
      if (expected->met != ORR_HOLDS || expectation->measure)
        g_string_append_printf (
            printer->text, ": %s%s", expected->found,
            expectation->runs_kind != ORR_EXPECT_HOLDS ? " in this run; --seeds A..B makes many" : "");
      g_string_append_c (printer->text, '\n');
    }
}

/* A litmus test is told step by step. */
static gboolean
is_story (const OrrReport *report)
{
  return (!report->trace || report->trace->scenario->workload.operations.length > 0)
         && report->history->operations->len <= ORR_STORY_MAX;
}

static void
print_story (const Printer *printer)
{
  const OrrHistory *history = printer->report->history;
  print_heading (printer, "What happened", orr_story_legend (history));
  orr_story_print (history, printer->text);
}

/* --- What went wrong --- */

typedef struct
{
  OrrOutcome outcome;
  const char *note;
  guint count, first; /* first: index of the operation */
} Failure;

/* Operations that did not succeed, by why not, in the order in which that first happened. */
static GArray *
failures_of (const OrrHistory *history)
{
  GArray *failures = g_array_new (FALSE, FALSE, sizeof (Failure));
  for (guint i = 0; i < history->operations->len; i++)
    {
      const OrrHistoryOperation *operation = &g_array_index (history->operations, OrrHistoryOperation, i);
      guint known = 0;
      while (known < failures->len
             && (g_array_index (failures, Failure, known).outcome != operation->outcome
                 || g_strcmp0 (g_array_index (failures, Failure, known).note, operation->note) != 0))
        known++;
      if (operation->outcome == ORR_OK)
        continue;
      if (known == failures->len)
        {
          Failure failure = { operation->outcome, operation->note, 0, i };
          g_array_append_val (failures, failure);
        }
      g_array_index (failures, Failure, known).count++;
    }
  return failures;
}

static void
print_failures (const Printer *printer)
{
  static const char *const headings[] = { "outcome", ">count", "first", "why", NULL };
  const OrrHistory *history = printer->report->history;
  g_autoptr (GArray) failures = failures_of (history);
  g_autoptr (OrrTable) table = orr_table_new (headings);
  if (failures->len == 0)
    return;
  print_heading (printer, "Without success", NULL);
  for (guint i = 0; i < failures->len; i++)
    {
      const Failure *failure = &g_array_index (failures, Failure, i);
      g_autoptr (GString) moment = g_string_new (NULL);
      orr_history_print_moment (
          g_array_index (history->operations, OrrHistoryOperation, failure->first).invoked, moment);
      orr_table_add_line (table);
      orr_table_add (table, orr_outcome_name (failure->outcome));
      orr_table_take (table, g_strdup_printf ("%u", failure->count));
      orr_table_add (table, moment->str);
      orr_table_add (table, failure->note ? failure->note : "no answer in time");
    }
  orr_table_print (table, 2, printer->text);
}

static void
print_fault (const Printer *printer, const OrrTraceFault *fault)
{
  g_string_append (printer->text, "  ");
  orr_history_print_moment (fault->began, printer->text);
  g_string_append_printf (printer->text, "  %s", fault->what);
  if (fault->ended != ORR_TIME_NEVER && fault->ended > fault->began)
    {
      g_string_append (printer->text, ", for ");
      print_time (printer, fault->ended - fault->began);
    }
  if (fault->effects == 0)
    g_string_append (printer->text, " (changed nothing)");
  else
    {
      g_string_append (printer->text, " (");
      print_number (printer, fault->effects, "effect)", "effects)");
    }
  g_string_append_c (printer->text, '\n');
}

/* Of each kind, in the order of their first strikes: how often it struck, and how often in vain. Of faults
 * that are listed one by one only what is easily missed, that all of a kind were in vain. */
static void
print_sums_of_faults (const Printer *printer, const GArray *faults)
{
  g_autoptr (GHashTable) told = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < faults->len; i++)
    {
      const OrrEntry *kind = g_array_index (faults, OrrTraceFault, i).fault;
      guint n = 0, n_vain = 0;
      guint64 effects = 0;
      if (!g_hash_table_add (told, (gpointer) kind))
        continue;
      for (guint j = i; j < faults->len; j++)
        {
          const OrrTraceFault *fault = &g_array_index (faults, OrrTraceFault, j);
          n += fault->fault == kind;
          n_vain += fault->fault == kind && fault->effects == 0;
          effects += fault->fault == kind ? fault->effects : 0;
        }
      if (faults->len <= FAULTS_MAX && (n < 2 || n_vain < n))
        continue;
      g_string_append_printf (printer->text, "  %s: struck ", kind->name);
      print_number (printer, n, "time", "times");
      if (n_vain > 0 && n_vain < n)
        g_string_append_printf (printer->text, ", %u of them in vain", n_vain);
      g_string_append (printer->text, "; ");
      if (n_vain == n)
        g_string_append (printer->text, "had no effect");
      else
        print_number (printer, effects, "effect", "effects");
      g_string_append_c (printer->text, '\n');
    }
}

static void
print_idle_fault (const Printer *printer, const OrrIdleFault *idle)
{
  g_string_append (printer->text, "  never struck: ");
  orr_idle_fault_print (printer->report->trace->scenario, idle, printer->text);
}

static void
print_faults (const Printer *printer)
{
  const GArray *faults = printer->report->trace->faults;
  g_autoptr (GArray) idle = orr_idle_faults_of (printer->report->trace);
  if (faults->len == 0 && idle->len == 0)
    return;
  print_heading (printer, "Faults", "effects: how often it made a difference");
  for (guint i = 0; i < faults->len && i < FAULTS_MAX; i++)
    print_fault (printer, &g_array_index (faults, OrrTraceFault, i));
  if (faults->len > FAULTS_MAX)
    g_string_append_printf (printer->text, "  … and %u more\n", faults->len - FAULTS_MAX);
  print_sums_of_faults (printer, faults);
  for (guint i = 0; i < idle->len && i < FAULTS_MAX; i++)
    print_idle_fault (printer, &g_array_index (idle, OrrIdleFault, i));
  if (idle->len > FAULTS_MAX)
    g_string_append_printf (printer->text, "  … and %u more that never struck\n", idle->len - FAULTS_MAX);
}

/* Those alone that fixed nothing: of the others the run is the proof. */
static void
print_idle_pins (const Printer *printer)
{
  const OrrTrace *trace = printer->report->trace;
  g_autoptr (GPtrArray) idle = orr_idle_pins_of (trace);
  if (idle->len == 0)
    return;
  print_heading (printer, "Pins that fixed nothing", "what they are about did not happen");
  for (guint i = 0; i < idle->len && i < FAULTS_MAX; i++)
    {
      g_string_append (printer->text, "  ");
      orr_idle_pin_print (trace->scenario, g_ptr_array_index (idle, i), printer->text);
      g_string_append_c (printer->text, '\n');
    }
  if (idle->len > FAULTS_MAX)
    g_string_append_printf (printer->text, "  … and %u more\n", idle->len - FAULTS_MAX);
}

/* --- Figures --- */

G_GNUC_PRINTF (2, 3)
static const OrrFigure *
find_figure (const OrrFigures *figures, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *name = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  return orr_figures_find (figures, name);
}

/* The names of all figures of `measure` that end with `statistic`, without both: "read", "read.replica1"; in
 * their order. */
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
print_routes (const Printer *printer)
{
  static const char *const headings[]
      = { "node", ">answered", ">share", ">stale", ">behind p99", ">behind max", NULL };
  const OrrFigures *figures = printer->report->figures;
  g_autoptr (GPtrArray) middles = middles_of (figures, "share", NULL);
  g_autoptr (OrrTable) table = orr_table_new (headings);
  gboolean any = FALSE;
  for (guint i = 0; i < middles->len; i++)
    {
      const char *middle = g_ptr_array_index (middles, i), *node = middle + strlen ("read.");
      if (!g_str_has_prefix (middle, "read."))
        continue;
      any = TRUE;
      const OrrFigure *answered = find_figure (figures, "latency.read.%s.p50", node);
      orr_table_add_line (table);
      orr_table_add (table, node);
      orr_table_take (table, g_strdup_printf ("%" G_GUINT64_FORMAT, answered ? answered->samples : 0));
      orr_table_take (table, orr_figure_or_dash (find_figure (figures, "share.read.%s", node)));
      orr_table_take (table, orr_figure_or_dash (find_figure (figures, "stale.read.%s", node)));
      orr_table_take (table, orr_figure_or_dash (find_figure (figures, "staleness.read.%s.p99", node)));
      orr_table_take (table, orr_figure_or_dash (find_figure (figures, "staleness.read.%s.max", node)));
    }
  if (any)
    print_heading (printer, "Where reads went", "stale: out of date; behind: for how long already");
  orr_table_print (table, 2, printer->text);
}

static gboolean
is_node (const OrrHistory *history, const char *name)
{
  for (guint i = 0; i < history->n_nodes; i++)
    if (strcmp (history->node_names[i], name) == 0)
      return TRUE;
  return FALSE;
}

/* By kind of operation, and of each by the node that served it. */
static void
print_latency (const Printer *printer)
{
  static const char *const headings[] = { "operation", ">count", ">p50", ">p95", ">p99", ">max", NULL };
  static const char *const statistics[] = { "p50", "p95", "p99", "max" };
  const OrrFigures *figures = printer->report->figures;
  g_autoptr (GPtrArray) middles = middles_of (figures, "latency", "p50");
  g_autoptr (OrrTable) table = orr_table_new (headings);
  gboolean any = FALSE;
  for (guint i = 0; i < middles->len; i++)
    {
      const char *middle = g_ptr_array_index (middles, i), *dot = strchr (middle, '.');
      if (is_node (printer->report->history, middle))
        continue;
      if (!any)
        print_heading (printer, "Latency", "p50: half took no longer; p99: 99% took no longer");
      any = TRUE;
      const OrrFigure *figure = find_figure (figures, "latency.%s.p50", middle);
      orr_table_add_line (table);
      orr_table_take (table, dot ? g_strdup_printf ("  at %s", dot + 1) : g_strdup (middle));
      orr_table_take (table, g_strdup_printf ("%" G_GUINT64_FORMAT, figure->samples));
      for (guint s = 0; s < G_N_ELEMENTS (statistics); s++)
        orr_table_take (table,
                        orr_figure_or_dash (find_figure (figures, "latency.%s.%s", middle, statistics[s])));
    }
  orr_table_print (table, 2, printer->text);
}

/* --- How it ended --- */

static void
print_end (const Printer *printer)
{
  static const char *const endings[] = {
    [ORR_ENDED_QUIET] = "nothing was left to happen",
    [ORR_ENDED_SETTLE_LIMIT] = "`settle` was over before all was quiet",
    [ORR_ENDED_EVENT_LIMIT] = "cut short, since no more events were allowed",
    [ORR_ENDED_INSTANT_LIMIT] = "cut short, since time stood still",
    [ORR_ENDED_FAULT_LIMIT] = "cut short, since more faults struck than a run may have",
    [ORR_ENDED_INTERRUPTED] = "interrupted",
    [ORR_ENDED_OPERATION_LIMIT] = "cut short, since no more operations were allowed",
  };
  const OrrTrace *trace = printer->report->trace;
  g_string_append (printer->text, "\nended at ");
  print_time (printer, trace->ended_at);
  g_string_append_printf (printer->text, ": %s; ", endings[trace->ending]);
  print_number (printer, trace->counts.events, "event", "events");
  g_string_append_printf (printer->text, "; digest %016" G_GINT64_MODIFIER "x\n", trace->digest);
  if (trace->counts.recorded_dropped > 0)
    {
      g_string_append (printer->text, "the record limit kept out ");
      print_number (printer, trace->counts.recorded_dropped, "row\n", "rows\n");
    }
  if (printer->style->again)
    g_string_append_printf (printer->text, "again: %s\n", printer->style->again);
}

/* A history from elsewhere: nobody knows of faults or nodes, or expects anything. */
static void
print_history (const Printer *printer)
{
  orr_print_source (printer->style->colour, printer->report->history, printer->text);
  print_verdicts (printer);
  if (!printer->style->brief && is_story (printer->report))
    print_story (printer);
  if (!printer->style->brief)
    print_latency (printer);
  if (printer->style->again)
    g_string_append_printf (printer->text, "\nagain: %s\n", printer->style->again);
}

void
orr_report_print (const OrrReport *report, const OrrReportStyle *style, GString *text)
{
  Printer printer = { report, style, text };
  if (!report->trace)
    {
      print_history (&printer);
      return;
    }
  print_head (&printer);
  if (!style->brief)
    print_about (&printer);
  print_verdicts (&printer);
  print_expected (&printer);
  if (!style->brief)
    {
      if (is_story (report))
        print_story (&printer);
      else
        print_failures (&printer);
      print_faults (&printer);
      print_idle_pins (&printer);
      print_routes (&printer);
      print_latency (&printer);
    }
  print_end (&printer);
}
