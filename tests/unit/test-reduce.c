/* test-reduce.c: what is left of a witness is needed, all of it. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "check/check-private.h"

/* A violation takes all of `needed`, or else any two of `pairs`. */
typedef struct
{
  guint64 needed, pairs;
  guint tests;
} Puzzle;

static gboolean
shows (const guint *elements, guint n, gpointer data)
{
  Puzzle *puzzle = data;
  guint64 set = 0;
  puzzle->tests++;
  for (guint i = 0; i < n; i++)
    {
      assert_true (i == 0 || elements[i - 1] < elements[i]);
      set |= G_GUINT64_CONSTANT (1) << elements[i];
    }
  if (puzzle->needed && (set & puzzle->needed) == puzzle->needed)
    return TRUE;
  guint64 two = set & puzzle->pairs;
  return (two & (two - 1)) != 0;
}

static void
check_puzzle (Puzzle puzzle, guint n_expected)
{
  guint elements[60], n = G_N_ELEMENTS (elements);
  for (guint i = 0; i < n; i++)
    elements[i] = i;
  assert_true (orr_reduce (elements, &n, shows, &puzzle, 10000));
  assert_int_equal (n, n_expected);
  assert_true (shows (elements, n, &puzzle));
  for (guint without = 0; without < n; without++)
    {
      guint rest[60], n_rest = 0;
      for (guint i = 0; i < n; i++)
        if (i != without)
          rest[n_rest++] = elements[i];
      assert_false (shows (rest, n_rest, &puzzle));
    }
}

static void
test_minimal (void **state G_GNUC_UNUSED)
{
  check_puzzle ((Puzzle){ .needed = 1 }, 1);
  check_puzzle ((Puzzle){ .needed = G_GUINT64_CONSTANT (1) << 59 }, 1);
  check_puzzle ((Puzzle){ .needed = 0x8000100100003 }, 5);
  check_puzzle ((Puzzle){ .pairs = 0xffff0000 }, 2);
  check_puzzle ((Puzzle){ .needed = 0xffffff, .pairs = 0xf00000000 }, 24); /* 1-minimal, not the smallest */
  check_puzzle ((Puzzle){ .needed = (G_GUINT64_CONSTANT (1) << 60) - 1 }, 60);
}

/* With too few tests the answer says so, and what is left still shows it. */
static void
test_bound (void **state G_GNUC_UNUSED)
{
  guint elements[60], n = G_N_ELEMENTS (elements);
  for (guint i = 0; i < n; i++)
    elements[i] = i;
  Puzzle puzzle = { .needed = 0x8000100100003 };
  assert_false (orr_reduce (elements, &n, shows, &puzzle, 5));
  assert_int_equal (puzzle.tests, 5);
  assert_true (shows (elements, n, &puzzle));
}

int
main (void)
{
  const struct CMUnitTest tests[] = { cmocka_unit_test (test_minimal), cmocka_unit_test (test_bound) };
  return cmocka_run_group_tests_name ("reduce", tests, NULL, NULL);
}
