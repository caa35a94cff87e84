/* datum-string.c: strings in double quotes, which EDN and JSON write alike.
 *
 * Most have no escapes, and stay where they are in the text. */
#include "history/formats/datum.h"

/* The four digits of \u; −1 where there are others. */
static gint
read_code (const char *at, const char *end)
{
  gint code = 0;
  for (guint i = 0; i < 4; i++, at++)
    {
      if (at >= end || !g_ascii_isxdigit (*at))
        return -1;
      code = code * 16 + g_ascii_xdigit_value (*at);
    }
  return code;
}

/* What \u stands for, of which the digits begin at *at; moves behind it. Characters beyond 16 bits are two
 * such. */
static gunichar
read_unicode (const char **at, const char *end)
{
  gint code = read_code (*at, end);
  if (code <= 0)
    return 0;
  *at += 4;
  if (code < 0xd800 || code > 0xdfff)
    return (gunichar) code;
  gint low = end - *at > 2 && (*at)[0] == '\\' && (*at)[1] == 'u' ? read_code (*at + 2, end) : -1;
  if (code > 0xdbff || low < 0xdc00 || low > 0xdfff)
    return 0;
  *at += 6;
  return 0x10000 + (((gunichar) code - 0xd800) << 10) + ((gunichar) low - 0xdc00);
}

/* What the escape at *at, behind the backslash, stands for; moves behind it. 0: nothing that is known. */
static gunichar
read_escape (const char **at, const char *end)
{
  static const char escapes[] = "t\tr\rn\nb\bf\f\\\\\"\"//";
  if (*at >= end)
    return 0;
  char letter = *(*at)++;
  if (letter == 'u')
    return read_unicode (at, end);
  for (const char *pair = escapes; *pair; pair += 2)
    if (*pair == letter)
      return (guchar) pair[1];
  return 0;
}

/* Reads on from the first backslash, with what stood before it. FALSE at a wrong escape. */
static gboolean
read_escaped (OrrReading *reading, const char **cursor, const char *end, GString *text)
{
  while (*cursor < end && **cursor != '"')
    {
      const char *at = (*cursor)++;
      if (*at != '\\')
        {
          g_string_append_c (text, *at);
          continue;
        }
      gunichar character = read_escape (cursor, end);
      if (character == 0)
        {
          orr_reading_problem (reading, at,
                               "use one of \\n, \\t, \\r, \\b, \\f, \\\\, \\\", and \\u with four digits",
                               "this escape is not known");
          return FALSE;
        }
      g_string_append_unichar (text, character);
    }
  return TRUE;
}

gboolean
orr_datum_read_string (OrrReading *reading, const char **cursor, const char *end, OrrDatumTree *tree)
{
  const char *start = (*cursor)++;
  while (*cursor < end && **cursor != '"' && **cursor != '\\')
    ++*cursor;
  if (*cursor < end && **cursor == '"')
    {
      orr_datum_add_text (tree, start, start + 1, (gsize) (*cursor - start - 1));
      ++*cursor;
      return TRUE;
    }
  g_autoptr (GString) text = g_string_new_len (start + 1, *cursor - start - 1);
  if (!read_escaped (reading, cursor, end, text))
    return FALSE;
  if (*cursor == end)
    {
      orr_reading_problem (reading, start, "end it with a '\"'", "this string has no end");
      return FALSE;
    }
  ++*cursor;
  const char *kept = g_string_chunk_insert_len (tree->texts, text->str, (gssize) text->len);
  orr_datum_add_text (tree, start, kept, text->len);
  return TRUE;
}
