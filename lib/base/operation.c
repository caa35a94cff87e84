/* operation.c: what outcomes are called. */
#include "base/operation.h"

const char *
orr_outcome_name (OrrOutcome outcome)
{
  static const char *const names[] = { "ok", "fail", "unknown" };
  g_assert ((guint) outcome < G_N_ELEMENTS (names));
  return names[outcome];
}
