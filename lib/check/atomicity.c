/* atomicity.c: is there one order in which each read returns one of the last k writes?
 *
 * The order is made from its end (Golab, Li & Shah 2011, "limited backtracking"). Some write must be the
 * last. Behind it come its reads, and with them whatever began after it or one of them had ended: no write
 * may be among that, and reads of one other write only, which must then be the write before it; for that one
 * the same is asked, and so on. Where nothing demands a certain write to be next, what is placed can stay:
 * what is left out of an order that is right leaves one that is right, so if there is an order of all, there
 * is one of the rest, and any will do. So one only ever goes back to the last free choice. A choice can take
 * long to fail while another one soon succeeds, and so all are tried a little, then further, and further
 * again. */
#include "check/atomicity.h"

#define NONE   0           /* stands at both ends of each list */
#define BROKEN G_MAXUINT32 /* instead of the next write: there is no right order with this end */
#define SPENT  (G_MAXUINT32 - 1)

typedef struct
{
  OrrTime call, back;
  OrrTime zone;   /* of a write: when it or the first of its reads came back */
  guint32 row;    /* ORR_NO_ACCESS: it is the initial value's write, before everything */
  guint32 source; /* what it reads; of a write: itself */
  guint32 next;   /* the next read of the same write */
  guint32 operation;
  gboolean placed;
} Op;

typedef struct
{
  guint32 *before, *after;
} List;

/* The last operation of a session that came back at the moment that is looked at. */
typedef struct
{
  guint64 step;
  guint32 operation;
} Touch;

typedef struct
{
  const OrrAccesses *accesses;
  const OrrCheckBudget *budget;
  guint64 *states;
  guint k;
  Op *ops; /* 1 … n, by call */
  guint32 n;
  List by_call, writes, zones; /* what is not placed: all; writes by call; writes by zone */
  GArray *placed;              /* guint32: since the last free choice */
  Touch *touches;              /* by session */
  guint64 step;
  guint32 obstacle; /* what broke the last attempt */
} Search;

/* --- Lists from which things are taken, and put back in the opposite order --- */

static void
list_init (List *list, guint32 n)
{
  list->before = g_new0 (guint32, n + 1);
  list->after = g_new0 (guint32, n + 1);
}

static void
list_append (List *list, guint32 element)
{
  guint32 last = list->before[NONE];
  list->before[element] = last;
  list->after[element] = NONE;
  list->after[last] = list->before[NONE] = element;
}

static void
list_take (List *list, guint32 element)
{
  list->after[list->before[element]] = list->after[element];
  list->before[list->after[element]] = list->before[element];
}

static void
list_put_back (List *list, guint32 element)
{
  list->after[list->before[element]] = list->before[list->after[element]] = element;
}

static void
list_clear (List *list)
{
  g_free (list->before);
  g_free (list->after);
}

/* --- Building --- */

static gint
compare_calls (gconstpointer a, gconstpointer b, gpointer data G_GNUC_UNUSED)
{
  const Op *left = a, *right = b;
  if (left->call != right->call)
    return left->call < right->call ? -1 : 1;
  return (left->operation > right->operation) - (left->operation < right->operation);
}

static gint
compare_zones (gconstpointer a, gconstpointer b, gpointer data)
{
  const Op *ops = data, *left = &ops[*(const guint32 *) a], *right = &ops[*(const guint32 *) b];
  if (left->zone != right->zone)
    return left->zone < right->zone ? -1 : 1;
  return (left > right) - (left < right);
}

/* Ties reads to writes. `place_of`: by row. */
static void
tie (Search *search, guint32 *place_of)
{
  const OrrAccess *rows = search->accesses->rows;
  for (guint32 i = 2; i <= search->n; i++)
    place_of[search->ops[i].row] = i;
  for (guint32 i = 1; i <= search->n; i++)
    search->ops[i].zone = search->ops[i].back;
  for (guint32 i = search->n; i > 0; i--)
    {
      Op *op = &search->ops[i];
      op->source = i;
      if (op->row == ORR_NO_ACCESS || rows[op->row].writes)
        continue;
      op->source = rows[op->row].source == ORR_NO_ACCESS ? 1 : place_of[rows[op->row].source];
      Op *write = &search->ops[op->source];
      op->next = write->next;
      write->next = i;
      write->zone = MIN (write->zone, op->back);
    }
}

static void
list_all (Search *search)
{
  g_autoptr (GArray) writes = g_array_new (FALSE, FALSE, sizeof (guint32));
  list_init (&search->by_call, search->n);
  list_init (&search->writes, search->n);
  list_init (&search->zones, search->n);
  for (guint32 i = 1; i <= search->n; i++)
    {
      list_append (&search->by_call, i);
      if (search->ops[i].source != i)
        continue;
      list_append (&search->writes, i);
      g_array_append_val (writes, i);
    }
  g_array_sort_with_data (writes, compare_zones, search->ops);
  for (guint i = 0; i < writes->len; i++)
    list_append (&search->zones, g_array_index (writes, guint32, i));
}

/* `rows`: those of one key. */
static void
search_open (Search *search, const guint32 *rows, guint32 n, guint32 *place_of)
{
  const OrrAccesses *accesses = search->accesses;
  search->n = n + 1;
  search->ops = g_new0 (Op, n + 2);
  search->ops[1] = (Op){ .call = G_MININT64, .back = G_MININT64, .row = ORR_NO_ACCESS };
  for (guint32 i = 0; i < n; i++)
    {
      const OrrAccess *access = &accesses->rows[rows[i]];
      const OrrHistoryOperation *operation = orr_history_operation (accesses->history, access->operation);
      search->ops[i + 2] = (Op){ .call = operation->invoked,
                                 .back = operation->outcome == ORR_OK ? operation->completed : ORR_TIME_NEVER,
                                 .row = rows[i],
                                 .operation = access->operation };
    }
  g_qsort_with_data (search->ops + 2, (gint) n, sizeof (Op), compare_calls, NULL);
  tie (search, place_of);
  list_all (search);
}

static void
search_close (Search *search)
{
  g_free (search->ops);
  list_clear (&search->by_call);
  list_clear (&search->writes);
  list_clear (&search->zones);
}

/* --- One step --- */

static guint32
session_of (const Search *search, guint32 op)
{
  return search->accesses->rows[search->ops[op].row].session;
}

static void
take (Search *search, guint32 op)
{
  search->ops[op].placed = TRUE;
  g_array_append_val (search->placed, op);
  list_take (&search->by_call, op);
  if (search->ops[op].source != op)
    return;
  list_take (&search->writes, op);
  list_take (&search->zones, op);
}

static void
put_back_all (Search *search)
{
  for (guint i = search->placed->len; i > 0; i--)
    {
      guint32 op = g_array_index (search->placed, guint32, i - 1);
      search->ops[op].placed = FALSE;
      list_put_back (&search->by_call, op);
      if (search->ops[op].source != op)
        continue;
      list_put_back (&search->writes, op);
      list_put_back (&search->zones, op);
    }
  g_array_set_size (search->placed, 0);
}

/* Takes a write and those of its reads that are left; returns when the first of them came back, and
 * remembers which sessions went on in that very moment. */
static OrrTime
take_cluster (Search *search, guint32 write)
{
  OrrTime first = ORR_TIME_NEVER;
  for (guint32 i = write; i != NONE; i = search->ops[i].next)
    if (!search->ops[i].placed)
      first = MIN (first, search->ops[i].back);
  search->step++;
  for (guint32 i = write; i != NONE; i = search->ops[i].next)
    {
      const Op *op = &search->ops[i];
      if (op->placed)
        continue;
      take (search, i);
      if (op->back != first || op->row == ORR_NO_ACCESS)
        continue;
      Touch *touch = &search->touches[session_of (search, i)];
      if (touch->step != search->step || op->operation < touch->operation)
        *touch = (Touch){ search->step, op->operation };
    }
  return first;
}

/* Does it come after something that is taken in this step, though it began in the very moment in which that
 * came back? */
static gboolean
is_touched (const Search *search, guint32 op)
{
  if (search->ops[op].row == ORR_NO_ACCESS)
    return FALSE;
  const Touch *touch = &search->touches[session_of (search, op)];
  return touch->step == search->step && touch->operation < search->ops[op].operation;
}

static gboolean
spend (Search *search, guint64 n)
{
  if (*search->states < n || orr_budget_is_stopped (search->budget))
    return FALSE;
  *search->states -= n;
  return TRUE;
}

/* Places a write before all that is placed. Returns the write that must come before it; NONE: any may. */
static guint32
place (Search *search, guint32 write)
{
  OrrTime first = take_cluster (search, write);
  guint32 other = NONE, before;
  guint64 n = 1;
  for (guint32 at = search->by_call.before[NONE]; at != NONE && search->ops[at].call >= first; at = before)
    {
      before = search->by_call.before[at];
      guint32 source = search->ops[at].source;
      n++;
      if (search->ops[at].call == first && !is_touched (search, at))
        continue;
      if (source == at || search->k == 1 || (other != NONE && other != source))
        {
          search->obstacle = at;
          other = BROKEN;
          break;
        }
      other = source;
      take (search, at);
    }
  return spend (search, n) ? other : SPENT;
}

/* --- The last of the writes that are left --- */

/* NONE: there is an order that ends with `write`, as far as it goes, and what it needs is placed. BROKEN:
 * there is none. Another write: it is not known after so many operations. But for the first nothing stays
 * placed, unless `keep`. */
static guint32
try_write (Search *search, guint32 write, guint limit, gboolean keep)
{
  guint32 next = write;
  do
    next = place (search, next);
  while (next != NONE && next != BROKEN && next != SPENT && search->placed->len < limit);
  if (next == NONE)
    g_array_set_size (search->placed, 0);
  else if (!keep)
    put_back_all (search);
  return next;
}

/* Those before whose end, and that of all their reads, all writes began. */
static GArray *
list_choices (const Search *search)
{
  GArray *choices = g_array_new (FALSE, FALSE, sizeof (guint32));
  OrrTime last_call = search->ops[search->writes.before[NONE]].call;
  for (guint32 at = search->zones.before[NONE]; at != NONE && search->ops[at].zone >= last_call;
       at = search->zones.before[at])
    g_array_append_val (choices, at);
  return choices;
}

static OrrVerdictKind
place_some (Search *search)
{
  g_autoptr (GArray) choices = list_choices (search);
  for (guint limit = 16; choices->len > 0; limit = limit > G_MAXUINT / 2 ? G_MAXUINT : limit * 2)
    {
      guint kept = 0;
      for (guint i = 0; i < choices->len; i++)
        {
          guint32 write = g_array_index (choices, guint32, i);
          guint32 answer = try_write (search, write, limit, FALSE);
          if (answer == NONE || answer == SPENT)
            return answer == NONE ? ORR_HOLDS : ORR_UNDECIDED;
          if (answer != BROKEN)
            g_array_index (choices, guint32, kept++) = write;
        }
      g_array_set_size (choices, kept);
    }
  return ORR_VIOLATED;
}

/* --- Who shows it --- */

static void
suspect_cluster (const Search *search, guint32 source, gboolean *suspected)
{
  for (guint32 i = source; i != NONE && !suspected[i]; i = search->ops[i].next)
    suspected[i] = TRUE;
}

static gint
compare_rows (gconstpointer a, gconstpointer b)
{
  guint left = *(const guint *) a, right = *(const guint *) b;
  return (left > right) - (left < right);
}

static void
list_suspects (const Search *search, const gboolean *suspected, GArray *suspects)
{
  for (guint32 i = 1; i <= search->n; i++)
    {
      guint row = search->ops[i].row;
      if (suspected[i] && row != ORR_NO_ACCESS)
        g_array_append_val (suspects, row);
    }
  g_array_sort (suspects, compare_rows);
}

/* All that a choice led to, with what stood in its way; and why there was no other choice. */
static void
accuse_choices (Search *search, GArray *suspects)
{
  g_autofree gboolean *suspected = g_new0 (gboolean, search->n + 1);
  g_autoptr (GArray) choices = list_choices (search);
  guint64 plenty = G_MAXUINT64, *states = search->states;
  search->states = &plenty;
  suspect_cluster (search, search->writes.before[NONE], suspected);
  for (guint i = 0; i < choices->len; i++)
    {
      try_write (search, g_array_index (choices, guint32, i), G_MAXUINT, TRUE);
      for (guint j = 0; j < search->placed->len; j++)
        suspect_cluster (search, search->ops[g_array_index (search->placed, guint32, j)].source, suspected);
      suspect_cluster (search, search->ops[search->obstacle].source, suspected);
      put_back_all (search);
    }
  search->states = states;
  list_suspects (search, suspected, suspects);
}

/* A read that came before what it saw; NONE: there is none. */
static guint32
find_foresight (const Search *search)
{
  for (guint32 i = 2; i <= search->n; i++)
    {
      const Op *read = &search->ops[i], *write = &search->ops[read->source];
      if (read->source <= 1 || read->source == i)
        continue;
      if (read->back < write->call
          || (read->back == write->call && session_of (search, i) == session_of (search, read->source)
              && read->operation < write->operation))
        return i;
    }
  return NONE;
}

/* --- Key by key --- */

static OrrVerdictKind
judge_key (Search *search, GArray *suspects)
{
  guint32 foresight = find_foresight (search);
  if (foresight != NONE)
    {
      g_autofree gboolean *suspected = g_new0 (gboolean, search->n + 1);
      suspected[foresight] = suspected[search->ops[foresight].source] = TRUE;
      if (suspects)
        list_suspects (search, suspected, suspects);
      return ORR_VIOLATED;
    }
  OrrVerdictKind kind = ORR_HOLDS;
  while (kind == ORR_HOLDS && search->writes.before[NONE] != NONE)
    kind = place_some (search);
  if (kind == ORR_VIOLATED && suspects)
    accuse_choices (search, suspects);
  return kind;
}

/* The rows of each key together. The caller frees what is returned: where each begins, and the end. */
static guint32 *
sort_by_key (const OrrAccesses *accesses, guint32 *rows)
{
  guint32 *starts = g_new0 (guint32, accesses->n_keys + 2);
  for (guint32 i = 0; i < accesses->n; i++)
    starts[accesses->rows[i].key + 2]++;
  for (guint32 i = 2; i <= accesses->n_keys + 1; i++)
    starts[i] += starts[i - 1];
  for (guint32 i = 0; i < accesses->n; i++)
    rows[starts[accesses->rows[i].key + 1]++] = i;
  return starts;
}

OrrAtomicity
orr_atomicity_judge (const OrrAccesses *accesses, guint k, const OrrCheckBudget *budget, guint64 *states,
                     GArray *suspects)
{
  OrrAtomicity answer = { 0 };
  g_autofree guint32 *rows = g_new (guint32, MAX (accesses->n, 1));
  g_autofree guint32 *place_of = g_new (guint32, MAX (accesses->n, 1));
  g_autofree guint32 *starts = sort_by_key (accesses, rows);
  g_autofree Touch *touches = g_new0 (Touch, MAX (accesses->n_sessions, 1));
  g_autoptr (GArray) placed = g_array_new (FALSE, FALSE, sizeof (guint32));
  Search search = {
    .accesses = accesses, .budget = budget, .states = states, .k = k, .placed = placed, .touches = touches
  };
  g_assert (k == 1 || k == 2);
  for (guint32 key = 0; key < accesses->n_keys; key++)
    {
      if (starts[key] == starts[key + 1])
        continue;
      search_open (&search, rows + starts[key], starts[key + 1] - starts[key], place_of);
      OrrVerdictKind kind = judge_key (&search, answer.n_violated == 0 ? suspects : NULL);
      search_close (&search);
      g_array_set_size (placed, 0);
      answer.n_keys++;
      answer.n_violated += kind == ORR_VIOLATED;
      answer.n_undecided += kind == ORR_UNDECIDED;
    }
  return answer;
}
