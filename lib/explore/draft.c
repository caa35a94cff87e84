/* draft.c: a scenario that is being changed. */
#include "explore/draft.h"

#include <string.h>

struct OrrDraft
{
  OrrArena *arena;
  OrrYaml *root;
};

/* Texts here are our own, so that a problem in one is a mistake of the program. */
static void
assert_none (const OrrProblems *problems, const char *about)
{
  if (G_LIKELY (orr_problems_get_length (problems) == 0))
    return;
  g_autofree char *messages = orr_problems_to_text (problems);
  g_error ("a draft was given what is no YAML: %s\n%s", about, messages);
}

static OrrDraft *
draft_of (const char *text)
{
  g_autoptr (OrrProblems) problems = orr_problems_new (NULL);
  OrrDraft *draft = g_new (OrrDraft, 1);
  draft->arena = orr_arena_new ();
  draft->root = orr_yaml_parse (text, strlen (text), draft->arena, problems);
  assert_none (problems, text);
  return draft;
}

OrrDraft *
orr_draft_new (const OrrScenario *scenario)
{
  g_autofree char *text = orr_scenario_to_whole_text (scenario);
  OrrDraft *draft = draft_of (text);
  orr_draft_remove (draft, "fuzz");
  orr_draft_remove (draft, "sweep");
  return draft;
}

static OrrYaml *
copy_node (const OrrYaml *node, OrrArena *arena)
{
  OrrYaml *copy = orr_arena_copy (arena, node, sizeof *node);
  copy->text = orr_arena_strdup (arena, node->text);
  copy->place = (OrrPlace){ 0 };
  if (node->children)
    copy->children = orr_arena_alloc (arena, node->n_children * sizeof *node->children);
  if (node->keys)
    copy->keys = orr_arena_alloc (arena, node->n_children * sizeof *node->keys);
  for (guint i = 0; i < node->n_children; i++)
    {
      copy->children[i] = copy_node (node->children[i], arena);
      if (node->keys)
        copy->keys[i] = copy_node (node->keys[i], arena);
    }
  return copy;
}

OrrDraft *
orr_draft_copy (const OrrDraft *draft)
{
  OrrDraft *copy = g_new (OrrDraft, 1);
  copy->arena = orr_arena_new ();
  copy->root = copy_node (draft->root, copy->arena);
  return copy;
}

void
orr_draft_free (OrrDraft *draft)
{
  if (!draft)
    return;
  orr_arena_free (draft->arena);
  g_free (draft);
}

/* --- Looking --- */

const OrrYaml *
orr_draft_get (const OrrDraft *draft, const char *path)
{
  return orr_yaml_find (draft->root, path);
}

guint
orr_draft_length (const OrrDraft *draft, const char *path)
{
  const OrrYaml *node = orr_draft_get (draft, path);
  return node ? node->n_children : 0;
}

const char *
orr_draft_get_text (const OrrDraft *draft, const char *path)
{
  const OrrYaml *node = orr_draft_get (draft, path);
  return node && node->kind == ORR_YAML_SCALAR ? node->text : NULL;
}

/* --- Changing --- */

void
orr_draft_set (OrrDraft *draft, const char *path, const char *yaml)
{
  g_autoptr (OrrProblems) problems = orr_problems_new (NULL);
  orr_yaml_set (draft->root, path, yaml, draft->arena, problems);
  assert_none (problems, yaml);
}

void
orr_draft_append (OrrDraft *draft, const char *path, const char *yaml)
{
  if (!orr_draft_get (draft, path))
    orr_draft_set (draft, path, "[]");
  g_autofree char *entry = g_strdup_printf ("%s.%u", path, orr_draft_length (draft, path));
  orr_draft_set (draft, entry, yaml);
}

/* A list without entries says no more than none. */
static void
drop_if_empty (OrrDraft *draft, const char *path)
{
  const OrrYaml *node = orr_draft_get (draft, path);
  if (node && node->kind == ORR_YAML_LIST && node->n_children == 0)
    orr_yaml_remove (draft->root, path);
}

void
orr_draft_remove (OrrDraft *draft, const char *path)
{
  const char *dot = strrchr (path, '.');
  orr_yaml_remove (draft->root, path);
  if (!dot)
    return;
  g_autofree char *list = g_strndup (path, (gsize) (dot - path));
  drop_if_empty (draft, list);
}

void
orr_draft_keep (OrrDraft *draft, const char *path, const gboolean *kept)
{
  OrrYaml *list = orr_yaml_find (draft->root, path);
  guint n = 0;
  if (!list)
    return;
  g_assert (list->kind == ORR_YAML_LIST);
  for (guint i = 0; i < list->n_children; i++)
    if (kept[i])
      list->children[n++] = list->children[i];
  list->n_children = n;
  drop_if_empty (draft, path);
}

/* --- Reading --- */

/* A list an entry a line, a map of the first two levels a key a line, all else on one. */
static void
write_value (const OrrYaml *node, guint depth, GString *text)
{
  const char *indent = depth == 1 ? "  " : "    ";
  if (node->kind == ORR_YAML_SCALAR || depth > 2 || node->n_children == 0)
    {
      g_string_append_c (text, ' ');
      orr_yaml_write_node (node, text);
      g_string_append_c (text, '\n');
      return;
    }
  g_string_append_c (text, '\n');
  for (guint i = 0; i < node->n_children; i++)
    {
      g_string_append (text, indent);
      if (node->kind == ORR_YAML_LIST)
        {
          g_string_append_c (text, '-');
          write_value (node->children[i], 3, text);
          continue;
        }
      orr_yaml_write_node (node->keys[i], text);
      g_string_append_c (text, ':');
      write_value (node->children[i], depth + 1, text);
    }
}

char *
orr_draft_to_text (const OrrDraft *draft)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < draft->root->n_children; i++)
    {
      orr_yaml_write_node (draft->root->keys[i], text);
      g_string_append_c (text, ':');
      write_value (draft->root->children[i], 1, text);
    }
  return g_string_free (text, FALSE);
}

OrrScenario *
orr_draft_read (const OrrDraft *draft, const OrrCatalog *catalog, OrrProblems *problems)
{
  g_autofree char *text = orr_draft_to_text (draft);
  g_autoptr (OrrProblems) own = problems ? NULL : orr_problems_new (NULL);
  return orr_scenario_parse (text, strlen (text), NULL, NULL, catalog, problems ? problems : own);
}
