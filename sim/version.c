/* version.c: `orrery version`. */
#include "base/version.h"

#include "sim/common.h"

static int
run (const OrrCatalog *catalog, int argc, char **argv)
{
  gboolean as_json = FALSE;
  GOptionEntry entries[] = { { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, NULL, NULL }, { 0 } };
  g_auto (GStrv) operands = parse_options (entries, argc, argv);
  if (!operands || !takes_no_operand (operands, argv[0]))
    return EXIT_USAGE;
  if (!as_json)
    {
      put ("orrery " ORR_VERSION "\n");
      return EXIT_AS_EXPECTED;
    }
  g_autoptr (JsonBuilder) json = json_builder_new_immutable ();
  json_builder_begin_object (json);
  orr_json_add_text (json, "version", ORR_VERSION);
  json_builder_end_object (json);
  put_json (json);
  return EXIT_AS_EXPECTED;
}

const OrrCommand orr_command_version = {
  .name = "version",
  .arguments = "[--json]",
  .summary = "say which version this is",
  .doc = "A seed names a run together with the scenario and the version.\n"
         "\n"
         "      --json  the same as JSON\n",
  .run = run,
};
