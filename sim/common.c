/* common.c: what the subcommands share. */
#include "sim/common.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#define LINE_WIDTH 96

void
complain (const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  fprintf (stderr, "orrery: %s\n", message);
}

gboolean
parse_options (const char *command, const GOptionEntry *entries, int *argc, char ***argv)
{
  return parse_options_with (command, entries, NULL, argc, argv);
}

gboolean
parse_options_with (const char *command, const GOptionEntry *entries, gpointer data, int *argc, char ***argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  GOptionGroup *group = g_option_group_new ("main", "", "", data, NULL);
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_main_group (context, group);
  if (entries)
    g_option_group_add_entries (group, entries);
  if (g_option_context_parse (context, argc, argv, &error))
    {
      /* `--` ends the options and is no operand. */
      if (*argc > 1 && strcmp ((*argv)[1], "--") == 0)
        {
          memmove (*argv + 1, *argv + 2, (gsize) (*argc - 1) * sizeof **argv);
          --*argc;
        }
      return TRUE;
    }
  complain ("%s; try 'orrery help %s'", error->message, command);
  return FALSE;
}

void
put (const char *text)
{
  fputs (text, stdout);
}

gboolean
finish_output (void)
{
  if (fflush (stdout) == 0 && !ferror (stdout))
    return TRUE;
  complain ("cannot write to standard output: %s", errno ? g_strerror (errno) : "unknown reason");
  return FALSE;
}

gboolean
wants_colour (int descriptor)
{
  const char *no_colour = g_getenv ("NO_COLOR");
  const char *terminal = g_getenv ("TERM");
  return isatty (descriptor) && (!no_colour || !*no_colour) && terminal && strcmp (terminal, "dumb") != 0;
}

void
complain_unknown (const char *what, const char *word, const char *const *candidates)
{
  const char *near = orr_suggest (word, candidates);
  if (near)
    complain ("there is no %s '%s'; did you mean '%s'?", what, word, near);
  else
    complain ("there is no %s '%s'", what, word);
}

/* --- Finding scenarios --- */

/* The folders where scenarios may lie: given by hand, beside an installed program, where they were installed, and in the source of one that runs where it was built. */
static GPtrArray *
model_folders (void)
{
  GPtrArray *folders = g_ptr_array_new_with_free_func (g_free);
  const char *given = g_getenv ("ORRERY_MODELS");
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  if (given)
    g_ptr_array_add (folders, g_strdup (given));
  if (program)
    {
      g_autofree char *folder = g_path_get_dirname (program);
      g_ptr_array_add (folders, g_build_filename (folder, ORRERY_MODELS_BESIDE, NULL));
      if (g_str_has_prefix (program, ORRERY_BUILD_DIR "/"))
        g_ptr_array_add (folders, g_strdup (ORRERY_SOURCE_MODELS));
    }
  g_ptr_array_add (folders, g_strdup (ORRERY_MODELS_DIR));
  return folders;
}

static gint
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
add_scenarios_in (const char *folder, const char *model, GPtrArray *names)
{
  g_autofree char *path = g_build_filename (folder, model, NULL);
  g_autoptr (GDir) directory = g_dir_open (path, 0, NULL);
  const char *entry;
  while (directory && (entry = g_dir_read_name (directory)))
    if (g_str_has_suffix (entry, ".yaml"))
      {
        g_autofree char *bare = g_strndup (entry, strlen (entry) - strlen (".yaml"));
        g_ptr_array_add (names, g_strconcat (model, "/", bare, NULL));
      }
}

GPtrArray *
list_scenarios (const char *model)
{
  g_autoptr (GPtrArray) folders = model_folders ();
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < folders->len && names->len == 0; i++)
    add_scenarios_in (g_ptr_array_index (folders, i), model, names);
  g_ptr_array_sort (names, compare_texts);
  return names;
}

/* The path of MODEL/NAME, or NULL. */
static char *
installed_path (const char *name)
{
  g_autoptr (GPtrArray) folders = model_folders ();
  for (guint i = 0; i < folders->len; i++)
    {
      g_autofree char *file = g_strconcat (g_ptr_array_index (folders, i), "/", name, ".yaml", NULL);
      if (g_file_test (file, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&file);
    }
  return NULL;
}

/* Among all installed scenarios: the one whose name after the slash is `name`. */
static char *
find_by_last_part (const char *name, const GPtrArray *all)
{
  g_autofree char *suffix = g_strconcat ("/", name, NULL);
  const char *found = NULL;
  for (guint i = 0; i < all->len; i++)
    if (g_str_has_suffix (g_ptr_array_index (all, i), suffix))
      {
        if (found)
          return NULL;
        found = g_ptr_array_index (all, i);
      }
  return found ? installed_path (found) : NULL;
}

char *
find_scenario (const char *name, const OrrCatalog *catalog)
{
  if (g_file_test (name, G_FILE_TEST_EXISTS))
    return g_strdup (name);
  if (g_str_has_suffix (name, ".yaml") || g_str_has_suffix (name, ".yml"))
    {
      complain ("there is no file '%s'", name);
      return NULL;
    }
  char *file = strstr (name, "..") ? NULL : installed_path (name);
  if (file)
    return file;

  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; catalog->models[i]; i++)
    {
      g_autoptr (GPtrArray) names = list_scenarios (catalog->models[i]->entry.name);
      for (guint n = 0; n < names->len; n++)
        g_ptr_array_add (all, g_strdup (g_ptr_array_index (names, n)));
    }
  file = find_by_last_part (name, all);
  if (file)
    return file;

  g_ptr_array_add (all, NULL);
  const char *near = orr_suggest (name, (const char *const *) all->pdata);
  for (guint i = 0; !near && i + 1 < all->len; i++)
    {
      const char *last[] = { strrchr (g_ptr_array_index (all, i), '/') + 1, NULL };
      if (orr_suggest (name, last))
        near = g_ptr_array_index (all, i);
    }
  if (near)
    complain ("there is no file or installed scenario '%s'; did you mean '%s'?", name, near);
  else
    complain ("there is no file or installed scenario '%s'; 'orrery models NAME' lists a model's scenarios", name);
  return NULL;
}

OrrScenario *
load_scenario (const char *name, const char *const *sets, const OrrCatalog *catalog, ExitStatus *ret_status)
{
  g_autofree char *file = find_scenario (name, catalog);
  if (!file)
    {
      *ret_status = EXIT_NO_INPUT;
      return NULL;
    }
  g_autoptr (GError) error = NULL;
  g_autoptr (OrrProblems) problems = orr_problems_new (file);
  OrrScenario *scenario = orr_scenario_load (file, sets, catalog, problems, &error);
  if (error)
    {
      complain ("%s", error->message);
      *ret_status = g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT) ? EXIT_NO_INPUT : EXIT_BAD_INPUT;
    }
  else if (!scenario)
    {
      g_autofree char *text = orr_problems_to_text (problems);
      fputs (text, stderr);
      *ret_status = EXIT_BAD_INPUT;
    }
  return scenario;
}

/* --- Text --- */

void
put_wrapped (const char *text, guint indent)
{
  g_auto (GStrv) paragraphs = g_strsplit (text, "\n\n", -1);
  for (char **paragraph = paragraphs; *paragraph; paragraph++)
    {
      g_auto (GStrv) words = g_strsplit_set (*paragraph, " \n", -1);
      glong column = 0;
      for (char **word = words; *word; word++)
        {
          glong width = g_utf8_strlen (*word, -1);
          if (width == 0)
            continue;
          if (column > 0 && column + 1 + width > LINE_WIDTH)
            {
              put ("\n");
              column = 0;
            }
          if (column == 0)
            printf ("%*s", (int) indent, "");
          else
            put (" ");
          column += (column == 0 ? (glong) indent : 1) + width;
          put (*word);
        }
      put (paragraph[1] ? "\n\n" : "\n");
    }
}
