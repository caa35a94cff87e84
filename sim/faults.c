/* faults.c: `orrery faults`, from the tables. */
#include "sim/describe.h"

static int
run (const OrrCatalog *catalog, int argc, char **argv)
{
  Description description = { .command = "faults", .what = "fault", .entries = catalog->faults };
  return describe (&description, argc, argv);
}

const OrrCommand orr_command_faults = {
  .name = "faults",
  .arguments = DESCRIBE_ARGUMENTS,
  .summary = "list and explain what can go wrong",
  .doc = DESCRIBE_DOC ("what it means and its settings"),
  .run = run,
};
