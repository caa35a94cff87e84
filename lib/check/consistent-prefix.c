/* consistent-prefix.c: whoever reads several keys sees a prefix of the writes.
 *
 * Where the true order of writes is known, each value that an operation read says where the prefix ends that
 * it saw: not before the write that it returned, and before the next write of the key. The operation saw some
 * prefix exactly when the latest of those beginnings is before the earliest of those ends; so one pass over
 * its steps decides, and the two steps that disagree are the witness.
 *
 * Versions order the writes of one key; the times at which they took their places order those of different
 * keys. Writes of one instant may be in either order. */
#include "check/check-private.h"

typedef struct
{
  OrrTime time;
  guint32 operation; /* who wrote it; G_MAXUINT32: not known */
  guint step;        /* of the read */
  guint32 returned;  /* who wrote what that step returned; G_MAXUINT32: nobody, or not known */
} Bound;

typedef struct
{
  guint64 n_checked, n_unclear, n_violations;
  guint read;
  Bound seen, missed; /* of the first violation */
} Findings;

/* Do versions take their places in their order? Else times say nothing of the order of writes. */
static gboolean
times_follow_versions (const OrrHistory *history)
{
  for (guint i = 1; i < history->versions->len; i++)
    {
      const OrrHistoryVersion *row = &g_array_index (history->versions, OrrHistoryVersion, i);
      if (row[-1].key == row->key && row[-1].time > row->time)
        return FALSE;
    }
  return TRUE;
}

static gboolean
reads_from_outside (const OrrHistoryOperation *operation, guint step)
{
  if (operation->steps[step].kind != ORR_READ)
    return FALSE;
  for (guint i = 0; i < step; i++)
    if (operation->steps[i].key == operation->steps[step].key
        && orr_step_infos[operation->steps[i].kind].writes)
      return FALSE;
  return TRUE;
}

/* What one step says of the prefix. FALSE: it is not known. */
static gboolean
take_step (const OrrHistory *history, const OrrHistoryOperation *operation, guint step, Bound *seen,
           Bound *missed)
{
  OrrKey key = operation->steps[step].key;
  guint n, rank = 0;
  const OrrHistoryVersion *versions = orr_history_versions_of (history, key, &n);
  if (operation->versions[step] != 0
      && !orr_history_find_version (history, key, operation->versions[step], &rank))
    return FALSE;
  guint32 returned = rank > 0 ? versions[rank - 1].operation : G_MAXUINT32;
  gboolean own
      = rank > 0 && versions[rank - 1].operation != G_MAXUINT32
        && orr_history_operation (history, versions[rank - 1].operation)->session == operation->session;
  if (rank > 0 && !own && versions[rank - 1].time > seen->time)
    *seen = (Bound){ versions[rank - 1].time, returned, step, returned };
  if (rank < n && versions[rank].time < missed->time)
    *missed = (Bound){ versions[rank].time, versions[rank].operation, step, returned };
  return TRUE;
}

static void
take_operation (const OrrHistory *history, guint index, Findings *findings)
{
  const OrrHistoryOperation *operation = orr_history_operation (history, index);
  Bound seen = { G_MININT64, G_MAXUINT32, 0, G_MAXUINT32 },
        missed = { ORR_TIME_NEVER, G_MAXUINT32, 0, G_MAXUINT32 };
  guint n = 0;
  for (guint i = 0; i < operation->n_steps; i++)
    n += reads_from_outside (operation, i);
  if (operation->outcome != ORR_OK || n < 2)
    return;
  findings->n_checked++;
  for (guint i = 0; i < operation->n_steps; i++)
    if (reads_from_outside (operation, i)
        && (!operation->versions || !take_step (history, operation, i, &seen, &missed)))
      {
        findings->n_unclear++;
        return;
      }
  if (seen.time <= missed.time || findings->n_violations++ > 0)
    return;
  findings->read = index;
  findings->seen = seen;
  findings->missed = missed;
}

/* The step of an operation that writes the key. */
static guint
find_write (const OrrHistoryOperation *operation, OrrKey key)
{
  guint step = 0;
  while (step + 1 < operation->n_steps
         && !(operation->steps[step].key == key && orr_step_infos[operation->steps[step].kind].writes))
    step++;
  return step;
}

static void
tell_write (const OrrHistory *history, const Findings *findings, const Bound *bound, OrrVerdict *verdict,
            GString *text)
{
  OrrKey key = orr_history_operation (history, findings->read)->steps[bound->step].key;
  if (bound->operation == G_MAXUINT32)
    {
      g_string_append (text, "a write of ");
      orr_terms_print (history->terms, key, text);
      g_string_append (text, " took its place");
    }
  else
    {
      const OrrHistoryOperation *operation = orr_history_operation (history, bound->operation);
      g_string_append_printf (text, "%s ", history->session_names[operation->session]);
      orr_words_did (history, bound->operation, find_write (operation, key), text);
      orr_verdict_add_witness (verdict, bound->operation);
    }
  g_string_append (text, " at ");
  orr_history_print_moment (bound->time, text);
}

static OrrVerdict *
say_violated (const OrrHistory *history, const Findings *findings)
{
  const OrrHistoryOperation *read = orr_history_operation (history, findings->read);
  g_autoptr (GString) text = g_string_new (NULL);
  OrrVerdict *verdict = orr_verdict_new (ORR_VIOLATED, findings->n_checked, "%s", "");
  verdict->n_violations = findings->n_violations;
  if (findings->missed.returned != G_MAXUINT32)
    orr_verdict_add_witness (verdict, findings->missed.returned);
  tell_write (history, findings, &findings->missed, verdict, text);
  g_string_append (text, "; later ");
  tell_write (history, findings, &findings->seen, verdict, text);
  g_string_append_printf (text, "; but %s ", history->session_names[read->session]);
  orr_words_did (history, findings->read, findings->seen.step, text);
  g_string_append (text, " and, in the same operation, ");
  orr_words_did (history, findings->read, findings->missed.step, text);
  g_string_append (text, ": the later write without the earlier");
  orr_verdict_add_witness (verdict, findings->read);
  g_free (verdict->sentence);
  verdict->sentence = g_strdup (text->str);
  return verdict;
}

static OrrVerdict *
check (const OrrHistory *history, const OrrCheckBudget *budget)
{
  Findings findings = { 0 };
  if (!times_follow_versions (history))
    return orr_verdict_new (ORR_UNDECIDED, 0,
                            "writes took their places out of the order of their versions, so the order of "
                            "writes of different keys is not known");
  for (guint i = 0; i < history->operations->len; i++)
    {
      if (i % 4096 == 0 && orr_budget_is_stopped (budget))
        return orr_verdict_new (ORR_UNDECIDED, findings.n_checked, "it was stopped");
      take_operation (history, i, &findings);
    }
  if (findings.n_violations > 0)
    return say_violated (history, &findings);
  g_autofree char *unclear = orr_words_count (findings.n_unclear, "operation", "operations");
  if (findings.n_unclear > 0)
    return orr_verdict_new (ORR_UNDECIDED, findings.n_checked, "it is not known which versions %s read",
                            unclear);
  if (findings.n_checked == 0)
    return orr_verdict_new (ORR_HOLDS, 0, "no operation read several keys");
  g_autofree char *reads
      = orr_words_count (findings.n_checked, "operation that read", "operations that read");
  return orr_verdict_new (ORR_HOLDS, findings.n_checked, "in %s several keys", reads);
}

static const char *
silent (const OrrHistory *history)
{
  return !history->versions_known ? "the true order of writes is not known"
         : history->timeless      ? "its operations have no times"
                                  : NULL;
}

const OrrCheck orr_check_consistent_prefix = {
  .entry
  = { .name = "consistent-prefix",
      .summary = "An operation that reads several keys sees a prefix of the sequence of all writes",
      .doc = "What is read existed at some time in the past: never a later write without an earlier one. A "
             "reader is one operation that reads several keys; a single read is always explained by some "
             "prefix. What the reader's own session wrote may be in sight before its turn.\n\n"
             "Judged where the true order of writes is known: by their versions, and across keys by the "
             "times at which they took their places." },
  .source
  = "Terry: Replicated Data Consistency Explained Through Baseball, CACM 2013; Burckhardt: Principles "
    "of Eventual Consistency, 2014",
  .silent = silent,
  .check = check,
};
