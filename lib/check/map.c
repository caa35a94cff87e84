/* map.c: the table of implications, and what follows from it. */
#include "check/map.h"

#include <string.h>

/* The sources: one object — Herlihy & Wing 1990; Lamport 1986; Steinke & Nutt 2004; Bouajjani, Enea,
 * Guerraoui & Hamza 2017; Viotti & Vukolić 2016. Transactions — Adya 1999; Cerone, Bernardi & Gotsman 2015;
 * Bailis and others 2014; Biswas & Enea 2019; Daudjee & Salem 2004 and 2006. Causal consistency alone does
 * not give PRAM: its reads need not agree on one order of concurrent writes, not even those of one session.
 */
const OrrImplication orr_map[] = {
  /* One object. */
  { "linearizable", "sequential", ORR_MAP_TIMED },
  { "linearizable", "regular", ORR_MAP_TIMED },
  { "linearizable", "two-atomic", ORR_MAP_TIMED },
  { "regular", "safe", ORR_MAP_TIMED },
  { "sequential", "causal-memory", ORR_MAP_ALWAYS },
  { "sequential", "causal-convergence", ORR_MAP_ALWAYS },
  { "causal-memory", "causal", ORR_MAP_ALWAYS },
  { "causal-memory", "pram", ORR_MAP_ALWAYS },
  { "causal-memory", "writes-follow-reads-by-inclusion", ORR_MAP_ALWAYS },
  { "causal-convergence", "causal", ORR_MAP_ALWAYS },
  { "pram", "read-your-writes-by-inclusion", ORR_MAP_ALWAYS },
  { "pram", "monotonic-reads-by-inclusion", ORR_MAP_ALWAYS },
  { "pram", "monotonic-writes-by-inclusion", ORR_MAP_ALWAYS },

  /* By one order of each key's writes: convergence gives one, sequences of sessions need not. */
  { "causal-convergence", "read-your-writes", ORR_MAP_ORDER_UNKNOWN },
  { "causal-convergence", "monotonic-reads", ORR_MAP_ORDER_UNKNOWN },
  { "causal-convergence", "monotonic-writes", ORR_MAP_ORDER_UNKNOWN },
  { "causal-convergence", "writes-follow-reads", ORR_MAP_ORDER_UNKNOWN },

  /* Transactions. */
  { "strict-serializable", "strong-session-serializable", ORR_MAP_TIMED },
  { "strict-serializable", "strong-snapshot-isolation", ORR_MAP_TIMED },
  { "strong-session-serializable", "serializable", ORR_MAP_ALWAYS },
  { "strong-session-serializable", "strong-session-snapshot-isolation", ORR_MAP_ALWAYS },
  { "strong-snapshot-isolation", "strong-session-snapshot-isolation", ORR_MAP_TIMED },
  { "strong-session-snapshot-isolation", "snapshot-isolation", ORR_MAP_ALWAYS },
  { "strong-session-snapshot-isolation", "parallel-snapshot-isolation", ORR_MAP_ALWAYS },
  { "strong-session-snapshot-isolation", "prefix", ORR_MAP_ALWAYS },
  { "serializable", "repeatable-read", ORR_MAP_ALWAYS },
  { "serializable", "snapshot-isolation", ORR_MAP_ALWAYS },
  { "repeatable-read", "cursor-stability", ORR_MAP_ALWAYS },
  { "repeatable-read", "monotonic-atomic-view", ORR_MAP_ALWAYS },
  { "snapshot-isolation", "cursor-stability", ORR_MAP_ALWAYS },
  { "snapshot-isolation", "monotonic-atomic-view", ORR_MAP_ALWAYS },
  { "parallel-snapshot-isolation", "transactional-causal", ORR_MAP_ALWAYS },
  { "parallel-snapshot-isolation", "cursor-stability", ORR_MAP_ALWAYS },
  { "prefix", "transactional-causal", ORR_MAP_ALWAYS },
  { "transactional-causal", "read-atomic", ORR_MAP_ALWAYS },
  { "read-atomic", "monotonic-atomic-view", ORR_MAP_ALWAYS },
  { "cursor-stability", "read-committed", ORR_MAP_ALWAYS },
  { "monotonic-atomic-view", "read-committed", ORR_MAP_ALWAYS },
  { "read-committed", "read-uncommitted", ORR_MAP_ALWAYS },

  /* Between the two: an operation of one step is a transaction of one step. */
  { "strict-serializable", "linearizable", ORR_MAP_TIMED | ORR_MAP_SINGLE_STEPS },
  { "strong-session-serializable", "sequential", ORR_MAP_SINGLE_STEPS },
  { NULL, NULL, ORR_MAP_ALWAYS },
};

OrrMapNeeds
orr_map_given (const OrrHistory *history)
{
  guint given = ORR_MAP_SINGLE_STEPS | (history->timeless ? 0 : ORR_MAP_TIMED)
                | (history->versions_known ? 0 : ORR_MAP_ORDER_UNKNOWN);
  for (guint i = 0; i < history->operations->len; i++)
    if (g_array_index (history->operations, OrrHistoryOperation, i).n_steps > 1)
      return (OrrMapNeeds) (given & ~(guint) ORR_MAP_SINGLE_STEPS);
  return (OrrMapNeeds) given;
}

/* There are no circles in the map. */
gboolean
orr_map_implies (const char *stronger, const char *weaker, OrrMapNeeds given)
{
  for (const OrrImplication *step = orr_map; step->stronger; step++)
    if (!(step->needs & ~given) && strcmp (step->stronger, stronger) == 0
        && (strcmp (step->weaker, weaker) == 0 || orr_map_implies (step->weaker, weaker, given)))
      return TRUE;
  return FALSE;
}

/* --- Partitions --- */

const char *
orr_map_availability (const char *property)
{
  static const char total[]
      = "Every client can be served that reaches any one replica: it is highly available.";
  static const char sticky[] = "A client can be served as long as it stays with the replica that knows its "
                               "past: it is sticky available.";
  static const char none[] = "Some clients can't be served in a partition: it is unavailable.";
  static const struct
  {
    const char *property, *says;
  } table[] = {
    { "read-uncommitted", total },
    { "read-committed", total },
    { "monotonic-atomic-view", total },
    { "monotonic-reads", total },
    { "monotonic-writes", total },
    { "writes-follow-reads", total },
    { "monotonic-reads-by-inclusion", total },
    { "monotonic-writes-by-inclusion", total },
    { "writes-follow-reads-by-inclusion", total },
    { "convergence", total },
    { "read-your-writes", sticky },
    { "read-your-writes-by-inclusion", sticky },
    { "pram", sticky },
    { "causal", sticky },
    { "causal-memory", sticky },
    { "causal-convergence", sticky },
    { "read-atomic", sticky },
    { "transactional-causal", sticky },
    { "linearizable", none },
    { "sequential", none },
    { "regular", none },
    { "safe", none },
    { "two-atomic", none },
    { "bounded-staleness", none },
    { "consistent-prefix", none },
    { "cursor-stability", none },
    { "repeatable-read", none },
    { "prefix", none },
    { "parallel-snapshot-isolation", none },
    { "snapshot-isolation", none },
    { "serializable", none },
    { "strong-session-snapshot-isolation", none },
    { "strong-session-serializable", none },
    { "strong-snapshot-isolation", none },
    { "strict-serializable", none },
  };
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (strcmp (table[i].property, property) == 0)
      return table[i].says;
  return NULL;
}

/* --- Verdicts --- */

static OrrVerdict *
follow_up (const OrrVerdict *verdict)
{
  return orr_verdict_new (ORR_HOLDS, verdict->n_checked, "since `%s` holds", verdict->property->name);
}

static OrrVerdict *
follow_down (const OrrVerdict *verdict)
{
  OrrVerdict *stronger
      = orr_verdict_new (ORR_VIOLATED, verdict->n_checked, "it implies `%s`, which is violated: %s",
                         verdict->property->name, verdict->sentence);
  stronger->n_violations = 1;
  for (guint i = 0; i < verdict->n_witness; i++)
    orr_verdict_add_witness (stronger, verdict->witness[i]);
  for (guint i = 0; i < verdict->n_facts; i++)
    orr_verdict_add_fact (stronger, verdict->facts[i]);
  return stronger;
}

OrrVerdict *
orr_map_decide (const OrrCheck *check, const GPtrArray *verdicts, OrrMapNeeds given)
{
  OrrVerdict *decided = NULL;
  for (guint i = 0; !decided && i < verdicts->len; i++)
    {
      const OrrVerdict *verdict = g_ptr_array_index (verdicts, i);
      if (verdict->kind == ORR_HOLDS && orr_map_implies (verdict->property->name, check->entry.name, given))
        decided = follow_up (verdict);
      else if (verdict->kind == ORR_VIOLATED
               && orr_map_implies (check->entry.name, verdict->property->name, given))
        decided = follow_down (verdict);
    }
  if (decided)
    decided->property = &check->entry;
  return decided;
}

gboolean
orr_map_contradiction (const GPtrArray *verdicts, OrrMapNeeds given, const OrrVerdict **ret_holds,
                       const OrrVerdict **ret_violated)
{
  for (guint i = 0; i < verdicts->len; i++)
    for (guint j = 0; j < verdicts->len; j++)
      {
        const OrrVerdict *holds = g_ptr_array_index (verdicts, i),
                         *violated = g_ptr_array_index (verdicts, j);
        if (holds->kind != ORR_HOLDS || violated->kind != ORR_VIOLATED
            || !orr_map_implies (holds->property->name, violated->property->name, given))
          continue;
        *ret_holds = holds;
        *ret_violated = violated;
        return TRUE;
      }
  return FALSE;
}

gboolean
orr_map_is_telling (const OrrVerdict *verdict, const GPtrArray *verdicts, OrrMapNeeds given)
{
  if (verdict->kind == ORR_UNDECIDED)
    return FALSE;
  for (guint i = 0; i < verdicts->len; i++)
    {
      const OrrVerdict *other = g_ptr_array_index (verdicts, i);
      const char *stronger = (verdict->kind == ORR_HOLDS ? other : verdict)->property->name;
      const char *weaker = (verdict->kind == ORR_HOLDS ? verdict : other)->property->name;
      if (other->kind == verdict->kind && orr_map_implies (stronger, weaker, given))
        return FALSE;
    }
  return TRUE;
}

/* --- Judging many --- */

typedef struct
{
  const OrrCheck *check;
  guint place, n_stronger; /* the strongest are implied by none */
} Ranked;

static gint
compare_ranked (gconstpointer a, gconstpointer b)
{
  const Ranked *left = a, *right = b;
  if (left->n_stronger != right->n_stronger)
    return left->n_stronger < right->n_stronger ? -1 : 1;
  return left->place < right->place ? -1 : 1;
}

void
orr_map_sort (const OrrCheck **checks, guint n, OrrMapNeeds given)
{
  g_autoptr (GArray) ranked = g_array_new (FALSE, FALSE, sizeof (Ranked));
  for (guint i = 0; i < n; i++)
    {
      Ranked row = { checks[i], i, 0 };
      for (guint j = 0; j < n; j++)
        row.n_stronger += orr_map_implies (checks[j]->entry.name, checks[i]->entry.name, given);
      g_array_append_val (ranked, row);
    }
  g_array_sort (ranked, compare_ranked);
  for (guint i = 0; i < n; i++)
    checks[i] = g_array_index (ranked, Ranked, i).check;
}

void
orr_map_settle (GPtrArray *verdicts, const OrrHistory *history, OrrMapNeeds given)
{
  for (guint i = 0; i < verdicts->len; i++)
    {
      OrrVerdict *verdict = g_ptr_array_index (verdicts, i);
      const OrrCheck *check = orr_checks_find (verdict->property->name);
      if (verdict->kind != ORR_UNDECIDED || !check || orr_check_silence (check, history))
        continue;
      OrrVerdict *decided = orr_map_decide (check, verdicts, given);
      if (!decided)
        continue;
      orr_verdict_free (verdict);
      verdicts->pdata[i] = decided;
    }
}
