/* formats.c: `orrery formats`, from the table of formats of histories. */
#include "sim/describe.h"

#include "history/format.h"

static void
add_example (guint index, gconstpointer data G_GNUC_UNUSED, Sections *sections)
{
  g_auto (GStrv) lines = g_strsplit (orr_history_formats[index]->example, "\n", -1);
  describe_section (sections, "examples", "Example");
  for (char **line = lines; *line; line++)
    if (**line)
      describe_row (sections, *line, NULL, NULL);
}

static int
run (const OrrCatalog *catalog G_GNUC_UNUSED, int argc, char **argv)
{
  g_autofree const OrrEntry **entries
      = describe_entries_of (orr_history_formats, G_STRUCT_OFFSET (OrrHistoryFormat, entry));
  Description description = { "formats", "format", entries, add_example, NULL };
  return describe (&description, argc, argv);
}

const OrrCommand orr_command_formats = {
  .name = "formats",
  .arguments = DESCRIBE_ARGUMENTS,
  .summary = "list and explain the formats of histories that check reads",
  .doc = DESCRIBE_DOC ("how it is written, and an example"),
  .run = run,
};
