/* set.c: sets of values.
 *
 * A set's state is the list of its members in one fixed order, so that equal sets are equal words; the empty
 * set is nil. Members are ordered by what they are, numbers before texts before lists, never by the numbers
 * of their terms. */
#include "object/object-private.h"

#include <string.h>

static const OrrStepKind steps[] = { ORR_READ, ORR_ADD, ORR_REMOVE, ORR_STEP_NONE };

/* nil, then numbers, texts, lists. */
static int
class_of (const OrrTerms *terms, OrrValue value)
{
  if (value == ORR_NIL)
    return 0;
  if (orr_value_is_int (value))
    return 1;
  return orr_terms_is_text (terms, value) ? 2 : 3;
}

/* < 0, 0, > 0, as strcmp. Lists are ordered by length, then from their ends; each step goes to shorter lists,
 * and nested ones are as deep as they were written. */
static int
compare (const OrrTerms *terms, OrrValue a, OrrValue b)
{
  int order = class_of (terms, a) - class_of (terms, b);
  if (a == b || order != 0)
    return order;
  if (orr_value_is_int (a))
    return orr_value_to_int (a) < orr_value_to_int (b) ? -1 : 1;
  if (orr_terms_is_text (terms, a))
    return strcmp (orr_terms_get_text (terms, a), orr_terms_get_text (terms, b));
  guint length = orr_terms_get_length (terms, a), other = orr_terms_get_length (terms, b);
  if (length != other)
    return length < other ? -1 : 1;
  for (; order == 0 && length > 0; length--)
    {
      order = compare (terms, orr_terms_get_last (terms, a), orr_terms_get_last (terms, b));
      a = orr_terms_get_prefix (terms, a);
      b = orr_terms_get_prefix (terms, b);
    }
  return order;
}

/* The set with or without a member. What is greater is taken off the end and put back: nothing, where values
 * grow. */
static OrrValue
change (OrrTerms *terms, OrrValue set, OrrValue member, gboolean present)
{
  g_autoptr (GArray) greater = g_array_new (FALSE, FALSE, sizeof (OrrValue));
  OrrValue low = set;
  int order = -1;
  while (orr_terms_get_length (terms, low) > 0)
    {
      OrrValue last = orr_terms_get_last (terms, low);
      order = compare (terms, last, member);
      if (order <= 0)
        break;
      g_array_append_val (greater, last);
      low = orr_terms_get_prefix (terms, low);
    }
  gboolean found = orr_terms_get_length (terms, low) > 0 && order == 0;
  if (found == present)
    return set;
  low = present ? orr_terms_append (terms, low, member) : orr_terms_get_prefix (terms, low);
  for (guint i = greater->len; i > 0; i--)
    low = orr_terms_append (terms, low, g_array_index (greater, OrrValue, i - 1));
  return orr_terms_get_length (terms, low) == 0 ? ORR_NIL : low;
}

static gint
compare_members (gconstpointer a, gconstpointer b, gpointer terms)
{
  return compare (terms, *(const OrrValue *) a, *(const OrrValue *) b);
}

OrrValue
orr_set_canonical (OrrTerms *terms, OrrValue list)
{
  guint n = orr_terms_get_length (terms, list), kept = 0;
  g_autofree OrrValue *members = g_new (OrrValue, n + 1);
  orr_terms_get_values (terms, list, members);
  g_qsort_with_data (members, (gint) n, sizeof *members, compare_members, terms);
  for (guint i = 0; i < n; i++)
    if (kept == 0 || members[kept - 1] != members[i])
      members[kept++] = members[i];
  return kept == 0 ? ORR_NIL : orr_terms_list (terms, kept, members);
}

static OrrRule
set_apply (OrrTerms *terms, OrrValue state, const OrrStep *step, OrrValue *ret_state, OrrValue *ret_value)
{
  *ret_state = state;
  *ret_value = ORR_NIL;
  switch (step->kind)
    {
    case ORR_READ:
      *ret_value = state;
      return ORR_RULE_APPLIED;
    case ORR_ADD:
    case ORR_REMOVE:
      *ret_state = change (terms, state, step->value, step->kind == ORR_ADD);
      return ORR_RULE_APPLIED;
    default:
      g_assert_not_reached ();
    }
}

const OrrObject orr_object_set = {
  .entry
  = { .name = "set",
      .summary = "Sets of values",
      .doc
      = "`add` puts a value in, `remove` takes it out; doing either twice is doing it once. A read returns "
        "the members in "
        "order, `nil` where there are none.\n\n"
        "In a generated load every `add` adds a value of its own, and a `remove` takes one of the latest." },
  .steps = steps,
  .generate = orr_generate_plain,
  .apply = set_apply,
};
