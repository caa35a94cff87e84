/* properties.c: `orrery properties`, from the tables. */
#include "sim/describe.h"

static int
run (const OrrCatalog *catalog, int argc, char **argv)
{
  Description description = { .command = "properties", .what = "property", .entries = catalog->properties };
  return describe (&description, argc, argv);
}

const OrrCommand orr_command_properties = {
  .name = "properties",
  .arguments = DESCRIBE_ARGUMENTS,
  .summary = "list and explain what can be promised, and checked",
  .doc = DESCRIBE_DOC ("what it means and its settings"),
  .run = run,
};
