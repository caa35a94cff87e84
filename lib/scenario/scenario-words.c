/* scenario-words.c: small tools that all parts of the language use: sections, words and their suggestions,
 * arrays that are kept. */
#include "scenario/scenario-private.h"

#include "base/document-private.h"
#include "base/json.h"

#include <string.h>

/* --- Maps --- */

OrrYaml *
orr_scenario_empty_map (OrrScenarioReader *reader, OrrPlace place)
{
  OrrYaml *map = orr_arena_new0 (reader->scratch, OrrYaml);
  map->kind = ORR_YAML_MAP;
  map->place = place;
  return map;
}

OrrYaml *
orr_scenario_section (OrrScenarioReader *reader, const char *key)
{
  OrrYaml *node = orr_yaml_get (reader->root, key);
  if (!node)
    return orr_scenario_empty_map (reader, reader->root->place);
  gboolean nothing = node->kind == ORR_YAML_SCALAR && !node->quoted && *node->text == '\0';
  if (nothing || !orr_scenario_is_map (reader, node, key))
    return orr_scenario_empty_map (reader, node->place);
  return node;
}

/* A map with room for so many entries. */
static OrrYaml *
map_with_room (OrrScenarioReader *reader, OrrPlace place, guint n)
{
  OrrYaml *map = orr_scenario_empty_map (reader, place);
  map->keys = orr_arena_alloc (reader->scratch, n * sizeof *map->keys);
  map->children = orr_arena_alloc (reader->scratch, n * sizeof *map->children);
  return map;
}

static void
map_add (OrrYaml *map, OrrYaml *key, OrrYaml *value)
{
  map->keys[map->n_children] = key;
  map->children[map->n_children++] = value;
}

OrrYaml *
orr_scenario_pick (OrrScenarioReader *reader, const OrrYaml *map, const OrrField *fields)
{
  OrrYaml *picked = map_with_room (reader, map->place, map->n_children);
  for (guint i = 0; i < map->n_children; i++)
    if (orr_fields_find (fields, map->keys[i]->text))
      map_add (picked, map->keys[i], map->children[i]);
  return picked;
}

OrrYaml *
orr_scenario_with (OrrScenarioReader *reader, const OrrYaml *map, const char *key, OrrYaml *value,
                   OrrPlace place)
{
  OrrYaml *with = map_with_room (reader, map->place, map->n_children + 1);
  OrrYaml *scalar = orr_arena_new0 (reader->scratch, OrrYaml);
  scalar->text = orr_arena_strdup (reader->scratch, key);
  scalar->place = place;
  map_add (with, scalar, value);
  for (guint i = 0; i < map->n_children; i++)
    map_add (with, map->keys[i], map->children[i]);
  return with;
}

/* --- Kinds --- */

static gboolean
is_kind (OrrScenarioReader *reader, const OrrYaml *node, OrrYamlKind kind, const char *what,
         const char *remedy)
{
  static const char *const kinds[] = { "a single value", "a list", "a map" };
  if (node->kind == kind)
    return TRUE;
  orr_problems_add (reader->problems, node->place, remedy, "%s must be %s, not %s", what, kinds[kind],
                    kinds[node->kind]);
  return FALSE;
}

gboolean
orr_scenario_is_map (OrrScenarioReader *reader, const OrrYaml *node, const char *what)
{
  return is_kind (reader, node, ORR_YAML_MAP, what, "write {name: value}, or a 'name: value' on each line");
}

gboolean
orr_scenario_is_list (OrrScenarioReader *reader, const OrrYaml *node, const char *what)
{
  return is_kind (reader, node, ORR_YAML_LIST, what,
                  "write [a, b], or a '- ' before each on a line of its own");
}

gboolean
orr_scenario_is_short (OrrScenarioReader *reader, const OrrYaml *list, const char *what)
{
  if (list->n_children <= ORR_VALUES_MAX)
    return TRUE;
  g_autofree char *remedy = g_strdup_printf ("list at most %d", ORR_VALUES_MAX);
  orr_problems_add (reader->problems, list->place, remedy, "%s has %u entries", what, list->n_children);
  return FALSE;
}

gboolean
orr_scenario_is_scalar (OrrScenarioReader *reader, const OrrYaml *node, const char *what)
{
  return is_kind (reader, node, ORR_YAML_SCALAR, what, "write one word or value behind the ':'");
}

gboolean
orr_scenario_hopeless (const OrrScenarioReader *reader)
{
  return orr_problems_get_length (reader->problems) > ORR_PROBLEMS_MAX;
}

/* --- Words --- */

GPtrArray *
orr_words_new (void)
{
  return g_ptr_array_new ();
}

static void
add_name (OrrScenarioReader *reader, GPtrArray *words, const char *name)
{
  g_autoptr (GString) text = g_string_new (NULL);
  orr_name_print (name, text);
  g_ptr_array_add (words, orr_arena_strdup (reader->scratch, text->str));
}

void
orr_words_add_fields (OrrScenarioReader *reader, GPtrArray *words, const OrrField *fields)
{
  for (; fields && fields->name; fields++)
    add_name (reader, words, fields->name);
}

void
orr_words_add_records (OrrScenarioReader *reader, GPtrArray *words, const OrrRecord *records)
{
  for (; records && records->name; records++)
    add_name (reader, words, records->name);
}

void
orr_words_add_nodes (OrrScenarioReader *reader, GPtrArray *words)
{
  for (guint i = 0; i < reader->context.n_names && i < ORR_NAMES_SUGGESTED; i++)
    g_ptr_array_add (words, (gpointer) reader->context.names[i]);
}

const char *const *
orr_words_end (GPtrArray *words)
{
  if (words->len == 0 || words->pdata[words->len - 1])
    g_ptr_array_add (words, NULL);
  return (const char *const *) words->pdata;
}

void
orr_scenario_unknown (OrrScenarioReader *reader, OrrPlace place, const char *what, const char *word,
                      const char *whose, const GPtrArray *candidates, const char *otherwise)
{
  g_autoptr (GPtrArray) words = orr_words_new ();
  for (guint i = 0; i < candidates->len && candidates->pdata[i]; i++)
    g_ptr_array_add (words, candidates->pdata[i]);
  g_autofree char *quoted = orr_quote (word);
  g_autofree char *remedy
      = orr_scenario_hopeless (reader) ? NULL : orr_suggest_remedy (word, orr_words_end (words));
  orr_problems_add (reader->problems, place, remedy ? remedy : otherwise, "unknown %s %s%s%s", what, quoted,
                    whose ? " of " : "", whose ? whose : "");
}

void
orr_scenario_refuse_map (OrrScenarioReader *reader, const OrrYaml *map, const char *const *words,
                         const char *what, const char *remedy)
{
  for (guint i = 0; i < map->n_children; i++)
    {
      const OrrYaml *key = map->keys[i];
      const char *best = orr_suggest (key->text, words);
      if (!best)
        continue;
      g_autofree char *quoted = orr_quote (key->text);
      g_autofree char *instead = g_strdup_printf ("did you mean '%s'?", best);
      orr_problems_add (reader->problems, key->place, instead, "unknown key %s", quoted);
      return;
    }
  orr_problems_add (reader->problems, map->place, remedy, "%s", what);
}

void
orr_scenario_collect_words (OrrScenarioReader *reader, const OrrYaml *node, GHashTable *words)
{
  for (guint i = 0; node && i < node->n_children; i++)
    orr_scenario_collect_words (reader, node->children[i], words);
  if (!node || node->kind != ORR_YAML_SCALAR)
    return;
  for (const char *at = node->text; *at;)
    {
      gsize length = strspn (at, "abcdefghijklmnopqrstuvwxyz0123456789-");
      if (length > 0)
        {
          char *word = orr_arena_alloc (reader->scratch, length + 1);
          memcpy (word, at, length);
          g_hash_table_add (words, word);
        }
      at += length + (at[length] != '\0');
    }
}

/* --- What is kept --- */

OrrArray
orr_scenario_keep (OrrScenarioReader *reader, const GArray *array)
{
  if (array->len == 0)
    return (OrrArray){ 0 };
  gsize size = g_array_get_element_size ((GArray *) array);
  return (OrrArray){ .data = orr_arena_copy (reader->arena, array->data, array->len * size),
                     .length = array->len };
}

OrrPlace
orr_scenario_keep_place (OrrScenarioReader *reader, OrrPlace place)
{
  place.file = orr_arena_strdup (reader->arena, place.file);
  return place;
}

gboolean
orr_scenario_read_value (OrrScenarioReader *reader, const OrrYaml *node, const OrrType *type,
                         const char *name, const OrrContext *context, gpointer value)
{
  OrrField field = { .name = name, .type = type, .size = type->size };
  return orr_yaml_read_field (node, &field, context, value, reader->problems);
}
