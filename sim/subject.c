/* subject.c: finds the run that a command looks into. */
#include "sim/subject.h"

#include <stdio.h>
#include <string.h>

#include "engine/simulation.h"
#include "sim/plugin.h"
#include "sim/scenarios.h"
#include "sim/show.h"

void
subject_clear (Subject *subject)
{
  g_free (subject->seed);
  g_strfreev (subject->sets);
}

/* A trace is an SQLite database; all else is a scenario. */
gboolean
subject_is_trace (const char *file)
{
  static const char magic[] = "SQLite format 3";
  char start[sizeof magic] = "";
  if (!g_file_test (file, G_FILE_TEST_IS_REGULAR))
    return FALSE;
  FILE *stream = fopen (file, "rb");
  gsize length = stream ? fread (start, 1, sizeof start, stream) : 0;
  if (stream)
    fclose (stream);
  return length == sizeof magic && memcmp (start, magic, sizeof magic) == 0;
}

static OrrTrace *
simulate (const OrrScenario *scenario, guint64 seed, const gint *interrupt)
{
  OrrRunOptions run = { .seed = seed, .level = ORR_RECORD_FULL, .interrupt = interrupt };
  return orr_simulate (scenario, &run);
}

/* What was left out when the trace was recorded is made anew: a run is a function of its scenario and seed.
 */
static OrrTrace *
complete (OrrTrace *trace, const char *file, const gint *interrupt, ExitStatus *ret_status)
{
  g_autoptr (OrrTrace) own = trace;
  if (trace->level == ORR_RECORD_FULL)
    return g_steal_pointer (&own);
  g_autoptr (OrrTrace) again = simulate (trace->scenario, trace->seed, interrupt);
  if (again->digest == trace->digest)
    return g_steal_pointer (&again);
  complain (
      "'%s' holds %s alone, and this program (version %s) does not repeat its run, which version %s made",
      file, orr_record_level_name (trace->level), again->version, trace->version);
  *ret_status = EXIT_BAD_INPUT;
  return NULL;
}

static OrrTrace *
load_trace (const Subject *subject, const char *file, const OrrCatalog *catalog, ExitStatus *ret_status)
{
  g_autoptr (GError) error = NULL;
  if (subject->seed || subject->sets)
    {
      complain ("'%s' is a trace of a run that has been; %s is for scenarios", file,
                subject->seed ? "--seed" : "--set");
      *ret_status = EXIT_USAGE;
      return NULL;
    }
  OrrTrace *trace = orr_trace_load (file, catalog, &error);
  if (trace)
    return complete (trace, file, subject->interrupt, ret_status);
  complain ("%s", error->message);
  *ret_status = g_error_matches (error, ORR_TRACE_ERROR, ORR_TRACE_ERROR_IO) ? EXIT_IO_ERROR : EXIT_BAD_INPUT;
  return NULL;
}

static gboolean
is_interrupted (const Subject *subject)
{
  return subject->interrupt && g_atomic_int_get (subject->interrupt);
}

/* Whether the run dies, and if so after how many events. FALSE: Ctrl-C came before that was known. */
static gboolean
ask_apart (const Subject *subject, const OrrScenario *scenario, OrrRunOptions run, SubjectDeath *death)
{
  run.watch = subject->watch;
  run.watch_data = subject->watch_data;
  death->how = orr_death_of (scenario, &run, subject->apart);
  if (death->how && !is_interrupted (subject))
    death->events = orr_death_find (scenario, &run, subject->apart);
  if (is_interrupted (subject))
    g_clear_pointer (&death->how, g_free);
  return !is_interrupted (subject);
}

/* What is made here comes back, as is known by then, and needs no watching. NULL: it is made nowhere. */
static OrrTrace *
simulate_warily (const Subject *subject, const OrrScenario *scenario, guint64 seed, SubjectDeath *death)
{
  OrrRunOptions run = { .seed = seed, .level = ORR_RECORD_FULL, .interrupt = subject->interrupt };
  if (!subject->apart)
    return orr_simulate (scenario, &run);
  if (!ask_apart (subject, scenario, run, death) || (death->how && death->events == 0))
    return NULL;
  run.events_max = death->events;
  return orr_simulate (scenario, &run);
}

static OrrTrace *
run_scenario (const Subject *subject, const char *name, const OrrCatalog *catalog, SubjectDeath *death,
              ExitStatus *ret_status)
{
  guint64 seed = 0;
  if (subject->seed && !g_ascii_string_to_unsigned (subject->seed, 10, 0, G_MAXUINT64, &seed, NULL))
    {
      complain ("--seed takes a whole number from 0, not '%s'", subject->seed);
      *ret_status = EXIT_USAGE;
      return NULL;
    }
  g_autoptr (OrrScenario) scenario = load_scenario (name, subject->sets, catalog, NULL, ret_status);
  if (!scenario)
    return NULL;
  return simulate_warily (subject, scenario, subject->seed ? seed : scenario->seed, death);
}

OrrTrace *
subject_load (const Subject *subject, char **operands, const char *verb, const OrrCatalog *catalog,
              SubjectDeath *death, ExitStatus *ret_status)
{
  *ret_status = EXIT_USAGE;
  if (!operands[0])
    complain ("which run? A trace that 'orrery run --save' made, or a scenario: 'orrery %s SCENARIO'", verb);
  else if (operands[1])
    complain ("'orrery %s' takes one run, but there is '%s' too", verb, operands[1]);
  else if (subject_is_trace (operands[0]))
    return load_trace (subject, operands[0], catalog, ret_status);
  else
    return run_scenario (subject, operands[0], catalog, death, ret_status);
  return NULL;
}

void
subject_add (const Subject *subject, const char *operand, GString *command)
{
  show_add_word (operand, command);
  if (subject->seed)
    g_string_append_printf (command, " --seed %s", subject->seed);
  for (char **set = subject->sets; set && *set; set++)
    {
      g_string_append (command, " --set");
      show_add_word (*set, command);
    }
  plugin_add_options (command);
}
