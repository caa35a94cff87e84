/* figures.c: `orrery figures`, from the tables. */
#include "sim/describe.h"

static void
add_names (guint index, gconstpointer data, Sections *sections)
{
  const OrrMeasureEntry *measure = ((const OrrCatalog *) data)->measures[index];
  g_autofree char *name
      = g_strdup_printf ("%s%s%s%s", measure->entry.name, measure->by_operation ? "[.OPERATION]" : "",
                         measure->by_node ? "[.NODE]" : "", measure->statistics ? ".STATISTIC" : "");
  describe_section (sections, "names", "Name");
  describe_row (sections, name, NULL, NULL);
  if (measure->statistics)
    describe_section (sections, "statistics", "Statistics");
  for (guint i = 0; measure->statistics && measure->statistics[i]; i++)
    describe_row (sections, measure->statistics[i], NULL, NULL);
}

static int
run (const OrrCatalog *catalog, int argc, char **argv)
{
  g_autofree const OrrEntry **entries
      = describe_entries_of (catalog->measures, G_STRUCT_OFFSET (OrrMeasureEntry, entry));
  Description description = { "figures", "figure", entries, add_names, catalog };
  return describe (&description, argc, argv);
}

const OrrCommand orr_command_figures = {
  .name = "figures",
  .arguments = DESCRIBE_ARGUMENTS,
  .summary = "list and explain what is measured, and can be expected",
  .doc = DESCRIBE_DOC ("how the figure is computed and what its parts are called"),
  .run = run,
};
