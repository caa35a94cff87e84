/* read.c: from a file's text to a history, whatever its format. */
#include "history/formats/reading.h"

#include <stdarg.h>

/* So much of a text is looked at to recognise its format. */
#define START_MAX 65536

/* After so many problems reading ends: each costs time, and nobody reads more. */
#define PROBLEMS_ENOUGH ORR_PROBLEMS_MAX

const OrrHistoryModel orr_history_models[] = {
  { "cas-register", "register" },
  { "multi-register", "register" },
  { "rw-register", "register" },
  { "set-full", "set" },
  { "fifo-queue", "queue" },
  { "unordered-queue", "queue" },
  { "lock", "mutex" },
  { "append", "list-append" },
  { "kv", "text" },
  { NULL, NULL },
};

const OrrHistoryFormat *
orr_history_formats_find (const char *name)
{
  for (guint i = 0; orr_history_formats[i]; i++)
    if (strcmp (orr_history_formats[i]->entry.name, name) == 0)
      return orr_history_formats[i];
  return NULL;
}

/* --- Places --- */

static void
go_forward (OrrReading *reading, const char *at)
{
  for (; reading->at < at; reading->at++)
    if (*reading->at == '\n')
      {
        reading->line++;
        reading->column = 1;
      }
    else if ((*reading->at & 0xc0) != 0x80)
      reading->column++;
}

/* To the start of the line that holds `at`. */
static void
go_back (OrrReading *reading, const char *at)
{
  while (reading->at > at)
    if (*--reading->at == '\n')
      reading->line--;
  while (reading->at > reading->text && reading->at[-1] != '\n')
    reading->at--;
  reading->column = 1;
}

OrrPlace
orr_reading_place (OrrReading *reading, const char *at)
{
  if (at < reading->at)
    go_back (reading, at);
  go_forward (reading, at);
  return (OrrPlace){ .line = reading->line, .column = reading->column };
}

void
orr_reading_problem (OrrReading *reading, const char *at, const char *remedy, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  orr_problems_add (reading->problems, at ? orr_reading_place (reading, at) : (OrrPlace){ 0 }, remedy, "%s",
                    what);
}

gboolean
orr_reading_is_hopeless (const OrrReading *reading)
{
  return orr_problems_get_length (reading->problems) >= PROBLEMS_ENOUGH;
}

static void
assume (OrrHistory *history, OrrPlace place, const char *what, guint64 count)
{
  GArray *all = history->source->assumptions;
  for (guint i = 0; i < all->len; i++)
    {
      OrrHistoryAssumption *known = &g_array_index (all, OrrHistoryAssumption, i);
      if (strcmp (known->what, what) == 0)
        {
          known->count += count;
          return;
        }
    }
  OrrHistoryAssumption assumption
      = { orr_arena_strdup (history->arena, what), count, place.line, place.column };
  g_array_append_val (all, assumption);
}

void
orr_reading_assume (OrrReading *reading, const char *at, const char *what)
{
  if (reading->told)
    return;
  assume (reading->history, at ? orr_reading_place (reading, at) : (OrrPlace){ 0 }, what, 1);
}

void
orr_reading_assume_of (OrrReading *reading, const OrrHistoryOperation *operation, const char *what)
{
  assume (reading->history, (OrrPlace){ .line = operation->index, .column = operation->column }, what, 1);
}

void
orr_reading_begin_look (OrrReading *reading)
{
  reading->told = reading->problems;
  reading->problems = orr_problems_new (NULL);
}

void
orr_reading_end_look (OrrReading *reading)
{
  orr_problems_free (reading->problems);
  reading->problems = g_steal_pointer (&reading->told);
}

/* --- What operations work on --- */

static const OrrObject *
find_object (const char *word)
{
  for (const OrrHistoryModel *model = orr_history_models; model->word; model++)
    if (strcmp (model->word, word) == 0)
      word = model->object;
  return orr_objects_find (orr_objects, word);
}

static void
complain_model (OrrProblems *problems, const char *word)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  for (guint i = 0; orr_objects[i]; i++)
    g_ptr_array_add (words, (gpointer) orr_objects[i]->entry.name);
  for (guint i = 0; orr_history_models[i].word; i++)
    g_ptr_array_add (words, (gpointer) orr_history_models[i].word);
  g_ptr_array_add (words, NULL);
  g_autofree char *quoted = orr_quote (word);
  g_autofree char *remedy = orr_suggest_remedy (word, (const char *const *) words->pdata);
  orr_problems_add (problems, (OrrPlace){ .file = "--model" },
                    remedy ? remedy : "'orrery objects' lists the objects", "there is no object %s", quoted);
}

gboolean
orr_reading_set_object (OrrReading *reading, const char *guess)
{
  OrrHistory *history = reading->history;
  const char *word = reading->model ? reading->model : guess;
  history->object = find_object (word);
  if (!history->object)
    {
      complain_model (reading->problems, word);
      return FALSE;
    }
  const OrrEntry *entry = &history->object->entry;
  if (entry->fields)
    {
      gpointer settings = orr_arena_alloc (history->arena, entry->size);
      OrrContext context = { .terms = reading->terms, .arena = history->arena };
      orr_fields_init (entry->fields, &context, settings);
      history->object_settings = settings;
    }
  return TRUE;
}

/* --- Sessions and operations --- */

guint32
orr_reading_add_session (OrrReading *reading, const char *name)
{
  OrrReadingSession session = { .name = orr_arena_strdup (reading->history->arena, name),
                                .process = reading->n_processes++,
                                .open = ORR_NO_OPERATION };
  g_array_append_val (reading->sessions, session);
  return reading->sessions->len - 1;
}

OrrValue
orr_reading_text (OrrReading *reading, const char *text, gsize length)
{
  g_string_truncate (reading->scratch, 0);
  g_string_append_len (reading->scratch, text, (gssize) length);
  return orr_terms_text (reading->terms, reading->scratch->str);
}

OrrValue
orr_reading_scalar (OrrReading *reading, const char *text, gsize length)
{
  const char *cursor = text;
  gint64 number;
  if (orr_reading_number (&cursor, text + length, &number) && cursor == text + length)
    return orr_value_int (number);
  return orr_reading_text (reading, text, length);
}

static const OrrStep *
copy_steps (OrrReading *reading, const GArray *steps)
{
  return orr_arena_copy (reading->history->arena, steps->data, steps->len * sizeof (OrrStep));
}

guint32
orr_reading_add_operation (OrrReading *reading, guint32 session, const char *at, OrrTime invoked,
                           const GArray *steps)
{
  OrrReadingSession *row = &g_array_index (reading->sessions, OrrReadingSession, session);
  OrrPlace place = orr_reading_place (reading, at);
  guint32 index = reading->history->operations->len;
  OrrHistoryOperation operation = { .session = session,
                                    .process = row->process,
                                    .due = invoked,
                                    .invoked = invoked,
                                    .completed = ORR_TIME_NEVER,
                                    .outcome = ORR_UNKNOWN,
                                    .steps = copy_steps (reading, steps),
                                    .n_steps = steps->len,
                                    .server = G_MAXUINT32,
                                    .index = place.line,
                                    .column = place.column };
  row->open = index;
  g_array_append_val (reading->history->operations, operation);
  return index;
}

void
orr_reading_end_operation (OrrReading *reading, guint32 index, OrrTime completed, OrrOutcome outcome,
                           const GArray *steps, const GArray *values)
{
  OrrHistoryOperation *operation = orr_reading_operation (reading, index);
  OrrReadingSession *session = &g_array_index (reading->sessions, OrrReadingSession, operation->session);
  operation->completed = completed;
  operation->outcome = outcome;
  if (steps)
    {
      gboolean same = steps->len > 0 && steps->len == operation->n_steps
                      && memcmp (steps->data, operation->steps, steps->len * sizeof (OrrStep)) == 0;
      operation->steps = same ? operation->steps : copy_steps (reading, steps);
      operation->n_steps = steps->len;
    }
  if (steps && values)
    operation->values
        = orr_arena_copy (reading->history->arena, values->data, values->len * sizeof (OrrValue));
  session->open = ORR_NO_OPERATION;
  if (outcome == ORR_UNKNOWN)
    session->process = reading->n_processes++;
}

void
orr_reading_add_timeless (OrrReading *reading, guint32 session, const char *at, OrrOutcome outcome,
                          const GArray *steps, const GArray *values)
{
  OrrTime time = orr_reading_place (reading, at).line;
  guint32 index = orr_reading_add_operation (reading, session, at, time, steps);
  orr_reading_end_operation (reading, index, time, outcome, outcome == ORR_OK ? steps : NULL, values);
}

/* --- Lines --- */

static gboolean
is_blank (char byte)
{
  return byte == ' ' || byte == '\t' || byte == '\r';
}

gboolean
orr_next_line (const char **cursor, const char *end, OrrLine *ret_line)
{
  if (*cursor >= end)
    return FALSE;
  const char *start = *cursor, *stop = memchr (start, '\n', (gsize) (end - start));
  stop = stop ? stop : end;
  *cursor = stop < end ? stop + 1 : end;
  while (start < stop && is_blank (*start))
    start++;
  while (stop > start && is_blank (stop[-1]))
    stop--;
  *ret_line = (OrrLine){ start, stop };
  return TRUE;
}

gboolean
orr_reading_number (const char **cursor, const char *end, gint64 *ret_number)
{
  const char *at = *cursor;
  gboolean negative = at < end && *at == '-';
  const char *digits = at += negative;
  gint64 number = 0;
  for (; at < end && g_ascii_isdigit (*at); at++)
    {
      gint64 digit = *at - '0';
      if (number > (ORR_VALUE_INT_MAX - digit) / 10)
        return FALSE;
      number = number * 10 + digit;
    }
  if (at == digits || (at > digits + 1 && *digits == '0'))
    return FALSE;
  *ret_number = negative ? -number : number;
  *cursor = at;
  return TRUE;
}

/* --- The whole --- */

static const OrrHistoryFormat *
choose_format (const char *text, gsize length, const OrrHistoryReadOptions *options, OrrProblems *problems)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  for (guint i = 0; orr_history_formats[i]; i++)
    g_ptr_array_add (names, (gpointer) orr_history_formats[i]->entry.name);
  g_ptr_array_add (names, NULL);
  if (options->format)
    {
      const OrrHistoryFormat *format = orr_history_formats_find (options->format);
      g_autofree char *quoted = orr_quote (options->format);
      g_autofree char *remedy = orr_suggest_remedy (options->format, (const char *const *) names->pdata);
      if (!format)
        orr_problems_add (problems, (OrrPlace){ .file = "--format" },
                          remedy ? remedy : "'orrery formats' lists them", "there is no format %s", quoted);
      return format;
    }
  const char *cut = text + MIN (length, START_MAX);
  while (cut > text && cut < text + length && (*cut & 0xc0) == 0x80)
    cut--;
  g_autofree char *start = g_strndup (text, (gsize) (cut - text));
  for (guint i = 0; orr_history_formats[i]; i++)
    if (orr_history_formats[i]->recognise (start))
      return orr_history_formats[i];
  g_autofree char *remedy
      = *start ? g_strjoinv (", ", (char **) names->pdata) : g_strdup ("write a history into it");
  g_autofree char *whole = *start ? g_strdup_printf ("say --format NAME with one of %s", remedy) : NULL;
  orr_problems_add (problems, (OrrPlace){ 0 }, whole ? whole : remedy, "%s",
                    *start ? "this is in no format that is known here" : "the file is empty");
  return NULL;
}

static gboolean
is_text (OrrReading *reading)
{
  const char *wrong;
  if (g_utf8_validate (reading->text, reading->end - reading->text, &wrong))
    return TRUE;
  orr_reading_problem (reading, wrong, "histories are text in UTF-8", "byte 0x%02x is no text here",
                       (guchar) *wrong);
  return FALSE;
}

static void
name_operations (OrrHistory *history)
{
  for (guint i = 0; i < history->operations->len; i++)
    {
      OrrHistoryOperation *operation = &g_array_index (history->operations, OrrHistoryOperation, i);
      char id[16];
      g_snprintf (id, sizeof id, "o%u", i + 1);
      operation->id = orr_arena_strdup (history->arena, id);
    }
}

static void
take_sessions (OrrReading *reading)
{
  OrrHistory *history = reading->history;
  const char **names = orr_arena_alloc (history->arena, reading->sessions->len * sizeof *names);
  for (guint i = 0; i < reading->sessions->len; i++)
    names[i] = g_array_index (reading->sessions, OrrReadingSession, i).name;
  history->session_names = names;
  history->n_sessions = reading->sessions->len;
}

/* Where no two operations stand on one line, the line says enough. */
static void
drop_columns (OrrHistory *history)
{
  guint32 line = 0;
  for (guint i = 0; i < history->operations->len; i++)
    {
      const OrrHistoryOperation *operation = &g_array_index (history->operations, OrrHistoryOperation, i);
      if (operation->index <= line)
        return;
      line = operation->index;
    }
  for (guint i = 0; i < history->operations->len; i++)
    g_array_index (history->operations, OrrHistoryOperation, i).column = 0;
}

static void
finish (OrrReading *reading)
{
  drop_columns (reading->history);
  name_operations (reading->history);
  take_sessions (reading);
  orr_history_complete (reading->history);
  orr_history_lint (reading->history);
}

OrrHistory *
orr_history_read (const char *text, gsize length, const char *file, const OrrHistoryReadOptions *options,
                  OrrProblems *problems)
{
  static const char mark[] = "\xef\xbb\xbf"; /* some editors begin UTF-8 with it */
  if (length == 0)
    text = ""; /* an empty file that was mapped is nowhere */
  if (length >= 3 && memcmp (text, mark, 3) == 0)
    {
      text += 3;
      length -= 3;
    }
  guint before = orr_problems_get_length (problems);
  OrrReading reading = { .text = text, .end = text + length, .at = text, .line = 1, .column = 1 };
  reading.model = options->model;
  reading.problems = problems;
  if (options->model && !find_object (options->model))
    complain_model (problems, options->model);
  const OrrHistoryFormat *format
      = is_text (&reading) ? choose_format (text, length, options, problems) : NULL;
  if (!format || orr_problems_get_length (problems) > before)
    return NULL;

  reading.terms = orr_terms_new ();
  reading.history = orr_history_new (reading.terms);
  reading.sessions = g_array_new (FALSE, FALSE, sizeof (OrrReadingSession));
  reading.scratch = g_string_new (NULL);
  OrrHistorySource *source = orr_arena_new0 (reading.history->arena, OrrHistorySource);
  source->file = orr_arena_strdup (reading.history->arena, file);
  source->format = &format->entry;
  source->assumptions = g_array_new (FALSE, FALSE, sizeof (OrrHistoryAssumption));
  reading.history->source = source;
  format->read (&reading);
  if (orr_problems_get_length (problems) == before)
    finish (&reading);
  else
    g_clear_pointer (&reading.history, orr_history_free);
  g_array_unref (reading.sessions);
  g_string_free (reading.scratch, TRUE);
  orr_terms_unref (reading.terms);
  return reading.history;
}
