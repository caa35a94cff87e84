/* queue.c: first in, first out.
 *
 * The classic of concurrent objects (Herlihy & Wing 1990, section 1): what went in first comes out first. A
 * replicated queue that answers from two places at once hands the same value to two clients, or to none. */
#include "object/object-private.h"

static const OrrStepKind steps[] = { ORR_ENQUEUE, ORR_DEQUEUE, ORR_STEP_NONE };

/* The list without its first value, which is returned; nil where nothing is left. */
static OrrValue
take_first (OrrTerms *terms, OrrValue list, OrrValue *ret_rest)
{
  guint n = orr_terms_get_length (terms, list);
  if (n == 0)
    {
      *ret_rest = ORR_NIL;
      return ORR_NIL;
    }
  g_autofree OrrValue *values = g_new (OrrValue, n);
  orr_terms_get_values (terms, list, values);
  *ret_rest = n > 1 ? orr_terms_list (terms, n - 1, values + 1) : ORR_NIL;
  return values[0];
}

static OrrRule
queue_apply (OrrTerms *terms, OrrValue state, const OrrStep *step, OrrValue *ret_state, OrrValue *ret_value)
{
  *ret_state = state;
  *ret_value = ORR_NIL;
  switch (step->kind)
    {
    case ORR_ENQUEUE:
      *ret_state = orr_terms_append (terms, state, step->value);
      return ORR_RULE_APPLIED;
    case ORR_DEQUEUE:
      *ret_value = take_first (terms, state, ret_state);
      return ORR_RULE_APPLIED;
    default:
      g_assert_not_reached ();
    }
}

const OrrObject orr_object_queue = {
  .entry = { .name = "queue",
             .summary = "Queues: first in, first out",
             .doc = "`enqueue` puts a value at the end, `dequeue` takes the first one out and returns it, "
                    "`nil` where the queue is empty.\n\n"
                    "In a generated load every `enqueue` puts a value of its own." },
  .steps = steps,
  .generate = orr_generate_plain,
  .apply = queue_apply,
};
