/* map.c: open addressing over an array of entries in the order of their first put (the layout of Python's
 * dict since 3.6).
 *
 * The table holds only places in that array, so that it is small and a walk never looks at it. */
#include "engine/map.h"

#include <string.h>

#include "base/draw.h"

#define CAPACITY_MIN 8

void
orr_map_init (OrrMap *map, gsize value_size)
{
  *map = (OrrMap){ .value_size = value_size };
}

void
orr_map_clear (OrrNode *node, OrrMap *map)
{
  orr_free (node, map->keys);
  orr_free (node, map->values);
  orr_free (node, map->present);
  orr_free (node, map->table);
  orr_map_init (map, map->value_size);
}

/* The slot of the table that holds `key`, or the empty one where it would go. */
static guint32
find_slot (const OrrMap *map, guint64 key)
{
  guint32 mask = 2 * map->capacity - 1;
  guint32 slot = (guint32) orr_mix (key, 0) & mask;
  while (map->table[slot] != 0)
    {
      guint32 place = map->table[slot] - 1;
      if (map->keys[place] == key && map->present[place])
        break;
      slot = (slot + 1) & mask;
    }
  return slot;
}

gpointer
orr_map_get (const OrrMap *map, guint64 key)
{
  if (map->length == 0)
    return NULL;
  guint32 entry = map->table[find_slot (map, key)];
  return entry ? map->values + (entry - 1) * map->value_size : NULL;
}

/* Copies what is present into new memory with room for as much again, which also sweeps out removed entries.
 */
static void
rebuild (OrrNode *node, OrrMap *map)
{
  OrrMap old = *map;
  guint32 capacity = CAPACITY_MIN;
  while (capacity < 2 * old.length)
    capacity *= 2;

  orr_map_init (map, old.value_size);
  map->capacity = capacity;
  map->keys = orr_alloc (node, capacity * sizeof *map->keys);
  map->values = orr_alloc (node, capacity * MAX (old.value_size, 1));
  map->present = orr_alloc (node, capacity);
  map->table = orr_alloc (node, 2 * capacity * sizeof *map->table);
  for (guint32 place = 0; place < old.used; place++)
    if (old.present[place])
      memcpy (orr_map_put (node, map, old.keys[place]), old.values + place * old.value_size, old.value_size);
  orr_map_clear (node, &old);
}

gpointer
orr_map_put (OrrNode *node, OrrMap *map, guint64 key)
{
  gpointer value = orr_map_get (map, key);
  if (value)
    return value;
  if (map->used == map->capacity)
    rebuild (node, map);

  guint32 place = map->used++;
  map->length++;
  map->keys[place] = key;
  map->present[place] = TRUE;
  map->table[find_slot (map, key)] = place + 1;
  return memset (map->values + place * map->value_size, 0, map->value_size);
}

gboolean
orr_map_remove (OrrMap *map, guint64 key)
{
  if (map->length == 0)
    return FALSE;
  guint32 entry = map->table[find_slot (map, key)];
  if (!entry)
    return FALSE;
  /* The table keeps the place, so that what was pushed past it is still found; the next rebuild sweeps it
   * out. */
  map->present[entry - 1] = FALSE;
  map->length--;
  return TRUE;
}

gboolean
orr_map_next (const OrrMap *map, guint32 *place, guint64 *ret_key, gpointer *ret_value)
{
  for (; *place < map->used; ++*place)
    if (map->present[*place])
      {
        *ret_key = map->keys[*place];
        *ret_value = map->values + *place * map->value_size;
        ++*place;
        return TRUE;
      }
  return FALSE;
}
