/* availability.c: whoever asks is answered in time. */
#include "check/check-private.h"

static OrrVerdict *
say_violated (const OrrHistory *history, guint first, guint64 n_unanswered)
{
  const OrrHistoryOperation *operation = orr_history_operation (history, first);
  guint n = history->operations->len;
  g_autoptr (GString) text = g_string_new (NULL);
  g_string_append_printf (text, "%s asked at ", history->session_names[operation->session]);
  orr_history_print_when (history, operation->invoked, text);
  g_string_append (text, " to ");
  orr_words_ask (history, first, 0, text);
  g_string_append (text, " and had no answer");
  if (operation->completed != ORR_TIME_NEVER)
    {
      g_string_append (text, ": at ");
      orr_history_print_when (history, operation->completed, text);
      g_string_append (text, " it knew that the outcome is unknown");
    }
  else if (history->timeout != ORR_TIME_NEVER)
    {
      g_string_append (text, " by ");
      orr_history_print_moment (orr_time_add (operation->invoked, history->timeout), text);
    }
  g_string_append_printf (text, "; so it went with %" G_GUINT64_FORMAT " of %u operations", n_unanswered, n);
  OrrVerdict *verdict = orr_verdict_new (ORR_VIOLATED, n, "%s", text->str);
  verdict->n_violations = n_unanswered;
  orr_verdict_add_witness (verdict, first);
  return verdict;
}

/* Of a history from elsewhere. */
static const char *
silent (const OrrHistory *history)
{
  return history->source ? "nobody wrote down how long clients wait" : NULL;
}

static OrrVerdict *
check (const OrrHistory *history, const OrrCheckBudget *budget G_GNUC_UNUSED)
{
  guint n = history->operations->len, first = 0;
  guint64 n_unanswered = 0;
  for (guint i = 0; i < n; i++)
    if (orr_history_operation (history, i)->outcome == ORR_UNKNOWN && n_unanswered++ == 0)
      first = i;
  if (n_unanswered > 0)
    return say_violated (history, first, n_unanswered);
  if (n == 0)
    return orr_verdict_new (ORR_HOLDS, 0, "nobody asked for anything");
  g_autofree char *operations = orr_words_count (n, "operation was", "operations were");
  return orr_verdict_new (ORR_HOLDS, n, "%s answered in time", operations);
}

const OrrCheck orr_check_availability = {
  .entry = { .name = "availability",
             .summary = "Every operation is answered before its client's patience is over",
             .doc = "Violated where an operation's outcome stayed unknown to its client: it ran out of "
                    "time, or its connection broke. An answer `fail` is an answer. What share of "
                    "operations succeeded is the figure `success`; this property says whether all were "
                    "answered, whatever was broken meanwhile." },
  .source = "Gilbert & Lynch: Brewer's Conjecture and the Feasibility of Consistent, Available, "
            "Partition-Tolerant Web Services, SIGACT News 33(2), 2002, section 2.2; with the client's "
            "time-out in the place of eventually",
  .silent = silent,
  .check = check,
};
