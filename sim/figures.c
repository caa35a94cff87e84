/* figures.c: `orrery figures`, from the tables. */
#include <stdio.h>

#include "sim/describe.h"

static void
put_names (guint index, gpointer data)
{
  const OrrMeasureEntry *measure = ((const OrrCatalog *) data)->measures[index];
  printf ("\nName\n  %s%s%s%s\n", measure->entry.name, measure->by_operation ? "[.OPERATION]" : "", measure->by_node ? "[.NODE]" : "",
          measure->statistics ? ".STATISTIC" : "");
  if (!measure->statistics)
    return;
  put ("\nStatistics\n ");
  for (guint i = 0; measure->statistics[i]; i++)
    printf (" %s", measure->statistics[i]);
  put ("\n");
}

static int
run (const OrrCatalog *catalog, int argc, char **argv)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new ();
  for (guint i = 0; catalog->measures[i]; i++)
    g_ptr_array_add (entries, (gpointer) &catalog->measures[i]->entry);
  g_ptr_array_add (entries, NULL);
  return describe_entries ("figure", (const OrrEntry *const *) entries->pdata, put_names, (gpointer) catalog, argc, argv);
}

const OrrCommand orr_command_figures = {
  .name = "figures",
  .arguments = "[--json] [NAME…]",
  .summary = "list and explain what is measured, and can be expected",
  .doc = "Without a name a line each, with a name the whole of it: how the figure is computed and what its parts are called.\n",
  .run = run,
};
