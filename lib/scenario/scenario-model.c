/* scenario-model.c: which system runs, with which options, and who is there.
 *
 * The model's own tables say what its options are; its layout, a pure function of them, says which nodes
 * there are. The hosts of the clients come behind them. From here on, names of nodes and of sessions can be
 * checked. */
#include "scenario/scenario-private.h"

#include "base/field-private.h"

#include <string.h>

typedef struct
{
  const char *name;
  OrrArray bugs; /* const char * */
} ModelLine;

const OrrField orr_scenario_model_fields[] = {
  ORR_FIELD (ModelLine, name, TEXT, .required = TRUE, .doc = "as `orrery models` lists it"),
  ORR_FIELD (ModelLine, bugs, LIST, .element = &orr_type_TEXT, .element_size = sizeof (const char *),
             .doc = "known mistakes that are switched on"),
  { 0 },
};

static void
find_model (OrrScenarioReader *reader, const char *name, OrrPlace place)
{
  reader->scenario->model = orr_catalog_find_model (reader->catalog, name);
  if (reader->scenario->model)
    return;
  g_autoptr (GPtrArray) names = orr_words_new ();
  for (guint i = 0; reader->catalog->models && reader->catalog->models[i]; i++)
    g_ptr_array_add (names, (gpointer) reader->catalog->models[i]->entry.name);
  orr_scenario_unknown (reader, place, "model", name, NULL, names, "`orrery models` lists them");
}

static void
switch_bug_on (OrrScenarioReader *reader, const char *name, OrrPlace place)
{
  const OrrModel *model = reader->scenario->model;
  g_autoptr (GPtrArray) names = orr_words_new ();
  for (guint i = 0; model->bugs && model->bugs[i].name; i++)
    {
      g_ptr_array_add (names, (gpointer) model->bugs[i].name);
      if (strcmp (model->bugs[i].name, name) == 0)
        {
          reader->scenario->bugs |= G_GUINT64_CONSTANT (1) << i;
          return;
        }
    }
  orr_scenario_unknown (reader, place, "bug", name, model->entry.name, names,
                        names->len > 0 ? "`orrery models` lists them" : "it has none");
}

/* A mistyped `model:` has had its problem as an unknown key. */
static gboolean
is_mistyped (const OrrYaml *root)
{
  static const char *const words[] = { "model", NULL };
  for (guint i = 0; i < root->n_children; i++)
    if (orr_suggest (root->keys[i]->text, words))
      return TRUE;
  return FALSE;
}

static gboolean
is_blank (const OrrYaml *scalar)
{
  return *scalar->text == '\0' && !scalar->quoted;
}

/* The `model:` line: a name, or a map. Returns where it stands. */
static OrrPlace
read_model_line (OrrScenarioReader *reader)
{
  const OrrYaml *node = orr_yaml_get (reader->root, "model");
  if (!node)
    {
      if (!is_mistyped (reader->root))
        orr_problems_add (reader->problems, reader->root->place,
                          "add a line such as 'model: primary-replica'", "there is no 'model'");
      return reader->root->place;
    }
  if (node->kind == ORR_YAML_SCALAR && is_blank (node) && !node->refused)
    {
      orr_problems_add (reader->problems, node->place,
                        "write its name behind it, as in 'model: primary-replica'", "'model' has no value");
      return node->place;
    }
  if (node->kind == ORR_YAML_LIST)
    {
      orr_problems_add (reader->problems, node->place, "write its name, or {name: …, bugs: […]}",
                        "a scenario has one model");
      return node->place;
    }
  ModelLine line = { 0 };
  OrrField field = { .name = "model",
                     .type = &orr_type_RECORD,
                     .size = sizeof line,
                     .fields = orr_scenario_model_fields,
                     .shorthand = "name" };
  orr_yaml_read_field (node, &field, &reader->context, &line, reader->problems);
  if (!line.name)
    return node->place;
  const OrrYaml *name = node->kind == ORR_YAML_MAP ? orr_yaml_get (node, "name") : node;
  find_model (reader, line.name, name->place);
  const OrrYaml *bugs = orr_yaml_get (node, "bugs");
  for (guint i = 0; reader->scenario->model && bugs && i < bugs->n_children; i++)
    if (bugs->children[i]->kind == ORR_YAML_SCALAR && !is_blank (bugs->children[i]))
      switch_bug_on (reader, bugs->children[i]->text, bugs->children[i]->place);
  return node->place;
}

static OrrPlace
locate (gpointer root, const char *path)
{
  return orr_yaml_locate (root, path);
}

/* Whether all options that must be there have a value. */
static gboolean
are_complete (const OrrModel *model, gconstpointer options)
{
  for (const OrrField *field = model->entry.fields; field && field->name; field++)
    if (field->required && orr_field_applies (model->entry.fields, field, options)
        && !orr_field_has_value (model->entry.fields, field, options))
      return FALSE;
  return TRUE;
}

/* Whether the model has nothing against these options, which are not those of the file. */
static gboolean
are_possible (const OrrModel *model, gconstpointer options)
{
  g_autoptr (OrrProblems) problems = orr_problems_new (NULL);
  if (!are_complete (model, options))
    return FALSE;
  if (model->validate)
    model->validate (options, problems);
  return orr_problems_get_length (problems) == 0;
}

/* Something is wrong with the options. So that nodes can be laid out all the same, those that could not be
 * read take their defaults, or else all of them do; and FALSE where even that is impossible. */
static gboolean
replace_options (OrrScenarioReader *reader)
{
  const OrrModel *model = reader->scenario->model;
  reader->doubtful_nodes = g_hash_table_new (g_str_hash, g_str_equal);
  orr_scenario_collect_words (reader, orr_yaml_get (reader->root, "options"), reader->doubtful_nodes);
  if (are_possible (model, reader->scenario->options))
    return TRUE;
  orr_fields_init (model->entry.fields, &reader->context, reader->scenario->options);
  return are_possible (model, reader->scenario->options);
}

/* The options by the model's table, then by its own rules. FALSE where no nodes can be laid out with them. */
static gboolean
read_options (OrrScenarioReader *reader, OrrPlace model_place)
{
  OrrScenario *scenario = reader->scenario;
  const OrrModel *model = scenario->model;
  OrrYaml *map = orr_scenario_section (reader, "options");
  guint before = orr_problems_get_length (reader->problems);

  if (!orr_yaml_get (reader->root, "options"))
    map->place = model_place;
  scenario->options = orr_arena_alloc (reader->arena, model->entry.size);
  g_autofree char *what = g_strdup_printf ("the options of %s", model->entry.name);
  if (model->entry.fields)
    orr_yaml_read (map, model->entry.fields, what, NULL, &reader->context, scenario->options,
                   reader->problems);
  else if (map->n_children > 0)
    orr_problems_add (reader->problems, map->place, "take 'options' out", "%s has no options",
                      model->entry.name);
  if (orr_problems_get_length (reader->problems) == before && model->validate && !reader->damaged)
    {
      orr_problems_set_locate (reader->problems, "options", locate, reader->root);
      model->validate (scenario->options, reader->problems);
      orr_problems_set_locate (reader->problems, NULL, NULL, NULL);
    }
  return (orr_problems_get_length (reader->problems) == before && !reader->damaged)
         || replace_options (reader);
}

/* --- Clients and their sessions --- */

static void
read_clients (OrrScenarioReader *reader)
{
  OrrClientSettings *clients = &reader->scenario->clients;
  const OrrYaml *map = orr_scenario_section (reader, "clients");
  reader->sessions_doubtful = !orr_yaml_read (map, orr_scenario_client_fields, "clients", NULL,
                                              &reader->context, clients, reader->problems);
  reader->sessions_doubtful |= reader->damaged;
  guint named = clients->names.length;
  if (clients->hosts > ORR_HOSTS_MAX)
    clients->hosts = 1; /* it could not be read */
  if (clients->sessions == G_MAXUINT32)
    clients->sessions = named > 0 ? named : clients->hosts;
  if (named > 0 && clients->sessions != named)
    orr_problems_add (reader->problems, orr_yaml_get (map, "names")->place,
                      "leave 'sessions' out, or name as many as there are", "%u names for %u session%s",
                      named, clients->sessions, clients->sessions == 1 ? "" : "s");
  reader->scenario->n_sessions = named > 0 ? named : clients->sessions;
}

/* What stands before a number at the end of a name may stand before another. */
static void
add_stem (OrrScenarioReader *reader, const char *name, GHashTable *stems)
{
  gsize length = strlen (name);
  while (length > 0 && g_ascii_isdigit (name[length - 1]))
    length--;
  if (name[length] == '\0')
    return;
  char *stem = orr_arena_alloc (reader->scratch, length + 1);
  memcpy (stem, name, length);
  g_hash_table_add (stems, stem);
}

static void
name_sessions (OrrScenarioReader *reader)
{
  OrrScenario *scenario = reader->scenario;
  const OrrArray *names = &scenario->clients.names;
  const OrrYaml *list = orr_yaml_get (orr_yaml_get (reader->root, "clients"), "names");
  const char **all = orr_arena_alloc (reader->arena, (scenario->n_sessions + 1) * sizeof *all);
  for (guint i = 0; i < scenario->n_sessions; i++)
    {
      char name[24];
      g_snprintf (name, sizeof name, "s%u", i + 1);
      all[i] = names->length > 0 ? ((const char *const *) names->data)[i]
                                 : orr_arena_strdup (reader->arena, name);
      if (!all[i] || g_hash_table_insert (reader->sessions, (gpointer) all[i], GUINT_TO_POINTER (i + 1))
          || names->length == 0)
        continue;
      orr_problems_add (reader->problems, list->children[i]->place, "give each session a name of its own",
                        "two sessions are called '%s'", all[i]);
    }
  scenario->session_names = all;
  if (!reader->sessions_doubtful)
    return;
  reader->doubtful_sessions = g_hash_table_new (g_str_hash, g_str_equal);
  orr_scenario_collect_words (reader, orr_yaml_get (reader->root, "clients"), reader->doubtful_sessions);
  if (!list)
    add_stem (reader, "s1", reader->doubtful_sessions);
}

/* --- The layout --- */

/* Names of nodes must differ, and those of actors; options may have chosen them. */
static void
check_names_differ (OrrScenarioReader *reader, OrrPlace place)
{
  const OrrLayout *layout = reader->scenario->layout;
  g_autoptr (GHashTable) nodes = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) actors = g_hash_table_new (g_str_hash, g_str_equal);
  const char *twice = NULL;
  for (guint i = 0; i < layout->nodes->len; i++)
    if (!g_hash_table_add (nodes, layout->nodes->pdata[i]))
      twice = layout->nodes->pdata[i];
  for (guint i = 0; i < layout->actors->len; i++)
    if (!g_hash_table_add (actors, (gpointer) g_array_index (layout->actors, OrrActorPlace, i).name))
      twice = g_array_index (layout->actors, OrrActorPlace, i).name;
  if (twice)
    orr_problems_add (reader->problems, place,
                      "change the option that names it; hosts of clients are called client1, client2, …",
                      "two nodes are called '%s'", twice);
}

/* The nodes, and behind them the hosts of the clients, as many as there may be. */
static void
lay_out (OrrScenarioReader *reader, OrrPlace place)
{
  OrrScenario *scenario = reader->scenario;
  OrrLayout *layout = scenario->layout = orr_layout_new (reader->arena);
  scenario->model->layout (scenario->options, layout);
  if (layout->nodes->len + scenario->clients.hosts > ORR_NODES_MAX)
    {
      orr_problems_add (reader->problems, place, "use fewer",
                        "there are %u nodes and client hosts; the most is %u",
                        layout->nodes->len + scenario->clients.hosts, ORR_NODES_MAX);
      scenario->clients.hosts = MIN (scenario->clients.hosts, 1);
    }
  for (guint i = 0; i < scenario->clients.hosts; i++)
    orr_layout_add (layout, ORR_ROLE_CLIENT, "client%u", i + 1);
  check_names_differ (reader, place);
}

/* Which other nodes there might be. */
static void
doubt_nodes (OrrScenarioReader *reader)
{
  const OrrLayout *layout = reader->scenario->layout;
  if (!reader->doubtful_nodes && !reader->sessions_doubtful)
    return;
  if (!reader->doubtful_nodes)
    reader->doubtful_nodes = g_hash_table_new (g_str_hash, g_str_equal);
  else
    for (guint i = 0; i < layout->actors->len; i++)
      add_stem (reader, g_array_index (layout->actors, OrrActorPlace, i).name, reader->doubtful_nodes);
  if (reader->sessions_doubtful)
    add_stem (reader, "client1", reader->doubtful_nodes);
  reader->context.doubtful = reader->actors.doubtful = reader->doubtful_nodes;
}

/* From here on the names are known. */
static void
set_names (OrrScenarioReader *reader)
{
  const OrrLayout *layout = reader->scenario->layout;
  const char **actors = orr_arena_alloc (reader->arena, layout->actors->len * sizeof *actors);
  for (guint i = 0; i < layout->actors->len; i++)
    actors[i] = g_array_index (layout->actors, OrrActorPlace, i).name;
  for (guint i = 0; i < layout->nodes->len; i++)
    g_hash_table_insert (reader->context.index, layout->nodes->pdata[i], GUINT_TO_POINTER (i + 1));
  for (guint i = 0; i < layout->actors->len; i++)
    g_hash_table_insert (reader->actors.index, (gpointer) actors[i], GUINT_TO_POINTER (i + 1));
  reader->actors.names = actors;
  reader->actors.n_names = layout->actors->len;
  reader->context.names = (const char *const *) layout->nodes->pdata;
  reader->context.n_names = layout->nodes->len;
  reader->context.messages = reader->scenario->model->messages;
}

void
orr_scenario_read_model (OrrScenarioReader *reader)
{
  OrrPlace place = read_model_line (reader);
  read_clients (reader);
  name_sessions (reader);
  if (!reader->scenario->model)
    return;
  const OrrYaml *options = orr_yaml_get (reader->root, "options");
  if (!read_options (reader, place))
    return;
  lay_out (reader, options ? options->place : place);
  set_names (reader);
  doubt_nodes (reader);
}

/* --- Nodes --- */

/* What the file says of some nodes becomes a full row for every node. */
static void
fill_rows (OrrScenarioReader *reader, const OrrArray *said)
{
  OrrScenario *scenario = reader->scenario;
  const OrrLayout *layout = scenario->layout;
  g_autoptr (GHashTable) by_name = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < said->length; i++)
    {
      OrrNodeSettings *row = (OrrNodeSettings *) said->data + i;
      if (row->name)
        g_hash_table_insert (by_name, (gpointer) row->name, row);
    }

  OrrNodeSettings *rows = orr_arena_alloc (reader->arena, layout->nodes->len * sizeof *rows);
  OrrNodeSettings initial;
  orr_fields_init (orr_scenario_node_fields, &reader->context, &initial);
  for (guint i = 0; i < layout->nodes->len; i++)
    {
      const OrrNodeSettings *row = g_hash_table_lookup (by_name, layout->nodes->pdata[i]);
      rows[i] = row ? *row : initial;
      rows[i].name = layout->nodes->pdata[i];
      gboolean is_client = i >= layout->nodes->len - scenario->clients.hosts;
      if (is_client && !rows[i].region)
        rows[i].region = scenario->clients.region;
    }
  scenario->nodes = (OrrArray){ .data = rows, .length = layout->nodes->len };
}

/* A bound that is no whole number. */
static void
check_speeds (OrrScenarioReader *reader, const OrrYaml *map)
{
  for (guint i = 0; i < map->n_children && !orr_scenario_hopeless (reader); i++)
    {
      const OrrYaml *node = orr_yaml_get (map->children[i], "cpu");
      if (!node || node->kind != ORR_YAML_SCALAR)
        continue;
      char *end;
      double speed = g_ascii_strtod (node->text, &end);
      if (end == node->text || *end || !(speed - speed == 0))
        continue; /* that it is no number, or none that there is, has been said */
      if (!(speed >= 0.001 && speed <= 1000))
        orr_problems_add (reader->problems, node->place,
                          "use a number from 0.001 to 1000, where 1 is the ordinary speed",
                          "a node can't be that fast or slow");
    }
}

void
orr_scenario_read_nodes (OrrScenarioReader *reader)
{
  OrrYaml *map = orr_scenario_section (reader, "nodes");
  OrrArray said = { 0 };
  OrrField field = { .name = "nodes",
                     .type = &orr_type_MAP,
                     .size = sizeof said,
                     .fields = orr_scenario_node_fields,
                     .element_size = sizeof (OrrNodeSettings) };
  orr_yaml_read_field (map, &field, &reader->context, &said, reader->problems);
  check_speeds (reader, map);
  if (reader->context.names)
    fill_rows (reader, &said);
}

/* --- Regions --- */

/* The regions in which some node is, each once. `seen` also gets what `nodes` and `clients` mention where
 * they were not understood: with these mended, some node may be there. */
static GPtrArray *
list_regions (OrrScenarioReader *reader, GHashTable *seen)
{
  const OrrScenario *scenario = reader->scenario;
  GPtrArray *regions = orr_words_new ();
  for (guint i = 0; i < scenario->nodes.length; i++)
    {
      const char *region = ((const OrrNodeSettings *) scenario->nodes.data)[i].region;
      if (region && g_hash_table_add (seen, (gpointer) region) && regions->len < ORR_NAMES_SUGGESTED)
        g_ptr_array_add (regions, (gpointer) region);
    }
  if (orr_problems_get_length (reader->problems) > 0)
    {
      orr_scenario_collect_words (reader, orr_yaml_get (reader->root, "nodes"), seen);
      orr_scenario_collect_words (reader, orr_yaml_get (reader->root, "clients"), seen);
    }
  return regions;
}

static void
refuse_region (OrrScenarioReader *reader, const char *region, OrrPlace place, GPtrArray *regions)
{
  g_autofree char *remedy = orr_suggest_remedy (region, orr_words_end (regions));
  orr_problems_add (reader->problems, place, remedy ? remedy : "give nodes a 'region' under 'nodes:'",
                    "no node is in region '%s'", region);
}

/* A line of `links` or `regions` must say something about its links; a key that is none is refused already.
 */
static void
check_line (OrrScenarioReader *reader, const OrrYaml *line)
{
  static const char *const names[] = { "between", "from", "to" };
  guint n = 0;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    n += line->kind == ORR_YAML_MAP && orr_yaml_get (line, names[i]) ? 1 : 0;
  if (line->kind == ORR_YAML_MAP && line->n_children == n)
    orr_problems_add (reader->problems, line->place,
                      "add a latency, loss, corrupt or bandwidth, or leave the line out",
                      "the line says nothing about its links");
}

static const OrrYaml *
network_list (const OrrScenarioReader *reader, const char *name, guint length)
{
  const OrrYaml *list = orr_yaml_get (orr_yaml_get (reader->root, "network"), name);
  return list && list->kind == ORR_YAML_LIST && list->n_children == length ? list : NULL;
}

/* What is told apart has a place in a table of all pairs (network.c). */
static void
check_places (OrrScenarioReader *reader, const OrrYaml *network, GHashTable *regions)
{
  const OrrArray *links = &reader->scenario->network.links;
  g_autoptr (GHashTable) named = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < links->length; i++)
    {
      const OrrLinkSettings *link = (const OrrLinkSettings *) links->data + i;
      if (link->from)
        g_hash_table_add (named, (gpointer) link->from);
      if (link->to)
        g_hash_table_add (named, (gpointer) link->to);
    }
  guint n = g_hash_table_size (named) + g_hash_table_size (regions);
  if (n > ORR_PLACES_MAX)
    orr_problems_add (reader->problems, network->place,
                      "say what is different by regions, each of many nodes",
                      "links of %u nodes and regions are told apart; at most %u can be", n, ORR_PLACES_MAX);
}

static void
check_regions (OrrScenarioReader *reader, GHashTable *used, GPtrArray *regions)
{
  const OrrArray *lines = &reader->scenario->network.regions;
  const OrrYaml *list = network_list (reader, "regions", lines->length);
  if (!list)
    return;
  for (guint i = 0; i < lines->length && !orr_scenario_hopeless (reader); i++)
    {
      const OrrArray *between = &((const OrrRegionSettings *) lines->data)[i].between;
      const OrrYaml *pair = orr_yaml_get (list->children[i], "between");
      const char *const *names = between->data;
      check_line (reader, list->children[i]);
      if (!pair || pair->kind != ORR_YAML_LIST || pair->n_children != between->length)
        continue; /* it could not be read */
      if (between->length != 2)
        orr_problems_add (reader->problems, pair->place, "write [a, b], or [a, a] for links within a region",
                          "'between' takes two regions, not %u", between->length);
      for (guint j = 0; j < between->length && j < pair->n_children; j++)
        if (names[j] && !g_hash_table_contains (used, names[j]))
          refuse_region (reader, names[j], pair->children[j]->place, regions);
    }
}

void
orr_scenario_check_network (OrrScenarioReader *reader)
{
  const OrrYaml *network = orr_yaml_get (reader->root, "network");
  const OrrYaml *links = network_list (reader, "links", reader->scenario->network.links.length);
  if (!reader->scenario->nodes.data || !network || network->kind != ORR_YAML_MAP)
    return;
  g_autoptr (GHashTable) used = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) regions = list_regions (reader, used);
  check_regions (reader, used, regions);
  for (guint i = 0; links && i < links->n_children && !orr_scenario_hopeless (reader); i++)
    check_line (reader, links->children[i]);
  if (links || orr_yaml_get (network, "regions"))
    check_places (reader, network, used);
}
