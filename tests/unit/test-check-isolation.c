/* test-check-isolation.c: isolation levels against their axioms.
 *
 * Every level is held against a definition that is written down from the literature and shares no code with
 * the checks: some total order of the committed transactions obeys the level's axiom (Biswas & Enea 2019,
 * section 2.2; for parallel snapshot isolation Cerone, Gotsman & Yang 2015; for cursor stability Adya 1999).
 * On thousands of small random histories all orders are tried: of registers, of lists, and of registers whose
 * order of writes is known. Each witness must be 1-minimal, and no verdict may contradict what the levels
 * imply of each other. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "check/check.h"
#include "history-builder.h"
#include "../support/cases.h"

#define N_MAX     5
#define STEPS_MAX 4
#define KEYS      3
#define INITIAL   (-1)
#define NOBODY    (-2) /* a read that says nothing */

typedef enum
{
  REGISTERS,
  LISTS,
  VERSIONS,
  N_MODES
} Mode;

typedef struct
{
  gboolean write;
  guint key;
  int value; /* of a write: its number in the case, from 1; of a register's read: what it returned, 0 initial
              */
  int list[12], n; /* of a list's read */
} Step;

typedef struct
{
  guint session, n;
  OrrOutcome outcome;
  int start, end;
  Step steps[STEPS_MAX];
} Txn;

typedef struct
{
  Mode mode;
  gboolean timeless;
  guint n;
  Txn txns[N_MAX];
  int order[KEYS][16]; /* values in the known order of each key */
  int n_order[KEYS];
} Case;

/* --- The levels by their definitions --- */

typedef struct
{
  const Case *c;
  guint mask;
  gboolean committed[N_MAX];
  gboolean so[N_MAX][N_MAX], rt[N_MAX][N_MAX], wr[N_MAX][N_MAX];
  gboolean writes[N_MAX][KEYS];
  int source[N_MAX][STEPS_MAX];    /* of each external read: transaction, INITIAL, NOBODY */
  gboolean wrong, wrong_committed; /* whatever the order is: at all levels; from read committed on */
  int place[N_MAX];                /* in the order that is tried */
} View;

static int
writer_of (const Case *c, int value)
{
  for (guint i = 0; i < c->n; i++)
    for (guint j = 0; j < c->txns[i].n; j++)
      if (c->txns[i].steps[j].write && c->txns[i].steps[j].value == value)
        return (int) i;
  return NOBODY;
}

/* The last value that a transaction wrote to the key before a step; 0: none. */
static int
own_before (const Txn *txn, guint key, guint step)
{
  int own = 0;
  for (guint i = 0; i < step; i++)
    if (txn->steps[i].write && txn->steps[i].key == key)
      own = txn->steps[i].value;
  return own;
}

static gboolean
in_mask (const View *view, int txn)
{
  return txn >= 0 && (view->mask >> txn & 1);
}

/* What a read showed, last to first, through `each`. */
static int
shown (const Case *c, const Step *step, int *values)
{
  if (c->mode == LISTS)
    {
      memcpy (values, step->list, sizeof step->list);
      return step->n;
    }
  int n = 0;
  if (c->mode == VERSIONS) /* all that stands before it in the order */
    for (int i = 0; step->value != 0; i++)
      {
        values[n++] = c->order[step->key][i];
        if (c->order[step->key][i] == step->value)
          break;
      }
  else if (step->value != 0)
    values[n++] = step->value;
  return n;
}

static void
find_committed (View *view)
{
  const Case *c = view->c;
  for (guint i = 0; i < c->n; i++)
    view->committed[i] = in_mask (view, (int) i) && c->txns[i].outcome == ORR_OK;
  for (guint i = 0; i < c->n; i++)
    for (guint j = 0; in_mask (view, (int) i) && c->txns[i].outcome == ORR_OK && j < c->txns[i].n; j++)
      {
        int values[16], n = c->txns[i].steps[j].write ? 0 : shown (c, &c->txns[i].steps[j], values);
        for (int k = 0; k < n; k++)
          {
            int writer = writer_of (c, values[k]);
            if (in_mask (view, writer) && c->txns[writer].outcome == ORR_UNKNOWN)
              view->committed[writer] = TRUE;
          }
      }
}

/* Takes what the transaction itself had appended from the end of a list; FALSE where it is not there. */
static gboolean
strip (const Txn *txn, const Step *step, guint index, int *n)
{
  for (guint i = index; i > 0; i--)
    if (txn->steps[i - 1].write && txn->steps[i - 1].key == step->key)
      {
        if (*n == 0 || step->list[*n - 1] != txn->steps[i - 1].value)
          return FALSE;
        --*n;
      }
  return TRUE;
}

/* A read's source, and what is wrong with it by itself. */
static void
look_at_read (View *view, guint reader, guint index)
{
  const Case *c = view->c;
  const Txn *txn = &c->txns[reader];
  const Step *step = &txn->steps[index];
  int values[16], n = shown (c, step, values), own = own_before (txn, step->key, index);
  view->source[reader][index] = NOBODY;
  if (c->mode == LISTS && !strip (txn, step, index, &n))
    view->wrong = TRUE;
  else if (c->mode != LISTS && own != 0)
    {
      view->wrong |= step->value != own;
      return;
    }
  if (c->mode == LISTS)
    for (int i = 0; i < step->n; i++)
      {
        view->wrong |= writer_of (c, step->list[i]) == NOBODY;
        for (int j = 0; j < i; j++)
          view->wrong |= step->list[i] == step->list[j];
        view->wrong_committed |= in_mask (view, writer_of (c, step->list[i]))
                                 && c->txns[writer_of (c, step->list[i])].outcome == ORR_FAIL;
      }
  view->source[reader][index] = INITIAL;
  for (int i = n; i > 0; i--)
    {
      int writer = writer_of (c, values[i - 1]);
      gboolean last = i == n;
      view->wrong |= writer == NOBODY || (last && writer == (int) reader);
      if (last && in_mask (view, writer))
        {
          view->wrong_committed |= c->txns[writer].outcome == ORR_FAIL;
          view->wrong_committed
              |= own_before (&c->txns[writer], step->key, c->txns[writer].n) != values[i - 1];
        }
      if (in_mask (view, writer) && view->committed[writer])
        {
          view->source[reader][index] = writer == (int) reader ? NOBODY : writer;
          return;
        }
      if (c->mode == REGISTERS)
        view->source[reader][index] = NOBODY;
    }
}

static View
make_view (const Case *c, guint mask)
{
  View view = { .c = c, .mask = mask };
  find_committed (&view);
  for (guint i = 0; i < c->n; i++)
    for (guint j = 0; j < c->txns[i].n; j++)
      {
        const Step *step = &c->txns[i].steps[j];
        view.source[i][j] = NOBODY;
        view.writes[i][step->key] |= view.committed[i] && step->write;
        if (!step->write && view.committed[i] && c->txns[i].outcome == ORR_OK)
          look_at_read (&view, i, j);
        if (view.source[i][j] >= 0)
          view.wr[view.source[i][j]][i] = TRUE;
      }
  for (guint i = 0; i < c->n; i++)
    for (guint j = 0; j < c->n; j++)
      if (i != j && view.committed[i] && view.committed[j] && c->txns[i].outcome == ORR_OK)
        {
          view.so[i][j] = c->txns[i].session == c->txns[j].session && c->txns[i].start < c->txns[j].start;
          view.rt[i][j] = c->txns[i].end < c->txns[j].start;
        }
  return view;
}

/* Does the order give each key's writes as they were shown, or are known? */
static gboolean
shows_orders (const View *view)
{
  const Case *c = view->c;
  for (guint key = 0; key < KEYS && c->mode != REGISTERS; key++)
    {
      int all[32], n = 0;
      for (int place = 0; place < (int) c->n; place++)
        for (guint i = 0; i < c->n; i++)
          for (guint j = 0; view->committed[i] && view->place[i] == place && j < c->txns[i].n; j++)
            if (c->txns[i].steps[j].write && c->txns[i].steps[j].key == key)
              all[n++] = c->txns[i].steps[j].value;
      for (guint i = 0; i <= c->n; i++)
        for (guint j = 0; j < (i < c->n ? c->txns[i].n : 1); j++)
          {
            const Step *step = i < c->n ? &c->txns[i].steps[j] : NULL;
            int n_shown = 0, values[16], n_values;
            if (step
                && (c->mode == VERSIONS || step->write || step->key != key || !view->committed[i]
                    || c->txns[i].outcome != ORR_OK))
              continue;
            if (!step && c->mode == LISTS)
              continue;
            n_values = step ? shown (c, step, values) : c->n_order[key];
            if (step)
              strip (&c->txns[i], step, j, &n_values);
            else
              memcpy (values, c->order[key], sizeof c->order[key]);
            for (int k = 0; k < n_values; k++)
              if (writer_of (c, values[k]) >= 0 && view->committed[writer_of (c, values[k])]
                  && (n_shown >= n || all[n_shown++] != values[k]))
                return FALSE;
          }
    }
  return TRUE;
}

/* Incompatible lists have no order at all, not even where nobody of those who wrote them is looked at. */
static gboolean
lists_agree (const View *view)
{
  const Case *c = view->c;
  for (guint i = 0; i < c->n * STEPS_MAX; i++)
    for (guint j = 0; j < i; j++)
      {
        const Txn *one = &c->txns[i / STEPS_MAX], *other = &c->txns[j / STEPS_MAX];
        const Step *a = &one->steps[i % STEPS_MAX], *b = &other->steps[j % STEPS_MAX];
        if (c->mode != LISTS || i % STEPS_MAX >= one->n || j % STEPS_MAX >= other->n || a->write || b->write
            || a->key != b->key || one->outcome != ORR_OK || other->outcome != ORR_OK
            || !view->committed[i / STEPS_MAX] || !view->committed[j / STEPS_MAX])
          continue;
        int n_a = a->n, n_b = b->n;
        strip (one, a, i % STEPS_MAX, &n_a);
        strip (other, b, j % STEPS_MAX, &n_b);
        for (int k = 0; k < MIN (n_a, n_b); k++)
          if (a->list[k] != b->list[k])
            return FALSE;
      }
  return TRUE;
}

typedef struct
{
  const char *name;
  gboolean reads, sessions, real_time;
  gboolean (*axiom) (const View *view, gboolean so, gboolean rt);
} Level;

static gboolean
is_before (const View *view, int a, int b)
{
  return view->place[a] < view->place[b];
}

/* For all x, t1 and t2 that wrote x, t3 that reads x from t1 with t2 related to that read: t2 stands before
 * t1. `related` is the axiom's. */
static gboolean
all_reads (const View *view,
           gboolean (*related) (const View *view, int t2, int t3, guint step, gboolean so, gboolean rt),
           gboolean so, gboolean rt)
{
  for (int t3 = 0; t3 < (int) view->c->n; t3++)
    for (guint j = 0; j < view->c->txns[t3].n; j++)
      for (int t2 = 0; t2 < (int) view->c->n; t2++)
        {
          int t1 = view->source[t3][j];
          if (t1 == NOBODY || t1 == t2 || t2 == t3 || !view->writes[t2][view->c->txns[t3].steps[j].key])
            continue;
          if (related (view, t2, t3, j, so, rt) && (t1 == INITIAL || !is_before (view, t2, t1)))
            return FALSE;
        }
  return TRUE;
}

static gboolean
related_key (const View *view, int t2, int t3, guint step, gboolean so G_GNUC_UNUSED,
             gboolean rt G_GNUC_UNUSED)
{
  const Txn *txn = &view->c->txns[t3];
  for (guint i = 0; i < step; i++)
    if (view->source[t3][i] == t2 && txn->steps[i].key == txn->steps[step].key)
      return TRUE;
  return FALSE;
}

static gboolean
related_so_far (const View *view, int t2, int t3, guint step, gboolean so G_GNUC_UNUSED,
                gboolean rt G_GNUC_UNUSED)
{
  for (guint i = 0; i < step; i++)
    if (view->source[t3][i] == t2)
      return TRUE;
  return FALSE;
}

static gboolean
related_direct (const View *view, int t2, int t3, guint step G_GNUC_UNUSED, gboolean so, gboolean rt)
{
  return view->wr[t2][t3] || (so && view->so[t2][t3]) || (rt && view->rt[t2][t3]);
}

/* The same, through others. */
static gboolean
related_causes (const View *view, int t2, int t3, guint step, gboolean so, gboolean rt)
{
  if (related_direct (view, t2, t3, step, so, rt))
    return TRUE;
  for (int t = 0; t < (int) view->c->n; t++)
    if (t != t2 && t != t3 && is_before (view, t, t3) && related_direct (view, t, t3, step, so, rt)
        && related_causes (view, t2, t, step, so, rt))
      return TRUE;
  return FALSE;
}

static gboolean
related_prefix (const View *view, int t2, int t3, guint step, gboolean so, gboolean rt)
{
  for (int t4 = 0; t4 < (int) view->c->n; t4++)
    if ((t4 == t2 || (view->committed[t4] && is_before (view, t2, t4)))
        && related_direct (view, t4, t3, step, so, rt))
      return TRUE;
  return FALSE;
}

static gboolean
related_conflict (const View *view, int t2, int t3, guint step G_GNUC_UNUSED, gboolean so G_GNUC_UNUSED,
                  gboolean rt G_GNUC_UNUSED)
{
  for (guint key = 0; key < KEYS; key++)
    for (int t4 = 0; t4 < (int) view->c->n; t4++)
      if (view->writes[t3][key] && view->writes[t4][key] && (t4 == t2 || is_before (view, t2, t4)) && t4 != t3
          && is_before (view, t4, t3))
        return TRUE;
  return FALSE;
}

static gboolean
related_order (const View *view, int t2, int t3, guint step G_GNUC_UNUSED, gboolean so G_GNUC_UNUSED,
               gboolean rt G_GNUC_UNUSED)
{
  return is_before (view, t2, t3);
}

static gboolean
axiom_none (const View *view G_GNUC_UNUSED, gboolean so G_GNUC_UNUSED, gboolean rt G_GNUC_UNUSED)
{
  return TRUE;
}

static gboolean
axiom_committed (const View *view, gboolean so, gboolean rt)
{
  return all_reads (view, related_key, so, rt);
}

/* G-cursor: nobody's update of x stands between what was read of x and the reader's own. */
static gboolean
axiom_cursor (const View *view, gboolean so, gboolean rt)
{
  for (int t3 = 0; t3 < (int) view->c->n; t3++)
    for (guint j = 0; j < view->c->txns[t3].n; j++)
      for (int t2 = 0; t2 < (int) view->c->n; t2++)
        {
          guint key = view->c->txns[t3].steps[j].key;
          int t1 = view->source[t3][j];
          if (t1 != NOBODY && t2 != t1 && t2 != t3 && view->writes[t3][key] && view->writes[t2][key]
              && is_before (view, t2, t3) && (t1 == INITIAL || is_before (view, t1, t2)))
            return FALSE;
        }
  return axiom_committed (view, so, rt);
}

static gboolean
axiom_view (const View *view, gboolean so, gboolean rt)
{
  return all_reads (view, related_so_far, so, rt);
}

static gboolean
axiom_atomic (const View *view, gboolean so, gboolean rt)
{
  return all_reads (view, related_direct, so, rt);
}

static gboolean
axiom_causal (const View *view, gboolean so, gboolean rt)
{
  return all_reads (view, related_causes, so, rt);
}

static gboolean
axiom_prefix (const View *view, gboolean so, gboolean rt)
{
  return all_reads (view, related_prefix, so, rt);
}

static gboolean
axiom_snapshot (const View *view, gboolean so, gboolean rt)
{
  return all_reads (view, related_prefix, so, rt) && all_reads (view, related_conflict, so, rt);
}

static gboolean
axiom_serial (const View *view, gboolean so, gboolean rt)
{
  return all_reads (view, related_order, so, rt);
}

/* Visibility is transitive, holds sessions and reads, and of two writers of a key one sees the other: the
 * least such relation. A read returns the last write that it sees. */
static gboolean
axiom_parallel (const View *view, gboolean so, gboolean rt)
{
  int n = (int) view->c->n;
  gboolean sees[N_MAX][N_MAX] = { 0 };
  for (int a = 0; a < n; a++)
    for (int b = 0; b < n; b++)
      {
        sees[a][b] = a != b && related_direct (view, a, b, 0, so, rt);
        for (guint key = 0; key < KEYS; key++)
          sees[a][b] |= a != b && view->writes[a][key] && view->writes[b][key] && is_before (view, a, b);
      }
  for (int k = 0; k < n; k++)
    for (int a = 0; a < n; a++)
      for (int b = 0; b < n; b++)
        sees[a][b] |= sees[a][k] && sees[k][b];
  for (int a = 0; a < n; a++)
    for (int b = 0; b < n; b++)
      if (sees[a][b] && !is_before (view, a, b))
        return FALSE;
  for (int t3 = 0; t3 < n; t3++)
    for (guint j = 0; j < view->c->txns[t3].n; j++)
      for (int t2 = 0; t2 < n; t2++)
        {
          int t1 = view->source[t3][j];
          if (t1 != NOBODY && t1 != t2 && t2 != t3 && sees[t2][t3]
              && view->writes[t2][view->c->txns[t3].steps[j].key]
              && (t1 == INITIAL || is_before (view, t1, t2)))
            return FALSE;
        }
  return TRUE;
}

static const Level levels[] = {
  { "read-uncommitted", FALSE, FALSE, FALSE, axiom_none },
  { "read-committed", TRUE, FALSE, FALSE, axiom_committed },
  { "cursor-stability", TRUE, FALSE, FALSE, axiom_cursor },
  { "monotonic-atomic-view", TRUE, FALSE, FALSE, axiom_view },
  { "repeatable-read", TRUE, FALSE, FALSE, axiom_serial },
  { "read-atomic", TRUE, TRUE, FALSE, axiom_atomic },
  { "transactional-causal", TRUE, TRUE, FALSE, axiom_causal },
  { "prefix", TRUE, TRUE, FALSE, axiom_prefix },
  { "parallel-snapshot-isolation", TRUE, TRUE, FALSE, axiom_parallel },
  { "snapshot-isolation", TRUE, FALSE, FALSE, axiom_snapshot },
  { "serializable", TRUE, FALSE, FALSE, axiom_serial },
  { "strong-session-snapshot-isolation", TRUE, TRUE, FALSE, axiom_snapshot },
  { "strong-session-serializable", TRUE, TRUE, FALSE, axiom_serial },
  { "strong-snapshot-isolation", TRUE, TRUE, TRUE, axiom_snapshot },
  { "strict-serializable", TRUE, TRUE, TRUE, axiom_serial },
};

/* Does the order that is tried obey the level? */
static gboolean
obeys (const View *view, const Level *level)
{
  for (int a = 0; a < (int) view->c->n; a++)
    for (int b = 0; b < (int) view->c->n; b++)
      if (a != b && !is_before (view, a, b)
          && ((level->reads && view->wr[a][b]) || (level->sessions && view->so[a][b])
              || (level->real_time && view->rt[a][b])))
        return FALSE;
  return level->axiom (view, level->sessions, level->real_time);
}

static void
try_orders (View *view, guint first, guint *open)
{
  if (*open == 0)
    return;
  if (first == view->c->n)
    {
      if (!shows_orders (view))
        return;
      for (guint i = 0; i < G_N_ELEMENTS (levels); i++)
        if (*open >> i & 1 && obeys (view, &levels[i]))
          *open &= ~(1u << i);
      return;
    }
  if (!view->committed[first]) /* it stands aside */
    {
      view->place[first] = N_MAX;
      try_orders (view, first + 1, open);
      return;
    }
  for (guint place = 0; place < view->c->n; place++)
    {
      gboolean taken = FALSE;
      for (guint i = 0; i < first; i++)
        taken |= view->committed[i] && view->place[i] == (int) place;
      if (taken)
        continue;
      view->place[first] = (int) place;
      try_orders (view, first + 1, open);
    }
}

/* The levels, as bits, that the operations of the mask violate. */
static guint
violated_by_definition (const Case *c, guint mask, guint wanted)
{
  View view = make_view (c, mask);
  if (view.wrong || !lists_agree (&view))
    return wanted;
  guint open = wanted;
  if (view.wrong_committed)
    open &= 1; /* read uncommitted alone */
  try_orders (&view, 0, &open);
  return view.wrong_committed ? (wanted & ~1u) | open : open;
}

/* --- Random cases --- */

static guint
draw (GRand *random, guint n)
{
  return n == 0 ? 0 : (guint) g_rand_int_range (random, 0, (gint) n);
}

static void
make_writes (GRand *random, Case *c)
{
  int value = 0, clock[3] = { 0 };
  guint n_keys = 1 + draw (random, KEYS), n_sessions = 1 + draw (random, 3);
  for (guint i = 0; i < c->n; i++)
    {
      Txn *txn = &c->txns[i];
      txn->session = draw (random, n_sessions);
      guint chance = draw (random, 20);
      txn->outcome = c->mode == VERSIONS || chance > 1 ? ORR_OK : chance == 0 ? ORR_FAIL : ORR_UNKNOWN;
      txn->start = clock[txn->session] + 1 + (int) draw (random, 12);
      txn->end = txn->start + 1 + (int) draw (random, 12);
      clock[txn->session] = txn->end;
      txn->n = 1 + draw (random, STEPS_MAX);
      for (guint j = 0; j < txn->n; j++)
        {
          txn->steps[j].key = draw (random, n_keys);
          txn->steps[j].write = draw (random, 100) < 45;
          if (txn->steps[j].write)
            txn->steps[j].value = ++value;
        }
    }
}

/* Some order of all transactions, by which each key's order is known, and lists read. */
static void
make_order (GRand *random, Case *c)
{
  guint places[N_MAX];
  for (guint i = 0; i < c->n; i++)
    places[i] = i;
  for (guint i = 0; i < c->n; i++)
    {
      guint j = draw (random, c->n), place = places[i];
      if (draw (random, 3) == 0)
        continue;
      places[i] = places[j];
      places[j] = place;
    }
  for (guint key = 0; key < KEYS; key++)
    for (guint i = 0; i < c->n; i++)
      {
        const Txn *txn = &c->txns[draw (random, 30) == 0 ? places[c->n - 1 - i] : places[i]];
        for (guint j = 0; j < txn->n; j++)
          {
            gboolean known = FALSE;
            for (int k = 0; k < c->n_order[key]; k++)
              known |= c->order[key][k] == txn->steps[j].value;
            if (txn->steps[j].write && txn->steps[j].key == key && !known)
              c->order[key][c->n_order[key]++] = txn->steps[j].value;
          }
      }
  if (c->mode == VERSIONS) /* whoever fell out */
    for (guint i = 0; i < c->n; i++)
      for (guint j = 0; j < c->txns[i].n; j++)
        {
          const Step *step = &c->txns[i].steps[j];
          gboolean known = !step->write;
          for (int k = 0; k < c->n_order[step->key]; k++)
            known |= c->order[step->key][k] == step->value;
          if (!known)
            c->order[step->key][c->n_order[step->key]++] = step->value;
        }
}

/* The number of values of the key's order that are best seen: mostly whole transactions. */
static int
choose_length (GRand *random, const Case *c, const Txn *reader, guint key)
{
  int n = (int) draw (random, (guint) c->n_order[key] + 1);
  for (int tries = 0; tries < 4 && n > 0; tries++)
    {
      int writer = writer_of (c, c->order[key][n - 1]);
      const Txn *txn = &c->txns[writer];
      gboolean good = txn != reader && txn->outcome != ORR_FAIL
                      && own_before (txn, key, txn->n) == c->order[key][n - 1];
      if (good && txn->start < reader->end)
        break;
      n = (int) draw (random, (guint) c->n_order[key] + 1);
    }
  return n;
}

static void
make_reads (GRand *random, Case *c)
{
  for (guint i = 0; i < c->n; i++)
    {
      int seen[KEYS] = { -1, -1, -1 };
      Txn *txn = &c->txns[i];
      for (guint j = 0; j < txn->n; j++)
        {
          Step *step = &txn->steps[j];
          int own = own_before (txn, step->key, j);
          if (step->write)
            continue;
          int n = seen[step->key] >= 0 && draw (random, 10) > 0 ? seen[step->key]
                                                                : choose_length (random, c, txn, step->key);
          seen[step->key] = n;
          step->value = n > 0 ? c->order[step->key][n - 1] : 0;
          if (own != 0 && draw (random, 20) > 0)
            step->value = own;
          if (c->mode != VERSIONS && draw (random, 150) == 0)
            step->value = 99;
          for (int k = 0; k < n; k++)
            if (writer_of (c, c->order[step->key][k]) != (int) i || draw (random, 10) == 0)
              step->list[step->n++] = c->order[step->key][k];
          for (guint k = 0; k < j; k++)
            if (txn->steps[k].write && txn->steps[k].key == step->key && step->n < 12)
              step->list[step->n++] = txn->steps[k].value;
          if (step->n > 1 && draw (random, 60) == 0)
            {
              int first = step->list[0];
              step->list[0] = step->list[1];
              step->list[1] = first;
            }
        }
    }
}

static Case
make_case (GRand *random, Mode mode)
{
  Case c = { .mode = mode, .n = 2 + draw (random, 10) / 3 };
  c.n = MIN (c.n, N_MAX);
  c.timeless = draw (random, 4) == 0;
  make_writes (random, &c);
  make_order (random, &c);
  make_reads (random, &c);
  return c;
}

static int
version_of (const Case *c, guint key, int value)
{
  for (int i = 0; i < c->n_order[key]; i++)
    if (c->order[key][i] == value)
      return i + 1;
  return 0;
}

static void
print_step (const Case *c, const Step *step, GString *text)
{
  g_string_append_printf (text, "%s k%u ", step->write ? (c->mode == LISTS ? "a" : "w") : "r", step->key);
  if (step->write || (c->mode != LISTS && step->value != 0))
    g_string_append_printf (text, "%d", step->value);
  else if (c->mode != LISTS || step->n == 0)
    g_string_append (text, "nil");
  for (int i = 0; !step->write && c->mode == LISTS && i < step->n; i++)
    g_string_append_printf (text, "%s%d%s", i == 0 ? "(" : "", step->list[i], i + 1 == step->n ? ")" : ",");
  if (c->mode == VERSIONS)
    g_string_append_printf (text, " @%d", version_of (c, step->key, step->value));
}

static char *
print_case (const Case *c)
{
  GString *text = g_string_new (NULL);
  static const char *const outcomes[] = { [ORR_OK] = "ok", [ORR_FAIL] = "fail", [ORR_UNKNOWN] = "unknown" };
  for (guint i = 0; i < c->n; i++)
    {
      const Txn *txn = &c->txns[i];
      g_string_append_printf (text, "s%u ", txn->session);
      for (guint j = 0; j < txn->n; j++)
        {
          g_string_append (text, j > 0 ? " ; " : "");
          print_step (c, &txn->steps[j], text);
        }
      g_string_append_printf (text, " [%d,%d] %s\n", txn->start, txn->end, outcomes[txn->outcome]);
    }
  for (guint key = 0; key < KEYS && c->mode == VERSIONS; key++)
    for (int i = 0; i < c->n_order[key]; i++)
      g_string_append_printf (text, "version k%u %d @%d <%d 1\n", key, c->order[key][i], i + 1, i);
  if (c->mode == VERSIONS)
    g_string_append (text, "order\n");
  return g_string_free (text, FALSE);
}

/* The case's transactions that a verdict names; the history has its own order. */
static guint
witness_mask (const OrrHistory *history, const OrrVerdict *verdict)
{
  guint mask = 0;
  for (guint i = 0; i < verdict->n_witness; i++)
    mask |= 1u << g_array_index (history->operations, OrrHistoryOperation, verdict->witness[i]).index;
  return mask;
}

/* --- Against each other --- */

static const char *const implications[][2] = {
  { "strict-serializable", "strong-session-serializable" },
  { "strict-serializable", "strong-snapshot-isolation" },
  { "strong-session-serializable", "serializable" },
  { "strong-session-serializable", "strong-session-snapshot-isolation" },
  { "strong-snapshot-isolation", "strong-session-snapshot-isolation" },
  { "strong-session-snapshot-isolation", "snapshot-isolation" },
  { "strong-session-snapshot-isolation", "parallel-snapshot-isolation" },
  { "strong-session-snapshot-isolation", "prefix" },
  { "serializable", "snapshot-isolation" },
  { "serializable", "repeatable-read" },
  { "repeatable-read", "cursor-stability" },
  { "repeatable-read", "monotonic-atomic-view" },
  { "snapshot-isolation", "monotonic-atomic-view" },
  { "snapshot-isolation", "cursor-stability" },
  { "parallel-snapshot-isolation", "transactional-causal" },
  { "parallel-snapshot-isolation", "cursor-stability" },
  { "prefix", "transactional-causal" },
  { "transactional-causal", "read-atomic" },
  { "read-atomic", "monotonic-atomic-view" },
  { "monotonic-atomic-view", "read-committed" },
  { "cursor-stability", "read-committed" },
  { "read-committed", "read-uncommitted" },
};

static guint
level_of (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (levels); i++)
    if (strcmp (levels[i].name, name) == 0)
      return i;
  g_error ("no level '%s'", name);
}

static void
test_mode (Mode mode, guint seed)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  guint n_violated[G_N_ELEMENTS (levels)] = { 0 }, n_cases = CASES (20000);
  for (guint round = 0; round < n_cases; round++)
    {
      Case c = make_case (random, mode);
      g_autofree char *text = print_case (&c);
      g_autoptr (OrrHistory) history = history_build (text);
      history->timeless = c.timeless;
      guint all = (1u << G_N_ELEMENTS (levels)) - 1, whole = (1u << c.n) - 1, violated = 0;
      guint expected = violated_by_definition (&c, whole, all);
      for (guint i = 0; i < G_N_ELEMENTS (levels); i++)
        {
          const OrrCheck *check = orr_checks_find (levels[i].name);
          assert_non_null (check);
          g_autoptr (OrrVerdict) verdict = orr_check_judge (check, history, &ORR_CHECK_BUDGET_DEFAULT);
          if (levels[i].real_time && c.timeless)
            {
              assert_int_equal (verdict->kind, ORR_UNDECIDED);
              expected &= ~(1u << i);
              continue;
            }
          if ((verdict->kind == ORR_VIOLATED) != (expected >> i & 1) || verdict->kind == ORR_UNDECIDED)
            fail_msg ("case %u: %s: %s: %s\n%s", round, levels[i].name, orr_verdict_name (verdict->kind),
                      verdict->sentence, text);
          n_violated[i] += verdict->kind == ORR_VIOLATED;
          if (verdict->kind != ORR_VIOLATED)
            continue;
          violated |= 1u << i;
          guint mask = witness_mask (history, verdict);
          if (!violated_by_definition (&c, mask, 1u << i))
            fail_msg ("case %u: %s: the witness %x shows nothing: %s\n%s", round, levels[i].name, mask,
                      verdict->sentence, text);
          for (guint j = 0; j < c.n; j++)
            if (mask >> j & 1 && violated_by_definition (&c, mask & ~(1u << j), 1u << i))
              fail_msg ("case %u: %s: the witness %x can do without %u: %s\n%s", round, levels[i].name, mask,
                        j + 1, verdict->sentence, text);
        }
      for (guint i = 0; i < G_N_ELEMENTS (implications); i++)
        {
          guint strong = level_of (implications[i][0]), weak = level_of (implications[i][1]);
          if (!(violated >> strong & 1) && (violated >> weak & 1)
              && !(levels[strong].real_time && c.timeless))
            fail_msg ("case %u: %s holds and %s does not\n%s", round, implications[i][0], implications[i][1],
                      text);
        }
    }
  for (guint i = 0; i < G_N_ELEMENTS (levels); i++)
    {
      if (n_violated[i] < (i == 0 && mode != LISTS ? n_cases / 1000 : n_cases / 50)
          || n_violated[i] > n_cases * 19 / 20)
        fail_msg ("%s: %u of %u cases violate it", levels[i].name, n_violated[i], n_cases);
    }
}

static void
test_registers (void **state G_GNUC_UNUSED)
{
  test_mode (REGISTERS, 1);
}

static void
test_lists (void **state G_GNUC_UNUSED)
{
  test_mode (LISTS, 2);
}

static void
test_versions (void **state G_GNUC_UNUSED)
{
  test_mode (VERSIONS, 3);
}

/* --- More transactions of registers, against a database that runs them --- */

#define MANY 7

/* Sessions break their own order, since the transactions ran in another one; some read what was there before.
 */
typedef struct
{
  guint n, session[MANY];
  int reads[MANY][KEYS], writes[MANY][KEYS]; /* reads: NOBODY where it does not; writes: 0 */
} Crowd;

static void
make_crowd (GRand *random, Crowd *crowd)
{
  int states[MANY + 1][KEYS] = { { 0 } };
  guint order[MANY];
  crowd->n = 4 + draw (random, MANY - 3);
  for (guint i = 0; i < crowd->n; i++)
    order[i] = i;
  for (guint i = 0; i < crowd->n; i++)
    {
      guint j = draw (random, crowd->n), place = order[i];
      order[i] = order[j];
      order[j] = place;
    }
  for (guint i = 0; i < crowd->n; i++)
    {
      guint who = order[i], seen = draw (random, 3) > 0 ? i : draw (random, i + 1);
      crowd->session[who] = draw (random, 3);
      memcpy (states[i + 1], states[i], sizeof states[i]);
      for (guint key = 0; key < KEYS; key++)
        {
          crowd->reads[who][key] = draw (random, 2) ? states[seen][key] : NOBODY;
          crowd->writes[who][key] = draw (random, 2) ? (int) (who * KEYS + key + 1) : 0;
          if (crowd->writes[who][key] != 0)
            states[i + 1][key] = crowd->writes[who][key];
        }
    }
}

static OrrHistory *
crowd_history (const Crowd *crowd)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < crowd->n; i++)
    {
      g_string_append_printf (text, "s%u r other nil", crowd->session[i]);
      for (guint key = 0; key < KEYS; key++)
        if (crowd->reads[i][key] > 0)
          g_string_append_printf (text, " ; r k%u %d", key, crowd->reads[i][key]);
        else if (crowd->reads[i][key] == 0)
          g_string_append_printf (text, " ; r k%u nil", key);
      for (guint key = 0; key < KEYS; key++)
        if (crowd->writes[i][key] != 0)
          g_string_append_printf (text, " ; w k%u %d", key, crowd->writes[i][key]);
      g_string_append_printf (text, " [%u,%u] ok\n", 10 * i, 10 * i + 5);
    }
  return history_build (text->str);
}

/* As the database runs on from what it holds. */
typedef struct
{
  guint begun, ended;
  int holds[KEYS], snapshots[MANY][KEYS];
} Database;

static gboolean
can_begin (const Crowd *crowd, const Database *database, guint i)
{
  for (guint key = 0; key < KEYS; key++)
    if (crowd->reads[i][key] != NOBODY && crowd->reads[i][key] != database->holds[key])
      return FALSE;
  return TRUE;
}

/* The first to commit wins. */
static gboolean
can_end (const Crowd *crowd, const Database *database, guint i)
{
  for (guint key = 0; key < KEYS; key++)
    if (crowd->writes[i][key] != 0 && database->snapshots[i][key] != database->holds[key])
      return FALSE;
  return TRUE;
}

/* Can it go on to the end? `one`: with one transaction at a time. */
static gboolean
can_run (const Crowd *crowd, Database database, gboolean one)
{
  gboolean runs = database.ended == (1u << crowd->n) - 1;
  for (guint i = 0; i < crowd->n && !runs; i++)
    {
      Database next = database;
      if (!(database.begun >> i & 1) && (!one || database.begun == database.ended)
          && can_begin (crowd, &database, i))
        {
          next.begun |= 1u << i;
          memcpy (next.snapshots[i], next.holds, sizeof next.holds);
          runs = can_run (crowd, next, one);
        }
      else if ((database.begun & ~database.ended) >> i & 1 && can_end (crowd, &database, i))
        {
          next.ended |= 1u << i;
          for (guint key = 0; key < KEYS; key++)
            if (crowd->writes[i][key] != 0)
              next.holds[key] = crowd->writes[i][key];
          runs = can_run (crowd, next, one);
        }
    }
  return runs;
}

static void
test_crowds (void **state G_GNUC_UNUSED)
{
  static const char *const names[] = { "snapshot-isolation", "serializable" };
  g_autoptr (GRand) random = g_rand_new_with_seed (4);
  guint n_violated[2] = { 0 }, n_cases = CASES (10000);
  for (guint round = 0; round < n_cases; round++)
    {
      Crowd crowd;
      make_crowd (random, &crowd);
      g_autoptr (OrrHistory) history = crowd_history (&crowd);
      for (guint one = 0; one < 2; one++)
        {
          g_autoptr (OrrVerdict) verdict
              = orr_check_judge (orr_checks_find (names[one]), history, &ORR_CHECK_BUDGET_DEFAULT);
          gboolean runs = can_run (&crowd, (Database){ 0 }, one == 1);
          if (verdict->kind != (runs ? ORR_HOLDS : ORR_VIOLATED))
            fail_msg ("crowd %u: %s: %s: %s", round, names[one], orr_verdict_name (verdict->kind),
                      verdict->sentence);
          n_violated[one] += !runs;
        }
    }
  for (guint one = 0; one < 2; one++)
    assert_in_range (n_violated[one], n_cases / 10, n_cases * 9 / 10);
}

/* --- By name --- */

static void
expect (const char *text, const char *name, OrrVerdictKind kind, const char *sentence)
{
  g_autoptr (OrrHistory) history = history_build (text);
  g_autoptr (OrrVerdict) verdict
      = orr_check_judge (orr_checks_find (name), history, &ORR_CHECK_BUDGET_DEFAULT);
  if (verdict->kind != kind || !g_str_has_prefix (verdict->sentence, sentence))
    fail_msg ("%s: %s: %s", name, orr_verdict_name (verdict->kind), verdict->sentence);
}

/* Where the order is known, whatever changes something counts: money, too. What an account's version was
 * built upon was read. */
static void
test_bank (void **state G_GNUC_UNUSED)
{
  const char *transfer = "alice t x 5 @1 ; u y 5 @1 [0,10] ok\nversion x 95 @1 <0 1\nversion y 105 @1 <0 1\n";
  g_autofree char *skewed = g_strconcat (transfer, "bob r x 95 @1 ; r y 100 @0 [5,20] ok\n", NULL);
  g_autofree char *whole = g_strconcat (transfer, "bob r x 95 @1 ; r y 105 @1 [5,20] ok\n", NULL);
  g_autofree char *lost = g_strconcat (transfer, "bob u x 7 @2 [5,20] ok\nversion x 107 @2 <0 2\n", NULL);
  g_autofree char *kept = g_strconcat (transfer, "bob u x 7 @2 [5,20] ok\nversion x 102 @2 <1 2\n", NULL);
  expect (skewed, "serializable", ORR_VIOLATED,
          "G-single, read skew: o1 (alice) withdrew 5 from x, which o2 read; and yet o2 (bob) read y = 100");
  expect (whole, "strict-serializable", ORR_HOLDS,
          "one order of all transactions explains 4 reads by 2 transactions");
  expect (lost, "cursor-stability", ORR_VIOLATED, "G-cursor, a lost update: ");
  expect (kept, "serializable", ORR_HOLDS,
          "one order of all transactions explains 3 reads by 2 transactions");
}

/* What the history says that a key held counts, and not what the object would begin with. */
static void
test_initial (void **state G_GNUC_UNUSED)
{
  g_autoptr (OrrHistory) history = history_build ("bob r x 7 [5,20] ok\n");
  OrrCheckBudget budget = ORR_CHECK_BUDGET_DEFAULT;
  OrrHistoryInitial initial
      = { g_array_index (history->operations, OrrHistoryOperation, 0).steps->key, orr_value_int (7) };
  for (guint known = 0; known < 2; known++)
    {
      const char *properties[] = { "serializable", "causal", "regular" };
      if (known)
        g_array_append_val (history->initials, initial);
      for (guint i = 0; i < G_N_ELEMENTS (properties); i++)
        {
          g_autoptr (OrrVerdict) verdict
              = orr_check_judge (orr_checks_find (properties[i]), history, &budget);
          assert_int_equal (verdict->kind, known ? ORR_HOLDS : ORR_VIOLATED);
        }
    }
}

/* A budget that is used up is no verdict, and the same everywhere. */
static void
test_budget (void **state G_GNUC_UNUSED)
{
  g_autoptr (OrrHistory) history = history_build (
      "s1 w x 1 [0,1] ok\ns2 w x 2 [0,1] ok\ns3 r x 1 ; r x 2 [0,1] ok\ns4 w x 3 ; r y nil [0,1] ok\n");
  OrrCheckBudget none = { .states_max = 0 };
  gint stop = TRUE;
  OrrCheckBudget stopped = { .states_max = 1000000, .stop = &stop };
  g_autoptr (OrrVerdict) spent = orr_check_judge (orr_checks_find ("read-committed"), history, &none);
  assert_int_equal (spent->kind, ORR_HOLDS); /* it needs no search */
  g_autoptr (OrrVerdict) ended = orr_check_judge (orr_checks_find ("read-atomic"), history, &stopped);
  assert_int_equal (ended->kind, ORR_UNDECIDED);
}

/* Who asks for an end is told what was found, and not the whole history. */
static void
test_stopped_witness (void **state G_GNUC_UNUSED)
{
  g_autoptr (OrrHistory) history
      = history_build ("s1 w x 1 [0,1] ok\ns2 r x 1 [2,3] ok\ns1 w y 1 [2,3] ok\ns2 r x 7 [4,5] ok\n");
  gint stop = TRUE;
  OrrCheckBudget stopped = { .states_max = 1000000, .stop = &stop };
  g_autoptr (OrrVerdict) verdict = orr_check_judge (orr_checks_find ("serializable"), history, &stopped);
  assert_int_equal (verdict->kind, ORR_VIOLATED);
  assert_int_equal (verdict->n_witness, 1);
  assert_int_equal (verdict->witness[0], 3);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_registers), cmocka_unit_test (test_lists),
    cmocka_unit_test (test_versions),  cmocka_unit_test (test_bank),
    cmocka_unit_test (test_budget),    cmocka_unit_test (test_stopped_witness),
    cmocka_unit_test (test_initial),   cmocka_unit_test (test_crowds),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
