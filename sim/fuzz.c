/* fuzz.c: `orrery fuzz`: looks for runs that break a promise. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "explore/shrink.h"
#include "sim/apart.h"
#include "sim/campaign.h"
#include "sim/ci.h"
#include "sim/fuzz-folder.h"
#include "sim/fuzz-show.h"
#include "sim/interrupt.h"
#include "sim/output.h"
#include "sim/scenarios.h"
#include "sim/show.h"
#include "sim/watchdog.h"
#include "sim/workers.h"

/* About a minute's work. */
#define RUNS_DEFAULT 10000

/* A variant has some thousand events. One that has so many runs in circles. */
#define EVENTS_MAX_DEFAULT (1000 * 1000)

/* How often, in microseconds of the host, what is known is saved, and told where it can't rewrite itself. */
#define SAVE_EVERY (5 * G_USEC_PER_SEC)
#define TELL_EVERY (10 * G_USEC_PER_SEC)

typedef struct
{
  Show show; /* properties, json, quiet */
  Ci ci;
  char **sets;
  char *seeds, *runs, *time, *jobs, *events_max, *shrink_runs; /* as given */
  char *out, *resume, *patience;
  gboolean keep_going, no_shrink, merge;
  guint64 first, last, n_runs, n_jobs, n_events, n_shrink;
  OrrTime limit; /* of the host's time; 0: none */
  Apart apart;   /* runs that die are shrunk there */
  OrrApart make; /* of it */
} Options;

typedef struct
{
  const Options *options;
  const OrrFuzzPlan *plan;
  OrrFuzz *fuzz;
  const char *folder;
  FuzzQuestion *question;
  gint ended;                        /* by Ctrl-C, or since nothing can be kept */
  ExitStatus status;                 /* of what went wrong */
  gboolean began;                    /* campaign.json is written */
  guint n_placed;                    /* findings that have their place */
  guint n_indexed;                   /* and that the index names, as it is on the disk */
  gint64 start, saved, told, newest; /* host's monotonic microseconds; newest: when there was new coverage */
  guint64 runs_before, words;        /* of the campaign that goes on; of coverage, when last looked */
} Session;

/* --- The job --- */

static gboolean
next (gpointer data, guint count_max, OrrTask *ret_task)
{
  return orr_fuzz_next (((Session *) data)->fuzz, count_max, ret_task);
}

static void
give_back (gpointer data, const OrrTask *task)
{
  orr_fuzz_give_back (((Session *) data)->fuzz, task);
}

static guint64
left (gpointer data)
{
  return orr_fuzz_left (((Session *) data)->fuzz);
}

static gboolean
is_done (gpointer data)
{
  return orr_fuzz_is_done (((Session *) data)->fuzz);
}

static void
take_death (gpointer data, const OrrTask *task, const char *how)
{
  orr_fuzz_take_death (((Session *) data)->fuzz, task, how);
}

/* What a worker sends of a finding begins with one of these. */
enum
{
  KEPT,
  NOT_KEPT /* why not follows */
};

static void
finish (const Session *session, const OrrTask *task, GByteArray *bytes)
{
  g_autofree char *why = NULL;
  g_autoptr (OrrFinished) finished = orr_fuzz_do_finish (session->plan, task);
  gboolean kept = fuzz_folder_keep (session->folder, (guint) task->number, finished, session->plan, &why);
  guint8 first = kept ? KEPT : NOT_KEPT;
  g_byte_array_append (bytes, &first, 1);
  if (kept)
    orr_finding_write (finished->finding, bytes);
  else
    g_byte_array_append (bytes, (const guint8 *) why, (guint) strlen (why));
}

static void
work (gpointer data, const OrrTask *task, gpointer *memory, GByteArray *bytes)
{
  const Session *session = data;
  Apart *apart = session->plan->apart->data;
  apart->watched = apart->patience; /* nothing depends on what the worker did before */
  if (orr_fuzz_task_finishes (task))
    {
      finish (session, task, bytes);
      return;
    }
  g_autoptr (OrrFuzzRun) run = orr_fuzz_do_run (session->plan, task);
  orr_fuzz_run_write (run, bytes);
}

static void
end_by (Session *session, const char *why)
{
  if (session->status == EXIT_AS_EXPECTED)
    complain ("%s; what was kept before is in '%s'", why, session->folder);
  session->status = EXIT_IO_ERROR;
  g_atomic_int_set (&session->ended, 1);
}

static gboolean
take (gpointer data, const OrrTask *task, const guint8 *bytes, gsize length, gpointer *memory)
{
  Session *session = data;
  if (!orr_fuzz_task_finishes (task))
    {
      OrrFuzzRun *run = orr_fuzz_run_read (bytes, length);
      if (run)
        orr_fuzz_take_run (session->fuzz, task, run);
      return run != NULL;
    }
  if (length == 0)
    return FALSE;
  if (bytes[0] == NOT_KEPT)
    {
      g_autofree char *why = g_strndup ((const char *) bytes + 1, length - 1);
      end_by (session, why);
      return TRUE;
    }
  OrrFinding *finding = orr_finding_read (bytes + 1, length - 1);
  if (finding)
    orr_fuzz_take_finding (session->fuzz, task, finding);
  return finding != NULL;
}

/* --- Keeping what is found --- */

static gboolean
begin (Session *session, char **ret_why)
{
  session->began = session->began || fuzz_folder_write_question (session->folder, session->question, ret_why);
  return session->began;
}

/* The index of a campaign that goes on may name more than is known yet: it will be found again. */
static gboolean
write_index (Session *session, char **ret_why)
{
  const GPtrArray *findings = orr_fuzz_get_findings (session->fuzz);
  if (findings->len < session->n_indexed)
    return TRUE;
  session->n_indexed = findings->len;
  return fuzz_folder_write_index (session->folder, findings, ret_why);
}

static void
tell_finding (const Session *session, const OrrFinding *finding)
{
  if (session->options->show.quiet)
    return;
  g_autofree char *line = fuzz_show_line (session->folder, finding);
  fprintf (stderr, "%sfound: %s\n", isatty (STDERR_FILENO) ? "\r\033[K" : "", line);
}

/* A finding is told of when nothing can take it away any more. */
static void
place_findings (Session *session)
{
  const GPtrArray *findings = orr_fuzz_get_findings (session->fuzz);
  guint before = session->n_placed;
  g_autofree char *why = NULL;
  while (session->n_placed < findings->len)
    {
      if (!begin (session, &why)
          || !fuzz_folder_place (session->folder, findings->pdata[session->n_placed], &why))
        {
          end_by (session, why);
          return;
        }
      session->n_placed++;
    }
  if (session->n_placed > before && !write_index (session, &why))
    {
      end_by (session, why);
      return;
    }
  for (guint i = before; i < session->n_placed; i++)
    tell_finding (session, findings->pdata[i]);
}

/* Nobody who named no folder wants one in which there is nothing. */
static gboolean
is_worth_saving (const Session *session)
{
  return (session->options->out || session->options->resume || session->n_placed > 0)
         && session->status == EXIT_AS_EXPECTED && orr_fuzz_can_save (session->fuzz);
}

static void
save (Session *session)
{
  g_autofree char *why = NULL;
  if (is_worth_saving (session)
      && !(begin (session, &why) && write_index (session, &why)
           && fuzz_folder_write_state (session->folder, session->fuzz, &why)))
    end_by (session, why);
}

/* --- While it goes on --- */

static void
tell (Session *session, gint64 now)
{
  const OrrFuzzTally *tally = orr_fuzz_get_tally (session->fuzz);
  gboolean live = isatty (STDERR_FILENO);
  gint64 every = live ? G_USEC_PER_SEC / 5 : TELL_EVERY;
  if (session->options->show.quiet || now - session->start < (live ? G_USEC_PER_SEC : TELL_EVERY)
      || now - session->told < every)
    return;
  session->told = now;
  guint64 tenths = (guint64) ((now - session->start) / (G_USEC_PER_SEC / 10));
  guint64 seconds = MIN (tally->simulated / 1000, G_MAXINT64 / ORR_SECOND);
  g_autofree char *simulated = orr_duration_to_text ((OrrTime) seconds * ORR_SECOND);
  fprintf (stderr,
           "%s%" G_GUINT64_FORMAT " runs, %" G_GUINT64_FORMAT
           " a second, %s simulated, %u found, nothing new for %" G_GINT64_FORMAT "s%s",
           live ? "\r" : "", tally->runs, (tally->runs - session->runs_before) * 10 / MAX (tenths, 1),
           simulated, session->n_placed, (now - session->newest) / G_USEC_PER_SEC, live ? "\033[K" : "\n");
}

static void
look_after (gpointer data, guint64 n)
{
  Session *session = data;
  gint64 now = g_get_monotonic_time ();
  const OrrFuzzTally *tally = orr_fuzz_get_tally (session->fuzz);
  if (tally->words > session->words)
    session->newest = now;
  session->words = tally->words;
  place_findings (session);
  if (session->options->limit > 0 && (now - session->start) > session->options->limit / 1000)
    orr_fuzz_stop (session->fuzz);
  if (now - session->saved > SAVE_EVERY && orr_fuzz_can_save (session->fuzz))
    {
      save (session);
      session->saved = now;
    }
  tell (session, now);
  if (interrupt_happened ())
    g_atomic_int_set (&session->ended, 1);
}

/* A campaign that nothing but time was to end is one of the runs that it made. */
static guint64
last_seed (const Session *session)
{
  const FuzzQuestion *question = session->question;
  guint64 made = orr_fuzz_get_tally (session->fuzz)->runs;
  return question->last < G_MAXUINT64 || question->merged ? question->last
                                                          : question->first + (MAX (made, 1) - 1);
}

static char *
command_again (const Session *session)
{
  const Options *options = session->options;
  const FuzzQuestion *question = session->question;
  guint64 last = last_seed (session);
  GString *command = g_string_new ("orrery fuzz");
  show_add_word (question->name, command);
  g_string_append_printf (command, " --seeds %" G_GUINT64_FORMAT "..%" G_GUINT64_FORMAT, question->first,
                          last);
  for (char **set = question->sets; set && *set; set++)
    {
      g_string_append (command, " --set");
      show_add_word (*set, command);
    }
  if (question->keep_going)
    g_string_append (command, " --keep-going");
  if (question->shrink_runs == 0)
    g_string_append (command, " --no-shrink");
  else if (question->shrink_runs != ORR_SHRINK_RUNS_DEFAULT)
    g_string_append_printf (command, " --shrink-runs %" G_GUINT64_FORMAT, question->shrink_runs);
  if (question->events_max != EVENTS_MAX_DEFAULT)
    g_string_append_printf (command, " --events-max %" G_GUINT64_FORMAT, question->events_max);
  if (options->patience)
    g_string_append_printf (command, " --patience %s", options->patience);
  show_add_options (&(Show){ .properties = question->properties }, command);
  return g_string_free (command, FALSE);
}

static ExitStatus
show_result (const Session *session)
{
  g_autofree char *again = command_again (session);
  g_autoptr (GString) plugins = g_string_new (NULL);
  show_add_options (&(Show){ 0 }, plugins);
  const FuzzShow show = { .scenario = session->plan->scenario,
                          .catalog = session->plan->catalog,
                          .fuzz = session->fuzz,
                          .name = session->question->name,
                          .folder = session->folder,
                          .again = again,
                          .options = plugins->str,
                          .first = session->question->first,
                          .last = last_seed (session),
                          .seeds = session->question->seeds,
                          .brief = session->options->show.quiet };
  const Ci *ci = &session->options->ci;
  if (!ci->tap && !output_is_taken (ci->junit))
    (session->options->show.json ? fuzz_show_json : fuzz_show) (&show);
  g_autoptr (OrrSuites) suites = orr_suites_new ();
  fuzz_show_suite (&show, suites);
  return ci_write (ci, suites);
}

/* Goes on with the campaign from wherever it is. */
static ExitStatus
go_on (Session *session)
{
  static const WorkersJob job = { .next = next,
                                  .give_back = give_back,
                                  .left = left,
                                  .is_done = is_done,
                                  .take = take,
                                  .take_death = take_death,
                                  .work = work };
  const Options *options = session->options;
  WorkersOptions workers
      = { .jobs = options->n_jobs ? (guint) options->n_jobs : MAX (g_get_num_processors (), 1),
          .patience = options->apart.patience,
          .interrupt = &session->ended,
          .progress = look_after,
          .progress_data = session };
  session->start = session->saved = session->newest = g_get_monotonic_time ();
  session->runs_before = orr_fuzz_get_tally (session->fuzz)->runs;
  interrupt_watch ();
  ExitStatus status = workers_do (&job, session, &workers);
  if (session->told && isatty (STDERR_FILENO))
    fputs ("\r\033[K", stderr);
  place_findings (session);
  save (session);
  fuzz_folder_clean (session->folder);
  interrupt_unwatch ();
  status = worse_status (status, show_result (session));
  status = worse_status (status, session->status);
  if (status == EXIT_AS_EXPECTED)
    status = show_status (fuzz_show_result (session->fuzz));
  if (!interrupt_happened ())
    return status;
  complain ("interrupted");
  return EXIT_INTERRUPTED;
}

/* --- Beginnings --- */

static OrrFuzzPlan
plan_of (const FuzzQuestion *question, const OrrScenario *scenario, const OrrCatalog *catalog,
         const Options *options)
{
  return (OrrFuzzPlan){ .scenario = scenario,
                        .catalog = catalog,
                        .first = question->first,
                        .last = question->last,
                        .properties = (const char *const *) question->properties,
                        .keep_going = question->keep_going,
                        .run = { .events_max = question->events_max,
                                 .watch = watchdog_watch,
                                 .watch_data = (gpointer) &options->apart.watched },
                        .apart = &options->make,
                        .shrink_runs_max = question->shrink_runs };
}

static ExitStatus
fuzz_scenario (const OrrCatalog *catalog, const char *name, const Options *options)
{
  ExitStatus status = EXIT_AS_EXPECTED;
  g_autoptr (OrrScenario) scenario = load_scenario (name, options->sets, catalog, NULL, &status);
  if (!scenario)
    return status;
  if ((options->out && !fuzz_folder_is_free (options->out)) || !ci_can_write (&options->ci))
    return EXIT_CANNOT_CREATE;
  g_autofree char *folder = options->out ? g_strdup (options->out) : fuzz_folder_propose (name);
  FuzzQuestion question = { .name = g_strdup (name),
                            .scenario = orr_scenario_to_whole_text (scenario),
                            .sets = g_strdupv (options->sets),
                            .first = options->first,
                            .last = options->last,
                            .properties = g_strdupv (options->show.properties),
                            .keep_going = options->keep_going,
                            .shrink_runs = options->n_shrink,
                            .events_max = options->n_events };
  const OrrFuzzPlan plan = plan_of (&question, scenario, catalog, options);
  g_autoptr (OrrFuzz) fuzz = orr_fuzz_new (&plan);
  Session session
      = { .options = options, .plan = &plan, .fuzz = fuzz, .folder = folder, .question = &question };
  g_autofree char *why = NULL;
  if (options->out && !begin (&session, &why))
    {
      complain ("%s", why);
      status = EXIT_CANNOT_CREATE;
    }
  else
    status = go_on (&session);
  fuzz_question_clear (&question);
  return status;
}

static OrrScenario *
read_scenario (const FuzzQuestion *question, const char *folder, const OrrCatalog *catalog)
{
  g_autofree char *file = g_strdup_printf ("the scenario in %s/campaign.json", folder);
  g_autoptr (OrrProblems) problems = orr_problems_new (file);
  OrrScenario *scenario
      = orr_scenario_parse (question->scenario, strlen (question->scenario), file, NULL, catalog, problems);
  if (!scenario)
    show_problems (problems);
  return scenario;
}

/* Of what is asked for anew, more runs alone can be had. */
static gboolean
may_resume (const FuzzQuestion *question, const Options *options)
{
  if (question->merged)
    complain ("'%s' was merged from several campaigns; go on with those", options->resume);
  else if (options->show.properties || options->sets || options->keep_going || options->no_shrink
           || options->seeds || options->events_max || options->shrink_runs || options->out)
    complain ("--resume goes on with what '%s' asks for; only --runs, --time, --jobs and --patience can be "
              "said anew",
              options->resume);
  else
    return TRUE;
  return FALSE;
}

/* Runs that were made can't be taken back. */
static gboolean
has_room (const FuzzQuestion *question, const OrrFuzz *fuzz, const char *folder)
{
  guint64 made = orr_fuzz_get_tally (fuzz)->runs;
  if (made == 0 || made - 1 <= question->last - question->first)
    return TRUE;
  complain ("the campaign in '%s' has made %" G_GUINT64_FORMAT
            " runs already; --runs says to how many in all it goes on",
            folder, made);
  return FALSE;
}

static ExitStatus
resume (const OrrCatalog *catalog, const Options *options)
{
  FuzzQuestion question;
  ExitStatus status = EXIT_BAD_INPUT;
  if (!fuzz_folder_read_question (options->resume, &question))
    return status;
  if (options->runs)
    question.last = question.first + MIN (options->n_runs - 1, G_MAXUINT64 - question.first);
  gboolean may = may_resume (&question, options);
  g_autoptr (OrrScenario) scenario = may ? read_scenario (&question, options->resume, catalog) : NULL;
  if (!may)
    status = EXIT_USAGE;
  if (scenario)
    {
      const OrrFuzzPlan plan = plan_of (&question, scenario, catalog, options);
      g_autoptr (OrrFuzz) fuzz = orr_fuzz_new (&plan);
      Session session = { .options = options,
                          .plan = &plan,
                          .fuzz = fuzz,
                          .folder = options->resume,
                          .question = &question,
                          .n_indexed = fuzz_folder_count_indexed (options->resume) };
      fuzz_folder_clean (options->resume);
      if (fuzz_folder_read_state (options->resume, fuzz))
        {
          session.n_placed = orr_fuzz_get_findings (fuzz)->len;
          status = has_room (&question, fuzz, options->resume) ? go_on (&session) : EXIT_USAGE;
        }
    }
  fuzz_question_clear (&question);
  return status;
}

/* --- Several campaigns made into one --- */

/* One of them. */
typedef struct
{
  const char *folder;
  FuzzQuestion question;
  OrrFuzzPlan plan;
  OrrFuzz *fuzz;
} Part;

static void
clear_part (gpointer data)
{
  Part *part = data;
  fuzz_question_clear (&part->question);
  orr_fuzz_free (part->fuzz);
}

typedef struct
{
  const char *folder;
  const Part *part; /* that is being added */
  char *why;        /* something could not be written; NULL: it could */
} Merging;

static void
copy_finding (gpointer data, const OrrFinding *finding, const OrrFinding *original)
{
  Merging *merging = data;
  g_autofree char *inner = fuzz_folder_of (original);
  g_autofree char *from = g_build_filename (merging->part->folder, inner, NULL);
  if (!merging->why)
    fuzz_folder_copy (merging->folder, finding, from, &merging->why);
}

static gint
compare_parts (gconstpointer a, gconstpointer b)
{
  guint64 first_a = ((const Part *) a)->question.first, first_b = ((const Part *) b)->question.first;
  return first_a < first_b ? -1 : first_a > first_b;
}

static gboolean
load_part (Part *part, const OrrScenario *scenario, const OrrCatalog *catalog, const Options *options)
{
  part->plan = plan_of (&part->question, scenario, catalog, options);
  part->fuzz = orr_fuzz_new (&part->plan);
  return fuzz_folder_read_state (part->folder, part->fuzz);
}

/* Of one question, and no seed twice. */
static gboolean
belong_together (const Part *before, const Part *part)
{
  const FuzzQuestion *a = &before->question, *b = &part->question;
  if (strcmp (a->scenario, b->scenario) != 0 || a->shrink_runs != b->shrink_runs
      || a->events_max != b->events_max || (a->properties == NULL) != (b->properties == NULL)
      || (a->properties
          && !g_strv_equal ((const char *const *) a->properties, (const char *const *) b->properties)))
    complain ("the campaigns in '%s' and '%s' do not ask for the same", before->folder, part->folder);
  else if (b->first <= a->last)
    complain ("the campaigns in '%s' and '%s' have seed %" G_GUINT64_FORMAT " both", before->folder,
              part->folder, b->first);
  else
    return TRUE;
  return FALSE;
}

/* Seeds that follow one another. */
typedef struct
{
  guint64 first, last;
} Range;

static void
add_range (GArray *ranges, guint64 first, guint64 last)
{
  Range *before = ranges->len > 0 ? &g_array_index (ranges, Range, ranges->len - 1) : NULL;
  if (before && before->last + 1 == first)
    before->last = last;
  else
    g_array_append_val (ranges, ((Range){ first, last }));
}

/* Those that a campaign made runs by: it may have been ended before the last that it was asked for, or be
 * merged itself. */
static void
add_ranges (GArray *ranges, const Part *part)
{
  guint64 n = orr_fuzz_get_tally (part->fuzz)->runs, first = part->question.first, last;
  g_auto (GStrv) words = part->question.seeds ? g_strsplit (part->question.seeds, ", ", -1) : NULL;
  for (char **word = words; word && *word; word++)
    if (parse_seeds (*word, &first, &last))
      add_range (ranges, first, last);
  if (!words && n > 0)
    add_range (ranges, first, first + n - 1);
}

/* "1..150, 201..300" */
static char *
seeds_of (const GArray *parts)
{
  GString *text = g_string_new (NULL);
  g_autoptr (GArray) ranges = g_array_new (FALSE, FALSE, sizeof (Range));
  for (guint i = 0; i < parts->len; i++)
    add_ranges (ranges, &g_array_index (parts, Part, i));
  for (guint i = 0; i < ranges->len; i++)
    {
      const Range *range = &g_array_index (ranges, Range, i);
      g_string_append_printf (text, "%s%" G_GUINT64_FORMAT "..%" G_GUINT64_FORMAT, i > 0 ? ", " : "",
                              range->first, range->last);
    }
  return g_string_free (text, FALSE);
}

static ExitStatus
write_merged (Session *session, const GArray *parts)
{
  Merging merging = { .folder = session->folder };
  for (guint i = 0; i < parts->len; i++)
    {
      merging.part = &g_array_index (parts, Part, i);
      orr_fuzz_merge (session->fuzz, merging.part->fuzz, copy_finding, &merging);
    }
  if (merging.why
      || !fuzz_folder_write_index (session->folder, orr_fuzz_get_findings (session->fuzz), &merging.why)
      || !fuzz_folder_write_state (session->folder, session->fuzz, &merging.why)
      || !fuzz_folder_write_question (session->folder, session->question, &merging.why))
    {
      complain ("%s", merging.why);
      g_free (merging.why);
      return EXIT_IO_ERROR;
    }
  ExitStatus status = show_result (session);
  return worse_status (status, show_status (fuzz_show_result (session->fuzz)));
}

static ExitStatus
merge_parts (GArray *parts, const OrrCatalog *catalog, const Options *options)
{
  g_array_sort (parts, compare_parts);
  Part *first = &g_array_index (parts, Part, 0);
  g_autoptr (OrrScenario) scenario = read_scenario (&first->question, first->folder, catalog);
  for (guint i = 0; scenario && i < parts->len; i++)
    {
      Part *part = &g_array_index (parts, Part, i);
      if ((i > 0 && !belong_together (part - 1, part)) || !load_part (part, scenario, catalog, options))
        return EXIT_BAD_INPUT;
    }
  if (!scenario)
    return EXIT_BAD_INPUT;
  FuzzQuestion question = first->question;
  question.last = g_array_index (parts, Part, parts->len - 1).question.last;
  question.merged = TRUE;
  g_autofree char *seeds = question.seeds = seeds_of (parts);
  const OrrFuzzPlan plan = plan_of (&question, scenario, catalog, options);
  g_autoptr (OrrFuzz) fuzz = orr_fuzz_new (&plan);
  Session session
      = { .options = options, .plan = &plan, .fuzz = fuzz, .folder = options->out, .question = &question };
  return write_merged (&session, parts);
}

static ExitStatus
merge (const OrrCatalog *catalog, char **folders, const Options *options)
{
  g_autoptr (GArray) parts = g_array_new (FALSE, TRUE, sizeof (Part));
  g_array_set_clear_func (parts, clear_part);
  if (!fuzz_folder_is_free (options->out))
    return EXIT_CANNOT_CREATE;
  for (char **folder = folders; *folder; folder++)
    {
      Part part = { .folder = *folder };
      if (!fuzz_folder_read_question (*folder, &part.question))
        return EXIT_BAD_INPUT;
      g_array_append_val (parts, part);
    }
  return merge_parts (parts, catalog, options);
}

/* --- The command --- */

static gboolean
parse_time (const char *text, OrrTime *limit)
{
  g_autofree char *why = NULL;
  if (!text || (orr_duration_parse (text, limit, &why) && *limit > 0))
    return TRUE;
  complain ("--time takes a duration, as in 10min, not '%s'", text);
  return FALSE;
}

/* Without a number of runs a limit of time is the only one. */
static gboolean
range_is_possible (Options *options)
{
  if (options->seeds && options->runs)
    {
      complain ("--seeds says how many runs there are, and so does --runs; use one of them");
      return FALSE;
    }
  if (options->seeds)
    return parse_seeds (options->seeds, &options->first, &options->last);
  if (!parse_number ("--runs", options->runs, 1, G_MAXUINT64 - 1, &options->n_runs))
    return FALSE;
  options->first = 1;
  options->last = options->runs ? options->n_runs : options->limit > 0 ? G_MAXUINT64 : RUNS_DEFAULT;
  return TRUE;
}

static gboolean
operands_are_possible (const Options *options, char **names)
{
  if (options->merge && (!*names || !names[1] || !options->out))
    complain ("--merge takes several folders of findings, and --out, where they are to be one");
  else if (options->merge && options->resume)
    complain ("--merge and --resume are two things; use one of them");
  else if (options->merge)
    return TRUE;
  else if (options->resume && *names)
    complain ("--resume needs no scenario: '%s' has it", options->resume);
  else if (!options->resume && !*names)
    complain ("which scenario? A file, or one that is installed: 'orrery models primary-replica' lists them");
  else if (!options->resume && names[1])
    complain ("a campaign is of one scenario");
  else
    return TRUE;
  return FALSE;
}

static gboolean
options_are_possible (Options *options, char **names)
{
  options->make = apart_by (&options->apart);
  options->n_events = EVENTS_MAX_DEFAULT;
  options->n_shrink = options->no_shrink ? 0 : ORR_SHRINK_RUNS_DEFAULT;
  return operands_are_possible (options, names) && show_is_possible (&options->show)
         && ci_is_possible (&options->ci, show_form (&options->show))
         && parse_time (options->time, &options->limit) && apart_parse (options->patience, &options->apart)
         && range_is_possible (options)
         && parse_number ("--jobs", options->jobs, 1, JOBS_MAX, &options->n_jobs)
         && parse_number ("--events-max", options->events_max, 1, G_MAXUINT64, &options->n_events)
         && parse_number ("--shrink-runs", options->shrink_runs, 1, G_MAXUINT64, &options->n_shrink);
}

static void
clear_options (Options *options)
{
  show_clear (&options->show);
  ci_clear (&options->ci);
  g_strfreev (options->sets);
  g_free (options->seeds);
  g_free (options->runs);
  g_free (options->time);
  g_free (options->jobs);
  g_free (options->events_max);
  g_free (options->shrink_runs);
  g_free (options->out);
  g_free (options->resume);
  g_free (options->patience);
}

static int
run (const OrrCatalog *catalog, int argc, char **argv)
{
  Options options = { 0 };
  GOptionEntry entries[] = {
    { "runs", 'n', 0, G_OPTION_ARG_STRING, &options.runs, NULL, NULL },
    { "seeds", 0, 0, G_OPTION_ARG_STRING, &options.seeds, NULL, NULL },
    { "time", 't', 0, G_OPTION_ARG_STRING, &options.time, NULL, NULL },
    { "jobs", 'j', 0, G_OPTION_ARG_STRING, &options.jobs, NULL, NULL },
    { "property", 'p', 0, G_OPTION_ARG_FILENAME_ARRAY, &options.show.properties, NULL, NULL },
    { "set", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options.sets, NULL, NULL },
    { "keep-going", 'k', 0, G_OPTION_ARG_NONE, &options.keep_going, NULL, NULL },
    { "out", 'o', 0, G_OPTION_ARG_FILENAME, &options.out, NULL, NULL },
    { "resume", 0, 0, G_OPTION_ARG_FILENAME, &options.resume, NULL, NULL },
    { "merge", 0, 0, G_OPTION_ARG_NONE, &options.merge, NULL, NULL },
    { "no-shrink", 0, 0, G_OPTION_ARG_NONE, &options.no_shrink, NULL, NULL },
    { "shrink-runs", 0, 0, G_OPTION_ARG_STRING, &options.shrink_runs, NULL, NULL },
    { "events-max", 0, 0, G_OPTION_ARG_STRING, &options.events_max, NULL, NULL },
    { "patience", 0, 0, G_OPTION_ARG_STRING, &options.patience, NULL, NULL },
    CI_ENTRIES (&options.ci),
    { "json", 0, 0, G_OPTION_ARG_NONE, &options.show.json, NULL, NULL },
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &options.show.quiet, NULL, NULL },
    { 0 },
  };
  g_auto (GStrv) names = parse_options (entries, argc, argv);
  ExitStatus status = EXIT_USAGE;
  if (names && options_are_possible (&options, names))
    status = options.merge    ? merge (catalog, names, &options)
             : options.resume ? resume (catalog, &options)
                              : fuzz_scenario (catalog, *names, &options);
  clear_options (&options);
  return status;
}

const OrrCommand orr_command_fuzz = {
  .name = "fuzz",
  .arguments = "[OPTION…] SCENARIO",
  .summary = "look for runs that break a promise, and shrink what is found",
  .doc
  = "Makes run after run, each of a variant of the scenario that its seed draws: other faults, at other\n"
    "times, another load, another network. In each it asks whether what ought to hold is violated: the\n"
    "properties that are named; else those that the scenario expects to hold; where it expects none, those\n"
    "that the model claims for the variant, had it none of its known mistakes. What is found is shrunk to\n"
    "the smallest scenario that shows it. A run that crashes or never comes back is a finding, too.\n"
    "\n"
    "The campaign ends with the first violation, or goes on for other causes. What it finds depends on the\n"
    "scenario, the seeds and what is sought, not on --jobs; with --time it is what a longer campaign finds\n"
    "first. The folder of findings has a folder for each with scenario.yaml, the run of that as trace.db,\n"
    "report.txt, and original.yaml as it was drawn.\n"
    "\n"
    "  -n, --runs N          so many runs, by the seeds from 1 on (default: 10000; with --time no limit)\n"
    "      --seeds A..B      a run by each of these seeds\n"
    "  -t, --time DURATION   begin no more runs after so long, as in 10min\n"
    "  -j, --jobs N          so many runs at once (default: one a processor)\n"
    "  -p, --property NAME   look for violations of this property alone (may be repeated)\n"
    "      --set PATH=VALUE  change a value, as in --set options.router.window=2s (may be repeated)\n"
    "  -k, --keep-going      do not end with the first violation\n"
    "  -o, --out DIR         the folder of findings (default: SCENARIO-findings, if there are any)\n"
    "      --resume DIR      go on with the campaign in that folder; --runs may say to how many in all\n"
    "      --merge           make one of several folders, as in --merge FOLDER FOLDER --out DIR\n"
    "      --no-shrink       keep what is found as it was drawn\n"
    "      --shrink-runs N   a finding may take so many runs to shrink (default: 5000)\n"
    "      --events-max N    end a run after so many events (default: 1000000)\n" PATIENCE_DOC
    "      --json            the result as JSON\n"
    "  -q, --quiet           the findings alone, and no progress\n" CI_DOC "\n"
    "Interrupted by Ctrl-C it tells what was found so far, and can be resumed.\n"
    "\n"
    "Exit status: 0 nothing was found, 1 something was, 2 nothing could be decided, 64 wrong usage, 65 the\n"
    "scenario or a folder is wrong, 66 there is no such scenario, or it can't be read, 71 no process could "
    "be\n"
    "started, 73 the folder can't be used, 74 a finding could not be written, 130 interrupted.\n",
  .run = run,
};
