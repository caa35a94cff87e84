/* test-pool.c: pieces keep what they say and keep apart, and those that are given back are taken again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/draw.h"
#include "base/pool.h"

#include <string.h>

#define PIECES  300
#define CHANGES 20000

typedef struct
{
  guint8 *memory;
  gsize size;
  guint8 sign;
} Piece;

static void
check (const Piece *piece)
{
  for (gsize i = 0; i < piece->size; i++)
    assert_int_equal (piece->memory[i], piece->sign);
}

static void
pieces_keep_apart (void **state G_GNUC_UNUSED)
{
  OrrPool pool = { 0 };
  Piece pieces[PIECES] = { 0 };
  OrrDraw draw = orr_draw_key (1, "pool");
  for (guint i = 0; i < CHANGES; i++)
    {
      Piece *piece = &pieces[orr_draw_below (orr_draw_fold (draw, i), PIECES)];
      if (piece->memory)
        {
          check (piece);
          orr_pool_free (&pool, piece->memory, piece->size);
        }
      gsize size = 1 + orr_draw_below (orr_draw_fold (draw, CHANGES + i), 2 * ORR_POOL_SMALL);
      *piece = (Piece){ orr_pool_alloc (&pool, size), size, (guint8) i };
      assert_int_equal ((guintptr) piece->memory % ORR_POOL_UNIT, 0);
      memset (piece->memory, piece->sign, size);
    }
  for (guint i = 0; i < PIECES; i++)
    if (pieces[i].memory)
      {
        check (&pieces[i]);
        orr_pool_free (&pool, pieces[i].memory, pieces[i].size);
      }
  orr_pool_clear (&pool);
}

static void
what_is_given_back_is_taken_next (void **state G_GNUC_UNUSED)
{
  OrrPool pool = { 0 };
  if (ORR_POOL_IS_PLAIN)
    return; /* under the sanitizers nothing is kept, so that they see what is used after it was given back */
  for (gsize size = 1; size <= ORR_POOL_SMALL; size++)
    {
      gpointer first = orr_pool_alloc (&pool, size), second = orr_pool_alloc (&pool, size);
      assert_ptr_not_equal (first, second);
      orr_pool_free (&pool, first, size);
      orr_pool_free (&pool, second, size);
      gsize same = (size + ORR_POOL_UNIT - 1) / ORR_POOL_UNIT * ORR_POOL_UNIT;
      assert_ptr_equal (orr_pool_alloc (&pool, same), second);
      assert_ptr_equal (orr_pool_alloc (&pool, same), first);
    }
  orr_pool_clear (&pool);
  assert_null (pool.blocks);
  memset (orr_pool_alloc (&pool, 1), 1, 1); /* usable again */
  orr_pool_clear (&pool);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (pieces_keep_apart),
    cmocka_unit_test (what_is_given_back_is_taken_next),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
