/* test-engine-slab.c: payloads keep what they say, stay where they are, and give their room back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/draw.h"
#include "engine/slab.h"

#include <string.h>

#define PIECES 5000

typedef struct
{
  guint32 slot;
  gsize size;
  guint8 *memory;
  guint8 sign;
} Piece;

static gsize
draw_size (OrrDraw draw)
{
  static const gsize most[] = { 16, 100, 256, 300, 5000, ORR_SLAB_CHUNK_SIZE, 3 * ORR_SLAB_CHUNK_SIZE };
  return orr_draw_below (orr_draw_fold (draw, 1), most[orr_draw_below (draw, G_N_ELEMENTS (most))] + 1);
}

static void
check (const OrrSlab *slab, const Piece *piece)
{
  assert_ptr_equal (orr_slab_get (slab, piece->slot), piece->memory);
  for (gsize i = 0; i < piece->size; i++)
    assert_int_equal (piece->memory[i], piece->sign);
}

static void
pieces_keep_apart (void **state G_GNUC_UNUSED)
{
  g_autoptr (OrrSlab) slab = orr_slab_new ();
  g_autofree Piece *pieces = g_new0 (Piece, PIECES / 10);
  OrrDraw draw = orr_draw_key (1, "slab");
  for (guint i = 0; i < PIECES; i++)
    {
      Piece *piece = &pieces[orr_draw_below (orr_draw_fold (draw, i), PIECES / 10)];
      if (piece->memory)
        {
          check (slab, piece);
          orr_slab_release (slab, piece->slot);
        }
      gsize size = draw_size (orr_draw_fold (draw, PIECES + i));
      guint32 slot = orr_slab_alloc (slab, size);
      *piece = (Piece){ slot, size, orr_slab_get (slab, slot), (guint8) i };
      assert_int_equal ((guintptr) piece->memory % ORR_SLAB_UNIT, 0);
      memset (piece->memory, piece->sign, size);
    }
  for (guint i = 0; i < PIECES / 10; i++)
    if (pieces[i].memory)
      check (slab, &pieces[i]);
}

static void
room_is_used_again (void **state G_GNUC_UNUSED)
{
  g_autoptr (OrrSlab) slab = orr_slab_new ();
  for (gsize size = 0; size <= 4 * ORR_SLAB_CHUNK_SIZE; size = 2 * size + 1)
    {
      guint32 slot = orr_slab_alloc (slab, size);
      orr_slab_release (slab, slot);
      gsize bytes = orr_slab_bytes (slab);
      for (guint i = 0; i < 100000; i++)
        {
          assert_int_equal (orr_slab_alloc (slab, size), slot);
          orr_slab_release (slab, slot);
        }
      assert_int_equal (orr_slab_bytes (slab), bytes);
    }
}

static void
a_million_messages_take_little_more_than_themselves (void **state G_GNUC_UNUSED)
{
  g_autoptr (OrrSlab) slab = orr_slab_new ();
  for (guint i = 0; i < 1000000; i++)
    orr_slab_alloc (slab, 64);
  assert_true (orr_slab_bytes (slab) < 75 * 1000000);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (pieces_keep_apart),
    cmocka_unit_test (room_is_used_again),
    cmocka_unit_test (a_million_messages_take_little_more_than_themselves),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
