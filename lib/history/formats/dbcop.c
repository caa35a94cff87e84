/* dbcop.c: the text of dbcop (Biswas & Enea 2019): a transaction in brackets, `x:=1` writes, `x==1` reads.
 *
 * `x==?` found nothing, and so did `x==0` where nobody wrote 0. `]!` ends a transaction that did not commit.
 * A line of dashes parts sessions. */
#include "history/formats/reading.h"

static const char assumed_initial[] = "reads of 0 where nobody wrote 0: nothing was there";

typedef struct
{
  OrrReading *reading;
  const char *at;
  GArray *steps, *values;
  GHashTable *written; /* OrrKey * of keys that somebody wrote 0 to; NULL: they are being looked for */
  GHashTable *zero;
  guint32 session;
} Reader;

static void
skip_blanks (Reader *reader)
{
  const char *end = reader->reading->end;
  for (;;)
    {
      while (reader->at < end && strchr (" \t\r\n", *reader->at))
        reader->at++;
      if (end - reader->at < 2 || memcmp (reader->at, "//", 2) != 0)
        return;
      while (reader->at < end && *reader->at != '\n')
        reader->at++;
    }
}

static gboolean
fail (Reader *reader, const char *remedy, const char *what)
{
  orr_reading_problem (reader->reading, reader->at, remedy, "%s", what);
  return FALSE;
}

static gboolean
is_word (char byte)
{
  return g_ascii_isalnum (byte) || byte == '_';
}

static gboolean
read_word (Reader *reader, OrrLine *ret_word)
{
  ret_word->start = reader->at;
  while (reader->at < reader->reading->end && is_word (*reader->at))
    reader->at++;
  ret_word->end = reader->at;
  return ret_word->end > ret_word->start;
}

/* What is read where it says `?`, or 0 that nobody wrote. */
static OrrValue
initial_value (Reader *reader, OrrKey key, OrrValue value, const char *at)
{
  if (value != orr_value_int (0) || !reader->written || g_hash_table_contains (reader->written, &key))
    return value;
  orr_reading_assume (reader->reading, at, assumed_initial);
  return ORR_NIL;
}

static gboolean
read_step (Reader *reader)
{
  OrrReading *reading = reader->reading;
  const char *start = reader->at;
  OrrLine key, value;
  if (!read_word (reader, &key))
    return fail (reader, "write x:=1, x==1 or ']'", "this is no step");
  gboolean writes = reading->end - reader->at >= 2 && memcmp (reader->at, ":=", 2) == 0;
  if (!writes && (reading->end - reader->at < 2 || memcmp (reader->at, "==", 2) != 0))
    return fail (reader, "write := or == behind the key", "this step neither reads nor writes");
  reader->at += 2;
  OrrKey name = orr_reading_scalar (reading, key.start, (gsize) (key.end - key.start));
  OrrValue number = ORR_NIL;
  if (!writes && reader->at < reading->end && *reader->at == '?')
    reader->at++;
  else if (!read_word (reader, &value))
    return fail (reader, "write the value", "this step has no value");
  else
    number = orr_reading_scalar (reading, value.start, (gsize) (value.end - value.start));
  if (writes && number == orr_value_int (0) && !reader->written)
    g_hash_table_add (reader->zero, orr_arena_copy (reading->history->arena, &name, sizeof name));
  orr_reading_push_step (reader->steps, reader->values, writes ? ORR_WRITE : ORR_READ, name,
                         writes ? number : initial_value (reader, name, number, start));
  return TRUE;
}

static gboolean
read_transaction (Reader *reader)
{
  const char *start = reader->at++;
  g_array_set_size (reader->steps, 0);
  g_array_set_size (reader->values, 0);
  for (skip_blanks (reader); reader->at < reader->reading->end && *reader->at != ']'; skip_blanks (reader))
    if (!read_step (reader))
      return FALSE;
  if (reader->at == reader->reading->end)
    return fail (reader, "end it with a ']'", "the text ends within a transaction");
  reader->at++;
  gboolean aborted = reader->at < reader->reading->end && *reader->at == '!';
  reader->at += aborted;
  if (reader->written && reader->steps->len > 0)
    orr_reading_add_timeless (reader->reading, reader->session, start, aborted ? ORR_FAIL : ORR_OK,
                              reader->steps, reader->values);
  else if (reader->written)
    orr_reading_assume (reader->reading, start, "transactions without a step, which say nothing: left out");
  return TRUE;
}

static void
begin_session (Reader *reader)
{
  g_autofree char *name = g_strdup_printf ("s%u", reader->reading->sessions->len + 1);
  if (reader->written)
    reader->session = orr_reading_add_session (reader->reading, name);
}

static void
read_all (Reader *reader)
{
  begin_session (reader);
  for (skip_blanks (reader); reader->at < reader->reading->end; skip_blanks (reader))
    if (*reader->at == '-')
      {
        while (reader->at < reader->reading->end && *reader->at == '-')
          reader->at++;
        begin_session (reader);
      }
    else if (*reader->at != '[')
      {
        fail (reader, "write a transaction, as [x:=1 y==2], or '---' between sessions",
              "this is no transaction");
        return;
      }
    else if (!read_transaction (reader))
      return;
}

static gboolean
recognise (const char *start)
{
  const char *at = start;
  for (;;)
    {
      at += strspn (at, " \t\r\n-");
      if (at[0] != '/' || at[1] != '/')
        break;
      at += strcspn (at, "\n");
    }
  if (*at != '[')
    return FALSE;
  at += 1 + strspn (at + 1, " \t\r\n");
  const char *word = at;
  while (is_word (*at))
    at++;
  return at > word && (strncmp (at, ":=", 2) == 0 || strncmp (at, "==", 2) == 0);
}

static void
read (OrrReading *reading)
{
  Reader reader = { .reading = reading, .at = reading->text };
  reading->history->timeless = TRUE;
  reading->history->source->times = ORR_TIMES_LINES;
  if (!orr_reading_set_object (reading, "register"))
    return;
  reader.steps = g_array_new (FALSE, FALSE, sizeof (OrrStep));
  reader.values = g_array_new (FALSE, FALSE, sizeof (OrrValue));
  reader.zero = g_hash_table_new (g_int64_hash, g_int64_equal);
  guint before = orr_problems_get_length (reading->problems);
  read_all (&reader);
  if (orr_problems_get_length (reading->problems) == before)
    {
      reader.written = reader.zero;
      reader.at = reading->text;
      read_all (&reader);
    }
  g_hash_table_unref (reader.zero);
  g_array_unref (reader.steps);
  g_array_unref (reader.values);
}

const OrrHistoryFormat orr_history_format_dbcop = {
  .entry
  = { .name = "dbcop",
      .summary = "dbcop's text: transactions in brackets",
      .doc
      = "`[x:=1 y==2 z==?]` is a transaction that writes 1 to x, reads 2 from y, and finds nothing in z; "
        "`]!` ends one that did not commit. `---` parts sessions; `//` begins a comment. A read of 0 "
        "found nothing, unless somebody wrote 0 to that key. There are no times." },
  .example = "[x:=1 y:=1]\n"
             "---\n"
             "[x==1 y==1]\n",
  .recognise = recognise,
  .read = read,
};
