/* xml.c: any text within XML (XML 1.0, 5th ed., sections 2.2 and 2.4). */
#include "export/xml.h"

static gboolean
is_possible (gunichar c)
{
  return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c != 0xfffe && c != 0xffff);
}

/* A reader makes blanks of what ends lines where it stands in an attribute. */
static const char *
reference_for (gunichar c)
{
  switch (c)
    {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&apos;";
    case '\t':
      return "&#9;";
    case '\n':
      return "&#10;";
    case '\r':
      return "&#13;";
    default:
      return is_possible (c) ? NULL : "\uFFFD";
    }
}

void
orr_xml_escape (const char *words, GString *text)
{
  g_autofree char *valid = g_utf8_make_valid (words, -1);
  for (const char *at = valid; *at; at = g_utf8_next_char (at))
    {
      const char *reference = reference_for (g_utf8_get_char (at));
      if (reference)
        g_string_append (text, reference);
      else
        g_string_append_len (text, at, g_utf8_next_char (at) - at);
    }
}
