/* explain-difference.c: what would have had to be otherwise.
 *
 * Beside the run that broke the property lies the nearest one that keeps it. They begin alike; the first
 * thing that happens in one of them alone is where the difference begins to tell. */
#include <string.h>

#include "explore/explain-private.h"
#include "report/json-members.h"
#include "report/trace-words.h"
#include "report/wrap.h"

/* So many events behind the parting are looked at. */
#define LOOK_MAX 100000

#define NONE G_MAXUINT64

/* --- What the witness is told there --- */

/* The same operation in another run: by its name, else by its place. */
static guint32
find_twin (const OrrTrace *trace, guint32 operation, const OrrTrace *other)
{
  const OrrTraceOperation *row = orr_trace_operation (trace, operation);
  for (guint32 i = 0; i < other->operations->len; i++)
    {
      const OrrTraceOperation *twin = orr_trace_operation (other, i);
      if (row->id ? g_strcmp0 (row->id, twin->id) == 0 : i == operation)
        return i;
    }
  return G_MAXUINT32;
}

/* The name by which the story calls an operation of the run that others are compared with. */
static void
tell_name (const OrrExplanation *explanation, const OrrTrace *base, guint32 operation, GString *text)
{
  const OrrTrace *trace = explanation->trace;
  const OrrTraceOperation *row = orr_trace_operation (base, operation);
  for (guint32 i = 0; i < trace->operations->len && base != trace; i++)
    {
      const OrrTraceOperation *told = orr_trace_operation (trace, i);
      if (told->session == row->session && told->invoked == row->invoked)
        {
          orr_words_operation_id (trace, i, text);
          return;
        }
    }
  orr_words_operation_id (base, operation, text);
}

/* "r1 comes to 'read x → 1' (here 'read x → nil')"; nothing where the witness is told the same. */
static void
tell_otherwise (const OrrExplanation *explanation, GString *text)
{
  const OrrNearest *nearest = explanation->nearest;
  const OrrTrace *other = nearest->trace, *base = orr_nearest_base (nearest, explanation->trace);
  const OrrVerdict *verdict = nearest->written ? nearest->written_verdict : explanation->verdict;
  const OrrHistory *history = nearest->written ? nearest->written_history : explanation->history;
  gsize begin = text->len;
  for (guint i = 0; i < verdict->n_witness; i++)
    {
      guint32 row = g_array_index (history->operations, OrrHistoryOperation, verdict->witness[i]).index;
      guint32 twin = find_twin (base, row, other);
      g_autoptr (GString) here = g_string_new (NULL), there = g_string_new (NULL);
      orr_words_outcome (base, row, here);
      if (twin == G_MAXUINT32)
        continue;
      orr_words_outcome (other, twin, there);
      if (strcmp (here->str, there->str) == 0)
        continue;
      g_string_append (text, text->len > begin ? "; " : "");
      tell_name (explanation, base, row, text);
      g_string_append_printf (text, " comes to '%s' (here '%s')", there->str, here->str);
    }
}

/* --- Where they part --- */

static guint64
hash_event (const OrrTraceEvent *event)
{
  guint64 hash = (guint64) event->time;
  hash = hash * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) + event->kind;
  hash = hash * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) + event->type;
  hash = hash * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) + event->target;
  return hash * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) + event->source;
}

/* What a disk or a link does says less than what a node gets or a client is told. */
static gboolean
is_telling (const OrrTraceEvent *event)
{
  return event->kind != ORR_EVENT_WRITTEN && event->kind != ORR_EVENT_SYNCED
         && event->kind != ORR_EVENT_LINK_UP;
}

/* The first event from there on that the other run does not have; NONE. */
static guint64
find_own_event (const OrrTrace *trace, const OrrTrace *other, guint64 shared)
{
  g_autoptr (GHashTable) theirs = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  guint64 end = MIN (trace->events->len, shared + LOOK_MAX), found = NONE;
  for (guint64 i = shared; i < MIN (other->events->len, shared + 2 * LOOK_MAX); i++)
    {
      guint64 hash = hash_event (orr_trace_event (other, i));
      g_hash_table_add (theirs, g_memdup2 (&hash, sizeof hash));
    }
  for (guint64 i = shared; i < end; i++)
    {
      guint64 hash = hash_event (orr_trace_event (trace, i));
      if (g_hash_table_contains (theirs, &hash))
        continue;
      if (is_telling (orr_trace_event (trace, i)))
        return i;
      found = found == NONE ? i : found;
    }
  return found;
}

static char *
fact_text (const OrrTrace *trace, guint64 row)
{
  const OrrTraceFact *fact = orr_trace_fact (trace, row);
  GString *text = g_string_new (NULL);
  g_string_append_printf (text, "%s ", orr_trace_actor_name (trace, fact->node));
  orr_words_fact (trace, row, text);
  g_string_append (text, " (at ");
  orr_history_print_moment (fact->time, text);
  g_string_append_c (text, ')');
  return g_string_free (text, FALSE);
}

/* The first thing said in one run alone; NULL. The caller frees it. */
static char *
find_own_fact (const OrrTrace *trace, const OrrTrace *other, OrrTime from, OrrTime *ret_said)
{
  g_autoptr (GHashTable) theirs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint looked = 0;
  for (guint64 i = 0; i < other->facts->len && g_hash_table_size (theirs) < LOOK_MAX; i++)
    if (orr_trace_fact (other, i)->time >= from && !orr_trace_fact (other, i)->final)
      g_hash_table_add (theirs, fact_text (other, i));
  for (guint64 i = 0; i < trace->facts->len && looked < LOOK_MAX / 2; i++)
    {
      if (orr_trace_fact (trace, i)->time < from || orr_trace_fact (trace, i)->final)
        continue;
      g_autofree char *text = fact_text (trace, i);
      looked++;
      *ret_said = orr_trace_fact (trace, i)->time;
      if (!g_hash_table_contains (theirs, text))
        return g_steal_pointer (&text);
    }
  return NULL;
}

static void
tell_event (const OrrTrace *trace, guint64 row, GString *text)
{
  const OrrTraceEvent *event = orr_trace_event (trace, row);
  g_string_append_printf (text, "%s: ", orr_trace_event_who (trace, row));
  orr_words_event (trace, row, text);
  g_string_append (text, " (at ");
  orr_history_print_moment (event->time, text);
  g_string_append_c (text, ')');
}

/* What happens, and what is said, in one of two runs alone, from where they part; "nothing" where it has
 * nothing of its own. What is said tells more than what happens. */
static char *
find_own (const OrrTrace *trace, const OrrTrace *other, guint64 shared)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint64 event = find_own_event (trace, other, shared);
  OrrTime from = shared < trace->events->len ? orr_trace_event (trace, shared)->time : ORR_TIME_NEVER,
          said = from;
  g_autofree char *fact = find_own_fact (trace, other, from, &said);
  if (event != NONE && !(fact && said < orr_trace_event (trace, event)->time))
    tell_event (trace, event, text);
  if (text->len > 0 && fact)
    g_string_append (text, "; ");
  g_string_append (text, fact ? fact : text->len > 0 ? "" : "nothing");
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* --- The whole --- */

static const OrrPassing *
get_passing (const OrrNearest *nearest, guint index)
{
  return &g_array_index (nearest->passing, OrrPassing, index);
}

static void
tell_shared (const OrrTrace *trace, guint64 shared, GString *text)
{
  if (shared == 0)
    {
      g_string_append (text, "The two runs differ from the first event on.");
      return;
    }
  g_string_append_printf (text, "The two runs are the same for %" G_GUINT64_FORMAT " %s, till ", shared,
                          shared == 1 ? "event" : "events");
  orr_history_print_moment (orr_trace_event (trace, shared - 1)->time, text);
  g_string_append (text, ". Then");
}

static void
tell_nearest (const OrrExplanation *explanation, GString *text)
{
  const OrrNearest *nearest = explanation->nearest;
  const OrrPassing *passing = get_passing (nearest, 0);
  g_autoptr (GString) otherwise = g_string_new (NULL), prose = g_string_new (NULL);
  const OrrTrace *base = orr_nearest_base (nearest, explanation->trace);
  g_autofree char *here = find_own (base, nearest->trace, passing->shared);
  g_autofree char *there = find_own (nearest->trace, base, passing->shared);
  tell_otherwise (explanation, otherwise);
  g_string_append_printf (prose, "%s: %s holds", passing->otherwise, explanation->verdict->property->name);
  g_string_append_printf (prose, "%s%s. ", otherwise->len > 0 ? ", and " : "", otherwise->str);
  prose->str[0] = g_ascii_toupper (prose->str[0]);
  tell_shared (base, passing->shared, prose);
  g_string_append_printf (prose, "\n- only here: %s\n- only there: %s\n", here, there);
  orr_wrap (prose->str, 0, 2, text);
  if (nearest->passing->len > 1)
    g_string_append (text, "  It holds as well\n");
  for (guint i = 1; i < nearest->passing->len; i++)
    {
      g_autofree char *line = g_strdup_printf ("- %s", get_passing (nearest, i)->otherwise);
      orr_wrap (line, 0, 2, text);
    }
}

/* Where it is violated again and again, no one thing can make it hold. */
static void
tell_nothing (const OrrExplanation *explanation, GString *text)
{
  guint64 n = explanation->verdict->n_violations;
  g_autoptr (GString) prose = g_string_new (NULL);
  g_string_append_printf (prose, "No one thing: left out alone, none of %u makes it hold.",
                          explanation->nearest->runs);
  if (n > 1)
    g_string_append_printf (prose,
                            " The run violates it %" G_GUINT64_FORMAT
                            " times; 'orrery shrink' makes a scenario that does so once.",
                            n);
  orr_wrap (prose->str, 0, 2, text);
}

void
orr_explain_difference (const OrrExplanation *explanation, GString *text)
{
  const OrrNearest *nearest = explanation->nearest;
  if (nearest->passing->len > 0)
    tell_nearest (explanation, text);
  else if (nearest->runs > 0)
    tell_nothing (explanation, text);
  else
    g_string_append (text, "  The scenario has nothing that could be left out alone.\n");
  if (nearest->runs < nearest->tried)
    g_string_append_printf (text, "  (%u of %u scenarios with one thing less were run.)\n", nearest->runs,
                            nearest->tried);
}

void
orr_explain_difference_json (const OrrExplanation *explanation, JsonBuilder *json)
{
  const OrrNearest *nearest = explanation->nearest;
  if (!nearest)
    return;
  orr_json_add_int (json, "runs", nearest->runs);
  orr_json_begin_array (json, "holds");
  for (guint i = 0; i < nearest->passing->len; i++)
    {
      json_builder_begin_object (json);
      orr_json_add_text (json, "otherwise", get_passing (nearest, i)->otherwise);
      orr_json_add_int (json, "shared-events", (gint64) get_passing (nearest, i)->shared);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
  if (nearest->passing->len == 0)
    return;
  guint64 shared = get_passing (nearest, 0)->shared;
  g_autoptr (GString) otherwise = g_string_new (NULL);
  const OrrTrace *base = orr_nearest_base (nearest, explanation->trace);
  g_autofree char *here = find_own (base, nearest->trace, shared);
  g_autofree char *there = find_own (nearest->trace, base, shared);
  tell_otherwise (explanation, otherwise);
  orr_json_add_text (json, "then", otherwise->str);
  orr_json_add_text (json, "only-here", here);
  orr_json_add_text (json, "only-there", there);
}
