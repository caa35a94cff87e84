/* check.c: `orrery check`: judges saved traces, and histories that other programs wrote. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "history/format.h"
#include "sim/interrupt.h"
#include "sim/show.h"

/* How long a check may take before it is told which one it is. */
#define PATIENCE_US (300 * 1000)

typedef struct
{
  Show show;
  Ci ci;
  OrrHistoryReadOptions read;
  gint64 started; /* on the host's clock; of the file that is being judged */
  gboolean told;
} Check;

/* Of a file: its trace, or its history, or neither where it can't be read. */
typedef struct
{
  const char *file;
  OrrTrace *trace;
  OrrHistory *history;
} Loaded;

/* --- Files --- */

static ExitStatus
load_trace (Loaded *loaded, const OrrCatalog *catalog)
{
  g_autoptr (GError) error = NULL;
  loaded->trace = orr_trace_load (loaded->file, catalog, &error);
  if (loaded->trace)
    return EXIT_AS_EXPECTED;
  complain ("%s", error->message);
  return g_error_matches (error, ORR_TRACE_ERROR, ORR_TRACE_ERROR_IO) ? EXIT_IO_ERROR : EXIT_BAD_INPUT;
}

static ExitStatus
load_history (const Check *check, Loaded *loaded, const char *text, gsize length)
{
  g_autoptr (OrrProblems) problems = orr_problems_new (loaded->file);
  loaded->history = orr_history_read (text, length, loaded->file, &check->read, problems);
  if (loaded->history)
    return EXIT_AS_EXPECTED;
  g_autofree char *told = orr_problems_to_text (problems);
  fputs (told, stderr);
  for (guint i = 0; i < orr_problems_get_length (problems) && i < ORR_PROBLEMS_MAX; i++)
    if (g_str_has_prefix (orr_problems_get (problems, i)->file, "--"))
      return EXIT_USAGE;
  return EXIT_BAD_INPUT;
}

static gboolean
is_trace (const char *text, gsize length)
{
  static const char magic[] = "SQLite format 3";
  return length >= sizeof magic && memcmp (text, magic, sizeof magic) == 0;
}

/* From a pipe no more is read than this: it may have no end. */
#define STREAM_MAX (G_GUINT64_CONSTANT (1) << 30)

/* What the shell has opened for us. A named pipe is none: it may wait for a writer for ever. */
static gboolean
is_stream (const char *file)
{
  struct stat status;
  return strcmp (file, "-") == 0
         || (g_str_has_prefix (file, "/dev/") && stat (file, &status) == 0 && S_ISFIFO (status.st_mode));
}

/* All of it, or a little more than may be; NULL: reading failed. */
static GByteArray *
read_stream (FILE *stream)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint8 block[1 << 16];
  gsize n;
  while (bytes->len <= STREAM_MAX && (n = fread (block, 1, sizeof block, stream)) > 0)
    g_byte_array_append (bytes, block, (guint) n);
  return ferror (stream) ? NULL : g_steal_pointer (&bytes);
}

/* A history alone: a trace is a database, which is not read from its beginning to its end. */
static ExitStatus
load_stream (const Check *check, Loaded *loaded)
{
  gboolean is_input = strcmp (loaded->file, "-") == 0;
  FILE *stream = is_input ? stdin : fopen (loaded->file, "r");
  g_autoptr (GByteArray) bytes = stream ? read_stream (stream) : NULL;
  if (!bytes)
    complain ("can't read '%s': %s", loaded->file, g_strerror (errno));
  if (stream && !is_input)
    fclose (stream);
  if (!bytes)
    return EXIT_IO_ERROR;
  if (bytes->len <= STREAM_MAX && !is_trace ((const char *) bytes->data, bytes->len))
    return load_history (check, loaded, bytes->data ? (const char *) bytes->data : "", bytes->len);
  if (bytes->len > STREAM_MAX)
    complain ("'%s' goes on beyond 1 GiB; save it as a file, which may be larger", loaded->file);
  else
    complain ("'%s' is a trace, which can't be read from a pipe; name its file", loaded->file);
  return EXIT_BAD_INPUT;
}

/* A trace is an SQLite database; all else is a history. */
static ExitStatus
load (const Check *check, const OrrCatalog *catalog, Loaded *loaded)
{
  g_autoptr (GError) error = NULL;
  if (is_stream (loaded->file))
    return load_stream (check, loaded);
  if (!is_readable (loaded->file))
    return EXIT_NO_INPUT;
  g_autoptr (GMappedFile) mapped = g_mapped_file_new (loaded->file, FALSE, &error);
  if (!mapped)
    {
      complain ("%s", error->message);
      return EXIT_IO_ERROR;
    }
  const char *text = g_mapped_file_get_contents (mapped);
  gsize length = g_mapped_file_get_length (mapped);
  if (is_trace (text, length))
    return load_trace (loaded, catalog);
  return load_history (check, loaded, text ? text : "", length);
}

static void
clear_loaded (gpointer data)
{
  Loaded *loaded = data;
  orr_trace_free (loaded->trace);
  orr_history_free (loaded->history);
}

/* --- Judging --- */

static void
erase_progress (Check *check)
{
  if (check->told)
    fputs ("\r\033[K", stderr);
  check->told = FALSE;
}

static void
tell_progress (gpointer data, const OrrEntry *property, guint done, guint n)
{
  Check *check = data;
  if (check->show.quiet || !isatty (STDERR_FILENO) || g_get_monotonic_time () - check->started < PATIENCE_US)
    return;
  erase_progress (check);
  fprintf (stderr, "%u of %u: %s ...", done + 1, n, property->name);
  fflush (stderr);
  check->told = TRUE;
}

static OrrReport *
judge_history (Check *check, Loaded *loaded)
{
  OrrCheckBudget budget = ORR_CHECK_BUDGET_DEFAULT;
  budget.stop = interrupt_watch ();
  check->started = g_get_monotonic_time ();
  OrrReport *report = orr_report_new_of_history (g_steal_pointer (&loaded->history),
                                                 (const char *const *) check->show.properties, &budget,
                                                 tell_progress, check);
  erase_progress (check);
  return report;
}

/* Reports in the order of the files; those of traces are made together, since they are compared. */
static GPtrArray *
judge_all (Check *check, const GArray *all)
{
  GPtrArray *reports = g_ptr_array_new_with_free_func ((GDestroyNotify) orr_report_free);
  g_autoptr (GPtrArray) traces = g_ptr_array_new ();
  for (guint i = 0; i < all->len; i++)
    if (g_array_index (all, Loaded, i).trace)
      g_ptr_array_add (traces, g_array_index (all, Loaded, i).trace);
  GPtrArray *judged = show_judge (&check->show, traces);
  for (guint i = 0; i < all->len; i++)
    {
      Loaded *loaded = &g_array_index (all, Loaded, i);
      g_ptr_array_add (reports,
                       loaded->trace ? g_ptr_array_steal_index (judged, 0) : judge_history (check, loaded));
    }
  g_ptr_array_unref (judged);
  return reports;
}

/* Of a history from elsewhere all that was judged counts. Of a run, where properties were named, it is they;
 * else what the scenario expects. Of all properties some may have nothing to speak of: only those count that
 * are violated. */
static ExitStatus
status_of (const OrrReport *report, const Show *show)
{
  if (!report->trace || (!show->properties && !show->all_properties))
    return show_status (report->result);
  ExitStatus status = EXIT_AS_EXPECTED;
  for (guint i = 0; i < report->verdicts->len; i++)
    {
      const OrrVerdict *verdict = g_ptr_array_index (report->verdicts, i);
      gboolean named = show->properties
                       && g_strv_contains ((const char *const *) show->properties, verdict->property->name);
      if (named || (show->all_properties && verdict->kind == ORR_VIOLATED))
        status = worse_status (status, show_status (verdict->kind));
    }
  return status;
}

static char *
command_again (const Check *check, const char *file)
{
  GString *command = g_string_new ("orrery check");
  show_add_word (file, command);
  if (check->read.format)
    g_string_append_printf (command, " --format %s", check->read.format);
  if (check->read.model)
    g_string_append_printf (command, " --model %s", check->read.model);
  show_add_options (&check->show, command);
  return g_string_free (command, FALSE);
}

static ExitStatus
show_all (const Check *check, const GArray *all, const GPtrArray *reports)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autoptr (GPtrArray) agains = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < all->len; i++)
    {
      const char *file = g_array_index (all, Loaded, i).file;
      g_ptr_array_add (names, (gpointer) file);
      g_ptr_array_add (agains, command_again (check, file));
    }
  return show_tested (&check->show, &check->ci, reports, check->show.properties,
                      (const char *const *) names->pdata, (const char *const *) agains->pdata);
}

/* Those that can't be read are left out, and the others judged all the same. */
static ExitStatus
check_all (Check *check, const OrrCatalog *catalog, char **files)
{
  g_autoptr (GArray) all = g_array_new (FALSE, TRUE, sizeof (Loaded));
  g_array_set_clear_func (all, clear_loaded);
  ExitStatus status = EXIT_AS_EXPECTED;
  for (char **file = files; *file; file++)
    {
      Loaded loaded = { .file = *file };
      ExitStatus read = load (check, catalog, &loaded);
      status = worse_status (status, read);
      if (read == EXIT_AS_EXPECTED)
        g_array_append_val (all, loaded);
      if (loaded.history && check->show.dump)
        {
          complain ("--dump writes traces, and '%s' is a history from elsewhere", *file);
          return EXIT_USAGE;
        }
    }
  GPtrArray *reports = judge_all (check, all);
  for (guint i = 0; i < reports->len; i++)
    status = worse_status (status, status_of (g_ptr_array_index (reports, i), &check->show));
  status = worse_status (status, show_all (check, all, reports));
  g_ptr_array_unref (reports); /* before the traces that they speak of */
  if (!interrupt_happened ())
    return status;
  complain ("interrupted");
  return EXIT_INTERRUPTED;
}

/* By what clients saw alone, or by all that is known, which of a history from elsewhere is the same. */
static gboolean
choose_view (Show *show, const char *view)
{
  static const char *const views[] = { "client", "all", NULL };
  if (view && !g_strv_contains (views, view))
    {
      g_autofree char *quoted = orr_quote (view);
      complain ("there is no view %s; use --view client or --view all", quoted);
      return FALSE;
    }
  show->client_view = g_strcmp0 (view, "client") == 0;
  return TRUE;
}

static int
run (const OrrCatalog *catalog, int argc, char **argv)
{
  Check check = { .show = { .stop = interrupt_watch () } };
  g_autofree char *format = NULL, *model = NULL, *view = NULL;
  GOptionEntry entries[] = { { "format", 0, 0, G_OPTION_ARG_STRING, &format, NULL, NULL },
                             { "model", 0, 0, G_OPTION_ARG_STRING, &model, NULL, NULL },
                             { "view", 0, 0, G_OPTION_ARG_STRING, &view, NULL, NULL },
                             SHOW_ENTRIES (&check.show),
                             CI_ENTRIES (&check.ci),
                             { 0 } };
  g_auto (GStrv) files = parse_options (entries, argc, argv);
  ExitStatus status = EXIT_USAGE;
  check.read = (OrrHistoryReadOptions){ format, model };
  if (files && !*files)
    complain (
        "which file? 'orrery run SCENARIO --save FILE' makes one; 'orrery formats' lists what else is read");
  else if (files && choose_view (&check.show, view) && show_is_possible (&check.show)
           && ci_is_possible (&check.ci, show_form (&check.show)))
    status = ci_can_write (&check.ci) ? check_all (&check, catalog, files) : EXIT_CANNOT_CREATE;
  show_clear (&check.show);
  ci_clear (&check.ci);
  return status;
}

const OrrCommand orr_command_check = {
  .name = "check",
  .arguments = "[OPTION…] FILE…",
  .summary = "judge saved traces, and histories of other programs",
  .doc
  = "Judges what a trace's scenario expects, and the properties that are named; of a history that another\n"
    "program wrote, the properties that are named, or all that speak of such a history. The format of a\n"
    "history is known by its content; 'orrery formats' lists them. Several files are shown side by side,\n"
    "a row each. '-' is a history from standard input.\n"
    "\n"
    "      --format NAME     read histories in this format\n"
    "      --model NAME      take them for operations on this object: register, list-append, set …, or\n"
    "                        as other programs call it: cas-register, rw-register, set-full …\n"
    "      --view WORD       judge a trace by what its clients saw alone, as one must judge a real system\n"
    "                        (client), or by all that is known of it (all: the default); of a history\n"
    "                        from elsewhere nothing else is known\n" SHOW_DOC CI_DOC "\n"
    "Interrupted by Ctrl-C it shows what was decided so far.\n"
    "\n"
    "Exit status: with properties named, or of a history from elsewhere, 0 all of them hold, 1 one is\n"
    "violated, 2 one could not be decided; of a trace with all properties, 1 one is violated, else 0;\n"
    "without, as 'orrery run' has it. 64 wrong usage, 65 a file can't be made sense of, 66 it does not\n"
    "exist or can't be read, 73 the file of --junit can't be made, 74 reading or writing failed, 130\n"
    "interrupted.\n",
  .run = run,
};
