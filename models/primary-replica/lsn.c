/* lsn.c: positions in the write-ahead log, and the type that reads and prints them (PostgreSQL 15 manual,
 * §8.20 pg_lsn Type). */
#include "lsn.h"

#include <string.h>

void
lsn_print (Lsn lsn, char text[LSN_TEXT_SIZE])
{
  g_snprintf (text, LSN_TEXT_SIZE, "%X/%X", (guint32) (lsn >> 32), (guint32) lsn);
}

gboolean
lsn_reached (Lsn position, Lsn wanted, gboolean as_text)
{
  if (!as_text)
    return position >= wanted;

  char position_text[LSN_TEXT_SIZE], wanted_text[LSN_TEXT_SIZE];
  lsn_print (position, position_text);
  lsn_print (wanted, wanted_text);
  return strcmp (position_text, wanted_text) >= 0;
}

/* Reads 1 to 8 hexadecimal digits. */
static gboolean
parse_half (const char **text, guint32 *ret_half)
{
  guint64 half = 0;
  guint digits = 0;
  for (; g_ascii_isxdigit (**text) && digits < 8; ++*text, ++digits)
    half = half << 4 | (guint) g_ascii_xdigit_value (**text);
  *ret_half = (guint32) half;
  return digits > 0;
}

static gboolean
parse (const OrrField *field, const OrrContext *context, const char *text, gpointer value, char **ret_message)
{
  guint32 high, low;
  if (!parse_half (&text, &high) || *text++ != '/' || !parse_half (&text, &low) || *text != '\0')
    *ret_message = g_strdup ("that is no log position");
  else if (high == 0 && low == 0)
    *ret_message = g_strdup ("0/0 stands for no position");
  else
    *(Lsn *) value = (Lsn) high << 32 | low;
  return *ret_message == NULL;
}

static void
print (const OrrField *field, const OrrContext *context, gconstpointer value, GString *text)
{
  char buffer[LSN_TEXT_SIZE];
  lsn_print (*(const Lsn *) value, buffer);
  g_string_append (text, buffer);
}

static void
set_unset (gpointer value)
{
  *(Lsn *) value = 0;
}

static gboolean
is_unset (gconstpointer value)
{
  return *(const Lsn *) value == 0;
}

const OrrType lsn_type = {
  .name = "lsn",
  .form = "a log position as PostgreSQL prints it, two hexadecimal halves, like 0/3000060",
  .schema = "{\"type\":\"string\",\"pattern\":\"^[0-9A-Fa-f]{1,8}/[0-9A-Fa-f]{1,8}$\"}",
  .size = sizeof (Lsn),
  .parse = parse,
  .print = print,
  .set_unset = set_unset,
  .is_unset = is_unset,
};
