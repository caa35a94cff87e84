/* scenario-write.c: a scenario as text again.
 *
 * What is written is what is not a default, part by part in the order of the reference, each value in its
 * shortest form. So two files that mean the same are written alike, and what the shrinker leaves is as short
 * as it can be. */
#include "scenario/scenario-private.h"

#include <string.h>

OrrContext
orr_scenario_context (const OrrScenario *scenario)
{
  return (OrrContext){ .arena = scenario->arena,
                       .terms = scenario->terms,
                       .directory = scenario->directory,
                       .names = (const char *const *) scenario->layout->nodes->pdata,
                       .n_names = scenario->layout->nodes->len,
                       .whole = scenario->whole };
}

void
orr_scenario_append_flow (const OrrField *fields, const OrrContext *context, gconstpointer value,
                          GString *text)
{
  g_autoptr (GString) flow = g_string_new (NULL);
  orr_yaml_write_flow (fields, context, value, flow); /* {a: 1, b: 2} */
  if (flow->len == strlen ("{}"))
    return;
  g_string_truncate (flow, flow->len - 1);
  g_string_append_printf (text, ", %s", flow->str + 1);
}

static void
write_section (const char *name, const OrrField *fields, const OrrContext *context, gconstpointer value,
               GString *text)
{
  g_autoptr (GString) body = g_string_new (NULL);
  orr_yaml_write_fields (fields, context, value, FALSE, 2, body);
  if (body->len > 0)
    g_string_append_printf (text, "%s:\n%s", name, body->str);
}

static void
write_head (const OrrScenario *scenario, const OrrContext *context, GString *text)
{
  OrrScenario head = *scenario;
  if (head.duration == orr_scenario_default_duration (scenario))
    head.duration = ORR_TIME_UNSET;
  orr_yaml_write_fields (orr_scenario_fields, context, &head, FALSE, 0, text);
}

static void
write_model (const OrrScenario *scenario, GString *text)
{
  const OrrModel *model = scenario->model;
  if (scenario->bugs == 0)
    {
      g_string_append_printf (text, "model: %s\n", model->entry.name);
      return;
    }
  g_string_append_printf (text, "model: {name: %s, bugs: [", model->entry.name);
  const char *separator = "";
  for (guint i = 0; model->bugs && model->bugs[i].name; i++)
    if (orr_scenario_has_bug (scenario, i))
      {
        g_string_append_printf (text, "%s%s", separator, model->bugs[i].name);
        separator = ", ";
      }
  g_string_append (text, "]}\n");
}

static void
write_options (const OrrScenario *scenario, GString *text)
{
  OrrContext context = orr_scenario_context (scenario);
  context.names = NULL; /* options are read before there are nodes */
  context.n_names = 0;
  if (scenario->model->entry.fields)
    write_section ("options", scenario->model->entry.fields, &context, scenario->options, text);
}

/* The rows that say something; a client host's region is said under `clients`. */
static void
write_nodes (const OrrScenario *scenario, const OrrContext *context, GString *text)
{
  g_autoptr (GString) body = g_string_new (NULL);
  guint first_client = scenario->nodes.length - scenario->clients.hosts;
  for (guint i = 0; i < scenario->nodes.length; i++)
    {
      OrrNodeSettings row = ((const OrrNodeSettings *) scenario->nodes.data)[i];
      g_autoptr (GString) flow = g_string_new (NULL);
      if (i >= first_client && g_strcmp0 (row.region, scenario->clients.region) == 0)
        row.region = NULL;
      orr_yaml_write_flow (orr_scenario_node_fields + 1, context, &row, flow); /* without its name */
      if (flow->len > strlen ("{}"))
        g_string_append_printf (body, "  %s: %s\n", row.name, flow->str);
    }
  if (body->len > 0)
    g_string_append_printf (text, "nodes:\n%s", body->str);
}

static void
write_clients (const OrrScenario *scenario, const OrrContext *context, GString *text)
{
  OrrClientSettings clients = scenario->clients;
  guint initial = clients.names.length > 0 ? clients.names.length : clients.hosts;
  if (clients.sessions == initial)
    clients.sessions = G_MAXUINT32;
  write_section ("clients", orr_scenario_client_fields, context, &clients, text);
}

static char *
write_all (const OrrScenario *scenario)
{
  OrrContext context = orr_scenario_context (scenario);
  GString *text = g_string_new (NULL);
  write_head (scenario, &context, text);
  write_model (scenario, text);
  write_options (scenario, text);
  write_nodes (scenario, &context, text);
  write_clients (scenario, &context, text);
  write_section ("network", orr_scenario_network_fields, &context, &scenario->network, text);
  write_section ("clocks", orr_scenario_clock_fields, &context, &scenario->clocks, text);
  write_section ("disk", orr_scenario_disk_fields, &context, &scenario->disk, text);
  orr_scenario_write_workload (scenario, text);
  orr_scenario_write_faults (scenario, text);
  orr_scenario_write_pins (scenario, text);
  orr_scenario_write_expect (scenario, text);
  orr_scenario_write_variations (scenario, text);
  return g_string_free (text, FALSE);
}

char *
orr_scenario_to_text (const OrrScenario *scenario)
{
  return scenario->text ? g_strdup (scenario->text) : write_all (scenario);
}

char *
orr_scenario_to_whole_text (const OrrScenario *scenario)
{
  OrrScenario whole = *scenario;
  whole.whole = TRUE;
  return write_all (&whole);
}
