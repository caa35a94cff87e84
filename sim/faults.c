/* faults.c: `orrery faults`, from the tables. */
#include "sim/describe.h"

static int
run (const OrrCatalog *catalog, int argc, char **argv)
{
  return describe_entries ("fault", catalog->faults, NULL, NULL, argc, argv);
}

const OrrCommand orr_command_faults = {
  .name = "faults",
  .arguments = "[--json] [NAME…]",
  .summary = "list and explain what can go wrong",
  .doc = "Without a name a line each, with a name the whole of it: what it means and its settings.\n",
  .run = run,
};
