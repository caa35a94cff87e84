/* value-text.c: values as people and files see them.
 *
 * What is printed can be read again: a text that would be taken for something else, such as `12`, `nil` or
 * two words within a list, stands in double quotes with JSON's escapes. */
#include "base/value.h"

#include "base/json.h"

#include <string.h>

/* How deep lists may lie in lists for them to be read: deeper is a text. */
#define DEPTH_MAX 32

/* A whole number as we would print it, and in range. */
static gboolean
parse_int (const char *text, gint64 *ret_number)
{
  const char *digits = text + (*text == '-');
  if (!g_ascii_isdigit (*digits) || (*digits == '0' && (digits[1] || digits != text)))
    return FALSE;
  return g_ascii_string_to_signed (text, 10, ORR_VALUE_INT_MIN, ORR_VALUE_INT_MAX, ret_number, NULL);
}

/* What a bare word is when it is not a text. */
static gboolean
parse_word (const char *word, OrrValue *ret_value)
{
  gint64 number;
  if (strcmp (word, "nil") == 0 || strcmp (word, "null") == 0)
    *ret_value = ORR_NIL;
  else if (parse_int (word, &number))
    *ret_value = orr_value_int (number);
  else
    return FALSE;
  return TRUE;
}

/* The bytes at the start of `text` that can stand in a bare word. */
static gsize
bare_length (const char *text)
{
  gsize length = 0;
  while (text[length] && (guchar) text[length] > 0x20 && !strchr ("\"[]{},\\", text[length]))
    length++;
  return length;
}

/* TRUE where a text can be printed without quotes. */
static gboolean
is_bare (const char *text)
{
  OrrValue value;
  if (!*text || bare_length (text) != strlen (text) || parse_word (text, &value)
      || !g_utf8_validate (text, -1, NULL))
    return FALSE;
  for (; *text; text = g_utf8_next_char (text))
    if (!orr_character_is_plain (g_utf8_get_char (text)))
      return FALSE;
  return TRUE;
}

/* One value as printed: a list, a quoted text, a bare word. FALSE where there is none. */
static gboolean
parse_printed (OrrTerms *terms, const char **cursor, guint depth, OrrValue *ret_value)
{
  if (**cursor == '"')
    {
      g_autofree char *text = orr_json_parse_text (cursor);
      if (text)
        *ret_value = orr_terms_text (terms, text);
      return text != NULL;
    }
  if (**cursor != '[')
    {
      g_autofree char *word = g_strndup (*cursor, bare_length (*cursor));
      *cursor += strlen (word);
      if (*word && !parse_word (word, ret_value))
        *ret_value = orr_terms_text (terms, word);
      return *word != '\0';
    }
  if (depth == DEPTH_MAX)
    return FALSE;
  OrrValue list = orr_terms_empty_list (terms);
  for ((*cursor)++; **cursor != ']';)
    {
      OrrValue last;
      if (!parse_printed (terms, cursor, depth + 1, &last))
        return FALSE;
      list = orr_terms_append (terms, list, last);
      if (**cursor == ' ' && (*cursor)[1] != ']')
        (*cursor)++;
      else if (**cursor != ']')
        return FALSE;
    }
  (*cursor)++;
  *ret_value = list;
  return TRUE;
}

OrrValue
orr_terms_parse (OrrTerms *terms, const char *text)
{
  OrrValue value;
  if (parse_word (text, &value))
    return value;
  const char *cursor = text;
  if ((*text == '"' || *text == '[') && parse_printed (terms, &cursor, 0, &value) && *cursor == '\0')
    return value;
  return orr_terms_text (terms, text);
}

gboolean
orr_terms_reads_as_text (const char *text)
{
  OrrValue value;
  return *text != '"' && *text != '[' && !parse_word (text, &value);
}

/* What differs between the two forms of a value. */
typedef struct
{
  const char *nil, *separator;
  gboolean quote_all;
} Form;

static void
print (const OrrTerms *terms, OrrValue value, const Form *form, GString *text)
{
  if (value == ORR_NIL)
    g_string_append (text, form->nil);
  else if (orr_value_is_int (value))
    g_string_append_printf (text, "%" G_GINT64_FORMAT, orr_value_to_int (value));
  else if (orr_terms_is_text (terms, value))
    {
      const char *content = orr_terms_get_text (terms, value);
      if (!form->quote_all && is_bare (content))
        g_string_append (text, content);
      else
        orr_json_print_text (content, text);
    }
  else
    {
      guint length = orr_terms_get_length (terms, value);
      g_autofree OrrValue *values = g_new (OrrValue, length);
      orr_terms_get_values (terms, value, values);
      g_string_append_c (text, '[');
      for (guint i = 0; i < length; i++)
        {
          if (i > 0)
            g_string_append (text, form->separator);
          print (terms, values[i], form, text);
        }
      g_string_append_c (text, ']');
    }
}

void
orr_terms_print (const OrrTerms *terms, OrrValue value, GString *text)
{
  static const Form users = { "nil", " ", FALSE };
  print (terms, value, &users, text);
}

void
orr_terms_print_json (const OrrTerms *terms, OrrValue value, GString *text)
{
  static const Form json = { "null", ",", TRUE };
  print (terms, value, &json, text);
}
