/* session.c: what a session may rely on, from the true order of writes.
 *
 * Terry and others give a session four guarantees, and each has the same form: a read or write of the session
 * must not be older than what the session read or wrote before. Their paper says it of the sets of writes
 * that a server has seen. A system that has one order of each key's writes, as a primary gives, allows the
 * simpler reading that is used here: the version of the second step is not below that of the first, key by
 * key. One pass over the operations finds all violations; per session and key it remembers the highest
 * version so far.
 *
 * Only what the session knows counts: writes that were acknowledged, reads that returned. A write whose
 * outcome is unknown promises nothing. */
#include "check/check-private.h"

typedef struct
{
  guint32 session;
  OrrKey key;
  guint64 version;       /* the highest so far; of a write that nobody knows the version of, 1: it is not the
                            initial value */
  guint operation, step; /* who read or wrote it, the latest */
  gboolean vague;        /* it may be higher */
} Seen;

typedef struct
{
  guint operation, step;
} Step;

typedef struct
{
  guint64 n_checked, n_violations, n_vague;
  gboolean *spoke;    /* by session: some pair was checked */
  Step first, second; /* the earliest violation */
} Findings;

static guint
seen_hash (gconstpointer data)
{
  const Seen *seen = data;
  return (guint) ((seen->key * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) + seen->session)
                      * G_GUINT64_CONSTANT (0xd1342543de82ef95)
                  >> 32);
}

static gboolean
seen_equal (gconstpointer a, gconstpointer b)
{
  const Seen *left = a, *right = b;
  return left->session == right->session && left->key == right->key;
}

gboolean
orr_session_step_counts (const OrrHistoryOperation *operation, guint step, gboolean writes)
{
  OrrStepKind kind = operation->steps[step].kind;
  if (operation->outcome != ORR_OK || operation->steps[step].key == ORR_NIL)
    return FALSE;
  if (writes)
    return orr_step_infos[kind].writes;
  return kind == ORR_READ && operation->values;
}

/* The version of a step; FALSE where it is not known, and only a version that it is not below. */
static gboolean
version_of (const OrrHistoryOperation *operation, guint step, guint64 *ret_version)
{
  gboolean writes = orr_step_infos[operation->steps[step].kind].writes;
  guint64 version = operation->versions ? operation->versions[step] : 0;
  *ret_version = writes ? MAX (version, 1) : version;
  return operation->versions && (version > 0 || !writes);
}

static void
take_second (Findings *findings, const Seen *seen, const Seen *now)
{
  if (!seen)
    return;
  findings->n_checked++;
  findings->spoke[seen->session] = TRUE;
  if (now->vague || now->version >= seen->version)
    {
      findings->n_vague += now->vague || seen->vague;
      return;
    }
  if (findings->n_violations++ == 0)
    {
      findings->first = (Step){ seen->operation, seen->step };
      findings->second = (Step){ now->operation, now->step };
    }
}

static void
take_first (GHashTable *table, Seen *seen, const Seen *now)
{
  if (!seen)
    {
      g_hash_table_add (table, g_memdup2 (now, sizeof *now));
      return;
    }
  gboolean vague = seen->vague || now->vague;
  if (now->version >= seen->version)
    *seen = *now;
  seen->vague = vague;
}

static void
take_step (const OrrHistory *history, const OrrSessionRule *rule, GHashTable *table, guint index, guint step,
           Findings *findings)
{
  const OrrHistoryOperation *operation = orr_history_operation (history, index);
  gboolean first = orr_session_step_counts (operation, step, rule->first_writes);
  gboolean second = orr_session_step_counts (operation, step, rule->second_writes);
  if (!first && !second)
    return;
  Seen now = {
    .session = operation->session, .key = operation->steps[step].key, .operation = index, .step = step
  };
  now.vague = !version_of (operation, step, &now.version);
  Seen *seen = g_hash_table_lookup (table, &now);
  if (second)
    take_second (findings, seen, &now);
  if (first)
    take_first (table, seen, &now);
}

/* --- Sentences --- */

static OrrVerdict *
say_violated (const OrrHistory *history, const OrrSessionRule *rule, const Findings *findings)
{
  const OrrHistoryOperation *first = orr_history_operation (history, findings->first.operation);
  const OrrHistoryOperation *second = orr_history_operation (history, findings->second.operation);
  const OrrStep *step = &first->steps[findings->first.step];
  guint64 version = 0;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GString) what = g_string_new (NULL);
  if (step->kind == ORR_READ)
    orr_words_value (history, step->key, first->values[findings->first.step], what);
  else if (step->kind == ORR_WRITE || step->kind == ORR_CAS)
    orr_words_value (history, step->key, step->value, what);
  else
    g_string_append (what, "that write");

  orr_words_acknowledged (history, findings->first.operation, findings->first.step, text);
  g_string_append (text, rule->second_writes ? ", then " : ", but then ");
  orr_words_did (history, findings->second.operation, findings->second.step, text);
  g_string_append (text, " at ");
  orr_history_print_when (history, second->invoked, text);
  orr_words_server (history, findings->second.operation, text);
  if (rule->second_writes)
    g_string_append_printf (text, ", and yet the later write took its place before %s", what->str);
  else if (version_of (first, findings->first.step, &version))
    orr_words_where (history, findings->second.operation, step->key, version, second->invoked, what->str,
                     text);

  OrrVerdict *verdict = orr_verdict_new (ORR_VIOLATED, findings->n_checked, "%s", text->str);
  verdict->n_violations = findings->n_violations;
  orr_verdict_add_witness (verdict, findings->first.operation);
  orr_verdict_add_witness (verdict, findings->second.operation);
  return verdict;
}

static OrrVerdict *
say (const OrrHistory *history, const OrrSessionRule *rule, const Findings *findings)
{
  if (findings->n_violations > 0)
    return say_violated (history, rule, findings);
  if (findings->n_vague > 0)
    {
      g_autofree char *seconds = orr_words_count (findings->n_vague, rule->second, rule->seconds);
      return orr_verdict_new (ORR_UNDECIDED, findings->n_checked,
                              "it is not known where in the order of writes %s stood", seconds);
    }
  if (findings->n_checked == 0)
    return orr_verdict_new (ORR_HOLDS, 0, "%s", rule->none);
  guint n_sessions = 0;
  for (guint i = 0; i < history->n_sessions; i++)
    n_sessions += findings->spoke[i];
  g_autofree char *seconds = orr_words_count (findings->n_checked, rule->second, rule->seconds);
  g_autofree char *sessions = orr_words_count (n_sessions, "session", "sessions");
  return orr_verdict_new (ORR_HOLDS, findings->n_checked, "in %s, by %s", seconds, sessions);
}

/* TRUE where some result says where it stands in the order of writes. */
static gboolean
any_versions (const OrrHistory *history)
{
  for (guint i = 0; i < history->operations->len; i++)
    if (orr_history_operation (history, i)->versions)
      return TRUE;
  return FALSE;
}

OrrVerdict *
orr_session_check (const OrrHistory *history, const OrrSessionRule *rule)
{
  if (!history->versions_known && !any_versions (history))
    return orr_session_check_forced (history, rule);
  g_autoptr (GHashTable) table = g_hash_table_new_full (seen_hash, seen_equal, g_free, NULL);
  g_autofree gboolean *spoke = g_new0 (gboolean, history->n_sessions);
  Findings findings = { .spoke = spoke };
  for (guint i = 0; i < history->operations->len; i++)
    for (guint j = 0; j < orr_history_operation (history, i)->n_steps; j++)
      take_step (history, rule, table, i, j, &findings);
  return say (history, rule, &findings);
}
