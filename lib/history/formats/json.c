/* json.c: reads JSON (RFC 8259), strictly.
 *
 * Numbers that are no whole ones, or too large, keep their spelling: they are compared, and never reckoned
 * with. */
#include "history/formats/datum.h"

typedef struct
{
  OrrReading *reading;
  const char *at, *end;
  OrrDatumTree *tree;
  guint depth;
} Reader;

static gboolean read_value (Reader *reader);

static void
skip (const char **cursor, const char *end)
{
  while (*cursor < end && (**cursor == ' ' || **cursor == '\n' || **cursor == '\t' || **cursor == '\r'))
    ++*cursor;
}

static gboolean
fail (Reader *reader, const char *at, const char *remedy, const char *what)
{
  orr_reading_problem (reader->reading, at, remedy, "%s", what);
  return FALSE;
}

static gboolean
has_next (Reader *reader, char wanted)
{
  skip (&reader->at, reader->end);
  if (reader->at == reader->end || *reader->at != wanted)
    return FALSE;
  reader->at++;
  return TRUE;
}

static void
skip_digits (Reader *reader)
{
  while (reader->at < reader->end && g_ascii_isdigit (*reader->at))
    reader->at++;
}

static gboolean
read_number (Reader *reader)
{
  const char *start = reader->at;
  gint64 number;
  gboolean whole = orr_reading_number (&reader->at, reader->end, &number);
  const char *behind = reader->at;
  if (!whole)
    {
      reader->at += *reader->at == '-';
      if (reader->end - reader->at > 1 && *reader->at == '0' && g_ascii_isdigit (reader->at[1]))
        return fail (reader, start, "leave the first 0 out", "this number begins with a 0");
      skip_digits (reader);
    }
  if (reader->at < reader->end && *reader->at == '.')
    {
      reader->at++;
      skip_digits (reader);
    }
  if (reader->at < reader->end && (*reader->at == 'e' || *reader->at == 'E'))
    {
      reader->at++;
      reader->at += reader->at < reader->end && (*reader->at == '+' || *reader->at == '-');
      skip_digits (reader);
    }
  if (!g_ascii_isdigit (reader->at[-1]))
    return fail (reader, start, "write one like 12, -3 or 0.5", "this is no number");
  if (whole && reader->at == behind)
    orr_datum_get (reader->tree, orr_datum_add (reader->tree, ORR_DATUM_NUMBER, start))->number = number;
  else
    orr_datum_add_text (reader->tree, start, start, (gsize) (reader->at - start));
  return TRUE;
}

static gboolean
read_word (Reader *reader)
{
  static const char *const words[] = { "null", "true", "false" };
  const char *start = reader->at;
  while (reader->at < reader->end && g_ascii_isalnum (*reader->at))
    reader->at++;
  gsize length = (gsize) (reader->at - start);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (length == strlen (words[i]) && memcmp (start, words[i], length) == 0)
      {
        if (i == 0)
          orr_datum_add (reader->tree, ORR_DATUM_NIL, start);
        else
          orr_datum_add_text (reader->tree, start, start, length);
        return TRUE;
      }
  return fail (reader, start, "texts stand in double quotes", "this is no value of JSON");
}

/* A member of an object or array; of an object its name first. */
static gboolean
read_member (Reader *reader, OrrDatumKind kind)
{
  skip (&reader->at, reader->end);
  if (kind == ORR_DATUM_MAP)
    {
      if (reader->at == reader->end || *reader->at != '"')
        return fail (reader, reader->at, "names stand in double quotes",
                     "the name of a member is missing here");
      if (!orr_datum_read_string (reader->reading, &reader->at, reader->end, reader->tree))
        return FALSE;
      if (!has_next (reader, ':'))
        return fail (reader, reader->at, "write its value behind a ':'", "this member has no value");
      skip (&reader->at, reader->end);
    }
  return read_value (reader);
}

static gboolean
read_collection (Reader *reader, OrrDatumKind kind, char closing)
{
  const char *start = reader->at++;
  guint32 index = orr_datum_add (reader->tree, kind, start), n = 0;
  if (++reader->depth > ORR_DATUM_DEPTH_MAX)
    return fail (reader, start, "no history needs that", "arrays and objects stand too deep in each other");
  while (!has_next (reader, closing))
    {
      if (n > 0 && !has_next (reader, ','))
        return fail (reader, reader->at, closing == ']' ? "write a ',' or a ']'" : "write a ',' or a '}'",
                     reader->at == reader->end ? "the text ends within an array or object"
                                               : "something else is wanted here");
      if (!read_member (reader, kind))
        return FALSE;
      n += kind == ORR_DATUM_MAP ? 2 : 1;
    }
  reader->depth--;
  orr_datum_get (reader->tree, index)->n = n;
  orr_datum_get (reader->tree, index)->end = reader->tree->nodes->len;
  return TRUE;
}

static gboolean
read_value (Reader *reader)
{
  if (reader->at == reader->end)
    return fail (reader, reader->at, "write a value", "the text ends where a value is wanted");
  if (reader->tree->nodes->len >= ORR_DATUM_NODES_MAX)
    return fail (reader, reader->at, "split it", "one entry holds too many values");
  switch (*reader->at)
    {
    case '{':
      return read_collection (reader, ORR_DATUM_MAP, '}');
    case '[':
      return read_collection (reader, ORR_DATUM_LIST, ']');
    case '"':
      return orr_datum_read_string (reader->reading, &reader->at, reader->end, reader->tree);
    default:
      return *reader->at == '-' || g_ascii_isdigit (*reader->at) ? read_number (reader) : read_word (reader);
    }
}

static gboolean
read (OrrReading *reading, const char **cursor, const char *end, OrrDatumTree *tree)
{
  Reader reader = { .reading = reading, .at = *cursor, .end = end, .tree = tree };
  orr_datum_tree_clear (tree);
  skip (&reader.at, end);
  gboolean read = reader.at < end && read_value (&reader);
  *cursor = reader.at;
  return read;
}

const OrrDatumSyntax orr_json_syntax = { .read = read, .skip = skip, .commas = TRUE, .opening = "[" };
