/* generator.c: making steps for a generated load.
 *
 * No two writes of a run write the same value, so that a read names the write that it returned: that makes
 * most checks fast and every witness easy to read. */
#include "object/object-private.h"

/* The draw for the next number. */
static OrrDraw
next_draw (OrrGenerator *generator)
{
  generator->draw = orr_draw_fold (generator->draw, 1);
  return generator->draw;
}

/* One of the latest values that were written, as many as there are keys: it may still be where it was written
 * to. Nil while nothing is. */
static OrrValue
guess_value (OrrGenerator *generator)
{
  guint64 n = MIN ((guint64) *generator->unique, MAX (generator->n_keys, 1));
  if (n == 0)
    return ORR_NIL;
  return orr_value_int (*generator->unique - (gint64) orr_draw_below (next_draw (generator), n));
}

const OrrField orr_bulk_fields[] = {
  ORR_FIELD (OrrBulkSettings, bulk_rows, INT, .initial = "1000", .least = 1, .most = 1000000000,
             .doc = "rows of a generated bulk write"),
  ORR_FIELD (OrrBulkSettings, bulk_bytes, SIZE, .initial = "64B", .least = 1, .most = 1000000000,
             .doc = "length of each of its rows"),
  { 0 },
};

OrrKey
orr_generator_key (OrrGenerator *generator)
{
  guint index = orr_key_chooser_choose (generator->chooser, generator->ordinal++, next_draw (generator));
  return generator->keys[index];
}

OrrValue
orr_generator_unique (OrrGenerator *generator)
{
  return orr_value_int (++*generator->unique);
}

gint64
orr_generator_amount (OrrGenerator *generator, gint64 most)
{
  return 1 + (gint64) orr_draw_below (next_draw (generator), (guint64) most);
}

void
orr_generate_step (GArray *steps, OrrStepKind kind, OrrKey key, OrrValue value, OrrValue expected)
{
  OrrStep step = { .kind = kind, .key = key, .value = value, .expected = expected };
  g_array_append_val (steps, step);
}

void
orr_generate_plain (OrrGenerator *generator, OrrStepKind kind, GArray *steps)
{
  OrrKey key = orr_generator_key (generator);
  OrrValue expected = kind == ORR_CAS ? guess_value (generator) : ORR_NIL;
  OrrValue value = kind == ORR_REMOVE                          ? guess_value (generator)
                   : orr_step_infos[kind].form != ORR_FORM_KEY ? orr_generator_unique (generator)
                                                               : ORR_NIL;
  orr_generate_step (steps, kind, key, value, expected);
}

void
orr_generate_with_bulk (OrrGenerator *generator, OrrStepKind kind, GArray *steps)
{
  const OrrBulkSettings *settings = generator->settings;
  if (kind == ORR_BULK_WRITE)
    orr_generate_step (steps, kind, ORR_NIL, orr_value_int (settings->bulk_rows),
                       orr_value_int (settings->bulk_bytes));
  else
    orr_generate_plain (generator, kind, steps);
}
