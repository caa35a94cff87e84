/* scenario-vary.c: what may vary, for exploration and for grids.
 *
 * A line names a value by its path and lists what it may become. Whether each is possible is found out by
 * putting it there and reading the whole scenario again, so that the messages are the ordinary ones. */
#include "scenario/scenario-private.h"

#include <string.h>

/* What exploration may do to messages besides the faults of the catalog. */
static const char *const network_words[] = { "loss", "duplicate", "reorder", "latency", NULL };

/* --- Faults that exploration may use --- */

static void
read_fuzz_faults (OrrScenarioReader *reader, const OrrYaml *list)
{
  if (!orr_scenario_is_list (reader, list, "faults") || !orr_scenario_is_short (reader, list, "faults"))
    return;
  g_autoptr (GArray) faults = g_array_new (FALSE, FALSE, sizeof (const char *));
  for (guint i = 0; i < list->n_children && !orr_scenario_hopeless (reader); i++)
    {
      const OrrYaml *node = list->children[i];
      if (!orr_scenario_is_scalar (reader, node, "a fault to explore")
          || !(g_strv_contains (network_words, node->text) || orr_scenario_check_shape (reader, node)))
        continue;
      const char *word = orr_arena_strdup (reader->arena, node->text);
      g_array_append_val (faults, word);
    }
  reader->scenario->fuzz_faults = orr_scenario_keep (reader, faults);
}

/* --- Paths and values --- */

static gboolean
read_variation (OrrScenarioReader *reader, const OrrYaml *key, const OrrYaml *list,
                OrrVariation *ret_variation)
{
  if (!orr_scenario_is_list (reader, list, key->text))
    return FALSE;
  if (list->n_children == 0 || list->n_children > ORR_VALUES_MAX)
    {
      orr_problems_add (reader->problems, list->place, "list them, as in [1s, 5s]",
                        "'%s' may take from 1 to %d values, not %u", key->text, ORR_VALUES_MAX,
                        list->n_children);
      return FALSE;
    }
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (const char *));
  for (guint i = 0; i < list->n_children; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      orr_yaml_write_node (list->children[i], text);
      const char *kept = orr_arena_strdup (reader->arena, text->str);
      g_array_append_val (values, kept);
    }
  ret_variation->path = orr_arena_strdup (reader->arena, key->text);
  ret_variation->values = orr_scenario_keep (reader, values);
  return TRUE;
}

static OrrArray
read_variations (OrrScenarioReader *reader, const char *section, const char *except)
{
  const OrrYaml *map = orr_scenario_section (reader, section);
  g_autoptr (GArray) variations = g_array_new (FALSE, FALSE, sizeof (OrrVariation));
  for (guint i = 0; i < map->n_children && !orr_scenario_hopeless (reader); i++)
    {
      OrrVariation variation;
      const char *path = map->keys[i]->text;
      if (except && strcmp (path, except) == 0)
        continue;
      if (g_str_has_prefix (path, "fuzz") || g_str_has_prefix (path, "sweep"))
        orr_problems_add (reader->problems, map->keys[i]->place, "name a value of another part",
                          "'%s' can't vary", path);
      else if (read_variation (reader, map->keys[i], map->children[i], &variation))
        g_array_append_val (variations, variation);
    }
  return orr_scenario_keep (reader, variations);
}

void
orr_scenario_read_variations (OrrScenarioReader *reader)
{
  OrrScenario *scenario = reader->scenario;
  const OrrYaml *faults = orr_yaml_get (orr_yaml_get (reader->root, "fuzz"), "faults");
  if (faults)
    read_fuzz_faults (reader, faults);
  scenario->fuzz = read_variations (reader, "fuzz", "faults");
  scenario->sweep = read_variations (reader, "sweep", NULL);
  guint64 runs = 1;
  for (guint i = 0; i < scenario->sweep.length && runs <= ORR_RUNS_MAX; i++)
    runs *= ((const OrrVariation *) scenario->sweep.data)[i].values.length;
  if (runs > ORR_RUNS_MAX)
    orr_problems_add (reader->problems, orr_scenario_section (reader, "sweep")->place, "list fewer values",
                      "the grid has more than %d points", ORR_RUNS_MAX);
}

/* --- Trying the values --- */

typedef struct
{
  OrrScenarioReader *reader;
  const char *text;
  gsize length;
  const char *const *sets;
  gboolean was_right; /* the scenario without any value changed */
} Trial;

/* The problem that a value makes: the one in its own text, if there is any. Else it is what is wrong with the
 * scenario now and was not before; but that can't be told where something was. */
static const OrrProblem *
find_problem (const Trial *trial, const OrrVariation *variation, const OrrProblems *problems)
{
  g_autofree char *shown = g_strdup_printf ("--set %s", variation->path);
  for (guint i = 0; i < MIN (orr_problems_get_length (problems), ORR_PROBLEMS_MAX); i++)
    if (g_strcmp0 (orr_problems_get (problems, i)->file, shown) == 0)
      return orr_problems_get (problems, i);
  return trial->was_right ? orr_problems_get (problems, 0) : NULL;
}

/* Reads the scenario with one value changed. What is wrong then is wrong with the value; unless it is not
 * even in the text of the value: then the path leads nowhere, which is told once, and FALSE returned. */
static gboolean
try_value (const Trial *trial, const OrrVariation *variation, const char *value, OrrPlace path_place,
           OrrPlace place)
{
  OrrScenarioReader *reader = trial->reader;
  g_autoptr (GPtrArray) sets = g_ptr_array_new ();
  g_autofree char *set = g_strdup_printf ("%s=%s", variation->path, value);
  for (guint i = 0; trial->sets && trial->sets[i]; i++)
    g_ptr_array_add (sets, (gpointer) trial->sets[i]);
  g_ptr_array_add (sets, set);
  g_ptr_array_add (sets, NULL);
  g_autoptr (OrrProblems) problems = orr_problems_new (NULL);
  g_autoptr (OrrScenario) tried
      = orr_scenario_parse_plain (trial->text, trial->length, reader->scenario->file,
                                  (const char *const *) sets->pdata, reader->catalog, problems);
  if (tried)
    return TRUE;
  const OrrProblem *problem = find_problem (trial, variation, problems);
  if (!problem)
    return TRUE;
  gboolean path_is_wrong
      = problem->place.line == 0 && problem->file && g_str_has_prefix (problem->file, "--set ");
  if (path_is_wrong)
    orr_problems_add (reader->problems, path_place, problem->remedy, "%s: %s", variation->path,
                      problem->what);
  else
    orr_problems_add (reader->problems, place, problem->remedy, "%s can't be %s: %s", variation->path, value,
                      problem->what);
  return !path_is_wrong;
}

static void
try_section (const Trial *trial, const char *section, const OrrArray *variations)
{
  const OrrYaml *map = orr_yaml_get (trial->reader->root, section);
  for (guint i = 0; i < variations->length; i++)
    {
      const OrrVariation *variation = (const OrrVariation *) variations->data + i;
      const OrrYaml *list = orr_yaml_get (map, variation->path);
      guint before = orr_problems_get_length (trial->reader->problems);
      const char *const *values = variation->values.data;
      guint key = 0;
      while (map->children[key] != list)
        key++;
      for (guint j = 0;
           j < variation->values.length && orr_problems_get_length (trial->reader->problems) < before + 3;
           j++)
        if (!try_value (trial, variation, values[j], map->keys[key]->place, list->children[j]->place))
          break;
    }
}

static guint64
count_values (const OrrArray *variations)
{
  guint64 n = 0;
  for (guint i = 0; i < variations->length; i++)
    n += ((const OrrVariation *) variations->data)[i].values.length;
  return n;
}

void
orr_scenario_check_variations (OrrScenarioReader *reader, const char *text, gsize length,
                               const char *const *sets)
{
  const OrrScenario *scenario = reader->scenario;
  Trial trial = { reader, text, length, sets, orr_problems_get_length (reader->problems) == 0 };
  guint64 values = count_values (&scenario->fuzz) + count_values (&scenario->sweep);
  guint64 n_nodes = scenario->layout ? scenario->layout->nodes->len : 0;
  if (values * (length + n_nodes + scenario->n_sessions) > ORR_TRIALS_COST)
    {
      orr_problems_add (reader->problems, reader->root->place, "list fewer values",
                        "trying %" G_GUINT64_FORMAT
                        " values of fuzz and sweep in so large a scenario takes too long",
                        values);
      return;
    }
  try_section (&trial, "fuzz", &scenario->fuzz);
  try_section (&trial, "sweep", &scenario->sweep);
}

/* --- Writing --- */

static void
write_words (const OrrArray *words, GString *text)
{
  g_string_append_c (text, '[');
  for (guint i = 0; i < words->length; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", ((const char *const *) words->data)[i]);
  g_string_append (text, "]\n");
}

static void
write_section (const char *section, const OrrArray *variations, const OrrArray *faults, GString *text)
{
  if (variations->length + (faults ? faults->length : 0) == 0)
    return;
  g_string_append_printf (text, "%s:\n", section);
  if (faults && faults->length > 0)
    {
      g_string_append (text, "  faults: ");
      write_words (faults, text);
    }
  for (guint i = 0; i < variations->length; i++)
    {
      const OrrVariation *variation = (const OrrVariation *) variations->data + i;
      g_string_append (text, "  ");
      orr_yaml_write_scalar (variation->path, text);
      g_string_append (text, ": ");
      write_words (&variation->values, text);
    }
}

void
orr_scenario_write_variations (const OrrScenario *scenario, GString *text)
{
  write_section ("fuzz", &scenario->fuzz, &scenario->fuzz_faults, text);
  write_section ("sweep", &scenario->sweep, NULL, text);
}
