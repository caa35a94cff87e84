/* pool.c: where a pool's memory comes from.
 *
 * Pieces are cut from blocks front to back; blocks double in size up to a limit, so that a short run costs
 * little. The rest of a block that is too small for the next piece is lost: less than one piece a block. */
#include "base/pool.h"

#define BLOCK_MIN 2048
#define BLOCK_MAX (256 * 1024)

struct OrrPoolBlock
{
  OrrPoolBlock *next;
  gsize size;
};

G_STATIC_ASSERT (sizeof (OrrPoolBlock) == ORR_POOL_UNIT);

gpointer
orr_pool_alloc_slowly (OrrPool *pool, gsize size)
{
  gsize rounded = (size + ORR_POOL_UNIT - 1) / ORR_POOL_UNIT * ORR_POOL_UNIT;
  if ((gsize) (pool->end - pool->next) < rounded)
    {
      gsize block_size = pool->blocks ? MIN (2 * pool->blocks->size, BLOCK_MAX) : BLOCK_MIN;
      OrrPoolBlock *block = g_malloc (block_size);
      *block = (OrrPoolBlock){ pool->blocks, block_size };
      pool->blocks = block;
      pool->next = (char *) (block + 1);
      pool->end = (char *) block + block_size;
    }
  gpointer piece = pool->next;
  pool->next += rounded;
  return piece;
}

void
orr_pool_clear (OrrPool *pool)
{
  for (OrrPoolBlock *block = pool->blocks; block;)
    {
      OrrPoolBlock *next = block->next;
      g_free (block);
      block = next;
    }
  *pool = (OrrPool){ 0 };
}
