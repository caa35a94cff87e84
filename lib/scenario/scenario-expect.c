/* scenario-expect.c: what a file claims about its run.
 *
 * A property is expected to hold, to be violated or to stay unknown; a figure, to lie above or below
 * something. A file that expects nothing expects what its model claims. */
#include "scenario/scenario-private.h"

#include "base/quantity.h"

#include <string.h>

#define KINDS_OF_FIGURES "above, below, at least, at most or exactly"

/* By OrrExpectKind; those of figures are followed by a value. */
static const char *const kind_names[]
    = { "holds", "violated", "unknown", "above", "below", "at least", "at most", "exactly" };

/* --- Names of figures: measure[.operation][.node].statistic --- */

/* What may come next in a name. */
typedef enum
{
  PART_OPERATION,
  PART_NODE,
  PART_STATISTIC,
  PART_END,
} Part;

static void
add_operations (OrrScenarioReader *reader, GPtrArray *words)
{
  const OrrObject *object = reader->scenario->workload.object;
  for (guint i = 0; object && object->steps[i] != ORR_STEP_NONE; i++)
    g_ptr_array_add (words, (gpointer) orr_step_infos[object->steps[i]].name);
  for (guint kind = ORR_STEP_NONE + 1; !object && kind < ORR_N_STEP_KINDS; kind++)
    g_ptr_array_add (words, (gpointer) orr_step_infos[kind].name);
  g_ptr_array_add (words, (gpointer) "transaction");
}

static void
add_part (OrrScenarioReader *reader, const OrrMeasureEntry *measure, Part part, GPtrArray *words)
{
  if (part == PART_OPERATION && measure->by_operation)
    add_operations (reader, words);
  if (part == PART_NODE && measure->by_node)
    orr_words_add_nodes (reader, words);
  for (guint i = 0; part == PART_STATISTIC && measure->statistics && measure->statistics[i]; i++)
    g_ptr_array_add (words, (gpointer) measure->statistics[i]);
}

static gboolean
is_part (OrrScenarioReader *reader, const OrrMeasureEntry *measure, Part part, const char *word)
{
  if (part == PART_NODE)
    return measure->by_node
           && (g_hash_table_contains (reader->context.index, word)
               || g_hash_table_contains (reader->actors.index, word)
               || orr_context_doubts (&reader->context, word));
  g_autoptr (GPtrArray) words = orr_words_new ();
  add_part (reader, measure, part, words);
  return g_strv_contains (orr_words_end (words), word);
}

static void
refuse_part (OrrScenarioReader *reader, const OrrYaml *key, const OrrMeasureEntry *measure, Part part,
             const char *word, guint given)
{
  g_autoptr (GPtrArray) words = orr_words_new ();
  for (Part before = PART_OPERATION; before < part; before++)
    if (!(given & 1U << before) && is_part (reader, measure, before, word))
      {
        orr_problems_add (reader->problems, key->place,
                          "write first the operation, then the node, then the statistic",
                          "'%s' of %s is in the wrong place", word, key->text);
        return;
      }
  for (; part < PART_END; part++)
    add_part (reader, measure, part, words);
  orr_scenario_unknown (reader, key->place, "part", word, measure->entry.name, words,
                        words->len > 0 ? "`orrery figures` says which it has" : "it has no further parts");
}

static gboolean
check_parts (OrrScenarioReader *reader, const OrrYaml *key, const OrrMeasureEntry *measure, char **parts)
{
  Part part = PART_OPERATION;
  guint given = 0; /* a bit for each part that is there */
  for (; *parts; parts++)
    {
      Part from = part;
      while (part < PART_END && !is_part (reader, measure, part, *parts))
        part++;
      if (part == PART_END && !reader->context.names && measure->by_node && from <= PART_NODE)
        part = PART_NODE; /* it may be a node: nobody knows */
      if (part == PART_END)
        {
          refuse_part (reader, key, measure, from, *parts, given);
          return FALSE;
        }
      given |= 1U << part;
      part++;
    }
  if (!measure->statistics || given & 1U << PART_STATISTIC)
    return TRUE;
  g_autofree char *list = g_strjoinv (", ", (char **) measure->statistics);
  g_autofree char *remedy
      = g_strdup_printf ("end it with one of %s, as in %s.%s", list, key->text, measure->statistics[0]);
  orr_problems_add (reader->problems, key->place, remedy, "'%s' is a sample of many values", key->text);
  return FALSE;
}

static void
refuse_name (OrrScenarioReader *reader, const OrrYaml *key)
{
  g_autoptr (GPtrArray) words = orr_words_new ();
  const OrrCatalog *catalog = reader->catalog;
  for (guint i = 0; catalog->properties && catalog->properties[i]; i++)
    g_ptr_array_add (words, (gpointer) catalog->properties[i]->name);
  for (guint i = 0; catalog->measures && catalog->measures[i]; i++)
    g_ptr_array_add (words, (gpointer) catalog->measures[i]->entry.name);
  orr_scenario_unknown (reader, key->place, "property or figure", key->text, NULL, words,
                        "`orrery properties` and `orrery figures` list them");
}

/* The property or the measure that the key names; neither, with a problem, where it names nothing. */
static void
find_subject (OrrScenarioReader *reader, const OrrYaml *key, OrrExpectation *expectation)
{
  expectation->property = orr_entries_find (reader->catalog->properties, key->text);
  if (expectation->property)
    return;
  g_auto (GStrv) parts = g_strsplit (key->text, ".", 6);
  const OrrMeasureEntry *measure = parts[0] ? orr_measures_find (reader->catalog->measures, parts[0]) : NULL;
  if (!measure)
    refuse_name (reader, key);
  else if (check_parts (reader, key, measure, parts + 1))
    expectation->measure = measure;
}

/* --- Right-hand sides --- */

static gboolean
read_figure (const OrrMeasureEntry *measure, const char *text, double *ret_value, char **ret_message)
{
  if (measure->type == &orr_type_DURATION || measure->type == &orr_type_SHARE)
    {
      gint64 whole;
      gboolean is_share = measure->type == &orr_type_SHARE;
      if (!(is_share ? orr_share_parse : orr_duration_parse) (text, &whole, ret_message))
        return FALSE;
      *ret_value = (double) whole;
      return TRUE;
    }
  if (measure->unit && !g_str_has_suffix (text, measure->unit))
    {
      g_autofree char *quoted = orr_quote (text);
      *ret_message = g_strdup_printf ("%s has no unit; write %s right behind the number, as in 10%s", quoted,
                                      measure->unit, measure->unit);
      return FALSE;
    }
  OrrField field = { .name = "value", .type = &orr_type_REAL };
  OrrContext context = { 0 };
  g_autofree char *number = g_strndup (text, strlen (text) - (measure->unit ? strlen (measure->unit) : 0));
  return orr_type_REAL.parse (&field, &context, number, ret_value, ret_message);
}

static char *
figure_to_text (const OrrMeasureEntry *measure, double value)
{
  if (measure->type == &orr_type_DURATION)
    return orr_duration_to_text ((OrrTime) value);
  if (measure->type == &orr_type_SHARE)
    return orr_share_to_text ((OrrShare) value);
  g_autofree char *number = orr_real_to_text (value);
  return g_strconcat (number, measure->unit, NULL);
}

/* The caller frees it. */
static char *
make_example (const OrrMeasureEntry *measure)
{
  if (measure->unit)
    return g_strdup_printf ("at least 10%s", measure->unit);
  return g_strdup (measure->type == &orr_type_DURATION ? "below 5ms"
                   : measure->type == &orr_type_SHARE  ? "at least 99.9%"
                                                       : "at most 10");
}

static gint32
find_kind (const char *text, gsize *ret_length)
{
  for (guint i = 0; i < G_N_ELEMENTS (kind_names); i++)
    {
      *ret_length = strlen (kind_names[i]);
      if (strncmp (text, kind_names[i], *ret_length) == 0
          && (text[*ret_length] == '\0' || text[*ret_length] == ' '))
        return (gint32) i;
    }
  return -1;
}

static gboolean
read_verdict (OrrScenarioReader *reader, const OrrYaml *node, OrrExpectation *expectation)
{
  gsize length;
  expectation->kind = find_kind (node->text, &length);
  if (expectation->kind >= 0 && expectation->kind <= ORR_EXPECT_UNKNOWN && node->text[length] == '\0')
    {
      expectation->text = kind_names[expectation->kind];
      return TRUE;
    }
  static const char *const words[] = { "holds", "violated", "unknown", NULL };
  const char *best = orr_suggest (node->text, words);
  g_autofree char *remedy = best ? g_strdup_printf ("did you mean '%s'?", best)
                                 : g_strdup ("use one of holds, violated, unknown");
  g_autofree char *quoted = orr_quote (node->text);
  orr_problems_add (reader->problems, node->place, remedy, "'%s' is a property; it can't be %s",
                    expectation->name, quoted);
  return FALSE;
}

static void
refuse_bound (OrrScenarioReader *reader, const OrrYaml *node, const OrrExpectation *expectation)
{
  g_autofree char *example = make_example (expectation->measure);
  g_autofree char *remedy = g_strdup_printf ("write %s and a value, as in '%s'", KINDS_OF_FIGURES, example);
  g_autofree char *quoted = orr_quote (node->text);
  orr_problems_add (reader->problems, node->place, remedy, "'%s' is a figure; it can't be %s",
                    expectation->name, quoted);
}

static gboolean
read_bound (OrrScenarioReader *reader, const OrrYaml *node, OrrExpectation *expectation)
{
  const OrrMeasureEntry *measure = expectation->measure;
  gsize length;
  expectation->kind = find_kind (node->text, &length);
  if (expectation->kind < ORR_EXPECT_ABOVE || node->text[length] == '\0')
    {
      refuse_bound (reader, node, expectation);
      return FALSE;
    }
  const char *value = node->text + length;
  while (*value == ' ')
    value++;
  g_autofree char *message = NULL;
  if (!read_figure (measure, value, &expectation->value, &message))
    {
      g_autofree char *example = make_example (measure);
      g_autofree char *remedy
          = strstr (message, "; ") ? NULL : g_strdup_printf ("write a value, as in '%s'", example);
      orr_problems_add (reader->problems, node->place, remedy, "%s: %s", expectation->name, message);
      return FALSE;
    }
  g_autofree char *canonical = figure_to_text (measure, expectation->value);
  g_autofree char *text = g_strdup_printf ("%s %s", kind_names[expectation->kind], canonical);
  expectation->text = orr_arena_strdup (reader->arena, text);
  return TRUE;
}

/* What may stand behind a verdict or a bound: ` in at least 10% of runs`. `text` is cut off before it. FALSE,
 * with a problem, where it is wrong. */
static gboolean
read_runs (OrrScenarioReader *reader, const OrrYaml *node, char *text, OrrExpectation *expectation)
{
  static const char end[] = " of runs", begin[] = " in ";
  expectation->runs_kind = ORR_EXPECT_HOLDS;
  char *in = g_str_has_suffix (text, end) ? strstr (text, begin) : NULL;
  if (!in)
    return TRUE;
  text[strlen (text) - strlen (end)] = '\0';
  *in = '\0';
  const char *bound = in + strlen (begin);
  gsize length = 0;
  g_autofree char *message = NULL;
  expectation->runs_kind = find_kind (bound, &length);
  if (expectation->runs_kind >= ORR_EXPECT_ABOVE && bound[length] == ' '
      && orr_share_parse (bound + length + 1, &expectation->runs_share, &message))
    return TRUE;
  g_autofree char *quoted = orr_quote (bound);
  orr_problems_add (reader->problems, node->place,
                    "write " KINDS_OF_FIGURES " and a share, as in 'in at least 10% of runs'",
                    "%s: %s is no share of runs", expectation->name, quoted);
  return FALSE;
}

/* The text with what was said of runs, in its canonical form. */
static void
add_runs_to_text (OrrScenarioReader *reader, OrrExpectation *expectation)
{
  if (expectation->runs_kind == ORR_EXPECT_HOLDS)
    return;
  g_autofree char *share = orr_share_to_text (expectation->runs_share);
  g_autofree char *text
      = g_strdup_printf ("%s in %s %s of runs", expectation->text, kind_names[expectation->runs_kind], share);
  expectation->text = orr_arena_strdup (reader->arena, text);
}

static void
read_side (OrrScenarioReader *reader, const OrrYaml *node, OrrExpectation expectation, GArray *expectations)
{
  if (!orr_scenario_is_scalar (reader, node, expectation.name))
    return;
  g_autofree char *text = g_strdup (node->text);
  if (!read_runs (reader, node, text, &expectation))
    return;
  OrrYaml side = *node;
  side.text = text;
  if (!(expectation.property ? read_verdict (reader, &side, &expectation)
                             : read_bound (reader, &side, &expectation)))
    return;
  add_runs_to_text (reader, &expectation);
  g_array_append_val (expectations, expectation);
}

/* A property with its verdict; or a figure with a bound, or a list of them. */
static void
read_one (OrrScenarioReader *reader, const OrrYaml *key, const OrrYaml *node, GArray *expectations)
{
  OrrExpectation expectation = { .name = orr_arena_strdup (reader->arena, key->text),
                                 .place = orr_scenario_keep_place (reader, key->place) };
  find_subject (reader, key, &expectation);
  if (!expectation.property && !expectation.measure)
    return;
  if (expectation.property || node->kind != ORR_YAML_LIST)
    {
      read_side (reader, node, expectation, expectations);
      return;
    }
  if (!orr_scenario_is_short (reader, node, expectation.name))
    return;
  if (node->n_children == 0)
    orr_problems_add (reader->problems, node->place, "write one, as in [above 1ms, below 5ms]",
                      "'%s' has no bound", expectation.name);
  for (guint i = 0; i < node->n_children && !orr_scenario_hopeless (reader); i++)
    read_side (reader, node->children[i], expectation, expectations);
}

/* --- The section --- */

void
orr_scenario_read_expect (OrrScenarioReader *reader)
{
  OrrScenario *scenario = reader->scenario;
  g_autoptr (GArray) expectations = g_array_new (FALSE, FALSE, sizeof (OrrExpectation));
  scenario->expectations_claimed = orr_yaml_get (reader->root, "expect") == NULL;
  const OrrYaml *map = orr_scenario_section (reader, "expect");
  for (guint i = 0; i < map->n_children && !orr_scenario_hopeless (reader); i++)
    read_one (reader, map->keys[i], map->children[i], expectations);
  if (scenario->expectations_claimed)
    orr_scenario_take_claims (reader, expectations);
  scenario->expectations = orr_scenario_keep (reader, expectations);
}

void
orr_scenario_write_expect (const OrrScenario *scenario, GString *text)
{
  const OrrExpectation *expectations = scenario->expectations.data;
  guint n = scenario->expectations.length;
  if (scenario->expectations_claimed)
    return;
  g_string_append (text, n > 0 ? "expect:\n" : "expect: {}\n");
  for (guint i = 0; i < n; i++)
    {
      const char *name = expectations[i].name;
      guint first = i;
      while (i + 1 < n && strcmp (expectations[i + 1].name, name) == 0)
        i++;
      g_string_append_printf (text, "  %s: %s%s", name, i > first ? "[" : "", expectations[first].text);
      for (guint j = first + 1; j <= i; j++)
        g_string_append_printf (text, ", %s", expectations[j].text);
      g_string_append (text, i > first ? "]\n" : "\n");
    }
}
