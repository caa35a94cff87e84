/* standby-names.c: the grammar of synchronous_standby_names (PostgreSQL 15 manual, §20.6.2; syncrep_gram.y):
 *
 *     [FIRST] number ( name, … )  |  ANY number ( name, … )  |  name, …
 *
 * A name is a word of letters, digits, `_` and `$`, a number, `*`, or anything in quotation marks, of which
 * one inside is written twice. FIRST and ANY are no names unless they are quoted. */
#include "standby-names.h"

#include <string.h>

#define NAMES_MAX 1000

typedef enum
{
  TOKEN_END,
  TOKEN_NAME,
  TOKEN_NUMBER,
  TOKEN_FIRST,
  TOKEN_ANY,
  TOKEN_MARK,
  TOKEN_UNCLOSED
} TokenKind;

typedef struct
{
  TokenKind kind;
  const char *start; /* the token is the text from here */
  const char *end;
} Token;

typedef struct
{
  const char *at; /* behind the token */
  Token token;    /* the next one */
  OrrArena *arena;
  const char *error; /* the first one; NULL: none yet */
  const char *error_at;
} Reader;

static void
fail (Reader *reader, const char *what)
{
  if (reader->error)
    return;
  reader->error = what;
  reader->error_at = reader->token.start;
}

/* --- Tokens --- */

static gboolean
is_word_character (char character, gboolean first)
{
  return g_ascii_isalpha (character) || character == '_' || (guchar) character >= 0x80
         || (!first && (g_ascii_isdigit (character) || character == '$'));
}

/* The closing quotation mark, or NULL. */
static const char *
end_of_quoted (const char *at)
{
  for (; *at; at++)
    if (*at == '"' && *++at != '"')
      return at;
  return NULL;
}

static TokenKind
kind_of_word (const char *start, const char *end)
{
  if (end - start == 3 && g_ascii_strncasecmp (start, "any", 3) == 0)
    return TOKEN_ANY;
  if (end - start == 5 && g_ascii_strncasecmp (start, "first", 5) == 0)
    return TOKEN_FIRST;
  return TOKEN_NAME;
}

static void
next (Reader *reader)
{
  while (g_ascii_isspace (*reader->at))
    reader->at++;
  const char *start = reader->at, *end = start;
  TokenKind kind = *start ? TOKEN_MARK : TOKEN_END;
  if (*start == '"')
    {
      end = end_of_quoted (start + 1);
      kind = end ? TOKEN_NAME : TOKEN_UNCLOSED;
    }
  else if (is_word_character (*start, TRUE))
    {
      while (is_word_character (*end, FALSE))
        end++;
      kind = kind_of_word (start, end);
    }
  else if (g_ascii_isdigit (*start))
    {
      while (g_ascii_isdigit (*end))
        end++;
      kind = TOKEN_NUMBER;
    }
  else if (*start)
    {
      end++;
      kind = *start == '*' ? TOKEN_NAME : TOKEN_MARK;
    }
  reader->token = (Token){ kind, start, end };
  reader->at = end ? end : start + strlen (start);
}

static gboolean
accept (Reader *reader, char mark)
{
  if (reader->token.kind != TOKEN_MARK || *reader->token.start != mark)
    return FALSE;
  next (reader);
  return TRUE;
}

/* --- Grammar --- */

static const char *
read_name (Reader *reader)
{
  Token token = reader->token;
  if (token.kind == TOKEN_UNCLOSED)
    fail (reader, "a quotation mark is never closed");
  else if (token.kind == TOKEN_FIRST || token.kind == TOKEN_ANY)
    fail (reader, "FIRST and ANY stand before a number; as a standby's name they must be quoted");
  else if (token.kind != TOKEN_NAME && token.kind != TOKEN_NUMBER)
    fail (reader, "a standby's name is missing");
  if (reader->error)
    return NULL;

  next (reader);
  gboolean quoted = *token.start == '"';
  g_autoptr (GString) name = g_string_new_len (token.start + quoted, token.end - token.start - 2 * quoted);
  if (quoted)
    g_string_replace (name, "\"\"", "\"", 0);
  return orr_arena_strdup (reader->arena, name->str);
}

static void
read_list (Reader *reader, StandbyNames *names)
{
  const char *list[NAMES_MAX];
  do
    {
      if (names->n_names == NAMES_MAX)
        fail (reader, "those are more than 1000 standbys");
      else if ((list[names->n_names] = read_name (reader)))
        names->n_names++;
    }
  while (!reader->error && accept (reader, ','));
  names->names = orr_arena_copy (reader->arena, list, names->n_names * sizeof *list);
}

static guint32
read_number (Reader *reader)
{
  guint64 number = 0;
  if (reader->token.kind != TOKEN_NUMBER)
    fail (reader, "after FIRST or ANY the number of standbys is missing");
  for (const char *at = reader->token.start; !reader->error && at < reader->token.end; at++)
    number = MIN (number * 10 + (guint) (*at - '0'), NAMES_MAX + 1);
  if (number < 1 || number > NAMES_MAX)
    fail (reader, "the number of standbys to wait for must lie between 1 and 1000");
  next (reader);
  return (guint32) number;
}

/* A number is the number of standbys where a list in parentheses follows, else a name. */
static gboolean
is_counted (const Reader *reader)
{
  if (reader->token.kind == TOKEN_FIRST || reader->token.kind == TOKEN_ANY)
    return TRUE;
  Reader ahead = *reader;
  next (&ahead);
  return reader->token.kind == TOKEN_NUMBER && accept (&ahead, '(');
}

static void
read_all (Reader *reader, StandbyNames *names)
{
  gboolean counted = is_counted (reader);
  names->any = reader->token.kind == TOKEN_ANY;
  names->wanted = 1;
  if (counted)
    {
      if (reader->token.kind != TOKEN_NUMBER)
        next (reader);
      names->wanted = read_number (reader);
      if (!accept (reader, '('))
        fail (reader, "after the number the standbys must stand in parentheses");
    }
  if (!reader->error)
    read_list (reader, names);
  if (counted && !reader->error && !accept (reader, ')'))
    fail (reader, "the parenthesis is never closed");
  if (reader->token.kind != TOKEN_END)
    fail (reader, "what stands behind the list does not belong there");
}

/* --- The type --- */

static gboolean
parse (const OrrField *field, const OrrContext *context, const char *text, gpointer value, char **ret_message)
{
  Reader reader = { .at = text, .arena = context->arena };
  StandbyNames *names = orr_arena_new0 (context->arena, StandbyNames);
  next (&reader);
  if (reader.token.kind != TOKEN_END)
    read_all (&reader, names);
  if (!reader.error)
    {
      *(const StandbyNames **) value = names;
      return TRUE;
    }
  *ret_message = g_strdup (reader.error);
  if (context->ret_offset)
    *context->ret_offset = (gsize) (reader.error_at - text);
  return FALSE;
}

static gboolean
needs_quotes (const char *name)
{
  const char *end = name;
  if (g_str_equal (name, "*"))
    return FALSE;
  while (is_word_character (*end, end == name))
    end++;
  return *end || end == name || kind_of_word (name, end) != TOKEN_NAME;
}

static void
print (const OrrField *field, const OrrContext *context, gconstpointer value, GString *text)
{
  const StandbyNames *names = *(const StandbyNames *const *) value;
  if (names->wanted == 0)
    return;
  g_string_append_printf (text, "%s %u (", names->any ? "ANY" : "FIRST", names->wanted);
  for (guint i = 0; i < names->n_names; i++)
    {
      g_autoptr (GString) name = g_string_new (names->names[i]);
      g_string_append (text, i ? ", " : "");
      if (needs_quotes (name->str))
        {
          g_string_replace (name, "\"", "\"\"", 0);
          g_string_append_printf (text, "\"%s\"", name->str);
        }
      else
        g_string_append (text, name->str);
    }
  g_string_append_c (text, ')');
}

static guint64
hash (const OrrField *field, const OrrContext *context, gconstpointer value)
{
  g_autoptr (GString) text = g_string_new (NULL);
  print (field, context, value, text);
  return orr_draw_word (text->str);
}

static void
set_unset (gpointer value)
{
  *(const StandbyNames **) value = NULL;
}

static gboolean
is_unset (gconstpointer value)
{
  return *(const StandbyNames *const *) value == NULL;
}

const OrrType standby_names_type = {
  .name = "standby names",
  .form
  = "a list of standbys as PostgreSQL takes it, like FIRST 1 (replica1, replica2), ANY 2 (*) or replica1",
  .schema = "{\"type\":\"string\"}",
  .size = sizeof (const StandbyNames *),
  .parse = parse,
  .print = print,
  .hash = hash,
  .set_unset = set_unset,
  .is_unset = is_unset,
};

guint
standby_names_priority (const StandbyNames *names, const char *standby)
{
  for (guint i = 0; i < names->n_names; i++)
    if (g_str_equal (names->names[i], "*") || g_ascii_strcasecmp (names->names[i], standby) == 0)
      return i + 1;
  return 0;
}
