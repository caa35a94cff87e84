/* models.c: `orrery models`, from the tables. */
#include "sim/describe.h"

#include "check/rule.h"
#include "sim/scenarios.h"

/* What stands beside the steps of an operation. */
static void
add_attributes (const OrrRecord *attributes, Sections *sections)
{
  if (!attributes)
    return;
  describe_section (sections, "attributes", "Attributes, beside the steps of an operation");
  for (const OrrField *field = attributes->fields; field->name; field++)
    {
      g_autoptr (GString) name = g_string_new (NULL);
      orr_name_print (field->name, name);
      describe_row (sections, name->str, field->doc, NULL);
    }
}

static void
add_bugs (const OrrBug *bugs, Sections *sections)
{
  if (!bugs || !bugs->name)
    return;
  describe_section (sections, "bugs", "Bugs, to be switched on by `model: {name: …, bugs: […]}`");
  for (; bugs->name; bugs++)
    {
      g_autofree char *doc = g_strdup_printf ("Breaks %s. %s", bugs->breaks, bugs->doc);
      describe_row (sections, bugs->name, doc, NULL);
    }
}

static void
add_invariants (const OrrInvariant *invariants, Sections *sections)
{
  if (!invariants || !invariants->property)
    return;
  describe_section (sections, "invariants", "Invariants, properties that it gives a meaning to");
  for (; invariants->property; invariants++)
    {
      g_autoptr (GString) doc = g_string_new (NULL);
      orr_invariant_print (invariants, doc);
      doc->str[0] = g_ascii_toupper (doc->str[0]);
      g_string_append_c (doc, '.');
      if (invariants->source)
        g_string_append_printf (doc, " (%s)", invariants->source);
      describe_row (sections, invariants->property, doc->str, NULL);
    }
}

static void
add_objects (const char *const *objects, Sections *sections)
{
  if (!objects)
    return;
  describe_section (sections, "objects", "Objects, for `workload:`");
  for (; *objects; objects++)
    describe_row (sections, *objects, NULL, NULL);
}

/* Each with its title; one that has mistakes is listed all the same. */
static void
add_scenarios (const char *model, const OrrCatalog *catalog, Sections *sections)
{
  g_autoptr (GPtrArray) names = list_scenarios (model);
  if (names->len == 0)
    return;
  describe_section (sections, "scenarios", "Scenarios, for `orrery run`");
  for (guint i = 0; i < names->len; i++)
    {
      ExitStatus status;
      const char *name = g_ptr_array_index (names, i);
      g_autoptr (OrrProblems) problems = orr_problems_new (name);
      g_autoptr (OrrScenario) scenario = load_scenario (name, NULL, catalog, problems, &status);
      describe_row (sections, name, scenario ? scenario->title : "(it has mistakes: see `orrery validate`)",
                    NULL);
    }
}

static void
add_more (guint index, gconstpointer data, Sections *sections)
{
  const OrrCatalog *catalog = data;
  const OrrModel *model = catalog->models[index];
  add_attributes (model->attributes, sections);
  add_bugs (model->bugs, sections);
  describe_records (sections, "actions", "Actions, for `faults:`", model->actions);
  describe_records (sections, "messages", "Messages", model->messages);
  describe_records (sections, "timers", "Timers", model->timers);
  describe_records (sections, "facts", "Facts", model->facts);
  add_invariants (model->invariants, sections);
  add_objects (model->objects, sections);
  add_scenarios (model->entry.name, catalog, sections);
}

static int
run (const OrrCatalog *catalog, int argc, char **argv)
{
  g_autofree const OrrEntry **entries
      = describe_entries_of (catalog->models, G_STRUCT_OFFSET (OrrModel, entry));
  Description description = { "models", "model", entries, add_more, catalog };
  return describe (&description, argc, argv);
}

const OrrCommand orr_command_models = {
  .name = "models",
  .arguments = DESCRIBE_ARGUMENTS,
  .summary = "list and explain the models, their options, bugs and scenarios",
  .doc = DESCRIBE_DOC ("options, attributes, bugs, actions, messages, facts, scenarios"),
  .run = run,
};
