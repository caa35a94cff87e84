/* replay.c: `orrery replay`: steps through a run, forwards and backwards. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/problems.h"
#include "report/cursor-text.h"
#include "report/trace-words.h"
#include "sim/show.h"
#include "sim/subject.h"

/* A line that is longer is no command. */
#define COMMAND_MAX 1024

typedef struct
{
  const OrrTrace *trace;
  OrrCursor cursor;
  gboolean is_over, is_wrong; /* wrong: some command was */
} Replay;

/* A command on standard input. What it prints comes after what was printed before it, also on standard error.
 */
typedef struct
{
  const char *name, *arguments, *doc;
  void (*run) (Replay *replay, const char *argument); /* NULL: none was given */
} Step;

static const Step steps[];

/* --- Saying what is there --- */

static void refuse (Replay *replay, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
refuse (Replay *replay, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  fflush (stdout);
  complain ("%s", message);
  replay->is_wrong = TRUE;
}

static void
refuse_unknown (Replay *replay, const char *what, const char *word, GPtrArray *names, const char *remedy)
{
  g_ptr_array_add (names, NULL);
  fflush (stdout);
  complain_unknown (what, word, (const char *const *) names->pdata, remedy);
  replay->is_wrong = TRUE;
}

static void
show (const Replay *replay)
{
  g_autoptr (GString) text = g_string_new (NULL);
  orr_cursor_print (&replay->cursor, text);
  put (text->str);
}

/* --- What the arguments name --- */

static gboolean
parse_count (Replay *replay, const char *argument, guint64 *ret_n)
{
  *ret_n = 1;
  if (!argument || g_ascii_string_to_unsigned (argument, 10, 1, G_MAXUINT64, ret_n, NULL))
    return TRUE;
  g_autofree char *quoted = orr_quote (argument);
  refuse (replay, "how many events? A whole number from 1, not %s", quoted);
  return FALSE;
}

static OrrAddress
find_node (Replay *replay, const char *name)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  for (guint i = 0; i < replay->trace->n_actors; i++)
    {
      if (strcmp (replay->trace->actor_names[i], name) == 0)
        return i;
      g_ptr_array_add (names, (gpointer) replay->trace->actor_names[i]);
    }
  refuse_unknown (replay, "node", name, names, "'state' shows them all");
  return ORR_NOBODY;
}

/* The index of the fact that is called so; -1 where there is none. */
static gint
find_fact (Replay *replay, const char *name)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const OrrRecord *records = replay->trace->scenario->model->facts;
  for (gint i = 0; records && records[i].name; i++)
    {
      GString *known = g_string_new (NULL);
      orr_name_print (records[i].name, known);
      g_ptr_array_add (names, g_string_free (known, FALSE));
      if (strcmp (g_ptr_array_index (names, i), name) == 0)
        return i;
    }
  g_autofree char *remedy = g_strdup_printf ("'orrery models %s' lists what its nodes say",
                                             replay->trace->scenario->model->entry.name);
  refuse_unknown (replay, "fact", name, names, remedy);
  return -1;
}

static guint32
find_operation (Replay *replay, const char *name)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  for (guint32 i = 0; i < replay->trace->operations->len; i++)
    {
      GString *id = g_string_new (NULL);
      orr_words_operation_id (replay->trace, i, id);
      g_ptr_array_add (names, g_string_free (id, FALSE));
      if (strcmp (g_ptr_array_index (names, i), name) == 0)
        return i;
    }
  refuse_unknown (replay, "operation", name, names, "'operation' alone goes to the next one");
  return G_MAXUINT32;
}

/* --- Moving --- */

static void
run_next (Replay *replay, const char *argument)
{
  guint64 n;
  if (!parse_count (replay, argument, &n))
    return;
  if (orr_cursor_forth (&replay->cursor, n) == 0)
    refuse (replay, "this is the end; 'back' goes back");
  else
    show (replay);
}

static void
run_back (Replay *replay, const char *argument)
{
  guint64 n;
  if (!parse_count (replay, argument, &n))
    return;
  if (orr_cursor_back (&replay->cursor, n) == 0)
    refuse (replay, "this is the beginning; 'next' goes on");
  else
    show (replay);
}

static void
run_node (Replay *replay, const char *argument)
{
  OrrAddress node = argument ? find_node (replay, argument) : ORR_NOBODY;
  if (argument && node == ORR_NOBODY)
    return;
  replay->cursor.node = node;
  if (node == ORR_NOBODY)
    put ("events of all nodes\n");
  else
    {
      g_autofree char *line = g_strdup_printf ("events of %s alone\n", replay->trace->actor_names[node]);
      put (line);
    }
}

static void
run_fact (Replay *replay, const char *argument)
{
  gint fact = argument ? find_fact (replay, argument) : -1;
  if (argument && fact < 0)
    return;
  if (orr_cursor_to_fact (&replay->cursor, fact))
    show (replay);
  else
    refuse (replay, "nothing more is said%s%s; 'time 0s' goes back to the beginning", argument ? " of " : "",
            argument ? argument : "");
}

static void
run_fault (Replay *replay, const char *argument G_GNUC_UNUSED)
{
  if (orr_cursor_to_fault (&replay->cursor))
    show (replay);
  else
    refuse (replay, "no fault strikes or ends from here on; 'time 0s' goes back to the beginning");
}

static void
run_operation (Replay *replay, const char *argument)
{
  guint32 operation = argument ? find_operation (replay, argument) : G_MAXUINT32;
  if (argument && operation == G_MAXUINT32)
    return;
  if (orr_cursor_to_operation (&replay->cursor, operation))
    show (replay);
  else
    refuse (replay, argument ? "%s was never invoked" : "no operation is invoked from here on%s",
            argument ? argument : "");
}

static void
run_time (Replay *replay, const char *argument)
{
  OrrTime time;
  g_autofree char *message = NULL;
  if (!argument)
    refuse (replay, "which time? As in 'time 1.5s'");
  else if (!orr_duration_parse (argument, &time, &message))
    refuse (replay, "%s", message);
  else
    {
      orr_cursor_to_time (&replay->cursor, time);
      show (replay);
    }
}

/* An event by its number, as others name it. */
static void
run_event (Replay *replay, const char *argument)
{
  guint64 row, n = replay->trace->events->len;
  const char *digits = argument && *argument == '#' ? argument + 1 : argument;
  if (n == 0)
    refuse (replay, "there are no events");
  else if (!digits || !g_ascii_string_to_unsigned (digits, 10, 0, n - 1, &row, NULL))
    refuse (replay, "which event? A number from 0 to %" G_GUINT64_FORMAT, n - 1);
  else
    {
      orr_cursor_to_place (&replay->cursor, row + 1);
      show (replay);
    }
}

static void
run_cause (Replay *replay, const char *argument G_GNUC_UNUSED)
{
  if (orr_cursor_to_cause (&replay->cursor))
    show (replay);
  else
    refuse (replay, "nothing caused it: it was planned, or is an end of the run");
}

/* --- Looking --- */

static void
run_state (Replay *replay, const char *argument)
{
  g_autoptr (GString) text = g_string_new (NULL);
  OrrAddress node = argument ? find_node (replay, argument) : ORR_NOBODY;
  if (argument && node == ORR_NOBODY)
    return;
  for (guint i = 0; i < replay->trace->n_actors; i++)
    if (!argument || i == node)
      orr_cursor_print_state (&replay->cursor, i, text);
  put (text->str);
}

static void
print (const Replay *replay, void (*what) (const OrrCursor *cursor, GString *text))
{
  g_autoptr (GString) text = g_string_new (NULL);
  what (&replay->cursor, text);
  put (text->str);
}

static void
run_pending (Replay *replay, const char *argument G_GNUC_UNUSED)
{
  print (replay, orr_cursor_print_pending);
}

static void
run_effects (Replay *replay, const char *argument G_GNUC_UNUSED)
{
  print (replay, orr_cursor_print_effects);
}

static void
run_where (Replay *replay, const char *argument G_GNUC_UNUSED)
{
  print (replay, orr_cursor_print_where);
}

static void
run_quit (Replay *replay, const char *argument G_GNUC_UNUSED)
{
  replay->is_over = TRUE;
}

static void
run_help (Replay *replay G_GNUC_UNUSED, const char *argument G_GNUC_UNUSED)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (const Step *step = steps; step->name; step++)
    {
      g_autofree char *usage = g_strdup_printf ("%s%s%s", step->name, step->arguments ? " " : "",
                                                step->arguments ? step->arguments : "");
      g_string_append_printf (text, "  %-16s %s\n", usage, step->doc);
    }
  put (text->str);
}

static const Step steps[] = {
  { "next", "[N]", "the next event, or N events on", run_next },
  { "back", "[N]", "the event before, or N events back", run_back },
  { "node", "[NAME]", "from now on step through events of this node alone; without NAME through all",
    run_node },
  { "fact", "[NAME]", "on to where a node says something next, or says this", run_fact },
  { "fault", NULL, "on to where a fault strikes or ends next", run_fault },
  { "operation", "[ID]", "to where this operation is invoked; without ID on to the next", run_operation },
  { "time", "T", "to that time, behind all that happens then: time 1.5s", run_time },
  { "event", "N", "to this event", run_event },
  { "cause", NULL, "to the event that caused this one", run_cause },
  { "effects", NULL, "the events that this one caused", run_effects },
  { "state", "[NODE]", "what nodes have said by now, the last of each kind and key", run_state },
  { "pending", NULL, "the messages that are under way", run_pending },
  { "where", NULL, "where this is", run_where },
  { "help", NULL, "this list", run_help },
  { "quit", NULL, "ends it, as the end of the input does", run_quit },
  { NULL, NULL, NULL, NULL },
};

/* --- Lines --- */

/* The command of that name, or the only one that begins so. */
static const Step *
find_step (Replay *replay, const char *word)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autoptr (GString) all = g_string_new (NULL);
  const Step *begins = NULL;
  guint n = 0;
  for (const Step *step = steps; step->name; step++)
    {
      if (strcmp (step->name, word) == 0)
        return step;
      if (g_str_has_prefix (step->name, word))
        {
          begins = step;
          g_string_append_printf (all, "%s'%s'", n > 0 ? " or " : "", step->name);
          n++;
        }
      g_ptr_array_add (names, (gpointer) step->name);
    }
  if (n == 1)
    return begins;
  if (n > 1)
    refuse (replay, "is '%s' %s?", word, all->str);
  else
    refuse_unknown (replay, "command", word, names, "'help' lists them");
  return NULL;
}

/* A word, and another one where the command takes it. Empty lines and those that begin with '#' are for
 * people. */
static void
obey (Replay *replay, char *line)
{
  char *argument = g_strstrip (line);
  char *word = argument;
  if (!*word || *word == '#')
    return;
  argument += strcspn (argument, " \t");
  if (*argument)
    *argument++ = '\0';
  g_strstrip (argument);
  if (!g_utf8_validate (word, -1, NULL) || !g_utf8_validate (argument, -1, NULL))
    {
      refuse (replay, "that is not UTF-8; 'help' lists the commands");
      return;
    }
  const Step *step = find_step (replay, word);
  if (!step)
    return;
  if (*argument && !step->arguments)
    {
      g_autofree char *quoted = orr_quote (argument);
      refuse (replay, "'%s' takes nothing else, but there is %s", step->name, quoted);
    }
  else
    step->run (replay, *argument ? argument : NULL);
}

/* The rest of a line that is too long is skipped. */
static gboolean
read_line (Replay *replay, char *line)
{
  while (fgets (line, COMMAND_MAX, stdin))
    {
      gsize length = strlen (line);
      if (length + 1 < COMMAND_MAX || line[length - 1] == '\n')
        return TRUE;
      refuse (replay, "a line of more than %d bytes is no command; 'help' lists them", COMMAND_MAX - 2);
      for (int byte = getc (stdin); byte != EOF && byte != '\n';)
        byte = getc (stdin);
    }
  return FALSE;
}

static ExitStatus
replay_lines (const OrrTrace *trace)
{
  char line[COMMAND_MAX];
  Replay replay = { .trace = trace, .cursor = orr_cursor_new (trace) };
  gboolean asks = isatty (STDIN_FILENO);
  int why = 0;
  if (asks)
    show (&replay);
  while (!replay.is_over)
    {
      if (asks)
        put ("> ");
      fflush (stdout);
      if (!read_line (&replay, line))
        {
          why = errno;
          break;
        }
      obey (&replay, line);
    }
  if (asks && !replay.is_over)
    put ("\n");
  if (ferror (stdin))
    {
      complain ("can't read standard input: %s", g_strerror (why));
      return EXIT_IO_ERROR;
    }
  return replay.is_wrong && !asks ? EXIT_USAGE : EXIT_AS_EXPECTED;
}

static int
run (const OrrCatalog *catalog, int argc, char **argv)
{
  Subject subject = { 0 };
  GOptionEntry entries[] = { SUBJECT_ENTRIES (&subject), { 0 } };
  g_auto (GStrv) operands = parse_options (entries, argc, argv);
  ExitStatus status = EXIT_USAGE;
  g_autoptr (OrrTrace) trace = NULL;
  if (operands)
    trace = subject_load (&subject, operands, "replay", catalog, NULL, &status);
  if (trace)
    status = replay_lines (trace);
  subject_clear (&subject);
  return status;
}

const OrrCommand orr_command_replay = {
  .name = "replay",
  .arguments = "[OPTION…] TRACE|SCENARIO",
  .summary = "step through a run, forwards and backwards",
  .doc
  = "Reads commands from standard input, one a line, and shows what happened in a run: the next event, the\n"
    "one before, that of a node, the next fact, the next fault; what nodes had said by then, and which\n"
    "messages were under way. 'help' lists the commands; a word may be cut short where no other begins so.\n"
    "Lines that begin with '#' are skipped.\n"
    "\n"
    "TRACE is a file that 'orrery run --save' made. A scenario, a file or the name of an installed one, is\n"
    "run first.\n"
    "\n" SUBJECT_DOC "\n"
    "Exit status: 0, 64 wrong usage (also of a command, where they don't come from a terminal), 65 the "
    "trace\n"
    "or the scenario can't be made sense of, 66 it does not exist or can't be read, 74 reading or writing\n"
    "failed.\n",
  .run = run,
};
