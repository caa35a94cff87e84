/* option.c: reads the lines of a command's doc that tell of its options.
 *
 * Help is written once, as a person reads it. Reference pages and completions need to know what in it is an
 * option, and every command's parser asserts that each option that it takes is told of. */
#include "sim/option.h"

#include <string.h>

const CommandOption plugin_option = { 0, (char *) "plugin", (char *) "FILE",
                                      (char *) "take a model from a shared object too (may be repeated)" };

static void
clear_option (gpointer data)
{
  CommandOption *option = data;
  g_free (option->name);
  g_free (option->argument);
  g_free (option->doc);
}

/* `  -s, --seed N   another …` or `      --save FILE  save …`. */
static gboolean
is_option_line (const char *line)
{
  return (g_str_has_prefix (line, "  -") && g_ascii_isalpha (line[3])) || g_str_has_prefix (line, "      --");
}

static gboolean
is_continued (const char *line)
{
  return g_str_has_prefix (line, "        ") && !is_option_line (line);
}

static void
read_option (const char *line, GArray *options)
{
  const char *long_name = strstr (line, "--") + 2;
  const char *gap = strstr (long_name, "  ");
  CommandOption option = { .letter = line[2] == '-' ? line[3] : 0 };
  g_assert (gap);
  g_autofree char *form = g_strndup (long_name, (gsize) (gap - long_name));
  char *space = strchr (form, ' ');
  option.argument = space ? g_strdup (space + 1) : NULL;
  option.name = space ? g_strndup (form, (gsize) (space - form)) : g_strdup (form);
  option.doc = g_strstrip (g_strdup (gap));
  g_array_append_val (options, option);
}

static void
continue_option (const char *line, GArray *options)
{
  CommandOption *option = &g_array_index (options, CommandOption, options->len - 1);
  g_autofree char *more = g_strstrip (g_strdup (line));
  char *doc = g_strconcat (option->doc, " ", more, NULL);
  g_free (option->doc);
  option->doc = doc;
}

GArray *
command_options (const OrrCommand *command)
{
  GArray *options = g_array_new (FALSE, FALSE, sizeof (CommandOption));
  g_array_set_clear_func (options, clear_option);
  g_auto (GStrv) lines = g_strsplit (command->doc, "\n", -1);
  for (char **line = lines; *line; line++)
    if (is_option_line (*line))
      read_option (*line, options);
    else if (is_continued (*line) && options->len > 0)
      continue_option (*line, options);
  return options;
}

char *
command_prose (const OrrCommand *command)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_auto (GStrv) lines = g_strsplit (command->doc, "\n", -1);
  for (char **line = lines; *line; line++)
    if (!is_option_line (*line) && !is_continued (*line)
        && !(g_str_has_suffix (text->str, "\n\n") && !**line))
      g_string_append_printf (text, "%s\n", *line);
  return g_strchomp (g_string_free (g_steal_pointer (&text), FALSE));
}
