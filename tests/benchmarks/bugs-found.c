/* bugs-found.c: how long fuzzing takes to find each known mistake of each model, as a page.
 *
 * A mistake that is known and can be switched on tells what a search is worth. Each is looked for by some
 * campaigns with seeds of their own, in a base scenario of its model, and what they find is shrunk. Of the
 * models without mistakes one long campaign must find nothing.
 *
 * usage: benchmark-bugs-found ORRERY MODELS [--campaigns N] [--runs N] [--clean-runs N]      prints
 * docs/bugs-found.md */
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>

#include "engine/model.h"
#include "report/catalog-new.h"

static int n_campaigns = 20, n_runs = 10000, n_clean = 100000, n_jobs = 1;
static char *into;

static const GOptionEntry entries[]
    = { { "campaigns", 0, 0, G_OPTION_ARG_INT, &n_campaigns, "of each mistake", "N" },
        { "runs", 0, 0, G_OPTION_ARG_INT, &n_runs, "of a campaign, at most", "N" },
        { "clean-runs", 0, 0, G_OPTION_ARG_INT, &n_clean, "of a model without mistakes", "N" },
        { "jobs", 0, 0, G_OPTION_ARG_INT, &n_jobs, "so many rows at once", "N" },
        { "into", 0, 0, G_OPTION_ARG_FILENAME, &into, "write the page there", "FILE" },
        { 0 } };

/* Mistakes that show where the model's usual base promises too little. */
static const struct
{
  const char *bug, *base;
} bases[] = { { "decision-not-retried", "hunt-waiting" } };

/* What a campaign came to. */
typedef struct
{
  gboolean found;
  double runs, operations, faults, actions, pins, seconds;
  char *property;
} Hunt;

static double
cpu_of_children (void)
{
  struct rusage usage;
  getrusage (RUSAGE_CHILDREN, &usage);
  return (double) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
         + (double) (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

/* --- One campaign --- */

static const char *
base_of (const char *bug)
{
  for (guint i = 0; bug && i < G_N_ELEMENTS (bases); i++)
    if (strcmp (bases[i].bug, bug) == 0)
      return bases[i].base;
  return "hunt";
}

/* The result of `orrery fuzz --json`. The caller unrefs it. */
static JsonNode *
fuzz (const char *orrery, const char *file, const char *set, guint64 first, guint64 runs, const char *folder)
{
  g_autofree char *seeds
      = g_strdup_printf ("%" G_GUINT64_FORMAT "..%" G_GUINT64_FORMAT, first, first + runs - 1);
  const char *const words[] = { orrery,   "fuzz", file,      "--set",  set,     "--seeds", seeds,
                                "--jobs", "1",    "--quiet", "--json", "--out", folder,    NULL };
  g_autofree char *said = NULL, *complaint = NULL;
  g_autoptr (JsonParser) parser = json_parser_new ();
  int status;
  gboolean ran = g_spawn_sync (NULL, (char **) words, NULL, G_SPAWN_DEFAULT, NULL, NULL, &said, &complaint,
                               &status, NULL);
  if (!ran || !json_parser_load_from_data (parser, said, -1, NULL))
    g_error ("the program failed: %s", complaint);
  return json_parser_steal_root (parser);
}

static void
remove_folder (const char *folder)
{
  const char *const words[] = { "rm", "-rf", folder, NULL };
  g_spawn_sync (NULL, (char **) words, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL);
}

static Hunt
hunt (const char *orrery, const char *file, const char *set, guint64 first, guint64 runs, const char *folder)
{
  double before = cpu_of_children ();
  g_autoptr (JsonNode) root = fuzz (orrery, file, set, first, runs, folder);
  JsonObject *object = json_node_get_object (root);
  JsonArray *findings = json_object_get_array_member (object, "findings");
  Hunt result = { .found = json_array_get_length (findings) > 0,
                  .runs = (double) json_object_get_int_member (object, "runs"),
                  .seconds = cpu_of_children () - before };
  if (result.found)
    {
      JsonObject *finding = json_array_get_object_element (findings, 0);
      result.property = g_strdup (json_object_get_string_member (finding, "property"));
      result.operations = (double) json_object_get_int_member (finding, "operations");
      result.faults = (double) json_object_get_int_member (finding, "faults");
      result.actions = (double) json_object_get_int_member (finding, "actions");
      result.pins = (double) json_object_get_int_member (finding, "pins");
    }
  remove_folder (folder);
  return result;
}

/* --- Many of them --- */

typedef double (*Measure) (const Hunt *hunt);

#define MEASURE(what)                                                                                        \
  static double what##_of (const Hunt *hunted)                                                               \
  {                                                                                                          \
    return hunted->what;                                                                                     \
  }
MEASURE (runs)
MEASURE (operations)
MEASURE (faults)
MEASURE (actions)
MEASURE (pins)
MEASURE (seconds)

static gint
compare (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;
  return x < y ? -1 : x > y;
}

/* " median (least–most) |" over the campaigns that found it. */
static void
print_column (const GArray *hunts, Measure measure, int digits)
{
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (double));
  for (guint i = 0; i < hunts->len; i++)
    {
      const Hunt *one = &g_array_index (hunts, Hunt, i);
      double value = measure (one);
      if (one->found)
        g_array_append_val (values, value);
    }
  g_array_sort (values, compare);
  guint n = values->len;
  const double *sorted = (const double *) (gconstpointer) values->data;
  if (n == 0)
    {
      printf (" – |");
      return;
    }
  double median = (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
  g_autofree char *middle = g_strdup_printf ("%.*f", digits, median);
  g_autofree char *least = g_strdup_printf ("%.*f", digits, sorted[0]);
  g_autofree char *most = g_strdup_printf ("%.*f", digits, sorted[n - 1]);
  if (strcmp (least, most) == 0)
    printf (" %s |", middle);
  else
    printf (" %s (%s–%s) |", middle, least, most);
}

/* The properties that were violated, each once, in the order in which they were met. */
static void
print_properties (const GArray *hunts)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  for (guint i = 0; i < hunts->len; i++)
    {
      char *name = g_array_index (hunts, Hunt, i).property;
      if (name && !g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
        g_ptr_array_add (names, name);
    }
  g_ptr_array_add (names, NULL);
  g_autofree char *list = g_strjoinv (", ", (char **) names->pdata);
  printf (" %s |", *list ? list : "–");
}

static void
print_row (const char *model, const char *bug, const GArray *hunts)
{
  guint found = 0;
  for (guint i = 0; i < hunts->len; i++)
    found += g_array_index (hunts, Hunt, i).found ? 1 : 0;
  printf ("| %s | `%s` |", model, bug);
  print_properties (hunts);
  printf (" %u of %u |", found, hunts->len);
  print_column (hunts, runs_of, 0);
  print_column (hunts, operations_of, 0);
  print_column (hunts, faults_of, 0);
  print_column (hunts, actions_of, 0);
  print_column (hunts, pins_of, 0);
  print_column (hunts, seconds_of, 1);
  printf ("\n");
  fflush (stdout);
}

static void
hunt_bug (const char *orrery, const char *models, const char *model, const char *bug, const char *folder)
{
  g_autoptr (GArray) hunts = g_array_new (FALSE, FALSE, sizeof (Hunt));
  g_autofree char *file = g_strdup_printf ("%s/%s/%s.yaml", models, model, base_of (bug));
  g_autofree char *set = g_strdup_printf ("model={name: %s, bugs: [%s]}", model, bug);
  for (int i = 0; i < n_campaigns; i++)
    {
      Hunt one = hunt (orrery, file, set, (guint64) i * 1000000 + 1, (guint64) n_runs, folder);
      g_array_append_val (hunts, one);
    }
  print_row (model, bug, hunts);
  for (guint i = 0; i < hunts->len; i++)
    g_free (g_array_index (hunts, Hunt, i).property);
}

static void
print_clean (const char *orrery, const char *models, const char *model, const char *base, const char *folder)
{
  g_autofree char *file = g_strdup_printf ("%s/%s/%s.yaml", models, model, base);
  g_autofree char *set = g_strdup_printf ("model=%s", model);
  Hunt one = hunt (orrery, file, set, 1, (guint64) n_clean, folder);
  printf ("| `%s/%s` | %.0f | %s | %.0f |\n", model, base, one.runs, one.found ? one.property : "nothing",
          one.seconds);
  fflush (stdout);
  g_free (one.property);
}

static void
print_head (void)
{
  printf (
      "# Known mistakes, and how long fuzzing takes to find them\n\n"
      "Each model has mistakes of real systems that can be switched on (`orrery models NAME` tells of them). "
      "A search is worth what it finds: "
      "each was looked for by %d\ncampaigns of at most %d runs, with seeds of their own, as by\n\n"
      "```sh\norrery fuzz lww-cache/hunt --set 'model={name: lww-cache, bugs: [tie-keeps-local]}'\n```\n\n"
      "in the model's scenario `hunt`, which has no faults of its own",
      n_campaigns, n_runs);
  for (guint i = 0; i < G_N_ELEMENTS (bases); i++)
    printf ("; `%s` in `%s`", bases[i].bug, bases[i].base);
  printf (
      ". Sought was what the model promises without its mistakes. *Runs* is how many\nthere were with the "
      "first that showed a "
      "violation; operations, faults, actions and pins are those of the scenario that was left after "
      "shrinking; seconds are of one "
      "processor, shrinking\nincluded. Shown are medians, with the least and the most of the campaigns that "
      "found it.\n\n"
      "| model | mistake | violated | found by | runs | operations | faults | actions | pins | seconds |\n"
      "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n");
}

/* --- Rows, each by a process of its own, so that the processor time of its campaigns can be told --- */

typedef struct
{
  const char *model, *bug, *base; /* bug NULL: none is switched on */
} Row;

static GArray *
all_rows (gboolean clean)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (Row));
  for (guint i = 0; orr_models[i]; i++)
    {
      Row row = { .model = orr_models[i]->entry.name, .base = "hunt" };
      if (clean)
        g_array_append_val (rows, row);
      for (const OrrBug *bug = clean ? NULL : orr_models[i]->bugs; bug && bug->name; bug++)
        {
          row.bug = bug->name;
          g_array_append_val (rows, row);
        }
    }
  return rows;
}

static void
make_row (const Row *row, char **argv, const char *folder, const char *file)
{
  if (!freopen (file, "w", stdout))
    _exit (1);
  if (row->bug)
    hunt_bug (argv[1], argv[2], row->model, row->bug, folder);
  else
    print_clean (argv[1], argv[2], row->model, row->base, folder);
  fflush (stdout);
  _exit (0);
}

static void
print_rows (GArray *rows, char **argv, const char *top)
{
  int running = 0, status;
  fflush (stdout);
  for (guint i = 0; i < rows->len; i++)
    {
      g_autofree char *folder = g_strdup_printf ("%s/findings-%u", top, i);
      g_autofree char *file = g_strdup_printf ("%s/row-%u", top, i);
      if (running == n_jobs && wait (&status) > 0)
        running--;
      running++;
      if (fork () == 0)
        make_row (&g_array_index (rows, Row, i), argv, folder, file);
    }
  while (wait (&status) > 0)
    if (status != 0)
      g_error ("a row could not be made");
  for (guint i = 0; i < rows->len; i++)
    {
      g_autofree char *file = g_strdup_printf ("%s/row-%u", top, i);
      g_autofree char *text = NULL;
      if (!g_file_get_contents (file, &text, NULL, NULL) || !*text)
        g_error ("a row could not be made");
      fputs (text, stdout);
    }
  g_array_unref (rows);
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new ("ORRERY MODELS");
  g_autoptr (GError) error = NULL;
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc != 3)
    g_error ("usage: benchmark-bugs-found ORRERY MODELS; %s", error ? error->message : "");
  g_autofree char *top = g_dir_make_tmp ("bugs-found-XXXXXX", NULL);
  g_autofree char *beside = into ? g_strconcat (into, ".new", NULL) : NULL;
  if (beside && !freopen (beside, "w", stdout))
    g_error ("can't write '%s'", beside);
  print_head ();
  print_rows (all_rows (FALSE), argv, top);
  printf ("\nWithout mistakes the models must stay clean:\n\n| scenario | runs | found | seconds |\n| --- | "
          "--- | "
          "--- | --- |\n");
  print_rows (all_rows (TRUE), argv, top);
  printf ("\nThe program wrote this page: `ninja -C build update-bugs-found`.\n");
  remove_folder (top);
  if (fflush (stdout) != 0 || (beside && g_rename (beside, into) != 0))
    g_error ("can't write '%s'", into ? into : "standard output");
  return 0;
}
