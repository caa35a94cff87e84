/* problems.c: a short sorted list of what is wrong. */
#include "base/problems.h"

#include "base/arena.h"
#include "base/json.h"

#include <stdarg.h>
#include <string.h>

/* A message is cut beyond so many bytes, and what it cites of the user's text beyond so many characters. */
#define MESSAGE_MAX 2000
#define QUOTE_MAX   60

typedef struct
{
  OrrProblem problem;
  guint file_number; /* files come in the order in which they were first named */
} Entry;

struct OrrProblems
{
  OrrArena *arena;
  const char *file;
  GPtrArray *files; /* const char *: all that have had a problem */
  GArray *entries;  /* Entry, sorted */
  guint n_problems;

  const char *prefix;
  OrrLocate locate;
  gpointer locate_data;
};

OrrProblems *
orr_problems_new (const char *file)
{
  OrrProblems *problems = g_new0 (OrrProblems, 1);
  problems->arena = orr_arena_new ();
  problems->files = g_ptr_array_new ();
  problems->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  orr_problems_set_file (problems, file);
  return problems;
}

void
orr_problems_free (OrrProblems *problems)
{
  if (!problems)
    return;
  orr_arena_free (problems->arena);
  g_ptr_array_unref (problems->files);
  g_array_unref (problems->entries);
  g_free (problems);
}

void
orr_problems_set_file (OrrProblems *problems, const char *file)
{
  problems->file = orr_arena_strdup (problems->arena, file);
}

char *
orr_one_line (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, (gssize) strnlen (text, MESSAGE_MAX));
  GString *line = g_string_new (NULL);
  for (const char *at = valid; *at; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);
      if (character == '\n')
        g_string_append (line, "\\n");
      else if (character == '\t')
        g_string_append (line, "\\t");
      else if (orr_character_is_plain (character))
        g_string_append_unichar (line, character);
      else
        g_string_append_printf (line, "\\u%04x", character);
    }
  if (strlen (text) > MESSAGE_MAX)
    g_string_append (line, "…");
  return g_string_free (line, FALSE);
}

char *
orr_quote (const char *text)
{
  g_autofree char *line = orr_one_line (text);
  if (g_utf8_strlen (line, -1) <= QUOTE_MAX)
    return g_strdup_printf ("'%s'", line);
  g_autofree char *start = g_utf8_substring (line, 0, QUOTE_MAX);
  return g_strdup_printf ("'%s…'", start);
}

static guint
file_number (OrrProblems *problems, const char *file)
{
  for (guint i = 0; i < problems->files->len; i++)
    if (g_strcmp0 (problems->files->pdata[i], file) == 0)
      return i;
  g_ptr_array_add (problems->files, (gpointer) file);
  return problems->files->len - 1;
}

static gboolean
comes_after (const Entry *a, const Entry *b)
{
  if (a->file_number != b->file_number)
    return a->file_number > b->file_number;
  if (a->problem.place.line != b->problem.place.line)
    return a->problem.place.line > b->problem.place.line;
  return a->problem.place.column > b->problem.place.column;
}

/* Puts a problem behind all that come before it or are at the same place. Takes what is in it as it is. */
static void
insert (OrrProblems *problems, const OrrProblem *problem)
{
  Entry entry = { .problem = *problem, .file_number = file_number (problems, problem->file) };
  guint index = problems->entries->len;
  while (index > 0 && comes_after (&g_array_index (problems->entries, Entry, index - 1), &entry))
    index--;
  g_array_insert_val (problems->entries, index, entry);
}

/* Counts the problem, and keeps it while there is room. `path` goes before the message where it is not NULL.
 */
static void G_GNUC_PRINTF (5, 0) add (OrrProblems *problems, OrrPlace place, const char *path,
                                      const char *remedy, const char *format, va_list arguments)
{
  if (problems->n_problems++ >= ORR_PROBLEMS_MAX)
    return;
  g_autofree char *message = g_strdup_vprintf (format, arguments);
  g_autofree char *whole = g_strconcat (path ? path : "", path ? ": " : "", message, NULL);
  g_autofree char *what = orr_one_line (whole);
  g_autofree char *clean_remedy = remedy ? orr_one_line (remedy) : NULL;
  OrrProblem problem = {
    .file = place.file ? orr_arena_strdup (problems->arena, place.file) : problems->file,
    .place = place,
    .what = orr_arena_strdup (problems->arena, what),
    .remedy = orr_arena_strdup (problems->arena, clean_remedy),
  };
  problem.place.file = problem.file;
  insert (problems, &problem);
}

void
orr_problems_add (OrrProblems *problems, OrrPlace place, const char *remedy, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  add (problems, place, NULL, remedy, format, arguments);
  va_end (arguments);
}

void
orr_problems_add_at (OrrProblems *problems, const char *path, const char *remedy, const char *format, ...)
{
  const char *prefix = problems->prefix ? problems->prefix : "";
  g_autofree char *whole = g_strconcat (prefix, *prefix && *path ? "." : "", path, NULL);
  OrrPlace place = { 0 };
  if (problems->locate)
    place = problems->locate (problems->locate_data, whole);

  va_list arguments;
  va_start (arguments, format);
  add (problems, place, place.line == 0 && *whole ? whole : NULL, remedy, format, arguments);
  va_end (arguments);
}

void
orr_problems_set_locate (OrrProblems *problems, const char *prefix, OrrLocate locate, gpointer data)
{
  problems->prefix = orr_arena_strdup (problems->arena, prefix);
  problems->locate = locate;
  problems->locate_data = data;
}

guint
orr_problems_get_length (const OrrProblems *problems)
{
  return problems->n_problems;
}

const OrrProblem *
orr_problems_get (const OrrProblems *problems, guint index)
{
  g_assert (index < problems->entries->len);
  return &g_array_index (problems->entries, Entry, index).problem;
}

char *
orr_problems_to_text (const OrrProblems *problems)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < problems->entries->len; i++)
    {
      const OrrProblem *problem = orr_problems_get (problems, i);
      g_autofree char *file = problem->file ? orr_one_line (problem->file) : NULL;
      if (file)
        g_string_append_printf (text, "%s:", file);
      /* Of a value on the command line, its beginning is no place that anyone looks for. */
      gboolean is_given = file && g_str_has_prefix (file, "--set ");
      gboolean is_start = problem->place.line == 1 && problem->place.column == 1;
      if (problem->place.line > 0 && !(is_given && is_start))
        g_string_append_printf (text, "%u:%u:", problem->place.line, problem->place.column);
      if (file || problem->place.line > 0)
        g_string_append_c (text, ' ');
      g_string_append (text, problem->what);
      if (problem->remedy)
        g_string_append_printf (text, "; %s", problem->remedy);
      g_string_append_c (text, '\n');
    }
  if (problems->n_problems > problems->entries->len)
    g_string_append_printf (text, "… and %u more\n", problems->n_problems - problems->entries->len);
  return g_string_free (text, FALSE);
}
