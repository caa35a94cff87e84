/* distributions.c: `orrery distributions`, from the table of families. */
#include "sim/describe.h"

#include "base/distribution.h"

static void
add_example (guint index, gconstpointer data, Sections *sections)
{
  describe_section (sections, "examples", "Example");
  describe_row (sections, orr_distribution_families[index]->example, NULL, NULL);
}

static int
run (const OrrCatalog *catalog, int argc, char **argv)
{
  guint n = 0;
  while (orr_distribution_families[n])
    n++;
  g_autofree OrrEntry *entries = g_new0 (OrrEntry, n);
  g_autofree const OrrEntry **list = g_new0 (const OrrEntry *, n + 1);
  for (guint i = 0; i < n; i++)
    {
      const OrrDistributionFamily *family = orr_distribution_families[i];
      entries[i] = (OrrEntry){ .name = family->name, .summary = family->form, .doc = family->doc };
      list[i] = &entries[i];
    }
  Description description = { "distributions", "distribution", list, add_example, NULL };
  return describe (&description, argc, argv);
}

const OrrCommand orr_command_distributions = {
  .name = "distributions",
  .arguments = DESCRIBE_ARGUMENTS,
  .summary = "list and explain the distributions of durations",
  .doc = DESCRIBE_DOC ("its form, what it means, and an example"),
  .run = run,
};
