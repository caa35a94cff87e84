/* list-append.c: lists that only grow at their end.
 *
 * A read of such a list tells the whole order of the appends before it, so that from reads alone the order of
 * all writes of a key can be had. That is why Elle (Kingsbury & Alvaro 2020, section 3) prefers it to
 * registers. */
#include "object/object-private.h"

static const OrrStepKind steps[] = { ORR_READ, ORR_APPEND, ORR_STEP_NONE };

static OrrRule
list_apply (OrrTerms *terms, OrrValue state, const OrrStep *step, OrrValue *ret_state, OrrValue *ret_value)
{
  *ret_state = state;
  *ret_value = ORR_NIL;
  switch (step->kind)
    {
    case ORR_READ:
      *ret_value = state;
      return ORR_RULE_APPLIED;
    case ORR_APPEND:
      *ret_state = orr_terms_append (terms, state, step->value);
      return ORR_RULE_APPLIED;
    default:
      g_assert_not_reached ();
    }
}

const OrrObject orr_object_list_append = {
  .entry = { .name = "list-append",
             .summary = "Lists that grow at their end",
             .doc = "A read returns the whole list, `nil` before the first append. Since a list shows the "
                    "order of its appends, checks "
                    "need no knowledge of the system to order them (Kingsbury & Alvaro 2020)." },
  .steps = steps,
  .generate = orr_generate_plain,
  .apply = list_apply,
};
