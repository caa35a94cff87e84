/* map.h: a map in an actor's memory.
 *
 * What a model remembers by key (rows, sessions, requests under way) must vanish with a crash, as all volatile memory does, and must be walked
 * in an order that is the same in every run. So this map cuts its memory from the actor (orr_alloc), and its entries are walked in the order in
 * which they were first put. */
#pragma once

#include "engine/model.h"

G_BEGIN_DECLS

typedef struct
{
  gsize value_size;
  guint32 length;   /* entries that are there */
  guint32 used;     /* places in the order of entries, those of removed ones included */
  guint32 capacity; /* places that there is room for */
  guint64 *keys;
  guint8 *values;   /* capacity × value_size */
  guint8 *present;
  guint32 *table;   /* open addressing: 0 is empty, else place + 1; twice the capacity */
} OrrMap;

/* An empty map of values of `value_size` bytes; zeroed memory with value_size set is one too. */
ORR_PUBLIC void orr_map_init (OrrMap *map, gsize value_size);
ORR_PUBLIC void orr_map_clear (OrrNode *node, OrrMap *map); /* gives the memory back; the map is empty and usable */

/* The value of a key, or NULL. Valid until the next orr_map_put. */
ORR_PUBLIC gpointer orr_map_get (const OrrMap *map, guint64 key);
/* The value of a key, which is made, zeroed, where there is none. */
ORR_PUBLIC gpointer orr_map_put (OrrNode *node, OrrMap *map, guint64 key);
ORR_PUBLIC gboolean orr_map_remove (OrrMap *map, guint64 key);

/* Walks the entries: start with *place = 0; returns FALSE at the end. Entries may be removed meanwhile, but none put. */
ORR_PUBLIC gboolean orr_map_next (const OrrMap *map, guint32 *place, guint64 *ret_key, gpointer *ret_value);

G_END_DECLS
