/* mutex.c: locks, each held once at a time.
 *
 * Two clients that both hold one lock are what a lock service must never show, and what many did under
 * Jepsen's eyes: a lease that ran out, a leader that was deposed and did not know. The rule asks only that
 * `acquire` and `release` take turns; who releases is not looked at, as in Knossos's mutex. */
#include "object/object-private.h"

static const OrrStepKind steps[] = { ORR_ACQUIRE, ORR_RELEASE, ORR_STEP_NONE };

static OrrRule
mutex_apply (OrrTerms *terms G_GNUC_UNUSED, OrrValue state, const OrrStep *step, OrrValue *ret_state,
             OrrValue *ret_value)
{
  gboolean held = state != ORR_NIL;
  *ret_state = state;
  *ret_value = ORR_NIL;
  switch (step->kind)
    {
    case ORR_ACQUIRE:
      if (held)
        return ORR_RULE_REFUSED;
      *ret_state = orr_value_int (1);
      return ORR_RULE_APPLIED;
    case ORR_RELEASE:
      if (!held)
        return ORR_RULE_REFUSED;
      *ret_state = ORR_NIL;
      return ORR_RULE_APPLIED;
    default:
      g_assert_not_reached ();
    }
}

const OrrObject orr_object_mutex = {
  .entry
  = { .name = "mutex",
      .summary = "Locks, each held once at a time",
      .doc = "`acquire` takes a lock that is free and fails where it is held; `release` frees one that "
             "is held and fails where it is free." },
  .steps = steps,
  .generate = orr_generate_plain,
  .apply = mutex_apply,
};
