/* linear-parts.c: cutting a history into parts that can be judged one by one.
 *
 * Linearizability is local (Herlihy & Wing 1990, theorem 1): each object is judged for itself. Keys that an
 * operation of several steps ties together make one object. */
#include "check/linear-private.h"

#include <string.h>

/* What the operations are like that have this key first; `parent`: the key's number or one of the part that
 * it belongs to (union-find). */
typedef struct
{
  OrrKey key;
  guint32 parent, kinds;
  gboolean touches, manifold; /* some have not just one step */
} Key;

/* Keys by number, in the order in which they are first seen. */
typedef struct
{
  GHashTable *numbers; /* key → number + 1 */
  GArray *keys;        /* Key */
  OrrKey last;
  guint32 last_number;
} Keys;

static guint32
number_of (Keys *keys, OrrKey key)
{
  if (keys->keys->len > 0 && key == keys->last)
    return keys->last_number;
  guint32 number = GPOINTER_TO_UINT (g_hash_table_lookup (keys->numbers, GSIZE_TO_POINTER (key)));
  if (number == 0)
    {
      Key self = { .key = key, .parent = keys->keys->len };
      g_array_append_val (keys->keys, self);
      number = keys->keys->len;
      g_hash_table_insert (keys->numbers, GSIZE_TO_POINTER (key), GUINT_TO_POINTER (number));
    }
  keys->last = key;
  keys->last_number = number - 1;
  return number - 1;
}

static guint32
root_of (Keys *keys, guint32 number)
{
  Key *all = (Key *) keys->keys->data;
  while (all[number].parent != number)
    number = all[number].parent = all[all[number].parent].parent;
  return number;
}

static void
unite (Keys *keys, guint32 a, guint32 b)
{
  a = root_of (keys, a);
  b = root_of (keys, b);
  g_array_index (keys->keys, Key, MAX (a, b)).parent = MIN (a, b);
}

/* The number of the operation's first key; G_MAXUINT32: it has none, or had no effect. */
static guint32
place (Keys *keys, const OrrHistoryOperation *row)
{
  guint32 first = G_MAXUINT32, kinds = 0;
  for (guint i = 0; i < row->n_steps && row->outcome != ORR_FAIL; i++)
    if (row->steps[i].kind != ORR_BULK_WRITE)
      {
        guint32 number = number_of (keys, row->steps[i].key);
        if (first != G_MAXUINT32)
          unite (keys, first, number);
        else
          first = number;
        kinds |= 1u << row->steps[i].kind;
      }
  if (first != G_MAXUINT32)
    {
      g_array_index (keys->keys, Key, first).kinds |= kinds;
      g_array_index (keys->keys, Key, first).manifold |= row->n_steps != 1;
    }
  return first;
}

/* The operation of the same process before this one, if it completed in the moment in which this was invoked.
 */
static guint32
touched_by (const OrrHistory *history, guint32 *last, guint i)
{
  const OrrHistoryOperation *row = orr_history_operation (history, i);
  guint32 before = last[row->process];
  last[row->process] = i;
  return before != G_MAXUINT32 && orr_history_operation (history, before)->completed == row->invoked
             ? before
             : G_MAXUINT32;
}

/* What was noted of several keys, for the part that they make. */
static void
gather (Keys *keys)
{
  Key *all = (Key *) keys->keys->data;
  for (guint i = 0; i < keys->keys->len; i++)
    {
      Key *root = &all[root_of (keys, i)];
      root->kinds |= all[i].kinds;
      root->touches |= all[i].touches;
      root->manifold |= all[i].manifold;
    }
}

/* Puts the operations behind each other, part by part; by invocation within each. */
static void
sort_into_parts (OrrLinearParts *parts, const OrrHistory *history, Keys *keys, guint32 *first_key)
{
  guint n = history->operations->len, n_keys = keys->keys->len;
  const OrrObject *object = orr_linear_object (history);
  g_autofree guint32 *start = g_new0 (guint32, n_keys + 1);
  for (guint i = 0; i < n; i++)
    if (first_key[i] != G_MAXUINT32)
      start[(first_key[i] = root_of (keys, first_key[i])) + 1]++;
  for (guint i = 0; i < n_keys; i++)
    {
      const Key *key = &g_array_index (keys->keys, Key, i);
      start[i + 1] += start[i];
      OrrLinearPart part = { .history = history,
                             .object = object,
                             .settings = parts->settings,
                             .operations = parts->operations + start[i],
                             .n = start[i + 1] - start[i],
                             .touching = parts->touching,
                             .touches = key->touches,
                             .plain = !key->manifold,
                             .kinds = key->kinds,
                             .key = key->key };
      if (part.n > 0)
        g_array_append_val (parts->parts, part);
    }
  parts->n_operations = start[n_keys];
  for (guint i = 0; i < n; i++)
    if (first_key[i] != G_MAXUINT32)
      parts->operations[start[first_key[i]]++] = i;
}

/* The object's settings: those of the history, else what they are if nobody says anything. */
static gpointer
settings_of (const OrrHistory *history, const OrrObject *object)
{
  if (!object || !object->entry.fields)
    return NULL;
  OrrContext context = { 0 };
  gpointer settings = g_malloc0 (object->entry.size);
  if (history->object_settings && object == history->object)
    memcpy (settings, history->object_settings, object->entry.size);
  else
    orr_fields_init (object->entry.fields, &context, settings);
  return settings;
}

static void
place_all (OrrLinearParts *parts, const OrrHistory *history, Keys *keys, guint32 *first_key)
{
  g_autofree guint32 *last = g_new (guint32, MAX (history->n_processes, 1));
  memset (last, 0xff, MAX (history->n_processes, 1) * sizeof *last);
  for (guint i = 0; i < history->operations->len; i++)
    {
      orr_history_fetch (history, i);
      first_key[i] = place (keys, orr_history_operation (history, i));
      guint32 before = touched_by (history, last, i);
      if (before == G_MAXUINT32)
        continue;
      parts->touching[before] = TRUE;
      if (first_key[before] != G_MAXUINT32)
        g_array_index (keys->keys, Key, first_key[before]).touches = TRUE;
    }
}

OrrLinearParts *
orr_linear_parts_new (const OrrHistory *history)
{
  OrrLinearParts *parts = g_new0 (OrrLinearParts, 1);
  guint n = history->operations->len;
  parts->parts = g_array_new (FALSE, TRUE, sizeof (OrrLinearPart));
  parts->operations = g_new (guint32, MAX (n, 1));
  parts->touching = g_new0 (guint8, MAX (n, 1));
  parts->settings = settings_of (history, orr_linear_object (history));
  Keys keys = { .numbers = g_hash_table_new (NULL, NULL), .keys = g_array_new (FALSE, FALSE, sizeof (Key)) };
  g_autofree guint32 *first_key = g_new (guint32, MAX (n, 1));
  place_all (parts, history, &keys, first_key);
  gather (&keys);
  sort_into_parts (parts, history, &keys, first_key);
  g_hash_table_unref (keys.numbers);
  g_array_unref (keys.keys);
  return parts;
}

void
orr_linear_parts_free (OrrLinearParts *parts)
{
  if (!parts)
    return;
  g_array_unref (parts->parts);
  g_free (parts->operations);
  g_free (parts->touching);
  g_free (parts->settings);
  g_free (parts);
}

/* Has the object all kinds of steps that the history's operations have? */
static gboolean
fits (const OrrObject *object, guint32 kinds)
{
  for (const OrrStepKind *step = object->steps; *step != ORR_STEP_NONE; step++)
    kinds &= ~(1u << *step);
  return kinds == 0;
}

const OrrObject *
orr_linear_object (const OrrHistory *history)
{
  if (history->object)
    return history->object;
  guint32 kinds = 0;
  for (guint i = 0; i < history->operations->len; i++)
    for (guint j = 0; j < orr_history_operation (history, i)->n_steps; j++)
      kinds |= 1u << orr_history_operation (history, i)->steps[j].kind;
  for (guint i = 0; orr_objects[i]; i++)
    if (fits (orr_objects[i], kinds))
      return orr_objects[i];
  return NULL;
}

OrrValue
orr_linear_initial (const OrrLinearPart *part, OrrKey key)
{
  OrrValue state = ORR_NIL;
  if (part->object == part->history->object)
    return orr_history_initial (part->history, key);
  if (part->object->preload)
    part->object->preload (part->settings, part->history->terms, key, &state);
  return state;
}
