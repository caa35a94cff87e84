/* counter.c: numbers that are added to.
 *
 * Increments commute, so that replicas may apply them in any order and still agree. That is what makes a
 * counter the first of the conflict-free types, and losing an increment the first thing that last-write-wins
 * does to it. */
#include "object/object-private.h"

typedef struct
{
  gint64 amount;
} CounterSettings;

static const OrrField fields[] = {
  ORR_FIELD (CounterSettings, amount, INT, .initial = "1", .least = 1, .most = 1000000000,
             .doc = "generated increments are drawn from 1 to this"),
  { 0 },
};

static const OrrStepKind steps[] = { ORR_READ, ORR_INCREMENT, ORR_STEP_NONE };

static gboolean
counter_preload (gconstpointer settings G_GNUC_UNUSED, OrrTerms *terms G_GNUC_UNUSED,
                 OrrKey key G_GNUC_UNUSED, OrrValue *ret_state)
{
  *ret_state = orr_value_int (0);
  return FALSE;
}

static void
counter_generate (OrrGenerator *generator, OrrStepKind kind, GArray *array)
{
  const CounterSettings *settings = generator->settings;
  OrrKey key = orr_generator_key (generator);
  OrrValue value = ORR_NIL;
  if (kind == ORR_INCREMENT)
    value = orr_value_int (orr_generator_amount (generator, settings->amount));
  orr_generate_step (array, kind, key, value, ORR_NIL);
}

static OrrRule
counter_apply (OrrTerms *terms G_GNUC_UNUSED, OrrValue state, const OrrStep *step, OrrValue *ret_state,
               OrrValue *ret_value)
{
  *ret_state = state;
  *ret_value = ORR_NIL;
  switch (step->kind)
    {
    case ORR_READ:
      *ret_value = state == ORR_NIL ? orr_value_int (0) : state;
      return ORR_RULE_APPLIED;
    case ORR_INCREMENT:
      return orr_value_add (state, step->value, ret_state) ? ORR_RULE_APPLIED : ORR_RULE_REFUSED;
    default:
      g_assert_not_reached ();
    }
}

const OrrObject orr_object_counter = {
  .entry = { .name = "counter",
             .summary = "Numbers that are added to",
             .doc = "A counter starts at 0. `increment` adds a whole number, which may be negative; a read "
                    "returns the sum.",
             .size = sizeof (CounterSettings),
             .fields = fields },
  .steps = steps,
  .preload = counter_preload,
  .generate = counter_generate,
  .apply = counter_apply,
};
