/* progress.c: once all is healed, everything that was asked for gets done.
 *
 * While faults last, waiting for ever may be all that a correct system can do. So judged are the operations
 * that began after the heal, all of them where there were no faults, and those that still waited when the run
 * was over. The others may have run out of time for good reasons. */
#include "check/check-private.h"

static gboolean
is_complete (const OrrHistoryOperation *operation)
{
  return operation->completed != ORR_TIME_NEVER && operation->outcome != ORR_UNKNOWN;
}

/* TRUE where the client had not given up when the run was over. */
static gboolean
still_waits (const OrrHistory *history, const OrrHistoryOperation *operation)
{
  return operation->completed == ORR_TIME_NEVER
         && (history->timeout == ORR_TIME_NEVER
             || orr_time_add (operation->invoked, history->timeout) > history->ended_at);
}

static gboolean
is_judged (const OrrHistory *history, const OrrHistoryOperation *operation)
{
  if (!history->faults)
    return TRUE;
  return (history->healed_at != ORR_TIME_NEVER && operation->invoked >= history->healed_at)
         || (history->ended_at != ORR_TIME_NEVER && still_waits (history, operation));
}

static OrrVerdict *
say_stuck (const OrrHistory *history, guint stuck, guint64 n_checked, guint64 n_stuck)
{
  const OrrHistoryOperation *operation = orr_history_operation (history, stuck);
  g_autoptr (GString) text = g_string_new (NULL);
  g_string_append_printf (text, "%s asked at ", history->session_names[operation->session]);
  orr_history_print_moment (operation->invoked, text);
  g_string_append (text, " to ");
  orr_words_ask (history, stuck, 0, text);
  g_string_append (text, history->faults ? ", and even when all was healed was never answered"
                                         : " and was never answered, though nothing was broken");
  OrrVerdict *verdict = orr_verdict_new (ORR_VIOLATED, n_checked, "%s", text->str);
  verdict->n_violations = n_stuck;
  orr_verdict_add_witness (verdict, stuck);
  return verdict;
}

static OrrVerdict *
say_ending (const OrrHistory *history, guint64 n_checked)
{
  OrrVerdict *verdict;
  switch (history->ending)
    {
    case ORR_ENDED_QUIET:
      break;
    case ORR_ENDED_SETTLE_LIMIT:
      verdict = orr_verdict_new (
          ORR_VIOLATED, n_checked,
          "the run did not become quiet: `settle` was over and there was still work to do");
      verdict->n_violations = 1;
      return verdict;
    case ORR_ENDED_INSTANT_LIMIT:
      verdict = orr_verdict_new (ORR_VIOLATED, n_checked,
                                 "time stood still: there was no end of events at one instant");
      verdict->n_violations = 1;
      return verdict;
    default:
      return orr_verdict_new (ORR_UNDECIDED, n_checked, "the run was cut short");
    }
  if (n_checked == 0)
    return orr_verdict_new (ORR_HOLDS, 0, "no operation began after the heal");
  g_autofree char *operations = orr_words_count (n_checked, "operation was", "operations were");
  return orr_verdict_new (ORR_HOLDS, n_checked, "%s answered", operations);
}

/* Of a history from elsewhere. */
static const char *
silent (const OrrHistory *history)
{
  return history->source ? "nobody wrote down when the faults were over" : NULL;
}

static OrrVerdict *
check (const OrrHistory *history, const OrrCheckBudget *budget G_GNUC_UNUSED)
{
  guint64 n_checked = 0, n_stuck = 0;
  guint stuck = 0;
  for (guint i = 0; i < history->operations->len; i++)
    {
      const OrrHistoryOperation *operation = orr_history_operation (history, i);
      if (!is_judged (history, operation))
        continue;
      n_checked++;
      if (!is_complete (operation) && n_stuck++ == 0)
        stuck = i;
    }
  return n_stuck > 0 && orr_ending_is_final (history->ending) ? say_stuck (history, stuck, n_checked, n_stuck)
                                                              : say_ending (history, n_checked);
}

const OrrCheck orr_check_progress = {
  .entry = { .name = "progress",
             .summary = "After the heal, every operation completes and the system comes to rest",
             .doc = "Judged are the operations that began after everything was healed (all, where nothing "
                    "was ever broken), and those that still waited when the run was over: each must have "
                    "been answered `ok` or `fail`. And the run must have become quiet within `settle`. "
                    "Operations that ran out of time while faults lasted are `availability`'s business.",
             .is_liveness = TRUE },
  .source = "Alpern & Schneider: Defining Liveness, Information Processing Letters 21(4), 1985",
  .silent = silent,
  .check = check,
};
