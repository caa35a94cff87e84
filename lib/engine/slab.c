/* slab.c: where the slab's memory comes from.
 *
 * All that happens once a chunk, not once an event. Chunks are cut from blocks that grow with what is held;
 * a large block is aligned so that the system can map it by huge pages, which spares most misses of the
 * address cache when a million messages are pending. */
#include "engine/slab.h"

#ifdef __linux__
#  include <sys/mman.h>
#endif

enum
{
  BLOCK_SIZE_MAX = 8 << 20,
  HUGE_PAGE = 2 << 20,
  LARGE = ORR_SLAB_CLASSES - 1,
};

struct OrrSlabBlock
{
  OrrSlabBlock *next;
  gpointer memory;
};

G_STATIC_ASSERT (ORR_SLAB_FINE << 8 == ORR_SLAB_CHUNK_SIZE);

static void
add_block (OrrSlab *slab)
{
  gsize size = CLAMP (slab->bytes / 2, ORR_SLAB_CHUNK_SIZE, BLOCK_SIZE_MAX);
  gsize unit = size >= HUGE_PAGE ? HUGE_PAGE : ORR_SLAB_CHUNK_SIZE;
  size -= size % unit;
  OrrSlabBlock *block = g_new (OrrSlabBlock, 1);
  block->memory = g_aligned_alloc (size / unit, unit, unit);
#ifdef MADV_HUGEPAGE
  if (unit == HUGE_PAGE)
    madvise (block->memory, size, MADV_HUGEPAGE);
#endif
  block->next = slab->blocks;
  slab->blocks = block;
  slab->bytes += size;
  slab->next = block->memory;
  slab->end = slab->next + size;
}

/* The number of a chunk that is put into the table. */
static guint32
add_chunk (OrrSlab *slab, char *memory, guint class)
{
  guint32 number = slab->n_chunks;
  if (class == LARGE && slab->free_numbers->len > 0)
    {
      number = g_array_index (slab->free_numbers, guint32, slab->free_numbers->len - 1);
      g_array_set_size (slab->free_numbers, slab->free_numbers->len - 1);
    }
  else if (slab->n_chunks++ == slab->capacity)
    {
      slab->capacity = MAX (64, 2 * slab->capacity);
      slab->chunks = g_renew (char *, slab->chunks, slab->capacity);
      slab->class_of = g_renew (guint8, slab->class_of, slab->capacity);
    }
  if (slab->n_chunks >= ORR_NO_SLOT >> ORR_SLAB_PLACE_BITS)
    g_error ("more than %d GiB of messages are pending", ORR_SLAB_CHUNK_SIZE >> 10 << 2);
  slab->chunks[number] = memory;
  slab->class_of[number] = class;
  return number;
}

static guint32
alloc_large (OrrSlab *slab, gsize size)
{
  slab->bytes += size;
  gsize *memory = g_aligned_alloc (1, ORR_SLAB_UNIT + size, ORR_SLAB_UNIT);
  *memory = size;
  return add_chunk (slab, (char *) memory + ORR_SLAB_UNIT, LARGE) << ORR_SLAB_PLACE_BITS;
}

void
orr_slab_release_large (OrrSlab *slab, guint32 slot)
{
  guint32 number = slot >> ORR_SLAB_PLACE_BITS;
  gsize *memory = (gpointer) (slab->chunks[number] - ORR_SLAB_UNIT);
  slab->bytes -= *memory;
  g_aligned_free (memory);
  slab->chunks[number] = NULL;
  g_array_append_val (slab->free_numbers, number);
}

guint32
orr_slab_alloc_slowly (OrrSlab *slab, guint class, gsize size)
{
  if (class == LARGE)
    return alloc_large (slab, size);

  OrrSlabClass *pieces = &slab->classes[class];
  if (pieces->fresh == pieces->fresh_end)
    {
      if (slab->next == slab->end)
        add_block (slab);
      pieces->fresh = add_chunk (slab, slab->next, class) << ORR_SLAB_PLACE_BITS;
      slab->next += ORR_SLAB_CHUNK_SIZE;
      guint32 n = (1 << ORR_SLAB_PLACE_BITS) / pieces->units;
      pieces->fresh_end = pieces->fresh + n * pieces->units;
    }
  guint32 slot = pieces->fresh;
  pieces->fresh += pieces->units;
  return slot;
}

OrrSlab *
orr_slab_new (void)
{
  OrrSlab *slab = g_new0 (OrrSlab, 1);
  for (guint i = 0; i < LARGE; i++)
    slab->classes[i] = (OrrSlabClass){ .free = ORR_NO_SLOT, .units = i < 16 ? i + 1 : 16u << (i - 15) };
  slab->classes[LARGE].free = ORR_NO_SLOT;
  slab->free_numbers = g_array_new (FALSE, FALSE, sizeof (guint32));
  return slab;
}

void
orr_slab_free (OrrSlab *slab)
{
  if (!slab)
    return;
  for (guint32 i = 0; i < slab->n_chunks; i++)
    if (slab->class_of[i] == LARGE && slab->chunks[i])
      g_aligned_free (slab->chunks[i] - ORR_SLAB_UNIT);
  for (OrrSlabBlock *block = slab->blocks; block;)
    {
      OrrSlabBlock *next = block->next;
      g_aligned_free (block->memory);
      g_free (block);
      block = next;
    }
  g_array_unref (slab->free_numbers);
  g_free (slab->chunks);
  g_free (slab->class_of);
  g_free (slab);
}

gsize
orr_slab_bytes (const OrrSlab *slab)
{
  return slab->bytes + slab->capacity * (sizeof (char *) + 1);
}
