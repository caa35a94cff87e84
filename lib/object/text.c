/* text.c: texts that are written and grow at their end.
 *
 * The object of MIT's distributed systems course: get, put and append of a string. A read of a text that grew
 * shows the order of the appends, as one of a list does, if one can tell the pieces apart; a write makes all
 * of that forgotten. */
#include "object/object-private.h"

static const OrrStepKind steps[] = { ORR_READ, ORR_WRITE, ORR_APPEND, ORR_STEP_NONE };

/* Puts a value behind a text: itself where it is a text, else as it is shown. */
static void
append_value (const OrrTerms *terms, OrrValue value, GString *text)
{
  if (orr_terms_is_text (terms, value))
    g_string_append (text, orr_terms_get_text (terms, value));
  else if (value != ORR_NIL)
    orr_terms_print (terms, value, text);
}

/* The values `a` and `b`, one behind the other, as a text. */
static OrrValue
join (OrrTerms *terms, OrrValue a, OrrValue b)
{
  g_autoptr (GString) text = g_string_new (NULL);
  append_value (terms, a, text);
  append_value (terms, b, text);
  return orr_terms_text (terms, text->str);
}

static gboolean
text_preload (gconstpointer settings G_GNUC_UNUSED, OrrTerms *terms, OrrKey key G_GNUC_UNUSED,
              OrrValue *ret_state)
{
  *ret_state = orr_terms_text (terms, "");
  return FALSE;
}

/* Pieces that can be told apart in the text that they make: `7.`, `8.`. */
static void
text_generate (OrrGenerator *generator, OrrStepKind kind, GArray *array)
{
  OrrKey key = orr_generator_key (generator);
  OrrValue value = ORR_NIL;
  if (kind != ORR_READ)
    value = join (generator->terms, orr_generator_unique (generator), orr_terms_text (generator->terms, "."));
  orr_generate_step (array, kind, key, value, ORR_NIL);
}

static OrrRule
text_apply (OrrTerms *terms, OrrValue state, const OrrStep *step, OrrValue *ret_state, OrrValue *ret_value)
{
  *ret_state = state;
  *ret_value = ORR_NIL;
  switch (step->kind)
    {
    case ORR_READ:
      *ret_value = state == ORR_NIL ? orr_terms_text (terms, "") : state;
      return ORR_RULE_APPLIED;
    case ORR_WRITE:
      *ret_state = join (terms, ORR_NIL, step->value);
      return ORR_RULE_APPLIED;
    case ORR_APPEND:
      *ret_state = join (terms, state, step->value);
      return ORR_RULE_APPLIED;
    default:
      g_assert_not_reached ();
    }
}

const OrrObject orr_object_text = {
  .entry
  = { .name = "text",
      .summary = "Texts that are written and grow at their end",
      .doc = "A text is empty in the beginning. `write` puts another in its place, `append` puts more at "
             "its end; a read returns the whole text. Values that are no texts are written as they are "
             "shown.\n\n"
             "In a generated load every piece is a number of its own and a full stop." },
  .steps = steps,
  .preload = text_preload,
  .generate = text_generate,
  .apply = text_apply,
};
