/* register.c: a place that holds one value.
 *
 * The simplest object, and the one that most of the theory is about: a read returns what was written last.
 * Everything that a replicated store can do wrong shows on it already, since all the rest is only larger
 * values. */
#include "object/object-private.h"

static const OrrStepKind steps[] = { ORR_READ, ORR_WRITE, ORR_CAS, ORR_BULK_WRITE, ORR_STEP_NONE };

static OrrRule
register_apply (OrrTerms *terms G_GNUC_UNUSED, OrrValue state, const OrrStep *step, OrrValue *ret_state,
                OrrValue *ret_value)
{
  *ret_state = state;
  *ret_value = ORR_NIL;
  switch (step->kind)
    {
    case ORR_READ:
      *ret_value = state;
      return ORR_RULE_APPLIED;
    case ORR_CAS:
      if (state != step->expected)
        return ORR_RULE_REFUSED;
      G_GNUC_FALLTHROUGH;
    case ORR_WRITE:
      *ret_state = step->value;
      return ORR_RULE_APPLIED;
    case ORR_BULK_WRITE:
      return ORR_RULE_APPLIED;
    default:
      g_assert_not_reached ();
    }
}

const OrrObject orr_object_register = {
  .entry = { .name = "register",
             .summary = "A place that holds one value",
             .doc = "A read returns what was written last, `nil` before the first write. `cas` writes only "
                    "where it finds the "
                    "value that it expects. `bulk-write` writes rows that nobody reads.\n\n"
                    "In a generated load every write writes a value of its own, and a `cas` expects one of "
                    "the latest values.",
             .size = sizeof (OrrBulkSettings),
             .fields = orr_bulk_fields },
  .steps = steps,
  .generate = orr_generate_with_bulk,
  .apply = register_apply,
};
