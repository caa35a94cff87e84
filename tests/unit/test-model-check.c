/* test-model-check.c: the rules of a model's tables, and that a model from outside is like any other. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <gmodule.h>

#include "../support/scenario-of.h"
#include "engine/model-check.h"
#include "orrery.h"
#include "report/catalog-new.h"

/* Its shared object is loaded, too; a second orr_plugin would be in its way. */
#undef ORR_PLUGIN
#define ORR_PLUGIN(Model) G_STATIC_ASSERT (sizeof (Model) == sizeof (OrrModel))
#include "../../docs/example/notice-board.c"

/* What is wrong with the model, a line each. */
static char *
check (const OrrModel *model)
{
  g_autoptr (OrrCatalog) catalog = orr_catalog_new (orr_models);
  g_autoptr (OrrProblems) problems = orr_problems_new (NULL);
  orr_model_check (model, catalog, problems);
  return orr_problems_to_text (problems);
}

static void
models_of_the_tree_keep_the_rules (void **state G_GNUC_UNUSED)
{
  for (guint i = 0; orr_models[i]; i++)
    {
      g_autofree char *text = check (orr_models[i]);
      assert_string_equal (text, "");
    }
  g_autofree char *text = check (&notice_board);
  assert_string_equal (text, "");
}

/* --- One slip each --- */

typedef struct
{
  gint32 word;
  OrrTime wait;
  OrrArray list;
} Record;

static const OrrChoice words[] = { { "a", "one" }, { "b", "two" }, { 0 } };

#define WORD ORR_FIELD (Record, word, CHOICE, .choices = words, .initial = "a", .doc = "one of two")
#define FIELDS(...)                                                                                          \
  (const OrrField[])                                                                                         \
  {                                                                                                          \
    __VA_ARGS__,                                                                                             \
    {                                                                                                        \
      0                                                                                                      \
    }                                                                                                        \
  }
#define RECORD(...)                                                                                          \
  (const OrrRecord[])                                                                                        \
  {                                                                                                          \
    ORR_RECORD ("r", Record, FIELDS (__VA_ARGS__), .doc = "a record"),                                       \
    {                                                                                                        \
      0                                                                                                      \
    }                                                                                                        \
  }

static OrrField endless[] = {
  { .name = "again", .type = &orr_type_RECORD, .doc = "itself", .fields = endless },
  { 0 },
};

static void
lay_out_nobody (gconstpointer options G_GNUC_UNUSED, OrrLayout *all G_GNUC_UNUSED)
{
}

static void
lay_out_a_stranger (gconstpointer options G_GNUC_UNUSED, OrrLayout *all)
{
  orr_layout_add (all, 7, "Node");
}

static void
lay_out_a_machine (gconstpointer options G_GNUC_UNUSED, OrrLayout *all)
{
  orr_layout_add_actor (all, orr_layout_add_node (all, "Machine"), 0, "board");
}

static void
claim_nonsense (gconstpointer options G_GNUC_UNUSED, guint64 bugs, OrrClaims *claims)
{
  orr_claim (claims, bugs ? "convergense" : "convergence");
}

static void
refuse (gconstpointer options G_GNUC_UNUSED, OrrProblems *problems)
{
  orr_problems_add_at (problems, "x", NULL, "no");
}

static void
each_slip_is_told (void **state G_GNUC_UNUSED)
{
  const OrrModel good = notice_board;
  static const OrrRole nameless = { 0 };
  static const OrrRole *const two[] = { &board, &board, NULL }, *const none[] = { &nameless, NULL };
  static const OrrType mute = { .name = "mute", .form = "silence", .size = 8 };
  static const char *const strange[] = { "registre", NULL }, *const twice[] = { "a", "a", NULL };
  static const OrrBug bugs[] = { { "forgets", "convergence", "what it knew", NULL }, { 0 } };
  static const OrrBug vague[] = { { "forgets", "convergence", NULL, NULL }, { 0 } };
  static const OrrInvariant invariants[] = { { "order", "unique", "said", NULL, NULL, NULL }, { 0 } };
  OrrModel model;

#define SLIP(expected, ...)                                                                                  \
  do                                                                                                         \
    {                                                                                                        \
      model = good;                                                                                          \
      __VA_ARGS__;                                                                                           \
      g_autofree char *text = check (&model);                                                                \
      if (!strstr (text, expected))                                                                          \
        fail_msg ("expected '%s', but got: %s", expected, text);                                             \
    }                                                                                                        \
  while (0)

  SLIP ("entry has no name", model.entry.name = NULL);
  SLIP ("'Board', which is no name", model.entry.name = "Board");
  SLIP ("entry needs a summary", model.entry.summary = "");
  SLIP ("entry needs a summary", model.entry.summary = "It stops.");
  SLIP ("layout is missing", model.layout = NULL);
  SLIP ("layout has no node", model.layout = lay_out_nobody);
  SLIP ("layout has 'Machine', which is no name", model.layout = lay_out_a_machine);
  SLIP ("gives 'Node' role 7 of 1", model.layout = lay_out_a_stranger);
  SLIP ("'Node', which is no name", model.layout = lay_out_a_stranger);
  SLIP ("roles is empty", model.roles = NULL);
  SLIP ("roles 'board' is there twice", model.roles = two);
  SLIP ("a role without a name", model.roles = none);
  SLIP ("client has no name", model.client = &nameless);
  SLIP ("objects has 'registre'", model.objects = strange);
  SLIP ("draws 'a' is there twice", model.draws = twice);
  SLIP ("claims names 'convergense', which is no property", model.bugs = bugs; model.claims = claim_nonsense);
  SLIP ("does not say in `doc`", model.bugs = vague);
  SLIP ("invariant 'order' has the fact 'said', which is no fact", model.invariants = invariants);
#define INVARIANT(...)                                                                                       \
  model.invariants = (const OrrInvariant[])                                                                  \
  {                                                                                                          \
    { "log-matching", __VA_ARGS__ },                                                                         \
    {                                                                                                        \
      0                                                                                                      \
    }                                                                                                        \
  }
  SLIP ("invariant 'order' names 'order', which is no property", model.invariants = invariants);
  SLIP ("is about no fact", INVARIANT ("unique"));
  SLIP ("is of the rule 'uniqe', which there is not", INVARIANT ("uniqe", "value"));
  SLIP ("needs `value`, for the rule 'order'", INVARIANT ("order", "value"));
  SLIP ("needs `other`, for the rule 'implies'", INVARIANT ("implies", "value"));
  SLIP ("has `value`, of which the rule 'unique' knows nothing",
        INVARIANT ("unique", "value", NULL, "value"));
  SLIP ("has 'kye' in `per`, which is no field of the fact 'value'",
        INVARIANT ("unique", "value", "node kye"));
  SLIP ("has 'worth' in `value`, which is no field", INVARIANT ("order", "value", "key", "worth"));
  SLIP ("names more than 7 fields in `per`",
        INVARIANT ("unique", "value", "key key key key key key key key"));
  SLIP ("has the when 'key'", INVARIANT ("unique", "value", .when = "key"));
  SLIP ("has the other_when 'worth=2'",
        INVARIANT ("excludes", "value", .other = "value", .other_when = "worth=2"));
  SLIP ("has `other_when` without `other`", INVARIANT ("unique", "value", "key", .other_when = "worth=2"));
  SLIP ("has the among 'joined', which is no fact",
        INVARIANT ("implies", "value", .other = "value", .among = "joined"));
  model = good;
  INVARIANT ("agreement", "value", "key", "value version");
  g_autofree char *none_wrong = check (&model);
  assert_string_equal (none_wrong, "");
#undef INVARIANT
  SLIP ("validate refuses the defaults", model.validate = refuse);
  SLIP ("means something to every check",
        model.facts
        = (const OrrRecord[]){ ORR_RECORD ("value", Record, FIELDS (WORD), .doc = "another"), { 0 } });
  SLIP ("log 'r' has a size, but no fields",
        model.logs = (const OrrRecord[]){ { .name = "r", .size = 8, .doc = "empty" }, { 0 } });
  SLIP ("timer 'r' has no doc", model.timers = (const OrrRecord[]){ { .name = "r" }, { 0 } });
  SLIP ("cell 'r' is there twice", model.cells = (const OrrRecord[]){
                                       { .name = "r", .doc = "one" }, { .name = "r", .doc = "two" }, { 0 } });

  SLIP ("has no type", model.messages = RECORD ({ .name = "x", .doc = "it" }));
  SLIP ("has no doc", model.messages = RECORD (ORR_FIELD (Record, wait, DURATION)));
  SLIP ("lies outside its struct of 32 bytes",
        model.messages
        = RECORD ({ .name = "x", .type = &orr_type_INT, .offset = 32, .size = 8, .doc = "it" }));
  SLIP ("has 4 bytes in the struct, and its type, integer, 8",
        model.messages = RECORD (ORR_FIELD (Record, word, INT, .doc = "it")));
  SLIP ("of type choice without choices",
        model.messages = RECORD (ORR_FIELD (Record, word, CHOICE, .doc = "it")));
  SLIP ("has choices, but is of type duration",
        model.messages = RECORD (ORR_FIELD (Record, wait, DURATION, .choices = words, .doc = "it")));
  SLIP ("needs `fields` or `element`", model.messages = RECORD (ORR_FIELD (Record, list, LIST, .doc = "it")));
  SLIP ("needs `element_size`",
        model.messages = RECORD (ORR_FIELD (Record, list, LIST, .element = &orr_type_INT, .doc = "it")));
  SLIP ("has elements of 4 bytes, and their type, integer, 8",
        model.messages
        = RECORD (ORR_FIELD (Record, list, LIST, .element = &orr_type_INT, .element_size = 4, .doc = "it")));
  SLIP ("has the shorthand 'none'",
        model.messages
        = RECORD (ORR_FIELD (Record, list, LIST, .fields = FIELDS (WORD), .element_size = sizeof (Record),
                             .shorthand = "none", .doc = "it")));
  SLIP ("has elements of type choice",
        model.messages = RECORD (
            ORR_FIELD (Record, list, LIST, .element = &orr_type_CHOICE, .element_size = 4, .doc = "it")));
  SLIP ("is a map without a key",
        model.messages = RECORD (ORR_FIELD (Record, list, MAP, .fields = FIELDS ({ 0 }),
                                            .element_size = sizeof (Record), .doc = "it")));
  SLIP ("has keys of type list",
        model.messages = RECORD (ORR_FIELD (Record, list, MAP,
                                            .fields = FIELDS (ORR_FIELD (Record, list, LIST, .doc = "it")),
                                            .element_size = sizeof (Record), .doc = "it")));
  SLIP ("is of a type that has no `parse`",
        model.messages = RECORD ({ .name = "x", .type = &mute, .size = 8, .doc = "it" }));
  SLIP ("has elements of 4 bytes", model.messages = RECORD (ORR_FIELD (Record, list, LIST, .element = &mute,
                                                                       .element_size = 4, .doc = "it")));
  SLIP ("is of a type that has no `parse`",
        model.messages
        = RECORD (ORR_FIELD (Record, list, LIST, .element = &mute, .element_size = 8, .doc = "it")));
  SLIP ("records that lie within themselves",
        model.messages
        = (const OrrRecord[]){ { .name = "r", .size = 8, .fields = endless, .doc = "deep" }, { 0 } });
  SLIP ("has the tag 'kind', which is no field before it",
        model.messages
        = RECORD (WORD, ORR_FIELD (Record, wait, DURATION, .tag = "kind", .when = "a", .doc = "it")));
  SLIP ("has the tag 'wait', which is no field before it",
        model.messages
        = RECORD (ORR_FIELD (Record, wait, DURATION, .tag = "wait", .when = "a", .doc = "it")));
  SLIP ("has the tag 'wait', which is neither",
        model.messages = RECORD (ORR_FIELD (Record, wait, DURATION, .doc = "it"),
                                 ORR_FIELD (Record, list, LIST, .element = &orr_type_INT, .element_size = 8,
                                            .tag = "wait", .when = "5s", .doc = "it")));
  SLIP ("applies when 'word' is 'c', which it can't be",
        model.messages
        = RECORD (WORD, ORR_FIELD (Record, wait, DURATION, .tag = "word", .when = "a|c", .doc = "it")));
  SLIP ("a default that can't be read: '5' has no unit",
        model.messages = RECORD (ORR_FIELD (Record, wait, DURATION, .initial = "5", .doc = "it")));
  SLIP ("message 'r' 'word' is there twice", model.messages = RECORD (WORD, WORD));
}

/* --- From outside --- */

static guint64
digest_of (const OrrModel *model)
{
  g_autoptr (OrrScenario) scenario = scenario_of (
      model, "model: notice-board\nduration: 5s\nclients: {sessions: 3}\nnetwork: {loss: 10%}\n"
             "workload: {arrival: poisson(200/s), mix: {read: 50%, write: 50%}, keys: {count: 3}}\n"
             "faults: [{at: 1s, crash: board1, for: 1s}]\n");
  g_autoptr (OrrTrace) trace = orr_simulate (scenario, NULL);
  assert_true (trace->operations->len > 500);
  return trace->digest;
}

/* The same file, built into this program and as a shared object. */
static void
a_model_from_outside_runs_like_one_of_the_tree (void **state G_GNUC_UNUSED)
{
  g_autofree char *file = g_build_filename (g_getenv ("ORRERY_PLUGINS"), "notice-board.so", NULL);
  GModule *module = g_module_open (file, G_MODULE_BIND_LOCAL);
  const OrrPlugin *plugin;
  if (!module)
    fail_msg ("%s", g_module_error ());
  assert_true (g_module_symbol (module, ORR_PLUGIN_SYMBOL, (gpointer *) &plugin));
  assert_ptr_not_equal (plugin->model, &notice_board);
  assert_int_equal (plugin->model_size, sizeof (OrrModel));
  assert_true (digest_of (plugin->model) == digest_of (&notice_board));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (models_of_the_tree_keep_the_rules),
    cmocka_unit_test (each_slip_is_told),
    cmocka_unit_test (a_model_from_outside_runs_like_one_of_the_tree),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
