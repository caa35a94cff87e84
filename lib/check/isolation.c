/* isolation.c: judges a history by an isolation level.
 *
 * First what is wrong whatever the order is; then cycles of what is known, the worst first: of writes alone
 * (G0), of writes and reads (G1c), of all. Where the order of writes is not fully known a search must find
 * one. Whatever is found is cut down to transactions none of which can be left out, and told as what is found
 * in those alone. */
#include "check/dependencies.h"

/* How many subsets are tried to make a witness small, how much a search may take of each, and how many
 * transactions all of them together may have. */
#define TESTS_MAX       5000
#define TEST_STATES_MAX 200000
#define TESTED_MAX      20000000

typedef struct
{
  OrrVerdictKind kind;
  const char *why; /* unknown: a constant, or NULL: it can't be told who read what */
  GArray *blame;   /* violated: operations */
  guint64 n_found; /* flaws and tangles */
  guint64 n_transactions, n_reads, n_unclear;
} Finding;

static void
blame (Finding *finding, guint operation)
{
  if (operation != ORR_NONE)
    g_array_append_val (finding->blame, operation);
}

/* --- What is wrong whatever the order is --- */

static gboolean
counts (const OrrLevel *level, const OrrFlaw *flaw)
{
  return level->reads || flaw->kind < ORR_FLAW_ABORTED;
}

/* The first of the worst kind; NULL: none. */
static const OrrFlaw *
find_flaw (const OrrTransactions *all, const OrrLevel *level, guint64 *ret_n)
{
  const OrrFlaw *worst = NULL;
  *ret_n = 0;
  for (guint i = 0; i < all->flaws->len; i++)
    {
      const OrrFlaw *flaw = &g_array_index (all->flaws, OrrFlaw, i);
      if (!counts (level, flaw))
        continue;
      ++*ret_n;
      if (!worst || flaw->kind < worst->kind)
        worst = flaw;
    }
  return worst;
}

/* --- Cycles --- */

/* Kinds of edges to look for cycles in, the worst first; 0 ends them. */
static const guint steps[] = {
  1u << ORR_EDGE_WW,
  1u << ORR_EDGE_WW | 1u << ORR_EDGE_WR | 1u << ORR_EDGE_WITHIN,
  ORR_EDGES_ALL,
  0,
};

static guint
find_worst_cycle (const OrrDependencies *graph, GArray *ret_cycle)
{
  guint n = orr_dependencies_find_cycle (graph, ORR_EDGES_ALL, ORR_NONE, NULL);
  for (guint i = 0; n > 0 && ret_cycle->len == 0 && steps[i] != 0; i++)
    {
      if (steps[i] == ORR_EDGES_ALL) /* G-single before others */
        orr_dependencies_find_cycle (graph, steps[i], 1, ret_cycle);
      if (ret_cycle->len == 0)
        orr_dependencies_find_cycle (graph, steps[i], ORR_NONE, ret_cycle);
    }
  return n;
}

/* What a cycle rests on, its edges' causes included: a transaction that was seen through others is so by the
 * way between. */
static void
blame_cycle (const OrrDependencies *graph, const GArray *cycle, Finding *finding)
{
  for (guint i = 0; i < cycle->len; i++)
    {
      const OrrEdge *edge = orr_edge (graph, g_array_index (cycle, guint, i));
      orr_edge_blame (graph, edge, finding->blame);
      if (edge->seen == ORR_NONE)
        continue;
      g_autoptr (GArray) path = g_array_new (FALSE, FALSE, sizeof (guint));
      orr_dependencies_find_path (graph, 1u << ORR_EDGE_WR | 1u << ORR_EDGE_SESSION, edge->seen,
                                  orr_external_read (graph->all, edge->read)->transaction, path);
      for (guint j = 0; j < path->len; j++)
        orr_edge_blame (graph, orr_edge (graph, g_array_index (path, guint, j)), finding->blame);
    }
}

/* --- The search --- */

static gboolean
needs_search (const OrrTransactions *all, const OrrLevel *level)
{
  gboolean loose = level->shape == ORR_SHAPE_PARALLEL;
  for (guint i = 0; i < all->keys->len && !loose; i++)
    loose = orr_accessed_key (all, i)->loose->len > 1;
  return loose && level->anti != ORR_ANTI_NONE;
}

static void
search (OrrDependencies *graph, const OrrCheckBudget *budget, Finding *finding)
{
  guint64 states = budget->states_max;
  finding->kind = orr_dependencies_solve (graph, &states, budget, finding->blame);
  finding->n_found = finding->kind == ORR_VIOLATED;
  if (finding->kind == ORR_UNDECIDED)
    finding->why = orr_budget_is_stopped (budget)
                       ? "it was stopped before its end"
                       : "the search for an order of the writes used up its budget";
}

/* --- All of it --- */

static void
examine_order (const OrrTransactions *all, const OrrLevel *level, const OrrCheckBudget *budget,
               Finding *finding)
{
  g_autoptr (GArray) cycle = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (OrrDependencies) graph = orr_dependencies_new (all, level, budget);
  if (!graph)
    {
      finding->kind = ORR_UNDECIDED;
      finding->why = orr_budget_is_stopped (budget)
                         ? "it was stopped before its end"
                         : "it has too many sessions for its number of transactions";
      return;
    }
  finding->n_found = find_worst_cycle (graph, cycle);
  if (finding->n_found > 0)
    {
      finding->kind = ORR_VIOLATED;
      blame_cycle (graph, cycle, finding);
    }
  else if (needs_search (all, level))
    search (graph, budget, finding);
  if (finding->kind == ORR_HOLDS && all->n_unclear > 0)
    finding->kind = ORR_UNDECIDED;
}

static Finding
examine (const OrrValues *values, const OrrLevel *level, const guint *operations, guint n,
         const OrrCheckBudget *budget)
{
  g_autoptr (OrrTransactions) all = orr_transactions_new (values, operations, n);
  Finding finding = { .kind = ORR_HOLDS, .blame = g_array_new (FALSE, FALSE, sizeof (guint)) };
  const OrrFlaw *flaw = find_flaw (all, level, &finding.n_found);
  finding.n_transactions = all->transactions->len;
  finding.n_reads = all->n_reads;
  finding.n_unclear = all->n_unclear;
  if (!flaw)
    {
      examine_order (all, level, budget, &finding);
      /* Whoever showed the order of a key's writes is part of what they say. */
      for (guint i = 0;
           finding.kind == ORR_VIOLATED && level->shape == ORR_SHAPE_PARALLEL && i < all->keys->len; i++)
        blame (&finding, orr_accessed_key (all, i)->shown_by);
      return finding;
    }
  finding.kind = ORR_VIOLATED;
  blame (&finding, flaw->operation);
  blame (&finding, flaw->other);
  return finding;
}

/* --- The witness --- */

static gint
compare_numbers (gconstpointer a, gconstpointer b)
{
  guint left = *(const guint *) a, right = *(const guint *) b;
  return (left > right) - (left < right);
}

static void
sort_and_keep_once (GArray *numbers)
{
  guint kept = 0;
  g_array_sort (numbers, compare_numbers);
  for (guint i = 0; i < numbers->len; i++)
    if (kept == 0 || g_array_index (numbers, guint, i) != g_array_index (numbers, guint, kept - 1))
      g_array_index (numbers, guint, kept++) = g_array_index (numbers, guint, i);
  g_array_set_size (numbers, kept);
}

typedef struct
{
  const OrrValues *values;
  const OrrLevel *level;
  OrrCheckBudget budget;
  gboolean open; /* some question was */
} Judge;

static gboolean
is_violated (const guint *operations, guint n, gpointer data)
{
  Judge *judge = data;
  if (orr_budget_is_stopped (&judge->budget))
    {
      judge->open = TRUE;
      return FALSE;
    }
  Finding finding = examine (judge->values, judge->level, operations, n, &judge->budget);
  g_array_unref (finding.blame);
  judge->open |= finding.kind == ORR_UNDECIDED && finding.why;
  return finding.kind == ORR_VIOLATED;
}

/* --- What is said --- */

static void
tell_order (const OrrTransactions *all, const OrrLevel *level, const OrrCheckBudget *budget, GString *text)
{
  g_autoptr (GArray) cycle = g_array_new (FALSE, FALSE, sizeof (guint));
  OrrLevel plain = *level;
  if (level->shape == ORR_SHAPE_PARALLEL)
    plain.shape = ORR_SHAPE_PLAIN;
  g_autoptr (OrrDependencies) graph = orr_dependencies_new (all, &plain, budget);
  if (graph)
    {
      orr_dependencies_force (graph);
      if (level->shape == ORR_SHAPE_PARALLEL)
        orr_dependencies_find_cycle (graph, ORR_EDGES_ALL, 1, cycle);
      else
        find_worst_cycle (graph, cycle);
    }
  if (cycle->len > 0)
    orr_tell_cycle (graph, cycle, text);
  else
    orr_tell_transactions (all, text);
}

static OrrVerdict *
say_violated (const OrrValues *values, const OrrLevel *level, const Finding *finding,
              const OrrCheckBudget *budget)
{
  g_autoptr (GArray) operations = g_array_copy (finding->blame);
  sort_and_keep_once (operations);
  Judge judge = { values, level, *budget, FALSE };
  if (!is_violated ((const guint *) operations->data, operations->len, &judge)
      && !orr_budget_is_stopped (budget)) /* once stopped, what was found must do */
    {
      g_array_set_size (operations, 0);
      for (guint i = 0; i < values->history->operations->len; i++)
        g_array_append_val (operations, i);
    }
  judge.budget.states_max = MIN (budget->states_max, TEST_STATES_MAX);
  guint tests_max = CLAMP (TESTED_MAX / (operations->len + 1), 1, TESTS_MAX);
  gboolean least = orr_reduce ((guint *) operations->data, &operations->len, is_violated, &judge, tests_max)
                   && !judge.open;
  g_autoptr (OrrTransactions) all
      = orr_transactions_new (values, (const guint *) operations->data, operations->len);
  g_autoptr (GString) text = g_string_new (NULL);
  guint64 n;
  const OrrFlaw *flaw = find_flaw (all, level, &n);
  if (flaw)
    orr_tell_flaw (all, flaw, text);
  else
    tell_order (all, level, budget, text);
  OrrVerdict *verdict = orr_verdict_new (ORR_VIOLATED, finding->n_transactions, "%s", text->str);
  verdict->n_violations = finding->n_found;
  for (guint i = 0; i < operations->len; i++)
    orr_verdict_add_witness (verdict, g_array_index (operations, guint, i));
  if (!least)
    orr_verdict_not_least (verdict);
  return verdict;
}

static OrrVerdict *
say (const OrrValues *values, const OrrLevel *level, const Finding *finding, const OrrCheckBudget *budget)
{
  g_autofree char *reads = orr_words_count (finding->n_reads, "read", "reads");
  g_autofree char *transactions = orr_words_count (finding->n_transactions, "transaction", "transactions");
  g_autofree char *unclear = orr_words_count (finding->n_unclear, "read or write", "reads and writes");
  if (finding->kind == ORR_VIOLATED)
    return say_violated (values, level, finding, budget);
  if (finding->kind == ORR_UNDECIDED && finding->why)
    return orr_verdict_new (ORR_UNDECIDED, finding->n_transactions, "%s", finding->why);
  if (finding->kind == ORR_UNDECIDED)
    return orr_verdict_new (ORR_UNDECIDED, finding->n_transactions, "it can't be told what %s saw or made",
                            unclear);
  if (finding->n_reads == 0 && finding->n_transactions == 0)
    return orr_verdict_new (ORR_HOLDS, 0, "no transaction committed");
  return orr_verdict_new (ORR_HOLDS, finding->n_transactions, "%s explains %s by %s", level->explains, reads,
                          transactions);
}

OrrVerdict *
orr_isolation_check (const OrrHistory *history, const OrrCheckBudget *budget, const OrrLevel *level)
{
  guint n = history->operations->len;
  g_autoptr (OrrValues) values = orr_values_new (history);
  g_autofree guint *operations = g_new (guint, n + 1);
  for (guint i = 0; i < n; i++)
    operations[i] = i;
  Finding finding = examine (values, level, operations, n, budget);
  OrrVerdict *verdict = say (values, level, &finding, budget);
  g_array_unref (finding.blame);
  return verdict;
}

const char *
orr_isolation_silent (const OrrHistory *history)
{
  return history->timeless ? "its operations have no times" : NULL;
}
