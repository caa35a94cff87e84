/* access-inclusion.c: the session guarantees by the sets of writes that reads saw.
 *
 * Terry and others (1994) say of each read which writes its server had seen. Nobody wrote those sets down; so
 * a guarantee holds if there are sets that obey it and explain what was read: each read returns the last
 * write of its key in its set, by an order of the writes that its session does not change its mind about, and
 * no set has a write of the session's own that comes later. What is in a set can only hurt, so the smallest
 * will do, and what they demand is told by one walk along each session. */
#include "check/access-witness.h"

/* What a session has done with a key so far. Rows; ORR_NO_ACCESS: nothing. */
typedef struct
{
  guint32 session;    /* whose state it is */
  guint32 write;      /* its last write */
  guint32 read;       /* its last read of what somebody wrote */
  guint32 own, other; /* its last read of a write of its own, and of another one than that */
} State;

typedef struct
{
  const OrrAccesses *accesses;
  OrrFinding *finding;
  State *states;       /* by key */
  guint32 *first_read; /* by write, the first read of a session */
} Walk;

static void
found (Walk *walk, OrrPattern pattern, guint32 read, guint32 write, guint32 other, guint32 more)
{
  const guint32 rows[] = { read, write, other, more, walk->accesses->rows[read].source };
  walk->finding->pattern = pattern;
  walk->finding->read = read;
  walk->finding->write = write;
  walk->finding->session = walk->accesses->rows[read].session;
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (rows[i] != ORR_NO_ACCESS)
      g_array_append_val (walk->finding->rows, rows[i]);
}

static State *
get_state (const Walk *walk, const OrrAccess *access)
{
  State *state = &walk->states[access->key];
  if (state->session != access->session)
    *state = (State){ access->session, ORR_NO_ACCESS, ORR_NO_ACCESS, ORR_NO_ACCESS, ORR_NO_ACCESS };
  return state;
}

/* Did the read return what its own session asked to write only later? */
static gboolean
is_from_later (const OrrAccesses *accesses, guint32 read)
{
  guint32 source = accesses->rows[read].source;
  if (source == ORR_NO_ACCESS || accesses->rows[source].session != accesses->rows[read].session)
    return FALSE;
  if (orr_access_is_aside (accesses, source))
    return accesses->rows[source].after >= orr_access_place (accesses, read);
  return source > read;
}

static guint32
source_of (const Walk *walk, guint32 read)
{
  return walk->accesses->rows[read].source;
}

/* Two writes of its own of which each was read when the other had been written. */
static void
take_own (Walk *walk, State *state, guint32 read)
{
  guint32 source = source_of (walk, read);
  guint32 earlier
      = state->own != ORR_NO_ACCESS && source_of (walk, state->own) == source ? state->other : state->own;
  if (earlier != ORR_NO_ACCESS && source < earlier)
    found (walk, ORR_PATTERN_FORCED, read, earlier, source_of (walk, earlier), ORR_NO_ACCESS);
  if (state->own != ORR_NO_ACCESS && source_of (walk, state->own) != source)
    state->other = state->own;
  state->own = read;
}

static void
look_at_own_writes (Walk *walk, guint32 row)
{
  const OrrAccess *access = &walk->accesses->rows[row];
  State *state = get_state (walk, access);
  if (access->writes)
    state->write = row;
  else if (access->source == ORR_NO_ACCESS && state->write != ORR_NO_ACCESS)
    found (walk, ORR_PATTERN_INITIAL, row, state->write, ORR_NO_ACCESS, ORR_NO_ACCESS);
  else if (access->source != ORR_NO_ACCESS && !orr_access_is_aside (walk->accesses, access->source)
           && walk->accesses->rows[access->source].session == access->session)
    take_own (walk, state, row);
}

/* A read of what was read before what was read last, or of the initial value. */
static void
look_at_earlier_reads (Walk *walk, guint32 row)
{
  const OrrAccess *access = &walk->accesses->rows[row];
  State *state = get_state (walk, access);
  if (access->writes)
    return;
  guint32 last = state->read;
  if (access->source == ORR_NO_ACCESS)
    {
      if (last != ORR_NO_ACCESS)
        found (walk, ORR_PATTERN_INITIAL, row, source_of (walk, last), last, ORR_NO_ACCESS);
      return;
    }
  guint32 *first = &walk->first_read[access->source];
  gboolean again = *first != ORR_NO_ACCESS && walk->accesses->rows[*first].session == access->session;
  if (again && source_of (walk, last) != access->source)
    found (walk, ORR_PATTERN_FORCED, row, *first, last, source_of (walk, last));
  if (!again)
    *first = row;
  state->read = row;
}

static void
look_at_nothing (Walk *walk G_GNUC_UNUSED, guint32 row G_GNUC_UNUSED)
{
}

void
orr_access_find_inclusion (const OrrAccesses *accesses, const OrrCheckBudget *budget, OrrInclusion inclusion,
                           OrrFinding *ret_finding)
{
  static void (*const look_at[]) (Walk * walk, guint32 row) = {
    [ORR_INCLUDE_OWN_WRITES] = look_at_own_writes,
    [ORR_INCLUDE_EARLIER_READS] = look_at_earlier_reads,
    [ORR_INCLUDE_EARLIER_WRITES] = look_at_nothing,
  };
  Walk walk = { accesses, ret_finding, g_new (State, accesses->n_keys), g_new (guint32, accesses->n) };
  for (guint32 i = 0; i < accesses->n_keys; i++)
    walk.states[i].session = ORR_NO_ACCESS;
  for (guint32 i = 0; i < accesses->n; i++)
    walk.first_read[i] = ORR_NO_ACCESS;
  for (guint32 row = 0; row < accesses->n_main && ret_finding->pattern == ORR_PATTERN_NONE; row++)
    {
      if (row % 4096 == 0 && orr_budget_is_stopped (budget))
        {
          ret_finding->pattern = ORR_PATTERN_UNDECIDED;
          ret_finding->why = "it was stopped";
        }
      else if (is_from_later (accesses, row))
        found (&walk, ORR_PATTERN_CYCLE, row, ORR_NO_ACCESS, ORR_NO_ACCESS, ORR_NO_ACCESS);
      else
        look_at[inclusion](&walk, row);
    }
  g_free (walk.states);
  g_free (walk.first_read);
}

/* --- Writes follow reads: what must have been seen for a write is what was read before it, and so on --- */

typedef struct
{
  guint32 row, stage;
} Frame;

/* The read before a row in its session's order; ORR_NO_ACCESS: there is none. */
static guint32
read_before (const OrrAccesses *accesses, const guint32 *latest, guint32 row)
{
  guint32 previous = orr_access_previous (accesses, row);
  return previous == ORR_NO_ACCESS ? ORR_NO_ACCESS : latest[previous];
}

static guint32
next_needed (const OrrAccesses *accesses, const guint32 *latest, Frame *frame)
{
  if (frame->stage == 0)
    {
      guint32 read = read_before (accesses, latest, frame->row);
      frame->stage = 1;
      if (read != ORR_NO_ACCESS)
        return read;
    }
  if (frame->stage == 1)
    {
      frame->stage = 2;
      return accesses->rows[frame->row].source;
    }
  return ORR_NO_ACCESS;
}

static void
collect (const GArray *stack, guint32 closing, OrrFinding *ret_finding)
{
  ret_finding->pattern = ORR_PATTERN_CYCLE;
  for (guint i = stack->len; i > 0; i--)
    {
      guint32 row = g_array_index (stack, Frame, i - 1).row;
      g_array_append_val (ret_finding->rows, row);
      if (row == closing)
        return;
    }
}

/* A search in depth for a write that needs itself. `colours`: 0 not met, 1 on the stack, 2 done. */
static void
search (const OrrAccesses *accesses, const guint32 *latest, guint8 *colours, GArray *stack, guint32 start,
        OrrFinding *ret_finding)
{
  Frame frame = { start, 0 };
  g_array_append_val (stack, frame);
  colours[start] = 1;
  while (stack->len > 0)
    {
      Frame *top = &g_array_index (stack, Frame, stack->len - 1);
      guint32 needed = next_needed (accesses, latest, top);
      if (needed == ORR_NO_ACCESS && top->stage == 2)
        {
          colours[top->row] = 2;
          g_array_set_size (stack, stack->len - 1);
        }
      else if (needed != ORR_NO_ACCESS && colours[needed] == 1)
        {
          collect (stack, needed, ret_finding);
          return;
        }
      else if (needed != ORR_NO_ACCESS && colours[needed] == 0)
        {
          frame.row = needed;
          colours[needed] = 1;
          g_array_append_val (stack, frame);
        }
    }
}

void
orr_access_find_writes_before_reads (const OrrAccesses *accesses, OrrFinding *ret_finding)
{
  g_autofree guint32 *latest = g_new (guint32, accesses->n); /* by row, the last read up to it */
  g_autofree guint8 *colours = g_new0 (guint8, accesses->n);
  g_autoptr (GArray) stack = g_array_new (FALSE, FALSE, sizeof (Frame));
  for (guint32 row = 0; row < accesses->n_main; row++)
    latest[row] = accesses->rows[row].writes ? read_before (accesses, latest, row) : row;
  for (guint32 row = 0; row < accesses->n && ret_finding->pattern == ORR_PATTERN_NONE; row++)
    if (colours[row] == 0)
      search (accesses, latest, colours, stack, row, ret_finding);
}
