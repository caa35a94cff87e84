/* slab.h: payloads of pending events. Internal to the engine.
 *
 * An event is small and moves about in the queue; what a message says is larger and should not. So it lies in a
 * slab and the event names it by a slot: a number of 32 bits. Memory is cut into chunks of equal size, each chunk into
 * pieces of one size. A slot is a chunk's number and a place in it, so that it is found by one look into the table of
 * chunks, whatever its size; and what is freed is what is taken next, still warm from its last use. Memory does not
 * move while a callback looks at it. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define ORR_NO_SLOT G_MAXUINT32

#define ORR_SLAB_UNIT       16                                         /* bytes: sizes and places are multiples of it */
#define ORR_SLAB_PLACE_BITS 12                                         /* of a slot; the others are the chunk's number */
#define ORR_SLAB_CHUNK_SIZE (ORR_SLAB_UNIT << ORR_SLAB_PLACE_BITS)     /* bytes */
#define ORR_SLAB_FINE       (16 * ORR_SLAB_UNIT)                       /* up to here a size class for each multiple of the unit; */
#define ORR_SLAB_CLASSES    (16 + 8 + 1)                               /* then one for each power of two; the last: a chunk of its own */

/* The pieces of one size that are free: a chain through them, and those of the newest chunk that were never used. */
typedef struct
{
  guint32 free, fresh, fresh_end;
  guint32 units; /* a piece's size */
} OrrSlabClass;

typedef struct OrrSlabBlock OrrSlabBlock;

typedef struct
{
  char **chunks;         /* by number */
  guint8 *class_of;      /* by number */
  guint32 n_chunks, capacity;
  OrrSlabClass classes[ORR_SLAB_CLASSES];
  GArray *free_numbers;  /* of large chunks that were given back */
  OrrSlabBlock *blocks;  /* what chunks are cut from */
  char *next, *end;      /* of the newest block */
  gsize bytes;
} OrrSlab;

OrrSlab *orr_slab_new (void);
void orr_slab_free (OrrSlab *slab); /* accepts NULL */
gsize orr_slab_bytes (const OrrSlab *slab);
guint32 orr_slab_alloc_slowly (OrrSlab *slab, guint class, gsize size);
void orr_slab_release_large (OrrSlab *slab, guint32 slot);

static inline gpointer
orr_slab_get (const OrrSlab *slab, guint32 slot)
{
  return slab->chunks[slot >> ORR_SLAB_PLACE_BITS]
         + (gsize) (slot & ((1 << ORR_SLAB_PLACE_BITS) - 1)) * ORR_SLAB_UNIT;
}

static inline guint
orr_slab_class (gsize size)
{
  if (G_LIKELY (size <= ORR_SLAB_FINE))
    return size == 0 ? 0 : (guint) (size - 1) / ORR_SLAB_UNIT;
  if (size > ORR_SLAB_CHUNK_SIZE)
    return ORR_SLAB_CLASSES - 1;
  return 16 + (63 - __builtin_clzll (size - 1)) - 8;
}

/* A piece of at least `size` bytes, whose class is known; not zeroed. */
static inline guint32
orr_slab_take (OrrSlab *slab, guint class, gsize size)
{
  OrrSlabClass *pieces = &slab->classes[class];
  guint32 slot = pieces->free;
  if (G_UNLIKELY (slot == ORR_NO_SLOT))
    return orr_slab_alloc_slowly (slab, class, size);
  pieces->free = *(guint32 *) orr_slab_get (slab, slot);
  return slot;
}

/* Gives back a piece whose class and memory are known. */
static inline void
orr_slab_give (OrrSlab *slab, guint class, guint32 slot, gpointer memory)
{
  if (G_UNLIKELY (class == ORR_SLAB_CLASSES - 1))
    {
      orr_slab_release_large (slab, slot);
      return;
    }
  *(guint32 *) memory = slab->classes[class].free;
  slab->classes[class].free = slot;
}

static inline guint32
orr_slab_alloc (OrrSlab *slab, gsize size)
{
  return orr_slab_take (slab, orr_slab_class (size), size);
}

static inline void
orr_slab_release (OrrSlab *slab, guint32 slot)
{
  orr_slab_give (slab, slab->class_of[slot >> ORR_SLAB_PLACE_BITS], slot, orr_slab_get (slab, slot));
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OrrSlab, orr_slab_free)

G_END_DECLS
