/* fuzz-show.c: what a fuzzing campaign says: findings first, then what the search was like. */
#include "sim/fuzz-show.h"

#include <string.h>
#include <unistd.h>

#include "report/report.h"
#include "report/table.h"
#include "report/wrap.h"
#include "sim/fuzz-folder.h"

/* --- Words --- */

static void
add_count (GString *text, guint64 n, const char *one)
{
  g_string_append_printf (text, "%" G_GUINT64_FORMAT " %s%s", n, one, n == 1 ? "" : "s");
}

static const char *
verdict_of (const OrrFinding *finding)
{
  return finding->check ? " violated" : "";
}

char *
fuzz_show_line (const char *folder, const OrrFinding *finding)
{
  g_autofree char *inner = fuzz_folder_of (finding);
  return g_strdup_printf ("%s%s by seed %" G_GUINT64_FORMAT " (%s): %s/%s", orr_finding_property (finding),
                          verdict_of (finding), finding->seed, orr_strategy_name (finding->strategy), folder,
                          inner);
}

static gboolean
is_tested (const OrrFuzz *fuzz)
{
  const GArray *properties = orr_fuzz_get_tally (fuzz)->properties;
  for (guint i = 0; i < properties->len; i++)
    {
      const OrrFuzzPropertyTally *tally = &g_array_index (properties, OrrFuzzPropertyTally, i);
      if (tally->tested > tally->undecided)
        return TRUE;
    }
  return FALSE;
}

OrrVerdictKind
fuzz_show_result (const OrrFuzz *fuzz)
{
  if (orr_fuzz_get_tally (fuzz)->violating > 0)
    return ORR_VIOLATED;
  return is_tested (fuzz) ? ORR_HOLDS : ORR_UNDECIDED;
}

/* "3 operations, 1 fault, 2 pins" */
static void
add_size (GString *text, const OrrFinding *finding)
{
  add_count (text, finding->n_operations, "operation");
  g_string_append (text, ", ");
  add_count (text, finding->n_faults, "fault");
  if (finding->n_actions > 0)
    {
      g_string_append (text, ", ");
      add_count (text, finding->n_actions, "action");
    }
  if (finding->n_pins > 0)
    {
      g_string_append (text, ", ");
      add_count (text, finding->n_pins, "pin");
    }
}

static void
add_what_was_done (GString *text, const OrrFinding *finding)
{
  switch (finding->finished)
    {
    case ORR_FINISH_SHRINK:
      g_string_append (text, " (shrunk from ");
      add_count (text, finding->n_operations_drawn, "operation");
      g_string_append (text, " and ");
      add_count (text, finding->n_faults_drawn, "line");
      g_string_append (text, " of faults in ");
      add_count (text, finding->shrink_runs, "run");
      g_string_append (text, finding->is_minimal ? ")" : "; more might go)");
      break;
    case ORR_FINISH_RUN:
      g_string_append (text, " (not shrunk)");
      break;
    default:
      g_string_append (text, " (as it was drawn)");
      break;
    }
}

char *
fuzz_show_command (const FuzzShow *show, const OrrFinding *finding)
{
  g_autofree char *inner = fuzz_folder_of (finding);
  g_autofree char *file = g_build_filename (show->folder, inner, "scenario.yaml", NULL);
  g_autofree char *quoted = g_shell_quote (file);
  gboolean plain = strspn (file, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./=:,+%@")
                   == strlen (file);
  return g_strdup_printf ("orrery explain %s%s", plain ? file : quoted, show->options);
}

/* --- As text --- */

static void
print_finding (const FuzzShow *show, const OrrFinding *finding, GString *text)
{
  g_autofree char *command = fuzz_show_command (show, finding);
  g_autoptr (GString) size = g_string_new (NULL);
  g_string_append_printf (text, "  %u. %s%s\n", finding->number, orr_finding_property (finding),
                          verdict_of (finding));
  if (finding->sentence)
    orr_wrap (finding->sentence, 0, 5, text);
  if (finding->died)
    g_string_append_printf (text, "     the run died (a mistake of the model's, or ours): %s\n",
                            finding->died);
  if (finding->finished != ORR_FINISH_GIVE_UP && (finding->check || finding->finished == ORR_FINISH_SHRINK))
    {
      add_size (size, finding);
      add_what_was_done (size, finding);
      g_string_append_printf (text, "     %s\n", size->str);
    }
  if (*finding->shape)
    g_string_append_printf (text, "     %s: %s\n", finding->finished == ORR_FINISH_SHRINK ? "needs" : "with",
                            finding->shape);
  g_string_append_printf (text, "     first by seed %" G_GUINT64_FORMAT " (%s), in ", finding->seed,
                          orr_strategy_name (finding->strategy));
  add_count (text, finding->n_runs, "run");
  g_string_append_printf (text, "\n     %s\n", command);
}

static void
print_findings (const FuzzShow *show, GString *text)
{
  const GPtrArray *findings = orr_fuzz_get_findings (show->fuzz);
  guint64 dropped = orr_fuzz_get_dropped (show->fuzz);
  if (findings->len > 0)
    g_string_append (text, "\nFindings\n");
  for (guint i = 0; i < findings->len; i++)
    print_finding (show, findings->pdata[i], text);
  if (dropped == 0)
    return;
  g_string_append (text, "  ");
  add_count (text, dropped, "more violation");
  g_string_append (text, " of causes that were not followed up: there were too many\n");
}

static char *
number (guint64 n)
{
  return g_strdup_printf ("%" G_GUINT64_FORMAT, n);
}

static void
print_properties (const FuzzShow *show, GString *text)
{
  static const char *const headings[]
      = { "property", ">runs", ">put to the test", ">violated", ">undecided", NULL };
  const GArray *properties = orr_fuzz_get_tally (show->fuzz)->properties;
  g_autoptr (OrrTable) table = orr_table_new (headings);
  for (guint i = 0; i < properties->len; i++)
    {
      const OrrFuzzPropertyTally *tally = &g_array_index (properties, OrrFuzzPropertyTally, i);
      if (tally->runs == 0)
        continue;
      orr_table_add_line (table);
      orr_table_add (table, orr_checks[i]->entry.name);
      orr_table_take (table, number (tally->runs));
      orr_table_take (table, number (tally->tested));
      orr_table_take (table, number (tally->violated));
      orr_table_take (table, number (tally->undecided));
    }
  g_string_append (text, "\nSought\n");
  orr_table_print (table, 2, text);
}

static void
print_strategies (const FuzzShow *show, GString *text)
{
  static const char *const headings[]
      = { "strategy", ">runs", ">violating", ">findings", ">new coverage", NULL };
  const OrrFuzzTally *tally = orr_fuzz_get_tally (show->fuzz);
  g_autoptr (OrrTable) table = orr_table_new (headings);
  for (guint i = 0; i < ORR_N_STRATEGIES; i++)
    {
      const OrrFuzzStrategyTally *strategy = &tally->strategies[i];
      orr_table_add_line (table);
      orr_table_add (table, orr_strategy_name ((OrrStrategy) i));
      orr_table_take (table, number (strategy->runs));
      orr_table_take (table, number (strategy->violating));
      orr_table_take (table, number (strategy->findings));
      orr_table_take (table, number (strategy->words));
    }
  g_string_append (text, "\nStrategies\n");
  orr_table_print (table, 2, text);
}

static void
print_faults (const FuzzShow *show, GString *text)
{
  static const char *const headings[] = { "fault", ">runs", ">with an effect", ">strikes", ">effects", NULL };
  const GArray *faults = orr_fuzz_get_tally (show->fuzz)->faults;
  g_autoptr (OrrTable) table = orr_table_new (headings);
  gboolean any = FALSE;
  for (guint i = 0; i < faults->len; i++)
    {
      const OrrFuzzFaultTally *tally = &g_array_index (faults, OrrFuzzFaultTally, i);
      if (tally->runs == 0)
        continue;
      any = TRUE;
      orr_table_add_line (table);
      orr_table_add (table, show->catalog->faults[i]->name);
      orr_table_take (table, number (tally->runs));
      orr_table_take (table, number (tally->runs_effective));
      orr_table_take (table, number (tally->strikes));
      orr_table_take (table, number (tally->effects));
    }
  if (any)
    g_string_append (text, "\nFaults\n");
  orr_table_print (table, 2, text);
}

/* What proves nothing since it never happened. The caller unrefs it. */
static GPtrArray *
find_untested (const FuzzShow *show)
{
  GPtrArray *names = g_ptr_array_new ();
  const GArray *properties = orr_fuzz_get_tally (show->fuzz)->properties;
  for (guint i = 0; i < properties->len; i++)
    {
      const OrrFuzzPropertyTally *tally = &g_array_index (properties, OrrFuzzPropertyTally, i);
      if (tally->runs > 0 && tally->tested == 0)
        g_ptr_array_add (names, (gpointer) orr_checks[i]->entry.name);
    }
  return names;
}

static gboolean
is_wanted (const OrrScenario *scenario, const char *fault)
{
  const char *const *names = scenario->fuzz_faults.data;
  const OrrFaultPlan *plans = scenario->faults.data;
  for (guint i = 0; i < scenario->fuzz_faults.length; i++)
    if (strcmp (names[i], fault) == 0)
      return TRUE;
  for (guint i = 0; i < scenario->faults.length; i++)
    if (plans[i].fault && strcmp (plans[i].fault->name, fault) == 0)
      return TRUE;
  return FALSE;
}

/* Faults that struck and never had an effect, and those that the scenario names and that never struck. The
 * caller unrefs it. */
static GPtrArray *
find_idle (const FuzzShow *show)
{
  GPtrArray *names = g_ptr_array_new ();
  const GArray *faults = orr_fuzz_get_tally (show->fuzz)->faults;
  for (guint i = 0; i < faults->len; i++)
    {
      const OrrFuzzFaultTally *tally = &g_array_index (faults, OrrFuzzFaultTally, i);
      const char *name = show->catalog->faults[i]->name;
      if (tally->effects == 0 && (tally->runs > 0 || is_wanted (show->scenario, name)))
        g_ptr_array_add (names, (gpointer) name);
    }
  return names;
}

static void
print_list (const char *what, const GPtrArray *names, GString *text)
{
  if (names->len > 0)
    g_string_append (text, what);
  for (guint i = 0; i < names->len; i++)
    g_string_append_printf (text, "%s%s", i ? ", " : " ", (const char *) names->pdata[i]);
  if (names->len > 0)
    g_string_append_c (text, '\n');
}

static void
print_coverage (const FuzzShow *show, GString *text)
{
  const OrrFuzzTally *tally = orr_fuzz_get_tally (show->fuzz);
  g_autoptr (GPtrArray) untested = find_untested (show);
  g_autoptr (GPtrArray) idle = find_idle (show);
  g_string_append_printf (text,
                          "\nCoverage: %" G_GUINT64_FORMAT
                          " facts, transitions and events, the last new one in run %" G_GUINT64_FORMAT "\n",
                          tally->words, tally->last_new);
  print_list ("never put to the test:", untested, text);
  print_list ("never had an effect:", idle, text);
  if (tally->unsought > 0)
    {
      add_count (text, tally->unsought, "run");
      g_string_append (text, " of which nothing was promised: the model does not bear what went wrong\n");
    }
  if (tally->cut_short > 0)
    {
      add_count (text, tally->cut_short, "run");
      g_string_append (text, " cut short by a limit\n");
    }
}

static void
print_head (const FuzzShow *show, GString *text)
{
  const OrrFuzzTally *tally = orr_fuzz_get_tally (show->fuzz);
  const GPtrArray *findings = orr_fuzz_get_findings (show->fuzz);
  guint64 asked = show->last - show->first;
  g_autofree char *title = orr_one_line (show->scenario->title ? show->scenario->title : show->name);
  g_string_append_printf (text, "%s\n%s, ", title, show->scenario->model->entry.name);
  if (show->seeds)
    {
      add_count (text, tally->runs, "run");
      g_string_append_printf (text, ", seeds %s: ", show->seeds);
    }
  else
    {
      if (tally->runs <= asked) /* all that were asked for are one more */
        g_string_append_printf (text, "the first %" G_GUINT64_FORMAT " of ", tally->runs);
      add_count (text, asked < G_MAXUINT64 ? asked + 1 : asked, "run");
      g_string_append_printf (text, ", seeds %" G_GUINT64_FORMAT "..%" G_GUINT64_FORMAT ": ", show->first,
                              show->last);
    }
  if (findings->len > 0)
    add_count (text, findings->len, "finding");
  else if (tally->violating > 0)
    {
      add_count (text, tally->violating, "violating run");
      g_string_append (text, ", of which nothing is kept");
    }
  else if (is_tested (show->fuzz))
    g_string_append (text, "nothing was found");
  else if (tally->cut_short == tally->runs)
    g_string_append (text, "nothing was put to the test, as all runs were cut short; raise --events-max");
  else
    g_string_append (text, "nothing was put to the test; name what ought to hold by --property");
  g_string_append_c (text, '\n');
}

static void
print_foot (const FuzzShow *show, GString *text)
{
  const OrrFuzzTally *tally = orr_fuzz_get_tally (show->fuzz);
  g_autofree char *simulated
      = orr_duration_to_text ((OrrTime) MIN (tally->simulated, 9000000000000) * ORR_MILLISECOND);
  g_string_append_printf (
      text, "\n%" G_GUINT64_FORMAT " events in %s of virtual time; digest %016" G_GINT64_MODIFIER "x\n",
      tally->events, simulated, tally->digest);
  if (orr_fuzz_get_findings (show->fuzz)->len > 0)
    g_string_append_printf (text, "findings: %s\n", show->folder);
  g_string_append_printf (text, "again: %s\n", show->again);
}

void
fuzz_show (const FuzzShow *show)
{
  g_autoptr (GString) text = g_string_new (NULL);
  print_head (show, text);
  print_findings (show, text);
  if (!show->brief)
    {
      print_properties (show, text);
      print_strategies (show, text);
      print_faults (show, text);
    }
  print_coverage (show, text);
  print_foot (show, text);
  put (text->str);
}

/* --- As JSON --- */

static void
add_number (JsonBuilder *json, const char *name, guint64 n)
{
  orr_json_add_int (json, name, (gint64) MIN (n, G_MAXINT64));
}

/* Those that may be large are texts. */
static void
add_seed (JsonBuilder *json, const char *name, guint64 seed)
{
  g_autofree char *text = number (seed);
  orr_json_add_text (json, name, text);
}

static void
add_finding (JsonBuilder *json, const FuzzShow *show, const OrrFinding *finding)
{
  g_autofree char *command = fuzz_show_command (show, finding);
  g_autofree char *inner = fuzz_folder_of (finding);
  g_autofree char *folder = g_build_filename (show->folder, inner, NULL);
  json_builder_begin_object (json);
  fuzz_folder_tell (json, folder, finding);
  add_number (json, "runs", finding->n_runs);
  add_number (json, "shrink-runs", finding->shrink_runs);
  orr_json_add_text (json, "again", command);
  json_builder_end_object (json);
}

static void
add_properties (JsonBuilder *json, const OrrFuzzTally *tally)
{
  orr_json_begin_array (json, "properties");
  for (guint i = 0; i < tally->properties->len; i++)
    {
      const OrrFuzzPropertyTally *property = &g_array_index (tally->properties, OrrFuzzPropertyTally, i);
      if (property->runs == 0)
        continue;
      json_builder_begin_object (json);
      orr_json_add_text (json, "property", orr_checks[i]->entry.name);
      add_number (json, "runs", property->runs);
      add_number (json, "tested", property->tested);
      add_number (json, "violated", property->violated);
      add_number (json, "undecided", property->undecided);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

static void
add_strategies (JsonBuilder *json, const OrrFuzzTally *tally)
{
  orr_json_begin_array (json, "strategies");
  for (guint i = 0; i < ORR_N_STRATEGIES; i++)
    {
      const OrrFuzzStrategyTally *strategy = &tally->strategies[i];
      json_builder_begin_object (json);
      orr_json_add_text (json, "strategy", orr_strategy_name ((OrrStrategy) i));
      add_number (json, "runs", strategy->runs);
      add_number (json, "violating", strategy->violating);
      add_number (json, "findings", strategy->findings);
      add_number (json, "new-coverage", strategy->words);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

static void
add_faults (JsonBuilder *json, const FuzzShow *show, const OrrFuzzTally *tally)
{
  orr_json_begin_array (json, "faults");
  for (guint i = 0; i < tally->faults->len; i++)
    {
      const OrrFuzzFaultTally *fault = &g_array_index (tally->faults, OrrFuzzFaultTally, i);
      if (fault->runs == 0)
        continue;
      json_builder_begin_object (json);
      orr_json_add_text (json, "fault", show->catalog->faults[i]->name);
      add_number (json, "runs", fault->runs);
      add_number (json, "runs-with-effect", fault->runs_effective);
      add_number (json, "strikes", fault->strikes);
      add_number (json, "effects", fault->effects);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

static void
add_names (JsonBuilder *json, const char *name, GPtrArray *names)
{
  orr_json_begin_array (json, name);
  for (guint i = 0; i < names->len; i++)
    json_builder_add_string_value (json, names->pdata[i]);
  json_builder_end_array (json);
  g_ptr_array_unref (names);
}

void
fuzz_show_json (const FuzzShow *show)
{
  const OrrFuzzTally *tally = orr_fuzz_get_tally (show->fuzz);
  const GPtrArray *findings = orr_fuzz_get_findings (show->fuzz);
  g_autofree char *digest = g_strdup_printf ("%016" G_GINT64_MODIFIER "x", tally->digest);
  g_autoptr (JsonBuilder) json = json_builder_new ();
  json_builder_begin_object (json);
  orr_json_add_text (json, "title", show->scenario->title);
  orr_json_add_text (json, "model", show->scenario->model->entry.name);
  add_seed (json, "first-seed", show->first);
  add_seed (json, "last-seed", show->last);
  if (show->seeds)
    orr_json_add_text (json, "seeds", show->seeds);
  add_number (json, "runs", tally->runs);
  orr_json_add_text (json, "result", orr_verdict_name (fuzz_show_result (show->fuzz)));
  orr_json_begin_array (json, "findings");
  for (guint i = 0; i < findings->len; i++)
    add_finding (json, show, findings->pdata[i]);
  json_builder_end_array (json);
  add_number (json, "violating-runs", tally->violating);
  add_number (json, "died", tally->died);
  add_number (json, "cut-short", tally->cut_short);
  add_number (json, "nothing-promised", tally->unsought);
  add_number (json, "not-followed-up", orr_fuzz_get_dropped (show->fuzz));
  add_properties (json, tally);
  add_strategies (json, tally);
  add_faults (json, show, tally);
  add_number (json, "coverage", tally->words);
  add_number (json, "last-new-coverage", tally->last_new);
  add_names (json, "never-tested", find_untested (show));
  add_names (json, "never-effective", find_idle (show));
  add_number (json, "events", tally->events);
  add_number (json, "simulated-ms", tally->simulated);
  orr_json_add_text (json, "digest", digest);
  orr_json_add_text (json, "again", show->again);
  json_builder_end_object (json);
  put_json (json);
}
