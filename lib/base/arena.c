/* arena.c: blocks, from which memory is cut front to back.
 *
 * Blocks double in size up to a limit, so that a small scenario costs one small block and a large trace few
 * large ones. What is larger than a quarter of a block gets a block of its own, and the one being filled
 * stays in use. */
#include "base/arena.h"

#include <string.h>

#define ALIGNMENT 16
#define BLOCK_MIN 4096
#define BLOCK_MAX (1024 * 1024)

typedef struct Block Block;
struct Block
{
  Block *next;
  gsize size, used; /* of what follows the header */
};

typedef struct Owned Owned;
struct Owned
{
  Owned *next;
  gpointer data;
  GDestroyNotify free_function;
};

struct OrrArena
{
  Block *blocks; /* the first one is being filled */
  Owned *owned;  /* latest first */
};

#define HEADER ((sizeof (Block) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT)

static char *
block_start (Block *block)
{
  return (char *) block + HEADER;
}

static Block *
block_new (gsize size)
{
  Block *block = g_malloc0 (HEADER + size);
  block->size = size;
  return block;
}

OrrArena *
orr_arena_new (void)
{
  OrrArena *arena = g_new0 (OrrArena, 1);
  arena->blocks = block_new (BLOCK_MIN - HEADER);
  return arena;
}

void
orr_arena_free (OrrArena *arena)
{
  if (!arena)
    return;
  for (Owned *owned = arena->owned; owned; owned = owned->next)
    owned->free_function (owned->data);
  for (Block *block = arena->blocks, *next; block; block = next)
    {
      next = block->next;
      g_free (block);
    }
  g_free (arena);
}

/* A block of its own for something large, behind the one that is being filled. */
static gpointer
alloc_large (OrrArena *arena, gsize size)
{
  Block *block = block_new (size);
  block->used = size;
  block->next = arena->blocks->next;
  arena->blocks->next = block;
  return block_start (block);
}

gpointer
orr_arena_alloc (OrrArena *arena, gsize size)
{
  g_assert (size <= G_MAXSIZE / 2);
  size = MAX (ALIGNMENT, (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);

  Block *block = arena->blocks;
  if (size > block->size - block->used)
    {
      gsize next_size = MIN (2 * (block->size + HEADER), BLOCK_MAX) - HEADER;
      if (size > next_size / 4)
        return alloc_large (arena, size);
      block = block_new (next_size);
      block->next = arena->blocks;
      arena->blocks = block;
    }
  gpointer memory = block_start (block) + block->used;
  block->used += size;
  return memory;
}

gpointer
orr_arena_copy (OrrArena *arena, gconstpointer data, gsize size)
{
  gpointer copy = orr_arena_alloc (arena, size);
  if (size > 0)
    memcpy (copy, data, size);
  return copy;
}

char *
orr_arena_strdup (OrrArena *arena, const char *text)
{
  return text ? orr_arena_copy (arena, text, strlen (text) + 1) : NULL;
}

void
orr_arena_own (OrrArena *arena, gpointer data, GDestroyNotify free_function)
{
  Owned *owned = orr_arena_new0 (arena, Owned);
  *owned = (Owned){ .next = arena->owned, .data = data, .free_function = free_function };
  arena->owned = owned;
}
