/* fuzz-folder.c: where a fuzzing campaign keeps what it found. */
#include "sim/fuzz-folder.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "base/version.h"
#include "explore/explain.h"
#include "report/report.h"

/* What has no place yet. */
#define UNPLACED ".finding-"

#define UNPLACED_FILE G_FILE_SET_CONTENTS_NONE
#define REPLACED_FILE ((GFileSetContentsFlags) (G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE))

void
fuzz_question_clear (FuzzQuestion *question)
{
  g_free (question->name);
  g_free (question->scenario);
  g_strfreev (question->properties);
  g_strfreev (question->sets);
  g_free (question->seeds);
  *question = (FuzzQuestion){ 0 };
}

/* --- Folders --- */

char *
fuzz_folder_propose (const char *scenario)
{
  g_autofree char *base = g_path_get_basename (scenario);
  g_autofree char *name = g_str_has_suffix (base, ".yaml")
                              ? g_strndup (base, strlen (base) - strlen (".yaml"))
                              : g_strdup (base);
  char *folder = g_strdup_printf ("%s-findings", name);
  for (guint i = 2; g_file_test (folder, G_FILE_TEST_EXISTS); i++)
    {
      g_free (folder);
      folder = g_strdup_printf ("%s-findings-%u", name, i);
    }
  return folder;
}

gboolean
fuzz_folder_is_free (const char *folder)
{
  g_autoptr (GError) error = NULL;
  if (!g_file_test (folder, G_FILE_TEST_EXISTS))
    return TRUE;
  g_autoptr (GDir) entries = g_dir_open (folder, 0, &error);
  if (!entries)
    complain ("can't use '%s' for findings: %s", folder, error->message);
  else if (g_dir_read_name (entries))
    complain (
        "there is something in '%s' already; use another folder, or go on with its campaign by --resume",
        folder);
  else
    return TRUE;
  return FALSE;
}

char *
fuzz_folder_of (const OrrFinding *finding)
{
  return g_strdup_printf ("%03u-%s", finding->number, orr_finding_property (finding));
}

static char *
unplaced (const char *folder, guint candidate)
{
  return g_strdup_printf ("%s/" UNPLACED "%u", folder, candidate);
}

/* A folder of files. */
static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) entries = g_dir_open (folder, 0, NULL);
  const char *name;
  while (entries && (name = g_dir_read_name (entries)))
    {
      g_autofree char *file = g_build_filename (folder, name, NULL);
      g_remove (file);
    }
  g_rmdir (folder);
}

/* What a program that was killed was writing. */
static gboolean
is_half_written (const char *name)
{
  return g_str_has_prefix (name, "campaign.json.") || g_str_has_prefix (name, "state.json.")
         || g_str_has_prefix (name, "index.json.");
}

void
fuzz_folder_clean (const char *folder)
{
  g_autoptr (GDir) entries = g_dir_open (folder, 0, NULL);
  const char *name;
  while (entries && (name = g_dir_read_name (entries)))
    {
      g_autofree char *inner = g_build_filename (folder, name, NULL);
      if (g_str_has_prefix (name, UNPLACED))
        remove_folder (inner);
      else if (is_half_written (name))
        g_remove (inner);
    }
}

static gboolean
fail (const char *what, const char *file, int why, char **ret_why)
{
  *ret_why = g_strdup_printf ("can't %s '%s': %s", what, file, g_strerror (why));
  return FALSE;
}

static gboolean
make_folder (const char *folder, char **ret_why)
{
  return g_mkdir_with_parents (folder, 0777) == 0 || fail ("make the folder", folder, errno, ret_why);
}

/* What is there is to survive a crash of the machine, too. Not every system knows that of folders. */
static void
sync_to_disk (const char *file)
{
  int descriptor = g_open (file, O_RDONLY | O_CLOEXEC, 0);
  if (descriptor < 0)
    return;
  fsync (descriptor);
  close (descriptor);
}

/* A file in a folder that has no place yet is written where it will stay; one that is replaced, beside it. */
static gboolean
write_file (const char *folder, const char *name, const char *text, GFileSetContentsFlags flags,
            char **ret_why)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *file = g_build_filename (folder, name, NULL);
  if (g_file_set_contents_full (file, text, -1, flags, 0666, &error))
    return TRUE;
  *ret_why = g_strdup (error->message);
  return FALSE;
}

/* --- A finding --- */

static const char *const files_of_finding[] = { "original.yaml", "scenario.yaml", "report.txt", "trace.db" };

/* What a run shows, and how that came about. */
static void
print_report (const OrrFinished *finished, const OrrFuzzPlan *plan, GString *text)
{
  const OrrCheckBudget budget = ORR_CHECK_BUDGET_DEFAULT;
  const OrrReportStyle style = { .again = "orrery run scenario.yaml" };
  const OrrExplainStyle story = { .again = "orrery explain scenario.yaml",
                                  .apart = plan->apart,
                                  .watch = plan->run.watch,
                                  .watch_data = plan->run.watch_data };
  g_autoptr (OrrReport) report = orr_report_new (finished->trace, NULL, FALSE, &budget);
  if (finished->verdict->kind == ORR_VIOLATED)
    {
      orr_explain (finished->trace, finished->verdict, plan->catalog, &story, text);
      g_string_append_c (text, '\n');
    }
  orr_report_print (report, &style, text);
}

static gboolean
write_scenario (const char *folder, const char *name, const OrrScenario *scenario, char **ret_why)
{
  g_autofree char *text = orr_scenario_to_whole_text (scenario);
  return write_file (folder, name, text, UNPLACED_FILE, ret_why);
}

gboolean
fuzz_folder_keep (const char *folder, guint candidate, const OrrFinished *finished, const OrrFuzzPlan *plan,
                  char **ret_why)
{
  g_autofree char *inner = unplaced (folder, candidate);
  g_autofree char *trace = g_build_filename (inner, "trace.db", NULL);
  g_autoptr (GString) report = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  remove_folder (inner); /* of someone who died over it */
  if (finished->trace)
    print_report (finished, plan, report);
  if (!make_folder (inner, ret_why) || !write_scenario (inner, "original.yaml", finished->original, ret_why)
      || !write_scenario (inner, "scenario.yaml", finished->scenario, ret_why)
      || !write_file (inner, "report.txt", report->str, UNPLACED_FILE, ret_why))
    return FALSE;
  if (!finished->trace || orr_trace_save (finished->trace, trace, &error))
    return TRUE;
  *ret_why = g_strdup (error->message);
  return FALSE;
}

/* Of a run that died nobody else can report. */
static gboolean
write_death (const char *inner, const OrrFinding *finding, char **ret_why)
{
  if (!finding->died)
    return TRUE;
  g_autofree char *text
      = finding->check ? g_strdup_printf ("%s is violated, and whoever looked closer died of it: %s\n",
                                          finding->check->entry.name, finding->died)
                       : g_strdup_printf ("The run died, which is a mistake of the model's, or ours: %s\n",
                                          finding->died);
  return make_folder (inner, ret_why) && write_file (inner, "report.txt", text, UNPLACED_FILE, ret_why);
}

/* Files first, then the name by which they are found. */
static gboolean
move_to_place (const char *from, const char *folder, const OrrFinding *finding, char **ret_why)
{
  g_autofree char *name = fuzz_folder_of (finding);
  g_autofree char *to = g_build_filename (folder, name, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (files_of_finding); i++)
    {
      g_autofree char *file = g_build_filename (from, files_of_finding[i], NULL);
      sync_to_disk (file);
    }
  if (g_rename (from, to) != 0)
    return fail ("make the folder", to, errno, ret_why);
  sync_to_disk (folder);
  return TRUE;
}

gboolean
fuzz_folder_place (const char *folder, const OrrFinding *finding, char **ret_why)
{
  g_autofree char *name = fuzz_folder_of (finding);
  g_autofree char *from = unplaced (folder, finding->candidate);
  g_autofree char *to = g_build_filename (folder, name, NULL);
  if (g_file_test (to, G_FILE_TEST_EXISTS))
    return TRUE; /* of a campaign that goes on from before it */
  return write_death (from, finding, ret_why) && move_to_place (from, folder, finding, ret_why);
}

static gboolean
copy_file (const char *from, const char *to, const char *name, char **ret_why)
{
  g_autofree char *file = g_build_filename (from, name, NULL);
  g_autofree char *copy = g_build_filename (to, name, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;
  if (!g_file_test (file, G_FILE_TEST_EXISTS))
    return TRUE;
  if (g_file_get_contents (file, &text, &length, &error)
      && g_file_set_contents_full (copy, text, (gssize) length, UNPLACED_FILE, 0666, &error))
    return TRUE;
  *ret_why = g_strdup (error->message);
  return FALSE;
}

gboolean
fuzz_folder_copy (const char *folder, const OrrFinding *finding, const char *from, char **ret_why)
{
  g_autofree char *inner = unplaced (folder, finding->number);
  if (!make_folder (inner, ret_why))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (files_of_finding); i++)
    if (!copy_file (from, inner, files_of_finding[i], ret_why))
      return FALSE;
  return move_to_place (inner, folder, finding, ret_why);
}

/* --- The whole --- */

static void
add_number (JsonBuilder *json, const char *name, guint64 number)
{
  g_autofree char *text = g_strdup_printf ("%" G_GUINT64_FORMAT, number);
  orr_json_add_text (json, name, text);
}

static void
add_words (JsonBuilder *json, const char *name, char **words)
{
  orr_json_begin_array (json, name);
  for (char **word = words; word && *word; word++)
    {
      g_autofree char *valid = g_utf8_make_valid (*word, -1);
      json_builder_add_string_value (json, valid);
    }
  json_builder_end_array (json);
}

static gboolean
write_json (const char *folder, const char *name, JsonBuilder *json, char **ret_why)
{
  g_autoptr (GString) text = g_string_new (NULL);
  orr_json_print (json, text);
  g_string_append_c (text, '\n');
  return make_folder (folder, ret_why) && write_file (folder, name, text->str, REPLACED_FILE, ret_why);
}

gboolean
fuzz_folder_write_question (const char *folder, const FuzzQuestion *question, char **ret_why)
{
  g_autoptr (JsonBuilder) json = json_builder_new ();
  json_builder_begin_object (json);
  orr_json_add_text (json, "orrery", ORR_VERSION);
  orr_json_add_text (json, "name", question->name);
  add_number (json, "first", question->first);
  add_number (json, "last", question->last);
  add_words (json, "properties", question->properties);
  add_words (json, "sets", question->sets);
  orr_json_add_bool (json, "keep-going", question->keep_going);
  add_number (json, "shrink-runs", question->shrink_runs);
  add_number (json, "events-max", question->events_max);
  orr_json_add_bool (json, "merged", question->merged);
  orr_json_add_text (json, "seeds", question->seeds);
  orr_json_add_text (json, "scenario", question->scenario);
  json_builder_end_object (json);
  return write_json (folder, "campaign.json", json, ret_why);
}

gboolean
fuzz_folder_write_state (const char *folder, const OrrFuzz *fuzz, char **ret_why)
{
  g_autoptr (GString) text = g_string_new (NULL);
  orr_fuzz_save (fuzz, text);
  g_string_append_c (text, '\n');
  return make_folder (folder, ret_why)
         && write_file (folder, "state.json", text->str, REPLACED_FILE, ret_why);
}

void
fuzz_folder_tell (JsonBuilder *json, const char *folder, const OrrFinding *finding)
{
  orr_json_add_int (json, "number", finding->number);
  orr_json_add_text (json, "property", finding->check ? finding->check->entry.name : NULL);
  orr_json_add_text (json, "died", finding->died);
  orr_json_add_text (json, "sentence", finding->sentence);
  orr_json_add_text (json, "folder", folder);
  orr_json_add_text (json, "needs", finding->shape);
  add_number (json, "seed", finding->seed);
  orr_json_add_text (json, "strategy", orr_strategy_name (finding->strategy));
  orr_json_add_bool (json, "shrunk", finding->finished == ORR_FINISH_SHRINK);
  orr_json_add_bool (json, "minimal", finding->is_minimal);
  orr_json_add_bool (json, "explicit", finding->is_explicit);
  orr_json_add_int (json, "operations", finding->n_operations);
  orr_json_add_int (json, "faults", finding->n_faults);
  orr_json_add_int (json, "actions", finding->n_actions);
  orr_json_add_int (json, "pins", finding->n_pins);
}

gboolean
fuzz_folder_write_index (const char *folder, const GPtrArray *findings, char **ret_why)
{
  g_autoptr (JsonBuilder) json = json_builder_new ();
  json_builder_begin_array (json);
  for (guint i = 0; i < findings->len; i++)
    {
      g_autofree char *inner = fuzz_folder_of (findings->pdata[i]);
      json_builder_begin_object (json);
      fuzz_folder_tell (json, inner, findings->pdata[i]);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
  return write_json (folder, "index.json", json, ret_why);
}

/* --- Reading it --- */

/* The JSON value of a file; NULL: there is none. The caller unrefs it. */
static JsonNode *
read_json (const char *folder, const char *name)
{
  g_autofree char *file = g_build_filename (folder, name, NULL);
  g_autofree char *text = NULL;
  gsize length;
  return g_file_get_contents (file, &text, &length, NULL) ? orr_json_read (text, length) : NULL;
}

static char *
get_text (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);
  return node && JSON_NODE_HOLDS_VALUE (node) ? g_strdup (json_node_get_string (node)) : NULL;
}

static gboolean
get_bool (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);
  return node && JSON_NODE_HOLDS_VALUE (node) && json_node_get_boolean (node);
}

static gboolean
get_number (JsonObject *object, const char *name, guint64 *number)
{
  g_autofree char *text = get_text (object, name);
  return text && g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT64, number, NULL);
}

/* NULL where there are none. */
static gboolean
get_words (JsonObject *object, const char *name, char ***ret_words)
{
  JsonNode *node = json_object_get_member (object, name);
  if (!node || !JSON_NODE_HOLDS_ARRAY (node))
    return FALSE;
  JsonArray *array = json_node_get_array (node);
  guint n = json_array_get_length (array);
  *ret_words = n > 0 ? g_new0 (char *, n + 1) : NULL;
  for (guint i = 0; i < n; i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      const char *word = JSON_NODE_HOLDS_VALUE (element) ? json_node_get_string (element) : NULL;
      if (!word)
        return FALSE;
      (*ret_words)[i] = g_strdup (word);
    }
  return TRUE;
}

static gboolean
get_properties (JsonObject *object, FuzzQuestion *question)
{
  if (!get_words (object, "properties", &question->properties))
    return FALSE;
  for (char **name = question->properties; name && *name; name++)
    if (!orr_checks_find (*name))
      return FALSE;
  return TRUE;
}

static gboolean
get_question (JsonObject *object, FuzzQuestion *question)
{
  question->name = get_text (object, "name");
  question->scenario = get_text (object, "scenario");
  question->keep_going = get_bool (object, "keep-going");
  question->merged = get_bool (object, "merged");
  question->seeds = get_text (object, "seeds");
  return question->name && question->scenario && get_number (object, "first", &question->first)
         && get_number (object, "last", &question->last) && question->first <= question->last
         && get_number (object, "shrink-runs", &question->shrink_runs)
         && get_number (object, "events-max", &question->events_max) && get_properties (object, question)
         && get_words (object, "sets", &question->sets);
}

gboolean
fuzz_folder_read_question (const char *folder, FuzzQuestion *ret_question)
{
  g_autoptr (JsonNode) root = read_json (folder, "campaign.json");
  *ret_question = (FuzzQuestion){ 0 };
  if (!root || !JSON_NODE_HOLDS_OBJECT (root))
    {
      complain ("there is no campaign in '%s': it has no campaign.json that can be read", folder);
      return FALSE;
    }
  JsonObject *object = json_node_get_object (root);
  g_autofree char *version = get_text (object, "orrery");
  if (g_strcmp0 (version, ORR_VERSION) != 0)
    complain ("the campaign in '%s' was made by version %s, and this is " ORR_VERSION
              ": by another version the same seeds may give other runs",
              folder, version ? version : "(unknown)");
  else if (!get_question (object, ret_question))
    complain ("'%s/campaign.json' does not say what was asked for", folder);
  else
    return TRUE;
  fuzz_question_clear (ret_question);
  return FALSE;
}

gboolean
fuzz_folder_read_state (const char *folder, OrrFuzz *fuzz)
{
  g_autofree char *file = g_build_filename (folder, "state.json", NULL);
  g_autofree char *text = NULL;
  gsize length;
  g_autoptr (GError) error = NULL;
  if (!g_file_get_contents (file, &text, &length, &error))
    {
      if (g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        return TRUE;
      complain ("%s", error->message);
      return FALSE;
    }
  if (orr_fuzz_load (fuzz, text, length))
    return TRUE;
  complain ("'%s' is damaged: it does not say what is known", file);
  return FALSE;
}

guint
fuzz_folder_count_indexed (const char *folder)
{
  g_autoptr (JsonNode) root = read_json (folder, "index.json");
  return root && JSON_NODE_HOLDS_ARRAY (root) ? json_array_get_length (json_node_get_array (root)) : 0;
}
