/* version.c: `orrery version`. */
#include "base/version.h"

#include <stdio.h>

#include "sim/common.h"

static int
run (const OrrCatalog *catalog, int argc, char **argv)
{
  if (!parse_options ("version", NULL, &argc, &argv))
    return EXIT_USAGE;
  printf ("orrery %s\n", ORR_VERSION);
  return EXIT_AS_EXPECTED;
}

const OrrCommand orr_command_version = {
  .name = "version",
  .arguments = "",
  .summary = "say which version this is",
  .doc = "A seed names a run together with the scenario and the version.",
  .run = run,
};
