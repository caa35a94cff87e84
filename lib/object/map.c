/* map.c: keys that come and go.
 *
 * A register that can also be deleted. That is more than writing nil: in a replicated store a deletion must
 * be remembered (a tombstone), or else a replica that slept through it brings the value back. */
#include "object/object-private.h"

static const OrrStepKind steps[] = { ORR_READ, ORR_WRITE, ORR_DELETE, ORR_BULK_WRITE, ORR_STEP_NONE };

static OrrRule
map_apply (OrrTerms *terms G_GNUC_UNUSED, OrrValue state, const OrrStep *step, OrrValue *ret_state,
           OrrValue *ret_value)
{
  *ret_state = state;
  *ret_value = ORR_NIL;
  switch (step->kind)
    {
    case ORR_READ:
      *ret_value = state;
      return ORR_RULE_APPLIED;
    case ORR_WRITE:
      *ret_state = step->value;
      return ORR_RULE_APPLIED;
    case ORR_DELETE:
      *ret_state = ORR_NIL;
      return ORR_RULE_APPLIED;
    case ORR_BULK_WRITE:
      return ORR_RULE_APPLIED;
    default:
      g_assert_not_reached ();
    }
}

const OrrObject orr_object_map = {
  .entry = { .name = "map",
             .summary = "Keys that hold a value each and can be deleted",
             .doc = "Like a register for each key, with `delete`: afterwards a read returns `nil`.",
             .size = sizeof (OrrBulkSettings),
             .fields = orr_bulk_fields },
  .steps = steps,
  .generate = orr_generate_with_bulk,
  .apply = map_apply,
};
