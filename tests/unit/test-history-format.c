/* test-history-format.c: histories of other programs: what is read of each format, and what is said of what
 * is broken. */
#include "history/format.h"
#include "report/report.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "broken-histories.h"

/* --- What is read --- */

/* A history as lines of text: an operation each, with its times, outcome and what it did; then what was
 * assumed. */
static char *
tell (const OrrHistory *history)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_string_append_printf (text, "%s %s%s\n", history->source->format->name,
                          history->object ? history->object->entry.name : "nothing",
                          history->timeless ? " timeless" : "");
  for (guint i = 0; i < history->operations->len; i++)
    {
      const OrrHistoryOperation *operation = &g_array_index (history->operations, OrrHistoryOperation, i);
      g_string_append_printf (text, "%" G_GINT64_FORMAT "-", operation->invoked);
      if (operation->completed != ORR_TIME_NEVER)
        g_string_append_printf (text, "%" G_GINT64_FORMAT, operation->completed);
      g_string_append_printf (text, " %u ", operation->process);
      orr_history_print_operation (history, i, text);
      g_string_append_c (text, '\n');
    }
  for (guint i = 0; i < history->source->assumptions->len; i++)
    {
      const OrrHistoryAssumption *assumption
          = &g_array_index (history->source->assumptions, OrrHistoryAssumption, i);
      g_autofree char *start = g_strndup (assumption->what, 32);
      g_string_append_printf (text, "%" G_GUINT64_FORMAT " %u:%u %s\n", assumption->count, assumption->line,
                              assumption->column, start);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static OrrHistory *
read_text (const char *text, const OrrHistoryReadOptions *options)
{
  g_autoptr (OrrProblems) problems = orr_problems_new ("h");
  OrrHistory *history = orr_history_read (text, strlen (text), "h", options, problems);
  g_autofree char *told = orr_problems_to_text (problems);
  assert_string_equal (told, "");
  assert_non_null (history);
  return history;
}

typedef struct
{
  const char *name, *model, *text, *expected;
} Good;

static const Good good[] = {
#include "good-histories.h"
};

static void
reads_each_format (void **state G_GNUC_UNUSED)
{
  guint wrong = 0;
  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      OrrHistoryReadOptions options = { .model = good[i].model };
      g_autoptr (OrrHistory) history = read_text (good[i].text, &options);
      g_autofree char *told = tell (history);
      wrong += strcmp (told, good[i].expected) != 0;
      if (strcmp (told, good[i].expected) != 0)
        print_error ("%s:\n%s", good[i].name, told);
    }
  assert_int_equal (wrong, 0);
}

static void
examples_are_of_their_format (void **state G_GNUC_UNUSED)
{
  for (guint i = 0; orr_history_formats[i]; i++)
    {
      OrrHistoryReadOptions options = { 0 };
      g_autoptr (OrrHistory) history = read_text (orr_history_formats[i]->example, &options);
      assert_string_equal (history->source->format->name, orr_history_formats[i]->entry.name);
      assert_true (history->operations->len > 0);
      /* As it is with a mark of the order of bytes, and with the ends of lines of other systems. */
      g_auto (GStrv) lines = g_strsplit (orr_history_formats[i]->example, "\n", -1);
      g_autofree char *other = g_strjoinv ("\r\n", lines);
      g_autofree char *marked = g_strconcat ("\xef\xbb\xbf", other, NULL);
      g_autoptr (OrrHistory) again = read_text (marked, &options);
      g_autofree char *one = tell (history), *two = tell (again);
      assert_string_equal (one, two);
    }
}

static void
models_are_objects (void **state G_GNUC_UNUSED)
{
  for (const OrrHistoryModel *model = orr_history_models; model->word; model++)
    assert_non_null (orr_objects_find (orr_objects, model->object));
}

/* --- What is broken --- */

static void
says_what_is_broken (void **state G_GNUC_UNUSED)
{
  guint wrong = 0;
  assert_true (G_N_ELEMENTS (broken) >= 60);
  for (guint i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      OrrHistoryReadOptions options = { broken[i].format, broken[i].model };
      g_autoptr (OrrProblems) problems = orr_problems_new ("h");
      g_autoptr (OrrHistory) history
          = orr_history_read (broken[i].text, broken[i].length, "h", &options, problems);
      g_autofree char *told = orr_problems_to_text (problems);
      assert_null (history);
      wrong += strcmp (told, broken[i].expected) != 0;
      if (strcmp (told, broken[i].expected) != 0)
        print_error ("%s:\n%s", broken[i].name, told);
    }
  assert_int_equal (wrong, 0);
}

/* A file of no length that was mapped is nowhere. */
static void
refuses_nothing (void **state G_GNUC_UNUSED)
{
  OrrHistoryReadOptions options = { 0 };
  g_autoptr (OrrProblems) problems = orr_problems_new ("h");
  assert_null (orr_history_read (NULL, 0, "h", &options, problems));
  g_autofree char *told = orr_problems_to_text (problems);
  assert_string_equal (told, "h: the file is empty; write a history into it\n");
}

/* Cut anywhere, a history is either another history or refused; either way it is one of both. */
static void
bears_being_cut (void **state G_GNUC_UNUSED)
{
  for (guint i = 0; orr_history_formats[i]; i++)
    {
      const char *text = orr_history_formats[i]->example;
      for (gsize length = 0; length < strlen (text); length++)
        {
          OrrHistoryReadOptions options = { .format = orr_history_formats[i]->entry.name };
          g_autofree char *start = g_strndup (text, length);
          g_autoptr (OrrProblems) problems = orr_problems_new ("h");
          g_autoptr (OrrHistory) history = orr_history_read (start, length, "h", &options, problems);
          assert_int_equal (history == NULL, orr_problems_get_length (problems) > 0);
        }
    }
}

/* A place far in one long line, and then one before it. */
static void
knows_places_in_long_lines (void **state G_GNUC_UNUSED)
{
  g_autoptr (GString) text = g_string_new ("[");
  for (guint i = 0; i < 1000; i++)
    g_string_append (text,
                     "{:type :invoke, :f :read, :process 0}{:type :ok, :f :read, :value \"é\", :process 0}");
  gsize length = text->len;
  g_string_append (text, "{:type :oops}]");
  OrrHistoryReadOptions options = { 0 };
  g_autoptr (OrrProblems) problems = orr_problems_new ("h");
  g_autoptr (OrrHistory) history = orr_history_read (text->str, text->len, "h", &options, problems);
  assert_null (history);
  assert_int_equal (orr_problems_get_length (problems), 1);
  assert_int_equal (orr_problems_get (problems, 0)->place.line, 1);
  assert_int_equal (orr_problems_get (problems, 0)->place.column, length - 1000 + strlen ("{:type ") + 1);
}

/* Who has asked for an end gets what was decided until then: of nothing, nothing. */
static void
stops_when_asked (void **state G_GNUC_UNUSED)
{
  gint stop = 1;
  OrrCheckBudget budget = { .states_max = 1000, .stop = &stop };
  OrrHistoryReadOptions options = { 0 };
  g_autoptr (OrrReport) report
      = orr_report_new_of_history (read_text ("w 1 1\nr 1 1\n", &options), NULL, &budget, NULL, NULL);
  assert_true (report->verdicts->len > 0);
  assert_int_equal (report->result, ORR_UNDECIDED);
  for (guint i = 0; i < report->verdicts->len; i++)
    {
      const OrrVerdict *verdict = g_ptr_array_index (report->verdicts, i);
      assert_int_equal (verdict->kind, ORR_UNDECIDED);
      assert_string_equal (verdict->sentence, "it was interrupted before this was looked at");
    }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (reads_each_format),  cmocka_unit_test (examples_are_of_their_format),
    cmocka_unit_test (models_are_objects), cmocka_unit_test (says_what_is_broken),
    cmocka_unit_test (bears_being_cut),    cmocka_unit_test (knows_places_in_long_lines),
    cmocka_unit_test (stops_when_asked),   cmocka_unit_test (refuses_nothing),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
