/* puppet.h: a model whose strings a test pulls.
 *
 * Its nodes do nothing of their own: a test puts its own functions into `puppet`, describes network and faults in a scenario's text, and
 * runs it. Nodes are called n0, n1, …; with `actors: 2` each bears actors n0a, n0b and so on. */
#pragma once

#include "scenario-of.h"

typedef struct
{
  guint32 nodes, actors;
} PuppetOptions;

typedef struct
{
  guint64 number;
} PuppetNote;

typedef struct
{
  OrrArray numbers; /* guint64 */
} PuppetList;

enum { PUPPET_NOTE, PUPPET_WORD, PUPPET_BEAT, PUPPET_LIST, PUPPET_EMPTY, PUPPET_SPEECH };
enum { PUPPET_TICK, PUPPET_TOCK };
enum { PUPPET_SAYS, PUPPET_HOLDS };
enum { PUPPET_DO };

static struct
{
  void (*start) (OrrNode *node, OrrStart start);
  void (*stop) (OrrNode *node);
  void (*message) (OrrNode *node, OrrAddress from, guint type, gconstpointer body);
  void (*timer) (OrrNode *node, guint kind, gconstpointer body);
  void (*link) (OrrNode *node, OrrAddress peer, gboolean up);
  void (*action) (OrrNode *node, guint action, gconstpointer arguments);
  void (*observe) (OrrNode *node);
} puppet;

static void
puppet_on_start (OrrNode *node, OrrStart start)
{
  if (puppet.start)
    puppet.start (node, start);
}

static void
puppet_on_stop (OrrNode *node)
{
  if (puppet.stop)
    puppet.stop (node);
}

static void
puppet_on_message (OrrNode *node, OrrAddress from, guint type, gconstpointer body)
{
  if (puppet.message)
    puppet.message (node, from, type, body);
}

static void
puppet_on_timer (OrrNode *node, guint kind, gconstpointer body)
{
  if (puppet.timer)
    puppet.timer (node, kind, body);
}

static void
puppet_on_link (OrrNode *node, OrrAddress peer, gboolean up)
{
  if (puppet.link)
    puppet.link (node, peer, up);
}

static void
puppet_on_action (OrrNode *node, guint action, gconstpointer arguments)
{
  if (puppet.action)
    puppet.action (node, action, arguments);
}

static void
puppet_observe (OrrNode *node)
{
  if (puppet.observe)
    puppet.observe (node);
}

static const OrrField puppet_option_fields[] = {
  ORR_FIELD (PuppetOptions, nodes, COUNT, .initial = "2", .doc = "how many nodes"),
  ORR_FIELD (PuppetOptions, actors, COUNT, .initial = "1", .doc = "actors on each"),
  { 0 },
};

static const OrrField puppet_note_fields[] = {
  ORR_FIELD (PuppetNote, number, NUMBER, .doc = "which"),
  { 0 },
};

static const OrrField puppet_list_fields[] = {
  ORR_FIELD (PuppetList, numbers, LIST, .element = &orr_type_NUMBER, .element_size = sizeof (guint64), .doc = "several"),
  { 0 },
};

static const OrrRecord puppet_messages[] = {
  ORR_RECORD ("note", PuppetNote, puppet_note_fields, .doc = "a datagram"),
  ORR_RECORD ("word", PuppetNote, puppet_note_fields, .flags = ORR_STREAM, .doc = "of a stream"),
  ORR_RECORD ("beat", PuppetNote, puppet_note_fields, .flags = ORR_BACKGROUND, .doc = "in the background"),
  ORR_RECORD ("list", PuppetList, puppet_list_fields, .doc = "with an array"),
  { .name = "empty", .doc = "nothing" },
  ORR_RECORD ("speech", PuppetList, puppet_list_fields, .flags = ORR_STREAM, .doc = "of a stream, with an array"),
  { 0 },
};

static const OrrRecord puppet_timers[] = {
  ORR_RECORD ("tick", PuppetNote, puppet_note_fields, .doc = "in the foreground"),
  { .name = "tock", .flags = ORR_BACKGROUND, .doc = "in the background" },
  { 0 },
};

static const OrrRecord puppet_facts[] = {
  ORR_RECORD ("says", PuppetNote, puppet_note_fields, .doc = "what a test wants to see"),
  ORR_RECORD ("holds", PuppetList, puppet_list_fields, .doc = "with an array"),
  { 0 },
};

static const OrrRecord puppet_actions[] = {
  ORR_RECORD ("do", PuppetNote, puppet_note_fields, .doc = "what a test asks for"),
  { 0 },
};

static const OrrRole puppet_role = {
  .name = "puppet",
  .doc = "does as it is told",
  .state_size = 64,
  .on_start = puppet_on_start,
  .on_stop = puppet_on_stop,
  .on_message = puppet_on_message,
  .on_timer = puppet_on_timer,
  .on_link = puppet_on_link,
  .on_action = puppet_on_action,
  .observe = puppet_observe,
};

static const OrrRole *const puppet_roles[] = { &puppet_role, NULL };
static const char *const puppet_objects[] = { "register", NULL };
static const char *const puppet_draws[] = { "luck", NULL };

static void
puppet_layout (gconstpointer data, OrrLayout *layout)
{
  const PuppetOptions *options = data;
  for (guint32 i = 0; i < options->nodes; i++)
    if (options->actors == 1)
      orr_layout_add (layout, 0, "n%u", i);
    else
      {
        guint node = orr_layout_add_node (layout, "n%u", i);
        for (guint32 j = 0; j < options->actors; j++)
          orr_layout_add_actor (layout, node, 0, "n%u%c", i, 'a' + j);
      }
}

static const OrrModel puppet_model = {
  .abi = ORR_MODEL_ABI,
  .entry = { .name = "puppet",
             .summary = "Does as a test tells it",
             .doc = "For tests of the engine.",
             .size = sizeof (PuppetOptions),
             .fields = puppet_option_fields },
  .messages = puppet_messages,
  .timers = puppet_timers,
  .facts = puppet_facts,
  .actions = puppet_actions,
  .roles = puppet_roles,
  .objects = puppet_objects,
  .draws = puppet_draws,
  .layout = puppet_layout,
};

/* Runs a scenario of the puppet: `lines` come below `model: puppet`. The caller frees the trace. */
G_GNUC_UNUSED static OrrTrace *
run_puppet (const char *lines, OrrRecordLevel level, guint64 seed)
{
  g_autofree char *text = g_strconcat ("model: puppet\n", lines, NULL);
  g_autoptr (OrrScenario) scenario = scenario_of (&puppet_model, text);
  OrrRunOptions options = { .seed = seed, .level = level };
  return orr_simulate (scenario, &options);
}

/* What the puppets said, a line each: `1.5ms n0 got 3`. */
static GString *journal;

G_GNUC_UNUSED G_GNUC_PRINTF (2, 3)
static void
say (OrrNode *node, const char *format, ...)
{
  va_list arguments;
  g_autofree char *time = orr_duration_to_text (orr_clock_monotonic (node));
  g_string_append_printf (journal, "%s %s ", time, orr_name (node, orr_self (node)));
  va_start (arguments, format);
  g_string_append_vprintf (journal, format, arguments);
  va_end (arguments);
  g_string_append_c (journal, '\n');
}

/* Puts strings and journal in order before each test. */
G_GNUC_UNUSED static int
puppet_setup (void **state G_GNUC_UNUSED)
{
  memset (&puppet, 0, sizeof puppet);
  journal = g_string_new (NULL);
  return 0;
}

G_GNUC_UNUSED static int
puppet_teardown (void **state G_GNUC_UNUSED)
{
  g_string_free (journal, TRUE);
  return 0;
}
