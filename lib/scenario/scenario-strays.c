/* scenario-strays.c: keys that stand at the top but belong deeper.
 *
 * `replicas: 3` reads as well at the top of a file as below `options:`. Whoever writes it there knows the
 * word and not the place; so they are told the place. */
#include "scenario/scenario-private.h"

#include <string.h>

/* Looks for a field of that name among the fields and those of their records. Appends the path of what holds
 * it. */
static gboolean
find_holder (const OrrField *fields, const char *name, GString *path)
{
  if (orr_fields_find (fields, name))
    return TRUE;
  for (const OrrField *field = fields; field && field->name; field++)
    if (field->type == &orr_type_RECORD)
      {
        gsize length = path->len;
        g_string_append_c (path, '.');
        orr_name_print (field->name, path);
        if (find_holder (field->fields, name, path))
          return TRUE;
        g_string_truncate (path, length);
      }
  return FALSE;
}

/* "options.router" for `window`; NULL: nowhere. The caller frees it. */
static char *
home_of (OrrScenarioReader *reader, const char *name)
{
  const OrrModel *model = orr_scenario_find_model (reader);
  const struct
  {
    const char *name;
    const OrrField *fields;
  } parts[] = {
    { "options", model ? model->entry.fields : NULL },
    { "clients", orr_scenario_client_fields },
    { "network", orr_scenario_network_fields },
    { "clocks", orr_scenario_clock_fields },
    { "disk", orr_scenario_disk_fields },
    { "workload", orr_scenario_workload_fields },
  };
  static const char *const of_workload[]
      = { "object", "mix", "operations", NULL }; /* in none of its tables */
  if (g_strv_contains (of_workload, name))
    return g_strdup ("workload");
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autoptr (GString) path = g_string_new (parts[i].name);
      if (parts[i].fields && find_holder (parts[i].fields, name, path))
        return g_string_free (g_steal_pointer (&path), FALSE);
    }
  return NULL;
}

gboolean
orr_scenario_refuse_stray (OrrScenarioReader *reader, const OrrYaml *key)
{
  g_autofree char *home = home_of (reader, key->text);
  if (!home)
    return FALSE;
  g_autofree char *quoted = orr_quote (key->text);
  g_autofree char *remedy = g_strdup_printf ("it belongs under '%s'", home);
  orr_problems_add (reader->problems, key->place, remedy, "unknown key %s", quoted);
  return TRUE;
}
