/* edn.c: reads EDN, the data notation of Clojure, in which Jepsen writes histories.
 *
 * What is read: nil, true, false, whole and other numbers, strings, characters, keywords, symbols, lists,
 * vectors, sets, maps, comments and discarded forms. Tags, as of a record `#jepsen.history.Op{…}`, say of
 * which class something is, which means nothing here: what stands behind one is read as it is. Commas are
 * blanks. */
#include "history/formats/datum.h"

typedef struct
{
  OrrReading *reading;
  const char *at, *end;
  OrrDatumTree *tree;
  guint depth;
} Reader;

static gboolean read_form (Reader *reader);

/* What ends a word: blanks, which a comma is one of, and brackets, quotes and comments. */
enum
{
  BLANK = 1,
  MARK = 2
};
static const guint8 classes[256] = {
  [' '] = BLANK, ['\n'] = BLANK, ['\t'] = BLANK, ['\r'] = BLANK, ['\f'] = BLANK, [','] = BLANK, ['('] = MARK,
  [')'] = MARK,  ['['] = MARK,   [']'] = MARK,   ['{'] = MARK,   ['}'] = MARK,   ['"'] = MARK,  [';'] = MARK,
};

static gboolean
is_blank (char byte)
{
  return classes[(guchar) byte] == BLANK;
}

static gboolean
is_delimiter (char byte)
{
  return classes[(guchar) byte] != 0;
}

static void
skip (const char **cursor, const char *end)
{
  const char *at = *cursor;
  while (at < end && (is_blank (*at) || *at == ';'))
    if (*at == ';')
      while (at < end && *at != '\n')
        at++;
    else
      at++;
  *cursor = at;
}

static gboolean G_GNUC_PRINTF (4, 5)
    fail (Reader *reader, const char *at, const char *remedy, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  orr_reading_problem (reader->reading, at, remedy, "%s", what);
  return FALSE;
}

/* --- Words: all that ends at a blank or bracket --- */

static gboolean
is_number (const char *start, const char *end)
{
  if (start < end && (*start == '-' || *start == '+'))
    start++;
  return start < end && g_ascii_isdigit (*start);
}

/* A whole number; a suffix N says that it may be large. */
static gboolean
read_number (Reader *reader, const char *start)
{
  const char *cursor = start + (*start == '+'), *end = reader->at;
  gint64 number;
  if (orr_reading_number (&cursor, end, &number) && (cursor == end || (*cursor == 'N' && cursor + 1 == end)))
    {
      orr_datum_get (reader->tree, orr_datum_add (reader->tree, ORR_DATUM_NUMBER, start))->number = number;
      return TRUE;
    }
  for (cursor = start; cursor < end; cursor++)
    if (!g_ascii_isalnum (*cursor) && !strchr ("+-./", *cursor))
      break;
  if (cursor < end)
    return fail (reader, start, "write a number, or a string in double quotes",
                 "this begins as a number, but is none");
  orr_datum_add_text (reader->tree, start, start, (gsize) (end - start));
  return TRUE;
}

static gboolean
read_word (Reader *reader)
{
  const char *start = reader->at;
  if (*start == '\\' && start + 1 < reader->end) /* a character: whatever it is, it belongs to it */
    reader->at = g_utf8_next_char (start + 1);
  while (reader->at < reader->end && !is_delimiter (*reader->at))
    reader->at++;
  gsize length = (gsize) (reader->at - start);
  if (is_number (start, reader->at))
    return read_number (reader, start);
  if (length == 3 && memcmp (start, "nil", 3) == 0)
    {
      orr_datum_add (reader->tree, ORR_DATUM_NIL, start);
      return TRUE;
    }
  gsize mark = *start == ':' || *start == '\\';
  if (length <= mark)
    return fail (reader, start, "write a word behind it", "'%c' alone means nothing", *start);
  if (strchr ("^`~@'#", *start))
    return fail (reader, start, "a history is data: maps, vectors, keywords, strings and numbers",
                 "'%c' means something in Clojure's code, but not in data", *start);
  orr_datum_add_text (reader->tree, start, start + mark, length - mark);
  return TRUE;
}

/* --- Collections --- */

static gboolean
check_map (Reader *reader, guint32 index)
{
  const OrrDatum *map = orr_datum_get (reader->tree, index);
  return map->n % 2 == 0
         || fail (reader, map->at, "give each key a value", "this map has a key without a value");
}

/* `opens` is how far the opening goes: one byte, or two of a set. */
static gboolean
read_collection (Reader *reader, OrrDatumKind kind, char closing, guint opens)
{
  const char *start = reader->at;
  guint32 index = orr_datum_add (reader->tree, kind, start), n = 0;
  if (++reader->depth > ORR_DATUM_DEPTH_MAX)
    return fail (reader, start, "no history needs that", "forms stand more than %d deep in each other",
                 ORR_DATUM_DEPTH_MAX);
  reader->at += opens;
  for (;;)
    {
      skip (&reader->at, reader->end);
      if (reader->at == reader->end)
        return fail (reader, start, "close it", "this %s has no '%c'",
                     kind == ORR_DATUM_MAP   ? "map"
                     : kind == ORR_DATUM_SET ? "set"
                                             : "list",
                     closing);
      if (*reader->at == closing)
        break;
      guint before = reader->tree->nodes->len;
      if (!read_form (reader))
        return FALSE;
      n += reader->tree->nodes->len > before; /* what was discarded is none */
    }
  reader->at++;
  reader->depth--;
  orr_datum_get (reader->tree, index)->n = n;
  orr_datum_get (reader->tree, index)->end = reader->tree->nodes->len;
  return kind != ORR_DATUM_MAP || check_map (reader, index);
}

/* --- What begins with # --- */

static gboolean
read_discarded (Reader *reader)
{
  const char *start = reader->at;
  guint before = reader->tree->nodes->len;
  reader->at += 2;
  skip (&reader->at, reader->end);
  if (reader->at == reader->end)
    return fail (reader, start, "put the form behind it that shall be passed over",
                 "'#_' stands before nothing");
  if (++reader->depth > ORR_DATUM_DEPTH_MAX)
    return fail (reader, start, "no history needs that", "forms stand more than %d deep in each other",
                 ORR_DATUM_DEPTH_MAX);
  if (!read_form (reader))
    return FALSE;
  reader->depth--;
  g_array_set_size (reader->tree->nodes, before);
  return TRUE;
}

static gboolean
read_tagged (Reader *reader)
{
  const char *start = reader->at++;
  while (reader->at < reader->end && !is_delimiter (*reader->at))
    reader->at++;
  skip (&reader->at, reader->end);
  if (reader->at == start + 1 || reader->at == reader->end || strchr (")]}", *reader->at))
    return fail (reader, start, "put what it names behind it", "this tag stands before nothing");
  if (++reader->depth > ORR_DATUM_DEPTH_MAX)
    return fail (reader, start, "no history needs that", "forms stand more than %d deep in each other",
                 ORR_DATUM_DEPTH_MAX);
  if (!read_form (reader))
    return FALSE;
  reader->depth--;
  return TRUE;
}

static gboolean
read_hash (Reader *reader)
{
  char next = reader->at + 1 < reader->end ? reader->at[1] : '\0';
  if (next == '{')
    return read_collection (reader, ORR_DATUM_SET, '}', 2);
  if (next == '_')
    return read_discarded (reader);
  return read_tagged (reader);
}

static gboolean
read_form (Reader *reader)
{
  if (reader->tree->nodes->len >= ORR_DATUM_NODES_MAX)
    return fail (reader, reader->at, "split it", "a form holds more than %d others", ORR_DATUM_NODES_MAX);
  switch (*reader->at)
    {
    case '{':
      return read_collection (reader, ORR_DATUM_MAP, '}', 1);
    case '[':
      return read_collection (reader, ORR_DATUM_LIST, ']', 1);
    case '(':
      return read_collection (reader, ORR_DATUM_LIST, ')', 1);
    case '"':
      return orr_datum_read_string (reader->reading, &reader->at, reader->end, reader->tree);
    case '#':
      return read_hash (reader);
    case '}':
    case ']':
    case ')':
      return fail (reader, reader->at, "take it out, or open what it closes",
                   "there is nothing that '%c' closes", *reader->at);
    default:
      return read_word (reader);
    }
}

static gboolean
read (OrrReading *reading, const char **cursor, const char *end, OrrDatumTree *tree)
{
  Reader reader = { .reading = reading, .at = *cursor, .end = end, .tree = tree };
  orr_datum_tree_clear (tree);
  do /* what is discarded is no form */
    {
      skip (&reader.at, end);
      if (reader.at < end && !read_form (&reader))
        return FALSE;
    }
  while (tree->nodes->len == 0 && reader.at < end);
  *cursor = reader.at;
  return tree->nodes->len > 0;
}

gboolean
orr_edn_read_line (OrrReading *reading, const char *at, const char *end, OrrDatumTree *tree)
{
  Reader reader = { .reading = reading, .at = at, .end = end, .tree = tree };
  guint32 n = 0;
  orr_datum_tree_clear (tree);
  guint32 index = orr_datum_add (tree, ORR_DATUM_LIST, at);
  for (skip (&reader.at, end); reader.at < end; skip (&reader.at, end))
    {
      guint before = tree->nodes->len;
      if (!read_form (&reader))
        return FALSE;
      n += tree->nodes->len > before;
    }
  orr_datum_get (tree, index)->n = n;
  orr_datum_get (tree, index)->end = tree->nodes->len;
  return TRUE;
}

const OrrDatumSyntax orr_edn_syntax = { .read = read, .skip = skip, .opening = "[(" };
