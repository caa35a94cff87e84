/* test-primary-replica.c: log positions, the grammar of synchronous_standby_names, what the model claims, and
 * the map that its servers keep their rows in. What the model does is told by its scenarios and stories. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../models/primary-replica/primary-replica.h"
#include "engine/fault.h"
#include "../support/puppet.h"

/* --- Log positions --- */

static gboolean
parse_lsn (const char *text, Lsn *lsn)
{
  const OrrContext context = { 0 };
  g_autofree char *message = NULL;
  gboolean ok = lsn_type.parse (NULL, &context, text, lsn, &message);
  assert_int_equal (ok, message == NULL);
  return ok;
}

static Lsn
lsn (const char *text)
{
  Lsn value = 0;
  assert_true (parse_lsn (text, &value));
  return value;
}

static void
positions_are_two_halves (void **state G_GNUC_UNUSED)
{
  static const struct
  {
    const char *text;
    Lsn lsn;
  } rows[] = {
    { "0/1", 1 },
    { "0/3000060", 0x3000060 },
    { "16/B374D848", G_GUINT64_CONSTANT (0x16b374d848) },
    { "FFFFFFFF/FFFFFFFF", G_MAXUINT64 },
    { "1/0", G_GUINT64_CONSTANT (1) << 32 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      char text[LSN_TEXT_SIZE];
      assert_int_equal (lsn (rows[i].text), rows[i].lsn);
      lsn_print (rows[i].lsn, text);
      assert_string_equal (text, rows[i].text);
    }
  assert_int_equal (lsn ("0/a0b"), 0xa0b);
  assert_int_equal (lsn ("00000000/0000000F"), 15);
}

/* Each digit that the text grows by, and the line between the halves. */
static void
positions_grow_by_digits (void **state G_GNUC_UNUSED)
{
  for (guint bit = 4; bit < 64; bit += 4)
    {
      Lsn below = (G_GUINT64_CONSTANT (1) << bit) - 1, above = below + 1;
      char text[LSN_TEXT_SIZE], grown[LSN_TEXT_SIZE];
      lsn_print (below, text);
      lsn_print (above, grown);
      assert_int_equal (lsn (text), below);
      assert_int_equal (lsn (grown), above);
      assert_true (lsn_reached (above, below, FALSE));
      assert_false (lsn_reached (below, above, FALSE));
      /* As text 0/F… is behind 0/10…; only between the halves, where 0/FFFFFFFF becomes 1/0, both agree. */
      assert_int_equal (lsn_reached (above, below, TRUE), bit == 32);
      assert_int_equal (lsn_reached (below, above, TRUE), bit != 32);
    }
}

static void
what_is_no_position_is_refused (void **state G_GNUC_UNUSED)
{
  static const char *const rows[]
      = { "",     "0",    "/",           "0/",          "/0",    "0/0",  "0/G",  " 0/1",
          "0/1 ", "0//1", "0/123456789", "123456789/1", "0x0/1", "-1/1", "0/1/", "0:1" };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Lsn value = 77;
      if (parse_lsn (rows[i], &value))
        fail_msg ("'%s' was accepted", rows[i]);
      assert_int_equal (value, 77);
    }
}

/* As numbers they are right, as text they are wrong wherever one has more digits than the other. */
static void
positions_are_no_texts (void **state G_GNUC_UNUSED)
{
  assert_true (lsn_reached (lsn ("0/10000000"), lsn ("0/A000000"), FALSE));
  assert_false (lsn_reached (lsn ("0/A000000"), lsn ("0/10000000"), FALSE));
  assert_false (lsn_reached (lsn ("0/10000000"), lsn ("0/A000000"), TRUE));
  assert_true (lsn_reached (lsn ("0/A000000"), lsn ("0/10000000"), TRUE));
  assert_true (lsn_reached (lsn ("9/0"), lsn ("10/0"), TRUE));
  assert_false (lsn_reached (lsn ("9/0"), lsn ("10/0"), FALSE));
  for (guint as_text = 0; as_text < 2; as_text++)
    {
      assert_true (lsn_reached (lsn ("0/3000060"), lsn ("0/3000060"), as_text));
      assert_true (lsn_reached (lsn ("0/3000061"), lsn ("0/3000060"), as_text));
      assert_false (lsn_reached (lsn ("0/3000060"), lsn ("0/3000061"), as_text));
    }
}

/* --- Standby names --- */

static char *
print_names (const StandbyNames *names)
{
  const OrrContext context = { 0 };
  GString *text = g_string_new (NULL);
  standby_names_type.print (NULL, &context, &names, text);
  return g_string_free (text, FALSE);
}

static const StandbyNames *
parse_names (OrrArena *arena, const char *text)
{
  const OrrContext context = { .arena = arena };
  const StandbyNames *names = NULL;
  g_autofree char *message = NULL;
  if (!standby_names_type.parse (NULL, &context, text, &names, &message))
    fail_msg ("'%s': %s", text, message);
  return names;
}

static void
names_are_read_as_postgresql_reads_them (void **state G_GNUC_UNUSED)
{
  static const struct
  {
    const char *text, *canonical;
  } rows[] = {
    { "", "" },
    { "  ", "" },
    { "replica1", "FIRST 1 (replica1)" },
    { "replica1, replica2", "FIRST 1 (replica1, replica2)" },
    { "FIRST 2 (s1,s2 , s3)", "FIRST 2 (s1, s2, s3)" },
    { "2 (s1, s2)", "FIRST 2 (s1, s2)" },
    { "2(s1)", "FIRST 2 (s1)" },
    { "any 1 (s1)", "ANY 1 (s1)" },
    { "aNy\t3\n(*)", "ANY 3 (*)" },
    { "*", "FIRST 1 (*)" },
    { "\"*\"", "FIRST 1 (*)" },
    { "2, 3", "FIRST 1 (\"2\", \"3\")" },
    { "7", "FIRST 1 (\"7\")" },
    { "FIRST 1 (\"first\", \"Any\")", "FIRST 1 (\"first\", \"Any\")" },
    { "firstly, anyone", "FIRST 1 (firstly, anyone)" },
    { "\"a\"\"b\", \"replica-1\", _x$9", "FIRST 1 (\"a\"\"b\", \"replica-1\", _x$9)" },
    { "\"\"", "FIRST 1 (\"\")" },
    { "ANY 1000 (a)", "ANY 1000 (a)" },
  };
  g_autoptr (OrrArena) arena = orr_arena_new ();
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const StandbyNames *names = parse_names (arena, rows[i].text);
      g_autofree char *text = print_names (names);
      assert_string_equal (text, rows[i].canonical);
      g_autofree char *again = print_names (parse_names (arena, text));
      assert_string_equal (again, text);
    }
}

static void
what_is_no_list_is_refused_where_it_is_wrong (void **state G_GNUC_UNUSED)
{
  static const struct
  {
    const char *text, *message;
    gsize offset;
  } rows[] = {
    { ",", "a standby's name is missing", 0 },
    { "a,", "a standby's name is missing", 2 },
    { "a,,b", "a standby's name is missing", 2 },
    { "ANY 1 ()", "a standby's name is missing", 7 },
    { "a b", "what stands behind the list does not belong there", 2 },
    { "replica-1", "what stands behind the list does not belong there", 7 },
    { "FIRST 1 (a) b", "what stands behind the list does not belong there", 12 },
    { "FIRST 1 (a", "the parenthesis is never closed", 10 },
    { "FIRST 1 (a b)", "the parenthesis is never closed", 11 },
    { "FIRST 1 a", "after the number the standbys must stand in parentheses", 8 },
    { "FIRST (a)", "after FIRST or ANY the number of standbys is missing", 6 },
    { "ANY", "after FIRST or ANY the number of standbys is missing", 3 },
    { "ANY *", "after FIRST or ANY the number of standbys is missing", 4 },
    { "a, first", "FIRST and ANY stand before a number; as a standby's name they must be quoted", 3 },
    { "FIRST 0 (a)", "the number of standbys to wait for must lie between 1 and 1000", 6 },
    { "1001 (a)", "the number of standbys to wait for must lie between 1 and 1000", 0 },
    { "ANY 99999999999999999999999 (a)", "the number of standbys to wait for must lie between 1 and 1000",
      4 },
    { "a, \"b", "a quotation mark is never closed", 3 },
    { "\"a\"\"", "a quotation mark is never closed", 0 },
  };
  g_autoptr (OrrArena) arena = orr_arena_new ();
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gsize offset = 99;
      const OrrContext context = { .arena = arena, .ret_offset = &offset };
      const StandbyNames *names = (gconstpointer) rows;
      g_autofree char *message = NULL;
      if (standby_names_type.parse (NULL, &context, rows[i].text, &names, &message))
        fail_msg ("'%s' was accepted", rows[i].text);
      assert_string_equal (message, rows[i].message);
      assert_int_equal (offset, rows[i].offset);
      assert_ptr_equal (names, rows);
    }
}

static void
a_list_has_at_most_a_thousand_names (void **state G_GNUC_UNUSED)
{
  g_autoptr (OrrArena) arena = orr_arena_new ();
  const OrrContext context = { .arena = arena };
  g_autoptr (GString) text = g_string_new ("x");
  g_autofree char *message = NULL;
  const StandbyNames *names;
  for (guint i = 1; i < 1000; i++)
    g_string_append (text, ", x");
  assert_int_equal (parse_names (arena, text->str)->n_names, 1000);
  g_string_append (text, ", x");
  assert_false (standby_names_type.parse (NULL, &context, text->str, &names, &message));
  assert_string_equal (message, "those are more than 1000 standbys");
}

static void
priorities_are_places_in_the_list (void **state G_GNUC_UNUSED)
{
  g_autoptr (OrrArena) arena = orr_arena_new ();
  const StandbyNames *names = parse_names (arena, "ANY 2 (s1, \"S2\", s1, s3)");
  assert_int_equal (standby_names_priority (names, "s1"), 1);
  assert_int_equal (standby_names_priority (names, "s2"), 2);
  assert_int_equal (standby_names_priority (names, "S3"), 4);
  assert_int_equal (standby_names_priority (names, "s4"), 0);
  assert_int_equal (standby_names_priority (names, "s"), 0);
  names = parse_names (arena, "s9, *");
  assert_int_equal (standby_names_priority (names, "s9"), 1);
  assert_int_equal (standby_names_priority (names, "s4"), 2);
}

/* --- Which commits wait --- */

static void
only_remote_levels_with_names_wait (void **state G_GNUC_UNUSED)
{
  StandbyNames nobody = { 0 }, somebody = { .wanted = 1 };
  for (gint32 level = COMMIT_OFF; level <= COMMIT_REMOTE_APPLY; level++)
    {
      Options options = { .synchronous_commit = level };
      assert_false (waits_for_standbys (&options));
      options.synchronous_standby_names = &nobody;
      assert_false (waits_for_standbys (&options));
      options.synchronous_standby_names = &somebody;
      assert_int_equal (waits_for_standbys (&options), level >= COMMIT_REMOTE_WRITE);
    }
}

/* --- What is claimed --- */

extern const OrrModel orr_model_primary_replica;

static gboolean
is_claimed (const OrrClaims *claims, const char *property)
{
  return g_strv_contains (orr_claims_get_properties (claims), property);
}

static void
claims_follow_from_the_options (void **state G_GNUC_UNUSED)
{
  static const char *const any[] = { "*" };
  StandbyNames one = { .wanted = 1, .n_names = 1, .names = any };
  StandbyNames all = { .wanted = 2, .n_names = 1, .names = any };
  StandbyNames too_many = { .wanted = 3, .n_names = 1, .names = any };
  const StandbyNames *names[] = { NULL, &one, &all, &too_many };
  for (gint32 policy = POLICY_PRIMARY_ONLY; policy <= POLICY_STICKY; policy++)
    for (gint32 level = COMMIT_OFF; level <= COMMIT_REMOTE_APPLY; level++)
      for (guint i = 0; i < G_N_ELEMENTS (names); i++)
        for (guint bug = 0; bug < 3; bug++) /* none, or that of the bit before */
          {
            const Options options = { .replicas = 2,
                                      .synchronous_commit = level,
                                      .synchronous_standby_names = names[i],
                                      .router.policy = policy };
            gboolean current = level == COMMIT_REMOTE_APPLY && (names[i] == &all || names[i] == &too_many);
            gboolean ends = level <= COMMIT_LOCAL || names[i] != &too_many;
            gboolean safe = level != COMMIT_OFF && bug != BUG_NETWORK_ERROR_REPORTED_OK + 1;
            gboolean asks = policy == POLICY_LSN && bug != BUG_LSN_COMPARED_AS_TEXT + 1;
            gboolean direct = policy == POLICY_PRIMARY_ONLY;
            g_autoptr (OrrClaims) claims = orr_claims_new ();
            orr_model_primary_replica.claims (&options, bug ? 1u << (bug - 1) : 0, claims);
            assert_int_equal (is_claimed (claims, "convergence"), ends);
            assert_true (is_claimed (claims, "monotonic-writes"));
            assert_true (is_claimed (claims, "writes-follow-reads"));
            assert_int_equal (is_claimed (claims, "durability"), safe);
            assert_int_equal (is_claimed (claims, "read-your-writes"), safe && (direct || asks || current));
            assert_int_equal (is_claimed (claims, "monotonic-reads"), safe && direct);
            assert_int_equal (orr_claims_keep (claims, "read-your-writes", "cancel"),
                              !safe || direct || asks);
            assert_false (orr_claims_keep (claims, "convergence", "pause-replay"));
          }
}

/* Is that a fault, one of its shapes, an action of the model, or a cancel? */
static gboolean
is_fault (const char *name)
{
  if (orr_records_find (orr_model_primary_replica.actions, name) >= 0 || g_str_equal (name, "cancel"))
    return TRUE;
  for (guint i = 0; orr_faults[i]; i++)
    {
      const OrrEntry *entry = &orr_faults[i]->entry;
      if (g_str_equal (entry->name, name))
        return TRUE;
      for (const OrrField *field = entry->fields; field && field->name; field++)
        for (const OrrChoice *choice = field->choices; choice && choice->name; choice++)
          {
            g_autofree char *shape = g_strdup_printf ("%s-%s", entry->name, choice->name);
            if (g_str_equal (shape, name))
              return TRUE;
          }
    }
  return FALSE;
}

static void
what_is_borne_can_happen (void **state G_GNUC_UNUSED)
{
  const Options options = { .replicas = 2 };
  g_autoptr (OrrClaims) claims = orr_claims_new ();
  orr_model_primary_replica.claims (&options, 0, claims);
  for (const char *const *name = orr_claims_get_faults (claims); *name; name++)
    if (!is_fault (*name))
      fail_msg ("no fault is called %s", *name);
  assert_true (orr_claims_bear (claims, "crash-disk", "replica"));
  assert_true (orr_claims_bear (claims, "crash-disk", "router"));
  assert_false (orr_claims_bear (claims, "crash-disk", "primary"));
  assert_false (orr_claims_bear (claims, "crash-disk", NULL));
  assert_false (orr_claims_bear (claims, "crash", NULL)); /* it would bear all of its kinds */
}

/* --- The map --- */

#define KEYS  60
#define STEPS 20000

/* The map beside an array of keys in the order in which they were put, over many random steps. */
typedef struct
{
  guint64 keys[KEYS], values[KEYS];
  guint n;
} Plain;

static guint
plain_find (const Plain *plain, guint64 key)
{
  guint i = 0;
  while (i < plain->n && plain->keys[i] != key)
    i++;
  return i;
}

static void
plain_put (Plain *plain, guint64 key, guint64 value)
{
  guint i = plain_find (plain, key);
  plain->n = MAX (plain->n, i + 1);
  plain->keys[i] = key;
  plain->values[i] = value;
}

static gboolean
plain_remove (Plain *plain, guint64 key)
{
  guint i = plain_find (plain, key);
  if (i == plain->n)
    return FALSE;
  plain->n--;
  memmove (&plain->keys[i], &plain->keys[i + 1], (plain->n - i) * sizeof *plain->keys);
  memmove (&plain->values[i], &plain->values[i + 1], (plain->n - i) * sizeof *plain->values);
  return TRUE;
}

static void
check_same (const OrrMap *map, const Plain *plain)
{
  guint32 place = 0;
  guint64 key;
  gpointer value;
  guint n = 0;
  for (; orr_map_next (map, &place, &key, &value); n++)
    {
      assert_true (n < plain->n);
      assert_int_equal (key, plain->keys[n]);
      assert_int_equal (*(guint64 *) value, plain->values[n]);
    }
  assert_int_equal (n, plain->n);
  assert_int_equal (map->length, plain->n);
}

static void
compare_maps (OrrNode *node, OrrStart start G_GNUC_UNUSED)
{
  if (orr_self (node) != 0)
    return;
  OrrMap map;
  Plain plain = { .n = 0 };
  OrrDraw draw = orr_draw_key (1, "map");
  orr_map_init (&map, sizeof (guint64));
  assert_null (orr_map_get (&map, 1));
  assert_false (orr_map_remove (&map, 1));
  for (guint64 step = 0; step < STEPS; step++)
    {
      OrrDraw here = orr_draw_fold (draw, step);
      guint64 key = orr_draw_below (here, KEYS) << 32, what = orr_draw_below (orr_draw_fold (here, 1), 1000);
      if (what < 500)
        {
          guint64 *value = orr_map_put (node, &map, key);
          if (plain_find (&plain, key) == plain.n)
            assert_int_equal (*value, 0);
          plain_put (&plain, key, *value = step);
        }
      else if (what < 995)
        assert_int_equal (orr_map_remove (&map, key), plain_remove (&plain, key));
      else
        {
          orr_map_clear (node, &map);
          plain.n = 0;
        }
      const guint64 *found = orr_map_get (&map, key);
      guint i = plain_find (&plain, key);
      assert_int_equal (found != NULL, i < plain.n);
      if (found)
        assert_int_equal (*found, plain.values[i]);
      check_same (&map, &plain);
    }
  say (node, "done");
}

static void
a_map_is_an_array_that_is_found_fast (void **state G_GNUC_UNUSED)
{
  puppet.start = compare_maps;
  g_autoptr (OrrTrace) trace = run_puppet ("duration: 1s\n", ORR_RECORD_OPERATIONS, 0);
  assert_string_equal (journal->str, "0s n0 done\n");
}

/* While it is walked, entries may be removed; those that were put first come first. */
static void
remove_while_walking (OrrNode *node, OrrStart start G_GNUC_UNUSED)
{
  OrrMap map = { .value_size = sizeof (guint32) };
  guint32 place = 0;
  guint64 key;
  gpointer value;
  if (orr_self (node) != 0)
    return;
  for (guint64 i = 100; i > 0; i--)
    *(guint32 *) orr_map_put (node, &map, i * i) = (guint32) i;
  for (guint64 i = 100; orr_map_next (&map, &place, &key, &value); i--)
    {
      assert_int_equal (key, i * i);
      assert_int_equal (*(guint32 *) value, i);
      if (i % 3 != 0)
        assert_true (orr_map_remove (&map, key));
    }
  assert_int_equal (map.length, 33);
  say (node, "done");
}

static void
a_map_may_shrink_while_it_is_walked (void **state G_GNUC_UNUSED)
{
  puppet.start = remove_while_walking;
  g_autoptr (OrrTrace) trace = run_puppet ("duration: 1s\n", ORR_RECORD_OPERATIONS, 0);
  assert_string_equal (journal->str, "0s n0 done\n");
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, puppet_setup, puppet_teardown)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (positions_are_two_halves),
    TEST (positions_grow_by_digits),
    TEST (what_is_no_position_is_refused),
    TEST (positions_are_no_texts),
    TEST (names_are_read_as_postgresql_reads_them),
    TEST (what_is_no_list_is_refused_where_it_is_wrong),
    TEST (a_list_has_at_most_a_thousand_names),
    TEST (priorities_are_places_in_the_list),
    TEST (only_remote_levels_with_names_wait),
    TEST (claims_follow_from_the_options),
    TEST (what_is_borne_can_happen),
    TEST (a_map_is_an_array_that_is_found_fast),
    TEST (a_map_may_shrink_while_it_is_walked),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
