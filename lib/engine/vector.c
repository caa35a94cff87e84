/* vector.c: vectors in a node's memory. */
#include "engine/vector.h"

OrrVector
orr_vector_incremented (OrrNode *node, OrrVector vector, OrrAddress whose)
{
  g_autofree OrrDot *dots = g_new (OrrDot, vector.length + 1);
  guint32 n = orr_vector_increment (vector, whose, dots);
  return orr_array (node, n, sizeof *dots, dots);
}

OrrVector
orr_vector_merged (OrrNode *node, OrrVector a, OrrVector b)
{
  g_autofree OrrDot *dots = g_new (OrrDot, a.length + b.length + 1);
  guint32 n = orr_vector_merge (a, b, dots);
  return orr_array (node, n, sizeof *dots, dots);
}

void
orr_vector_keep (OrrNode *node, OrrVector *place, OrrVector vector)
{
  orr_array_ref (node, vector);
  orr_array_unref (node, *place);
  *place = vector;
}
