/* story.c: a litmus test, told step by step. */
#include "report/story.h"

/* So many facts at most stand between two operations. */
#define FACTS_MAX 12

static gboolean
is_told (const OrrHistoryFact *fact)
{
  const OrrField *fields = fact->fact->fields;
  return !fact->final && fields != orr_fact_version_fields && fields != orr_fact_applied_fields
         && fields != orr_fact_value_fields;
}

static void
print_fact (const OrrHistory *history, guint index, GString *text)
{
  g_string_append (text, "    ");
  orr_history_print_fact (history, index, text);
  g_string_append_c (text, '\n');
}

/* Those from the `first` one on that were said before `until`; returns the next one. */
static guint
print_facts (const OrrHistory *history, guint first, OrrTime until, GString *text)
{
  guint i = first, n = 0;
  for (; i < history->facts->len; i++)
    {
      const OrrHistoryFact *fact = &g_array_index (history->facts, OrrHistoryFact, i);
      if (fact->time >= until)
        break;
      n += is_told (fact);
      if (is_told (fact) && n <= FACTS_MAX)
        print_fact (history, i, text);
    }
  if (n > FACTS_MAX)
    g_string_append_printf (text, "    … and %u more\n", n - FACTS_MAX);
  return i;
}

void
orr_story_print (const OrrHistory *history, GString *text)
{
  guint fact = 0;
  for (guint i = 0; i < history->operations->len; i++)
    {
      const OrrHistoryOperation *operation = &g_array_index (history->operations, OrrHistoryOperation, i);
      fact = print_facts (history, fact, operation->invoked, text);
      g_string_append (text, "  ");
      orr_history_print_operation (history, i, text);
      g_string_append_c (text, '\n');
    }
  print_facts (history, fact, ORR_TIME_NEVER, text);
}

const char *
orr_story_legend (const OrrHistory *history)
{
  for (guint i = 0; i < history->facts->len; i++)
    if (is_told (&g_array_index (history->facts, OrrHistoryFact, i)))
      return "set in: what the nodes said of themselves";
  return NULL;
}
