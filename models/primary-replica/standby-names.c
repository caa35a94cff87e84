/* standby-names.c: the grammar of synchronous_standby_names (PostgreSQL 15 manual, §20.6.2):
 *
 *     [FIRST] number ( name, … )  |  ANY number ( name, … )  |  name, …
 *
 * A name may be quoted; an unquoted one compares without regard to case, as PostgreSQL's do. */
#include "standby-names.h"

#include <string.h>

#define NAMES_MAX 1000

typedef struct
{
  const char *at;
  const OrrContext *context;
  char *error; /* the first one; NULL: none yet */
} Reader;

static void
fail (Reader *reader, const char *what)
{
  if (!reader->error)
    reader->error = g_strdup (what);
}

static void
skip_space (Reader *reader)
{
  while (g_ascii_isspace (*reader->at))
    reader->at++;
}

static gboolean
accept (Reader *reader, char wanted)
{
  skip_space (reader);
  if (*reader->at != wanted)
    return FALSE;
  reader->at++;
  return TRUE;
}

/* FIRST or ANY, only where a number follows: otherwise it is a name like any other. */
static gboolean
accept_word (Reader *reader, const char *word)
{
  skip_space (reader);
  gsize length = strlen (word);
  if (g_ascii_strncasecmp (reader->at, word, length) != 0 || !g_ascii_isspace (reader->at[length]))
    return FALSE;
  const char *behind = reader->at + length;
  while (g_ascii_isspace (*behind))
    behind++;
  if (!g_ascii_isdigit (*behind))
    return FALSE;
  reader->at = behind;
  return TRUE;
}

static const char *
read_quoted (Reader *reader)
{
  const char *end = strchr (reader->at, '"');
  if (!end)
    {
      fail (reader, "a quotation mark is never closed");
      return NULL;
    }
  g_autofree char *name = g_strndup (reader->at, (gsize) (end - reader->at));
  reader->at = end + 1;
  return orr_arena_strdup (reader->context->arena, name);
}

static const char *
read_name (Reader *reader)
{
  if (accept (reader, '*'))
    return "*";
  if (accept (reader, '"'))
    return read_quoted (reader);

  gsize length = strcspn (reader->at, " \t,()\"*");
  if (length == 0)
    {
      fail (reader, "a standby's name is missing");
      return NULL;
    }
  g_autofree char *name = g_ascii_strdown (reader->at, (gssize) length);
  reader->at += length;
  return orr_arena_strdup (reader->context->arena, name);
}

static void
read_list (Reader *reader, StandbyNames *names)
{
  const char *list[NAMES_MAX];
  do
    {
      if (names->n_names == NAMES_MAX)
        fail (reader, "that are more standbys than anyone has");
      else if ((list[names->n_names] = read_name (reader)))
        names->n_names++;
    }
  while (!reader->error && accept (reader, ','));
  names->names = orr_arena_copy (reader->context->arena, list, names->n_names * sizeof *list);
}

/* A number that is too long for k reads as one that is too large. */
static guint32
read_number (Reader *reader)
{
  guint64 number = 0;
  for (; g_ascii_isdigit (*reader->at); reader->at++)
    number = MIN (number * 10 + (guint) (*reader->at - '0'), NAMES_MAX + 1);
  if (number < 1 || number > NAMES_MAX)
    fail (reader, "the number of standbys to wait for must lie between 1 and 1000");
  return (guint32) number;
}

static gboolean
parse (const OrrField *field, const OrrContext *context, const char *text, gpointer value, char **ret_message)
{
  Reader reader = { .at = text, .context = context };
  StandbyNames *names = orr_arena_new0 (context->arena, StandbyNames);

  skip_space (&reader);
  if (*reader.at != '\0')
    {
      names->any = accept_word (&reader, "ANY");
      gboolean counted = names->any || accept_word (&reader, "FIRST") || g_ascii_isdigit (*reader.at);
      names->wanted = counted ? read_number (&reader) : 1;
      if (counted && !accept (&reader, '('))
        fail (&reader, "the list of standbys must stand in parentheses after the number");
      if (!reader.error)
        read_list (&reader, names);
      if (counted && !reader.error && !accept (&reader, ')'))
        fail (&reader, "the parenthesis is never closed");
      skip_space (&reader);
      if (!reader.error && *reader.at != '\0')
        fail (&reader, "there is more behind the list than belongs there");
    }
  *(const StandbyNames **) value = names;
  *ret_message = reader.error;
  return reader.error == NULL;
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
      gboolean plain = strcmp (names->names[i], "*") == 0 || strcspn (names->names[i], " \t,()*ABCDEFGHIJKLMNOPQRSTUVWXYZ") == strlen (names->names[i]);
      g_string_append_printf (text, plain ? "%s%s" : "%s\"%s\"", i ? ", " : "", names->names[i]);
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
  .form = "a list of standbys as PostgreSQL takes it, like FIRST 1 (replica1, replica2), ANY 2 (*) or replica1",
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
    if (strcmp (names->names[i], "*") == 0 || strcmp (names->names[i], standby) == 0)
      return i + 1;
  return 0;
}
