/* trial.c: one question to a scenario. */
#include "explore/trial.h"

/* A search that has looked at so many states will not find what a small history shows. */
#define STATES_MAX (1000 * 1000)

OrrTrial *
orr_trial_new (const OrrScenario *scenario, const OrrQuestion *question)
{
  const OrrCheckBudget budget = { .states_max = STATES_MAX, .stop = question->run.interrupt };
  OrrTrial *trial = g_new (OrrTrial, 1);
  trial->trace = orr_simulate (scenario, &question->run);
  trial->history = orr_history_from_trace (trial->trace);
  trial->verdict = orr_check_judge (question->property, trial->history, &budget);
  return trial;
}

void
orr_trial_free (OrrTrial *trial)
{
  if (!trial)
    return;
  orr_verdict_free (trial->verdict);
  orr_history_free (trial->history);
  orr_trace_free (trial->trace);
  g_free (trial);
}

gboolean
orr_trial_answer (const OrrTrial *trial)
{
  return trial->verdict->kind == ORR_VIOLATED && orr_ending_is_final (trial->trace->ending);
}

/* What is asked of whom. */
typedef struct
{
  const OrrScenario *scenario;
  const OrrQuestion *question;
} Asked;

static gboolean
is_violated (const Asked *asked)
{
  g_autoptr (OrrTrial) trial = orr_trial_new (asked->scenario, asked->question);
  return orr_trial_answer (trial);
}

static void
append_answer (gpointer data, GByteArray *bytes)
{
  guint8 answer = (guint8) is_violated (data);
  g_byte_array_append (bytes, &answer, 1);
}

static gboolean
is_violated_apart (const Asked *asked)
{
  const OrrApart *apart = asked->question->apart;
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree char *how = apart->make (apart->data, append_answer, (gpointer) asked, bytes);
  return !how && bytes->len == 1 && bytes->data[0];
}

gboolean
orr_trial_is_violated (const OrrScenario *scenario, const OrrQuestion *question)
{
  const Asked asked = { scenario, question };
  if (question->property)
    return question->apart ? is_violated_apart (&asked) : is_violated (&asked);
  g_autofree char *how = orr_death_of (scenario, &question->run, question->apart);
  return g_strcmp0 (how, question->death) == 0;
}
