/* ballots.c: votes and decisions, put together by transaction. */
#include "check/ballots.h"

static void
ballot_clear (gpointer data)
{
  OrrBallot *ballot = data;
  g_array_unref (ballot->votes);
  g_array_unref (ballot->decisions);
  g_array_unref (ballot->blocked);
}

static OrrBallot *
find_or_add (GArray *ballots, GHashTable *places, guint64 transaction)
{
  gpointer place = g_hash_table_lookup (places, &transaction);
  if (place)
    return &g_array_index (ballots, OrrBallot, GPOINTER_TO_UINT (place) - 1);
  OrrBallot ballot = { .transaction = transaction,
                       .begun = G_MAXUINT,
                       .votes = g_array_new (FALSE, FALSE, sizeof (guint)),
                       .decisions = g_array_new (FALSE, FALSE, sizeof (guint)),
                       .blocked = g_array_new (FALSE, FALSE, sizeof (guint)) };
  g_array_append_val (ballots, ballot);
  g_hash_table_insert (places, g_memdup2 (&transaction, sizeof transaction), GUINT_TO_POINTER (ballots->len));
  return &g_array_index (ballots, OrrBallot, ballots->len - 1);
}

static gboolean
is_of_ballot (const OrrField *fields)
{
  return fields == orr_fact_begun_fields || fields == orr_fact_voted_fields
         || fields == orr_fact_decided_fields || fields == orr_fact_suspected_fields
         || fields == orr_fact_blocked_fields;
}

GArray *
orr_ballots_new (const OrrHistory *history)
{
  GArray *ballots = g_array_new (FALSE, FALSE, sizeof (OrrBallot));
  g_autoptr (GHashTable) places = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_array_set_clear_func (ballots, ballot_clear);
  for (guint i = 0; i < history->facts->len; i++)
    {
      const OrrHistoryFact *fact = &g_array_index (history->facts, OrrHistoryFact, i);
      const OrrField *fields = fact->fact->fields;
      if (!is_of_ballot (fields))
        continue;
      /* Each of these begins with its transaction. */
      OrrBallot *ballot
          = find_or_add (ballots, places, ((const OrrFactTransaction *) fact->body)->transaction);
      if (fields == orr_fact_begun_fields)
        ballot->begun = i;
      else if (fields == orr_fact_suspected_fields)
        ballot->suspected = TRUE;
      else
        g_array_append_val (fields == orr_fact_voted_fields     ? ballot->votes
                            : fields == orr_fact_decided_fields ? ballot->decisions
                                                                : ballot->blocked,
                            i);
    }
  return ballots;
}

const char *
orr_ballots_silence (const OrrHistory *history)
{
  for (const OrrRecord *record = history->fact_records; record && record->name; record++)
    if (record->fields == orr_fact_decided_fields)
      return NULL;
  for (guint i = 0; i < history->facts->len; i++)
    if (is_of_ballot (g_array_index (history->facts, OrrHistoryFact, i).fact->fields))
      return NULL;
  return "nobody says how processes voted and decided";
}

const OrrHistoryFact *
orr_ballot_first (const OrrHistory *history, const OrrBallot *ballot, OrrDecision decision)
{
  for (guint i = 0; i < ballot->decisions->len; i++)
    {
      const OrrHistoryFact *fact = orr_ballot_fact (history, ballot->decisions, i);
      if (orr_ballot_decision (fact) == decision)
        return fact;
    }
  return NULL;
}

static const OrrHistoryFact *
decision_of (const OrrHistory *history, const OrrBallot *ballot, guint32 node)
{
  for (guint i = 0; i < ballot->decisions->len; i++)
    if (orr_ballot_fact (history, ballot->decisions, i)->node == node)
      return orr_ballot_fact (history, ballot->decisions, i);
  return NULL;
}

gboolean
orr_ballot_has_decided (const OrrHistory *history, const OrrBallot *ballot, guint32 node)
{
  return decision_of (history, ballot, node) != NULL;
}

OrrTime
orr_ballot_decided_at (const OrrHistory *history, const OrrBallot *ballot, guint32 node)
{
  const OrrHistoryFact *decision = decision_of (history, ballot, node);
  return decision ? decision->time : history->ended_at;
}

/* Its operation; G_MAXUINT: not known. */
static guint
operation_of (const OrrHistory *history, guint64 transaction)
{
  for (guint i = 0; i < history->operations->len; i++)
    if ((guint64) orr_history_operation (history, i)->index + 1 == transaction)
      return i;
  return G_MAXUINT;
}

void
orr_ballot_print (const OrrHistory *history, guint64 transaction, GString *text)
{
  guint operation = operation_of (history, transaction);
  g_string_append_printf (text, "transaction %" G_GUINT64_FORMAT, transaction);
  if (operation != G_MAXUINT)
    g_string_append_printf (text, " (%s)", orr_history_operation (history, operation)->id);
}

void
orr_ballot_add_witness (const OrrHistory *history, const OrrBallot *ballot, OrrVerdict *verdict)
{
  guint operation = operation_of (history, ballot->transaction);
  if (operation != G_MAXUINT)
    orr_verdict_add_witness (verdict, operation);
}

void
orr_ballot_add_fact (const OrrHistory *history, const OrrHistoryFact *fact, OrrVerdict *verdict)
{
  orr_verdict_add_fact (verdict, (guint) (fact - &g_array_index (history->facts, OrrHistoryFact, 0)));
}
