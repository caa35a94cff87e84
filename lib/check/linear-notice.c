/* linear-notice.c: operations that cannot have mattered to anybody.
 *
 * A write whose outcome is unknown may have happened or not. If nobody returned what it wrote, and nobody
 * expected it, an order that has it is as good without it: so it can be left out from the start. That is what
 * keeps time-outs from multiplying the orders that there are to try. Reads that returned nothing tell nothing
 * either. */
#include "check/linear-private.h"

#include <string.h>

extern const OrrObject orr_object_register, orr_object_map, orr_object_list_append;

/* What somebody returned or expected of each key: values, members of lists and sets. */
typedef struct
{
  GHashTable *values;  /* (key, value) as a Seen */
  gboolean everything; /* something was returned that nobody knows */
  GPtrArray *texts;
} Notice;

typedef struct
{
  OrrKey key;
  OrrValue value;
} Seen;

static guint
hash_seen (gconstpointer data)
{
  const Seen *seen = data;
  return (guint) ((seen->key * G_GUINT64_CONSTANT (0xd1342543de82ef95) ^ seen->value)
                      * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)
                  >> 32);
}

static gboolean
equal_seen (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, sizeof (Seen)) == 0;
}

static gboolean
note (Notice *notice, OrrKey key, OrrValue value)
{
  Seen *seen = g_new (Seen, 1);
  *seen = (Seen){ key, value };
  return g_hash_table_add (notice->values, seen);
}

static void
note_step (const OrrTerms *terms, Notice *notice, const OrrStep *step, const OrrValue *value)
{
  if (step->kind == ORR_CAS)
    note (notice, step->key, step->expected);
  if (!orr_step_infos[step->kind].reads)
    return;
  if (!value)
    {
      notice->everything |= orr_step_infos[step->kind].writes;
      return;
    }
  note (notice, step->key, *value);
  if (orr_terms_is_text (terms, *value))
    g_ptr_array_add (notice->texts, (gpointer) orr_terms_get_text (terms, *value));
  if (!orr_terms_is_list (terms, *value))
    return;
  for (OrrValue list = *value; orr_terms_get_length (terms, list) > 0;
       list = orr_terms_get_prefix (terms, list))
    {
      if (!note (notice, ~step->key, list)) /* this beginning was gone through before */
        break;
      note (notice, step->key, orr_terms_get_last (terms, list));
    }
}

static gboolean
is_noticed (const OrrLinearPart *part, const Notice *notice, const OrrStep *step)
{
  const OrrObject *object = part->object;
  Seen seen = { step->key, step->kind == ORR_DELETE ? ORR_NIL : step->value };
  switch (step->kind)
    {
    case ORR_WRITE:
    case ORR_CAS:
    case ORR_DELETE:
      if (object == &orr_object_register || object == &orr_object_map)
        return g_hash_table_contains (notice->values, &seen);
      return TRUE;
    case ORR_APPEND:
      if (object == &orr_object_list_append)
        return g_hash_table_contains (notice->values, &seen);
      if (!orr_terms_is_text (part->history->terms, step->value)
          || !*orr_terms_get_text (part->history->terms, step->value))
        return TRUE;
      for (guint i = 0; i < notice->texts->len; i++)
        if (strstr (notice->texts->pdata[i], orr_terms_get_text (part->history->terms, step->value)))
          return TRUE;
      return FALSE;
    case ORR_ADD:
      return g_hash_table_contains (notice->values, &seen);
    case ORR_ENQUEUE:
    case ORR_PUSH:
      return notice->everything || step->value == ORR_NIL || g_hash_table_contains (notice->values, &seen);
    default:
      return TRUE;
    }
}

/* Can an operation of unknown outcome have been noticed? */
static gboolean
may_matter (const OrrLinearPart *part, const Notice *notice, const OrrLinearEntry *entry)
{
  if (!entry->optional)
    return FALSE;
  for (guint i = 0; i < entry->n_steps; i++)
    if (orr_step_infos[entry->steps[i].kind].writes && is_noticed (part, notice, &entry->steps[i]))
      return TRUE;
  return FALSE;
}

/* One round: what is noticed by those that are known to matter. Is any of that new? */
static gboolean
spread (const OrrLinearPart *part, gboolean *matter)
{
  Notice notice = { g_hash_table_new_full (hash_seen, equal_seen, g_free, NULL), FALSE, g_ptr_array_new () };
  gboolean any = FALSE;
  for (guint i = 0; i < part->n; i++)
    {
      OrrLinearEntry entry = orr_linear_entry (part, i);
      for (guint j = 0; matter[i] && j < entry.n_steps; j++)
        note_step (part->history->terms, &notice, &entry.steps[j], entry.values ? &entry.values[j] : NULL);
    }
  for (guint i = 0; i < part->n; i++)
    {
      OrrLinearEntry entry = orr_linear_entry (part, i);
      if (matter[i] || !may_matter (part, &notice, &entry))
        continue;
      matter[i] = any = TRUE;
    }
  g_hash_table_unref (notice.values);
  g_ptr_array_unref (notice.texts);
  return any;
}

/* What returned matters; then what that noticed; a compare-and-set of unknown outcome that was noticed
 * noticed what it expected, and so on. */
gboolean *
orr_linear_notice (const OrrLinearPart *part)
{
  gboolean *matter = g_new (gboolean, MAX (part->n, 1)), optional = FALSE;
  for (guint i = 0; i < part->n; i++)
    {
      OrrLinearEntry entry = orr_linear_entry (part, i);
      optional |= entry.optional;
      matter[i] = !entry.optional && (!orr_linear_reads_only (&entry) || entry.values);
    }
  while (optional && spread (part, matter))
    ;
  return matter;
}

gboolean
orr_linear_reads_only (const OrrLinearEntry *entry)
{
  for (guint i = 0; i < entry->n_steps; i++)
    if (orr_step_infos[entry->steps[i].kind].writes && entry->steps[i].kind != ORR_BULK_WRITE)
      return FALSE;
  return TRUE;
}
