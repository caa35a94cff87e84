/* complete.c: `orrery complete`: what may come next on a command line.
 *
 * Shells ask with the words so far, the last of which is not complete yet, and are told what fits, a line
 * each. So no shell's script knows anything of commands, options or models, and none can be out of date. */
#include <string.h>

#include "base/distribution.h"
#include "history/format.h"
#include "object/object.h"
#include "sim/common.h"
#include "sim/option.h"
#include "sim/reference.h"
#include "sim/scenarios.h"
#include "trace/trace.h"

/* What fits `start`, a line each. */
static void
offer (const char *start, const char *prefix, const char *word)
{
  g_autofree char *line = g_strconcat (prefix, word, NULL);
  if (!g_str_has_prefix (line, start))
    return;
  put (line);
  put ("\n");
}

static void
offer_entries (const char *start, const OrrEntry *const *entries)
{
  for (; *entries; entries++)
    offer (start, "", (*entries)->name);
}

static void
offer_commands (const char *start)
{
  for (guint i = 0; orr_commands[i]; i++)
    if (strcmp (orr_commands[i]->name, "complete") != 0)
      offer (start, "", orr_commands[i]->name);
}

static void
offer_scenarios (const char *start, const OrrCatalog *catalog)
{
  for (guint i = 0; catalog->models[i]; i++)
    {
      g_autoptr (GPtrArray) names = list_scenarios (catalog->models[i]->entry.name);
      for (guint j = 0; j < names->len; j++)
        offer (start, "", names->pdata[j]);
    }
}

static void
offer_pages (const char *start, const OrrCatalog *catalog)
{
  g_autoptr (GPtrArray) pages = reference_pages (catalog);
  for (guint i = 0; i < pages->len; i++)
    {
      const OrrPage *page = pages->pdata[i];
      g_autofree char *name = g_strdup_printf ("%s.%u", page->name, page->section);
      offer (start, "", name);
    }
}

/* What stands for a NAME of this command. */
static void
offer_names (const char *start, const char *command, const OrrCatalog *catalog)
{
  for (guint i = 0; strcmp (command, "models") == 0 && catalog->models[i]; i++)
    offer (start, "", catalog->models[i]->entry.name);
  for (guint i = 0; strcmp (command, "objects") == 0 && catalog->objects[i]; i++)
    offer (start, "", catalog->objects[i]->entry.name);
  for (guint i = 0; strcmp (command, "figures") == 0 && catalog->measures[i]; i++)
    offer (start, "", catalog->measures[i]->entry.name);
  for (guint i = 0; strcmp (command, "distributions") == 0 && orr_distribution_families[i]; i++)
    offer (start, "", orr_distribution_families[i]->name);
  for (guint i = 0; strcmp (command, "formats") == 0 && orr_history_formats[i]; i++)
    offer (start, "", orr_history_formats[i]->entry.name);
  if (strcmp (command, "faults") == 0)
    offer_entries (start, catalog->faults);
  if (strcmp (command, "properties") == 0)
    offer_entries (start, catalog->properties);
}

/* The option that the word is, where it waits for its argument in the next one. */
static const CommandOption *
find_option (const GArray *options, const char *word)
{
  for (guint i = 0; i < options->len; i++)
    {
      const CommandOption *option = &g_array_index (options, CommandOption, i);
      gboolean is_long = g_str_has_prefix (word, "--") && strcmp (word + 2, option->name) == 0;
      gboolean is_short = option->letter && word[0] == '-' && word[1] == option->letter && !word[2];
      if (option->argument && (is_long || is_short))
        return option;
    }
  return strcmp (word, "--plugin") == 0 ? &plugin_option : NULL;
}

static void
offer_options (const char *start, const GArray *options)
{
  for (guint i = 0; i < options->len; i++)
    offer (start, "--", g_array_index (options, CommandOption, i).name);
  offer (start, "--", plugin_option.name);
  offer (start, "--", "help");
}

/* The words of options that take one of a few. */
static void
offer_choices (const char *start, const char *option)
{
  static const struct
  {
    const char *option, *word;
  } choices[] = { { "view", "client" }, { "view", "all" } };
  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    if (strcmp (option, choices[i].option) == 0)
      offer (start, "", choices[i].word);
}

/* Files are the shell's business. */
static void
offer_argument (const char *start, const CommandOption *option, const OrrCatalog *catalog)
{
  if (strcmp (option->name, "property") == 0)
    offer_entries (start, catalog->properties);
  if (strcmp (option->name, "figure") == 0)
    offer_names (start, "figures", catalog);
  offer_choices (start, option->name);
  if (strcmp (option->name, "format") == 0)
    offer_names (start, "formats", catalog);
  if (strcmp (option->name, "model") == 0)
    {
      offer_names (start, "objects", catalog);
      for (guint i = 0; orr_history_models[i].word; i++)
        offer (start, "", orr_history_models[i].word);
    }
  if (strcmp (option->name, "level") == 0)
    for (guint level = ORR_RECORD_OPERATIONS; level <= ORR_RECORD_FULL; level++)
      offer (start, "", orr_record_level_name ((OrrRecordLevel) level));
}

static void
offer_operand (const char *start, const OrrCommand *command, const OrrCatalog *catalog)
{
  if (strstr (command->arguments, "SCENARIO"))
    offer_scenarios (start, catalog);
  if (strstr (command->arguments, "COMMAND"))
    offer_commands (start);
  if (strstr (command->arguments, "NAME"))
    offer_names (start, command->name, catalog);
  if (strstr (command->arguments, "PAGE"))
    {
      static const char *const formats[] = { "man", "markdown", "schema", NULL };
      for (guint i = 0; formats[i]; i++)
        offer (start, "", formats[i]);
      offer_pages (start, catalog);
    }
}

static int
run (const OrrCatalog *catalog, int argc, char **argv)
{
  int first = argc > 1 && strcmp (argv[1], "--") == 0 ? 2 : 1;
  const char *start = argc > first ? argv[argc - 1] : "";
  const OrrCommand *command = NULL;
  if (argc <= first + 1)
    {
      offer_commands (start);
      return EXIT_AS_EXPECTED;
    }
  for (guint i = 0; orr_commands[i]; i++)
    if (strcmp (orr_commands[i]->name, argv[first]) == 0)
      command = orr_commands[i];
  if (!command)
    return EXIT_AS_EXPECTED;
  g_autoptr (GArray) options = command_options (command);
  const CommandOption *option = find_option (options, argv[argc - 2]);
  if (option)
    offer_argument (start, option, catalog);
  else if (*start == '-')
    offer_options (start, options);
  else
    offer_operand (start, command, catalog);
  return EXIT_AS_EXPECTED;
}

const OrrCommand orr_command_complete = {
  .name = "complete",
  .arguments = "[--] [WORD…]",
  .summary = "say what may come next on a command line, for shells",
  .doc
  = "The words are those behind 'orrery'; the last of them is not complete yet, and may be empty. What\n"
    "fits is printed, a line each; nothing, where a file is meant. The completions of bash and zsh that\n"
    "are installed ask it.\n",
  .run = run,
};
