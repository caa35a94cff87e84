/* test-field.c: defaults, JSON, digests and the built-in types. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/fact.h"
#include "everything.h"

static void
assert_json (const OrrField *fields, const OrrContext *context, gconstpointer value, const char *expected)
{
  g_autoptr (GString) json = g_string_new (NULL);
  orr_fields_print_json (fields, context, value, json);
  assert_string_equal (json->str, expected);
}

static void
test_defaults (void **state)
{
  g_auto (OrrContext) context = context_new ();
  Everything all;
  memset (&all, 0x5a, sizeof all);
  orr_fields_init (everything_fields, &context, &all);
  assert_int_equal (all.flag, TRUE);
  assert_true (all.integer == G_MININT64);
  assert_true (all.count == 1);
  assert_true (all.number == 0);
  assert_true (all.real != all.real);
  assert_true (all.duration == 60 * ORR_SECOND);
  OrrTime constant;
  assert_true (orr_distribution_is_constant (all.distribution, &constant)
               && constant == 500 * ORR_MICROSECOND);
  assert_true (all.size == G_MININT64 && all.bit_rate == G_MININT64 && all.drift == G_MININT64);
  assert_true (all.share == 100000);
  assert_true (!all.text && !all.name && !all.node);
  assert_true (all.address == ORR_NOBODY && all.request.client == ORR_NOBODY);
  assert_true (all.key == ORR_NIL && all.value == ORR_NIL);
  assert_int_equal (all.commit, 1);
  assert_int_equal (all.router.policy, POLICY_RANDOM);
  assert_true (all.router.window == 5 * ORR_SECOND);
  assert_int_equal (all.router.fallback, -1);
  assert_int_equal (all.names.length, 2);
  assert_string_equal (((const char *const *) all.names.data)[1], "s2");
  assert_true (!all.values.data && !all.links.data && !all.pairs.data);
  assert_json (
      everything_fields, &context, &all,
      "{\"flag\":true,\"count\":1,\"number\":0,\"duration\":\"60s\",\"distribution\":\"500us\",\"share\":\"0."
      "01%\","
      "\"value\":null,\"commit\":\"on\",\"router\":{\"policy\":\"random\"},\"names\":[\"s1\",\"s2\"]}");
}

static void
test_json (void **state)
{
  g_auto (OrrContext) context = context_new ();
  const char *members[] = { "primary", "replica1" };
  OrrValue values[] = { orr_value_int (1), ORR_NIL, orr_terms_text (context.terms, "a \"b\"\n") };
  Group groups[] = { { .members = { members, 2 } }, { .members = { members, 0 } } };
  Pair pairs[] = { { .key = orr_terms_text (context.terms, "x"), .value = orr_value_int (7) },
                   { .key = orr_value_int (12), .note = "why" },
                   { .key = orr_terms_text (context.terms, "12"), .value = values[2] } };
  Everything all;
  orr_fields_init (everything_fields, &context, &all);
  all.flag = FALSE;
  all.integer = -5;
  all.number = G_MAXUINT64;
  all.real = 0.1;
  all.text = "a\\b\xc2\x85\xff";
  all.node = "primary";
  all.address = 3;
  all.key = orr_terms_text (context.terms, "12");
  all.value = orr_terms_list (context.terms, 3, values);
  all.request = (OrrRequest){ .client = 3, .session = 2, .serial = 17, .attempt = 1 };
  all.router.policy = POLICY_LSN;
  all.router.fallback = 1;
  all.router.tries = 3;
  all.values = (OrrArray){ values, 3 };
  all.names = (OrrArray){ members, 0 };
  all.groups = (OrrArray){ groups, 2 };
  all.pairs = (OrrArray){ pairs, 3 };
  assert_json (
      everything_fields, &context, &all,
      "{\"flag\":false,\"integer\":-5,\"count\":1,\"number\":18446744073709551615,\"real\":0.1,"
      "\"duration\":\"60s\",\"distribution\":\"500us\",\"share\":\"0.01%\","
      "\"text\":\"a\\\\b\\u0085\xef\xbf\xbd\",\"node\":\"primary\",\"address\":\"client1\",\"key\":\"12\","
      "\"value\":[1,null,\"a \\\"b\\\"\\n\"],\"request\":\"client1/2/17/1\",\"commit\":\"on\","
      "\"router\":{\"policy\":\"lsn\",\"fallback\":\"on\",\"tries\":3},\"names\":[],"
      "\"values\":[1,null,\"a \\\"b\\\"\\n\"],"
      "\"groups\":[{\"members\":[\"primary\",\"replica1\"]},{\"members\":[]}],"
      "\"pairs\":{\"x\":{\"value\":7},\"12\":{\"value\":null,\"note\":\"why\"},"
      "\"\\\"12\\\"\":{\"value\":\"a \\\"b\\\"\\n\"}}}");
}

static void
test_reals (void **state)
{
  static const struct
  {
    double value;
    const char *json;
  } cases[] = { { 0.1, "0.1" },
                { 1.0 / 3, "0.3333333333333333" },
                { 1e300, "1e+300" },
                { 5e-324, "5e-324" },
                { 123456789012345680.0, "1.2345678901234568e+17" },
                { -2, "-2" },
                { __builtin_inf (), "null" } };
  static const OrrField fields[]
      = { { .name = "x", .type = &orr_type_REAL, .size = sizeof (double) }, { 0 } };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *expected = g_strdup_printf ("{\"x\":%s}", cases[i].json);
      assert_json (fields, NULL, &cases[i].value, expected);
    }
}

static guint64
hash_everything (const Everything *all, const OrrContext *context)
{
  return orr_fields_hash (everything_fields, context, all, 0);
}

/* Equal values have equal digests whatever lies between the members, and whatever number their terms have. */
static void
test_hash_is_of_the_content (void **state)
{
  g_auto (OrrContext) a = context_new (), b = context_new ();
  orr_terms_text (b.terms, "something before");
  Everything in_a, in_b;
  memset (&in_a, 0x00, sizeof in_a);
  memset (&in_b, 0xff, sizeof in_b);
  orr_fields_init (everything_fields, &a, &in_a);
  orr_fields_init (everything_fields, &b, &in_b);
  assert_true (hash_everything (&in_a, &a) == hash_everything (&in_b, &b));

  OrrValue values_a[] = { orr_terms_text (a.terms, "x"), ORR_NIL },
           values_b[] = { orr_terms_text (b.terms, "x"), ORR_NIL };
  in_a.values = (OrrArray){ values_a, 2 };
  in_b.values = (OrrArray){ values_b, 2 };
  in_a.key = values_a[0];
  in_b.key = values_b[0];
  in_a.text = "same";
  in_b.text = orr_arena_strdup (b.arena, "same");
  assert_true (values_a[0] != values_b[0]);
  assert_true (hash_everything (&in_a, &a) == hash_everything (&in_b, &b));
}

/* What does not apply is not hashed, for it is not written either. */
static void
test_hash_of_what_applies (void **state)
{
  g_auto (OrrContext) context = context_new ();
  Everything all, other;
  orr_fields_init (everything_fields, &context, &all);
  other = all;
  other.router.window = 1 * ORR_SECOND;
  other.router.tries = 7;
  assert_true (hash_everything (&all, &context) == hash_everything (&other, &context));
  all.router.policy = other.router.policy = POLICY_TIME_WINDOW;
  assert_true (hash_everything (&all, &context) != hash_everything (&other, &context));
}

/* No field is forgotten: a change to any member changes the digest. */
static void
test_hash_of_every_field (void **state)
{
  g_auto (OrrContext) context = context_new ();
  const char *names[] = { "s1", "s3" };
  OrrValue values[] = { ORR_NIL }, others[] = { orr_value_int (0) };
  Link links[] = { { .from = "primary", .loss = 1 } };
  Group groups[] = { { .members = { names, 1 } } };
  Pair pairs[] = { { .key = orr_value_int (1) } };
  Everything base;
  orr_fields_init (everything_fields, &context, &base);
  base.router.policy = POLICY_TIME_WINDOW;
  base.router.fallback = 1;

  enum
  {
    N = 29
  };
  Everything changed[N];
  for (guint i = 0; i < N; i++)
    changed[i] = base;
  guint n = 0;
  changed[n++].flag = FALSE;
  changed[n++].integer = 0;
  changed[n++].count = 2;
  changed[n++].number = 1;
  changed[n++].real = 0;
  changed[n++].duration = 0;
  changed[n++].distribution = NULL;
  changed[n++].size = 0;
  changed[n++].bit_rate = 1;
  changed[n++].share = 0;
  changed[n++].drift = 0;
  changed[n++].text = "";
  changed[n++].name = "a";
  changed[n++].node = "primary";
  changed[n++].address = 0;
  changed[n++].key = orr_value_int (0);
  changed[n++].value = orr_value_int (0);
  changed[n++].request = (OrrRequest){ 0 };
  changed[n++].commit = 0;
  changed[n++].router.policy = POLICY_LSN;
  changed[n++].router.window = 1;
  changed[n++].router.tries = 1;
  changed[n++].names = (OrrArray){ names, 2 };
  changed[n++].values = (OrrArray){ values, 1 };
  changed[n++].values = (OrrArray){ others, 1 };
  changed[n++].links = (OrrArray){ links, 1 };
  changed[n++].links = (OrrArray){ links, 0 };
  changed[n++].groups = (OrrArray){ groups, 1 };
  changed[n++].pairs = (OrrArray){ pairs, 1 };
  assert_int_equal (n, N);
  for (guint i = 0; i < n; i++)
    {
      assert_true (hash_everything (&changed[i], &context) != hash_everything (&base, &context));
      for (guint j = 0; j < i; j++)
        assert_true (hash_everything (&changed[i], &context) != hash_everything (&changed[j], &context));
    }
}

static void
test_names (void **state)
{
  static const OrrRecord records[]
      = { ORR_RECORD ("vote_request", Router, router_fields), { .name = "wal" }, { 0 } };
  assert_ptr_equal (orr_fields_find (everything_fields, "bit-rate")->type, &orr_type_BIT_RATE);
  assert_null (orr_fields_find (everything_fields, "bit_rate"));
  assert_null (orr_fields_find (everything_fields, "bit"));
  assert_null (orr_fields_find (everything_fields, "bit-rates"));
  assert_null (orr_fields_find (NULL, "bit"));
  assert_int_equal (orr_records_find (records, "wal"), 1);
  assert_int_equal (orr_records_find (records, "vote-request"), 0);
  assert_int_equal (orr_records_find (records, "vote"), -1);
  assert_int_equal (orr_records_find (NULL, "wal"), -1);
  g_autoptr (GString) name = g_string_new (NULL);
  orr_name_print ("sent_at_most", name);
  assert_string_equal (name->str, "sent-at-most");
  assert_string_equal (orr_outcome_name (ORR_OK), "ok");
  assert_string_equal (orr_outcome_name (ORR_FAIL), "fail");
  assert_string_equal (orr_outcome_name (ORR_UNKNOWN), "unknown");
}

static void
test_applies (void **state)
{
  g_auto (OrrContext) context = context_new ();
  Router router;
  orr_fields_init (router_fields, &context, &router);
  const OrrField *window = orr_fields_find (router_fields, "window"),
                 *tries = orr_fields_find (router_fields, "tries");
  assert_true (orr_field_applies (router_fields, router_fields, &router));
  assert_false (orr_field_applies (router_fields, window, &router));
  router.policy = POLICY_TIME_WINDOW;
  assert_true (orr_field_applies (router_fields, window, &router));
  assert_false (orr_field_applies (router_fields, tries, &router)); /* the fallback is unset */
  router.fallback = 1;
  assert_true (orr_field_applies (router_fields, tries, &router));
  router.policy = POLICY_RANDOM; /* the fallback itself does not apply */
  assert_false (orr_field_applies (router_fields, tries, &router));
}

/* --- The types, one text each --- */

typedef struct
{
  const char *field, *text;
  const char *printed; /* NULL: the same as the text */
  const char *message; /* NULL: it parses */
} Case;

static const Case cases[] = {
  { "flag", "true" },
  { "flag", "false" },
  { "flag", "on", .message = "'on' is neither true nor false" },
  { "flag", "1", .message = "'1' is neither true nor false" },
  { "integer", "-1000" },
  { "integer", "1001", .message = "'1001' is too large; the most is 1000" },
  { "integer", "-1001", .message = "'-1001' is too small; the least is -1000" },
  { "integer", "9223372036854775808",
    .message = "'9223372036854775808' is too large; the most is 9223372036854775807" },
  { "integer", "-9223372036854775808",
    .message = "'-9223372036854775808' is too small; the least is -9223372036854775807" },
  { "integer", "1.5", .message = "'1.5' is not a whole number" },
  { "integer", " 1", .message = "' 1' is not a whole number" },
  { "integer", "0x10", .message = "'0x10' is not a whole number" },
  { "count", "0", .message = "'0' is too small; the least is 1" },
  { "count", "4294967294" },
  { "count", "4294967295", .message = "'4294967295' is too large; the most is 4294967294" },
  { "count", "-1", .message = "'-1' is too small; the least is 1" },
  { "number", "18446744073709551615" },
  { "number", "18446744073709551616",
    .message = "'18446744073709551616' is too large; the most is 18446744073709551615" },
  { "number", "-1", .message = "'-1' is not a whole number from 0" },
  { "real", "0.99" },
  { "real", "1e3", "1000" },
  { "real", "-0" },
  { "real", "inf", .message = "'inf' is not a number" },
  { "real", "nan", .message = "'nan' is not a number" },
  { "real", "0x1p3", .message = "'0x1p3' is not a number" },
  { "real", "1,5", .message = "'1,5' is not a number" },
  { "real", "", .message = "'' is not a number" },
  { "real", "1e999", .message = "'1e999' is too large; the most is 1.7976931348623157e+308" },
  { "duration", "120s", "2min" },
  { "duration", "-2s" },
  { "distribution", "lognormal(median 40ms p99 900ms)" },
  { "size", "16kB" },
  { "bit-rate", "1Gbit/s" },
  { "share", "0.01%" },
  { "drift", "-50ppm" },
  { "text", "" },
  { "text", "any\nthing" },
  { "name", "remote-write2" },
  { "name", "Remote", .message = "'Remote' is not a name" },
  { "name", "2a", .message = "'2a' is not a name" },
  { "name", "-a", .message = "'-a' is not a name" },
  { "name", "a_b", .message = "'a_b' is not a name" },
  { "name", "a\xc3\xa9", .message = "'aé' is not a name" },
  { "name", "", .message = "'' is not a name" },
  { "node", "replica2" },
  { "node", "replica3", .message = "'replica3' is no node of this scenario; did you mean 'replica1'?" },
  { "node", "raft",
    .message = "'raft' is no node of this scenario; use one of primary, replica1, replica2, client1" },
  { "address", "client1" },
  { "address", "#1",
    .message = "'#1' is no node of this scenario; use one of primary, replica1, replica2, client1" },
  { "key", "x" },
  { "key", "12" },
  { "key", "\"12\"" },
  { "key", "two words" },
  { "key", "nil", .message = "'nil' can't be a key, since it stands for none" },
  { "value", "nil" },
  { "value", "null", "nil" },
  { "value", "[1 x \"a b\"]" },
  { "request", "client1/2/17/0" },
  { "request", "client1/2/17", .message = "'client1/2/17' is not a request" },
  { "request", "client1/2/17/0/1", .message = "'client1/2/17/0/1' is not a request" },
  { "request", "client1/2/-1/0", .message = "'client1/2/-1/0' is not a request" },
  { "request", "client1/2/4294967296/0", .message = "'client1/2/4294967296/0' is not a request" },
  { "commit", "remote_write" },
  { "commit", "remote-write",
    .message = "'remote-write' is none of off, on, remote_write; did you mean 'remote_write'?" },
  { "commit", "sometimes", .message = "'sometimes' is not possible here; use one of off, on, remote_write" },
};

static void
check_case (const Case *c, const OrrContext *context)
{
  const OrrField *field = orr_fields_find (everything_fields, c->field);
  assert_non_null (field);
  guint64 value[3] = { 0 }, again[3] = { 0 }; /* room for any of them */
  g_autofree char *message = NULL;
  gboolean right = field->type->parse (field, context, c->text, value, &message);
  if (c->message)
    {
      assert_false (right);
      assert_memory_equal (value, again, sizeof value); /* untouched */
      assert_string_equal (message, c->message);
      return;
    }
  if (!right)
    fail_msg ("%s: %s", c->text, message);
  g_autoptr (GString) printed = g_string_new (NULL);
  field->type->print (field, context, value, printed);
  assert_string_equal (printed->str, c->printed ? c->printed : c->text);
  assert_true (field->type->parse (field, context, printed->str, again, &message));
  g_autoptr (GString) reprinted = g_string_new (NULL);
  field->type->print (field, context, again, reprinted);
  assert_string_equal (reprinted->str, printed->str);
}

static void
test_types (void **state)
{
  g_auto (OrrContext) context = context_new ();
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    check_case (&cases[i], &context);
}

/* Messages of the numbers with units are their parsers' own; that they come through, and their places, is
 * this room's. */
static void
test_offsets (void **state)
{
  g_auto (OrrContext) context = context_new ();
  gsize offset = 0;
  context.ret_offset = &offset;
  OrrDistribution *distribution = NULL;
  g_autofree char *message = NULL;
  assert_false (orr_type_DISTRIBUTION.parse (orr_fields_find (everything_fields, "distribution"), &context,
                                             "5ms + lognormal(median 40 p99 900ms)", &distribution,
                                             &message));
  assert_non_null (message);
  assert_in_range (offset, 6, 35);
}

static void
test_quoted_terms (void **state)
{
  g_auto (OrrContext) context = context_new ();
  context.quoted = TRUE;
  OrrValue value;
  assert_true (orr_type_VALUE.parse (everything_fields, &context, "12", &value, NULL));
  assert_true (value == orr_terms_text (context.terms, "12"));
  assert_true (orr_type_VALUE.parse (everything_fields, &context, "nil", &value, NULL));
  assert_true (value == orr_terms_text (context.terms, "nil"));
}

static void
test_addresses_without_names (void **state)
{
  OrrContext context = { 0 };
  OrrAddress address;
  g_autofree char *message = NULL;
  assert_true (orr_type_ADDRESS.parse (everything_fields, &context, "#5", &address, &message));
  assert_int_equal (address, 5);
  g_autoptr (GString) text = g_string_new (NULL);
  orr_type_ADDRESS.print (everything_fields, &context, &address, text);
  assert_string_equal (text->str, "#5");
  assert_false (orr_type_ADDRESS.parse (everything_fields, &context, "#4294967295", &address, &message));
  assert_string_equal (message, "'#4294967295' is no address");
}

/* Every type says how it is written, and its unset value is unset. */
static void
test_tables (void **state)
{
  for (const OrrField *field = everything_fields; field->name; field++)
    {
      const OrrType *type = field->type;
      assert_true (type->name && type->form && type->schema && type->print);
      assert_true (type->size == 0 || type->size == field->size);
      assert_true (type->hash || type->size <= 8);
      if (!type->set_unset)
        continue;
      guint64 value[3] = { 0 };
      type->set_unset (value);
      assert_int_equal (type->is_unset (value), type != &orr_type_NUMBER && type != &orr_type_VALUE);
    }
}

static void
test_facts (void **state)
{
  g_auto (OrrContext) context = context_new ();
  OrrFactVersion version = {
    .key = orr_terms_text (context.terms, "x"), .value = orr_value_int (4), .version = 2, .previous = 1
  };
  assert_json (orr_fact_version_fields, &context, &version,
               "{\"key\":\"x\",\"value\":4,\"version\":2,\"previous\":1}");
  OrrFactValue value = { .key = orr_value_int (1), .value = ORR_NIL };
  assert_json (orr_fact_value_fields, &context, &value, "{\"key\":1,\"value\":null,\"version\":0}");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_defaults),
    cmocka_unit_test (test_json),
    cmocka_unit_test (test_reals),
    cmocka_unit_test (test_hash_is_of_the_content),
    cmocka_unit_test (test_hash_of_what_applies),
    cmocka_unit_test (test_hash_of_every_field),
    cmocka_unit_test (test_names),
    cmocka_unit_test (test_applies),
    cmocka_unit_test (test_types),
    cmocka_unit_test (test_offsets),
    cmocka_unit_test (test_quoted_terms),
    cmocka_unit_test (test_addresses_without_names),
    cmocka_unit_test (test_tables),
    cmocka_unit_test (test_facts),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
