/* bounded-staleness.c: reads are not behind without end.
 *
 * In a run that ends, every read is behind by something, and the largest of it is a bound; so the bound that
 * someone needs is a matter of figures
 * (`staleness`, `staleness-versions`). What a check can decide is whether there is one at all. There is none
 * where a read missed a write and its server still had not got it when everything was healed and quiet:
 * however long one had waited, that server would have gone on to serve it. */
#include "check/check-private.h"
#include "check/measure-private.h"

typedef struct
{
  guint64 n_stale, n_checked, n_unclear, n_endless;
  guint versions_max;
  OrrTime time_max;
  guint write, read, step; /* the first without end */
} Findings;

/* The rank of what a server held in the end. */
static guint
final_rank (const OrrHistory *history, const OrrFinals *finals, guint32 server, OrrKey key)
{
  guint rank = 0;
  guint64 version = orr_finals_version (finals, server, key);
  if (version != 0)
    orr_history_find_version (history, key, version, &rank);
  return rank;
}

static void
take_stale (const OrrHistory *history, const OrrFinals *finals, const OrrRead *read, Findings *findings)
{
  const OrrHistoryOperation *operation = orr_history_operation (history, read->operation);
  guint n;
  findings->n_stale++;
  findings->versions_max = MAX (findings->versions_max, read->newest - read->rank);
  findings->time_max = MAX (findings->time_max, operation->invoked - read->stale_at);
  if (!history->finals_known || operation->server >= history->n_nodes
      || !history->final_nodes[operation->server])
    {
      findings->n_unclear++;
      return;
    }
  if (final_rank (history, finals, operation->server, read->key) >= read->newest || findings->n_endless++ > 0)
    return;
  findings->write = orr_history_versions_of (history, read->key, &n)[read->newest - 1].operation;
  findings->read = read->operation;
  findings->step = read->step;
}

static OrrVerdict *
say_violated (const OrrHistory *history, const OrrFinals *finals, const Findings *findings)
{
  const OrrHistoryOperation *write = orr_history_operation (history, findings->write);
  const OrrHistoryOperation *read = orr_history_operation (history, findings->read);
  OrrKey key = read->steps[findings->step].key;
  guint step = 0;
  while (write->steps[step].key != key || !orr_step_infos[write->steps[step].kind].writes)
    step++;
  g_autoptr (GString) text = g_string_new (NULL);
  orr_words_acknowledged (history, findings->write, step, text);
  g_string_append_printf (text, "; %s ", history->session_names[read->session]);
  orr_words_did (history, findings->read, findings->step, text);
  g_string_append (text, " at ");
  orr_history_print_moment (read->invoked, text);
  orr_words_server (history, findings->read, text);
  g_string_append (text, ", which still held ");
  orr_words_value (history, key, orr_finals_value (finals, read->server, key), text);
  g_string_append (text, " when all was quiet");
  OrrVerdict *verdict = orr_verdict_new (ORR_VIOLATED, findings->n_checked, "%s", text->str);
  verdict->n_violations = findings->n_endless;
  orr_verdict_add_witness (verdict, findings->write);
  orr_verdict_add_witness (verdict, findings->read);
  return verdict;
}

static OrrVerdict *
say (const OrrHistory *history, const OrrFinals *finals, const Findings *findings)
{
  if (findings->n_endless > 0 && history->ending == ORR_ENDED_QUIET)
    return say_violated (history, finals, findings);
  g_autofree char *reads = orr_words_count (findings->n_checked, "read", "reads");
  if (findings->n_stale == 0)
    return orr_verdict_new (ORR_HOLDS, findings->n_checked, "none of %s was stale", reads);
  g_autofree char *stale = orr_words_count (findings->n_stale, "was", "were");
  if (findings->n_endless > 0 || findings->n_unclear > 0)
    return orr_verdict_new (ORR_UNDECIDED, findings->n_checked,
                            "of %s, %s stale, and it is not known whether their servers ever caught up",
                            reads, stale);
  g_autoptr (GString) time = g_string_new (NULL);
  orr_history_print_moment (findings->time_max, time);
  g_autofree char *versions = orr_words_count (findings->versions_max, "version", "versions");
  return orr_verdict_new (ORR_HOLDS, findings->n_checked, "of %s, %s stale, by at most %s and %s", reads,
                          stale, versions, time->str);
}

/* Of a history from elsewhere. */
static const char *
silent (const OrrHistory *history)
{
  return history->source ? "nobody wrote down the true order of writes" : NULL;
}

static OrrVerdict *
check (const OrrHistory *history, const OrrCheckBudget *budget G_GNUC_UNUSED)
{
  if (!history->versions_known)
    return orr_verdict_new (ORR_UNDECIDED, 0, "the true order of writes is not known");
  g_autoptr (GArray) reads = orr_reads_new (history);
  g_autoptr (OrrFinals) finals = orr_finals_new (history);
  Findings findings = { .n_checked = reads->len };
  for (guint i = 0; i < reads->len; i++)
    {
      const OrrRead *read = &g_array_index (reads, OrrRead, i);
      if (read->newest > read->rank)
        take_stale (history, finals, read, &findings);
    }
  return say (history, finals, &findings);
}

const OrrCheck orr_check_bounded_staleness = {
  .entry
  = { .name = "bounded-staleness",
      .summary = "No read is behind without end: whoever served a stale read caught up",
      .doc = "A read is stale when a newer write of its key had been acknowledged before it began. Any run "
             "that ends has a largest staleness; which bound is good enough is for the figures `staleness` "
             "(time), `staleness-versions`, `visibility` and `fresh` to say, and a scenario can expect "
             "them, as in `staleness.max: below 2s`. The property says whether there is a bound at all: it "
             "is violated where a read missed an acknowledged write and its server still did not hold that "
             "write, or a later one, when everything was healed and quiet.",
      .is_liveness = TRUE },
  .source = "Golab, Li & Shah: Analyzing Consistency Properties for Fun and Profit, PODC 2011; Bailis, "
            "Venkataraman, Franklin, Hellerstein & Stoica: Probabilistically Bounded Staleness for "
            "Practical Partial Quorums, VLDB 2012, section 3",
  .silent = silent,
  .check = check,
};
