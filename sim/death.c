/* death.c: how far it came, what it did last, and how to look at it with a debugger.
 *
 * What a run died of lies in the code, and no trace shows it. What the code was doing does. */
#include "sim/death.h"

#include "history/history.h"
#include "report/cursor-text.h"
#include "report/trace-words.h"

/* So many of the last events are told. */
#define EVENTS_TOLD 10

static guint
first_told (const OrrTrace *trace)
{
  return trace->events->len > EVENTS_TOLD ? trace->events->len - EVENTS_TOLD : 0;
}

static gboolean
is_stuck (const DeathStory *story)
{
  return g_str_has_prefix (story->death->how, ORR_DEATH_STUCK);
}

/* With a debugger one that never comes back must be stopped by hand. */
static char *
debugger_for (const DeathStory *story)
{
  return g_strdup_printf ("gdb -ex run -ex backtrace --args %s", story->run);
}

static void
add_way (const DeathStory *story, GString *text)
{
  const OrrTrace *trace = story->trace;
  if (!trace)
    {
      g_string_append (text, "It died before the first event was over.\n");
      return;
    }
  g_autoptr (GString) time = g_string_new (NULL);
  orr_history_print_moment (trace->ended_at, time);
  g_string_append_printf (
      text, "It came as far as %s of virtual time and handled %" G_GUINT64_FORMAT " event%s; %s\n", time->str,
      story->death->events, story->death->events == 1 ? "" : "s",
      is_stuck (story) ? "from the next one it did not come back." : "it died of the next one.");
  g_string_append (text, "\nWhat happened last\n");
  for (guint i = first_told (trace); i < trace->events->len; i++)
    orr_cursor_print_event (trace, i, text);
}

void
death_tell (const DeathStory *story)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *debugger = debugger_for (story);
  g_string_append_printf (text, "%s\nthe run dies: %s\n\n", story->name, story->death->how);
  g_string_append (text, "No run may take its process down or keep it for ever: that is a mistake of the "
                         "model's, or ours.\n");
  add_way (story, text);
  g_string_append_printf (text, "\nTo see it happen: %s\nIn a debugger%s: %s\nagain: %s\n", story->run,
                          is_stuck (story) ? " (Ctrl-C stops the run there)" : "", debugger, story->again);
  put (text->str);
}

void
death_tell_json (const DeathStory *story)
{
  const OrrTrace *trace = story->trace;
  g_autoptr (JsonBuilder) json = json_builder_new ();
  g_autofree char *debugger = debugger_for (story);
  json_builder_begin_object (json);
  orr_json_add_text (json, "died", story->death->how);
  orr_json_add_int (json, "events", (gint64) story->death->events);
  orr_json_add_int (json, "until-ns", trace ? trace->ended_at : 0);
  orr_json_begin_array (json, "last");
  for (guint i = trace ? first_told (trace) : 0; trace && i < trace->events->len; i++)
    {
      g_autoptr (GString) line = g_string_new (NULL);
      orr_cursor_print_event (trace, i, line);
      json_builder_add_string_value (json, g_strstrip (line->str));
    }
  json_builder_end_array (json);
  orr_json_add_text (json, "run", story->run);
  orr_json_add_text (json, "debugger", debugger);
  orr_json_add_text (json, "again", story->again);
  json_builder_end_object (json);
  put_json (json);
}
