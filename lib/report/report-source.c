/* report-source.c: what is said of a history from elsewhere: its file, and what was assumed in reading it. */
#include "report/json-members.h"
#include "report/report-private.h"
#include "report/wrap.h"

static void
print_count (guint64 n, const char *one, const char *many, GString *text)
{
  g_string_append_printf (text, "%" G_GUINT64_FORMAT " %s", n, n == 1 ? one : many);
}

/* "3 times, first in line 7"; in a file of one line the column says where. */
static void
print_places (const OrrHistoryAssumption *assumption, GString *text)
{
  if (assumption->count > 1)
    g_string_append_printf (text, "%" G_GUINT64_FORMAT " times", assumption->count);
  else
    g_string_append (text, "once");
  if (assumption->line == 0)
    return;
  g_string_append_printf (text, assumption->count > 1 ? ", first in line %u" : ", in line %u",
                          assumption->line);
  if (assumption->column > 2) /* an entry that begins its line, in a list or not */
    g_string_append_printf (text, ", column %u", assumption->column);
}

static void
print_assumption (const OrrHistoryAssumption *assumption, GString *text)
{
  g_autoptr (GString) line = g_string_new (assumption->what);
  g_string_append (line, " (");
  print_places (assumption, line);
  g_string_append_c (line, ')');
  g_string_append (text, "  -");
  orr_wrap (line->str, 3, 4, text);
}

void
orr_print_source (gboolean coloured, const OrrHistory *history, GString *text)
{
  const OrrHistorySource *source = history->source;
  g_autofree char *title = orr_one_line (source && source->file ? source->file : "a history");
  orr_print_bold (coloured, title, text);
  g_string_append_printf (text, "\n%s, ", source ? source->format->name : "made by hand");
  if (history->object)
    g_string_append_printf (text, "%s, ", history->object->entry.name);
  print_count (history->operations->len, "operation", "operations", text);
  g_string_append (text, " by ");
  print_count (history->n_sessions, "session", "sessions", text);
  g_string_append_c (text, '\n');
  if (!source || source->assumptions->len == 0)
    return;
  orr_print_heading (coloured, "Assumed", NULL, text);
  for (guint i = 0; i < source->assumptions->len; i++)
    print_assumption (&g_array_index (source->assumptions, OrrHistoryAssumption, i), text);
}

static void
add_assumptions (JsonBuilder *json, const OrrHistorySource *source)
{
  orr_json_begin_array (json, "assumed");
  for (guint i = 0; source && i < source->assumptions->len; i++)
    {
      const OrrHistoryAssumption *assumption = &g_array_index (source->assumptions, OrrHistoryAssumption, i);
      json_builder_begin_object (json);
      orr_json_add_text (json, "what", assumption->what);
      orr_json_add_int (json, "count", (gint64) assumption->count);
      if (assumption->line > 0)
        orr_json_add_int (json, "line", assumption->line);
      if (assumption->line > 0)
        orr_json_add_int (json, "column", MAX (assumption->column, 1));
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

void
orr_json_add_source (JsonBuilder *json, const OrrHistory *history)
{
  static const char *const times[]
      = { [ORR_TIMES_REAL] = "real", [ORR_TIMES_LINES] = "lines", [ORR_TIMES_ENTRIES] = "entries" };
  const OrrHistorySource *source = history->source;
  orr_json_add_text (json, "file", source ? source->file : NULL);
  orr_json_add_text (json, "format", source ? source->format->name : NULL);
  orr_json_add_text (json, "object", history->object ? history->object->entry.name : NULL);
  orr_json_add_text (json, "times",
                     history->timeless ? "none" : times[source ? source->times : ORR_TIMES_REAL]);
  orr_json_add_int (json, "operations", history->operations->len);
  orr_json_add_int (json, "sessions", history->n_sessions);
  add_assumptions (json, source);
}
