/* choices.c: what chance decided in a run. */
#include "engine/engine-private.h"

OrrChoices *
orr_choices_new (void)
{
  OrrChoices *choices = g_new0 (OrrChoices, 1);
  choices->arena = orr_arena_new ();
  choices->strikes = g_array_new (FALSE, TRUE, sizeof (OrrStrikeChoice));
  choices->servers = g_array_new (FALSE, FALSE, sizeof (OrrAddress));
  choices->decided = g_array_new (FALSE, FALSE, sizeof (OrrDecided));
  choices->counters = g_array_new (FALSE, FALSE, sizeof (guint32));
  choices->counted = g_array_new (FALSE, FALSE, sizeof (OrrCounted));
  choices->skews = g_array_new (FALSE, FALSE, sizeof (OrrTime));
  choices->drifts = g_array_new (FALSE, FALSE, sizeof (gint64));
  return choices;
}

void
orr_choices_free (OrrChoices *choices)
{
  if (!choices)
    return;
  g_array_unref (choices->strikes);
  g_array_unref (choices->servers);
  g_array_unref (choices->decided);
  g_array_unref (choices->counters);
  g_array_unref (choices->counted);
  g_array_unref (choices->skews);
  g_array_unref (choices->drifts);
  orr_arena_free (choices->arena);
  g_free (choices);
}

OrrDecided *
orr_decided_add (OrrSimulation *simulation, OrrPinKind kind, guint32 from, guint32 to, guint32 what)
{
  OrrChoices *choices = simulation->options.choices;
  OrrDecided decided = { .kind = (gint32) kind,
                         .from = from,
                         .to = to,
                         .what = what,
                         .duplicate = ORR_TIME_UNSET,
                         .index = kind == ORR_PIN_DRAW ? G_MININT64 : 0 };
  if (!choices)
    return NULL;
  g_array_append_val (choices->decided, decided);
  return &g_array_index (choices->decided, OrrDecided, choices->decided->len - 1);
}

OrrTime
orr_decide (OrrDecided *decided, const OrrPin *pin, OrrUsual usual, OrrDraw draw)
{
  OrrTime time = 0;
  if (pin && pin->latency != ORR_TIME_UNSET)
    time = pin->latency;
  else if (usual.drawn)
    time = orr_time_add (orr_distribution_sample (usual.drawn, draw), usual.delay);
  if (decided)
    {
      decided->usual = usual.drawn;
      decided->latency = time;
    }
  return time;
}
