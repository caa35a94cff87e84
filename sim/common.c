/* common.c: what the subcommands share. */
#include "sim/common.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/problems.h"
#include "sim/option.h"

/* --- Streams --- */

void
complain (const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_autofree char *line = orr_one_line (message);
  fprintf (stderr, "orrery: %s\n", line);
}

/* Why the first write that failed did: a long text is written in pieces, and the last one may have nothing
 * left to say of it. */
static int first_error;

void
put (const char *text)
{
  errno = 0;
  if (fputs (text, stdout) < 0 && first_error == 0)
    first_error = errno;
}

void
put_json (JsonBuilder *json)
{
  g_autoptr (GString) text = g_string_new (NULL);
  orr_json_print (json, text);
  g_string_append_c (text, '\n');
  put (text->str);
}

gboolean
finish_output (void)
{
  errno = 0;
  if (fflush (stdout) == 0 && !ferror (stdout))
    return TRUE;
  if (first_error)
    errno = first_error;
  if (errno == EPIPE) /* whoever reads has seen enough */
    return FALSE;
  if (errno)
    complain ("cannot write to standard output: %s", g_strerror (errno));
  else
    complain ("cannot write to standard output");
  return FALSE;
}

gboolean
wants_colour (int descriptor)
{
  const char *no_colour = g_getenv ("NO_COLOR");
  const char *terminal = g_getenv ("TERM");
  return isatty (descriptor) && (!no_colour || !*no_colour) && terminal && strcmp (terminal, "dumb") != 0;
}

gboolean
is_readable (const char *file)
{
  struct stat status;
  const char *why = NULL;
  if (stat (file, &status) != 0 || access (file, R_OK) != 0)
    why = errno == ENOENT ? "there is no such file" : g_strerror (errno);
  else if (S_ISDIR (status.st_mode))
    why = "it is a directory";
  else if (!S_ISREG (status.st_mode))
    why = "it is not a regular file";
  if (why)
    complain ("can't read '%s': %s", file, why);
  return !why;
}

ExitStatus
worse_status (ExitStatus a, ExitStatus b)
{
  if (a >= EXIT_USAGE || b >= EXIT_USAGE)
    return MAX (a, b);
  if (a == EXIT_NOT_AS_EXPECTED || b == EXIT_NOT_AS_EXPECTED)
    return EXIT_NOT_AS_EXPECTED;
  return MAX (a, b);
}

/* --- Words --- */

void
complain_unknown (const char *what, const char *word, const char *const *candidates, const char *or_else)
{
  g_autofree char *quoted = orr_quote (word);
  const char *near = orr_suggest (word, candidates);
  if (near)
    complain ("there is no %s %s; did you mean '%s'?", what, quoted, near);
  else if (or_else)
    complain ("there is no %s %s; %s", what, quoted, or_else);
  else
    complain ("there is no %s %s", what, quoted);
}

const OrrCommand *
find_command (const char *name)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  for (guint i = 0; orr_commands[i]; i++)
    {
      if (strcmp (orr_commands[i]->name, name) == 0)
        return orr_commands[i];
      g_ptr_array_add (names, (gpointer) orr_commands[i]->name);
    }
  g_ptr_array_add (names, NULL);
  complain_unknown ("command", name, (const char *const *) names->pdata, "'orrery help' lists them");
  return NULL;
}

/* --- Options --- */

gboolean
takes_no_operand (char **operands, const char *command)
{
  if (*operands)
    complain ("'orrery %s' takes nothing else, but there is '%s'", command, *operands);
  return !*operands;
}

/* GLib's message ends with the argument that it did not know. */
static const char *
unknown_option (const GError *error, char **argv)
{
  for (char **argument = argv + 1; *argument; argument++)
    if (**argument == '-' && g_str_has_suffix (error->message, *argument))
      return *argument;
  return NULL;
}

static void
complain_option (const GError *error, const GOptionEntry *entries, char **argv)
{
  const char *unknown = g_error_matches (error, G_OPTION_ERROR, G_OPTION_ERROR_UNKNOWN_OPTION)
                            ? unknown_option (error, argv)
                            : NULL;
  g_autofree char *or_else = g_strdup_printf ("'orrery help %s' lists them", argv[0]);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  if (!unknown)
    {
      complain ("%s; try 'orrery help %s'", error->message, argv[0]);
      return;
    }
  for (; entries->long_name; entries++)
    if (*entries->long_name)
      g_ptr_array_add (names, g_strconcat ("--", entries->long_name, NULL));
  g_ptr_array_add (names, NULL);
  g_autofree char *name = g_strndup (unknown, strcspn (unknown, "="));
  complain_unknown ("option", name, (const char *const *) names->pdata, or_else);
}

/* Help, reference and completions know of an option by the command's doc; so that must tell of it. */
static void
assert_documented (const GOptionEntry *entries, const char *name)
{
  const OrrCommand *command = NULL;
  for (guint i = 0; orr_commands[i]; i++)
    if (strcmp (orr_commands[i]->name, name) == 0)
      command = orr_commands[i];
  g_autoptr (GArray) options = command ? command_options (command) : NULL;
  for (; options && entries->long_name; entries++)
    {
      guint i = 0;
      while (i < options->len
             && strcmp (g_array_index (options, CommandOption, i).name, entries->long_name) != 0)
        i++;
      if (i == options->len || g_array_index (options, CommandOption, i).letter != entries->short_name)
        g_error ("the doc of 'orrery %s' does not tell of --%s", name, entries->long_name);
    }
}

char **
parse_options (const GOptionEntry *entries, int argc, char **argv)
{
  g_auto (GStrv) operands = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  assert_documented (entries, argv[0]);
  const GOptionEntry rest[]
      = { { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &operands, NULL, NULL }, { 0 } };
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_add_main_entries (context, rest, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      complain_option (error, entries, argv);
      return NULL;
    }
  return operands ? g_steal_pointer (&operands) : g_new0 (char *, 1);
}
