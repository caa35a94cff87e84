/* commit-order.c: is there an order of the writes that leaves no forbidden cycle?
 *
 * Where the order of a key's writes is known, the graph says all. Where it isn't, two writes of a key stand
 * one way round or the other, and whoever read the first did so before the second. To find an order that
 * obeys all of that is NP-hard (Papadimitriou 1979; Biswas & Enea 2019). The search starts from an order of
 * all transactions that is probably a good one, and asks only of those writes that stand in it in a wrong
 * way; so it costs little where little is wrong. Which way round is a choice, and a cycle of dependencies is
 * a contradiction from which the search learns, as MonoSAT (Bayless et al. 2015) does for Viper (Zhang et al.
 * 2023) and PolySI (Huang et al. 2023). */
#include "check/clauses.h"
#include "check/growing-order.h"

#define LOOKS_A_STATE 8
#define TRIED         8          /* states that a first try may take, by edge */
#define LOOKS_BETWEEN 100000     /* two looks at whether the caller wants an end */
#define TRANSACTION   (1u << 31) /* marks a transaction among the grounds, which else are edges */

/* Which of two writes of a key comes first, as OrrLastWrite indices. Where there is no key it is a
 * supposition, which need not be so: that two transactions of a session stand in its order; or, without a
 * second, that who overwrites what this transaction read comes after all of it. */
typedef struct
{
  guint first, second, key;
} Choice;

/* Where a write stands. */
typedef struct
{
  guint place, write; /* write: an OrrLastWrite index */
} Placed;

/* Why an edge is there: what was chosen, and perhaps supposed besides; ORR_NONE. */
typedef struct
{
  guint literal, supposed;
} Owner;

typedef struct
{
  OrrDependencies *graph;
  const OrrTransactions *all;
  OrrGrowingOrder *order;
  OrrClauses *clauses;
  GArray *choices;    /* Choice, by variable */
  OrrPairs choice_of; /* (first, second), the smaller first → variable */
  guint n_static;     /* edges that are there from the beginning */
  GArray *owners;     /* Owner, by edge - n_static */
  guint *alone;       /* by transaction: the variable that supposes that it is; ORR_NONE */
  gboolean trying;    /* all suppositions are taken to be so */
  GArray *writers;    /* Placed: of one key, in the order as it stands */
  GArray *moved, *way;
  guint *previous, *following; /* by write of unknown order: of its key, as they stand; ORR_NONE */
  GArray *waiting;             /* writes to be looked at, each with the one that follows */
  guint8 *waits;               /* by write */
  guint64 *states_left;
  const OrrCheckBudget *budget;
  guint64 looks, next_look;
  gboolean spent;
} Mender;

static guint
writer_of (const Mender *mender, guint write)
{
  return orr_last_write (mender->all, write)->transaction;
}

static guint
end_of (const Mender *mender, guint write)
{
  return orr_growing_order_position (mender->order, orr_node_end (mender->graph, writer_of (mender, write)));
}

static guint
begin_of (const Mender *mender, guint transaction)
{
  return orr_growing_order_position (mender->order, orr_node_begin (mender->graph, transaction));
}

/* The next reader of the write from `read` on that has to be done before `next` overwrites it; ORR_NONE. */
static guint
next_reader (const Mender *mender, guint read, guint next)
{
  while (read != ORR_NONE
         && (!orr_level_minds (mender->graph->level, orr_external_read (mender->all, read))
             || orr_external_read (mender->all, read)->transaction == writer_of (mender, next)))
    read = orr_external_read (mender->all, read)->next;
  return read;
}

#define FOR_EACH_READER(mender, read, write, overwriter)                                                     \
  for (guint read                                                                                            \
       = next_reader ((mender), orr_last_write ((mender)->all, (write))->first_reader, (overwriter));        \
       read != ORR_NONE;                                                                                     \
       read = next_reader ((mender), orr_external_read ((mender)->all, read)->next, (overwriter)))

/* Of two writes that stand in this order, where the last reader of the first begins; 0: it has none. */
static guint
last_reader (const Mender *mender, guint write, guint next)
{
  guint last = 0;
  FOR_EACH_READER (mender, i, write, next)
  last = MAX (last, begin_of (mender, orr_external_read (mender->all, i)->transaction));
  return last;
}

/* --- The theory: what choices mean --- */

static gboolean
spend (gpointer data, guint64 n)
{
  Mender *mender = data;
  guint64 looks = orr_growing_order_looks (mender->order), states;
  mender->looks += n;
  states = (mender->looks + looks) / LOOKS_A_STATE;
  if (mender->looks + looks >= mender->next_look)
    {
      mender->next_look = mender->looks + looks + LOOKS_BETWEEN;
      mender->spent |= orr_budget_is_stopped (mender->budget);
    }
  mender->spent |= states >= *mender->states_left;
  return !mender->spent;
}

static void
look_again (Mender *mender, guint write)
{
  if (write == ORR_NONE || mender->waits[write])
    return;
  mender->waits[write] = TRUE;
  g_array_append_val (mender->waiting, write);
}

/* Two neighbours change places. */
static void
swap_writes (Mender *mender, guint first, guint next)
{
  guint before = mender->previous[first], after = mender->following[next];
  mender->previous[next] = before;
  mender->following[next] = first;
  mender->previous[first] = next;
  mender->following[first] = after;
  if (before != ORR_NONE)
    mender->following[before] = next;
  if (after != ORR_NONE)
    mender->previous[after] = first;
  look_again (mender, first);
  mender->looks++;
}

/* The write goes where it stands now among those of its key. FALSE: it was there. */
static gboolean
settle (Mender *mender, guint write)
{
  guint end = end_of (mender, write), n = 0;
  for (guint i; (i = mender->previous[write]) != ORR_NONE && end_of (mender, i) > end; n++)
    {
      swap_writes (mender, i, write);
      look_again (mender, mender->previous[write]);
    }
  for (guint i; (i = mender->following[write]) != ORR_NONE && end_of (mender, i) < end; n++)
    {
      look_again (mender, mender->previous[write]);
      swap_writes (mender, write, i);
      look_again (mender, i);
    }
  look_again (mender, mender->previous[write]);
  look_again (mender, write);
  return n > 0;
}

static gboolean
settle_moved (Mender *mender)
{
  gboolean changed = FALSE;
  for (guint i = 0; i < mender->moved->len; i++)
    {
      guint transaction = orr_node_transaction (mender->graph, g_array_index (mender->moved, guint, i));
      const OrrTransaction *row = transaction == ORR_NONE ? NULL : orr_transaction (mender->all, transaction);
      for (guint j = 0; row && j < row->n_writes; j++)
        if (orr_last_write (mender->all, row->first_write + j)->rank == 0)
          changed |= settle (mender, row->first_write + j);
    }
  return changed;
}

/* What was written, and what was read, by those that moved. */
static void
look_again_at_moved (Mender *mender)
{
  if (!mender->following)
    return;
  while (settle_moved (mender))
    ;
  for (guint i = 0; i < mender->moved->len; i++)
    {
      guint transaction = orr_node_transaction (mender->graph, g_array_index (mender->moved, guint, i));
      const OrrTransaction *row = transaction == ORR_NONE ? NULL : orr_transaction (mender->all, transaction);
      for (guint j = 0; row && j < row->n_reads; j++)
        {
          const OrrExternalRead *read = orr_external_read (mender->all, row->first_read + j);
          if (read->source < ORR_SOURCE_INITIAL && orr_last_write (mender->all, read->source)->rank == 0)
            look_again (mender, read->source);
        }
    }
}

static void
note_transaction (guint transaction, GArray *grounds)
{
  guint ground = transaction | TRANSACTION;
  if (transaction != ORR_NONE)
    g_array_append_val (grounds, ground);
}

/* Those who have to have been there for an edge that was chosen. */
static void
note_chosen (const Mender *mender, const OrrEdge *edge, GArray *grounds)
{
  note_transaction (orr_node_transaction (mender->graph, edge->from), grounds);
  note_transaction (orr_node_transaction (mender->graph, edge->to), grounds);
  if (edge->read != ORR_NONE)
    note_transaction (orr_external_read (mender->all, edge->read)->writer, grounds);
}

static void
note_literal (guint literal, GArray *because)
{
  for (guint i = 0; i < because->len; i++)
    if (g_array_index (because, guint, i) == literal)
      return;
  if (literal != ORR_NONE)
    g_array_append_val (because, literal);
}

/* What the way rests on. */
static void
note_way (const Mender *mender, GArray *because, GArray *grounds)
{
  for (guint i = 0; i < mender->way->len; i++)
    {
      guint edge = g_array_index (mender->way, guint, i);
      if (edge < mender->n_static)
        {
          g_array_append_val (grounds, edge);
          continue;
        }
      const Owner *owner = &g_array_index (mender->owners, Owner, edge - mender->n_static);
      note_literal (owner->literal, because);
      note_literal (owner->supposed, because);
      note_chosen (mender, orr_edge (mender->graph, edge), grounds);
    }
}

/* FALSE: the edge closes a cycle. */
static gboolean
add_edge (Mender *mender, OrrEdge edge, Owner owner, GArray *because, GArray *grounds)
{
  g_array_set_size (mender->way, 0);
  if (!orr_growing_order_admit (mender->order, &edge, mender->moved, mender->way))
    {
      note_literal (owner.literal, because);
      note_literal (owner.supposed, because);
      note_chosen (mender, &edge, grounds);
      note_way (mender, because, grounds);
      return FALSE;
    }
  look_again_at_moved (mender);
  orr_dependencies_add_edge (mender->graph, edge);
  g_array_append_val (mender->owners, owner);
  return TRUE;
}

/* The two writes of a literal, the one that comes first first. */
static Choice
choice_of_literal (const Mender *mender, guint literal)
{
  Choice choice = g_array_index (mender->choices, Choice, literal / 2);
  if (literal == orr_literal (literal / 2, TRUE))
    choice = (Choice){ choice.second, choice.first, choice.key };
  return choice;
}

/* The reader comes before whoever overwrote what it read; all of it, where that is supposed. */
static gboolean
add_anti (Mender *mender, guint index, guint writer, guint literal, GArray *because, GArray *grounds)
{
  OrrDependencies *graph = mender->graph;
  const OrrExternalRead *read = orr_external_read (mender->all, index);
  guint alone = mender->alone ? mender->alone[read->transaction] : ORR_NONE;
  Owner owner = { literal, ORR_NONE };
  OrrEdge edge = orr_edge_precedes (graph, read->transaction, writer, read->key, index);
  gboolean supposed = alone != ORR_NONE && orr_clauses_holds (mender->clauses, orr_literal (alone, FALSE));
  if (supposed)
    owner.supposed = orr_literal (alone, FALSE);
  if (supposed || mender->trying)
    {
      edge.from = orr_node_end (graph, read->transaction);
      edge.to = orr_node_begin (graph, writer);
    }
  return add_edge (mender, edge, owner, because, grounds);
}

static gboolean
assume (gpointer data, guint literal, GArray *because, GArray *grounds)
{
  Mender *mender = data;
  OrrDependencies *graph = mender->graph;
  Choice choice = choice_of_literal (mender, literal);
  Owner owner = { literal, ORR_NONE };
  if (choice.key == ORR_NONE)
    return literal % 2 == 1 || choice.second == ORR_NONE
           || add_edge (
               mender,
               orr_edge_depends (graph, choice.first, choice.second, ORR_EDGE_SESSION, ORR_NONE, ORR_NONE),
               owner, because, grounds);
  guint one = writer_of (mender, choice.first), other = writer_of (mender, choice.second);
  if (!add_edge (mender, orr_edge_overwrites (graph, one, other, ORR_EDGE_CHOSEN, choice.key, ORR_NONE),
                 owner, because, grounds))
    return FALSE;
  if (graph->level->shape == ORR_SHAPE_PARALLEL)
    return TRUE;
  FOR_EACH_READER (mender, i, choice.first, choice.second)
  if (!add_anti (mender, i, other, literal, because, grounds))
    return FALSE;
  return TRUE;
}

static void
retract (gpointer data, guint literal)
{
  Mender *mender = data;
  while (mender->owners->len > 0
         && g_array_index (mender->owners, Owner, mender->owners->len - 1).literal == literal)
    {
      orr_dependencies_remove_last (mender->graph);
      g_array_set_size (mender->owners, mender->owners->len - 1);
    }
}

/* As they stand, unless it takes less to have them the other way round. */
static guint
prefer (gpointer data, guint variable)
{
  const Mender *mender = data;
  const Choice *choice = &g_array_index (mender->choices, Choice, variable);
  if (choice->key == ORR_NONE)
    return orr_literal (variable, FALSE);
  gboolean swapped = end_of (mender, choice->second) < end_of (mender, choice->first);
  guint first = swapped ? choice->second : choice->first, next = swapped ? choice->first : choice->second;
  guint end = end_of (mender, first), between = end_of (mender, next),
        last = last_reader (mender, first, next);
  gboolean wrong = last > between && between - end < last - between;
  return orr_literal (variable, swapped != wrong);
}

/* --- What is wrong with the order as it stands --- */

static gint
compare_places (gconstpointer a, gconstpointer b)
{
  const Placed *left = a, *right = b;
  return (left->place > right->place) - (left->place < right->place);
}

/* Most keys stand in the order in which they were written. */
static void
sort_writers (Mender *mender, guint index)
{
  const GArray *loose = orr_accessed_key (mender->all, index)->loose;
  gboolean sorted = TRUE;
  g_array_set_size (mender->writers, loose->len);
  Placed *writers = (Placed *) mender->writers->data;
  for (guint i = 0; i < loose->len; i++)
    {
      guint write = g_array_index (loose, guint, i);
      writers[i] = (Placed){ end_of (mender, write), write };
      sorted &= i == 0 || writers[i - 1].place < writers[i].place;
    }
  if (!sorted)
    g_array_sort (mender->writers, compare_places);
  mender->looks += loose->len;
}

static guint
nth_writer (const Mender *mender, guint i)
{
  return g_array_index (mender->writers, Placed, i).write;
}

/* TRUE: it was not asked before. */
static gboolean
ask (Mender *mender, guint first, guint second, guint key)
{
  Choice choice = { MIN (first, second), MAX (first, second), key };
  guint n = mender->choices->len;
  if (orr_pairs_add (&mender->choice_of, choice.first, choice.second, n) != n)
    return FALSE;
  g_array_append_val (mender->choices, choice);
  orr_clauses_add_variable (mender->clauses);
  return TRUE;
}

/* Do two writes next to each other stand in an order that explains what was read of the first? */
static gboolean
stands_right (const Mender *mender, guint write, guint next)
{
  if (mender->graph->level->shape == ORR_SHAPE_SNAPSHOT
      && end_of (mender, write) > begin_of (mender, writer_of (mender, next)))
    return FALSE;
  return last_reader (mender, write, next) < end_of (mender, next);
}

static void
set_neighbours (Mender *mender)
{
  guint n = mender->all->writes->len;
  mender->previous = g_new (guint, n + 1);
  mender->following = g_new (guint, n + 1);
  mender->waits = g_new0 (guint8, n + 1);
  for (guint i = mender->all->keys->len; i > 0; i--)
    {
      sort_writers (mender, i - 1);
      for (guint j = mender->writers->len; j > 0; j--)
        {
          guint write = nth_writer (mender, j - 1);
          mender->previous[write] = j > 1 ? nth_writer (mender, j - 2) : ORR_NONE;
          mender->following[write] = j < mender->writers->len ? nth_writer (mender, j) : ORR_NONE;
          look_again (mender, write);
        }
    }
}

static OrrTheoryAnswer
complete (gpointer data, GArray *because G_GNUC_UNUSED, GArray *grounds G_GNUC_UNUSED)
{
  Mender *mender = data;
  while (mender->waiting->len > 0 && spend (mender, 1))
    {
      guint write = g_array_index (mender->waiting, guint, mender->waiting->len - 1),
            next = mender->following[write];
      if (next != ORR_NONE && !stands_right (mender, write, next)
          && ask (mender, write, next, orr_last_write (mender->all, write)->key))
        return ORR_THEORY_ASKS;
      mender->waits[write] = FALSE;
      g_array_set_size (mender->waiting, mender->waiting->len - 1);
    }
  return ORR_THEORY_AGREES;
}

/* --- Parallel snapshot isolation: what is seen is what there is a way from --- */

/* The reader did not see `next`, which overwrote what it read: so there is no way from there. `since`: what
 * it read, where a way from it to `next` is what says that it was overwritten. TRUE: there is no such way. */
static gboolean
refuse (Mender *mender, const OrrExternalRead *read, guint since, guint next, GArray *because,
        GArray *grounds)
{
  if (next == read->transaction)
    return TRUE;
  g_array_set_size (mender->way, 0);
  if (!orr_growing_order_leads (mender->order, next, read->transaction, mender->way)
      || (since != ORR_NONE && !orr_growing_order_leads (mender->order, since, next, mender->way)))
    return TRUE;
  note_way (mender, because, grounds);
  note_transaction (read->transaction, grounds);
  note_transaction (next, grounds);
  note_transaction (since, grounds);
  return FALSE;
}

/* Who overwrote what a read of the chain saw; the chain's own order is in the graph. */
static gboolean
look_at_chained (Mender *mender, const OrrExternalRead *read, guint first_loose, GArray *because,
                 GArray *grounds)
{
  const OrrAccessedKey *key = orr_accessed_key (mender->all, read->key);
  if (read->rank < key->n_links)
    return refuse (mender, read, ORR_NONE,
                   g_array_index (mender->all->links, guint, key->first_link + read->rank), because, grounds);
  return first_loose == ORR_NONE
         || refuse (mender, read, ORR_NONE, writer_of (mender, first_loose), because, grounds);
}

static OrrTheoryAnswer
look_at_key (Mender *mender, guint index, guint *ret_first, GArray *because, GArray *grounds)
{
  gboolean asked = FALSE;
  sort_writers (mender, index);
  *ret_first = mender->writers->len > 0 ? nth_writer (mender, 0) : ORR_NONE;
  for (guint i = 0; i + 1 < mender->writers->len; i++)
    {
      guint write = nth_writer (mender, i), next = nth_writer (mender, i + 1);
      guint one = writer_of (mender, write), other = writer_of (mender, next);
      if (!orr_growing_order_leads (mender->order, one, other, NULL))
        {
          asked |= ask (mender, write, next, index);
          continue;
        }
      FOR_EACH_READER (mender, j, write, next)
      if (!refuse (mender, orr_external_read (mender->all, j), one, other, because, grounds))
        return ORR_THEORY_CONTRADICTS;
    }
  return asked ? ORR_THEORY_ASKS : ORR_THEORY_AGREES;
}

static OrrTheoryAnswer
complete_parallel (gpointer data, GArray *because, GArray *grounds)
{
  Mender *mender = data;
  guint n = mender->all->keys->len;
  g_autofree guint *first_loose = g_new (guint, n + 1);
  gboolean asked = FALSE;
  for (guint i = 0; i < n && spend (mender, 1); i++)
    {
      OrrTheoryAnswer answer = look_at_key (mender, i, &first_loose[i], because, grounds);
      if (answer == ORR_THEORY_CONTRADICTS)
        return answer;
      asked |= answer == ORR_THEORY_ASKS;
    }
  for (guint i = 0; i < mender->all->reads->len && !asked && spend (mender, 1); i++)
    {
      const OrrExternalRead *read = orr_external_read (mender->all, i);
      if (read->rank != ORR_NONE && !look_at_chained (mender, read, first_loose[read->key], because, grounds))
        return ORR_THEORY_CONTRADICTS;
    }
  return asked ? ORR_THEORY_ASKS : ORR_THEORY_AGREES;
}

/* --- Both --- */

static guint
suppose (Mender *mender, guint first, guint second)
{
  Choice choice = { first, second, ORR_NONE };
  g_array_append_val (mender->choices, choice);
  return orr_clauses_add_variable (mender->clauses);
}

static gboolean
keeps_no_sessions (const OrrLevel *level)
{
  return !level->sessions && !level->real_time;
}

/* What need not be so, but makes an order easy to find if it is: that sessions are in order, and that
 * transactions don't overlap. No contradiction rests on it in the end, since it is never forced. */
static void
suppose_all (Mender *mender)
{
  const OrrLevel *level = mender->graph->level;
  guint n = mender->all->transactions->len;
  if (mender->graph->stride == 2)
    mender->alone = g_new (guint, n + 1);
  for (guint i = n; i > 0; i--)
    {
      guint before = orr_transaction (mender->all, i - 1)->before;
      if (before != ORR_NONE && keeps_no_sessions (level))
        suppose (mender, before, i - 1);
      if (mender->alone)
        mender->alone[i - 1] = suppose (mender, i - 1, ORR_NONE);
    }
}

static Mender
mender_new (OrrDependencies *graph, guint64 *states_left, const OrrCheckBudget *budget)
{
  Mender mender = { .graph = graph,
                    .all = graph->all,
                    .order = orr_growing_order_new (graph),
                    .choices = g_array_new (FALSE, FALSE, sizeof (Choice)),
                    .n_static = graph->edges->len,
                    .owners = g_array_new (FALSE, FALSE, sizeof (Owner)),
                    .writers = g_array_new (FALSE, FALSE, sizeof (Placed)),
                    .states_left = states_left,
                    .budget = budget };
  GArray **arrays[] = { &mender.moved, &mender.way, &mender.waiting };
  for (guint i = 0; i < G_N_ELEMENTS (arrays); i++)
    *arrays[i] = g_array_new (FALSE, FALSE, sizeof (guint));
  g_assert (mender.order); /* cycles were looked for before */
  if (graph->level->shape != ORR_SHAPE_PARALLEL)
    set_neighbours (&mender);
  return mender;
}

static void
mender_clear (Mender *mender)
{
  GArray *arrays[]
      = { mender->owners, mender->writers, mender->moved, mender->way, mender->waiting, mender->choices };
  for (guint i = 0; i < G_N_ELEMENTS (arrays); i++)
    g_array_unref (arrays[i]);
  g_free (mender->previous);
  g_free (mender->following);
  g_free (mender->waits);
  g_free (mender->alone);
  orr_growing_order_free (mender->order);
  orr_clauses_free (mender->clauses);
  orr_pairs_clear (&mender->choice_of);
}

static void
blame (const OrrDependencies *graph, const GArray *grounds, GArray *ret_operations)
{
  for (guint i = 0; i < grounds->len; i++)
    {
      guint ground = g_array_index (grounds, guint, i);
      if (ground & TRANSACTION)
        orr_transaction_blame (graph, ground & ~TRANSACTION, ret_operations);
      else
        orr_edge_blame (graph, orr_edge (graph, ground), ret_operations);
    }
}

/* --- A first try: what may be supposed is taken to be so --- */

/* Each session goes on in its own order, wherever it does so in the order as it stands. */
static void
keep_sessions (Mender *mender)
{
  OrrDependencies *graph = mender->graph;
  for (guint i = 0; keeps_no_sessions (graph->level) && i < mender->all->transactions->len; i++)
    {
      guint before = orr_transaction (mender->all, i)->before;
      if (before == ORR_NONE)
        continue;
      OrrEdge edge = orr_edge_depends (graph, before, i, ORR_EDGE_SESSION, ORR_NONE, ORR_NONE);
      if (orr_growing_order_position (mender->order, edge.from)
          < orr_growing_order_position (mender->order, edge.to))
        orr_dependencies_add_edge (graph, edge);
    }
}

/* What was looked at is taken from the budget, and what was added from the graph. */
static void
mender_finish (Mender *mender, guint n_edges, guint64 *states_left)
{
  guint64 states = (mender->looks + orr_growing_order_looks (mender->order)) / LOOKS_A_STATE;
  *states_left -= MIN (*states_left, states);
  while (mender->graph->edges->len > n_edges)
    orr_dependencies_remove_last (mender->graph);
  mender_clear (mender);
}

/* The search where sessions keep their order and transactions don't overlap, which are plain edges then and
 * no suppositions. Where it is so that costs much less; where it isn't, that says nothing. */
static gboolean
find_at_once (OrrDependencies *graph, const OrrTheory *theory, guint64 *states_left,
              const OrrCheckBudget *budget)
{
  guint n_edges = graph->edges->len;
  guint64 most = MIN (*states_left, (guint64) TRIED * n_edges), left = most;
  g_autoptr (GArray) ignored = g_array_new (FALSE, FALSE, sizeof (guint));
  Mender mender = mender_new (graph, &left, budget);
  mender.trying = TRUE;
  keep_sessions (&mender);
  mender.n_static = graph->edges->len;
  mender.clauses = orr_clauses_new (theory, &mender);
  gboolean found = orr_clauses_solve (mender.clauses, ignored) == ORR_HOLDS;
  mender_finish (&mender, n_edges, &left);
  *states_left -= most - left;
  return found;
}

OrrVerdictKind
orr_dependencies_solve (OrrDependencies *graph, guint64 *states_left, const OrrCheckBudget *budget,
                        GArray *ret_blame)
{
  OrrTheory theory = { assume, retract, prefer, complete, spend };
  if (graph->level->shape == ORR_SHAPE_PARALLEL)
    theory.complete = complete_parallel;
  else if ((keeps_no_sessions (graph->level) || graph->stride == 2)
           && find_at_once (graph, &theory, states_left, budget))
    return ORR_HOLDS;
  guint n_edges = graph->edges->len;
  Mender mender = mender_new (graph, states_left, budget);
  g_autoptr (GArray) grounds = g_array_new (FALSE, FALSE, sizeof (guint));
  mender.clauses = orr_clauses_new (&theory, &mender);
  suppose_all (&mender);
  OrrVerdictKind kind = orr_clauses_solve (mender.clauses, grounds);
  if (kind == ORR_VIOLATED)
    blame (graph, grounds, ret_blame);
  mender_finish (&mender, n_edges, states_left);
  return kind;
}
