/* scenario.c: from a text to a scenario, and its life.
 *
 * The text becomes a tree, `--set` changes the tree, and the parts are read from it one after the other. All
 * problems are collected; only a text without any becomes a scenario. */
#include "scenario/scenario-private.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* --- Life --- */

static OrrScenario *
scenario_new (const char *file)
{
  OrrScenario *scenario = g_new0 (OrrScenario, 1);
  scenario->ref_count = 1;
  scenario->arena = orr_arena_new ();
  scenario->terms = orr_terms_new ();
  scenario->file = orr_arena_strdup (scenario->arena, file);
  if (file)
    {
      g_autofree char *directory = g_path_get_dirname (file);
      scenario->directory = orr_arena_strdup (scenario->arena, directory);
    }
  return scenario;
}

OrrScenario *
orr_scenario_ref (const OrrScenario *scenario)
{
  OrrScenario *counted = (OrrScenario *) scenario;
  g_atomic_int_inc (&counted->ref_count);
  return counted;
}

void
orr_scenario_unref (OrrScenario *scenario)
{
  if (!scenario || !g_atomic_int_dec_and_test (&scenario->ref_count))
    return;
  orr_layout_free (scenario->layout);
  orr_terms_unref (scenario->terms);
  orr_arena_free (scenario->arena);
  g_free (scenario);
}

OrrTerms *
orr_scenario_copy_terms (const OrrScenario *scenario)
{
  return orr_terms_copy (scenario->terms);
}

/* --- Duration --- */

/* When an operation is due at the earliest: those it waits for have ended at once. Each waits for one other
 * at most and none for itself, so that a walk along a chain ends; what is known of a chain already is not
 * walked again. */
static OrrTime
due_time (const OrrPlannedOperation *operations, guint index, OrrTime *known, guint *stack)
{
  guint depth = 0;
  gint32 at = (gint32) index;
  while (at >= 0 && known[at] == ORR_TIME_UNSET)
    {
      stack[depth++] = (guint) at;
      at = operations[at].after;
    }
  OrrTime due = at >= 0 ? known[at] : 0;
  while (depth > 0)
    {
      guint next = stack[--depth];
      due = MIN (orr_time_add (due, operations[next].at), ORR_TIME_MAX);
      known[next] = due;
    }
  return due;
}

static OrrTime
last_operation (const OrrArray *operations)
{
  g_autofree OrrTime *known = g_new (OrrTime, operations->length);
  g_autofree guint *stack = g_new (guint, operations->length);
  OrrTime last = 0;
  for (guint i = 0; i < operations->length; i++)
    known[i] = ORR_TIME_UNSET;
  for (guint i = 0; i < operations->length; i++)
    last = MAX (last, due_time (operations->data, i, known, stack));
  return last;
}

static OrrTime
last_fault (const OrrArray *faults)
{
  OrrTime last = 0;
  for (guint i = 0; i < faults->length; i++)
    {
      const OrrFaultPlan *plan = (const OrrFaultPlan *) faults->data + i;
      OrrTime duration = 0;
      if (plan->trigger != ORR_TRIGGER_AT)
        continue;
      if (plan->duration)
        orr_distribution_is_constant (plan->duration, &duration);
      last = MAX (last, orr_time_add (plan->at, MAX (duration, 0)));
    }
  return last;
}

OrrTime
orr_scenario_default_duration (const OrrScenario *scenario)
{
  OrrTime last = MAX (last_operation (&scenario->workload.operations), last_fault (&scenario->faults));
  return MIN (orr_time_add (last, ORR_DURATION_DEFAULT), ORR_TIME_MAX);
}

static void
settle_duration (OrrScenarioReader *reader)
{
  OrrScenario *scenario = reader->scenario;
  const OrrYaml *faults = orr_yaml_get (reader->root, "faults");
  if (scenario->duration == ORR_TIME_UNSET)
    {
      scenario->duration = orr_scenario_default_duration (scenario);
      return;
    }
  guint next = 0;
  for (guint i = 0; next < scenario->faults.length; i++)
    {
      if (faults->children[i]->kind != ORR_YAML_MAP)
        continue; /* it became no plan */
      const OrrFaultPlan *plan = (const OrrFaultPlan *) scenario->faults.data + next++;
      if (plan->trigger != ORR_TRIGGER_AT || plan->at < scenario->duration)
        continue;
      g_autofree char *at = orr_duration_to_text (plan->at);
      g_autofree char *duration = orr_duration_to_text (scenario->duration);
      const OrrYaml *node = orr_yaml_get (faults->children[i], "at");
      orr_problems_add (reader->problems, node ? node->place : faults->children[i]->place,
                        "let it strike earlier, or make 'duration' longer",
                        "a fault at %s never strikes: the workload is over at %s", at, duration);
    }
}

/* --- Reading --- */

static const char *const part_names[]
    = { "model",    "options", "nodes", "clients", "network", "clocks", "disk",
        "workload", "faults",  "pins",  "expect",  "fuzz",    "sweep",  NULL };

/* What stands at the top: some values, and the parts. A word that is known elsewhere is told from one that is
 * not. */
static void
read_top (OrrScenarioReader *reader)
{
  g_autoptr (GPtrArray) known = orr_words_new ();
  for (guint i = 0; part_names[i]; i++)
    g_ptr_array_add (known, (gpointer) part_names[i]);
  orr_words_add_fields (reader, known, orr_scenario_fields);
  orr_words_end (known);
  g_autoptr (GPtrArray) skipped = orr_words_new ();
  for (guint i = 0; part_names[i]; i++)
    g_ptr_array_add (skipped, (gpointer) part_names[i]);
  /* Of so many unknown words all problems that are shown can be made; a text may hold a million of them. */
  guint n_unknown = 0;
  for (guint i = 0; i < reader->root->n_children && n_unknown < ORR_PROBLEMS_MAX; i++)
    {
      const OrrYaml *key = reader->root->keys[i];
      if (!orr_suggest (key->text, (const char *const *) known->pdata) && ++n_unknown
          && orr_scenario_refuse_stray (reader, key))
        g_ptr_array_add (skipped, (gpointer) key->text);
    }
  orr_yaml_read (reader->root, orr_scenario_fields, "the scenario", orr_words_end (skipped), &reader->context,
                 reader->scenario, reader->problems);
}

/* The parts, in an order in which each can rely on those before. */
static void
read_parts (OrrScenarioReader *reader)
{
  OrrScenario *scenario = reader->scenario;
  read_top (reader);
  orr_scenario_read_model (reader);
  orr_scenario_read_nodes (reader);
  orr_yaml_read (orr_scenario_section (reader, "network"), orr_scenario_network_fields, "network", NULL,
                 &reader->context, &scenario->network, reader->problems);
  orr_scenario_check_network (reader);
  orr_yaml_read (orr_scenario_section (reader, "clocks"), orr_scenario_clock_fields, "clocks", NULL,
                 &reader->context, &scenario->clocks, reader->problems);
  orr_yaml_read (orr_scenario_section (reader, "disk"), orr_scenario_disk_fields, "disk", NULL,
                 &reader->context, &scenario->disk, reader->problems);
  orr_scenario_read_workload (reader);
  orr_scenario_read_faults (reader);
  orr_scenario_read_pins (reader);
  settle_duration (reader);
  orr_scenario_read_expect (reader);
  orr_scenario_read_variations (reader);
}

const OrrModel *
orr_scenario_find_model (OrrScenarioReader *reader)
{
  const OrrYaml *name = orr_yaml_get (reader->root, "model");
  if (name && name->kind == ORR_YAML_MAP)
    name = orr_yaml_get (name, "name");
  return name && name->kind == ORR_YAML_SCALAR ? orr_catalog_find_model (reader->catalog, name->text) : NULL;
}

/* Turns a bare value into the map that it is short for. */
static void
spell_out (OrrScenarioReader *reader, OrrYaml *node, const char *shorthand)
{
  gboolean blank = node->kind == ORR_YAML_SCALAR && !node->quoted && *node->text == '\0';
  if (!shorthand || node->kind == ORR_YAML_MAP || blank || node->refused)
    return;
  g_autoptr (GString) key = g_string_new (NULL);
  orr_name_print (shorthand, key);
  OrrYaml *bare = orr_arena_copy (reader->scratch, node, sizeof *node);
  const OrrYaml *empty = orr_scenario_empty_map (reader, node->place);
  *node = *orr_scenario_with (reader, empty, key->str, bare, node->place);
}

/* Does that along the parts of a path, so that `options.router.window` is found where the file says `router:
 * time-window`. */
static void
spell_out_path (OrrScenarioReader *reader, const OrrField *fields, OrrYaml *node, char **parts)
{
  while (node && fields && parts[0] && parts[1])
    {
      const OrrField *field = orr_fields_find (fields, parts[0]);
      node = orr_yaml_get (node, *parts++);
      if (!field || !field->fields || !node)
        return;
      gboolean many = field->type != &orr_type_RECORD;
      if (many)
        {
          guint64 index = node->kind == ORR_YAML_LIST ? g_ascii_strtoull (parts[0], NULL, 10) : 0;
          node = node->kind != ORR_YAML_LIST ? orr_yaml_get (node, parts[0])
                 : index < node->n_children  ? node->children[index]
                                             : NULL;
          parts++;
        }
      if (node && parts[0])
        spell_out (reader, node, field->shorthand);
      fields = field->fields;
    }
}

static void
spell_out_short_forms (OrrScenarioReader *reader, const char *path)
{
  g_auto (GStrv) parts = g_strsplit (path, ".", ORR_DOCUMENT_DEPTH_MAX);
  OrrYaml *name = orr_yaml_get (reader->root, "model");
  if (!parts[0] || !parts[1] || !name)
    return;
  if (strcmp (parts[0], "model") == 0)
    spell_out (reader, name, "name");
  const OrrModel *model = orr_scenario_find_model (reader);
  if (model && strcmp (parts[0], "options") == 0)
    spell_out_path (reader, model->entry.fields, orr_yaml_get (reader->root, "options"), parts + 1);
}

/* One PATH=VALUE. */
static void
apply_set (OrrScenarioReader *reader, const char *set)
{
  const char *equals = strchr (set, '=');
  if (!equals)
    {
      g_autofree char *quoted = orr_quote (set);
      orr_problems_add (reader->problems, (OrrPlace){ .file = "--set" }, "write PATH=VALUE, as in seed=7",
                        "%s has no '='", quoted);
      return;
    }
  g_autofree char *path = g_strndup (set, (gsize) (equals - set));
  spell_out_short_forms (reader, path);
  orr_yaml_set (reader->root, path, equals + 1, reader->scratch, reader->problems);
}

/* The tree, with what --set changes; NULL where there is nothing to read. */
static OrrYaml *
read_tree (OrrScenarioReader *reader, const char *text, gsize length, const char *const *sets)
{
  reader->root = orr_yaml_parse (text, length, reader->scratch, reader->problems);
  if (!reader->root || !orr_scenario_is_map (reader, reader->root, "a scenario"))
    return NULL;
  for (guint i = 0; sets && sets[i]; i++)
    apply_set (reader, sets[i]);
  return reader->root;
}

static OrrScenario *
parse (const char *text, gsize length, const char *file, const char *const *sets, const OrrCatalog *catalog,
       gboolean try_variations, OrrProblems *problems)
{
  g_autoptr (OrrScenario) scenario = scenario_new (file);
  g_autoptr (OrrArena) scratch = orr_arena_new ();
  g_autoptr (GHashTable) sessions = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) nodes = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) actors = g_hash_table_new (g_str_hash, g_str_equal);
  OrrScenarioReader reader = {
    .scenario = scenario,
    .catalog = catalog,
    .arena = scenario->arena,
    .scratch = scratch,
    .problems = problems,
    .sessions = sessions,
    .context = { .arena = scenario->arena, .terms = scenario->terms, .directory = scenario->directory },
  };
  guint before = orr_problems_get_length (problems);
  reader.actors = reader.context;
  reader.context.index = nodes;
  reader.actors.index = actors;
  if (!read_tree (&reader, text, length, sets))
    return NULL;
  reader.damaged = orr_problems_get_length (problems) != before;
  read_parts (&reader);
  if (try_variations && !reader.damaged && !orr_scenario_hopeless (&reader))
    orr_scenario_check_variations (&reader, text, length, sets);
  g_clear_pointer (&reader.doubtful_nodes, g_hash_table_unref);
  g_clear_pointer (&reader.doubtful_sessions, g_hash_table_unref);
  if (orr_problems_get_length (problems) != before)
    return NULL;
  orr_scenario_name_faults (scenario);
  g_autofree char *canonical = orr_scenario_to_text (scenario);
  scenario->text = orr_arena_strdup (scenario->arena, canonical);
  return g_steal_pointer (&scenario);
}

OrrScenario *
orr_scenario_parse_plain (const char *text, gsize length, const char *file, const char *const *sets,
                          const OrrCatalog *catalog, OrrProblems *problems)
{
  return parse (text, length, file, sets, catalog, FALSE, problems);
}

OrrScenario *
orr_scenario_parse (const char *text, gsize length, const char *file, const char *const *sets,
                    const OrrCatalog *catalog, OrrProblems *problems)
{
  orr_problems_set_file (problems, file);
  return parse (text, length, file, sets, catalog, TRUE, problems);
}

/* --- Files --- */

G_GNUC_PRINTF (3, 4)
static gboolean
fail (GError **error, gint code, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autoptr (GError) made = g_error_new_valist (G_FILE_ERROR, code, format, arguments);
  va_end (arguments);
  g_propagate_error (error, g_steal_pointer (&made));
  return FALSE;
}

/* All of an open regular file, as far as a scenario may be long. */
static gboolean
read_descriptor (int descriptor, const char *name, GString *text, GError **error)
{
  struct stat status;
  if (fstat (descriptor, &status) != 0)
    return fail (error, g_file_error_from_errno (errno), "can't read %s: %s", name, g_strerror (errno));
  if (S_ISDIR (status.st_mode))
    return fail (error, G_FILE_ERROR_ISDIR, "can't read %s: it is a directory", name);
  if (!S_ISREG (status.st_mode))
    return fail (error, G_FILE_ERROR_INVAL, "can't read %s: it is not a regular file", name);
  for (;;)
    {
      char buffer[16384];
      ssize_t n = read (descriptor, buffer, sizeof buffer);
      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return fail (error, g_file_error_from_errno (errno), "can't read %s: %s", name, g_strerror (errno));
      if (n == 0)
        return TRUE;
      g_string_append_len (text, buffer, n);
      if (text->len > ORR_DOCUMENT_BYTES_MAX)
        return fail (error, G_FILE_ERROR_INVAL, "can't read %s: a scenario has at most %d MiB", name,
                     ORR_DOCUMENT_BYTES_MAX / (1024 * 1024));
    }
}

OrrScenario *
orr_scenario_load (const char *file, const char *const *sets, const OrrCatalog *catalog,
                   OrrProblems *problems, GError **error)
{
  g_autofree char *line = orr_one_line (file);
  g_autofree char *name = g_strdup_printf ("'%s'", line); /* in full: a path's end says the most */
  g_autoptr (GString) text = g_string_new (NULL);
  int descriptor = open (file, O_RDONLY | O_NONBLOCK | O_CLOEXEC); /* a FIFO must not make us wait */
  if (descriptor < 0)
    {
      fail (error, g_file_error_from_errno (errno), "can't read %s: %s", name, g_strerror (errno));
      return NULL;
    }
  gboolean right = read_descriptor (descriptor, name, text, error);
  close (descriptor);
  return right ? orr_scenario_parse (text->str, text->len, file, sets, catalog, problems) : NULL;
}
