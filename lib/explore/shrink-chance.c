/* shrink-chance.c: is there chance in a scenario? */
#include "explore/shrink-private.h"

#include "base/draw.h"
#include "base/fact.h"

#include <string.h>

/* --- In a run --- */

static guint64
fold_times (guint64 digest, const OrrTraceEvent *event)
{
  digest = orr_draw_fold (digest, (guint64) event->time);
  digest = orr_draw_fold (digest, (guint64) event->kind << 32 | event->type);
  return orr_draw_fold (digest, (guint64) event->target << 32 | event->source);
}

static guint64
fold_result (guint64 digest, const OrrTrace *trace, const OrrTraceOperation *operation)
{
  digest = orr_draw_fold (digest, (guint64) operation->completed);
  digest = orr_draw_fold (digest, (guint64) operation->outcome << 32 | operation->server);
  for (guint i = 0; operation->values && i < operation->n_steps; i++)
    digest = orr_draw_fold (digest, orr_terms_hash (trace->terms, operation->values[i]));
  return digest;
}

static guint64
fold_held (guint64 digest, const OrrTrace *trace, const OrrTraceFact *fact)
{
  const OrrFactValue *value = fact->body;
  if (!fact->final || trace->scenario->model->facts[fact->fact].fields != orr_fact_value_fields)
    return digest;
  digest = orr_draw_fold (digest, fact->node);
  digest = orr_draw_fold (digest, orr_terms_hash (trace->terms, value->key));
  return orr_draw_fold (digest, orr_terms_hash (trace->terms, value->value));
}

/* What happened when and to whom, what clients were told, and what nodes held in the end. The run's own
 * digest begins with the seed; and what nodes said may name what was drawn though nothing depends on it, such
 * as an identifier of theirs. */
static guint64
digest_of (const OrrTrace *trace)
{
  guint64 digest = orr_draw_key (0, "what happened");
  for (guint i = 0; i < trace->events->len; i++)
    digest = fold_times (digest, &g_array_index (trace->events, OrrTraceEvent, i));
  for (guint i = 0; i < trace->operations->len; i++)
    digest = fold_result (digest, trace, &g_array_index (trace->operations, OrrTraceOperation, i));
  for (guint i = 0; i < trace->facts->len; i++)
    digest = fold_held (digest, trace, &g_array_index (trace->facts, OrrTraceFact, i));
  return digest;
}

typedef struct
{
  const OrrScenario *scenario;
  const OrrRunOptions *run;
  const OrrCheck *property; /* NULL: it is not asked for */
} Run;

/* Clocks that are off by chance need not change when anything happens, and yet decide who wins. */
static guint64
fold_verdict (guint64 digest, const OrrTrace *trace, const Run *run)
{
  OrrCheckBudget budget = ORR_CHECK_BUDGET_DEFAULT;
  budget.stop = run->run->interrupt;
  if (!run->property)
    return digest;
  g_autoptr (OrrHistory) history = orr_history_from_trace (trace);
  g_autoptr (OrrVerdict) verdict = orr_check_judge (run->property, history, &budget);
  return orr_draw_fold (digest, verdict->kind);
}

static void
append_digest (gpointer data, GByteArray *bytes)
{
  const Run *run = data;
  g_autoptr (OrrTrace) trace = orr_simulate (run->scenario, run->run);
  guint64 digest = fold_verdict (digest_of (trace), trace, run);
  g_byte_array_append (bytes, (const guint8 *) &digest, sizeof digest);
}

/* FALSE: the run died. */
static gboolean
find_digest (const OrrApart *apart, Run *run, guint64 *digest)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree char *how = NULL;
  if (apart)
    how = apart->make (apart->data, append_digest, run, bytes);
  else
    append_digest (run, bytes);
  if (how || bytes->len != sizeof *digest)
    return FALSE;
  memcpy (digest, bytes->data, sizeof *digest);
  return TRUE;
}

/* Where the question is whether it dies, all must, and be the same until then. */
gboolean
orr_shrinking_is_without_chance (OrrShrinking *shrinking, const OrrScenario *scenario, guint n_seeds)
{
  OrrQuestion question = shrinking->question;
  OrrRunOptions run = question.run;
  guint64 first = 0, digest = 0;
  run.level = ORR_RECORD_EVENTS;
  run.seed = scenario->seed;
  if (shrinking->death)
    run.events_max = orr_death_find (scenario, &run, question.apart);
  gboolean is_blank = shrinking->death && run.events_max == 0; /* there is nothing before it dies */
  for (guint i = 0; i <= n_seeds; i++)
    {
      run.seed = scenario->seed + i * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
      shrinking->shrunk->runs++;
      if (!is_blank
          && (!find_digest (question.apart, &(Run){ scenario, &run, question.property }, &digest)
              || (i > 0 && digest != first)))
        return FALSE;
      first = digest;
      question.run.seed = run.seed;
      if (shrinking->death && !orr_trial_is_violated (scenario, &question))
        return FALSE;
    }
  return TRUE;
}

/* --- In a text --- */

static guint
count_distributions (const char *text)
{
  guint n = 0;
  for (const char *at = text; (at = strchr (at, '(')); at++)
    n++;
  return n;
}

/* Operations for which a plain client draws which server it asks. */
static guint
count_contacts (const OrrScenario *scenario)
{
  const OrrPlannedOperation *operations = scenario->workload.operations.data;
  guint n_servers = 0, n = scenario->workload.mix.length;
  for (guint i = 0; i < scenario->layout->actors->len; i++)
    n_servers += g_array_index (scenario->layout->actors, OrrActorPlace, i).role != ORR_ROLE_CLIENT;
  if (scenario->model->client || n_servers < 2 || scenario->clients.contact == ORR_CONTACT_FIRST)
    return 0;
  for (guint i = 0; i < scenario->workload.operations.length; i++)
    n += operations[i].to == NULL;
  return n;
}

guint
orr_shrink_count_chances (const OrrScenario *scenario)
{
  const OrrContext context = { .terms = scenario->terms };
  g_autoptr (GString) options = g_string_new (NULL);
  if (scenario->model->entry.fields)
    orr_yaml_write_fields (scenario->model->entry.fields, &context, scenario->options, TRUE, 0, options);
  return count_distributions (scenario->text) + count_distributions (options->str)
         + count_contacts (scenario);
}
