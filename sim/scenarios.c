/* scenarios.c: finding the scenarios that a user names, and reading them. */
#include "sim/scenarios.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SUFFIX ".yaml"

/* The folders where scenarios may lie: given by hand, beside the program, which may have been moved, and
 * where they were installed. */
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
      g_ptr_array_add (folders, g_canonicalize_filename (ORRERY_MODELS_BESIDE, folder));
    }
  g_ptr_array_add (folders, g_strdup (ORRERY_MODELS_DIR));
  return folders;
}

static gint
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Adds what the folder holds, as PREFIX and the name. */
static void
add_scenarios_in (const char *folder, const char *prefix, const char *end, GPtrArray *names)
{
  g_autoptr (GDir) directory = g_dir_open (folder, 0, NULL);
  const char *entry;
  while (directory && (entry = g_dir_read_name (directory)))
    if (g_str_has_suffix (entry, SUFFIX))
      {
        g_autofree char *bare = g_strndup (entry, strlen (entry) - strlen (SUFFIX));
        g_ptr_array_add (names, g_strconcat (prefix, bare, end, NULL));
      }
  g_ptr_array_sort (names, compare_texts);
}

GPtrArray *
list_scenarios (const char *model)
{
  g_autoptr (GPtrArray) folders = model_folders ();
  g_autofree char *prefix = g_strconcat (model, "/", NULL);
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < folders->len && names->len == 0; i++)
    {
      g_autofree char *folder = g_build_filename (g_ptr_array_index (folders, i), model, NULL);
      add_scenarios_in (folder, prefix, "", names);
    }
  return names;
}

static GPtrArray *
list_all_scenarios (const OrrCatalog *catalog)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; catalog->models[i]; i++)
    {
      g_autoptr (GPtrArray) names = list_scenarios (catalog->models[i]->entry.name);
      g_ptr_array_extend_and_steal (all, g_steal_pointer (&names));
    }
  return all;
}

/* The path of MODEL/NAME, or NULL. */
static char *
installed_path (const char *name)
{
  g_autoptr (GPtrArray) folders = model_folders ();
  for (guint i = 0; i < folders->len && !strstr (name, ".."); i++)
    {
      g_autofree char *file = g_strconcat (g_ptr_array_index (folders, i), "/", name, SUFFIX, NULL);
      char *real = realpath (file, NULL); /* messages name where it truly lies */
      if (real)
        {
          char *copy = g_strdup (real);
          free (real);
          return copy;
        }
    }
  return NULL;
}

/* Where only one installed scenario has this name after the slash, that one. */
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

/* The installed scenario that was most likely meant, by its whole name or by what is after the slash. */
static const char *
nearest_scenario (const char *name, const GPtrArray *all)
{
  g_autoptr (GPtrArray) candidates = g_ptr_array_new ();
  for (guint i = 0; i < all->len; i++)
    g_ptr_array_add (candidates, g_ptr_array_index (all, i));
  for (guint i = 0; i < all->len; i++)
    g_ptr_array_add (candidates, strrchr (g_ptr_array_index (all, i), '/') + 1);
  g_ptr_array_add (candidates, NULL);
  return orr_suggest (name, (const char *const *) candidates->pdata);
}

/* No file of this name: perhaps another one in its folder was meant. */
static void
complain_file (const char *name)
{
  if (g_file_test (name, G_FILE_TEST_IS_SYMLINK))
    {
      complain ("'%s' is a link to a file that is not there", name);
      return;
    }
  g_autofree char *folder = g_path_get_dirname (name);
  g_autofree char *bare = g_path_get_basename (name);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_free);
  add_scenarios_in (folder, "", SUFFIX, files);
  g_ptr_array_add (files, NULL);
  const char *near = orr_suggest (bare, (const char *const *) files->pdata);
  if (near)
    complain ("there is no file '%s'; did you mean '%.*s%s'?", name, (int) (strlen (name) - strlen (bare)),
              name, near);
  else
    complain ("there is no file '%s'", name);
}

static void
complain_scenario (const char *name, const GPtrArray *all, const OrrCatalog *catalog)
{
  const char *near = nearest_scenario (name, all);
  if (orr_catalog_find_model (catalog, name))
    complain ("'%s' is a model, not a scenario; 'orrery models %s' lists its scenarios", name, name);
  else if (near)
    complain ("there is no file or installed scenario '%s'; did you mean '%s'?", name, near);
  else
    complain ("there is no file or installed scenario '%s'; 'orrery models NAME' lists a model's scenarios",
              name);
}

char *
find_scenario (const char *name, const OrrCatalog *catalog)
{
  if (g_file_test (name, G_FILE_TEST_EXISTS) && !orr_catalog_find_model (catalog, name))
    return g_strdup (name);
  if (g_str_has_suffix (name, SUFFIX) || g_str_has_suffix (name, ".yml"))
    {
      complain_file (name);
      return NULL;
    }
  g_autoptr (GPtrArray) all = list_all_scenarios (catalog);
  char *file = installed_path (name);
  if (!file)
    file = find_by_last_part (name, all);
  if (!file)
    complain_scenario (name, all, catalog);
  return file;
}

static OrrScenario *
load_file (const char *file, char **sets, const OrrCatalog *catalog, OrrProblems *problems,
           ExitStatus *ret_status)
{
  g_autoptr (GError) error = NULL;
  OrrScenario *scenario = orr_scenario_load (file, (const char *const *) sets, catalog, problems, &error);
  if (error)
    {
      complain ("%s", error->message);
      *ret_status = EXIT_NO_INPUT;
    }
  else if (!scenario)
    *ret_status = EXIT_BAD_INPUT;
  return scenario;
}

OrrScenario *
load_scenario (const char *name, char **sets, const OrrCatalog *catalog, OrrProblems *problems,
               ExitStatus *ret_status)
{
  g_autofree char *file = find_scenario (name, catalog);
  if (!file)
    {
      *ret_status = EXIT_NO_INPUT;
      return NULL;
    }
  if (problems)
    {
      orr_problems_set_file (problems, file);
      return load_file (file, sets, catalog, problems, ret_status);
    }
  g_autoptr (OrrProblems) own = orr_problems_new (file);
  OrrScenario *scenario = load_file (file, sets, catalog, own, ret_status);
  g_autofree char *text = orr_problems_to_text (own);
  fputs (text, stderr);
  return scenario;
}

ExitStatus
show_problems (const OrrProblems *problems)
{
  g_autofree char *text = orr_problems_to_text (problems);
  fputs (text, stderr);
  for (guint i = 0; i < MIN (orr_problems_get_length (problems), ORR_PROBLEMS_MAX); i++)
    if (g_str_has_prefix (orr_problems_get (problems, i)->file, "--"))
      return EXIT_USAGE;
  return EXIT_BAD_INPUT;
}
