/* pool.h: small pieces of memory that come and go in one run. Internal.
 *
 * A run makes and drops small things all the time: an entry of a log, an array in a message, what a model
 * remembers of a request. The system's allocator serves threads and pieces of all sizes, and a piece and its
 * return cost it some two hundred instructions; here it is ten. A piece that is given back is the next one of
 * its size to be taken, still warm from its last use. Whoever gives it back says how large it is. Small
 * pieces need not be given back one by one: they go with the pool; those larger than ORR_POOL_SMALL must be.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define ORR_POOL_UNIT  16 /* bytes: sizes are rounded up to multiples of it */
#define ORR_POOL_SMALL 512

typedef struct OrrPoolPiece OrrPoolPiece;
typedef struct OrrPoolBlock OrrPoolBlock;

/* Zeroed memory is an empty pool. */
typedef struct
{
  OrrPoolPiece *free[ORR_POOL_SMALL / ORR_POOL_UNIT]; /* by size: those that were given back */
  char *next, *end;                                   /* of the newest block: what was never taken */
  OrrPoolBlock *blocks;
} OrrPool;

struct OrrPoolPiece
{
  OrrPoolPiece *next;
};

void orr_pool_clear (OrrPool *pool); /* frees all small pieces; the pool is empty and usable */
gpointer orr_pool_alloc_slowly (OrrPool *pool, gsize size);

/* A sanitizer is to see each piece for itself. */
#if defined(__SANITIZE_ADDRESS__)
#  define ORR_POOL_IS_PLAIN 1
#elif defined(__has_feature)
#  if __has_feature(address_sanitizer)
#    define ORR_POOL_IS_PLAIN 1
#  endif
#endif
#ifndef ORR_POOL_IS_PLAIN
#  define ORR_POOL_IS_PLAIN 0
#endif

/* Aligned for any type, not zeroed; size > 0. */
static inline gpointer
orr_pool_alloc (OrrPool *pool, gsize size)
{
  if (ORR_POOL_IS_PLAIN || G_UNLIKELY (size > ORR_POOL_SMALL))
    return g_malloc (size);
  OrrPoolPiece **first = &pool->free[(size - 1) / ORR_POOL_UNIT], *piece = *first;
  if (G_UNLIKELY (!piece))
    return orr_pool_alloc_slowly (pool, size);
  *first = piece->next;
  return piece;
}

/* Gives back a piece that was taken as so large. */
static inline void
orr_pool_free (OrrPool *pool, gpointer memory, gsize size)
{
  if (ORR_POOL_IS_PLAIN || G_UNLIKELY (size > ORR_POOL_SMALL))
    {
      g_free (memory);
      return;
    }
  OrrPoolPiece *piece = memory;
  piece->next = pool->free[(size - 1) / ORR_POOL_UNIT];
  pool->free[(size - 1) / ORR_POOL_UNIT] = piece;
}

G_END_DECLS
