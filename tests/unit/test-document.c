/* test-document.c: texts become trees and structs with every mistake in its place, and structs become texts
 * that read back to the same. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/document.h"
#include "base/draw.h"
#include "everything.h"

/* --- Helpers --- */

static OrrYaml *
parse (const char *text, const OrrContext *context)
{
  g_autoptr (OrrProblems) problems = orr_problems_new (NULL);
  OrrYaml *root = orr_yaml_parse (text, strlen (text), context->arena, problems);
  g_autofree char *said = orr_problems_to_text (problems);
  assert_string_equal (said, "");
  assert_non_null (root);
  return root;
}

/* Reads a whole text; returns what is wrong with it, which the caller frees. */
static char *
read_everything (const char *text, gsize length, const OrrContext *context, Everything *all)
{
  g_autoptr (OrrProblems) problems = orr_problems_new (NULL);
  OrrYaml *root = orr_yaml_parse (text, length, context->arena, problems);
  if (root)
    {
      gboolean clean = orr_problems_get_length (problems) == 0;
      gboolean right = orr_yaml_read (root, everything_fields, "the scenario", NULL, context, all, problems);
      if (clean)
        assert_int_equal (right, orr_problems_get_length (problems) == 0);
    }
  else
    assert_true (orr_problems_get_length (problems) > 0);
  return orr_problems_to_text (problems);
}

static void
assert_says (const char *text, gsize length, const char *expected)
{
  g_auto (OrrContext) context = context_new ();
  Everything all;
  g_autofree char *said = read_everything (text, length, &context, &all);
  if (strcmp (said, expected) != 0)
    fail_msg ("of\n%s\nis said\n%snot\n%s", text, said, expected);
}

static void
assert_reads (const char *text, const OrrContext *context, Everything *all)
{
  g_autofree char *said = read_everything (text, strlen (text), context, all);
  if (*said)
    fail_msg ("of\n%s\nis said\n%s", text, said);
}

static char *
write_everything (const Everything *all, const OrrContext *context, gboolean defaults, guint indent)
{
  GString *text = g_string_new (NULL);
  orr_yaml_write_fields (everything_fields, context, all, defaults, indent, text);
  if (text->len == 0)
    g_string_append (text, "{}\n");
  return g_string_free (text, FALSE);
}

static guint64
hash_everything (const Everything *all, const OrrContext *context)
{
  return orr_fields_hash (everything_fields, context, all, 0);
}

/* --- Trees --- */

static void
assert_place (const OrrYaml *node, guint line, guint column)
{
  assert_non_null (node);
  assert_int_equal (node->place.line, line);
  assert_int_equal (node->place.column, column);
  assert_null (node->place.file);
}

static void
test_tree (void **state)
{
  g_auto (OrrContext) context = context_new ();
  OrrYaml *root = parse ("\xef\xbb\xbf# a comment\n"
                         "title: off\n"
                         "\xc3\xa4ö: {a: 'it''s', b: \"x\\ty\"}\n"
                         "list:\n"
                         "  - 1\n"
                         "  - [2, 3]\n"
                         "about: |\n"
                         "  two\n"
                         "  lines\n"
                         "empty:\n",
                         &context);
  assert_int_equal (root->kind, ORR_YAML_MAP);
  assert_int_equal (root->n_children, 5);
  assert_place (root, 2, 1);
  OrrYaml *title = orr_yaml_get (root, "title"), *map = orr_yaml_get (root, "äö"),
          *list = orr_yaml_get (root, "list");
  assert_string_equal (title->text, "off");
  assert_false (title->quoted);
  assert_true (title->verbatim);
  assert_place (title, 2, 8);
  assert_place (root->keys[1], 3, 1);
  assert_place (map, 3, 5); /* columns count characters */
  assert_string_equal (orr_yaml_get (map, "a")->text, "it's");
  assert_true (orr_yaml_get (map, "a")->quoted);
  assert_false (orr_yaml_get (map, "a")->verbatim);
  assert_string_equal (orr_yaml_get (map, "b")->text, "x\ty");
  assert_place (orr_yaml_get (map, "b"), 3, 21);
  assert_int_equal (list->kind, ORR_YAML_LIST);
  assert_int_equal (list->n_children, 2);
  assert_null (list->keys);
  assert_place (list->children[1]->children[1], 6, 9);
  assert_string_equal (orr_yaml_get (root, "about")->text, "two\nlines\n");
  assert_true (orr_yaml_get (root, "about")->quoted);
  assert_string_equal (orr_yaml_get (root, "empty")->text, "");
  assert_null (orr_yaml_get (root, "nothing"));
  assert_null (orr_yaml_get (title, "title"));
  assert_null (orr_yaml_get (NULL, "title"));
}

static void
test_json_is_yaml (void **state)
{
  g_auto (OrrContext) context = context_new ();
  OrrYaml *root = parse ("{\"a\":[1,null,\"x\\u0085\\n\"],\"b\":{\"c\":\"\\/\"}}", &context);
  OrrYaml *a = orr_yaml_get (root, "a");
  assert_int_equal (a->n_children, 3);
  assert_string_equal (a->children[2]->text, "x\xc2\x85\n");
  assert_string_equal (orr_yaml_get (orr_yaml_get (root, "b"), "c")->text, "/");
}

/* --- What is said of broken texts --- */

typedef struct
{
  const char *text, *said;
} Broken;

static const Broken broken[] = {
#include "test-document-broken.h"
};

static void
test_broken (void **state)
{
  for (guint i = 0; i < G_N_ELEMENTS (broken); i++)
    assert_says (broken[i].text, strlen (broken[i].text), broken[i].said);
}

static void
test_bytes (void **state)
{
  assert_says ("text: a\nname: b\0c\n", 18, "2:8: a NUL byte; take it out\n");
  assert_says ("text: \xc3\xa4\xff\n", 10, "1:8: this is not UTF-8: byte 0xff; save the file as UTF-8\n");
  assert_says ("text: \xc3", 7, "1:7: this is not UTF-8: byte 0xc3; save the file as UTF-8\n");
  assert_says ("\xff\xfe"
               "a\0",
               4, "1:1: this is not UTF-8: byte 0xff; save the file as UTF-8\n");
  assert_says ("a: \x1b[31m", 8,
               "1:4: a character that can't be seen: U+001B; take it out, or write it as an escape within "
               "double quotes\n");
  assert_says ("a: b\n\xef\xbb\xbf"
               "c: d",
               12,
               "2:1: a character that can't be seen: U+FEFF; take it out, or write it as an escape within "
               "double quotes\n");
  assert_says ("", 0, "the text is empty; write a 'name: value' on each line\n");
  assert_says ("\xef\xbb\xbf", 3, "the text is empty; write a 'name: value' on each line\n");
}

/* No text costs much: what exceeds a bound is refused when the bound is reached. */
static void
test_bounds (void **state)
{
  g_autofree char *large = g_strnfill (ORR_DOCUMENT_BYTES_MAX + 1, ' ');
  assert_says (large, ORR_DOCUMENT_BYTES_MAX + 1,
               "the text is too large: 8388609 bytes; the most is 8 MiB\n");

  g_autofree char *deep = g_strnfill (ORR_DOCUMENT_BYTES_MAX, '[');
  assert_says (deep, ORR_DOCUMENT_BYTES_MAX, "1:33: maps and lists lie more than 32 deep\n");

  g_autoptr (GString) dashes = g_string_new (NULL), many = g_string_new ("[");
  for (guint i = 0; i < 1000000; i++)
    g_string_append (dashes, "- ");
  assert_says (dashes->str, dashes->len, "1:65: maps and lists lie more than 32 deep\n");
  for (guint i = 0; i < ORR_DOCUMENT_NODES_MAX; i++)
    g_string_append (many, "a,");
  g_string_append_c (many, ']');
  assert_says (many->str, many->len, "1:2000000: the text holds more than 1000000 values\n");
}

/* Many mistakes, and keys that all look alike: counted, and done in a moment. */
static void
test_many_mistakes (void **state)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < 100000; i++)
    g_string_append_printf (text, "k%u: 1\n", i % 50000);
  g_auto (OrrContext) context = context_new ();
  Everything all;
  g_autofree char *said = read_everything (text->str, text->len, &context, &all);
  assert_true (g_str_has_prefix (
      said, "50001:1: the key 'k0' is there twice; keep one; the first is at line 1, column 1\n"));
  assert_true (g_str_has_suffix (said, "… and 99900 more\n"));
}

/* Nor is a list of wrong entries read to its end. */
static void
test_hopeless_list (void **state)
{
  g_autoptr (GString) text = g_string_new ("links: [");
  for (guint i = 0; i < 500000; i++)
    g_string_append (text, "replica9, ");
  g_string_append_c (text, ']');
  g_auto (OrrContext) context = context_new ();
  Everything all;
  g_autofree char *said = read_everything (text->str, text->len, &context, &all);
  assert_true (g_str_has_prefix (
      said, "1:9: from: 'replica9' is no node of this scenario; did you mean 'replica1'?\n"));
  assert_true (g_str_has_suffix (said, "… and 901 more\n"));
  assert_int_equal (all.links.length, 1001);
}

/* --- Reading --- */

static void
test_read (void **state)
{
  g_auto (OrrContext) context = context_new ();
  Everything all;
  assert_reads ("flag: false\n"
                "count: 12\n"
                "number: \"7\"\n"
                "duration: 200ms\n"
                "text: |\n"
                "  two\n"
                "  lines\n"
                "key: 12\n"
                "value: [1, \"1\", nil, [x]]\n"
                "commit: off\n"
                "router: lsn\n"
                "links:\n"
                "  - primary\n"
                "  - {from: primary, to: replica1, loss: 20%}\n"
                "groups: [[primary], [replica1, replica2], {members: []}]\n"
                "pairs: {x: 1, \"12\": \"12\", y: {value: 2, note: off}}\n",
                &context, &all);
  assert_int_equal (all.flag, FALSE);
  assert_int_equal (all.count, 12);
  assert_int_equal (all.number, 7);
  assert_true (all.duration == 200 * ORR_MILLISECOND);
  assert_string_equal (all.text, "two\nlines\n");
  assert_true (all.key == orr_value_int (12));
  g_autoptr (GString) value = g_string_new (NULL);
  orr_terms_print (context.terms, all.value, value);
  assert_string_equal (value->str, "[1 \"1\" nil [x]]");
  assert_int_equal (all.commit, 0);
  assert_int_equal (all.router.policy, POLICY_LSN);

  const Link *links = all.links.data;
  assert_int_equal (all.links.length, 2);
  assert_string_equal (links[0].from, "primary");
  assert_null (links[0].to);
  assert_string_equal (links[1].to, "replica1");
  assert_true (links[1].loss == 200000000);
  const Group *groups = all.groups.data;
  assert_int_equal (all.groups.length, 3);
  assert_int_equal (groups[1].members.length, 2);
  assert_string_equal (((const char *const *) groups[1].members.data)[1], "replica2");
  assert_int_equal (groups[2].members.length, 0);
  const Pair *pairs = all.pairs.data;
  assert_int_equal (all.pairs.length, 3);
  assert_true (pairs[0].value == orr_value_int (1));
  assert_true (pairs[1].key == orr_value_int (12)); /* quotes say nothing about a key */
  assert_true (pairs[1].value == orr_terms_text (context.terms, "12"));
  assert_string_equal (pairs[2].note, "off");
}

static void
test_skip (void **state)
{
  static const char *const skip[] = { "at", "for", NULL };
  g_auto (OrrContext) context = context_new ();
  g_autoptr (OrrProblems) problems = orr_problems_new (NULL);
  Link link;
  OrrYaml *node = parse ("{at: 5s, from: primary, for: [1], fro: 3, att: 1}", &context);
  assert_false (orr_yaml_read (node, link_fields, "a link", skip, &context, &link, problems));
  g_autofree char *said = orr_problems_to_text (problems);
  assert_string_equal (said, "1:35: unknown key 'fro'; did you mean 'from'?\n"
                             "1:43: unknown key 'att'; did you mean 'at'?\n");
  assert_string_equal (link.from, "primary");
}

/* Whoever goes on after a mistake meets no half values: a wrong entry of a list is left out, a wrong field
 * holds its default. */
static void
test_read_on (void **state)
{
  g_auto (OrrContext) context = context_new ();
  Everything all;
  g_autofree char *said
      = read_everything ("names: [a, B, c]\ncommit: of\nvalues: [1, {a: b}, 2]\n", 51, &context, &all);
  assert_true (*said != '\0');
  assert_int_equal (all.names.length, 2);
  assert_string_equal (((const char *const *) all.names.data)[1], "c");
  assert_int_equal (all.values.length, 2);
  assert_int_equal (all.commit, 1); /* its default */
}

/* Whoever reads a part that is not there gets its defaults, and hears what it lacks. */
static void
test_read_nothing (void **state)
{
  g_auto (OrrContext) context = context_new ();
  g_autoptr (OrrProblems) problems = orr_problems_new (NULL);
  Router router;
  Link link;
  assert_true (orr_yaml_read (NULL, router_fields, "the router", NULL, &context, &router, problems));
  assert_int_equal (router.policy, POLICY_RANDOM);
  assert_false (orr_yaml_read (NULL, link_fields, "a link", NULL, &context, &link, problems));
  g_autofree char *said = orr_problems_to_text (problems);
  assert_string_equal (said, "a link has no 'from'; add 'from': the name of a node\n");
}

/* --- Paths --- */

static void
assert_sets (OrrYaml *root, const char *path, const char *text, const OrrContext *context,
             const char *expected)
{
  g_autoptr (OrrProblems) problems = orr_problems_new ("f.yaml");
  gboolean right = orr_yaml_set (root, path, text, context->arena, problems);
  g_autofree char *said = orr_problems_to_text (problems);
  assert_string_equal (said, expected);
  assert_int_equal (right, *expected == '\0');
}

static const char *
text_at (const OrrYaml *root, const char *first, const char *second)
{
  const OrrYaml *node = orr_yaml_get (root, first);
  if (second)
    node = orr_yaml_get (node, second);
  return node ? node->text : NULL;
}

static void
test_set (void **state)
{
  g_auto (OrrContext) context = context_new ();
  OrrYaml *root = parse ("options: {router: {window: 1s}}\nfaults: [{at: 1s}, {at: 2s}]\nempty:\nexpect: "
                         "{staleness.p99: below 2s}\n",
                         &context);
  assert_sets (root, "options.router.window", "2s", &context, "");
  assert_string_equal (text_at (orr_yaml_get (root, "options"), "router", "window"), "2s");
  assert_sets (root, "options.new.deep.path", "[1, {a: b}]", &context, "");
  OrrYaml *made
      = orr_yaml_get (orr_yaml_get (orr_yaml_get (orr_yaml_get (root, "options"), "new"), "deep"), "path");
  assert_string_equal (text_at (made->children[1], "a", NULL), "b");
  assert_sets (root, "faults.1.at", "3s", &context, "");
  assert_string_equal (text_at (orr_yaml_get (root, "faults")->children[1], "at", NULL), "3s");
  assert_sets (root, "faults.2", "{at: 4s}", &context, "");
  assert_int_equal (orr_yaml_get (root, "faults")->n_children, 3);
  assert_sets (root, "faults.3.at", "5s", &context, "");
  assert_string_equal (text_at (orr_yaml_get (root, "faults")->children[3], "at", NULL), "5s");
  assert_sets (root, "empty.x", "\"\"", &context, "");
  assert_string_equal (text_at (root, "empty", "x"), "");
  assert_sets (root, "expect.staleness.p99", "below 9s", &context, "");
  assert_string_equal (text_at (root, "expect", "staleness.p99"), "below 9s");
  assert_int_equal (orr_yaml_get (root, "expect")->n_children, 1);
  assert_sets (root, "seed", "7", &context, "");
  assert_string_equal (text_at (root, "seed", NULL), "7");
}

static void
test_set_mistakes (void **state)
{
  g_auto (OrrContext) context = context_new ();
  OrrYaml *root = parse ("a: {b: c}\nl: [1, 2]\n", &context);
  assert_sets (root, "a.b.d", "1", &context,
               "--set a.b.d: 'a.b' is a single value and has no parts; set it as a whole\n");
  assert_sets (root, "l.3", "1", &context,
               "--set l.3: '3' is no index into the list 'l'; use 0 to 2; 2 adds an entry at the end\n");
  assert_sets (root, "l.x.y", "1", &context,
               "--set l.x.y: 'x' is no index into the list 'l'; use 0 to 2; 2 adds an entry at the end\n");
  assert_sets (root, "l.-1", "1", &context,
               "--set l.-1: '-1' is no index into the list 'l'; use 0 to 2; 2 adds an entry at the end\n");
  assert_sets (root, "", "1", &context,
               "--set : the path has an empty part; write it like options.router.window\n");
  assert_sets (root, "a..b", "1", &context,
               "--set a..b: the path has an empty part; write it like options.router.window\n");
  assert_sets (root, "a.", "1", &context,
               "--set a.: the path has an empty part; write it like options.router.window\n");
  assert_sets (root, "a.x", " ", &context,
               "--set a.x: there is no value; write PATH=VALUE; \"\" is the empty text\n");
  assert_sets (root, "a.x", "[1", &context,
               "--set a.x: this '[' is not closed; close it with ']', and put ',' between entries\n");
  assert_sets (root, "a.x", "*b", &context,
               "--set a.x: aliases can't be used here; write the value out, or put a text that starts "
               "with '*' in quotes\n");
  g_autofree char *deep = g_strnfill (99, 'a');
  for (guint i = 1; i < 99; i += 2)
    deep[i] = '.';
  g_autofree char *expected = g_strdup_printf ("--set %s: the path has more than 32 parts\n", deep);
  assert_sets (root, deep, "1", &context, expected);
  /* Nothing has changed. */
  assert_int_equal (orr_yaml_get (root, "a")->n_children, 1);
  assert_int_equal (orr_yaml_get (root, "l")->n_children, 2);
}

/* A mistake in a value that came from --set is that option's, not the file's. */
static void
test_set_places (void **state)
{
  g_auto (OrrContext) context = context_new ();
  g_autoptr (OrrProblems) problems = orr_problems_new ("f.yaml");
  OrrYaml *root = parse ("router: {policy: lsn}\nzzz: 1\n", &context);
  assert_true (orr_yaml_set (root, "router.windw", "2s", context.arena, problems));
  assert_true (orr_yaml_set (root, "distribution", "5ms + exponential(mean 3)", context.arena, problems));
  Everything all;
  assert_false (orr_yaml_read (root, everything_fields, "the scenario", NULL, &context, &all, problems));
  g_autofree char *said = orr_problems_to_text (problems);
  g_auto (GStrv) lines = g_strsplit (said, "\n", -1);
  assert_string_equal (lines[1], "f.yaml:2:1: unknown key 'zzz'");
  assert_string_equal (lines[0], "--set router.windw: unknown key 'windw'; did you mean 'window'?");
  assert_true (g_str_has_prefix (lines[2], "--set distribution:1:24: distribution: '3' has no unit;"));
}

static void
test_locate (void **state)
{
  g_auto (OrrContext) context = context_new ();
  OrrYaml *root = parse (
      "options:\n  router: {window: 1s}\nfaults:\n  - at: 1s\n  - {at: 2s}\nexpect:\n  a.b: 1\n", &context);
  static const struct
  {
    const char *path;
    guint line, column;
  } cases[] = { { "options.router.window", 2, 20 },
                { "options.router.policy", 2, 11 },
                { "options.rooter", 2, 3 },
                { "faults.1.at", 5, 10 },
                { "faults.7", 4, 3 },
                { "expect.a.b", 7, 8 },
                { "", 1, 1 } };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      OrrPlace place = orr_yaml_locate (root, cases[i].path);
      assert_int_equal (place.line, cases[i].line);
      assert_int_equal (place.column, cases[i].column);
    }
  assert_int_equal (orr_yaml_locate (NULL, "a").line, 0);
}

/* --- Writing --- */

static void
test_write_scalar (void **state)
{
  static const struct
  {
    const char *scalar, *written;
  } cases[] = {
    { "plain", "plain" },
    { "two words", "two words" },
    { "lognormal(median 40ms p99 900ms)", "lognormal(median 40ms p99 900ms)" },
    { "0/5A8", "0/5A8" },
    { "-2s", "-2s" },
    { "0.01%", "0.01%" },
    { "don't", "don't" },
    { "naïve", "naïve" },
    { "", "\"\"" },
    { "true", "\"true\"" },
    { "off", "\"off\"" },
    { "Yes", "\"Yes\"" },
    { "null", "\"null\"" },
    { "nil", "\"nil\"" },
    { "~", "\"~\"" },
    { "12", "\"12\"" },
    { "-1.5e3", "\"-1.5e3\"" },
    { "0x1F", "\"0x1F\"" },
    { "1_000", "\"1_000\"" },
    { "2001-01-01", "\"2001-01-01\"" },
    { "1:30", "\"1:30\"" },
    { ".inf", "\".inf\"" },
    { "a: b", "\"a: b\"" },
    { "a #b", "\"a #b\"" },
    { "[a]", "\"[a]\"" },
    { "a, b", "\"a, b\"" },
    { "- a", "\"- a\"" },
    { "-", "\"-\"" },
    { "---", "\"---\"" },
    { "...", "\"...\"" },
    { "? a", "\"? a\"" },
    { "*a", "\"*a\"" },
    { "&a", "\"&a\"" },
    { "!a", "\"!a\"" },
    { "%a", "\"%a\"" },
    { "@a", "\"@a\"" },
    { "`a", "\"`a\"" },
    { "'a", "\"'a\"" },
    { "\"a", "\"\\\"a\"" },
    { " a", "\" a\"" },
    { "a ", "\"a \"" },
    { "a\nb", "\"a\\nb\"" },
    { "a\tb", "\"a\\tb\"" },
    { "\x1b\x7f\xc2\x85\xe2\x80\xa8\xef\xbb\xbf", "\"\\u001b\\u007f\\u0085\\u2028\\ufeff\"" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      orr_yaml_write_scalar (cases[i].scalar, text);
      assert_string_equal (text->str, cases[i].written);
      /* It reads back, in a block as in a flow. */
      g_auto (OrrContext) context = context_new ();
      g_autofree char *file
          = g_strdup_printf ("block: %s\nflow: {a: %s, b: [%s]}\n", text->str, text->str, text->str);
      OrrYaml *root = parse (file, &context), *flow = orr_yaml_get (root, "flow");
      assert_string_equal (text_at (root, "block", NULL), cases[i].scalar);
      assert_string_equal (text_at (flow, "a", NULL), cases[i].scalar);
      assert_string_equal (orr_yaml_get (flow, "b")->children[0]->text, cases[i].scalar);
    }
}

static void
test_write (void **state)
{
  g_auto (OrrContext) context = context_new ();
  Everything all;
  const char *text
      = "flag: false\n"
        "count: 12\n"
        "distribution: lognormal(median 40ms p99 900ms)\n"
        "text: |\n"
        "  Two lines, the second\n"
        "    indented.\n"
        "\n"
        "  And a third.\n"
        "key: \"12\"\n"
        "value: [1, \"1\", nil, [x, \"nil\"]]\n"
        "commit: \"off\"\n"
        "router: {policy: time-window, window: 2s}\n"
        "names: []\n"
        "links:\n"
        "  - primary\n"
        "  - {from: primary, to: replica1, loss: 20%, latency: 200ms + exponential(mean 10ms)}\n"
        "  - from: replica1\n"
        "    to: replica2\n"
        "    loss: 20%\n"
        "    latency: mixture(91.22% pareto(scale 235us shape 10) + 8.78% exponential(mean 602us))\n"
        "groups: [[primary, replica1], [replica2], {}]\n"
        "pairs:\n"
        "  x: 1\n"
        "  12: \"12\"\n"
        "  \"\\\"12\\\"\": {note: Without quotes this key would be read as the number}\n"
        "  a: {value: 7, note: seven}\n";
  assert_reads (text, &context, &all);
  g_autofree char *written = write_everything (&all, &context, FALSE, 0);
  if (strcmp (written, text) != 0)
    fail_msg ("written\n%snot\n%s", written, text);
  g_autofree char *indented = write_everything (&all, &context, FALSE, 2);
  assert_true (g_str_has_prefix (indented, "  flag: false\n  count: 12\n"));
  assert_non_null (strstr (indented, "\n    Two lines, the second\n      indented.\n\n    And a third.\n"));
}

static void
test_write_defaults (void **state)
{
  g_auto (OrrContext) context = context_new ();
  Everything all;
  orr_fields_init (everything_fields, &context, &all);
  g_autofree char *bare = write_everything (&all, &context, FALSE, 0);
  assert_string_equal (bare, "{}\n");
  g_autofree char *full = write_everything (&all, &context, TRUE, 0);
  assert_string_equal (full, "flag: true\n"
                             "count: 1\n"
                             "number: 0\n"
                             "duration: 60s\n"
                             "distribution: 500us\n"
                             "share: 0.01%\n"
                             "value: nil\n"
                             "commit: \"on\"\n"
                             "router: random\n"
                             "names: [s1, s2]\n");
}

static void
test_write_flow (void **state)
{
  g_auto (OrrContext) context = context_new ();
  Link link;
  orr_fields_init (link_fields, &context, &link);
  link.from = "primary";
  link.loss = 1;
  g_autoptr (GString) text = g_string_new ("- ");
  orr_yaml_write_flow (link_fields, &context, &link, text);
  assert_string_equal (text->str, "- {from: primary, loss: 1ppb}");
}

/* --- Anything that can be held can be written and read --- */

typedef struct
{
  OrrDraw key;
  guint64 n;
  OrrContext *context;
} Random;

static guint64
below (Random *random, guint64 n)
{
  return orr_draw_below (orr_draw_fold (random->key, random->n++), n);
}

static const char *
random_text (Random *random)
{
  static const char *const pieces[] = { "a",
                                        "Zoë",
                                        " ",
                                        "\n",
                                        "\t",
                                        "'",
                                        "\"",
                                        "\\",
                                        ": ",
                                        " #",
                                        "- ",
                                        "[",
                                        "]",
                                        "{",
                                        "}",
                                        ",",
                                        "&",
                                        "*",
                                        "!",
                                        "|",
                                        ">",
                                        "%",
                                        "@",
                                        "`",
                                        "?",
                                        "12",
                                        "nil",
                                        "null",
                                        "off",
                                        "---",
                                        "...",
                                        "~",
                                        "\r",
                                        "\x01",
                                        "\x7f",
                                        "\xc2\x85",
                                        "\xc2\xa0",
                                        "\xe2\x80\xa8",
                                        "\xef\xbb\xbf",
                                        "\xf0\x9f\x98\x80",
                                        "<<",
                                        "=",
                                        "0x1",
                                        ".5",
                                        "1e5",
                                        "word and word",
                                        "\xe2\x80\xae",
                                        "\xef\xbf\xbd" };
  GString *text = g_string_new (NULL);
  for (guint64 n = below (random, 6); n > 0; n--)
    g_string_append (text, pieces[below (random, G_N_ELEMENTS (pieces))]);
  if (below (random, 50) == 0) /* longer than a plain key may be */
    for (guint i = 0; i < 300; i++)
      g_string_append (text, "long ");
  const char *kept = orr_arena_strdup (random->context->arena, text->str);
  g_string_free (text, TRUE);
  return kept;
}

static OrrValue
random_value (Random *random, guint depth)
{
  OrrTerms *terms = random->context->terms;
  switch (below (random, depth < 3 ? 5 : 3))
    {
    case 0:
      return ORR_NIL;
    case 1:
      return orr_value_int ((gint64) below (random, 2000) - 1000);
    case 2:
    case 3:
      return orr_terms_text (terms, random_text (random));
    default:
      break;
    }
  OrrValue list = orr_terms_empty_list (terms);
  for (guint64 n = below (random, 4); n > 0; n--)
    list = orr_terms_append (terms, list, random_value (random, depth + 1));
  return list;
}

static OrrKey
random_key (Random *random)
{
  OrrKey key = random_value (random, 0);
  return key == ORR_NIL ? orr_value_int (0) : key;
}

static const char *
random_name (Random *random)
{
  static const char *const names[]
      = { "a", "s1", "on", "off", "y", "n", "true", "null", "nil", "e-5", "inf" };
  return names[below (random, G_N_ELEMENTS (names))];
}

static const char *
random_node (Random *random)
{
  return node_names[below (random, G_N_ELEMENTS (node_names))];
}

static OrrDistribution *
random_distribution (Random *random)
{
  static const char *const texts[] = { "0s",
                                       "5ms",
                                       "lognormal(median 40ms p99 900ms)",
                                       "200ms + exponential(mean 10ms)",
                                       "uniform(1s..4s)",
                                       "mixture(50% 1ms + 50% exponential(mean 2ms))" };
  OrrDistribution *distribution
      = orr_distribution_parse (texts[below (random, G_N_ELEMENTS (texts))], NULL, NULL);
  assert_non_null (distribution);
  orr_arena_own (random->context->arena, distribution, (GDestroyNotify) orr_distribution_unref);
  return distribution;
}

static double
random_real (Random *random)
{
  static const double reals[] = { 0, -0.0, 0.1, 1.0 / 3, 1e300, 5e-324, -17, 1e21, 123456.789 };
  return reals[below (random, G_N_ELEMENTS (reals))];
}

/* An array of up to three elements, each made by `make`. */
#define RANDOM_ARRAY(random, Type, make)                                                                     \
  ({                                                                                                         \
    guint length = (guint) below (random, 4);                                                                \
    Type *elements = orr_arena_alloc ((random)->context->arena, length * sizeof (Type));                     \
    for (guint i = 0; i < length; i++)                                                                       \
      elements[i] = make;                                                                                    \
    (OrrArray){ elements, length };                                                                          \
  })

static Link
random_link (Random *random)
{
  Link link;
  orr_fields_init (link_fields, random->context, &link);
  link.from = random_node (random);
  if (below (random, 2))
    link.to = random_node (random);
  if (below (random, 2))
    link.loss = (gint64) below (random, 1000000001);
  if (below (random, 2))
    link.latency = random_distribution (random);
  return link;
}

static Group
random_group (Random *random)
{
  Group group = { .members = { 0 } };
  if (below (random, 4))
    group.members = RANDOM_ARRAY (random, const char *, random_node (random));
  return group;
}

static Pair
random_pair (Random *random)
{
  Pair pair = { .key = random_key (random), .value = random_value (random, 0) };
  if (below (random, 2))
    pair.note = random_text (random);
  return pair;
}

/* Keys of a map differ. */
static OrrArray
random_pairs (Random *random)
{
  OrrArray pairs = RANDOM_ARRAY (random, Pair, random_pair (random));
  Pair *elements = (Pair *) pairs.data;
  for (guint i = 1; i < pairs.length; i++)
    for (guint j = 0; j < i; j++)
      if (elements[i].key == elements[j].key)
        pairs.length = i;
  return pairs;
}

static void
random_numbers (Random *random, Everything *all)
{
  if (below (random, 2))
    all->integer = (gint64) below (random, 2001) - 1000;
  if (below (random, 2))
    all->count = (guint32) below (random, G_MAXUINT32 - 1) + 1;
  if (below (random, 2))
    all->number = orr_mix (random->key, random->n++);
  if (below (random, 2))
    all->real = random_real (random);
  if (below (random, 2))
    all->duration = (OrrTime) below (random, 2000000) * 1234567 - ORR_SECOND;
  if (below (random, 2))
    all->distribution = random_distribution (random);
  if (below (random, 2))
    all->size = (gint64) below (random, G_MAXINT64);
  if (below (random, 2))
    all->bit_rate = (gint64) below (random, 1000000000000) + 1;
  if (below (random, 2))
    all->share = (gint64) below (random, 1000000001);
  if (below (random, 2))
    all->drift = (gint64) below (random, 2000001) - 1000000;
}

static void
random_everything (Random *random, Everything *all)
{
  orr_fields_init (everything_fields, random->context, all);
  random_numbers (random, all);
  all->flag = (gboolean) below (random, 2);
  all->text = below (random, 3) ? random_text (random) : NULL;
  all->name = below (random, 2) ? random_name (random) : NULL;
  all->node = below (random, 2) ? random_node (random) : NULL;
  all->address = below (random, 2) ? (OrrAddress) below (random, 4) : ORR_NOBODY;
  all->key = below (random, 2) ? random_key (random) : ORR_NIL;
  all->value = random_value (random, 0);
  if (below (random, 2))
    all->request = (OrrRequest){ (OrrAddress) below (random, 4), (guint32) below (random, 9),
                                 (guint32) below (random, 1000000), 3 };
  all->commit = (gint32) below (random, 3);
  all->router.policy = (gint32) below (random, 3);
  all->router.window = (OrrTime) below (random, 61) * ORR_SECOND;
  all->router.fallback = (gint32) below (random, 4) - 1;
  all->router.tries = below (random, 2) ? (guint32) below (random, 5) : G_MAXUINT32;
  if (below (random, 2))
    all->names = RANDOM_ARRAY (random, const char *, random_name (random));
  if (below (random, 2))
    all->values = RANDOM_ARRAY (random, OrrValue, random_value (random, 0));
  if (below (random, 2))
    all->links = RANDOM_ARRAY (random, Link, random_link (random));
  if (below (random, 2))
    all->groups = RANDOM_ARRAY (random, Group, random_group (random));
  if (below (random, 2))
    all->pairs = random_pairs (random);
}

/* The text, read with terms and memory of its own, gives the same digest. */
static void
assert_same_when_read (const char *text, guint64 hash)
{
  g_auto (OrrContext) context = context_new ();
  orr_terms_text (context.terms, "so that terms have other numbers");
  Everything all;
  assert_reads (text, &context, &all);
  if (hash_everything (&all, &context) != hash)
    fail_msg ("read back differently:\n%s", text);
}

static void
test_round_trips (void **state)
{
  for (guint i = 0; i < 800; i++)
    {
      g_auto (OrrContext) context = context_new ();
      Random random = { .key = orr_mix (1, i), .context = &context };
      Everything all;
      random_everything (&random, &all);
      guint64 hash = hash_everything (&all, &context);

      g_autofree char *text = write_everything (&all, &context, FALSE, (guint) below (&random, 3));
      assert_same_when_read (text, hash);
      g_autofree char *full = write_everything (&all, &context, TRUE, 0);
      assert_same_when_read (full, hash);
      g_autoptr (GString) flow = g_string_new (NULL), json = g_string_new (NULL);
      orr_yaml_write_flow (everything_fields, &context, &all, flow);
      assert_null (strchr (flow->str, '\n'));
      assert_same_when_read (flow->str, hash);
      orr_fields_print_json (everything_fields, &context, &all, json);
      assert_null (strchr (json->str, '\n'));
      if (!strstr (
              json->str,
              "long long")) /* libyaml wants keys below 1024 characters, JSON has no other form for them */
        assert_same_when_read (json->str, hash);
    }
}

/* What is written once is written the same again. */
static void
test_writing_settles (void **state)
{
  for (guint i = 0; i < 300; i++)
    {
      g_auto (OrrContext) context = context_new (), again = context_new ();
      Random random = { .key = orr_mix (2, i), .context = &context };
      Everything all, other;
      random_everything (&random, &all);
      g_autofree char *text = write_everything (&all, &context, FALSE, 0);
      assert_reads (text, &again, &other);
      g_autofree char *rewritten = write_everything (&other, &again, FALSE, 0);
      assert_string_equal (text, rewritten);
    }
}

/* --- Nothing breaks the reader --- */

/* Changes, removes, doubles or inserts some bytes. */
static void
mutate (Random *random, GString *text)
{
  static const char *const pieces[]
      = { "\n", " ",    "  ",   ": ",  "- ",   "\t",  "{",   "}",    "[",  "]",     ",",
          "\"", "'",    "#",    "&a ", "*a",   "!t ", "|\n", ">-\n", "? ", "---\n", "...\n",
          "%",  "\xff", "\xc3", "\\",  "\\u0", "12",  "nil", "~",    "<<", "\r" };
  for (guint64 n = below (random, 3) + 1; n > 0 && text->len > 0; n--)
    {
      gsize at = below (random, text->len);
      gsize length = below (random, 20) + 1;
      length = MIN (length, text->len - at);
      switch (below (random, 4))
        {
        case 0:
          text->str[at] = (char) below (random, below (random, 4) ? 128 : 256);
          break;
        case 1:
          g_string_erase (text, (gssize) at, (gssize) length);
          break;
        case 2:
          {
            g_autofree char *copy = g_memdup2 (text->str + at, length);
            g_string_insert_len (text, (gssize) below (random, text->len), copy, (gssize) length);
            break;
          }
        default:
          g_string_insert (text, (gssize) at, pieces[below (random, G_N_ELEMENTS (pieces))]);
          break;
        }
    }
}

static void
test_mutations (void **state)
{
  guint n_read = 0, n_refused = 0;
  g_autofree char *base = NULL;
  for (guint i = 0; i < 2000; i++)
    {
      g_auto (OrrContext) context = context_new ();
      Random random = { .key = orr_mix (3, i), .context = &context };
      Everything all;
      if (i % 20 == 0)
        {
          g_free (base);
          random_everything (&random, &all);
          base = write_everything (&all, &context, FALSE, 0);
        }
      g_autoptr (GString) text = g_string_new (base);
      mutate (&random, text);
      g_autofree char *said = read_everything (text->str, text->len, &context, &all);
      assert_true (g_utf8_validate (said, -1, NULL));
      if (*said)
        {
          n_refused++;
          continue;
        }
      n_read++;
      g_autofree char *written = write_everything (&all, &context, FALSE, 0);
      assert_same_when_read (written, hash_everything (&all, &context));
    }
  assert_true (n_read > 100); /* both ways are walked */
  assert_true (n_refused > 100);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_tree),
    cmocka_unit_test (test_json_is_yaml),
    cmocka_unit_test (test_broken),
    cmocka_unit_test (test_bytes),
    cmocka_unit_test (test_bounds),
    cmocka_unit_test (test_many_mistakes),
    cmocka_unit_test (test_hopeless_list),
    cmocka_unit_test (test_read),
    cmocka_unit_test (test_skip),
    cmocka_unit_test (test_read_on),
    cmocka_unit_test (test_read_nothing),
    cmocka_unit_test (test_set),
    cmocka_unit_test (test_set_mistakes),
    cmocka_unit_test (test_set_places),
    cmocka_unit_test (test_locate),
    cmocka_unit_test (test_write_scalar),
    cmocka_unit_test (test_write),
    cmocka_unit_test (test_write_defaults),
    cmocka_unit_test (test_write_flow),
    cmocka_unit_test (test_round_trips),
    cmocka_unit_test (test_writing_settles),
    cmocka_unit_test (test_mutations),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
