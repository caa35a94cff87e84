/* document-path.c: values by their dotted paths.
 *
 * `options.router.window` leads through maps by their keys, `faults.0.at` through a list by the index of an
 * entry. Keys may have dots of their own, as the figures under `expect:` do, so at each map the longest key
 * that the path starts with is taken. */
#include "base/document-private.h"

#include <string.h>

/* The length of `key` where the path starts with it as a whole part or several, else 0. */
static gsize
match_key (const char *path, const char *key)
{
  gsize length = strlen (key);
  return length > 0 && strncmp (path, key, length) == 0 && (path[length] == '.' || path[length] == '\0')
             ? length
             : 0;
}

/* The length of the first part. */
static gsize
part_length (const char *path)
{
  return strcspn (path, ".");
}

/* What lies behind a part of so many bytes: the rest of the path, or "" at its end. */
static const char *
behind (const char *path, gsize length)
{
  return path[length] == '.' ? path + length + 1 : path + length;
}

/* The entry of a map that the path goes through, -1 where there is none. */
static gint64
find_key (const OrrYaml *map, const char *path, gsize *ret_length)
{
  gint64 found = -1;
  *ret_length = part_length (path);
  gsize longest = 0;
  for (guint i = 0; i < map->n_children; i++)
    {
      gsize length = match_key (path, map->keys[i]->text);
      if (length > longest)
        {
          found = i;
          *ret_length = longest = length;
        }
    }
  return found;
}

/* The index that the first part of the path is; -1 where it is none. */
static gint64
parse_index (const char *path)
{
  g_autofree char *part = g_strndup (path, part_length (path));
  guint64 index;
  return g_ascii_string_to_unsigned (part, 10, 0, ORR_DOCUMENT_NODES_MAX, &index, NULL) ? (gint64) index : -1;
}

OrrYaml *
orr_yaml_get (const OrrYaml *map, const char *key)
{
  if (!map || map->kind != ORR_YAML_MAP)
    return NULL;
  for (guint i = 0; i < map->n_children; i++)
    if (strcmp (map->keys[i]->text, key) == 0)
      return map->children[i];
  return NULL;
}

/* One step along a path: the index of the child that it leads through, and how long its name is; -1: there is
 * none. */
static gint64
step (const OrrYaml *node, const char *path, gsize *ret_length)
{
  gint64 index = -1;
  *ret_length = part_length (path);
  if (node->kind == ORR_YAML_MAP)
    index = find_key (node, path, ret_length);
  else if (node->kind == ORR_YAML_LIST)
    index = parse_index (path);
  return index < node->n_children ? index : -1;
}

OrrYaml *
orr_yaml_find (const OrrYaml *root, const char *path)
{
  const OrrYaml *node = root;
  while (*path)
    {
      gsize length;
      gint64 index = step (node, path, &length);
      if (index < 0)
        return NULL;
      node = node->children[index];
      path = behind (path, length);
    }
  return (OrrYaml *) node;
}

gboolean
orr_yaml_remove (OrrYaml *root, const char *path)
{
  for (OrrYaml *node = root; *path;)
    {
      gsize length;
      gint64 index = step (node, path, &length);
      if (index < 0)
        return FALSE;
      path = behind (path, length);
      if (*path)
        {
          node = node->children[index];
          continue;
        }
      gsize n_behind = --node->n_children - (guint) index;
      memmove (node->children + index, node->children + index + 1, n_behind * sizeof *node->children);
      if (node->kind == ORR_YAML_MAP)
        memmove (node->keys + index, node->keys + index + 1, n_behind * sizeof *node->keys);
      return TRUE;
    }
  return FALSE;
}

OrrPlace
orr_yaml_locate (const OrrYaml *root, const char *path)
{
  const OrrYaml *node = root;
  while (node && *path)
    {
      gsize length;
      gint64 index = step (node, path, &length);
      if (index < 0)
        break;
      node = node->children[index];
      path = behind (path, length);
    }
  return node ? node->place : (OrrPlace){ 0 };
}

/* --- Setting --- */

typedef struct
{
  const char *file; /* "--set PATH" */
  OrrArena *arena;
  OrrProblems *problems;
} Setter;

static OrrYaml *
new_node (const Setter *setter, OrrYamlKind kind)
{
  OrrYaml *node = orr_arena_new0 (setter->arena, OrrYaml);
  node->kind = kind;
  node->place.file = setter->file;
  return node;
}

static OrrYaml *
new_key (const Setter *setter, const char *path, gsize length)
{
  OrrYaml *key = new_node (setter, ORR_YAML_SCALAR);
  char *text = orr_arena_alloc (setter->arena, length + 1);
  memcpy (text, path, length);
  key->text = text;
  return key;
}

/* A copy of an array with room for one more at its end. */
static OrrYaml **
grown (const Setter *setter, OrrYaml *const *nodes, guint n)
{
  OrrYaml **copy = orr_arena_alloc (setter->arena, (n + 1) * sizeof (OrrYaml *));
  if (n > 0)
    memcpy (copy, nodes, n * sizeof (OrrYaml *));
  return copy;
}

static void
append_entry (const Setter *setter, OrrYaml *node, OrrYaml *key, OrrYaml *value)
{
  node->children = grown (setter, node->children, node->n_children);
  node->children[node->n_children] = value;
  if (node->kind == ORR_YAML_MAP)
    {
      node->keys = grown (setter, node->keys, node->n_children);
      node->keys[node->n_children] = key;
    }
  node->n_children++;
}

/* The value, within as many new maps as the path has parts. */
static OrrYaml *
wrap (const Setter *setter, const char *path, OrrYaml *value)
{
  if (*path == '\0')
    return value;
  gsize length = part_length (path);
  OrrYaml *map = new_node (setter, ORR_YAML_MAP);
  append_entry (setter, map, new_key (setter, path, length), wrap (setter, behind (path, length), value));
  return map;
}

static gboolean
is_blank (const OrrYaml *node)
{
  return node->kind == ORR_YAML_SCALAR && !node->quoted && *node->text == '\0';
}

static gboolean
refuse (const Setter *setter, const char *whole, const char *path, const OrrYaml *node)
{
  OrrPlace place = { .file = setter->file };
  g_autofree char *before = g_strndup (whole, (gsize) (path - whole) > 0 ? (gsize) (path - whole) - 1 : 0);
  g_autofree char *quoted = orr_quote (before);
  if (node->kind == ORR_YAML_LIST)
    {
      g_autofree char *remedy
          = g_strdup_printf ("use 0 to %u; %u adds an entry at the end", node->n_children, node->n_children);
      g_autofree char *part = g_strndup (path, part_length (path));
      g_autofree char *index = orr_quote (part);
      orr_problems_add (setter->problems, place, remedy, "%s is no index into the list %s", index, quoted);
    }
  else
    orr_problems_add (setter->problems, place, "set it as a whole", "%s is a single value and has no parts",
                      quoted);
  return FALSE;
}

/* Walks as far as the tree goes, and puts the value there. */
static gboolean
put (const Setter *setter, OrrYaml *node, const char *whole, OrrYaml *value)
{
  for (const char *path = whole;;)
    {
      gsize length = part_length (path);
      gint64 index;
      if (is_blank (node))
        node->kind = ORR_YAML_MAP;
      if (node->kind == ORR_YAML_SCALAR)
        return refuse (setter, whole, path, node);
      index = node->kind == ORR_YAML_MAP ? find_key (node, path, &length) : parse_index (path);
      if (node->kind == ORR_YAML_LIST && (index < 0 || index > node->n_children))
        return refuse (setter, whole, path, node);

      const char *rest = behind (path, length);
      if (index < 0 || index == node->n_children)
        {
          append_entry (setter, node, new_key (setter, path, length), wrap (setter, rest, value));
          return TRUE;
        }
      if (*rest == '\0')
        {
          node->children[index] = value;
          if (node->kind == ORR_YAML_MAP)
            node->keys[index] = new_key (setter, path, length);
          return TRUE;
        }
      node = node->children[index];
      path = rest;
    }
}

static gboolean
check_path (const Setter *setter, const char *path)
{
  OrrPlace place = { .file = setter->file };
  guint n_parts = 1;
  for (const char *at = path; *at; at++)
    n_parts += *at == '.';
  if (*path == '\0' || *path == '.' || path[strlen (path) - 1] == '.' || strstr (path, ".."))
    orr_problems_add (setter->problems, place, "write it like options.router.window",
                      "the path has an empty part");
  else if (!g_utf8_validate (path, -1, NULL))
    orr_problems_add (setter->problems, place, NULL, "the path is not UTF-8");
  else if (n_parts > ORR_DOCUMENT_DEPTH_MAX)
    orr_problems_add (setter->problems, place, NULL, "the path has more than %d parts",
                      ORR_DOCUMENT_DEPTH_MAX);
  else
    return TRUE;
  return FALSE;
}

gboolean
orr_yaml_set (OrrYaml *root, const char *path, const char *text, OrrArena *arena, OrrProblems *problems)
{
  g_autofree char *shown = g_utf8_make_valid (path, (gssize) MIN (strlen (path), 200));
  g_autofree char *file = g_strconcat ("--set ", shown, NULL);
  Setter setter = { .file = orr_arena_strdup (arena, file), .arena = arena, .problems = problems };
  if (!check_path (&setter, path))
    return FALSE;
  if (text[strspn (text, " \t\r\n")] == '\0')
    {
      orr_problems_add (problems, (OrrPlace){ .file = setter.file },
                        "write PATH=VALUE; \"\" is the empty text", "there is no value");
      return FALSE;
    }
  guint n_problems = orr_problems_get_length (problems);
  OrrYaml *value = orr_yaml_parse_from (setter.file, text, strlen (text), arena, problems);
  return value && orr_problems_get_length (problems) == n_problems && put (&setter, root, path, value);
}
