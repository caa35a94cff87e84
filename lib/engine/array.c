/* array.c: arrays that messages, logs and facts share.
 *
 * A log entry with a thousand rows goes to five replicas, into five logs and out again; copying it each time
 * would be most of a run's work. So an array is made once, never changed, and counts who holds it. Holders
 * are records: whoever stores one takes a count of each array that its field table names, and gives it back
 * with the record. An array of records that hold arrays holds those itself, from the first time that a
 * table has told what its elements are. What an actor holds in its volatile state dies with it. */
#include "engine/engine-private.h"

#include <string.h>

#define MAGIC 0x0a55a7eb

/* Stands before the elements. */
typedef struct
{
  guint32 magic;
  guint32 length;
  guint32 holders;
  guint32 element_size;
  const OrrField *fields; /* of an element, where it holds arrays and a table has told; else NULL */
  OrrPool *pool;          /* where it lies */
  OrrArrayHold *holds;    /* by the states of actors: seldom more than one */
  gpointer unused;
} Header;

/* What an actor holds of one array in its volatile state: a crash gives it back. */
struct OrrArrayHold
{
  const OrrNode *node;
  OrrArray array;
  guint count;
  OrrArrayHold *next_of_array, *next, *previous; /* the latter two: of the actor */
};

G_STATIC_ASSERT (sizeof (Header) % 16 == 0);

static gboolean
is_array (const OrrField *field)
{
  return field->type == &orr_type_LIST || field->type == &orr_type_MAP;
}

static inline gboolean
applies (const OrrField *fields, const OrrField *field, gconstpointer record)
{
  return !field->tag || orr_field_applies (fields, field, record);
}

static Header *
header_of (OrrArray array)
{
  Header *header = (Header *) ((char *) array.data - sizeof (Header));
  if (header->magic != MAGIC)
    g_error ("a message, log, cell or timer holds an array that was not made by orr_array");
  return header;
}

static gsize
size_of (guint32 length, gsize element_size)
{
  return sizeof (Header) + length * element_size;
}

static void
ref (OrrArray array, const OrrField *field)
{
  if (!array.data)
    return;
  Header *header = header_of (array);
  header->holders++;
  if (header->fields || !field || !field->fields || !orr_record_has_arrays (field->fields))
    return;
  header->fields = field->fields;
  g_assert (header->element_size == field->element_size);
  for (guint32 i = 0; i < header->length; i++)
    orr_record_ref_arrays (header->fields, (const char *) array.data + i * header->element_size);
}

static void
unref (OrrArray array)
{
  if (!array.data)
    return;
  Header *header = header_of (array);
  g_assert (header->holders > 0);
  if (--header->holders > 0)
    return;
  for (guint32 i = 0; header->fields && i < header->length; i++)
    orr_record_unref_arrays (header->fields, (const char *) array.data + i * header->element_size);
  header->magic = 0;
  orr_pool_free (header->pool, header, size_of (header->length, header->element_size));
}

gboolean
orr_record_has_arrays (const OrrField *fields)
{
  for (const OrrField *field = fields; field && field->name; field++)
    if (is_array (field) || (field->type == &orr_type_RECORD && orr_record_has_arrays (field->fields)))
      return TRUE;
  return FALSE;
}

void
orr_record_ref_arrays (const OrrField *fields, gconstpointer record)
{
  for (const OrrField *field = fields; field && field->name; field++)
    {
      gconstpointer member = (const char *) record + field->offset;
      if (is_array (field) && applies (fields, field, record))
        ref (*(const OrrArray *) member, field);
      else if (field->type == &orr_type_RECORD)
        orr_record_ref_arrays (field->fields, member);
    }
}

void
orr_record_unref_arrays (const OrrField *fields, gconstpointer record)
{
  for (const OrrField *field = fields; field && field->name; field++)
    {
      gconstpointer member = (const char *) record + field->offset;
      if (is_array (field) && applies (fields, field, record))
        unref (*(const OrrArray *) member);
      else if (field->type == &orr_type_RECORD)
        orr_record_unref_arrays (field->fields, member);
    }
}

/* --- Copies for the trace --- */

static gboolean
is_text (const OrrField *field)
{
  return field->type == &orr_type_TEXT || field->type == &orr_type_NAME || field->type == &orr_type_NODE;
}

static void keep_members (OrrArena *arena, const OrrField *fields, gpointer record);

static OrrArray
keep_array (OrrArena *arena, const OrrField *field, OrrArray array)
{
  if (!array.data)
    return array;
  char *elements = orr_arena_copy (arena, array.data, array.length * field->element_size);
  for (guint32 i = 0; i < array.length; i++)
    {
      gpointer element = elements + i * field->element_size;
      if (field->fields)
        keep_members (arena, field->fields, element);
      else if (field->element->size == sizeof (char *) && field->element == &orr_type_TEXT)
        *(const char **) element = orr_arena_strdup (arena, *(const char **) element);
    }
  return (OrrArray){ elements, array.length };
}

/* Makes the arena own what the copy's fields point at. */
static void
keep_members (OrrArena *arena, const OrrField *fields, gpointer record)
{
  for (const OrrField *field = fields; field && field->name; field++)
    {
      gpointer member = (char *) record + field->offset;
      if (field->type == &orr_type_RECORD)
        keep_members (arena, field->fields, member);
      else if (is_array (field) && applies (fields, field, record))
        *(OrrArray *) member = keep_array (arena, field, *(OrrArray *) member);
      else if (is_text (field))
        *(const char **) member = orr_arena_strdup (arena, *(const char **) member);
    }
}

gboolean
orr_record_is_flat (const OrrField *fields)
{
  for (const OrrField *field = fields; field && field->name; field++)
    if (is_array (field) || is_text (field)
        || (field->type == &orr_type_RECORD && !orr_record_is_flat (field->fields)))
      return FALSE;
  return TRUE;
}

gconstpointer
orr_record_keep (OrrArena *arena, const OrrRecord *record, gconstpointer body)
{
  if (record->size == 0 || !body)
    return NULL;
  gpointer copy = orr_arena_copy (arena, body, record->size);
  keep_members (arena, record->fields, copy);
  return copy;
}

/* --- For models --- */

OrrArray
orr_array (OrrNode *node, guint32 length, gsize element_size, gconstpointer elements)
{
  orr_model_assert (node, node->simulation->active == node || node->observing, "no array outside a callback",
                    "%u elements", length);
  if (length == 0)
    return (OrrArray){ NULL, 0 };
  g_assert (element_size <= G_MAXUINT32);
  OrrPool *pool = &node->simulation->pool;
  Header *header = orr_pool_alloc (pool, size_of (length, element_size));
  *header = (Header){ MAGIC, length, 1, (guint32) element_size, NULL, pool, NULL, NULL };
  memcpy (header + 1, elements, length * element_size);
  g_ptr_array_add (node->simulation->fresh_arrays, header + 1);
  node->simulation->n_fresh++;
  return (OrrArray){ header + 1, length };
}

static OrrArrayHold *
find_hold (const OrrNode *node, OrrArray array)
{
  OrrArrayHold *hold = header_of (array)->holds;
  while (hold && hold->node != node)
    hold = hold->next_of_array;
  return hold;
}

static void
add_hold (OrrNode *node, OrrArray array)
{
  Header *header = header_of (array);
  OrrArrayHold *hold = orr_pool_alloc (&node->simulation->pool, sizeof *hold);
  *hold = (OrrArrayHold){ node, array, 1, header->holds, node->holds, NULL };
  if (node->holds)
    node->holds->previous = hold;
  header->holds = node->holds = hold;
  ref (array, NULL);
}

static void
drop_hold (OrrNode *node, OrrArrayHold *hold)
{
  OrrArrayHold **link = &header_of (hold->array)->holds;
  while (*link != hold)
    link = &(*link)->next_of_array;
  *link = hold->next_of_array;
  if (hold->next)
    hold->next->previous = hold->previous;
  if (hold->previous)
    hold->previous->next = hold->next;
  else
    node->holds = hold->next;
  unref (hold->array);
  orr_pool_free (&node->simulation->pool, hold, sizeof *hold);
}

void
orr_array_ref (OrrNode *node, OrrArray array)
{
  orr_model_effect (node);
  if (!array.data)
    return;
  OrrArrayHold *hold = find_hold (node, array);
  if (hold)
    hold->count++;
  else
    add_hold (node, array);
}

void
orr_array_unref (OrrNode *node, OrrArray array)
{
  orr_model_effect (node);
  if (!array.data)
    return;
  OrrArrayHold *hold = find_hold (node, array);
  orr_model_assert (node, hold, "an array is given back by whoever holds it", "one of %u elements",
                    array.length);
  if (--hold->count == 0)
    drop_hold (node, hold);
}

void
orr_array_drop_holds (OrrNode *node)
{
  while (node->holds)
    drop_hold (node, node->holds);
}

void
orr_arrays_drop_fresh (OrrSimulation *simulation)
{
  GPtrArray *fresh = simulation->fresh_arrays;
  for (guint i = 0; i < fresh->len; i++)
    unref ((OrrArray){ g_ptr_array_index (fresh, i), 0 });
  g_ptr_array_set_size (fresh, 0);
  simulation->n_fresh = 0;
}
