/* explain.c: tells the story of a violation.
 *
 * First what happened, then the picture, then what each held; the rule that was broken and what makes the
 * difference come last, since that is where a reader's eye rests when all has scrolled by. */
#include "explore/explain-private.h"

#include <string.h>

#include "report/report-private.h"
#include "report/space-time.h"
#include "report/wrap.h"

/* --- The value --- */

static void
explanation_init (OrrExplanation *explanation, const OrrTrace *trace, const OrrVerdict *verdict,
                  const OrrCatalog *catalog, const OrrExplainStyle *style)
{
  guint steps = style->steps_max > 0 ? style->steps_max : ORR_CONE_STEPS;
  guint runs = style->runs_max > 0 ? style->runs_max : ORR_NEAREST_RUNS;
  OrrHistory *history = orr_history_from_trace (trace);
  *explanation = (OrrExplanation){
    .trace = trace,
    .verdict = verdict,
    .check = orr_checks_find (verdict->property->name),
    .history = history,
    .cone = orr_cone_new (trace, history, verdict, steps),
  };
  const OrrNearestLimits limits = { .runs_max = runs,
                                    .interrupt = style->interrupt,
                                    .apart = style->apart,
                                    .watch = style->watch,
                                    .watch_data = style->watch_data };
  if (runs != G_MAXUINT)
    explanation->nearest = orr_nearest_find (trace, history, verdict, explanation->cone, catalog, &limits);
}

static void
explanation_clear (OrrExplanation *explanation)
{
  orr_nearest_free (explanation->nearest);
  orr_cone_free (explanation->cone);
  orr_history_free (explanation->history);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (OrrExplanation, explanation_clear)

/* --- The whole --- */

static void
tell_rule (const OrrExplanation *explanation, GString *text)
{
  g_autoptr (GString) rule = g_string_new (NULL);
  orr_wrap (explanation->verdict->sentence, 0, 2, text);
  g_string_append_printf (rule, "%s: %s.", explanation->verdict->property->name,
                          explanation->verdict->property->summary);
  if (explanation->check->source)
    g_string_append_printf (rule, " Source: %s.", explanation->check->source);
  orr_wrap (rule->str, 0, 2, text);
}

/* What is wrong in the model is the heart of the story, where it is known. */
static void
tell_mistakes (const OrrExplanation *explanation, gboolean coloured, GString *text)
{
  const OrrScenario *scenario = explanation->trace->scenario;
  const OrrBug *bugs = scenario->model->bugs;
  gboolean any = FALSE;
  for (guint i = 0; bugs && bugs[i].name; i++)
    {
      g_autoptr (GString) mistake = g_string_new (NULL);
      if (!orr_scenario_has_bug (scenario, i))
        continue;
      if (!any)
        orr_print_heading (coloured, "The mistake that is switched on", NULL, text);
      any = TRUE;
      g_string_append_printf (mistake, "%s: %s", bugs[i].name, bugs[i].doc);
      if (bugs[i].source && *bugs[i].source)
        g_string_append_printf (mistake, " Source: %s%s", bugs[i].source,
                                g_str_has_suffix (bugs[i].source, ".") ? "" : ".");
      orr_wrap (mistake->str, 0, 2, text);
    }
}

/* Arrows and the like, for terminals that have no such characters. */
static void
make_ascii (GString *text, gsize begin)
{
  static const char *const signs[][2]
      = { { "→", "->" }, { "…", "..." }, { "✗", "x" }, { "–", "-" }, { "’", "'" }, { "§", "section " } };
  g_autoptr (GString) part = g_string_new (text->str + begin);
  for (guint i = 0; i < G_N_ELEMENTS (signs); i++)
    g_string_replace (part, signs[i][0], signs[i][1], 0);
  g_autofree char *rest = g_str_to_ascii (part->str, "C");
  g_string_truncate (text, begin);
  g_string_append (text, rest);
}

static void
tell (const OrrExplanation *explanation, const OrrExplainStyle *style, GString *text)
{
  const OrrTrace *trace = explanation->trace;
  gboolean coloured = style->colour;
  orr_print_title (coloured, trace->scenario, text);
  g_string_append_printf (text, "seed %" G_GUINT64_FORMAT ": %s is ", trace->seed,
                          explanation->verdict->property->name);
  orr_print_word (coloured, ORR_VIOLATED, "violated", text);
  g_string_append_c (text, '\n');
  if (explanation->cone->steps->len > 0)
    {
      orr_print_heading (coloured, "Step by step", "*: what it is judged by", text);
      orr_explain_steps (explanation->cone, text);
      orr_print_heading (coloured, "As a picture", orr_space_time_legend (style->ascii), text);
      orr_space_time_print (explanation->cone, 0, ORR_LINE_WIDTH, style->ascii, text);
    }
  gsize before = text->len;
  orr_print_heading (coloured, "What each held", NULL, text);
  if (!orr_explain_held (explanation, text))
    g_string_truncate (text, before);
  orr_print_heading (coloured, "What broke", NULL, text);
  tell_rule (explanation, text);
  tell_mistakes (explanation, coloured, text);
  if (explanation->nearest)
    {
      orr_print_heading (coloured, "What makes the difference", NULL, text);
      orr_explain_difference (explanation, text);
    }
  if (style->again)
    g_string_append_printf (text, "\nagain: %s\n", style->again);
}

void
orr_explain (const OrrTrace *trace, const OrrVerdict *verdict, const OrrCatalog *catalog,
             const OrrExplainStyle *style, GString *text)
{
  g_auto (OrrExplanation) explanation;
  gsize begin = text->len;
  explanation_init (&explanation, trace, verdict, catalog, style);
  tell (&explanation, style, text);
  if (style->ascii)
    make_ascii (text, begin);
}

void
orr_explain_json (const OrrTrace *trace, const OrrVerdict *verdict, const OrrCatalog *catalog,
                  const OrrExplainStyle *style, GString *json)
{
  g_auto (OrrExplanation) explanation;
  explanation_init (&explanation, trace, verdict, catalog, style);
  orr_explanation_print_json (&explanation, style->again, json);
}
