/* document-syntax.c: what is wrong with a text before it means anything.
 *
 * Two kinds of trouble end the reading of a file: characters that it can't hold, which are looked for first,
 * and mistakes in its YAML. libyaml words those for people who know its grammar ("did not find expected
 * <document start>"); here they are said again for people who write scenarios. */
#include "base/document-private.h"

#include <string.h>

OrrPlace
orr_yaml_place (const char *file, yaml_mark_t mark)
{
  return (OrrPlace){ .line = (guint) mark.line + 1, .column = (guint) mark.column + 1, .file = file };
}

/* --- Characters --- */

/* The place of a byte of the text, all before it being UTF-8. */
static OrrPlace
place_of (const char *file, const char *text, const char *at)
{
  OrrPlace place = { .line = 1, .column = 1, .file = file };
  const char *line = text;
  for (const char *end; (end = memchr (line, '\n', (gsize) (at - line))) != NULL; line = end + 1)
    place.line++;
  place.column += (guint) g_utf8_strlen (line, at - line);
  return place;
}

static gboolean
is_allowed (gunichar character)
{
  return character == '\t' || character == '\n' || character == '\r'
         || (character >= 0x20 && !(character >= 0x7f && character <= 0x9f) && character != 0xfeff
             && character != 0xfffe && character != 0xffff);
}

gboolean
orr_yaml_check_text (const char *file, const char *text, gsize length, OrrProblems *problems)
{
  OrrPlace whole = { .file = file };
  if (length > ORR_DOCUMENT_BYTES_MAX)
    {
      g_autofree char *remedy
          = g_strdup_printf ("the most is %d MiB", ORR_DOCUMENT_BYTES_MAX / (1024 * 1024));
      orr_problems_add (problems, whole, remedy, "the text is too large: %" G_GSIZE_FORMAT " bytes", length);
      return FALSE;
    }
  const char *end;
  if (!g_utf8_validate_len (text, length, &end))
    {
      OrrPlace place = place_of (file, text, end);
      if (*end == '\0')
        orr_problems_add (problems, place, "take it out", "a NUL byte");
      else
        orr_problems_add (problems, place, "save the file as UTF-8", "this is not UTF-8: byte 0x%02x",
                          (guchar) *end);
      return FALSE;
    }
  for (const char *at = text; at < text + length; at = g_utf8_next_char (at))
    if (!is_allowed (g_utf8_get_char (at)))
      {
        orr_problems_add (problems, place_of (file, text, at),
                          "take it out, or write it as an escape within double quotes",
                          "a character that can't be seen: U+%04X", g_utf8_get_char (at));
        return FALSE;
      }
  return TRUE;
}

/* --- Grammar --- */

/* One of libyaml's messages, told by its words and those of what it was doing, and ours. */
typedef struct
{
  const char *problem, *context; /* how they start; NULL: whatever it was doing */
  gboolean at_start;             /* the place is where what it was reading began */
  const char *what, *remedy;
} Wording;

static const Wording wordings[] = {
  { "found unexpected end of stream", "while scanning a quoted scalar", TRUE, "this quote is never closed",
    "close it, or double it where it is meant as a character" },
  { "found unexpected document indicator", NULL, TRUE, "this quote is not closed before the document ends",
    "close it" },
  { "found unknown escape character", NULL, FALSE, "there is no such escape within double quotes",
    "write '\\\\' for a backslash, or use single quotes" },
  { "did not find expected hexdecimal number", NULL, FALSE, "this escape lacks hexadecimal digits",
    "write '\\\\' for a backslash, or use single quotes" },
  { "found invalid Unicode character escape code", NULL, FALSE, "this escape stands for no character",
    "write the character itself" },
  { "could not find expected ':'", NULL, TRUE, "a key without a ':' behind it", "write 'key: value'" },
  { "mapping values are not allowed", NULL, FALSE, "a ':' that fits no key",
    "put a text that holds ': ' in quotes, or mend the indentation of this line" },
  { "mapping keys are not allowed", NULL, FALSE, "a '?' that starts no key",
    "put a text that starts with '?' in quotes" },
  { "block sequence entries are not allowed", NULL, FALSE, "a '-' that starts no entry of a list",
    "start the list on a line of its own, or put the text in quotes" },
  { "did not find expected '-' indicator", NULL, FALSE, "this line fits no entry of the list above",
    "start it with '- ', or mend its indentation" },
  { "did not find expected key", NULL, FALSE, "this line fits no key above", "mend its indentation" },
  { "did not find expected ',' or ']'", NULL, TRUE, "this '[' is not closed",
    "close it with ']', and put ',' between entries" },
  { "did not find expected ',' or '}'", NULL, TRUE, "this '{' is not closed",
    "close it with '}', and put ',' between entries" },
  { "found a tab", NULL, FALSE, "a tab where the line is indented", "indent with spaces" },
  { "did not find expected <document start>", NULL, FALSE, "the text goes on behind its end",
    "mend the indentation, or close what is open above" },
  { "did not find expected node content", NULL, FALSE, "a value is missing here",
    "write one, or take the key out" },
  { "did not find expected alphabetic or numeric character", NULL, TRUE,
    "a value can't start with '*' or '&'", "put it in quotes" },
  { "", "while scanning an anchor", TRUE, "anchors can't be used here",
    "put a text that starts with '&' in quotes" },
  { "", "while scanning an alias", TRUE, "aliases can't be used here",
    "put a text that starts with '*' in quotes" },
  { "", "while scanning a tag", TRUE, "tags can't be used here",
    "put a text that starts with '!' in quotes" },
  { "", "while parsing a tag", TRUE, "tags can't be used here", "put a text that starts with '!' in quotes" },
  { "found undefined tag handle", NULL, TRUE, "tags can't be used here",
    "put a text that starts with '!' in quotes" },
  { "", "while scanning a directive", TRUE, "directives can't be used here",
    "put a text that starts with '%' in quotes" },
  { "", "while scanning a %", TRUE, "directives can't be used here",
    "put a text that starts with '%' in quotes" },
  { "found duplicate", NULL, FALSE, "directives can't be used here", "take the line out" },
  { "found incompatible YAML document", NULL, FALSE, "directives can't be used here", "take the line out" },
  { "", "while scanning a block scalar", FALSE, "this can't stand behind '|' or '>'",
    "start the text on the next line, indented" },
};

static const Wording *
find_wording (const yaml_parser_t *parser)
{
  const char *context = parser->context ? parser->context : "";
  for (guint i = 0; i < G_N_ELEMENTS (wordings); i++)
    if (g_str_has_prefix (parser->problem, wordings[i].problem)
        && (!wordings[i].context || g_str_has_prefix (context, wordings[i].context)))
      return &wordings[i];
  return NULL;
}

/* Where a mark lies in the text, which may be its end. */
static const char *
find_mark (const char *text, gsize length, yaml_mark_t mark)
{
  const char *at = text;
  for (gsize i = 0; i < mark.index && at < text + length; i++)
    at = g_utf8_next_char (at);
  return at;
}

static gboolean
is_first_of_line (const char *text, const char *at)
{
  while (at > text && at[-1] == ' ')
    at--;
  return at == text || at[-1] == '\n' || at[-1] == '\r';
}

/* What the character where the trouble was noticed says by itself. NULL: nothing. */
static const Wording *
find_by_character (const yaml_parser_t *parser, const char *text, gsize length)
{
  static const Wording tab
      = { NULL, NULL, FALSE, "a tab where the line is indented", "indent with spaces" },
      start = { NULL, NULL, FALSE, "a value can't start with this character", "put it in quotes" },
      closing = { NULL, NULL, FALSE, "this closes nothing", "take it out, or put the text in quotes" },
      behind = { NULL, NULL, FALSE, "nothing can stand behind a value on its line",
                 "take it out, or put the whole value in quotes" };
  const char *at = find_mark (text, length, parser->problem_mark);
  char character = at < text + length ? *at : '\0';
  if (g_str_has_prefix (parser->problem, "found character that cannot start any token"))
    return character == '\t' ? &tab : &start;
  if (!g_str_has_prefix (parser->problem, "did not find expected key") || !character)
    return NULL;
  if (character == ']' || character == '}')
    return &closing;
  return is_first_of_line (text, at) ? NULL : &behind;
}

void
orr_yaml_explain (const yaml_parser_t *parser, const char *file, const char *text, gsize length,
                  OrrProblems *problems)
{
  g_assert (parser->error != YAML_MEMORY_ERROR && parser->error != YAML_NO_ERROR && parser->problem);
  OrrPlace place = orr_yaml_place (file, parser->problem_mark);
  const Wording *wording = find_by_character (parser, text, length);
  if (!wording)
    wording = find_wording (parser);
  if (!wording)
    orr_problems_add (problems, place, NULL, "this is not YAML: %s", parser->problem);
  else
    orr_problems_add (problems, wording->at_start ? orr_yaml_place (file, parser->context_mark) : place,
                      wording->remedy, "%s", wording->what);
}
