/* test-arena.c: memory comes zeroed and aligned, and goes all at once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"

#include <string.h>

/* Every size from nothing to far beyond a block; each piece is written full, so that an overlap shows in
 * another. */
static void
test_pieces (void **state)
{
  enum
  {
    N = 600
  };
  g_autoptr (OrrArena) arena = orr_arena_new ();
  guchar *pieces[N];
  gsize sizes[N];
  for (guint i = 0; i < N; i++)
    {
      sizes[i] = i % 50 == 49 ? i * 1000 : i;
      pieces[i] = orr_arena_alloc (arena, sizes[i]);
      assert_non_null (pieces[i]);
      assert_int_equal ((guintptr) pieces[i] % 16, 0);
      for (gsize j = 0; j < sizes[i]; j++)
        assert_int_equal (pieces[i][j], 0);
      memset (pieces[i], (gint) (i % 255) + 1, sizes[i]);
    }
  for (guint i = 0; i < N; i++)
    for (gsize j = 0; j < sizes[i]; j++)
      assert_int_equal (pieces[i][j], i % 255 + 1);
}

static void
test_copies (void **state)
{
  g_autoptr (OrrArena) arena = orr_arena_new ();
  char text[] = "alice";
  char *copy = orr_arena_strdup (arena, text);
  char *start = orr_arena_copy (arena, text, 2);
  memset (text, 'x', sizeof text - 1);
  assert_string_equal (copy, "alice");
  assert_memory_equal (start, "al", 2);
  assert_null (orr_arena_strdup (arena, NULL));
  assert_non_null (orr_arena_copy (arena, NULL, 0));
}

typedef struct
{
  GString *order;
  char name;
} Owned;

static void
note (gpointer data)
{
  Owned *owned = data;
  g_string_append_c (owned->order, owned->name);
}

static void
test_owned (void **state)
{
  g_autoptr (GString) order = g_string_new (NULL);
  OrrArena *arena = orr_arena_new ();
  for (char name = 'a'; name <= 'c'; name++)
    {
      Owned *owned = orr_arena_new0 (arena, Owned); /* still there when it is freed */
      *owned = (Owned){ order, name };
      orr_arena_own (arena, owned, note);
    }
  orr_arena_free (arena);
  assert_string_equal (order->str, "cba");
  orr_arena_free (NULL);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_pieces),
    cmocka_unit_test (test_copies),
    cmocka_unit_test (test_owned),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
