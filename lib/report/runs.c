/* runs.c: adding up many runs. */
#include "report/runs.h"

#include "base/draw.h"
#include "report/idle-faults.h"
#include "report/report-private.h"

void
orr_seeds_add (OrrSeeds *seeds, guint64 seed)
{
  if (seeds->count < ORR_RUNS_SEEDS_MAX)
    seeds->seeds[seeds->count] = seed;
  seeds->count++;
}

static void
clear_died (gpointer died)
{
  g_free (((OrrRunsDied *) died)->how);
}

static void
figure_free (gpointer data)
{
  OrrRunsFigure *figure = data;
  g_free (figure->name);
  orr_spread_free (figure->spread);
  g_free (figure);
}

/* So many processes are remembered: those that have died are forgotten some day. */
#define NUMBERED_MAX 64

/* What names by number mean here: figures, as far as they came by; of one worker's. */
typedef struct
{
  OrrFigureTexts *texts;
  GPtrArray *figures; /* OrrRunsFigure or NULL, by number */
} Numbered;

static void
numbered_free (gpointer data)
{
  Numbered *numbered = data;
  orr_figure_texts_unref (numbered->texts);
  g_ptr_array_unref (numbered->figures);
  g_free (numbered);
}

OrrRuns *
orr_runs_new (const OrrScenario *scenario, guint64 first, guint64 last)
{
  g_assert (first <= last);
  OrrRuns *runs = g_new0 (OrrRuns, 1);
  runs->scenario = orr_scenario_ref (scenario);
  runs->first = first;
  runs->last = last;
  runs->digest = orr_draw_key (0, "runs");
  runs->died = g_array_new (FALSE, FALSE, sizeof (OrrRunsDied));
  g_array_set_clear_func (runs->died, clear_died);
  runs->verdicts = g_array_new (FALSE, TRUE, sizeof (OrrRunsVerdict));
  runs->expected = g_array_new (FALSE, TRUE, sizeof (OrrRunsExpected));
  runs->struck = orr_struck_new (scenario);
  runs->figures = g_ptr_array_new_with_free_func (figure_free);
  runs->by_name = g_hash_table_new (g_str_hash, g_str_equal);
  runs->named = g_ptr_array_new ();
  runs->numbered = g_ptr_array_new_with_free_func (numbered_free);
  for (guint i = 0; i < scenario->expectations.length; i++)
    {
      OrrRunsExpected expected
          = { .expectation = &((const OrrExpectation *) scenario->expectations.data)[i] };
      g_array_append_val (runs->expected, expected);
    }
  return runs;
}

void
orr_runs_free (OrrRuns *runs)
{
  if (!runs)
    return;
  g_array_unref (runs->died);
  g_array_unref (runs->verdicts);
  g_array_unref (runs->expected);
  g_array_unref (runs->struck);
  g_hash_table_unref (runs->by_name);
  g_ptr_array_unref (runs->named);
  g_ptr_array_unref (runs->numbered);
  orr_figure_names_unref (runs->names);
  g_ptr_array_unref (runs->figures);
  orr_scenario_unref (runs->scenario);
  g_free (runs);
}

/* --- Adding --- */

static OrrRunsVerdict *
find_verdict (OrrRuns *runs, const OrrEntry *property)
{
  for (guint i = 0; i < runs->verdicts->len; i++)
    if (g_array_index (runs->verdicts, OrrRunsVerdict, i).property == property)
      return &g_array_index (runs->verdicts, OrrRunsVerdict, i);
  g_array_append_val (runs->verdicts, (OrrRunsVerdict){ .property = property });
  return &g_array_index (runs->verdicts, OrrRunsVerdict, runs->verdicts->len - 1);
}

static OrrRunsFigure *
find_figure (OrrRuns *runs, const char *name)
{
  OrrRunsFigure *figure = g_hash_table_lookup (runs->by_name, name);
  if (figure)
    return figure;
  figure = g_new (OrrRunsFigure, 1);
  *figure = (OrrRunsFigure){ .name = g_strdup (name),
                             .measure = orr_figure_measure (name),
                             .spread = orr_spread_new (),
                             .least = G_MAXDOUBLE,
                             .most = -G_MAXDOUBLE };
  g_ptr_array_add (runs->figures, figure);
  g_hash_table_insert (runs->by_name, figure->name, figure);
  return figure;
}

static GPtrArray *
find_numbered (OrrRuns *runs, OrrFigureTexts *texts)
{
  for (guint i = runs->numbered->len; i > 0; i--)
    {
      const Numbered *numbered = g_ptr_array_index (runs->numbered, i - 1);
      if (numbered->texts == texts)
        return numbered->figures;
    }
  if (runs->numbered->len == NUMBERED_MAX)
    g_ptr_array_remove_index (runs->numbered, 0);
  Numbered *numbered = g_new (Numbered, 1);
  *numbered = (Numbered){ orr_figure_texts_ref (texts), g_ptr_array_new () };
  g_ptr_array_add (runs->numbered, numbered);
  return numbered->figures;
}

/* A name that has a number is looked up once. */
static OrrRunsFigure *
find_by_number (OrrRuns *runs, GPtrArray *figures, guint32 number, const char *name)
{
  if (number >= figures->len)
    g_ptr_array_set_size (figures, (gint) number + 1);
  gpointer *place = &g_ptr_array_index (figures, number);
  if (!*place)
    *place = find_figure (runs, name);
  return *place;
}

/* Looks names up once for all runs that share them. */
static void
learn_names (OrrRuns *runs, OrrFigureNames *names)
{
  if (runs->names == names)
    return;
  GPtrArray *figures = names->texts ? find_numbered (runs, names->texts) : NULL;
  orr_figure_names_unref (runs->names);
  runs->names = orr_figure_names_ref (names);
  g_ptr_array_set_size (runs->named, (gint) names->n);
  for (guint i = 0; i < names->n; i++)
    runs->named->pdata[i] = figures ? find_by_number (runs, figures, names->numbers[i], names->names[i])
                                    : find_figure (runs, names->names[i]);
}

/* Keeps the first runs that gave the least and the most. */
static void
take_figure (OrrRunsFigure *figure, double value, guint64 seed)
{
  if (value < figure->least)
    {
      figure->least = value;
      figure->least_by = seed;
    }
  if (value > figure->most)
    {
      figure->most = value;
      figure->most_by = seed;
    }
}

static void
add_figures (OrrRuns *runs, const OrrSummary *summary)
{
  guint64 lot = orr_draw_key (summary->seed, "lot");
  learn_names (runs, summary->names);
  for (guint i = 0; i < summary->names->n; i++)
    {
      OrrRunsFigure *figure = g_ptr_array_index (runs->named, i);
      take_figure (figure, summary->values[i], summary->seed);
      orr_spread_add (figure->spread, summary->values[i], lot);
    }
}

static void
add_died (OrrRuns *runs, const OrrSummary *summary)
{
  runs->n_died++;
  runs->digest = orr_mix (runs->digest, summary->seed);
  if (runs->died->len < ORR_RUNS_SEEDS_MAX)
    g_array_append_val (runs->died, ((OrrRunsDied){ summary->seed, g_strdup (summary->died) }));
}

void
orr_runs_add (OrrRuns *runs, const OrrSummary *summary)
{
  guint64 seed = summary->seed;
  g_assert (!orr_runs_is_complete (runs) && seed == runs->first + runs->n);
  runs->n++;
  if (summary->died)
    {
      add_died (runs, summary);
      return;
    }
  g_assert (summary->met->len == runs->expected->len);
  runs->events += summary->events;
  runs->digest = orr_mix (runs->digest, summary->digest);
  orr_seeds_add (&runs->by_result[summary->result], seed);
  if (orr_ending_is_cut_short (summary->ending))
    orr_seeds_add (&runs->cut_short, seed);
  for (guint i = 0; i < summary->met->len; i++)
    orr_seeds_add (&g_array_index (runs->expected, OrrRunsExpected, i)
                        .by_kind[g_array_index (summary->met, OrrVerdictKind, i)],
                   seed);
  for (guint i = 0; i < summary->verdicts->len; i++)
    {
      const OrrSummaryVerdict *verdict = &g_array_index (summary->verdicts, OrrSummaryVerdict, i);
      orr_seeds_add (&find_verdict (runs, &orr_checks[verdict->check]->entry)->by_kind[verdict->kind], seed);
    }
  add_figures (runs, summary);
  g_assert (summary->struck->len == runs->struck->len);
  for (guint i = 0; i < summary->struck->len; i++)
    g_array_index (runs->struck, guint8, i) |= g_array_index (summary->struck, guint8, i);
}

/* --- Asking --- */

gboolean
orr_runs_is_complete (const OrrRuns *runs)
{
  return runs->n > runs->last - runs->first;
}

const OrrRunsFigure *
orr_runs_find_figure (const OrrRuns *runs, const char *name)
{
  return g_hash_table_lookup (runs->by_name, name);
}

/* In all runs; runs that died, or are still to come, decided nothing. */
static OrrVerdictKind
met_by_every (const OrrRunsExpected *expected, guint64 n)
{
  if (expected->by_kind[ORR_VIOLATED].count > 0)
    return ORR_VIOLATED;
  return expected->by_kind[ORR_HOLDS].count == n && n > 0 ? ORR_HOLDS : ORR_UNDECIDED;
}

static gboolean
share_meets (const OrrExpectation *expectation, guint64 k, guint64 n)
{
  return orr_expectation_compare ((OrrExpectKind) expectation->runs_kind, (double) k * 1e9 / (double) n,
                                  (double) expectation->runs_share);
}

/* The share lies between that of the runs that met it for sure and that of those that may have. Each bound is
 * asked of both ends; only `exactly` could be met between them and at neither. */
static OrrVerdictKind
met_by_share (const OrrRunsExpected *expected, guint64 n)
{
  guint64 not_met = expected->by_kind[ORR_VIOLATED].count;
  if (n == 0)
    return ORR_UNDECIDED;
  gboolean at_least = share_meets (expected->expectation, expected->by_kind[ORR_HOLDS].count, n);
  gboolean at_most = share_meets (expected->expectation, n - not_met, n);
  if (at_least && at_most)
    return ORR_HOLDS;
  gboolean open = expected->by_kind[ORR_HOLDS].count + not_met < n;
  return at_least || at_most || (open && expected->expectation->runs_kind == ORR_EXPECT_EXACTLY)
             ? ORR_UNDECIDED
             : ORR_VIOLATED;
}

OrrVerdictKind
orr_runs_expected_met (const OrrRunsExpected *expected, guint64 n)
{
  return expected->expectation->runs_kind == ORR_EXPECT_HOLDS ? met_by_every (expected, n)
                                                              : met_by_share (expected, n);
}

OrrVerdictKind
orr_runs_met (const OrrRuns *runs, guint index)
{
  return orr_runs_expected_met (&g_array_index (runs->expected, OrrRunsExpected, index), runs->n);
}

OrrVerdictKind
orr_runs_result (const OrrRuns *runs)
{
  OrrVerdictKind result = ORR_HOLDS;
  if (runs->n_died > 0 || !orr_runs_is_complete (runs)
      || (runs->expected->len == 0 && runs->by_result[ORR_UNDECIDED].count > 0))
    result = ORR_UNDECIDED;
  for (guint i = 0; i < runs->expected->len; i++)
    result = orr_verdict_worse (result, orr_runs_met (runs, i));
  return result;
}
