/* polysi.c: the text that PolySI, Plume and IsoVista read: a step a line, with its session and transaction.
 *
 * `w(key,value,session,transaction)`. A transaction's steps need not stand together; those of transaction −1
 * were rolled back. A read of 0 where nobody wrote 0 found nothing. */
#include "history/formats/reading.h"

static const char assumed_initial[] = "reads of 0 where nobody wrote 0: nothing was there";

/* A transaction that grows: its steps stand anywhere. */
typedef struct
{
  guint32 session;
  gboolean aborted;
  const char *start;
  guint32 first, last; /* of its steps, a chain; first: G_MAXUINT32 */
} Transaction;

typedef struct
{
  OrrStepKind kind;
  gint64 key, value, session, transaction;
} Line;

typedef struct
{
  OrrStep step;
  OrrValue value;
  const char *at;
  guint32 next;
} Step;

typedef struct
{
  gint64 session, transaction;
} Name;

typedef struct
{
  OrrReading *reading;
  GHashTable *sessions;     /* gint64 * → index, plus one; looked up only */
  GHashTable *transactions; /* Name * → index, plus one; looked up only */
  GHashTable *written;      /* OrrKey * of keys that somebody wrote 0 to */
  GArray *list;             /* Transaction */
  GArray *steps;            /* Step */
  GArray *rolled_back;      /* guint32, by session: the transaction −1 that goes on, plus one */
} Reader;

static guint
name_hash (gconstpointer data)
{
  const Name *name = data;
  return (guint) (((guint64) name->session * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)
                   + (guint64) name->transaction)
                      * G_GUINT64_CONSTANT (0xd1342543de82ef95)
                  >> 32);
}

static gboolean
name_equal (gconstpointer a, gconstpointer b)
{
  const Name *left = a, *right = b;
  return left->session == right->session && left->transaction == right->transaction;
}

/* --- A line --- */

static const char *
skip_blanks (const char *at, const char *end)
{
  while (at < end && (*at == ' ' || *at == '\t'))
    at++;
  return at;
}

/* Where the line stops being one, or NULL where it is. */
static const char *
read_line (const OrrLine *line, Line *ret_line)
{
  gint64 *numbers[] = { &ret_line->key, &ret_line->value, &ret_line->session, &ret_line->transaction };
  const char *at = line->start, *end = line->end;
  if (at == end || (*at != 'r' && *at != 'w'))
    return at;
  ret_line->kind = *at == 'r' ? ORR_READ : ORR_WRITE;
  at++;
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      at = skip_blanks (at, end);
      if (at == end || *at != (i == 0 ? '(' : ','))
        return at;
      at = skip_blanks (at + 1, end);
      if (!orr_reading_number (&at, end, numbers[i]))
        return at;
    }
  at = skip_blanks (at, end);
  if (at == end || *at != ')')
    return at;
  return at + 1 == end ? NULL : at + 1;
}

static gboolean
recognise (const char *start)
{
  const char *cursor = start, *end = start + strlen (start);
  for (OrrLine line; orr_next_line (&cursor, end, &line);)
    {
      Line parts;
      if (line.start < line.end)
        return line.end - line.start > 1 && strchr ("rw", *line.start) && line.start[1] == '('
               && read_line (&line, &parts) != line.start + 2;
    }
  return FALSE;
}

/* --- Sessions and transactions --- */

static guint32
find_session (Reader *reader, gint64 number)
{
  guint32 known = GPOINTER_TO_UINT (g_hash_table_lookup (reader->sessions, &number));
  if (known > 0)
    return known - 1;
  guint32 none = 0;
  g_autofree char *name = g_strdup_printf ("s%" G_GINT64_FORMAT, number);
  guint32 session = orr_reading_add_session (reader->reading, name);
  g_hash_table_insert (reader->sessions,
                       orr_arena_copy (reader->reading->history->arena, &number, sizeof number),
                       GUINT_TO_POINTER (session + 1));
  g_array_append_val (reader->rolled_back, none);
  return session;
}

static guint32
add_transaction (Reader *reader, guint32 session, gboolean aborted, const char *start)
{
  Transaction transaction = { session, aborted, start, G_MAXUINT32, G_MAXUINT32 };
  g_array_append_val (reader->list, transaction);
  return reader->list->len - 1;
}

/* Steps of transaction −1 that follow each other in a session are taken for one. */
static guint32
find_transaction (Reader *reader, const Line *line, const char *start)
{
  guint32 session = find_session (reader, line->session);
  guint32 *rolled_back = &g_array_index (reader->rolled_back, guint32, session);
  Name name = { line->session, line->transaction };
  if (line->transaction == -1)
    {
      if (*rolled_back == 0)
        *rolled_back = add_transaction (reader, session, TRUE, start) + 1;
      return *rolled_back - 1;
    }
  *rolled_back = 0;
  guint32 known = GPOINTER_TO_UINT (g_hash_table_lookup (reader->transactions, &name));
  if (known > 0)
    return known - 1;
  guint32 index = add_transaction (reader, session, FALSE, start);
  g_hash_table_insert (reader->transactions,
                       orr_arena_copy (reader->reading->history->arena, &name, sizeof name),
                       GUINT_TO_POINTER (index + 1));
  return index;
}

static void
take_line (Reader *reader, const OrrLine *text)
{
  Line line;
  const char *wrong = read_line (text, &line);
  if (wrong)
    {
      orr_reading_problem (reader->reading, wrong,
                           "write r(KEY,VALUE,SESSION,TRANSACTION) or w(…), in whole numbers",
                           "this is no step here");
      return;
    }
  guint32 index = find_transaction (reader, &line, text->start);
  Transaction *transaction = &g_array_index (reader->list, Transaction, index);
  Step step = { .step = { .kind = line.kind, .key = orr_value_int (line.key) },
                .value = orr_value_int (line.value),
                .at = text->start,
                .next = G_MAXUINT32 };
  if (transaction->first == G_MAXUINT32)
    transaction->first = reader->steps->len;
  else
    g_array_index (reader->steps, Step, transaction->last).next = reader->steps->len;
  transaction->last = reader->steps->len;
  g_array_append_val (reader->steps, step);
  if (line.kind == ORR_WRITE && line.value == 0)
    g_hash_table_add (reader->written,
                      orr_arena_copy (reader->reading->history->arena, &step.step.key, sizeof (OrrKey)));
}

/* --- The whole --- */

static void
add_operation (Reader *reader, const Transaction *transaction, GArray *steps, GArray *values)
{
  g_array_set_size (steps, 0);
  g_array_set_size (values, 0);
  for (guint32 i = transaction->first; i != G_MAXUINT32;)
    {
      const Step *step = &g_array_index (reader->steps, Step, i);
      OrrValue value = step->value;
      if (step->step.kind == ORR_READ && value == orr_value_int (0)
          && !g_hash_table_contains (reader->written, &step->step.key))
        {
          orr_reading_assume (reader->reading, step->at, assumed_initial);
          value = ORR_NIL;
        }
      orr_reading_push_step (steps, values, step->step.kind, step->step.key, value);
      i = step->next;
    }
  orr_reading_add_timeless (reader->reading, transaction->session, transaction->start,
                            transaction->aborted ? ORR_FAIL : ORR_OK, steps, values);
}

static void
read (OrrReading *reading)
{
  Reader reader = { .reading = reading };
  const char *cursor = reading->text;
  reading->history->timeless = TRUE;
  reading->history->source->times = ORR_TIMES_LINES;
  if (!orr_reading_set_object (reading, "register"))
    return;
  reader.sessions = g_hash_table_new (g_int64_hash, g_int64_equal);
  reader.transactions = g_hash_table_new (name_hash, name_equal);
  reader.written = g_hash_table_new (g_int64_hash, g_int64_equal);
  reader.list = g_array_new (FALSE, FALSE, sizeof (Transaction));
  reader.steps = g_array_new (FALSE, FALSE, sizeof (Step));
  reader.rolled_back = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GArray) steps = g_array_new (FALSE, FALSE, sizeof (OrrStep));
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (OrrValue));
  for (OrrLine line; !orr_reading_is_hopeless (reading) && orr_next_line (&cursor, reading->end, &line);)
    if (line.start < line.end)
      take_line (&reader, &line);
  for (guint i = 0; i < reader.list->len; i++)
    add_operation (&reader, &g_array_index (reader.list, Transaction, i), steps, values);
  g_hash_table_unref (reader.sessions);
  g_hash_table_unref (reader.transactions);
  g_hash_table_unref (reader.written);
  g_array_unref (reader.list);
  g_array_unref (reader.steps);
  g_array_unref (reader.rolled_back);
}

const OrrHistoryFormat orr_history_format_polysi = {
  .entry
  = { .name = "polysi",
      .summary = "The text of PolySI, Plume and IsoVista: a step a line, with session and transaction",
      .doc = "`r(KEY,VALUE,SESSION,TRANSACTION)` reads, `w(…)` writes, all in whole numbers. Steps of "
             "transaction −1 were rolled back. A read of 0 found nothing, unless somebody wrote 0 to that "
             "key. There are no times: transactions of a session are in the order of their first lines." },
  .example = "w(1,1,1,1)\n"
             "w(2,1,1,1)\n"
             "r(1,1,2,2)\n"
             "r(2,1,2,2)\n",
  .recognise = recognise,
  .read = read,
};
