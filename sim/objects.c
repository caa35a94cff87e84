/* objects.c: `orrery objects`, from the tables. */
#include <stdio.h>

#include "sim/describe.h"

static void
put_steps (guint index, gpointer data)
{
  const OrrCatalog *catalog = data;
  put ("\nSteps\n");
  for (const OrrStepKind *step = catalog->objects[index]->steps; *step != ORR_STEP_NONE; step++)
    printf ("  %-20s %s\n", orr_step_infos[*step].name, orr_step_infos[*step].doc);
}

static int
run (const OrrCatalog *catalog, int argc, char **argv)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new ();
  for (guint i = 0; catalog->objects[i]; i++)
    g_ptr_array_add (entries, (gpointer) &catalog->objects[i]->entry);
  g_ptr_array_add (entries, NULL);
  return describe_entries ("object", (const OrrEntry *const *) entries->pdata, put_steps, (gpointer) catalog, argc, argv);
}

const OrrCommand orr_command_objects = {
  .name = "objects",
  .arguments = "[--json] [NAME…]",
  .summary = "list and explain what operations work on",
  .doc = "Without a name a line each, with a name the whole of it: its steps and its settings under `workload:`.\n",
  .run = run,
};
