/* trigger.c: faults that wait for something to happen.
 *
 * "Crash the primary when its second sync is done" says more than any time could: it goes on meaning the same
 * when all latencies change. So a fault may wait for the n-th sync, message or fact of a kind, counted from
 * the start of the run. It strikes as soon as the event is over in which that happened, before anything else
 * at that instant. */
#include "engine/engine-private.h"

/* For each plan: how often it has happened, and who did it, to whom, that time. */
struct OrrTriggers
{
  guint64 *matches;
  OrrAddress *doers, *peers;
};

/* A name is a node's, or an actor's on it; NULL is anyone. */
static gboolean
is_named (const OrrNode *actor, const char *name)
{
  return !name || g_str_equal (name, actor->name) || g_str_equal (name, actor->machine->name);
}

/* `type` is of the model's messages or facts; ignored where the trigger names none. */
static void
happened (OrrSimulation *simulation, OrrWhenKind kind, const OrrNode *actor, const OrrNode *peer, guint type,
          gconstpointer body)
{
  const OrrFaultPlan *plans = simulation->scenario->faults.data;
  for (guint i = 0; i < simulation->scenario->faults.length; i++)
    {
      const OrrWhen *when = &plans[i].when;
      if (plans[i].trigger != ORR_TRIGGER_WHEN || when->kind != (gint32) kind
          || (when->record >= 0 && (guint) when->record != type) || !is_named (actor, when->node)
          || (peer && !is_named (peer, when->peer)))
        continue;
      if (when->where.length > 0 && !(body && orr_where_holds (simulation, &when->where, body)))
        continue;
      if (++simulation->triggers->matches[i] != when->nth)
        continue;
      simulation->triggers->doers[i] = actor->address;
      simulation->triggers->peers[i] = peer ? peer->address : ORR_NOBODY;
      orr_faults_strike (simulation, i);
    }
}

void
orr_triggers_sync (OrrSimulation *simulation, OrrNode *actor)
{
  happened (simulation, ORR_WHEN_SYNC, actor, NULL, 0, NULL);
}

void
orr_triggers_message (OrrSimulation *simulation, OrrWhenKind kind, OrrNode *actor, OrrAddress peer,
                      guint type, gconstpointer body)
{
  happened (simulation, kind, actor, &simulation->actors[peer], type, body);
}

void
orr_triggers_fact (OrrSimulation *simulation, OrrNode *actor, guint fact, gconstpointer body)
{
  happened (simulation, ORR_WHEN_FACT, actor, NULL, fact, body);
}

OrrAddress
orr_triggers_who (const OrrSimulation *simulation, guint plan, OrrTargetKind kind)
{
  return (kind == ORR_TARGET_DOER ? simulation->triggers->doers : simulation->triggers->peers)[plan];
}

void
orr_triggers_init (OrrSimulation *simulation)
{
  const OrrFaultPlan *plans = simulation->scenario->faults.data;
  simulation->triggers = g_new0 (struct OrrTriggers, 1);
  simulation->triggers->matches = g_new0 (guint64, simulation->scenario->faults.length + 1);
  simulation->triggers->doers = g_new (OrrAddress, simulation->scenario->faults.length + 1);
  simulation->triggers->peers = g_new (OrrAddress, simulation->scenario->faults.length + 1);
  for (guint i = 0; i < simulation->scenario->faults.length; i++)
    if (plans[i].trigger == ORR_TRIGGER_WHEN)
      simulation->watched = TRUE;
}

void
orr_triggers_clear (OrrSimulation *simulation)
{
  g_free (simulation->triggers->matches);
  g_free (simulation->triggers->doers);
  g_free (simulation->triggers->peers);
  g_clear_pointer (&simulation->triggers, g_free);
}
