/* objects.c: `orrery objects`, from the tables. */
#include "sim/describe.h"

#include "object/object.h"

static void
add_steps (guint index, gconstpointer data, Sections *sections)
{
  const OrrCatalog *catalog = data;
  describe_section (sections, "steps", "Steps");
  for (const OrrStepKind *step = catalog->objects[index]->steps; *step != ORR_STEP_NONE; step++)
    describe_row (sections, orr_step_infos[*step].name, orr_step_infos[*step].doc, NULL);
}

static int
run (const OrrCatalog *catalog, int argc, char **argv)
{
  g_autofree const OrrEntry **entries
      = describe_entries_of (catalog->objects, G_STRUCT_OFFSET (OrrObject, entry));
  Description description = { "objects", "object", entries, add_steps, catalog };
  return describe (&description, argc, argv);
}

const OrrCommand orr_command_objects = {
  .name = "objects",
  .arguments = DESCRIBE_ARGUMENTS,
  .summary = "list and explain what operations work on",
  .doc = DESCRIBE_DOC ("its steps and its settings under `workload:`"),
  .run = run,
};
