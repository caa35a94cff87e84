/* reduce.c: making a witness small.
 *
 * Delta debugging (Zeller & Hildebrandt 2002): leave out large parts first, then ever smaller ones, as long
 * as what is left still shows the violation; at last one element at a time, until none can go. What remains
 * is 1-minimal. A check says what "still shows" means, so the same walk serves all of them: operations for
 * linearizability, transactions for a cycle, facts for an invariant. */
#include "check/check-private.h"

#include <string.h>

typedef struct
{
  guint *kept, *attempt;
  guint n;
  OrrReduceTest test;
  gpointer data;
  guint tests_left;
} Reduction;

/* Leaves out what stands from `first` to before `end`, if the rest still shows it. */
static gboolean
leave_out (Reduction *reduction, guint first, guint end)
{
  guint rest = reduction->n - (end - first);
  if (reduction->tests_left == 0)
    return FALSE;
  reduction->tests_left--;
  memcpy (reduction->attempt, reduction->kept, first * sizeof (guint));
  memcpy (reduction->attempt + first, reduction->kept + end, (reduction->n - end) * sizeof (guint));
  if (!reduction->test (reduction->attempt, rest, reduction->data))
    return FALSE;
  memcpy (reduction->kept, reduction->attempt, rest * sizeof (guint));
  reduction->n = rest;
  return TRUE;
}

/* One walk over all parts of a size, last ones first: the end of a history is seldom what it takes. */
static gboolean
walk (Reduction *reduction, guint size)
{
  gboolean any = FALSE;
  guint end = reduction->n;
  while (end > 0)
    {
      guint first = end > size ? end - size : 0;
      any |= leave_out (reduction, first, end);
      end = first;
    }
  return any;
}

gboolean
orr_reduce (guint *elements, guint *n, OrrReduceTest test, gpointer data, guint tests_max)
{
  g_autofree guint *attempt = g_new (guint, MAX (*n, 1));
  Reduction reduction = { elements, attempt, *n, test, data, tests_max };
  for (guint size = (*n + 1) / 2; size > 1; size = MIN (size - 1, (size + 1) / 2))
    walk (&reduction, size);
  while (walk (&reduction, 1))
    ;
  *n = reduction.n;
  return reduction.tests_left > 0;
}
