/* json.c: texts and reals as JSON.
 *
 * A text goes through as it is but for what JSON forbids and for what should not stand raw in any file:
 * controls, line separators that not every reader knows, and characters that a reader can't see. Those become
 * \uXXXX, which YAML understands as well. */
#include "base/json.h"

#include "base/quantity.h"

#include <math.h>
#include <string.h>

gboolean
orr_character_is_plain (gunichar character)
{
  static const struct
  {
    gunichar first, last;
  } escaped[] = {
    { 0x00, 0x1f },     /* C0 */
    { 0x7f, 0x9f },     /* delete and C1, next line among them */
    { 0x200b, 0x200f }, /* zero width, direction */
    { 0x2028, 0x202e }, /* line and paragraph separators, direction */
    { 0x2060, 0x206f }, /* invisible */
    { 0xd800, 0xdfff }, /* surrogates */
    { 0xfeff, 0xfeff }, /* byte order mark */
    { 0xfff0, 0xfffb }, /* specials, but for the replacement character */
    { 0xfffe, 0xffff }, /* no characters */
  };
  for (guint i = 0; i < G_N_ELEMENTS (escaped); i++)
    if (character >= escaped[i].first && character <= escaped[i].last)
      return FALSE;
  return TRUE;
}

static void
print_character (gunichar character, GString *json)
{
  static const char short_escapes[][2] = { { '"', '"' },  { '\\', '\\' }, { '\n', 'n' }, { '\t', 't' },
                                           { '\r', 'r' }, { '\b', 'b' },  { '\f', 'f' } };
  for (guint i = 0; i < G_N_ELEMENTS (short_escapes); i++)
    if (character == (guchar) short_escapes[i][0])
      {
        g_string_append_c (json, '\\');
        g_string_append_c (json, short_escapes[i][1]);
        return;
      }
  if (orr_character_is_plain (character))
    g_string_append_unichar (json, character);
  else
    g_string_append_printf (json, "\\u%04x", character);
}

void
orr_json_print_text (const char *text, GString *json)
{
  g_string_append_c (json, '"');
  for (gsize left = strlen (text); left > 0;)
    {
      gunichar character = g_utf8_get_char_validated (text, left);
      gsize length = 1;
      if (character == (gunichar) -1 || character == (gunichar) -2)
        character = 0xfffd;
      else
        length = g_utf8_skip[*(const guchar *) text];
      print_character (character, json);
      text += length;
      left -= length;
    }
  g_string_append_c (json, '"');
}

void
orr_json_print_real (double value, GString *json)
{
  if (!isfinite (value))
    {
      g_string_append (json, "null");
      return;
    }
  g_autofree char *text = orr_real_to_text (value);
  g_string_append (json, text);
}

/* The character that the escape at *cursor (behind the backslash) stands for; 0 where it is none. */
static gunichar
parse_escape (const char **cursor)
{
  static const char letters[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
  char letter = *(*cursor)++;
  const char *found = letter ? strchr (letters, letter) : NULL;
  if (found)
    return (guchar) meanings[found - letters];
  if (letter != 'u')
    return 0;
  gunichar character = 0;
  for (guint i = 0; i < 4; i++, (*cursor)++)
    {
      if (!g_ascii_isxdigit (**cursor))
        return 0;
      character = character * 16 + (guint) g_ascii_xdigit_value (**cursor);
    }
  return character >= 0xd800 && character <= 0xdfff ? 0 : character;
}

char *
orr_json_parse_text (const char **cursor)
{
  const char *at = *cursor;
  if (*at++ != '"')
    return NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  for (; *at != '"';)
    {
      if ((guchar) *at < 0x20)
        return NULL;
      if (*at != '\\')
        {
          g_string_append_c (text, *at++);
          continue;
        }
      at++;
      gunichar character = parse_escape (&at);
      if (!character)
        return NULL;
      g_string_append_unichar (text, character);
    }
  *cursor = at + 1;
  return g_string_free (g_steal_pointer (&text), FALSE);
}
