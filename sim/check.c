/* check.c: `orrery check`: judges saved traces. */
#include "sim/show.h"

/* Where properties were named, it is they that count; else what the scenario expects. Of all properties some
 * may have nothing to speak of: only those count that are violated. */
static ExitStatus
status_of (const OrrReport *report, const Show *show)
{
  if (!show->properties && !show->all_properties)
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

static ExitStatus
load_trace (const char *file, const OrrCatalog *catalog, GPtrArray *traces)
{
  g_autoptr (GError) error = NULL;
  if (!is_readable (file))
    return EXIT_NO_INPUT;
  OrrTrace *trace = orr_trace_load (file, catalog, &error);
  if (trace)
    {
      g_ptr_array_add (traces, trace);
      return EXIT_AS_EXPECTED;
    }
  complain ("%s", error->message);
  return g_error_matches (error, ORR_TRACE_ERROR, ORR_TRACE_ERROR_IO) ? EXIT_IO_ERROR : EXIT_BAD_INPUT;
}

static char *
command_again (const char *file, const Show *show)
{
  GString *command = g_string_new ("orrery check");
  show_add_word (file, command);
  show_add_options (show, command);
  return g_string_free (command, FALSE);
}

/* Those that can't be read are left out, and the others judged all the same. */
static ExitStatus
check_all (const OrrCatalog *catalog, char **files, const Show *show)
{
  g_autoptr (GPtrArray) traces = g_ptr_array_new_with_free_func ((GDestroyNotify) orr_trace_free);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autoptr (GPtrArray) agains = g_ptr_array_new_with_free_func (g_free);
  ExitStatus status = EXIT_AS_EXPECTED;
  for (char **file = files; *file; file++)
    {
      ExitStatus loaded = load_trace (*file, catalog, traces);
      status = worse_status (status, loaded);
      if (loaded != EXIT_AS_EXPECTED)
        continue;
      g_ptr_array_add (names, *file);
      g_ptr_array_add (agains, command_again (*file, show));
    }
  GPtrArray *reports = show_judge (show, traces);
  for (guint i = 0; i < reports->len; i++)
    status = worse_status (status, status_of (g_ptr_array_index (reports, i), show));
  show_reports (show, (OrrReport *const *) reports->pdata, (const char *const *) names->pdata,
                (const char *const *) agains->pdata, reports->len);
  g_ptr_array_unref (reports); /* before the traces that they speak of */
  return status;
}

static int
run (const OrrCatalog *catalog, int argc, char **argv)
{
  Show show = { 0 };
  GOptionEntry entries[] = { SHOW_ENTRIES (&show), { 0 } };
  g_auto (GStrv) files = parse_options (entries, argc, argv);
  ExitStatus status = EXIT_USAGE;
  if (files && !*files)
    complain ("which trace? 'orrery run SCENARIO --save FILE' makes one");
  else if (files && show_is_possible (&show))
    status = check_all (catalog, files, &show);
  show_clear (&show);
  return status;
}

const OrrCommand orr_command_check = {
  .name = "check",
  .arguments = "[OPTION…] TRACE…",
  .summary = "judge saved traces",
  .doc = "Judges what the trace's scenario expects, and the properties that are named. Several traces are\n"
         "shown side by side, a row each.\n"
         "\n" SHOW_DOC "\n"
         "Exit status: with properties named, 0 all of them hold, 1 one is violated, 2 one could not be\n"
         "decided; with all properties, 1 one is violated, else 0; without, as 'orrery run' has it.\n"
         "64 wrong usage, 65 a file is no trace of ours, 66 it does not exist or can't be read, 74 reading\n"
         "or writing failed.\n",
  .run = run,
};
