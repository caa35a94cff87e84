/* shrink-settings.c: settings, mistakes of the model, and how many there are of things.
 *
 * What is not written has its default, so that to take a setting out is to make the scenario simpler. Whole
 * parts are tried first, then what is in them. */
#include "explore/shrink-private.h"

#include "base/quantity.h"

#include <string.h>

/* --- Taking out --- */

static char *
child_path (const char *path, const OrrYaml *node, guint index)
{
  if (node->kind == ORR_YAML_MAP)
    return g_strdup_printf ("%s.%s", path, node->keys[index]->text);
  return g_strdup_printf ("%s.%u", path, index);
}

/* Tries to leave out what stands at a path, else parts of it. Of a list no entry goes that is the last. */
static gboolean
leave_out (OrrShrinking *shrinking, const char *path)
{
  gboolean any = FALSE;
  if (orr_shrinking_is_over (shrinking) || !orr_draft_get (shrinking->draft, path))
    return FALSE;
  if (orr_shrinking_try_remove (shrinking, path))
    return TRUE;
  for (guint i = orr_draft_length (shrinking->draft, path); i > 0; i--)
    {
      const OrrYaml *node = orr_draft_get (shrinking->draft, path);
      g_autofree char *child = child_path (path, node, i - 1);
      any |= leave_out (shrinking, child);
    }
  return any;
}

/* The same with what a map says, but for some keys. */
static gboolean
leave_out_but (OrrShrinking *shrinking, const char *path, const char *const *but)
{
  gboolean any = FALSE;
  for (guint i = orr_draft_length (shrinking->draft, path); i > 0; i--)
    {
      const OrrYaml *node = orr_draft_get (shrinking->draft, path);
      if (g_strv_contains (but, node->keys[i - 1]->text))
        continue;
      g_autofree char *child = child_path (path, node, i - 1);
      any |= leave_out (shrinking, child);
    }
  return any;
}

/* The same with each line of a list. */
static gboolean
leave_out_of_lines (OrrShrinking *shrinking, const char *list, const char *const *but)
{
  gboolean any = FALSE;
  for (guint line = 0; line < orr_draft_length (shrinking->draft, list); line++)
    {
      g_autofree char *path = g_strdup_printf ("%s.%u", list, line);
      any |= leave_out_but (shrinking, path, but);
    }
  return any;
}

gboolean
orr_shrink_settings (OrrShrinking *shrinking)
{
  static const char *const parts[] = { "settle", "nodes", "network", "clocks", "disk", "clients", "options" };
  static const char *const of_workload[] = { "operations", "mix", "arrival", "think", NULL };
  static const char *const of_operations[] = { "id", "at", "after", "session", "steps", NULL };
  static const char *const of_faults[] = { "at", "for", NULL };
  static const char *const of_pins[] = { "nth", NULL };
  gboolean any = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    any |= leave_out (shrinking, parts[i]);
  any |= leave_out_but (shrinking, "workload", of_workload);
  any |= leave_out_of_lines (shrinking, "workload.operations", of_operations);
  any |= leave_out_of_lines (shrinking, "faults", of_faults);
  any |= leave_out_of_lines (shrinking, "pins", of_pins);
  return any;
}

/* Does the setting say just that? */
static gboolean
says (const OrrDraft *draft, const OrrVariation *variation, guint index)
{
  g_autoptr (GString) text = g_string_new (NULL);
  orr_yaml_write_node (orr_draft_get (draft, variation->path), text);
  return strcmp (text->str, ((const char *const *) variation->values.data)[index]) == 0;
}

/* With that value, and where `kept` is not NULL with those of the operations alone. */
static gboolean
try_value (OrrShrinking *shrinking, const char *path, const char *value, const gboolean *kept)
{
  OrrDraft *candidate = orr_draft_copy (shrinking->draft);
  orr_draft_set (candidate, path, value);
  if (kept)
    orr_shrink_keep_operations (candidate, kept);
  return orr_shrinking_try (shrinking, candidate);
}

/* Of the values that an author names for a setting, one that comes before its own is plainer, and may do with
 * fewer operations: a log that is about to need a digit more needs no writes to get there. */
static gboolean
try_values (OrrShrinking *shrinking, const OrrVariation *variation)
{
  const char *const *values = variation->values.data;
  guint own = 0, n = orr_draft_length (shrinking->draft, "workload.operations");
  if (!orr_draft_get (shrinking->draft, variation->path) || shrinking->death)
    return FALSE;
  while (own < variation->values.length && !says (shrinking->draft, variation, own))
    own++;
  if (own == 0 || own == variation->values.length)
    return FALSE;
  g_autofree gboolean *kept = g_new0 (gboolean, n + 1);
  g_autoptr (OrrTrial) trial = orr_shrinking_try_smallest (shrinking);
  orr_shrink_mark_witness (shrinking, trial, kept, n);
  for (guint i = 0; i < own; i++)
    if (try_value (shrinking, variation->path, values[i], NULL)
        || try_value (shrinking, variation->path, values[i], kept))
      return TRUE;
  return FALSE;
}

gboolean
orr_shrink_values (OrrShrinking *shrinking)
{
  const OrrVariation *variations = shrinking->values.data;
  gboolean any = FALSE;
  for (guint i = 0; i < shrinking->values.length && !orr_shrinking_is_over (shrinking); i++)
    any |= try_values (shrinking, &variations[i]);
  return any;
}

gboolean
orr_shrink_bugs (OrrShrinking *shrinking)
{
  return leave_out (shrinking, "model.bugs");
}

/* --- How many --- */

/* As many, where what speaks of nodes that are gone speaks of the others instead. */
static gboolean
fold (OrrShrinking *shrinking, const char *path, guint64 n, const char *number)
{
  OrrDraft *candidate = orr_draft_copy (shrinking->draft);
  orr_shrink_fold_nodes (candidate, shrinking->shrunk->scenario, n);
  orr_draft_set (candidate, path, number);
  return orr_shrinking_try (shrinking, candidate);
}

/* The least number with which it still shows. What names a node that is gone does not read, which is as good
 * an answer as any. */
static gboolean
fewer (OrrShrinking *shrinking, const char *path, guint64 least, guint64 most)
{
  const guint64 tries_max = 6;
  for (guint64 n = least; n < most && n < least + tries_max && !orr_shrinking_is_over (shrinking); n++)
    {
      g_autofree char *number = g_strdup_printf ("%" G_GUINT64_FORMAT, n);
      if (orr_shrinking_try_set (shrinking, path, number) || (n > 0 && fold (shrinking, path, n, number)))
        return TRUE;
    }
  return FALSE;
}

/* A count in a record at `path`: as it is set, or by default. */
static gboolean
shrink_count (OrrShrinking *shrinking, const OrrField *field, const char *path, gconstpointer value)
{
  guint64 now = field->type == &orr_type_COUNT ? *(const guint32 *) value : *(const guint64 *) value;
  if (field->type->is_unset && field->type->is_unset (value))
    return FALSE;
  return fewer (shrinking, path, (guint64) MAX (field->least, 0), now);
}

gboolean
orr_shrink_counts (OrrShrinking *shrinking)
{
  const OrrModel *model = shrinking->shrunk->scenario->model;
  gboolean any = FALSE;
  for (const OrrField *field = model->entry.fields; field && field->name; field++)
    {
      g_autoptr (GString) path = g_string_new ("options.");
      orr_name_print (field->name, path);
      /* The scenario is another one after each success. */
      gconstpointer options = shrinking->shrunk->scenario->options;
      if ((field->type == &orr_type_COUNT || field->type == &orr_type_NUMBER)
          && orr_field_applies (model->entry.fields, field, options))
        any |= shrink_count (shrinking, field, path->str, (const char *) options + field->offset);
    }
  return any;
}
