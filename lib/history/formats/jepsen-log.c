/* jepsen-log.c: the log that Jepsen prints while it runs.
 *
 * Behind `jepsen.util -` stand the process, the type, the function and the value, with tabs or blanks between
 * them; each is EDN. */
#include "history/formats/jepsen.h"

static const char mark[] = "jepsen.util";
static const char assumed_other[] = "lines of the log that speak of no operation: passed over";

/* A line of a log begins with its level, or with a time before it. */
static gboolean
is_log_line (const OrrLine *line)
{
  static const char *const levels[] = { "INFO", "WARN", "ERROR", "DEBUG" };
  gssize length = MIN (line->end - line->start, 60);
  for (guint i = 0; i < G_N_ELEMENTS (levels); i++)
    if (g_strstr_len (line->start, length, levels[i]))
      return TRUE;
  return FALSE;
}

static const char *
skip_blanks (const char *at, const char *end)
{
  while (at < end && (*at == ' ' || *at == '\t'))
    at++;
  return at;
}

/* Where the entry of a line begins; NULL where it has none. */
static const char *
find_entry (const OrrLine *line)
{
  const char *at = g_strstr_len (line->start, line->end - line->start, mark);
  if (!at)
    return NULL;
  at = skip_blanks (at + strlen (mark), line->end);
  return at < line->end && *at == '-' ? skip_blanks (at + 1, line->end) : NULL;
}

static gboolean
recognise (const char *start)
{
  const char *end = strchr (start, '\n');
  OrrLine line = { start, end ? end : start + strlen (start) };
  return is_log_line (&line) && strstr (start, mark);
}

/* The process, type, function and value of a line; what stands behind them is the error. */
static gboolean
read_entry (OrrReading *reading, const OrrLine *line, const char *at, OrrDatumTree *tree,
            OrrJepsenEntry *ret_entry)
{
  if (!orr_edn_read_line (reading, at, line->end, tree))
    return FALSE;
  const OrrDatum *all = orr_datum_get (tree, 0);
  if (all->n < 3)
    {
      orr_reading_problem (reading, line->start, "write process, type, function and value",
                           "this line does not say who did what");
      return FALSE;
    }
  const OrrDatum *process = orr_datum_first (all), *type = orr_datum_next (tree, process);
  const OrrDatum *f = orr_datum_next (tree, type);
  *ret_entry = (OrrJepsenEntry){ .at = line->start, .tree = tree, .process = process, .f = f };
  ret_entry->value = all->n > 3 ? orr_datum_next (tree, f) : NULL;
  if (orr_jepsen_type (type, &ret_entry->type))
    return TRUE;
  g_autofree char *quoted = orr_datum_quote (type, reading);
  orr_reading_problem (reading, type->at, "it is invoke, ok, fail or info", "there is no type %s", quoted);
  return FALSE;
}

static void
walk (OrrReading *reading, OrrJepsenGuess *guess, OrrJepsen *jepsen)
{
  g_autoptr (OrrDatumTree) tree = orr_datum_tree_new ();
  const char *cursor = reading->text;
  OrrJepsenEntry entry;
  OrrLine line;
  while (!orr_reading_is_hopeless (reading) && orr_next_line (&cursor, reading->end, &line))
    {
      const char *at = find_entry (&line);
      if (line.start == line.end)
        continue;
      if (!at && is_log_line (&line))
        orr_reading_assume (reading, line.start, assumed_other);
      else if (!at)
        orr_reading_problem (reading, line.start,
                             "it begins with INFO and has 'jepsen.util -' before the operation",
                             "this is no line of Jepsen's log");
      else if (!read_entry (reading, &line, at, tree, &entry))
        continue;
      else if (jepsen)
        orr_jepsen_take (jepsen, &entry);
      else if (!orr_jepsen_guess_take (guess, &entry))
        return;
    }
}

static void
read (OrrReading *reading)
{
  OrrJepsenGuess guess = { 0 };
  orr_reading_begin_look (reading);
  walk (reading, &guess, NULL);
  orr_reading_end_look (reading);
  if (!orr_reading_set_object (reading, orr_jepsen_guess_object (&guess)))
    return;
  OrrJepsen *jepsen = orr_jepsen_new (reading, &guess);
  orr_jepsen_trust_nil (jepsen);
  walk (reading, &guess, jepsen);
  orr_jepsen_finish (jepsen);
}

const OrrHistoryFormat orr_history_format_jepsen_log = {
  .entry
  = { .name = "jepsen-log",
      .summary = "The log that Jepsen prints: an operation a line",
      .doc = "Behind `jepsen.util -` stand the process, the type (`:invoke`, `:ok`, `:fail`, `:info`), the "
             "function and the value, with tabs or blanks between them. There are no times: the order of "
             "the lines is what counts. A read of `nil` found nothing. Other lines of the log are passed "
             "over, which is told." },
  .example = "INFO  jepsen.util - 0\t:invoke\t:write\t1\n"
             "INFO  jepsen.util - 0\t:ok\t:write\t1\n"
             "INFO  jepsen.util - 1\t:invoke\t:read\tnil\n"
             "INFO  jepsen.util - 1\t:ok\t:read\t1\n",
  .recognise = recognise,
  .read = read,
};
