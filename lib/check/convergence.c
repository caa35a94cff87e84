/* convergence.c: in the end all nodes hold the same. */
#include "check/check-private.h"

static guint
count_nodes (const OrrHistory *history)
{
  guint n = 0;
  for (guint32 node = 0; node < history->n_nodes; node++)
    n += history->final_nodes[node];
  return n;
}

/* The write behind what a node holds. */
static void
add_writer (const OrrHistory *history, const OrrFinals *finals, guint32 node, OrrKey key, OrrVerdict *verdict)
{
  guint64 version = orr_finals_version (finals, node, key);
  const OrrHistoryVersion *row = version ? orr_history_find_version (history, key, version, NULL) : NULL;
  if (row && row->operation != G_MAXUINT32)
    orr_verdict_add_witness (verdict, row->operation);
}

static OrrVerdict *
say_violated (const OrrHistory *history, const OrrFinals *finals, const OrrDifference *difference, guint n)
{
  g_autoptr (GString) text = g_string_new ("when all was quiet, ");
  g_string_append_printf (text, "%s held ", history->node_names[difference->node]);
  orr_words_value (history, difference->key, orr_finals_value (finals, difference->node, difference->key),
                   text);
  g_string_append_printf (text, " and %s held ", history->node_names[difference->other]);
  orr_words_value (history, difference->key, orr_finals_value (finals, difference->other, difference->key),
                   text);
  OrrVerdict *verdict = orr_verdict_new (ORR_VIOLATED, orr_finals_n_keys (finals), "%s", text->str);
  verdict->n_violations = n;
  add_writer (history, finals, difference->node, difference->key, verdict);
  add_writer (history, finals, difference->other, difference->key, verdict);
  return verdict;
}

/* Of a history from elsewhere. */
static const char *
silent (const OrrHistory *history)
{
  return history->source ? "nobody wrote down what nodes held in the end" : NULL;
}

static OrrVerdict *
check (const OrrHistory *history, const OrrCheckBudget *budget G_GNUC_UNUSED)
{
  OrrDifference difference;
  if (!history->finals_known)
    return orr_verdict_new (ORR_UNDECIDED, 0, "it is not known what the nodes held in the end");
  guint n_nodes = count_nodes (history);
  if (n_nodes < 2)
    return orr_verdict_new (ORR_HOLDS, 0,
                            n_nodes == 1 ? "only one node held anything" : "no node held anything");
  g_autoptr (OrrFinals) finals = orr_finals_new (history);
  guint n = orr_finals_differ (finals, &difference);
  if (n > 0 && history->ending != ORR_ENDED_QUIET)
    return orr_verdict_new (ORR_UNDECIDED, orr_finals_n_keys (finals),
                            "the run ended before it was quiet, while nodes still differed");
  if (n > 0)
    return say_violated (history, finals, &difference, n);
  g_autofree char *keys = orr_words_count (orr_finals_n_keys (finals), "key", "keys");
  return orr_verdict_new (ORR_HOLDS, orr_finals_n_keys (finals), "%u nodes held the same of %s in the end",
                          n_nodes, keys);
}

const OrrCheck orr_check_convergence = {
  .entry = { .name = "convergence",
             .summary = "When all is quiet and connected, all nodes hold the same",
             .doc = "Once the workload is over, everything is healed and nothing is left to happen, each "
                    "node says what it holds. Violated where two of them hold different values of a key; "
                    "one that does not name a key holds its initial value. How long it took is the figure "
                    "`convergence-time`. Unknown where the run ended before it was quiet.",
             .is_liveness = TRUE },
  .source = "Terry, Theimer, Petersen, Demers, Spreitzer & Hauser: Managing Update Conflicts in Bayou, "
            "SOSP 1995, section 2; Vogels: Eventually Consistent, ACM Queue 6(6), 2008",
  .silent = silent,
  .check = check,
};
