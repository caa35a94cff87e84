/* sequential.c: as if all operations had happened one after the other, each session's in its own order.
 *
 * Lamport's condition asks for one order, but not that it be the one of the clock: what one session sees
 * late, it may see late, as long as all agree. It is not local: that each key has an order does not help,
 * they must fit together. What is linearizable is sequentially consistent. Else, what was read of registers
 * with unique values forces an order, which may contradict itself; if it does not, a search decides. */
#include "check/sequential-private.h"

#include <string.h>

extern const OrrObject orr_object_register, orr_object_map;

/* --- The operations by session --- */

#define REGISTER_KINDS (1u << ORR_READ | 1u << ORR_WRITE | 1u << ORR_CAS | 1u << ORR_DELETE)

static void
add_keys (OrrSequence *sequence, GHashTable *known, const OrrSequenceNode *node)
{
  for (guint i = 0; i < node->n_steps; i++)
    if (g_hash_table_add (known, GSIZE_TO_POINTER (node->steps[i].key)))
      g_array_append_val (sequence->keys, node->steps[i].key);
}

static void
add_node (OrrSequence *sequence, const OrrHistory *history, guint index, gboolean taken)
{
  OrrLinearEntry entry = orr_linear_entry (sequence->all, index);
  guint32 operation = sequence->all->operations[index];
  guint32 chain = orr_history_operation (history, operation)->session, number = sequence->nodes->len;
  GArray *list = sequence->chains->pdata[chain];
  OrrSequenceNode node = { .steps = entry.steps,
                           .values = entry.values,
                           .n_steps = entry.n_steps,
                           .operation = operation,
                           .chain = chain,
                           .place = taken ? 0 : list->len,
                           .optional = entry.optional,
                           .reads_only = orr_linear_reads_only (&entry) };
  g_array_append_val (sequence->nodes, node);
  if (!entry.optional)
    g_array_append_val (list, number);
  sequence->plain &= entry.n_steps == 1 && (REGISTER_KINDS >> entry.steps->kind & 1);
}

OrrSequence *
orr_sequence_new (const OrrLinearPart *all, const gboolean *taken)
{
  OrrSequence *sequence = g_new0 (OrrSequence, 1);
  g_autofree gboolean *matters = orr_linear_notice (all);
  g_autoptr (GHashTable) known = g_hash_table_new (NULL, NULL);
  sequence->all = all;
  sequence->nodes = g_array_new (FALSE, FALSE, sizeof (OrrSequenceNode));
  sequence->edges = g_array_new (FALSE, FALSE, sizeof (guint32));
  sequence->keys = g_array_new (FALSE, FALSE, sizeof (OrrKey));
  sequence->chains = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  sequence->n_chains = all->history->n_sessions;
  sequence->plain = all->object == &orr_object_register || all->object == &orr_object_map;
  for (guint i = 0; i < sequence->n_chains; i++)
    g_ptr_array_add (sequence->chains, g_array_new (FALSE, FALSE, sizeof (guint32)));
  for (guint i = 0; i < all->n; i++)
    if (matters[i])
      {
        add_node (sequence, all->history, i, taken && taken[i]);
        add_keys (sequence, known,
                  &g_array_index (sequence->nodes, OrrSequenceNode, sequence->nodes->len - 1));
      }
  return sequence;
}

void
orr_sequence_free (OrrSequence *sequence)
{
  if (!sequence)
    return;
  g_array_unref (sequence->nodes);
  g_array_unref (sequence->edges);
  g_array_unref (sequence->keys);
  g_ptr_array_unref (sequence->chains);
  g_free (sequence);
}

/* --- Judging --- */

static OrrLinearAnswer
judge (const OrrLinearPart *all, const OrrCheckBudget *budget, guint64 *states,
       GArray *suspects G_GNUC_UNUSED)
{
  g_autoptr (OrrSequence) sequence = orr_sequence_new (all, all->taken);
  return orr_sequence_force (sequence) ? orr_sequence_search (sequence, budget, states) : ORR_LINEAR_VIOLATED;
}

/* Does the order of sessions follow from that of time, wherever it counts? */
static gboolean
is_timed (const OrrHistory *history)
{
  g_autofree guint32 *last = g_new (guint32, MAX (history->n_sessions, 1));
  memset (last, 0xff, MAX (history->n_sessions, 1) * sizeof *last);
  for (guint i = 0; i < history->operations->len; i++)
    {
      const OrrHistoryOperation *row = orr_history_operation (history, i);
      guint32 before = last[row->session];
      if (before != G_MAXUINT32 && orr_history_operation (history, before)->completed >= row->invoked)
        return FALSE;
      if (row->outcome == ORR_OK)
        last[row->session] = i;
    }
  return !history->timeless;
}

/* A tenth of the states go into finding out that it is even linearizable. */
static gboolean
is_linearizable (const OrrHistory *history, const OrrLinearParts *parts, const OrrCheckBudget *budget)
{
  guint64 states = budget->states_max / 10;
  gboolean right = is_timed (history);
  for (guint i = 0; i < parts->parts->len && right; i++)
    right = orr_linear_judge (&g_array_index (parts->parts, OrrLinearPart, i), budget, &states, NULL)
            == ORR_LINEAR_HOLDS;
  return right;
}

/* All parts as one. */
static OrrLinearPart
join (const OrrHistory *history, const OrrLinearParts *parts, guint32 *ret_operations)
{
  OrrLinearPart all = { .history = history,
                        .object = orr_linear_object (history),
                        .settings = parts->settings,
                        .operations = ret_operations,
                        .touching = parts->touching };
  for (guint i = 0; i < history->operations->len; i++)
    {
      const OrrHistoryOperation *row = orr_history_operation (history, i);
      gboolean counts = FALSE;
      for (guint j = 0; row->outcome != ORR_FAIL && j < row->n_steps; j++)
        counts |= row->steps[j].kind != ORR_BULK_WRITE;
      if (counts)
        ret_operations[all.n++] = i;
    }
  return all;
}

static OrrVerdict *
refuse (const OrrLinearPart *all, const OrrCheckBudget *budget)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GArray) nobody = g_array_new (FALSE, FALSE, sizeof (guint));
  gboolean least;
  g_autoptr (GArray) witness = orr_linear_witness (all, judge, budget, nobody, &least);
  g_string_append (text,
                   witness->len == 1
                       ? "nothing explains what this returned: "
                       : "in no order that keeps each session's own do these give what they returned: ");
  orr_linear_tell (all->history, witness, text);
  OrrVerdict *verdict = orr_verdict_new (ORR_VIOLATED, all->n, "%s", text->str);
  verdict->n_violations = 1;
  for (guint i = 0; i < witness->len; i++)
    orr_verdict_add_witness (verdict, g_array_index (witness, guint, i));
  if (!least)
    orr_verdict_not_least (verdict);
  return verdict;
}

static OrrVerdict *
check (const OrrHistory *history, const OrrCheckBudget *budget)
{
  g_autoptr (OrrLinearParts) parts = orr_linear_parts_new (history);
  g_autofree guint32 *operations = g_new (guint32, MAX (history->operations->len, 1));
  OrrLinearPart all = join (history, parts, operations);
  g_autofree char *much = orr_words_count (all.n, "operation", "operations");
  guint64 states = budget->states_max;
  OrrLinearAnswer answer
      = is_linearizable (history, parts, budget) ? ORR_LINEAR_HOLDS : judge (&all, budget, &states, NULL);
  if (answer == ORR_LINEAR_VIOLATED)
    return refuse (&all, budget);
  if (answer == ORR_LINEAR_UNDECIDED)
    return orr_verdict_new (ORR_UNDECIDED, all.n, "the search %s after %" G_GUINT64_FORMAT " states, in %s",
                            orr_budget_is_stopped (budget) ? "was stopped" : "ended",
                            budget->states_max - states, much);
  return orr_verdict_new (ORR_HOLDS, all.n, "one order explains %s", much);
}

static const char *
silent (const OrrHistory *history)
{
  return orr_linear_object (history) ? NULL : "nothing is known of the object that its operations work on";
}

const OrrCheck orr_check_sequential = {
  .entry
  = { .name = "sequential",
      .summary = "As if one after the other, each session's operations in its own order",
      .doc
      = "There is one order of all operations on all keys that the objects' rules allow, in which each "
        "session's "
        "stand as the session made them. Unlike linearizability it does not ask that this be the order of "
        "the "
        "clock: a read may return something old, as long as nobody can tell by what else was read.\n\n"
        "An operation whose outcome is unknown stands behind what its session had done before, and may "
        "take effect at any later time, or never. Where the writes of registers write different values, what "
        "was read forces an order; else, and to be sure, a search looks for one, and answers `unknown` when "
        "it has seen as many states as it may." },
  .source
  = "Lamport: How to Make a Multiprocessor Computer That Correctly Executes Multiprocess Programs, IEEE "
    "Transactions on Computers 1979; Gibbons & Korach: Testing Shared Memories, SIAM J. Computing 1997",
  .silent = silent,
  .check = check,
};
