/* stack.c: last in, first out.
 *
 * What was put on last comes off first. Beside the queue it shows how much an order is worth: the same
 * operations, with the same overlaps, can be right for one of the two and wrong for the other. */
#include "object/object-private.h"

static const OrrStepKind steps[] = { ORR_PUSH, ORR_POP, ORR_STEP_NONE };

static OrrRule
stack_apply (OrrTerms *terms, OrrValue state, const OrrStep *step, OrrValue *ret_state, OrrValue *ret_value)
{
  *ret_state = state;
  *ret_value = ORR_NIL;
  switch (step->kind)
    {
    case ORR_PUSH:
      *ret_state = orr_terms_append (terms, state, step->value);
      return ORR_RULE_APPLIED;
    case ORR_POP:
      if (orr_terms_get_length (terms, state) == 0)
        return ORR_RULE_APPLIED;
      *ret_value = orr_terms_get_last (terms, state);
      *ret_state = orr_terms_get_length (terms, state) > 1 ? orr_terms_get_prefix (terms, state) : ORR_NIL;
      return ORR_RULE_APPLIED;
    default:
      g_assert_not_reached ();
    }
}

const OrrObject orr_object_stack = {
  .entry = { .name = "stack",
             .summary = "Stacks: last in, first out",
             .doc = "`push` puts a value on top, `pop` takes the top one off and returns it, `nil` where the "
                    "stack is empty.\n\n"
                    "In a generated load every `push` puts a value of its own." },
  .steps = steps,
  .generate = orr_generate_plain,
  .apply = stack_apply,
};
