/* scenario-faults.c: what goes wrong, and when.
 *
 * A line has a trigger (`at`, `every` or `when`), a duration (`for`), and either one fault or a choice of
 * several. The fault's name is a key. */
#include "scenario/scenario-private.h"

#include "base/draw.h"

#include <string.h>

/* --- A line --- */

static const OrrYaml *
key_of (const OrrYaml *map, const char *name)
{
  for (guint i = 0; i < map->n_children; i++)
    if (strcmp (map->keys[i]->text, name) == 0)
      return map->keys[i];
  return NULL;
}

static void
read_trigger (OrrScenarioReader *reader, const OrrYaml *line, OrrFaultPlan *plan)
{
  static const char *const names[] = { "at", "every", "when" }; /* by OrrTriggerKind */
  const OrrYaml *first = NULL;
  plan->trigger = ORR_TRIGGER_AT;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const OrrYaml *key = key_of (line, names[i]);
      if (key && first)
        orr_problems_add (reader->problems, key->place, "write two lines, or keep one of them",
                          "'%s' beside '%s'", key->text, first->text);
      if (!key || first)
        continue;
      first = key;
      plan->trigger = (gint32) i;
    }
  if (plan->trigger == ORR_TRIGGER_AT && plan->at == ORR_TIME_UNSET)
    plan->at = 0;
  const OrrYaml *when = orr_yaml_get (line, "when");
  if (when)
    orr_scenario_read_when (reader, when, &plan->when);
}

/* The fact whose last speaker is meant; -1 where the target is a node or a role, or wrong. */
static gint32
find_target_fact (const OrrScenarioReader *reader, const OrrFaultPlan *plan, gboolean *ret_known)
{
  const OrrModel *model = reader->scenario->model;
  gboolean said = g_str_has_prefix (plan->target, "said(");
  g_autofree char *fact
      = said ? g_strndup (plan->target + 5, strlen (plan->target) - 6) : g_strdup (plan->target);
  *ret_known = !said && g_hash_table_contains (reader->context.index, plan->target);
  for (guint i = 0; !said && model->roles && model->roles[i]; i++)
    *ret_known |= strcmp (orr_role_name (model->roles[i]), plan->target) == 0;
  gint32 index = *ret_known ? -1 : orr_records_find (model->facts, fact);
  *ret_known |= index >= 0;
  return index;
}

/* doer and peer, where no node, role or fact has that name: who did what the line waits for, and to whom. */
static OrrTargetKind
find_target_kind (const OrrFaultPlan *plan)
{
  gboolean message = plan->when.kind == ORR_WHEN_SEND || plan->when.kind == ORR_WHEN_RECEIVE;
  if (plan->trigger != ORR_TRIGGER_WHEN)
    return ORR_TARGET_NAMED;
  if (strcmp (plan->target, "doer") == 0)
    return ORR_TARGET_DOER;
  return message && strcmp (plan->target, "peer") == 0 ? ORR_TARGET_PEER : ORR_TARGET_NAMED;
}

/* Where the target is a node, a role or a fact of the model, or wrong. */
static void
check_target (OrrScenarioReader *reader, const OrrYaml *line, OrrFaultPlan *plan)
{
  const OrrYaml *node = orr_yaml_get (line, "target");
  const OrrModel *model = reader->scenario->model;
  gboolean known;
  if (!node || !plan->target)
    return;
  if (!orr_yaml_get (line, "choose"))
    orr_problems_add (reader->problems, key_of (line, "target")->place,
                      "name the node as the fault's own setting", "'target' without 'choose'");
  if (!reader->context.names)
    return;
  plan->target_fact = find_target_fact (reader, plan, &known);
  if (!known)
    plan->target_kind = find_target_kind (plan);
  if (known || plan->target_kind != ORR_TARGET_NAMED || orr_context_doubts (&reader->context, plan->target))
    return;
  g_autoptr (GPtrArray) words = orr_words_new ();
  for (guint i = 0; model->roles && model->roles[i]; i++)
    if (!g_hash_table_contains (reader->context.index, orr_role_name (model->roles[i])))
      g_ptr_array_add (words, (gpointer) orr_role_name (model->roles[i]));
  orr_words_add_nodes (reader, words);
  orr_words_add_records (reader, words, model->facts);
  if (plan->trigger == ORR_TRIGGER_WHEN)
    g_ptr_array_add (words, (gpointer) "doer");
  orr_scenario_unknown (reader, node->place, "node, role or fact", plan->target, NULL, words, NULL);
}

/* What belongs to lines that strike at random alone. */
static void
check_random (OrrScenarioReader *reader, const OrrYaml *line, const OrrFaultPlan *plan)
{
  const OrrYaml *quiet = key_of (line, "quiet"), *intensity = key_of (line, "intensity");
  if (intensity && !orr_yaml_get (line, "choose"))
    orr_problems_add (reader->problems, intensity->place, "leave it out, or write a line for each",
                      "'intensity' without 'choose'");
  if (!quiet || orr_yaml_get (line, "quiet")->kind != ORR_YAML_MAP)
    return;
  if (!plan->every)
    orr_problems_add (reader->problems, quiet->place, "leave it out", "'quiet' without 'every'");
  else if (plan->quiet.every == ORR_TIME_UNSET || plan->quiet.length == ORR_TIME_UNSET
           || plan->quiet.length >= plan->quiet.every)
    orr_problems_add (reader->problems, quiet->place, "write it as in quiet: {every: 30s, for: 10s}",
                      "a quiet period needs 'every', and a shorter 'for'");
}

/* The keys of a line that name faults: one, or none where there is a choice. Returns its value. */
static OrrYaml *
find_fault (OrrScenarioReader *reader, const OrrYaml *line, OrrFaultPlan *plan)
{
  OrrYaml *found = NULL;
  const char *first = orr_yaml_get (line, "choose") ? "choose" : NULL;
  for (guint i = 0; i < line->n_children; i++)
    {
      const OrrYaml *key = line->keys[i];
      const OrrEntry *fault = orr_entries_find (reader->catalog->faults, key->text);
      if (!fault || (plan->fault && orr_fields_find (plan->fault->fields, key->text)))
        continue;
      if (first)
        {
          orr_problems_add (reader->problems, key->place, "write a line for each", "'%s' beside '%s'",
                            key->text, first);
          continue;
        }
      first = key->text;
      plan->fault = fault;
      found = line->children[i];
    }
  return found;
}

/* There are too many faults to list them all: says where they are listed, of keys that are near to nothing.
 */
static void
refuse_far_keys (OrrScenarioReader *reader, const OrrYaml *line, GPtrArray *words)
{
  g_autoptr (GPtrArray) known = orr_words_new ();
  for (guint i = 0; i < words->len; i++)
    g_ptr_array_add (known, words->pdata[i]);
  orr_words_add_fields (reader, known, orr_scenario_fault_fields);
  orr_words_end (known);
  for (guint i = 0; i < line->n_children; i++)
    if (!g_strv_contains ((const char *const *) known->pdata, line->keys[i]->text)
        && !orr_suggest (line->keys[i]->text, (const char *const *) known->pdata))
      {
        g_autofree char *quoted = orr_quote (line->keys[i]->text);
        orr_problems_add (reader->problems, line->keys[i]->place, "`orrery faults` lists what can go wrong",
                          "unknown key %s", quoted);
        g_ptr_array_add (words, (gpointer) line->keys[i]->text);
      }
}

static void
add_fault_words (const OrrScenarioReader *reader, GPtrArray *words)
{
  for (guint i = 0; reader->catalog->faults && reader->catalog->faults[i]; i++)
    g_ptr_array_add (words, (gpointer) reader->catalog->faults[i]->name);
}

/* The keys of a line besides those of all faults: names of faults where it has none yet, else the settings of
 * its own and whatever fault stands beside it, of which find_fault spoke. */
static void
add_line_words (OrrScenarioReader *reader, const OrrYaml *line, const OrrFaultPlan *plan, GPtrArray *words)
{
  g_ptr_array_add (words, (gpointer) "when");
  g_ptr_array_add (words, (gpointer) "choose");
  if (!plan->fault)
    {
      add_fault_words (reader, words);
      refuse_far_keys (reader, line, words);
      return;
    }
  orr_words_add_fields (reader, words, plan->fault->fields);
  for (guint i = 0; i < line->n_children; i++)
    if (orr_entries_find (reader->catalog->faults, line->keys[i]->text))
      g_ptr_array_add (words, (gpointer) line->keys[i]->text);
}

static void
read_common (OrrScenarioReader *reader, const OrrYaml *line, OrrFaultPlan *plan)
{
  g_autoptr (GPtrArray) words = orr_words_new ();
  add_line_words (reader, line, plan, words);
  OrrFaultPlan read = { 0 };
  orr_yaml_read (line, orr_scenario_fault_fields, "a fault", orr_words_end (words), &reader->context, &read,
                 reader->problems);
  plan->at = read.at;
  plan->every = read.every;
  OrrTime every;
  if (read.every && orr_distribution_is_constant (read.every, &every) && every <= 0)
    orr_problems_add (reader->problems, orr_yaml_get (line, "every")->place, "write a duration above 0s",
                      "no time would pass between one fault and the next");
  plan->duration = read.duration;
  plan->target = read.target;
  plan->quiet = read.quiet;
  plan->intensity = read.intensity;
}

static const char *
why_endless (const OrrEntry *fault, gconstpointer settings)
{
  return fault->endless ? fault->endless (settings) : NULL;
}

/* A duration belongs to what ends; where it is drawn, to one at least of the faults. */
static void
check_duration (OrrScenarioReader *reader, const OrrYaml *line, const OrrFaultPlan *plan)
{
  const OrrYaml *key = key_of (line, "for");
  const OrrChosenFault *chosen = plan->choose.data;
  const char *why = plan->fault ? why_endless (plan->fault, plan->settings) : NULL;
  for (guint i = 0; i < plan->choose.length; i++)
    {
      why = why_endless (chosen[i].fault, chosen[i].settings);
      if (!why)
        return;
    }
  if (key && why)
    orr_problems_add (reader->problems, key->place, "leave 'for' out", "%s", why);
}

static gboolean
has_unknown_key (OrrScenarioReader *reader, const OrrYaml *line)
{
  for (guint i = 0; i < line->n_children; i++)
    if (!g_strv_contains (orr_scenario_fault_keys, line->keys[i]->text))
      return TRUE;
  return FALSE;
}

static void
read_line (OrrScenarioReader *reader, const OrrYaml *line, GArray *plans)
{
  OrrFaultPlan plan = { .action = -1,
                        .target_fact = -1,
                        .when = { .record = -1, .nth = 1 },
                        .place = orr_scenario_keep_place (reader, line->place) };
  if (!orr_scenario_is_map (reader, line, "a fault"))
    return;
  OrrYaml *value = find_fault (reader, line, &plan);
  const OrrYaml *choose = orr_yaml_get (line, "choose");
  read_common (reader, line, &plan);
  read_trigger (reader, line, &plan);
  check_target (reader, line, &plan);
  check_random (reader, line, &plan);
  if (choose)
    {
      orr_scenario_read_choices (reader, choose, &plan);
      check_duration (reader, line, &plan);
    }
  else if (plan.fault && strcmp (plan.fault->name, "action") == 0)
    {
      orr_scenario_read_action (reader, value, &plan);
      check_duration (reader, line, &plan);
    }
  else if (plan.fault)
    {
      OrrYaml *map = orr_scenario_settings_map (reader, plan.fault, value, line);
      guint before = orr_problems_get_length (reader->problems);
      if (map)
        plan.settings = orr_scenario_read_settings (reader, plan.fault, plan.fault->fields, map);
      if (map && orr_problems_get_length (reader->problems) == before)
        {
          orr_scenario_validate_settings (reader, plan.fault, map, plan.settings);
          check_duration (reader, line, &plan);
        }
    }
  else if (!has_unknown_key (reader, line))
    orr_problems_add (reader->problems, line->place,
                      "name one, as in {at: 10s, crash: NODE, for: 5s}; `orrery faults` lists them",
                      "a line without a fault");
  g_array_append_val (plans, plan);
}

void
orr_scenario_read_faults (OrrScenarioReader *reader)
{
  const OrrYaml *list = orr_yaml_get (reader->root, "faults");
  if (!list || !orr_scenario_is_list (reader, list, "faults"))
    return;
  g_autoptr (GArray) plans = g_array_new (FALSE, FALSE, sizeof (OrrFaultPlan));
  for (guint i = 0; i < list->n_children && !orr_scenario_hopeless (reader); i++)
    read_line (reader, list->children[i], plans);
  reader->scenario->faults = orr_scenario_keep (reader, plans);
}

/* --- Writing --- */

static const OrrQuiet no_quiet = { ORR_TIME_UNSET, ORR_TIME_UNSET };

static void
write_line (const OrrScenario *scenario, const OrrFaultPlan *plan, GString *text)
{
  OrrContext context = orr_scenario_context (scenario);
  g_string_append_c (text, '{');
  if (plan->trigger == ORR_TRIGGER_WHEN)
    orr_scenario_write_when (scenario, &plan->when, text);
  else
    {
      OrrFaultPlan trigger = { .at = plan->at, .every = plan->every, .intensity = 1, .quiet = no_quiet };
      g_autoptr (GString) flow = g_string_new (NULL);
      orr_scenario_append_flow (orr_scenario_fault_fields, &context, &trigger, flow);
      g_string_append (text, flow->str + strlen (", "));
    }
  g_string_append (text, ", ");
  if (plan->action >= 0)
    orr_scenario_write_action (scenario, plan, text);
  else if (plan->fault)
    orr_scenario_write_settings (&context, plan->fault, plan->settings, text);
  else
    orr_scenario_write_choices (&context, &plan->choose, text);
  OrrFaultPlan rest = { .at = ORR_TIME_UNSET,
                        .duration = plan->duration,
                        .quiet = plan->quiet,
                        .intensity = plan->intensity,
                        .target = plan->target };
  orr_scenario_append_flow (orr_scenario_fault_fields, &context, &rest, text);
  g_string_append_c (text, '}');
}

/* As an entry of the list. */
static void
write_entry (const OrrScenario *scenario, const OrrFaultPlan *plan, GString *text)
{
  g_string_append (text, "  - ");
  write_line (scenario, plan, text);
  g_string_append_c (text, '\n');
}

char *
orr_scenario_fault_to_text (const OrrScenario *scenario, const OrrFaultPlan *plan)
{
  g_autoptr (GString) text = g_string_new (NULL);
  write_line (scenario, plan, text);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* A line's draws are named by what it says, so that a line that is taken out changes no other's; but not by
 * how long it lasts, so that this can be cut short and all else stays as it was. */
void
orr_scenario_name_faults (OrrScenario *scenario)
{
  g_autoptr (GHashTable) equals = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  OrrFaultPlan *plans = (OrrFaultPlan *) (gpointer) scenario->faults.data;
  for (guint i = 0; i < scenario->faults.length; i++)
    {
      OrrFaultPlan line = plans[i];
      g_autoptr (GString) text = g_string_new (NULL);
      line.duration = NULL;
      write_entry (scenario, &line, text);
      guint ordinal = GPOINTER_TO_UINT (g_hash_table_lookup (equals, text->str));
      plans[i].word = orr_draw_fold (orr_draw_word (text->str), ordinal);
      g_hash_table_insert (equals, g_strdup (text->str), GUINT_TO_POINTER (ordinal + 1));
    }
}

void
orr_scenario_write_faults (const OrrScenario *scenario, GString *text)
{
  if (scenario->faults.length > 0)
    g_string_append (text, "faults:\n");
  for (guint i = 0; i < scenario->faults.length; i++)
    write_entry (scenario, (const OrrFaultPlan *) scenario->faults.data + i, text);
}
