/* awdit.c: the text format of AWDIT, a checker of weak isolation (Møldrup & Pavlogiannis 2025).
 *
 * A read or write a line, a line of dashes between the transactions of a session, one of equal signs between
 * sessions. There are no times and no initial values: what is read must have been written. */
#include "history/formats/reading.h"

typedef struct
{
  OrrReading *reading;
  GArray *steps, *values;
  guint32 session;
  const char *start; /* of the transaction; NULL: it has no step yet */
} Reader;

static gboolean
is_rule (const OrrLine *line, char sign)
{
  const char *at = line->start;
  while (at < line->end && *at == sign)
    at++;
  return at == line->end && line->end - line->start >= 3;
}

static void
end_transaction (Reader *reader)
{
  if (reader->start)
    orr_reading_add_timeless (reader->reading, reader->session, reader->start, ORR_OK, reader->steps,
                              reader->values);
  reader->start = NULL;
  g_array_set_size (reader->steps, 0);
  g_array_set_size (reader->values, 0);
}

static void
begin_session (Reader *reader)
{
  g_autofree char *name = g_strdup_printf ("s%u", reader->reading->sessions->len + 1);
  reader->session = orr_reading_add_session (reader->reading, name);
}

/* The next word of a line. */
static gboolean
next_word (const char **cursor, const char *end, OrrLine *ret_word)
{
  while (*cursor < end && (**cursor == ' ' || **cursor == '\t'))
    ++*cursor;
  ret_word->start = *cursor;
  while (*cursor < end && **cursor != ' ' && **cursor != '\t')
    ++*cursor;
  ret_word->end = *cursor;
  return ret_word->end > ret_word->start;
}

/* Splits `r key value`. FALSE where it is no such line. */
static gboolean
split (const OrrLine *line, OrrStepKind *ret_kind, OrrLine *ret_key, OrrLine *ret_value)
{
  const char *cursor = line->start;
  OrrLine word, more;
  if (!next_word (&cursor, line->end, &word) || word.end - word.start != 1
      || (*word.start != 'r' && *word.start != 'w'))
    return FALSE;
  *ret_kind = *word.start == 'r' ? ORR_READ : ORR_WRITE;
  return next_word (&cursor, line->end, ret_key) && next_word (&cursor, line->end, ret_value)
         && !next_word (&cursor, line->end, &more);
}

static void
take_step (Reader *reader, const OrrLine *line)
{
  OrrReading *reading = reader->reading;
  OrrStepKind kind;
  OrrLine key, value;
  if (!split (line, &kind, &key, &value))
    {
      g_autofree char *text = g_strndup (line->start, (gsize) (line->end - line->start));
      g_autofree char *quoted = orr_quote (text);
      orr_reading_problem (reading, line->start, "write 'r KEY VALUE', 'w KEY VALUE', '-----' or '====='",
                           "%s is no read, write or end", quoted);
      return;
    }
  if (!reader->start)
    reader->start = line->start;
  orr_reading_push_step (reader->steps, reader->values, kind,
                         orr_reading_scalar (reading, key.start, (gsize) (key.end - key.start)),
                         orr_reading_scalar (reading, value.start, (gsize) (value.end - value.start)));
}

static void
take_line (Reader *reader, const OrrLine *line)
{
  gboolean session = is_rule (line, '=');
  if (session || is_rule (line, '-'))
    end_transaction (reader);
  else
    take_step (reader, line);
  if (session)
    begin_session (reader);
}

static gboolean
recognise (const char *start)
{
  const char *cursor = start, *end = start + strlen (start);
  for (OrrLine line, key, value; orr_next_line (&cursor, end, &line);)
    {
      OrrStepKind kind;
      if (line.start < line.end && !is_rule (&line, '=') && !is_rule (&line, '-'))
        return split (&line, &kind, &key, &value);
    }
  return FALSE;
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
  reader.steps = g_array_new (FALSE, FALSE, sizeof (OrrStep));
  reader.values = g_array_new (FALSE, FALSE, sizeof (OrrValue));
  begin_session (&reader);
  for (OrrLine line; !orr_reading_is_hopeless (reading) && orr_next_line (&cursor, reading->end, &line);)
    if (line.start < line.end)
      take_line (&reader, &line);
  end_transaction (&reader);
  g_array_unref (reader.steps);
  g_array_unref (reader.values);
}

const OrrHistoryFormat orr_history_format_awdit = {
  .entry
  = { .name = "awdit",
      .summary = "AWDIT's text: reads and writes of transactions, a line each",
      .doc = "`r KEY VALUE` reads, `w KEY VALUE` writes; `-----` ends a transaction, `=====` a session. "
             "There are no times: what is known is the order within each session. Nothing is there before "
             "it is written, not even 0." },
  .example = "w x 1\n"
             "-----\n"
             "w y 1\n"
             "=====\n"
             "r x 1\n"
             "r y 1\n",
  .recognise = recognise,
  .read = read,
};
