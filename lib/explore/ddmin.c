/* ddmin.c: delta debugging. */
#include "explore/ddmin.h"

#include <string.h>

#define ALONE_MAX 4 /* chunks, of which each is tried alone */

typedef struct
{
  OrrDdminTest test;
  gpointer data;
  gboolean *kept;
  gboolean *tried; /* scratch */
  guint n;
  GArray *left; /* guint: the elements that are there, in order */
} Search;

static guint
element (const Search *search, guint i)
{
  return g_array_index (search->left, guint, i);
}

/* Looks at those that are there with the chunk from `first` to before `end` alone, or without it; where that
 * succeeds, it is so from now on. */
static gboolean
try_chunk (Search *search, guint first, guint end, gboolean alone)
{
  for (guint i = 0; i < search->left->len; i++)
    search->tried[element (search, i)] = (i >= first && i < end) == alone;
  if (!search->test (search->data, search->tried))
    return FALSE;
  memcpy (search->kept, search->tried, search->n * sizeof *search->kept);
  if (alone)
    {
      g_array_set_size (search->left, end);
      if (first > 0)
        g_array_remove_range (search->left, 0, first);
    }
  else
    g_array_remove_range (search->left, first, end - first);
  return TRUE;
}

/* Halves, then quarters, each alone; as long as that succeeds. */
static void
keep_chunks (Search *search)
{
  for (guint parts = 2; parts <= ALONE_MAX && search->left->len >= parts; parts *= 2)
    for (guint part = 0; part < parts; part++)
      {
        guint n = search->left->len;
        if (try_chunk (search, part * n / parts, (part + 1) * n / parts, TRUE))
          {
            parts = 1; /* from halves again */
            break;
          }
      }
}

/* A pass that leaves chunks of such a length out, from the end, since what comes late has caused less. */
static void
drop_chunks (Search *search, guint length)
{
  guint end = search->left->len;
  while (end > 0)
    {
      guint first = end > length ? end - length : 0;
      try_chunk (search, first, end, FALSE);
      end = first;
    }
}

/* Single elements, round and round, until each that is there was tried in vain since the last that went. */
static void
drop_singles (Search *search)
{
  guint in_vain = 0, next = search->left->len;
  while (in_vain < search->left->len)
    {
      if (next == 0)
        next = search->left->len;
      next--;
      in_vain = try_chunk (search, next, next + 1, FALSE) ? 0 : in_vain + 1;
    }
}

gboolean
orr_ddmin (guint n, gboolean *kept, OrrDdminTest test, gpointer data)
{
  Search search = { .test = test, .data = data, .kept = kept, .n = n };
  search.left = g_array_new (FALSE, FALSE, sizeof (guint));
  search.tried = g_new0 (gboolean, n);
  for (guint i = 0; i < n; i++)
    if (kept[i])
      g_array_append_val (search.left, i);
  guint before = search.left->len;
  if (before > 0 && !try_chunk (&search, 0, before, FALSE)) /* none is needed */
    {
      keep_chunks (&search);
      for (guint length = search.left->len / 2; length > 1; length /= 2)
        drop_chunks (&search, length);
      drop_singles (&search);
    }
  gboolean any = search.left->len < before;
  g_array_unref (search.left);
  g_free (search.tried);
  return any;
}
