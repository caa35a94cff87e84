/* properties.c: `orrery properties`, from the tables. */
#include "sim/describe.h"

#include "check/map.h"
#include "check/rule.h"

#include <string.h>

static const struct
{
  OrrMapNeeds need;
  const char *says;
} needs[] = {
  { ORR_MAP_TIMED, "where times are known" },
  { ORR_MAP_SINGLE_STEPS, "where all operations are of one step" },
  { ORR_MAP_ORDER_UNKNOWN, "where the order of writes is not known" },
};

static void
add_implication (const char *property, OrrMapNeeds need, Sections *sections)
{
  g_autoptr (GString) doc = g_string_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (needs); i++)
    if (need & needs[i].need)
      g_string_append_printf (doc, "%s%s", doc->len > 0 ? ", and " : "", needs[i].says);
  describe_row (sections, property, doc->len > 0 ? doc->str : NULL, NULL);
}

static void
add_implications (const char *property, gboolean weaker, Sections *sections)
{
  gboolean any = FALSE;
  for (const OrrImplication *step = orr_map; step->stronger; step++)
    {
      if (strcmp (weaker ? step->stronger : step->weaker, property) != 0)
        continue;
      if (!any)
        describe_section (sections, weaker ? "implies" : "implied-by", weaker ? "Implies" : "Is implied by");
      add_implication (weaker ? step->weaker : step->stronger, step->needs, sections);
      any = TRUE;
    }
}

static void
add_availability (const char *property, Sections *sections)
{
  const char *says = orr_map_availability (property);
  if (!says)
    return;
  describe_section (sections, "in-a-partition", "In a partition");
  describe_row (sections, says, NULL, NULL);
}

static void
add_models (const char *property, const OrrCatalog *catalog, Sections *sections)
{
  gboolean any = FALSE;
  for (guint i = 0; catalog->models[i]; i++)
    for (const OrrInvariant *invariant = catalog->models[i]->invariants; invariant && invariant->property;
         invariant++)
      {
        if (strcmp (invariant->property, property) != 0)
          continue;
        g_autoptr (GString) doc = g_string_new (NULL);
        orr_invariant_print (invariant, doc);
        if (!any)
          describe_section (sections, "models", "Models that say what it means for them");
        describe_row (sections, catalog->models[i]->entry.name, doc->str, NULL);
        any = TRUE;
      }
}

static void
add_more (guint index, gconstpointer data, Sections *sections)
{
  const OrrCatalog *catalog = data;
  const char *property = catalog->properties[index]->name;
  add_implications (property, TRUE, sections);
  add_implications (property, FALSE, sections);
  add_availability (property, sections);
  add_models (property, catalog, sections);
}

static int
run (const OrrCatalog *catalog, int argc, char **argv)
{
  Description description = { "properties", "property", catalog->properties, add_more, catalog };
  return describe (&description, argc, argv);
}

const OrrCommand orr_command_properties = {
  .name = "properties",
  .arguments = DESCRIBE_ARGUMENTS,
  .summary = "list and explain what can be promised, and checked",
  .doc = DESCRIBE_DOC ("what it means, what it implies and is implied by, who can keep it in a partition"),
  .run = run,
};
