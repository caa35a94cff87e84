/* distributions.c: `orrery distributions`, from the table of families. */
#include <stdio.h>

#include "sim/describe.h"

static int
run (const OrrCatalog *catalog, int argc, char **argv)
{
  const guint n_max = 64;
  g_autofree OrrEntry *entries = g_new0 (OrrEntry, n_max);
  g_autoptr (GPtrArray) list = g_ptr_array_new ();
  g_autoptr (GPtrArray) docs = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i + 1 < n_max && orr_distribution_families[i]; i++)
    {
      const OrrDistributionFamily *family = orr_distribution_families[i];
      char *doc = g_strdup_printf ("%s\n\nFor example: %s", family->doc, family->example);
      g_ptr_array_add (docs, doc);
      entries[i] = (OrrEntry) { .name = family->name, .summary = family->form, .doc = doc };
      g_ptr_array_add (list, &entries[i]);
    }
  g_ptr_array_add (list, NULL);
  return describe_entries ("distribution", (const OrrEntry *const *) list->pdata, NULL, NULL, argc, argv);
}

const OrrCommand orr_command_distributions = {
  .name = "distributions",
  .arguments = "[--json] [NAME…]",
  .summary = "list and explain the distributions of durations",
  .doc = "Without a name a line each with its form, with a name the whole of it.\n",
  .run = run,
};
