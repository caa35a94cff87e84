/* models.c: `orrery models`, from the tables. */
#include <stdio.h>

#include "sim/describe.h"

static void
put_title (const char *name, const OrrCatalog *catalog)
{
  ExitStatus status;
  g_autoptr (OrrScenario) scenario = load_scenario (name, NULL, catalog, &status);
  if (scenario)
    printf ("  %-48s %s\n", name, scenario->title ? scenario->title : "");
}

static void
put_bugs (const OrrBug *bugs)
{
  if (!bugs || !bugs->name)
    return;
  put ("\nBugs, to be switched on by `model: {name: …, bugs: […]}`\n");
  for (; bugs->name; bugs++)
    {
      printf ("  %s (breaks %s)\n", bugs->name, bugs->breaks);
      put_wrapped (bugs->doc, 4);
    }
}

static void
put_more (guint index, gpointer data)
{
  const OrrCatalog *catalog = data;
  const OrrModel *model = catalog->models[index];
  put_bugs (model->bugs);
  describe_records ("Actions, for `faults:`", model->actions);
  describe_records ("Messages", model->messages);
  describe_records ("Timers", model->timers);
  describe_records ("Facts", model->facts);
  put ("\nObjects\n ");
  for (guint i = 0; model->objects && model->objects[i]; i++)
    printf (" %s", model->objects[i]);
  put ("\n");

  g_autoptr (GPtrArray) scenarios = list_scenarios (model->entry.name);
  if (scenarios->len > 0)
    put ("\nScenarios\n");
  for (guint i = 0; i < scenarios->len; i++)
    put_title (g_ptr_array_index (scenarios, i), catalog);
}

static int
run (const OrrCatalog *catalog, int argc, char **argv)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new ();
  for (guint i = 0; catalog->models[i]; i++)
    g_ptr_array_add (entries, (gpointer) &catalog->models[i]->entry);
  g_ptr_array_add (entries, NULL);
  return describe_entries ("model", (const OrrEntry *const *) entries->pdata, put_more, (gpointer) catalog, argc, argv);
}

const OrrCommand orr_command_models = {
  .name = "models",
  .arguments = "[--json] [NAME…]",
  .summary = "list and explain the models, their options, bugs and scenarios",
  .doc = "Without a name a line each, with a name the whole of it: options, bugs, actions, messages, facts, scenarios.\n",
  .run = run,
};
