/* test-object.c: objects do what their pages say, and keys are chosen as often as they should be. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/maths.h"
#include "object/object.h"

#include <math.h>
#include <string.h>

static OrrValue
number (gint64 n)
{
  return orr_value_int (n);
}

static const OrrObject *
object_named (const char *name)
{
  const OrrObject *object = orr_objects_find (orr_objects, name);
  assert_non_null (object);
  return object;
}

/* Applies a step and checks what it says, leaves and returns. */
static void
check_step (OrrTerms *terms, const char *object, OrrValue state, OrrStep step, OrrRule rule, OrrValue then,
            OrrValue value)
{
  OrrValue ret_state = 99, ret_value = 99;
  assert_int_equal (object_named (object)->apply (terms, state, &step, &ret_state, &ret_value), rule);
  assert_int_equal (ret_state, then);
  assert_int_equal (ret_value, value);
}

static void
test_register (void **data G_GNUC_UNUSED)
{
  g_autoptr (OrrTerms) terms = orr_terms_new ();
  OrrKey x = orr_terms_text (terms, "x");
  check_step (terms, "register", ORR_NIL, (OrrStep){ ORR_READ, x }, ORR_RULE_APPLIED, ORR_NIL, ORR_NIL);
  check_step (terms, "register", number (1), (OrrStep){ ORR_READ, x }, ORR_RULE_APPLIED, number (1),
              number (1));
  check_step (terms, "register", number (1), (OrrStep){ ORR_WRITE, x, number (2) }, ORR_RULE_APPLIED,
              number (2), ORR_NIL);
  check_step (terms, "register", number (1), (OrrStep){ ORR_CAS, x, number (3), number (1) },
              ORR_RULE_APPLIED, number (3), ORR_NIL);
  check_step (terms, "register", number (1), (OrrStep){ ORR_CAS, x, number (3), number (2) },
              ORR_RULE_REFUSED, number (1), ORR_NIL);
  check_step (terms, "register", ORR_NIL, (OrrStep){ ORR_CAS, x, number (3), ORR_NIL }, ORR_RULE_APPLIED,
              number (3), ORR_NIL);
  check_step (terms, "register", number (1), (OrrStep){ ORR_BULK_WRITE, ORR_NIL, number (5), number (6) },
              ORR_RULE_APPLIED, number (1), ORR_NIL);
}

static void
test_map (void **data G_GNUC_UNUSED)
{
  g_autoptr (OrrTerms) terms = orr_terms_new ();
  OrrKey x = orr_terms_text (terms, "x");
  check_step (terms, "map", number (1), (OrrStep){ ORR_DELETE, x }, ORR_RULE_APPLIED, ORR_NIL, ORR_NIL);
  check_step (terms, "map", ORR_NIL, (OrrStep){ ORR_DELETE, x }, ORR_RULE_APPLIED, ORR_NIL, ORR_NIL);
  check_step (terms, "map", ORR_NIL, (OrrStep){ ORR_WRITE, x, number (2) }, ORR_RULE_APPLIED, number (2),
              ORR_NIL);
  check_step (terms, "map", number (2), (OrrStep){ ORR_READ, x }, ORR_RULE_APPLIED, number (2), number (2));
}

static void
test_list (void **data G_GNUC_UNUSED)
{
  g_autoptr (OrrTerms) terms = orr_terms_new ();
  OrrKey x = orr_terms_text (terms, "x");
  OrrValue one = orr_terms_append (terms, ORR_NIL, number (1));
  OrrValue both = orr_terms_append (terms, one, number (1));
  check_step (terms, "list-append", ORR_NIL, (OrrStep){ ORR_APPEND, x, number (1) }, ORR_RULE_APPLIED, one,
              ORR_NIL);
  check_step (terms, "list-append", one, (OrrStep){ ORR_APPEND, x, number (1) }, ORR_RULE_APPLIED, both,
              ORR_NIL);
  check_step (terms, "list-append", both, (OrrStep){ ORR_READ, x }, ORR_RULE_APPLIED, both, both);
  check_step (terms, "list-append", ORR_NIL, (OrrStep){ ORR_READ, x }, ORR_RULE_APPLIED, ORR_NIL, ORR_NIL);
}

/* The state after adding values in the order given. */
static OrrValue
set_of (OrrTerms *terms, guint n, const OrrValue *members)
{
  OrrValue state = ORR_NIL, value;
  for (guint i = 0; i < n; i++)
    object_named ("set")->apply (terms, state, &(OrrStep){ ORR_ADD, ORR_NIL, members[i] }, &state, &value);
  return state;
}

static void
test_set (void **data G_GNUC_UNUSED)
{
  g_autoptr (OrrTerms) terms = orr_terms_new ();
  /* Later terms have higher numbers: order must come from the content. */
  OrrValue pear = orr_terms_text (terms, "pear"), apple = orr_terms_text (terms, "apple");
  OrrValue list = orr_terms_append (terms, ORR_NIL, pear);
  OrrValue some[] = { pear, number (7), list, ORR_NIL, number (-3), apple, pear, number (7) };
  OrrValue sorted[] = { ORR_NIL, number (-3), number (7), apple, pear, list };
  OrrValue all = set_of (terms, G_N_ELEMENTS (some), some);
  assert_int_equal (all, orr_terms_list (terms, G_N_ELEMENTS (sorted), sorted));

  /* Whatever the order, the same word; and taken out one by one, nil is left. */
  OrrValue state = set_of (terms, G_N_ELEMENTS (sorted), sorted), value;
  assert_int_equal (state, all);
  check_step (terms, "set", all, (OrrStep){ ORR_READ, ORR_NIL }, ORR_RULE_APPLIED, all, all);
  check_step (terms, "set", all, (OrrStep){ ORR_REMOVE, ORR_NIL, number (8) }, ORR_RULE_APPLIED, all,
              ORR_NIL);
  const OrrValue without[] = { ORR_NIL, number (-3), apple, pear, list };
  check_step (terms, "set", all, (OrrStep){ ORR_REMOVE, ORR_NIL, number (7) }, ORR_RULE_APPLIED,
              orr_terms_list (terms, G_N_ELEMENTS (without), without), ORR_NIL);
  for (guint i = 0; i < G_N_ELEMENTS (sorted); i++)
    object_named ("set")->apply (terms, state, &(OrrStep){ ORR_REMOVE, ORR_NIL, some[i] }, &state, &value);
  assert_int_equal (state, ORR_NIL);
}

static void
test_counter (void **data G_GNUC_UNUSED)
{
  g_autoptr (OrrTerms) terms = orr_terms_new ();
  const OrrObject *counter = object_named ("counter");
  OrrValue state = ORR_NIL;
  assert_false (counter->preload (NULL, terms, ORR_NIL, &state));
  assert_int_equal (state, number (0));
  check_step (terms, "counter", number (2), (OrrStep){ ORR_INCREMENT, ORR_NIL, number (-5) },
              ORR_RULE_APPLIED, number (-3), ORR_NIL);
  check_step (terms, "counter", ORR_NIL, (OrrStep){ ORR_INCREMENT, ORR_NIL, number (4) }, ORR_RULE_APPLIED,
              number (4), ORR_NIL);
  check_step (terms, "counter", ORR_NIL, (OrrStep){ ORR_READ, ORR_NIL }, ORR_RULE_APPLIED, ORR_NIL,
              number (0));
  OrrValue most = number (ORR_VALUE_INT_MAX);
  check_step (terms, "counter", most, (OrrStep){ ORR_INCREMENT, ORR_NIL, number (1) }, ORR_RULE_REFUSED, most,
              ORR_NIL);
  OrrValue text = orr_terms_text (terms, "one");
  check_step (terms, "counter", most, (OrrStep){ ORR_INCREMENT, ORR_NIL, text }, ORR_RULE_REFUSED, most,
              ORR_NIL);
}

static gpointer
settings_of (const OrrObject *object)
{
  OrrContext context = { 0 };
  gpointer settings = g_malloc0 (MAX (object->entry.size, 1));
  if (object->entry.fields)
    orr_fields_init (object->entry.fields, &context, settings);
  return settings;
}

static void
test_bank (void **data G_GNUC_UNUSED)
{
  g_autoptr (OrrTerms) terms = orr_terms_new ();
  const OrrObject *bank = object_named ("bank");
  g_autofree gpointer settings = settings_of (bank);
  OrrValue state = ORR_NIL;
  assert_true (bank->preload (settings, terms, ORR_NIL, &state));
  assert_int_equal (state, number (100));
  check_step (terms, "bank", number (10), (OrrStep){ ORR_WITHDRAW, ORR_NIL, number (10) }, ORR_RULE_APPLIED,
              number (0), ORR_NIL);
  check_step (terms, "bank", number (10), (OrrStep){ ORR_WITHDRAW, ORR_NIL, number (11) }, ORR_RULE_REFUSED,
              number (10), ORR_NIL);
  check_step (terms, "bank", number (10), (OrrStep){ ORR_DEPOSIT, ORR_NIL, number (11) }, ORR_RULE_APPLIED,
              number (21), ORR_NIL);
  check_step (terms, "bank", number (10), (OrrStep){ ORR_READ, ORR_NIL }, ORR_RULE_APPLIED, number (10),
              number (10));
}

static void
test_queue (void **data G_GNUC_UNUSED)
{
  g_autoptr (OrrTerms) terms = orr_terms_new ();
  const OrrValue values[] = { number (1), number (2), number (3) };
  OrrValue one = orr_terms_list (terms, 1, values), three = orr_terms_list (terms, 3, values);
  OrrValue rest = orr_terms_list (terms, 2, values + 1);
  check_step (terms, "queue", ORR_NIL, (OrrStep){ ORR_ENQUEUE, ORR_NIL, number (1) }, ORR_RULE_APPLIED, one,
              ORR_NIL);
  check_step (terms, "queue", three, (OrrStep){ ORR_DEQUEUE }, ORR_RULE_APPLIED, rest, number (1));
  check_step (terms, "queue", one, (OrrStep){ ORR_DEQUEUE }, ORR_RULE_APPLIED, ORR_NIL, number (1));
  check_step (terms, "queue", ORR_NIL, (OrrStep){ ORR_DEQUEUE }, ORR_RULE_APPLIED, ORR_NIL, ORR_NIL);
}

static void
test_stack (void **data G_GNUC_UNUSED)
{
  g_autoptr (OrrTerms) terms = orr_terms_new ();
  const OrrValue values[] = { number (1), number (2), number (3) };
  OrrValue one = orr_terms_list (terms, 1, values), two = orr_terms_list (terms, 2, values);
  OrrValue three = orr_terms_list (terms, 3, values);
  check_step (terms, "stack", two, (OrrStep){ ORR_PUSH, ORR_NIL, number (3) }, ORR_RULE_APPLIED, three,
              ORR_NIL);
  check_step (terms, "stack", three, (OrrStep){ ORR_POP }, ORR_RULE_APPLIED, two, number (3));
  check_step (terms, "stack", one, (OrrStep){ ORR_POP }, ORR_RULE_APPLIED, ORR_NIL, number (1));
  check_step (terms, "stack", ORR_NIL, (OrrStep){ ORR_POP }, ORR_RULE_APPLIED, ORR_NIL, ORR_NIL);
}

static void
test_mutex (void **data G_GNUC_UNUSED)
{
  g_autoptr (OrrTerms) terms = orr_terms_new ();
  OrrValue held, value;
  assert_int_equal (object_named ("mutex")->apply (terms, ORR_NIL, &(OrrStep){ ORR_ACQUIRE }, &held, &value),
                    ORR_RULE_APPLIED);
  assert_true (held != ORR_NIL);
  check_step (terms, "mutex", held, (OrrStep){ ORR_ACQUIRE }, ORR_RULE_REFUSED, held, ORR_NIL);
  check_step (terms, "mutex", held, (OrrStep){ ORR_RELEASE }, ORR_RULE_APPLIED, ORR_NIL, ORR_NIL);
  check_step (terms, "mutex", ORR_NIL, (OrrStep){ ORR_RELEASE }, ORR_RULE_REFUSED, ORR_NIL, ORR_NIL);
}

static void
test_text (void **data G_GNUC_UNUSED)
{
  g_autoptr (OrrTerms) terms = orr_terms_new ();
  OrrValue nothing = orr_terms_text (terms, ""), ab = orr_terms_text (terms, "ab"), state = ORR_NIL;
  OrrValue abc = orr_terms_text (terms, "abc"), c = orr_terms_text (terms, "c");
  assert_false (object_named ("text")->preload (NULL, terms, ORR_NIL, &state));
  assert_int_equal (state, nothing);
  check_step (terms, "text", ORR_NIL, (OrrStep){ ORR_READ }, ORR_RULE_APPLIED, ORR_NIL, nothing);
  check_step (terms, "text", ab, (OrrStep){ ORR_READ }, ORR_RULE_APPLIED, ab, ab);
  check_step (terms, "text", ab, (OrrStep){ ORR_APPEND, ORR_NIL, c }, ORR_RULE_APPLIED, abc, ORR_NIL);
  check_step (terms, "text", abc, (OrrStep){ ORR_WRITE, ORR_NIL, c }, ORR_RULE_APPLIED, c, ORR_NIL);
  check_step (terms, "text", ab, (OrrStep){ ORR_APPEND, ORR_NIL, number (12) }, ORR_RULE_APPLIED,
              orr_terms_text (terms, "ab12"), ORR_NIL);
  check_step (terms, "text", ab, (OrrStep){ ORR_WRITE, ORR_NIL, ORR_NIL }, ORR_RULE_APPLIED, nothing,
              ORR_NIL);
}

/* Every kind of every object generates steps of the object, on its keys; values that are written are unique.
 */
static void
test_generate (void **data G_GNUC_UNUSED)
{
  for (const OrrObject *const *object = orr_objects; *object; object++)
    {
      g_autoptr (OrrTerms) terms = orr_terms_new ();
      g_autofree gpointer settings = settings_of (*object);
      OrrKey keys[]
          = { orr_terms_text (terms, "a"), orr_terms_text (terms, "b"), orr_terms_text (terms, "c") };
      OrrKeyChooser *chooser = orr_key_chooser_new (ORR_KEYS_UNIFORM, 3, 0);
      gint64 unique = 0;
      g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
      for (guint i = 0; i < 300; i++)
        for (const OrrStepKind *kind = (*object)->steps; *kind != ORR_STEP_NONE; kind++)
          {
            OrrGenerator generator = {
              terms, settings, keys, 3, chooser, i, orr_draw_fold (orr_draw_key (1, "test"), i), &unique
            };
            g_autoptr (GArray) steps = g_array_new (FALSE, FALSE, sizeof (OrrStep));
            (*object)->generate (&generator, *kind, steps);
            assert_true (steps->len > 0);
            for (guint j = 0; j < steps->len; j++)
              {
                const OrrStep *step = &g_array_index (steps, OrrStep, j);
                assert_true (orr_object_has_step (*object, step->kind));
                if (step->kind != ORR_BULK_WRITE)
                  assert_true (step->key == keys[0] || step->key == keys[1] || step->key == keys[2]);
                if (step->kind == ORR_WRITE || step->kind == ORR_APPEND || step->kind == ORR_ADD
                    || step->kind == ORR_CAS || step->kind == ORR_ENQUEUE || step->kind == ORR_PUSH)
                  assert_true (g_hash_table_add (seen, GSIZE_TO_POINTER (step->value)));
              }
          }
      orr_key_chooser_free (chooser);
    }
}

static void
test_generate_transfer (void **data G_GNUC_UNUSED)
{
  g_autoptr (OrrTerms) terms = orr_terms_new ();
  const OrrObject *bank = object_named ("bank");
  g_autofree gpointer settings = settings_of (bank);
  OrrKey keys[] = { orr_terms_text (terms, "a"), orr_terms_text (terms, "b") };
  OrrKeyChooser *chooser = orr_key_chooser_new (ORR_KEYS_UNIFORM, 2, 0);
  gint64 unique = 0;
  for (guint i = 0; i < 100; i++)
    {
      OrrGenerator generator
          = { terms, settings, keys, 2, chooser, i, orr_draw_fold (orr_draw_key (1, "test"), i), &unique };
      g_autoptr (GArray) steps = g_array_new (FALSE, FALSE, sizeof (OrrStep));
      bank->generate (&generator, ORR_WITHDRAW, steps);
      assert_int_equal (steps->len, 2);
      const OrrStep *from = &g_array_index (steps, OrrStep, 0), *to = &g_array_index (steps, OrrStep, 1);
      assert_int_equal (from->kind, ORR_WITHDRAW);
      assert_int_equal (to->kind, ORR_DEPOSIT);
      assert_int_equal (from->value, to->value);
      assert_true (from->key != to->key);
      assert_in_range (orr_value_to_int (from->value), 1, 10);
      g_array_set_size (steps, 0);
      bank->generate (&generator, ORR_READ, steps);
      assert_int_equal (steps->len, 2);
    }
  orr_key_chooser_free (chooser);
}

static void
test_sequential (void **data G_GNUC_UNUSED)
{
  OrrKeyChooser *chooser = orr_key_chooser_new (ORR_KEYS_SEQUENTIAL, 3, 0);
  for (guint i = 0; i < 10; i++)
    assert_int_equal (orr_key_chooser_choose (chooser, i, i * 77), i % 3);
  orr_key_chooser_free (chooser);
}

/* Pearson's test of 200,000 choices against the exact shares: the statistic stays below mean + 5 standard
 * deviations of its distribution. Ranks that are expected fewer than five times share a cell. */
static void
check_choices (OrrKeyChoice choice, guint count, double exponent)
{
  const guint n = 200000;
  OrrKeyChooser *chooser = orr_key_chooser_new (choice, count, exponent);
  g_autofree guint *seen = g_new0 (guint, count);
  OrrDraw key = orr_draw_key (7, "keys");
  for (guint i = 0; i < n; i++)
    {
      guint index = orr_key_chooser_choose (chooser, i, orr_draw_fold (key, i));
      assert_true (index < count);
      seen[index]++;
    }
  orr_key_chooser_free (chooser);

  double total = 0, statistic = 0, rare = 0;
  guint cells = 0, rarely = 0;
  for (guint rank = 1; rank <= count; rank++)
    total += choice == ORR_KEYS_ZIPF ? pow (rank, -exponent) : 1;
  for (guint rank = 1; rank <= count; rank++)
    {
      double expected = n * (choice == ORR_KEYS_ZIPF ? pow (rank, -exponent) : 1) / total;
      if (expected >= 5)
        {
          statistic += (seen[rank - 1] - expected) * (seen[rank - 1] - expected) / expected;
          cells++;
        }
      else
        {
          rare += expected;
          rarely += seen[rank - 1];
        }
    }
  if (rare >= 1)
    {
      statistic += (rarely - rare) * (rarely - rare) / rare;
      cells++;
    }
  double freedom = cells - 1;
  if (statistic > freedom + 5 * sqrt (2 * freedom) + 1e-9)
    fail_msg ("zipf %g of %u: chi-squared %g with %g degrees of freedom", exponent, count, statistic,
              freedom);
}

static void
test_chooser (void **data G_GNUC_UNUSED)
{
  check_choices (ORR_KEYS_UNIFORM, 1, 0);
  check_choices (ORR_KEYS_UNIFORM, 1000, 0);
  static const double exponents[]
      = { 0, 0.3, 0.5, 0.99, 0.999999999, 1, 1.0000001, 1.5, 3, 12, ORR_ZIPF_EXPONENT_MAX };
  static const guint counts[] = { 1, 2, 3, 10, 1000, 100000 };
  for (guint i = 0; i < G_N_ELEMENTS (exponents); i++)
    for (guint j = 0; j < G_N_ELEMENTS (counts); j++)
      check_choices (ORR_KEYS_ZIPF, counts[j], exponents[i]);
}

static void
test_words (void **data G_GNUC_UNUSED)
{
  for (guint kind = 1; kind < ORR_N_STEP_KINDS; kind++)
    {
      assert_int_equal (orr_step_kind_find (orr_step_infos[kind].name), kind);
      assert_non_null (orr_step_infos[kind].doc);
      assert_int_equal (orr_step_infos[kind].form == ORR_FORM_FIELDS, orr_step_infos[kind].fields != NULL);
    }
  assert_int_equal (orr_step_kind_find ("none"), ORR_STEP_NONE);
  assert_int_equal (orr_step_kind_find ("wirte"), ORR_STEP_NONE);
  assert_null (orr_objects_find (orr_objects, "regsiter"));

  OrrStep steps[] = { { ORR_READ }, { ORR_READ }, { ORR_WRITE } };
  assert_string_equal (orr_operation_kind (steps + 2, 1), "write");
  assert_string_equal (orr_operation_kind (steps, 2), "read");
  assert_string_equal (orr_operation_kind (steps, 3), "transaction");
}

static void
check_print (OrrTerms *terms, OrrStep step, const OrrValue *value, const char *expected)
{
  g_autoptr (GString) text = g_string_new (NULL);
  orr_step_print (&step, value, terms, text);
  assert_string_equal (text->str, expected);
}

static void
test_print (void **data G_GNUC_UNUSED)
{
  g_autoptr (OrrTerms) terms = orr_terms_new ();
  OrrKey x = orr_terms_text (terms, "x");
  OrrValue seven = number (7);
  check_print (terms, (OrrStep){ ORR_READ, x }, NULL, "read x");
  check_print (terms, (OrrStep){ ORR_READ, x }, &seven, "read x → 7");
  check_print (terms, (OrrStep){ ORR_WRITE, x, number (1) }, &seven, "write x 1");
  check_print (terms, (OrrStep){ ORR_CAS, x, number (2), number (1) }, NULL, "cas x 1 to 2");
  check_print (terms, (OrrStep){ ORR_DELETE, x }, NULL, "delete x");
  check_print (terms, (OrrStep){ ORR_BULK_WRITE, ORR_NIL, number (100), number (64) }, NULL,
               "bulk-write 100 rows of 64 bytes");
}

static void
check_number (const OrrType *type, const char *text, gboolean good, gint64 expected)
{
  OrrValue value = ORR_NIL;
  g_autofree char *message = NULL;
  assert_int_equal (type->parse (NULL, NULL, text, &value, &message), good);
  assert_int_equal (message != NULL, !good);
  if (good)
    assert_int_equal (value, number (expected));
}

static void
test_numbers (void **data G_GNUC_UNUSED)
{
  check_number (&orr_type_NUMBER_VALUE, "-12", TRUE, -12);
  check_number (&orr_type_NUMBER_VALUE, "one", FALSE, 0);
  check_number (&orr_type_NUMBER_VALUE, "9223372036854775807", FALSE, 0);
  check_number (&orr_type_NUMBER_VALUE, "1.5", FALSE, 0);
  check_number (&orr_type_AMOUNT_VALUE, "12", TRUE, 12);
  check_number (&orr_type_AMOUNT_VALUE, "0", FALSE, 0);
  check_number (&orr_type_AMOUNT_VALUE, "-1", FALSE, 0);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_register),   cmocka_unit_test (test_map),
    cmocka_unit_test (test_list),       cmocka_unit_test (test_set),
    cmocka_unit_test (test_counter),    cmocka_unit_test (test_bank),
    cmocka_unit_test (test_queue),      cmocka_unit_test (test_stack),
    cmocka_unit_test (test_mutex),      cmocka_unit_test (test_text),
    cmocka_unit_test (test_generate),   cmocka_unit_test (test_generate_transfer),
    cmocka_unit_test (test_sequential), cmocka_unit_test (test_chooser),
    cmocka_unit_test (test_words),      cmocka_unit_test (test_print),
    cmocka_unit_test (test_numbers),
  };
  return cmocka_run_group_tests_name ("object", tests, NULL, NULL);
}
