/* properties.c: `orrery properties`, from the tables. */
#include "sim/describe.h"

static int
run (const OrrCatalog *catalog, int argc, char **argv)
{
  return describe_entries ("property", catalog->properties, NULL, NULL, argc, argv);
}

const OrrCommand orr_command_properties = {
  .name = "properties",
  .arguments = "[--json] [NAME…]",
  .summary = "list and explain what can be promised, and checked",
  .doc = "Without a name a line each, with a name the whole of it: what it means and its settings.\n",
  .run = run,
};
