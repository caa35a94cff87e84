/* death-disk.c: a model that breaks the rules of disks and requests, one at a time. */
#include <string.h>

#include "engine/simulation.h"

typedef struct
{
  const char *breaks;
} Options;

static const OrrField option_fields[] = { ORR_FIELD (Options, breaks, NAME, .doc = "which rule"), { 0 } };

static const OrrRecord tables[] = { { .name = "only" }, { 0 } };

/* Does what the option names. */
static void
break_rule (OrrNode *node, OrrRequest request)
{
  const char *rule = ((const Options *) orr_options (node))->breaks;
  OrrValue two[2] = { ORR_NIL, ORR_NIL };
  OrrRequest unknown = { .serial = 99 };

  if (g_str_equal (rule, "none"))
    orr_complete (node, request, &(OrrResult){ .outcome = ORR_OK, .values = two });
  else if (g_str_equal (rule, "no-such-log"))
    orr_log_append (node, 1, NULL);
  else if (g_str_equal (rule, "no-such-cell"))
    orr_cell_put (node, 1, ORR_NIL, NULL);
  else if (g_str_equal (rule, "no-such-sync"))
    orr_disk_sync (node, 1, 0);
  else if (g_str_equal (rule, "behind-the-log"))
    orr_log_get (node, 0, orr_log_end (node, 0));
  else if (g_str_equal (rule, "a-gap"))
    orr_log_keep (node, 0, 1, 5);
  else if (g_str_equal (rule, "behind-the-keys"))
    orr_cell_key (node, 0, 0);
  else if (g_str_equal (rule, "no-such-request"))
    orr_complete_fail (node, unknown, NULL);
  else if (g_str_equal (rule, "one-value-for-two-steps"))
    orr_complete_value (node, request, ORR_NIL);
}

static void
on_request (OrrNode *node, const OrrOperation *operation)
{
  break_rule (node, operation->id);
}

static void
observe (OrrNode *node)
{
  if (g_str_equal (((const Options *) orr_options (node))->breaks, "effect-in-observe"))
    orr_log_append (node, 0, NULL);
}

static const OrrRole server
    = { .name = "server", .doc = "breaks a rule", .on_request = on_request, .observe = observe };

static void
layout (gconstpointer options, OrrLayout *nodes)
{
  orr_layout_add (nodes, 0, "server");
}

static const OrrRole *const roles[] = { &server, NULL };
static const char *const objects[] = { "register", NULL };

static const OrrModel clumsy = {
  .abi = ORR_MODEL_ABI,
  .entry
  = { .name = "clumsy", .summary = "Breaks a rule", .size = sizeof (Options), .fields = option_fields },
  .roles = roles,
  .syncs = tables,
  .logs = tables,
  .cells = tables,
  .objects = objects,
  .layout = layout,
};

int
main (int argc, char **argv)
{
  static const OrrModel *const models[] = { &clumsy, NULL };
  static const OrrEntry *const no_entries[] = { NULL };
  static const OrrMeasureEntry *const no_measures[] = { NULL };
  const OrrCatalog catalog = { models, orr_objects, no_entries, no_entries, no_measures };
  g_autoptr (OrrProblems) problems = orr_problems_new (NULL);
  g_autofree char *text = g_strdup_printf ("model: clumsy\noptions: {breaks: %s}\nworkload:\n  operations:\n"
                                           "    - {session: s1, steps: [{read: x}, {read: y}]}\n",
                                           argc == 2 ? argv[1] : "none");
  g_autoptr (OrrScenario) scenario = orr_scenario_parse (text, strlen (text), NULL, NULL, &catalog, problems);
  if (!scenario)
    {
      g_autofree char *message = orr_problems_to_text (problems);
      g_printerr ("%s\n", message);
      return 64;
    }
  orr_trace_free (orr_simulate (scenario, NULL));
  return 0;
}
