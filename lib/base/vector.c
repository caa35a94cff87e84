/* vector.c: vectors and dotted vectors: two sorted lists of counts, walked side by side. */
#include "base/causality.h"

const OrrField orr_dot_fields[] = {
  ORR_FIELD (OrrDot, node, ADDRESS, .required = TRUE, .doc = "whose events are counted"),
  ORR_FIELD (OrrDot, count, NUMBER, .doc = "how many"),
  { 0 },
};

const char *
orr_order_name (OrrOrder order)
{
  static const char *const names[] = { "before", "after", "equal", "concurrent" };
  g_assert ((guint) order < G_N_ELEMENTS (names));
  return names[order];
}

static OrrOrder
order_of (gboolean a_ahead, gboolean b_ahead)
{
  if (a_ahead && b_ahead)
    return ORR_CONCURRENT;
  return a_ahead ? ORR_AFTER : b_ahead ? ORR_BEFORE : ORR_EQUAL;
}

/* The next node that either vector names, with its count in each; FALSE at the end of both. */
static gboolean
next (OrrVector a, OrrVector b, guint32 *i, guint32 *j, OrrDot *ret_a, OrrDot *ret_b)
{
  const OrrDot *left = a.data, *right = b.data;
  if (*i >= a.length && *j >= b.length)
    return FALSE;
  OrrAddress node = *i >= a.length   ? right[*j].node
                    : *j >= b.length ? left[*i].node
                                     : MIN (left[*i].node, right[*j].node);
  *ret_a = *ret_b = (OrrDot){ .node = node };
  if (*i < a.length && left[*i].node == node)
    *ret_a = left[(*i)++];
  if (*j < b.length && right[*j].node == node)
    *ret_b = right[(*j)++];
  return TRUE;
}

guint64
orr_vector_get (OrrVector vector, OrrAddress node)
{
  const OrrDot *dots = vector.data;
  guint32 low = 0, high = vector.length;
  while (low < high)
    {
      guint32 middle = low + (high - low) / 2;
      if (dots[middle].node < node)
        low = middle + 1;
      else
        high = middle;
    }
  return low < vector.length && dots[low].node == node ? dots[low].count : 0;
}

OrrOrder
orr_vector_compare (OrrVector a, OrrVector b)
{
  gboolean a_ahead = FALSE, b_ahead = FALSE;
  guint32 i = 0, j = 0;
  OrrDot left, right;
  while (next (a, b, &i, &j, &left, &right))
    {
      a_ahead |= left.count > right.count;
      b_ahead |= right.count > left.count;
    }
  return order_of (a_ahead, b_ahead);
}

guint32
orr_vector_merge (OrrVector a, OrrVector b, OrrDot *ret_dots)
{
  guint32 i = 0, j = 0, n = 0;
  OrrDot left, right;
  while (next (a, b, &i, &j, &left, &right))
    ret_dots[n++] = left.count > right.count ? left : right;
  return n;
}

guint32
orr_vector_increment (OrrVector vector, OrrAddress node, OrrDot *ret_dots)
{
  OrrDot dot = { .node = node, .count = orr_vector_get (vector, node) + 1 };
  return orr_vector_merge (vector, (OrrVector){ .data = &dot, .length = 1 }, ret_dots);
}

/* --- Dotted --- */

OrrOrder
orr_dotted_compare (const OrrDottedVector *a, const OrrDottedVector *b)
{
  if (a->dot.node == b->dot.node && a->dot.count == b->dot.count)
    return ORR_EQUAL;
  gboolean a_seen = orr_vector_covers (b->past, a->dot), b_seen = orr_vector_covers (a->past, b->dot);
  g_assert (!(a_seen && b_seen)); /* nobody sees what comes after */
  return a_seen ? ORR_BEFORE : b_seen ? ORR_AFTER : ORR_CONCURRENT;
}

guint32
orr_dotted_seen (const OrrDottedVector *dotted, OrrDot *ret_dots)
{
  return orr_vector_merge (dotted->past, (OrrVector){ .data = &dotted->dot, .length = 1 }, ret_dots);
}
