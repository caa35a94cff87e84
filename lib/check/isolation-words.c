/* isolation-words.c: what went wrong among transactions, by its name and in plain words. */
#include "check/dependencies.h"

/* How many transactions a sentence tells. */
#define TOLD_MAX 20

/* One dependency of a cycle, helping nodes left out. */
typedef struct
{
  OrrEdgeKind kind;
  guint from, to; /* transactions */
  guint key, read, seen;
} Told;

static void
name (const OrrTransactions *all, guint transaction, GString *text)
{
  const OrrHistoryOperation *row
      = orr_history_operation (all->history, orr_transaction (all, transaction)->operation);
  g_string_append_printf (text, "%s (%s)", row->id, all->history->session_names[row->session]);
}

static const char *
id_of (const OrrTransactions *all, guint transaction)
{
  return orr_history_operation (all->history, orr_transaction (all, transaction)->operation)->id;
}

/* "wrote x = 1", of its last write to the key. */
static void
tell_write (const OrrTransactions *all, guint transaction, guint key, GString *text)
{
  guint write = orr_transaction_find_write (all, transaction, key);
  if (write != ORR_PAIRS_NONE)
    orr_words_did (all->history, orr_transaction (all, transaction)->operation,
                   orr_last_write (all, write)->step, text);
}

static void
tell_read (const OrrTransactions *all, guint read, GString *text)
{
  const OrrExternalRead *row = orr_external_read (all, read);
  orr_words_did (all->history, orr_transaction (all, row->transaction)->operation, row->step, text);
}

/* --- A cycle --- */

/* What leads from one transaction to the next; ways through helping nodes are one. */
static GArray *
shorten (const OrrDependencies *graph, const GArray *cycle)
{
  GArray *told = g_array_new (FALSE, FALSE, sizeof (Told));
  guint n = cycle->len, start = 0;
  while (orr_node_transaction (graph, orr_edge (graph, g_array_index (cycle, guint, start))->from)
         == ORR_NONE)
    start++;
  Told open = { ORR_EDGE_WITHIN, ORR_NONE, ORR_NONE, ORR_NONE, ORR_NONE, ORR_NONE };
  for (guint i = 0; i < n; i++)
    {
      const OrrEdge *edge = orr_edge (graph, g_array_index (cycle, guint, (start + i) % n));
      guint from = orr_node_transaction (graph, edge->from), to = orr_node_transaction (graph, edge->to);
      if (from != ORR_NONE)
        open = (Told){ edge->kind, from, ORR_NONE, edge->key, edge->read, edge->seen };
      open.to = to;
      if (to != ORR_NONE && to != open.from)
        g_array_append_val (told, open);
    }
  return told;
}

static void
tell_seen (const OrrTransactions *all, const Told *told, GString *text)
{
  const OrrExternalRead *read = orr_external_read (all, told->read);
  name (all, read->transaction, text);
  g_string_append_c (text, ' ');
  tell_read (all, told->read, text);
  g_string_append_printf (text, " of %s although it sees %s, which ", id_of (all, told->to),
                          id_of (all, told->from));
  tell_write (all, told->from, told->key, text);
  g_string_append_printf (text, ", so that %s comes before %s", id_of (all, told->from),
                          id_of (all, told->to));
}

static void
tell_dependency (const OrrTransactions *all, const Told *told, GString *text)
{
  if (told->kind == ORR_EDGE_SEEN)
    {
      tell_seen (all, told, text);
      return;
    }
  name (all, told->from, text);
  g_string_append_c (text, ' ');
  if (told->kind == ORR_EDGE_RW)
    tell_read (all, told->read, text);
  else if (told->kind < ORR_EDGE_RW || told->kind == ORR_EDGE_CHOSEN)
    tell_write (all, told->from, told->key, text);
  switch (told->kind)
    {
    case ORR_EDGE_WR:
      g_string_append_printf (text, ", which %s read", id_of (all, told->to));
      break;
    case ORR_EDGE_RW:
      g_string_append_printf (text, " and did not see that %s ", id_of (all, told->to));
      tell_write (all, told->to, told->key, text);
      break;
    case ORR_EDGE_SESSION:
      g_string_append_printf (text, "came before %s in its session", id_of (all, told->to));
      break;
    case ORR_EDGE_TIME:
      g_string_append_printf (text, "had ended before %s began", id_of (all, told->to));
      break;
    default:
      g_string_append_printf (text, told->kind == ORR_EDGE_WW ? " before %s " : ", as it must be, before %s ",
                              id_of (all, told->to));
      tell_write (all, told->to, told->key, text);
    }
}

/* How many of a kind there are; and two of it in a row. */
static guint
count (const GArray *told, OrrEdgeKind kind)
{
  guint n = 0;
  for (guint i = 0; i < told->len; i++)
    n += g_array_index (told, Told, i).kind == kind;
  return n;
}

static gboolean
has_adjacent (const GArray *told, OrrEdgeKind kind)
{
  for (guint i = 0; i < told->len; i++)
    if (g_array_index (told, Told, i).kind == kind
        && g_array_index (told, Told, (i + 1) % told->len).kind == kind)
      return TRUE;
  return FALSE;
}

static gboolean
is_one_key (const GArray *told)
{
  for (guint i = 0; i < told->len; i++)
    if (g_array_index (told, Told, i).key != g_array_index (told, Told, 0).key)
      return FALSE;
  return TRUE;
}

/* What students call it; NULL: it has no name of its own. */
static const char *
nickname (const GArray *told)
{
  guint n_anti = count (told, ORR_EDGE_RW), n_reads = count (told, ORR_EDGE_WR);
  guint n_writes = count (told, ORR_EDGE_WW) + count (told, ORR_EDGE_CHOSEN);
  gboolean one_key = is_one_key (told);
  if (n_anti == 0 && n_writes == told->len)
    return "a cycle of writes";
  if (n_anti == 0)
    return "circular information flow";
  if (n_anti == 1 && n_writes >= 1 && n_writes + 1 == told->len && one_key)
    return "a lost update";
  if (n_anti == 1 && n_reads == 1 && told->len == 2)
    return one_key ? "a read that can't be repeated" : "read skew";
  if (n_anti == 2 && told->len == 2)
    return one_key ? "a lost update" : "write skew";
  if (n_anti == 2 && n_reads == 2 && told->len == 4 && !has_adjacent (told, ORR_EDGE_RW))
    return "a long fork";
  return NULL;
}

static const char *
adya_name (const GArray *told)
{
  guint n_anti = count (told, ORR_EDGE_RW),
        n_writes = count (told, ORR_EDGE_WW) + count (told, ORR_EDGE_CHOSEN);
  guint n_order = count (told, ORR_EDGE_SESSION) + count (told, ORR_EDGE_TIME);
  if (n_anti == 0)
    return n_writes + n_order == told->len ? "G0" : "G1c";
  if (n_anti == 1)
    return "G-single";
  return has_adjacent (told, ORR_EDGE_RW) ? "G2-item" : "G-nonadjacent";
}

/* What the levels that go by what is seen call it. */
static const char *
seen_name (OrrSees sees)
{
  static const char *const names[] = {
    [ORR_SEES_NOTHING] = "an order that can't be",
    [ORR_SEES_KEY] = "reads of one key that go back",
    [ORR_SEES_SO_FAR] = "OTV, an observed transaction vanishes",
    [ORR_SEES_DIRECT] = "a fractured read",
    [ORR_SEES_CAUSES] = "a cause that was not seen",
  };
  return names[sees];
}

static void
name_cycle (const OrrDependencies *graph, const GArray *told, GString *text)
{
  OrrSees sees = graph->level->sees;
  const char *nick = nickname (told);
  gboolean cursor = graph->level->anti == ORR_ANTI_UPDATES && count (told, ORR_EDGE_RW) > 0;
  if (count (told, ORR_EDGE_SEEN) > 0
      || (sees != ORR_SEES_NOTHING && !cursor && count (told, ORR_EDGE_RW) > 0))
    {
      g_string_append (text, seen_name (sees));
      return;
    }
  g_string_append (text, cursor ? "G-cursor" : adya_name (told));
  if (count (told, ORR_EDGE_TIME) > 0)
    g_string_append (text, "-realtime");
  else if (count (told, ORR_EDGE_SESSION) > 0)
    g_string_append (text, "-process");
  else if (nick)
    g_string_append_printf (text, ", %s", nick);
}

void
orr_tell_cycle (const OrrDependencies *graph, const GArray *cycle, GString *text)
{
  g_autoptr (GArray) told = shorten (graph, cycle);
  name_cycle (graph, told, text);
  g_string_append (text, ": ");
  guint n = MIN (told->len, TOLD_MAX);
  for (guint i = 0; i < n; i++)
    {
      if (i > 0)
        g_string_append (text, i + 1 == told->len ? "; and yet " : "; ");
      tell_dependency (graph->all, &g_array_index (told, Told, i), text);
    }
  if (n < told->len)
    g_string_append_printf (text, "; and %u more steps back to %s", told->len - n,
                            id_of (graph->all, g_array_index (told, Told, 0).from));
}

/* --- Others --- */

static void
tell_actor (const OrrHistory *history, guint operation, GString *text)
{
  const OrrHistoryOperation *row = orr_history_operation (history, operation);
  g_string_append_printf (text, "%s (%s) ", row->id, history->session_names[row->session]);
}

static void
tell_step (const OrrHistory *history, guint operation, guint step, GString *text)
{
  tell_actor (history, operation, text);
  orr_words_did (history, operation, step, text);
}

/* What it returned names the value that is wrong, where that is only a part of it. */
static void
tell_part (const OrrHistory *history, const OrrFlaw *flaw, const char *before, const char *behind,
           GString *text)
{
  g_string_append (text, before);
  orr_terms_print (history->terms, flaw->value, text);
  g_string_append (text, behind);
}

void
orr_tell_flaw (const OrrTransactions *all, const OrrFlaw *flaw, GString *text)
{
  static const char *const names[ORR_N_FLAWS] = {
    [ORR_FLAW_THIN_AIR] = "a thin-air read: ",
    [ORR_FLAW_INTERNAL] = "not what it had written itself: ",
    [ORR_FLAW_DUPLICATE] = "one append twice: ",
    [ORR_FLAW_INCOMPATIBLE] = "incompatible orders: ",
    [ORR_FLAW_SCRAMBLED] = "a transaction's writes out of order: ",
    [ORR_FLAW_ABORTED] = "G1a, an aborted read: ",
    [ORR_FLAW_INTERMEDIATE] = "G1b, an intermediate read: ",
  };
  const OrrHistory *history = all->history;
  g_string_append (text, names[flaw->kind]);
  tell_step (history, flaw->operation, flaw->step, text);
  switch (flaw->kind)
    {
    case ORR_FLAW_THIN_AIR:
      tell_part (history, flaw, ", but nobody wrote ", "", text);
      break;
    case ORR_FLAW_INTERNAL:
      g_string_append (text, flaw->other_step > flaw->step ? ", which it wrote only later"
                                                           : ", although before that it ");
      if (flaw->other_step <= flaw->step)
        orr_words_did (history, flaw->operation, flaw->other_step, text);
      break;
    case ORR_FLAW_DUPLICATE:
      tell_part (history, flaw, ", in which ", " stands twice", text);
      break;
    case ORR_FLAW_INCOMPATIBLE:
      g_string_append (text, ", and ");
      tell_step (history, flaw->other, flaw->other_step, text);
      g_string_append (text, ": neither begins the other");
      break;
    case ORR_FLAW_SCRAMBLED:
      tell_part (history, flaw, ", in which ", " does not stand behind all that ", text);
      tell_actor (history, flaw->other, text);
      g_string_append (text, "had appended before");
      break;
    case ORR_FLAW_ABORTED:
      g_string_append (text, ", but ");
      tell_step (history, flaw->other, flaw->other_step, text);
      g_string_append (text, " and failed");
      break;
    default:
      g_string_append (text, ", which was not the last that ");
      tell_actor (history, flaw->other, text);
      g_string_append (text, "wrote there");
    }
}

void
orr_tell_transactions (const OrrTransactions *all, GString *text)
{
  g_string_append (text, "no order of the writes explains this: ");
  guint n = MIN (all->transactions->len, TOLD_MAX);
  for (guint i = 0; i < n; i++)
    {
      const OrrHistoryOperation *row
          = orr_history_operation (all->history, orr_transaction (all, i)->operation);
      if (i > 0)
        g_string_append (text, "; ");
      name (all, i, text);
      for (guint j = 0; j < row->n_steps; j++)
        {
          g_string_append (text, j > 0 ? " and " : " ");
          orr_words_did (all->history, orr_transaction (all, i)->operation, j, text);
        }
    }
  if (n < all->transactions->len)
    g_string_append_printf (text, "; and %u more", all->transactions->len - n);
}
