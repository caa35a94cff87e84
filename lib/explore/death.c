/* death.c: asks elsewhere about a run that dies. */
#include "explore/death.h"

typedef struct
{
  const OrrScenario *scenario;
  const OrrRunOptions *run;
} Run;

static void
make_run (gpointer data, GByteArray *bytes)
{
  const Run *run = data;
  orr_trace_free (orr_simulate (run->scenario, run->run));
}

char *
orr_death_of (const OrrScenario *scenario, const OrrRunOptions *run, const OrrApart *apart)
{
  Run what = { scenario, run };
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  return apart->make (apart->data, make_run, &what, bytes);
}

static gboolean
comes_back (const OrrScenario *scenario, const OrrRunOptions *run, const OrrApart *apart, guint64 events)
{
  OrrRunOptions cut = *run;
  cut.events_max = events;
  g_autofree char *how = orr_death_of (scenario, &cut, apart);
  return how == NULL;
}

/* First it is doubled, then halved. */
guint64
orr_death_find (const OrrScenario *scenario, const OrrRunOptions *run, const OrrApart *apart)
{
  guint64 comes = 0, dies = 1;
  while (comes_back (scenario, run, apart, dies))
    {
      comes = dies;
      if (dies > G_MAXINT64)
        return comes;
      dies *= 2;
    }
  while (dies - comes > 1)
    {
      guint64 middle = comes + (dies - comes) / 2;
      if (comes_back (scenario, run, apart, middle))
        comes = middle;
      else
        dies = middle;
    }
  return comes;
}
