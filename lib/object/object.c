/* object.c: finding objects and their steps, and arithmetic that their rules share. */
#include "object/object-private.h"

#include <string.h>

const OrrObject *
orr_objects_find (const OrrObject *const *objects, const char *name)
{
  for (; *objects; objects++)
    if (strcmp ((*objects)->entry.name, name) == 0)
      return *objects;
  return NULL;
}

gboolean
orr_object_has_step (const OrrObject *object, OrrStepKind kind)
{
  for (const OrrStepKind *step = object->steps; *step != ORR_STEP_NONE; step++)
    if (*step == kind)
      return TRUE;
  return FALSE;
}

gboolean
orr_value_add (OrrValue a, OrrValue b, OrrValue *ret_sum)
{
  if (a == ORR_NIL)
    a = orr_value_int (0);
  if (!orr_value_is_int (a) || !orr_value_is_int (b))
    return FALSE;
  /* Values have 63 bits, so that the sum of two fits into 64. */
  gint64 sum = orr_value_to_int (a) + orr_value_to_int (b);
  if (sum < ORR_VALUE_INT_MIN || sum > ORR_VALUE_INT_MAX)
    return FALSE;
  *ret_sum = orr_value_int (sum);
  return TRUE;
}
