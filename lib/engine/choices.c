/* choices.c: what chance decided in a run. */
#include "engine/choices.h"

OrrChoices *
orr_choices_new (void)
{
  OrrChoices *choices = g_new0 (OrrChoices, 1);
  choices->arena = orr_arena_new ();
  choices->strikes = g_array_new (FALSE, TRUE, sizeof (OrrStrikeChoice));
  choices->servers = g_array_new (FALSE, FALSE, sizeof (OrrAddress));
  return choices;
}

void
orr_choices_free (OrrChoices *choices)
{
  if (!choices)
    return;
  g_array_unref (choices->strikes);
  g_array_unref (choices->servers);
  orr_arena_free (choices->arena);
  g_free (choices);
}
