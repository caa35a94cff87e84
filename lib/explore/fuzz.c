/* fuzz.c: handing out runs and findings, and looking at what comes back in the order of the runs.
 *
 * Runs that come early wait in a ring. A run is looked at when all before it have been, and when all findings
 * of rounds before its own are finished: what is known of causes when a round begins is thereby the same for
 * everyone. */
#include "explore/fuzz-private.h"

#include "explore/coverage.h"

#include <string.h>

/* So many causes of one property are shrunk even where a finding explains them: kinds of faults alone may
 * hide that there are two. */
#define EXPLAINED_MAX 4
/* And so many in any case. */
#define CANDIDATES_MAX 64

typedef enum
{
  WHAT_RUNS,
  WHAT_FINISH,
} What;

/* A task has so many runs at most, since it names the strategy of each with so many bits. */
#define STRATEGY_BITS 4
#define RUNS_MAX      16
G_STATIC_ASSERT (ORR_N_STRATEGIES <= 1 << STRATEGY_BITS && RUNS_MAX * STRATEGY_BITS == 64
                 && ORR_FUZZ_ROUND % RUNS_MAX == 0);

static void
candidate_free (gpointer data)
{
  OrrCandidate *candidate = data;
  orr_finding_free (candidate->finished);
  g_free (candidate->died);
  g_free (candidate);
}

OrrFuzz *
orr_fuzz_new (const OrrFuzzPlan *plan)
{
  OrrFuzz *fuzz = g_new0 (OrrFuzz, 1);
  g_assert (plan->first <= plan->last);
  fuzz->plan = plan;
  fuzz->total = plan->last - plan->first;
  fuzz->total += fuzz->total < G_MAXUINT64;
  fuzz->words = g_array_new (FALSE, FALSE, sizeof (guint64));
  orr_fuzz_tally_init (&fuzz->tally, plan->catalog);
  g_assert (fuzz->tally.faults->len < 64); /* what a finding needs is a bit for each */
  fuzz->candidates = g_ptr_array_new_with_free_func (candidate_free);
  fuzz->findings = g_ptr_array_new_with_free_func ((GDestroyNotify) orr_finding_free);
  g_queue_init (&fuzz->given_back);
  orr_portfolio_deal (fuzz->yields, ORR_FUZZ_ROUND, fuzz->dealt[0]);
  orr_portfolio_deal (fuzz->yields, ORR_FUZZ_ROUND, fuzz->dealt[1]);
  return fuzz;
}

void
orr_fuzz_free (OrrFuzz *fuzz)
{
  if (!fuzz)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (fuzz->early); i++)
    orr_fuzz_run_free (fuzz->early[i]);
  g_array_unref (fuzz->words);
  orr_fuzz_tally_clear (&fuzz->tally);
  g_ptr_array_unref (fuzz->candidates);
  g_ptr_array_unref (fuzz->findings);
  g_queue_clear_full (&fuzz->given_back, g_free);
  g_free (fuzz);
}

/* --- Who makes which run --- */

/* The round that follows may have begun already; what this one has taught is for the one after it. */
static void
open_round (OrrFuzz *fuzz)
{
  orr_portfolio_fade (fuzz->yields);
  for (guint i = 0; i < ORR_N_STRATEGIES; i++)
    {
      fuzz->yields[i].runs += fuzz->now[i].runs;
      fuzz->yields[i].news += fuzz->now[i].news;
      fuzz->yields[i].findings += fuzz->now[i].findings;
      fuzz->now[i] = (OrrYield){ 0 };
    }
  memcpy (fuzz->dealt[0], fuzz->dealt[1], sizeof fuzz->dealt[0]);
  orr_portfolio_deal (fuzz->yields, ORR_FUZZ_ROUND, fuzz->dealt[1]);
}

static guint
place_of (guint64 run)
{
  return (guint) (run % RUNS_MAX) * STRATEGY_BITS;
}

static OrrStrategy
strategy_of (const OrrTask *task)
{
  return (OrrStrategy) (task->detail >> place_of (task->number) & ((1 << STRATEGY_BITS) - 1));
}

/* Of the runs of a round that a task is for. */
static guint64
strategies_of (const OrrStrategy *dealt, guint64 run, guint64 count)
{
  guint64 strategies = 0;
  for (guint64 behind = run + count; run < behind; run++)
    strategies |= (guint64) dealt[run % ORR_FUZZ_ROUND] << place_of (run);
  return strategies;
}

/* --- Handing out --- */

static guint64
round_of (guint64 run)
{
  return run / ORR_FUZZ_ROUND;
}

static gboolean
next_finish (OrrFuzz *fuzz, OrrTask *ret_task)
{
  for (guint i = fuzz->n_settled; i < fuzz->candidates->len; i++)
    {
      OrrCandidate *candidate = fuzz->candidates->pdata[i];
      if (candidate->handed || candidate->finished)
        continue;
      candidate->handed = TRUE;
      *ret_task = (OrrTask){ .number = i,
                             .seed = candidate->seed,
                             .what = WHAT_FINISH,
                             .count = 1,
                             .detail = candidate->check | (guint64) candidate->todo << 16
                                       | (guint64) candidate->strategy << 24 };
      return TRUE;
    }
  return FALSE;
}

static void
next_given_back (OrrFuzz *fuzz, guint count_max, OrrTask *ret_task)
{
  OrrTask *task = g_queue_peek_head (&fuzz->given_back);
  *ret_task = *task;
  ret_task->count = MIN (task->count, count_max);
  task->number += ret_task->count;
  task->seed += ret_task->count;
  task->count -= ret_task->count;
  if (task->count == 0)
    g_free (g_queue_pop_head (&fuzz->given_back));
}

gboolean
orr_fuzz_next (OrrFuzz *fuzz, guint count_max, OrrTask *ret_task)
{
  guint64 round = round_of (fuzz->taken), behind = (round + 2) * ORR_FUZZ_ROUND;
  g_assert (count_max > 0);
  if (next_finish (fuzz, ret_task))
    return TRUE;
  if (fuzz->stopped)
    return FALSE;
  if (fuzz->given_back.length > 0)
    {
      next_given_back (fuzz, count_max, ret_task);
      return TRUE;
    }
  guint64 of_round = (round_of (fuzz->handed) + 1) * ORR_FUZZ_ROUND - fuzz->handed;
  guint64 count = MIN (MIN (MIN (count_max, RUNS_MAX), of_round), fuzz->total - fuzz->handed);
  if (fuzz->handed >= behind || count == 0)
    return FALSE;
  const OrrStrategy *dealt = fuzz->dealt[round_of (fuzz->handed) - round];
  *ret_task = (OrrTask){ .number = fuzz->handed,
                         .seed = fuzz->plan->first + fuzz->handed,
                         .what = WHAT_RUNS,
                         .count = (guint32) count,
                         .detail = strategies_of (dealt, fuzz->handed, count) };
  fuzz->handed += count;
  return TRUE;
}

void
orr_fuzz_give_back (OrrFuzz *fuzz, const OrrTask *task)
{
  if (task->count == 0)
    return;
  if (orr_fuzz_task_finishes (task))
    ((OrrCandidate *) fuzz->candidates->pdata[task->number])->handed = FALSE;
  else
    g_queue_push_tail (&fuzz->given_back, g_memdup2 (task, sizeof *task));
}

gboolean
orr_fuzz_task_finishes (const OrrTask *task)
{
  return task->what == WHAT_FINISH;
}

OrrFuzzRun *
orr_fuzz_do_run (const OrrFuzzPlan *plan, const OrrTask *task)
{
  return orr_fuzz_run_new (plan, strategy_of (task), task->seed);
}

/* --- What is found --- */

static gboolean
is_explained (const OrrFuzz *fuzz, const OrrCandidate *violation, const OrrCandidate **ret_by)
{
  for (guint i = 0; i < fuzz->n_settled; i++)
    {
      const OrrCandidate *other = fuzz->candidates->pdata[i];
      const OrrFinding *finding = fuzz->findings->pdata[other->finding - 1];
      if (other->check == violation->check && round_of (other->run) < round_of (violation->run)
          && finding->finished == ORR_FINISH_SHRINK && (finding->faults & ~violation->faults) == 0)
        {
          *ret_by = other;
          return TRUE;
        }
    }
  return FALSE;
}

/* The candidate that shows the same; NULL: there is none. */
static OrrCandidate *
find_same (const OrrFuzz *fuzz, const OrrCandidate *violation, guint *ret_of_property)
{
  const OrrCandidate *by;
  *ret_of_property = 0;
  for (guint i = 0; i < fuzz->candidates->len; i++)
    {
      OrrCandidate *other = fuzz->candidates->pdata[i];
      if (other->check != violation->check)
        continue;
      ++*ret_of_property;
      if (other->faults == violation->faults && g_strcmp0 (other->died, violation->died) == 0)
        return other;
    }
  if (*ret_of_property >= EXPLAINED_MAX && is_explained (fuzz, violation, &by))
    return (OrrCandidate *) by;
  return NULL;
}

static void
add_violation (OrrFuzz *fuzz, const OrrCandidate *violation)
{
  guint of_property;
  OrrCandidate *same = find_same (fuzz, violation, &of_property);
  if (same)
    same->n_runs++;
  else if (of_property >= CANDIDATES_MAX)
    fuzz->dropped++;
  else
    {
      OrrCandidate *candidate = g_memdup2 (violation, sizeof *violation);
      candidate->died = g_strdup (violation->died);
      candidate->n_runs = 1;
      g_ptr_array_add (fuzz->candidates, candidate);
    }
}

static guint64
effective_faults (const OrrFuzzRun *run)
{
  guint64 faults = 0;
  for (guint i = 0; i < run->faults->len; i++)
    {
      const OrrFuzzFault *fault = &g_array_index (run->faults, OrrFuzzFault, i);
      if (fault->effects > 0)
        faults |= G_GUINT64_CONSTANT (1) << (fault->fault & 63);
    }
  return faults;
}

static void
look_for_violations (OrrFuzz *fuzz, const OrrFuzzRun *run)
{
  OrrCandidate violation = { .run = fuzz->taken,
                             .seed = run->seed,
                             .strategy = (OrrStrategy) run->strategy,
                             .faults = effective_faults (run) };
  for (guint i = 0; i < run->verdicts->len; i++)
    {
      const OrrFuzzVerdict *verdict = &g_array_index (run->verdicts, OrrFuzzVerdict, i);
      violation.check = verdict->check;
      if (verdict->telling)
        add_violation (fuzz, &violation);
    }
  violation.check = ORR_FUZZ_DIED;
  violation.died = run->died;
  if (!run->died)
    return;
  if (!fuzz->plan->apart || g_str_has_prefix (run->died, ORR_DEATH_STUCK))
    violation.todo = ORR_FINISH_DRAW;
  add_violation (fuzz, &violation);
}

/* --- Taking --- */

static void
look_at (OrrFuzz *fuzz, OrrFuzzRun *run)
{
  guint n_words = orr_coverage_merge (fuzz->words, run->words), n_known = fuzz->candidates->len;
  OrrYield *yield = &fuzz->now[run->strategy];
  orr_fuzz_tally_add (&fuzz->tally, run, n_words);
  look_for_violations (fuzz, run);
  yield->runs++;
  yield->news += n_words > 0;
  yield->findings += fuzz->candidates->len - n_known;
  if (fuzz->candidates->len > n_known && !fuzz->plan->keep_going)
    fuzz->stopped = TRUE;
  fuzz->taken++;
  if (fuzz->taken % ORR_FUZZ_ROUND == 0)
    open_round (fuzz);
  fuzz->stopped |= fuzz->taken == fuzz->total;
}

/* Are all candidates of rounds before that of the next run settled? */
static gboolean
may_go_on (const OrrFuzz *fuzz)
{
  const OrrCandidate *first
      = fuzz->n_settled < fuzz->candidates->len ? fuzz->candidates->pdata[fuzz->n_settled] : NULL;
  return !fuzz->stopped && (!first || round_of (first->run) >= round_of (fuzz->taken));
}

static void
go_on (OrrFuzz *fuzz)
{
  OrrFuzzRun **place;
  while (may_go_on (fuzz) && *(place = &fuzz->early[fuzz->taken % G_N_ELEMENTS (fuzz->early)]))
    {
      g_autoptr (OrrFuzzRun) run = g_steal_pointer (place);
      look_at (fuzz, run);
    }
}

void
orr_fuzz_take_run (OrrFuzz *fuzz, const OrrTask *task, OrrFuzzRun *run)
{
  OrrFuzzRun **place = &fuzz->early[task->number % G_N_ELEMENTS (fuzz->early)];
  g_assert (task->number - fuzz->taken < fuzz->handed - fuzz->taken && !*place);
  *place = run;
  go_on (fuzz);
}

guint
orr_fuzz_find_equal (const OrrFuzz *fuzz, const OrrFinding *finding)
{
  for (guint i = 0; i < fuzz->findings->len; i++)
    {
      const OrrFinding *other = fuzz->findings->pdata[i];
      if (other->check == finding->check && other->finished == finding->finished
          && g_strcmp0 (other->died, finding->died) == 0 && strcmp (other->shape, finding->shape) == 0)
        return i + 1;
    }
  return 0;
}

static char *
unshrunk_shape (const OrrFuzz *fuzz, guint64 faults)
{
  GString *shape = g_string_new (NULL);
  for (guint i = 0; i < fuzz->tally.faults->len && i < 64; i++)
    if (faults >> i & 1)
      g_string_append_printf (shape, "%s%s", shape->len ? ", " : "", fuzz->plan->catalog->faults[i]->name);
  return g_string_free (shape, FALSE);
}

static void
settle (OrrFuzz *fuzz, guint index)
{
  OrrCandidate *candidate = fuzz->candidates->pdata[index];
  OrrFinding *finding = g_steal_pointer (&candidate->finished);
  finding->candidate = index;
  finding->run = candidate->run;
  finding->seed = candidate->seed;
  finding->strategy = candidate->strategy;
  finding->check = candidate->check == ORR_FUZZ_DIED ? NULL : orr_checks[candidate->check];
  if (!finding->died)
    finding->died = g_strdup (candidate->died);
  if (!finding->shape)
    finding->shape = unshrunk_shape (fuzz, candidate->faults);
  candidate->settled = TRUE;
  candidate->finding = orr_fuzz_find_equal (fuzz, finding);
  if (candidate->finding > 0)
    {
      orr_finding_free (finding);
      return;
    }
  g_ptr_array_add (fuzz->findings, finding);
  finding->number = candidate->finding = fuzz->findings->len;
  fuzz->tally.strategies[finding->strategy].findings++;
}

void
orr_fuzz_take_finding (OrrFuzz *fuzz, const OrrTask *task, OrrFinding *finding)
{
  OrrCandidate *candidate = fuzz->candidates->pdata[task->number];
  g_assert (candidate->handed && !candidate->finished);
  candidate->finished = finding;
  for (; fuzz->n_settled < fuzz->candidates->len
         && ((OrrCandidate *) fuzz->candidates->pdata[fuzz->n_settled])->finished;
       fuzz->n_settled++)
    settle (fuzz, fuzz->n_settled);
  go_on (fuzz);
}

/* A finding that could not be finished is tried with less; what remains in the end is that it was seen. */
static void
take_unfinished (OrrFuzz *fuzz, const OrrTask *task, const char *how)
{
  OrrCandidate *candidate = fuzz->candidates->pdata[task->number];
  candidate->todo++;
  if (candidate->todo < ORR_FINISH_GIVE_UP)
    {
      candidate->handed = FALSE;
      return;
    }
  OrrFinding *finding = g_new0 (OrrFinding, 1);
  finding->finished = ORR_FINISH_GIVE_UP;
  finding->died = g_strdup (candidate->died ? candidate->died : how);
  orr_fuzz_take_finding (fuzz, task, finding);
}

void
orr_fuzz_take_death (OrrFuzz *fuzz, const OrrTask *task, const char *how)
{
  if (orr_fuzz_task_finishes (task))
    take_unfinished (fuzz, task, how);
  else
    orr_fuzz_take_run (fuzz, task, orr_fuzz_run_new_died (strategy_of (task), task->seed, how));
}

/* --- Asking --- */

void
orr_fuzz_stop (OrrFuzz *fuzz)
{
  fuzz->stopped = TRUE;
}

gboolean
orr_fuzz_can_save (const OrrFuzz *fuzz)
{
  return fuzz->n_settled == fuzz->candidates->len;
}

gboolean
orr_fuzz_is_done (const OrrFuzz *fuzz)
{
  return fuzz->stopped && orr_fuzz_can_save (fuzz);
}

guint64
orr_fuzz_left (const OrrFuzz *fuzz)
{
  guint64 left = fuzz->stopped ? 0 : fuzz->total - fuzz->handed;
  for (const GList *link = fuzz->given_back.head; link && !fuzz->stopped; link = link->next)
    if (!g_uint64_checked_add (&left, left, ((const OrrTask *) link->data)->count))
      return G_MAXUINT64;
  for (guint i = fuzz->n_settled; i < fuzz->candidates->len && left < G_MAXUINT64; i++)
    left += !((const OrrCandidate *) fuzz->candidates->pdata[i])->handed;
  return left;
}

const OrrFuzzTally *
orr_fuzz_get_tally (const OrrFuzz *fuzz)
{
  return &fuzz->tally;
}

/* How many runs showed each is counted with the candidates. */
const GPtrArray *
orr_fuzz_get_findings (const OrrFuzz *fuzz)
{
  for (guint i = 0; i < fuzz->findings->len; i++)
    ((OrrFinding *) fuzz->findings->pdata[i])->n_runs = 0;
  for (guint i = 0; i < fuzz->n_settled; i++)
    {
      const OrrCandidate *candidate = fuzz->candidates->pdata[i];
      ((OrrFinding *) fuzz->findings->pdata[candidate->finding - 1])->n_runs += candidate->n_runs;
    }
  return fuzz->findings;
}

guint64
orr_fuzz_get_dropped (const OrrFuzz *fuzz)
{
  return fuzz->dropped;
}
