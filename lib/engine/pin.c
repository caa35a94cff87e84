/* pin.c: single choices that a scenario fixes.
 *
 * A pin names a choice by its content: this message from here to there, the third draw of that purpose. What
 * it fixes, no distribution decides. Whoever shrinks a failing run, or teaches with one, writes pins; all
 * other runs have none, and never come here. Where several pins meet, the last one wins. */
#include "engine/engine-private.h"

struct OrrPins
{
  guint64 *matches; /* of each pin so far */
};

static const OrrPin *
pin_at (const OrrSimulation *simulation, guint index)
{
  return &((const OrrPin *) simulation->scenario->pins.data)[index];
}

/* A pin names a node, or an actor on it; NULL is any. */
static gboolean
is_at (const OrrSimulation *simulation, const char *name, OrrAddress address)
{
  const OrrNode *actor = &simulation->actors[address];
  return !name || g_str_equal (name, actor->name) || g_str_equal (name, actor->machine->name);
}

/* Counts a match; TRUE where it is the one that is meant. */
static gboolean
is_the_one (OrrSimulation *simulation, guint index)
{
  guint32 nth = pin_at (simulation, index)->nth;
  guint64 match = ++simulation->pins->matches[index];
  return nth == 0 || nth == match;
}

gboolean
orr_where_holds (const OrrSimulation *simulation, const OrrArray *where, gconstpointer body)
{
  return orr_where_matches (where, &simulation->context, body);
}

const OrrPin *
orr_pins_find_message (OrrSimulation *simulation, OrrAddress from, OrrAddress to, guint type,
                       gconstpointer body)
{
  const OrrPin *found = NULL;
  for (guint i = 0; i < simulation->scenario->pins.length; i++)
    {
      const OrrPin *pin = pin_at (simulation, i);
      if (pin->kind == ORR_PIN_MESSAGE && pin->record == (gint32) type && is_at (simulation, pin->from, from)
          && is_at (simulation, pin->to, to) && orr_where_holds (simulation, &pin->where, body)
          && is_the_one (simulation, i))
        found = pin;
    }
  return found;
}

const OrrPin *
orr_pins_find_timer (OrrSimulation *simulation, OrrAddress actor, guint kind, gconstpointer body)
{
  const OrrPin *found = NULL;
  for (guint i = 0; i < simulation->scenario->pins.length; i++)
    {
      const OrrPin *pin = pin_at (simulation, i);
      if (pin->kind == ORR_PIN_TIMER && pin->record == (gint32) kind && is_at (simulation, pin->node, actor)
          && orr_where_holds (simulation, &pin->where, body) && is_the_one (simulation, i))
        found = pin;
    }
  return found;
}

const OrrPin *
orr_pins_find_draw (OrrSimulation *simulation, OrrAddress actor, const char *purpose)
{
  const OrrPin *found = NULL;
  for (guint i = 0; i < simulation->scenario->pins.length; i++)
    {
      const OrrPin *pin = pin_at (simulation, i);
      if (pin->kind == ORR_PIN_DRAW && g_str_equal (pin->purpose, purpose)
          && is_at (simulation, pin->node, actor) && is_the_one (simulation, i))
        found = pin;
    }
  return found;
}

void
orr_pins_init (OrrSimulation *simulation)
{
  simulation->pinned = simulation->scenario->pins.length > 0;
  simulation->pins = g_new0 (struct OrrPins, 1);
  simulation->pins->matches = g_new0 (guint64, simulation->scenario->pins.length + 1);
}

void
orr_pins_clear (OrrSimulation *simulation)
{
  g_free (simulation->pins->matches);
  g_free (simulation->pins);
}
