/* test-engine-streams.c: what TCP would do. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../support/puppet.h"

#define MANY 5000

/* n0 and n1 send each other a word at the times of these lists, in milliseconds; numbers count from 1. */
static const guint *times_of_n0, *times_of_n1;
static const guint nothing[] = { 0 };

static void
plan_words (OrrNode *node, OrrStart start)
{
  if (orr_self (node) > 1)
    return;
  if (start != ORR_START_FIRST)
    {
      say (node, "starts");
      if (puppet.action)
        puppet.action (node, 0, NULL);
      return;
    }
  const guint *times = orr_self (node) == 0 ? times_of_n0 : times_of_n1;
  for (guint i = 0; times[i] > 0; i++)
    orr_timer_set (node, times[i] * ORR_MILLISECOND, PUPPET_TICK, &(PuppetNote){ i + 1 });
}

static void
send_word (OrrNode *node, guint kind G_GNUC_UNUSED, gconstpointer body)
{
  orr_send (node, 1 - orr_self (node), PUPPET_WORD, body);
}

static void
say_word (OrrNode *node, OrrAddress from, guint type G_GNUC_UNUSED, gconstpointer body)
{
  say (node, "%" G_GUINT64_FORMAT " from %s", ((const PuppetNote *) body)->number, orr_name (node, from));
}

static void
say_link (OrrNode *node, OrrAddress peer, gboolean up)
{
  say (node, "%s %s", orr_name (node, peer), up ? "up" : "down");
}

static OrrTrace *
run_words (const guint *of_n0, const guint *of_n1, const char *lines)
{
  times_of_n0 = of_n0;
  times_of_n1 = of_n1;
  puppet.start = plan_words;
  puppet.timer = send_word;
  puppet.message = say_word;
  puppet.link = say_link;
  g_autofree char *all = g_strconcat ("duration: 10s\n", lines, NULL);
  return run_puppet (all, ORR_RECORD_FULL, 0);
}

static guint
count_fate (const OrrTrace *trace, OrrFate fate)
{
  guint n = 0;
  for (guint i = 0; i < trace->messages->len; i++)
    n += g_array_index (trace->messages, OrrTraceMessage, i).fate == fate;
  return n;
}

static void
send_many (OrrNode *node, OrrStart start G_GNUC_UNUSED)
{
  for (guint64 i = 0; i < MANY && orr_self (node) == 0; i++)
    orr_send (node, 1, PUPPET_WORD, &(PuppetNote){ i });
}

static guint64 expected;

static void
check_order (OrrNode *node G_GNUC_UNUSED, OrrAddress from G_GNUC_UNUSED, guint type G_GNUC_UNUSED,
             gconstpointer body)
{
  assert_int_equal (((const PuppetNote *) body)->number, expected);
  expected++;
}

static void
words_keep_their_order (void **state G_GNUC_UNUSED)
{
  puppet.start = send_many;
  puppet.message = check_order;
  expected = 0;
  g_autoptr (OrrTrace) trace
      = run_puppet ("duration: 1s\nnetwork: {latency: uniform(1ms..9ms)}\n", ORR_RECORD_OPERATIONS, 0);
  assert_int_equal (expected, MANY);
  assert_int_equal (trace->counts.resent, 0);
}

static void
a_pin_drops_one_copy (void **state G_GNUC_UNUSED)
{
  puppet.start = send_many;
  puppet.message = check_order;
  expected = 0;
  g_autoptr (OrrTrace) trace
      = run_puppet ("duration: 1s\nnetwork: {latency: 1ms}\npins: [{message: word, nth: 3, drop: true}]\n",
                    ORR_RECORD_EVENTS, 0);
  assert_int_equal (expected, MANY);
  assert_int_equal (trace->counts.resent, 1);
  assert_int_equal (count_fate (trace, ORR_FATE_PINNED), 0);
}

static void
loss_is_delay (void **state G_GNUC_UNUSED)
{
  puppet.start = send_many;
  puppet.message = check_order;
  expected = 0;
  g_autoptr (OrrTrace) trace = run_puppet ("duration: 1s\nsettle: 100s\nnetwork: {latency: 1ms, loss: 10%}\n",
                                           ORR_RECORD_OPERATIONS, 0);
  assert_int_equal (expected, MANY);
  assert_int_equal (trace->counts.lost, 0);
  assert_in_range (trace->counts.resent, MANY / 9 - 120, MANY / 9 + 120);
  /* The unluckiest of so many is lost three times or more. Whenever some have come, the time-out starts from
   * 200 ms again. */
  assert_true (trace->ended_at >= 604 * ORR_MILLISECOND);
}

static void
certain_loss_breaks_a_stream (void **state G_GNUC_UNUSED)
{
  g_autoptr (OrrTrace) trace = run_words ((guint[]){ 10, 20, 0 }, nothing,
                                          "network: {latency: 5ms, loss: 100%, stream-timeout: 3s}\n");
  assert_string_equal (journal->str, "3.02s n0 n1 down\n3.02s n1 n0 down\n3.03s n0 n1 up\n3.03s n1 n0 up\n");
  /* The last copy was sent at 3.015 s. */
  assert_int_equal (count_fate (trace, ORR_FATE_RESET), 2);
}

static void
words_wait_for_the_end_of_a_cut (void **state G_GNUC_UNUSED)
{
  g_autoptr (OrrTrace) trace = run_words (
      (guint[]){ 1, 2, 3, 400, 0 }, (guint[]){ 2, 0 },
      "network: {latency: 5ms}\nfaults: [{at: 5ms, partition: {from: n0, to: n1}, for: 300ms}]\n");
  /* The first came to the cut at 6 ms: tried again at 206 and 606 ms; the last came when the cut was over,
   * and waited too, though no other copy of it was needed. */
  assert_string_equal (journal->str,
                       "7ms n0 1 from n1\n611ms n1 1 from n0\n611ms n1 2 from n0\n611ms n1 3 from n0\n"
                       "611ms n1 4 from n0\n");
  assert_int_equal (count_fate (trace, ORR_FATE_DELIVERED), 5);
  assert_int_equal (trace->counts.resent, 3);
}

/* Each copy meets the link as it is by then: the first is lost, and should have come at 15 ms; that of 215 ms
 * is lost as well; that of 620 ms, 400 ms after it should have come, finds the link mended. */
static void
a_short_loss_of_all_is_outlived (void **state G_GNUC_UNUSED)
{
  g_autoptr (OrrTrace) trace
      = run_words ((guint[]){ 10, 350, 0 }, nothing,
                   "network: {latency: 5ms, stream-timeout: 2s}\n"
                   "faults: [{at: 0s, link: {from: n0, to: n1, loss: 100%}, for: 300ms}]\n");
  assert_string_equal (journal->str, "625ms n1 1 from n0\n625ms n1 2 from n0\n");
  assert_int_equal (trace->counts.resent, 2);
}

/* And the other way round: the first copy is lost by a pin, and all later ones by a link that was whole when
 * it was sent. */
static void
a_link_that_fails_later_breaks_a_stream (void **state G_GNUC_UNUSED)
{
  g_autoptr (OrrTrace) trace
      = run_words ((guint[]){ 10, 0 }, nothing,
                   "network: {latency: 5ms, stream-timeout: 1s}\npins: [{message: word, drop: true}]\n"
                   "faults: [{at: 100ms, link: {from: n0, to: n1, loss: 100%}, for: 5s}]\n");
  assert_string_equal (journal->str, "1.02s n0 n1 down\n1.02s n1 n0 down\n1.03s n0 n1 up\n1.03s n1 n0 up\n");
  assert_int_equal (count_fate (trace, ORR_FATE_RESET), 1);
}

static void
a_long_cut_breaks_a_stream (void **state G_GNUC_UNUSED)
{
  g_autoptr (OrrTrace) trace = run_words (
      (guint[]){ 1, 6, 500, 3000, 0 }, nothing,
      "network: {latency: 5ms, stream-timeout: 1s}\nfaults: [{at: 8ms, partition: [[n0], [n1]], for: 2s}]\n");
  /* The second came to the cut at 11 ms. */
  assert_string_equal (journal->str, "6ms n1 1 from n0\n1.011s n0 n1 down\n1.011s n1 n0 down\n"
                                     "2.013s n0 n1 up\n2.013s n1 n0 up\n3.005s n1 4 from n0\n");
  assert_int_equal (count_fate (trace, ORR_FATE_RESET), 2);
}

static void
a_crashed_process_is_heard_of (void **state G_GNUC_UNUSED)
{
  /* n1 dies at 23 ms: what it has sent arrives, what was under way to it does not. */
  g_autoptr (OrrTrace) trace
      = run_words ((guint[]){ 10, 20, 2000, 0 }, (guint[]){ 22, 30, 0 },
                   "network: {latency: 5ms}\nfaults: [{at: 23ms, crash: n1, for: 1s}]\n");
  assert_string_equal (journal->str,
                       "15ms n1 1 from n0\n27ms n0 1 from n1\n28ms n0 n1 down\n1.023s n1 starts\n"
                       "1.028s n0 n1 up\n2.005s n1 3 from n0\n");
  assert_int_equal (count_fate (trace, ORR_FATE_RESET), 1);
}

static void
a_clean_stop_is_heard_of (void **state G_GNUC_UNUSED)
{
  g_autoptr (OrrTrace) trace = run_words (
      (guint[]){ 10, 0 }, nothing, "network: {latency: 5ms}\nfaults: [{at: 23ms, stop: n1, for: 1s}]\n");
  assert_string_equal (journal->str,
                       "15ms n1 1 from n0\n28ms n0 n1 down\n1.023s n1 starts\n1.028s n0 n1 up\n");
  assert_int_equal (trace->ending, ORR_ENDED_QUIET);
}

static void
a_crashed_system_says_nothing (void **state G_GNUC_UNUSED)
{
  g_autoptr (OrrTrace) trace
      = run_words ((guint[]){ 10, 30, 3000, 0 }, nothing,
                   "network: {latency: 5ms}\nfaults: [{at: 23ms, crash: {node: n1, kind: os}, for: 1s}]\n");
  /* The second word comes to a dead machine at 35 ms and is tried again at 235, 635 and 1435 ms: then it is
   * refused. */
  assert_string_equal (journal->str,
                       "15ms n1 1 from n0\n1.023s n1 starts\n1.445s n0 n1 down\n1.455s n0 n1 up\n"
                       "3.005s n1 3 from n0\n");
  assert_int_equal (count_fate (trace, ORR_FATE_RESET), 1);
}

static void
greet (OrrNode *node, guint action G_GNUC_UNUSED, gconstpointer arguments G_GNUC_UNUSED)
{
  orr_send (node, 1 - orr_self (node), PUPPET_WORD, &(PuppetNote){ 77 });
}

static void
a_new_process_ends_the_old_connection (void **state G_GNUC_UNUSED)
{
  puppet.action = greet;
  g_autoptr (OrrTrace) trace
      = run_words ((guint[]){ 10, 2000, 0 }, nothing,
                   "network: {latency: 5ms}\nfaults: [{at: 23ms, crash: {node: n1, kind: os}, for: 1s}]\n");
  assert_string_equal (journal->str,
                       "15ms n1 1 from n0\n1.023s n1 starts\n1.028s n0 n1 down\n1.028s n0 n1 up\n"
                       "1.028s n0 77 from n1\n2.005s n1 2 from n0\n");
  assert_int_equal (count_fate (trace, ORR_FATE_RESET), 0);
}

static void
a_dead_system_runs_out_of_time (void **state G_GNUC_UNUSED)
{
  g_autoptr (OrrTrace) trace = run_words ((guint[]){ 10, 30, 0 }, nothing,
                                          "network: {latency: 5ms, stream-timeout: 500ms}\n"
                                          "faults: [{at: 23ms, crash: {node: n1, kind: disk}, for: 5s}]\n");
  assert_string_equal (journal->str,
                       "15ms n1 1 from n0\n535ms n0 n1 down\n5.023s n1 starts\n5.028s n0 n1 up\n");
  assert_int_equal (trace->ending, ORR_ENDED_QUIET);
}

static void
a_first_word_waits_for_its_machine (void **state G_GNUC_UNUSED)
{
  g_autoptr (OrrTrace) trace
      = run_words ((guint[]){ 30, 0 }, nothing,
                   "network: {latency: 5ms}\nfaults: [{at: 23ms, crash: {node: n1, kind: os}, for: 1s}]\n");
  assert_string_equal (journal->str, "1.023s n1 starts\n1.44s n1 1 from n0\n");
  assert_int_equal (count_fate (trace, ORR_FATE_DELIVERED), 1);
}

static void
a_word_swallowed_by_a_cut_is_heard_later (void **state G_GNUC_UNUSED)
{
  /* The cut hides the crash from n0, which finds out when it sends: at 505 ms its word is refused. */
  g_autoptr (OrrTrace) trace = run_words (
      (guint[]){ 10, 500, 0 }, nothing,
      "network: {latency: 5ms}\n"
      "faults: [{at: 20ms, partition: [[n0], [n1]], for: 100ms}, {at: 23ms, crash: n1, for: 200ms}]\n");
  assert_string_equal (journal->str,
                       "15ms n1 1 from n0\n223ms n1 starts\n510ms n0 n1 down\n520ms n0 n1 up\n");
  assert_int_equal (count_fate (trace, ORR_FATE_RESET), 1);
}

/* What comes behind a lost message is lost too: there is no gap in a stream. The first word met the cut at
 * 110 ms; the second was under way when its sender died, and the cut was over when it came. */
static void
nothing_comes_behind_what_is_lost (void **state G_GNUC_UNUSED)
{
  const guint words[] = { 10, 50, 0 };
  const char *cut
      = "network: {latency: 100ms}\nfaults: [{at: 100ms, partition: {from: n0, to: n1}, for: 20ms}, ";
  g_autofree char *before = g_strconcat (cut, "{at: 105ms, crash: n0, for: 1s}]\n", NULL);
  g_autofree char *after = g_strconcat (cut, "{at: 130ms, crash: n0, for: 1s}]\n", NULL);
  g_autofree char *silent = g_strconcat (cut, "{at: 130ms, crash: {node: n0, kind: os}, for: 1s}]\n", NULL);
  OrrTrace *traces[3];
  traces[0] = run_words (words, nothing, before);
  assert_string_equal (journal->str, "1.105s n0 starts\n");
  g_string_truncate (journal, 0);
  traces[1] = run_words (words, nothing, after);
  assert_string_equal (journal->str, "230ms n1 n0 down\n1.13s n0 starts\n1.23s n1 n0 up\n");
  g_string_truncate (journal, 0);
  traces[2] = run_words (words, nothing, silent);
  assert_string_equal (journal->str, "1.13s n0 starts\n");
  for (guint i = 0; i < G_N_ELEMENTS (traces); i++)
    {
      assert_int_equal (count_fate (traces[i], ORR_FATE_RESET), 2);
      orr_trace_free (traces[i]);
    }
}

/* Who is busy sends into the connection that it knows, though its kernel knows of a break and of the next
 * connection. */
static void
a_busy_end_does_not_speak_in_a_connection_that_it_has_not_heard_of (void **state G_GNUC_UNUSED)
{
  puppet.action = greet;
  g_autoptr (OrrTrace) trace
      = run_words ((guint[]){ 10, 0 }, (guint[]){ 26, 0 },
                   "network: {latency: 5ms}\n"
                   "faults: [{at: 20ms, pause: n1, for: 580ms}, {at: 23ms, crash: n0, for: 50ms}]\n");
  assert_string_equal (journal->str, "15ms n1 1 from n0\n73ms n0 starts\n600ms n1 n0 down\n600ms n1 n0 up\n"
                                     "600ms n1 77 from n0\n");
  assert_int_equal (count_fate (trace, ORR_FATE_RESET), 1);
}

static void
send_speeches (OrrNode *node, OrrStart start G_GNUC_UNUSED)
{
  if (orr_self (node) != 0)
    return;
  guint64 numbers[] = { 1, 2, 3 };
  PuppetList list = { orr_array (node, 3, sizeof (guint64), numbers) };
  for (guint i = 0; i < 4; i++)
    orr_send (node, 1 + i % 2, PUPPET_SPEECH, &list);
}

/* Arrays of what was lost, still waits or is under way at the end are given back: the address sanitizer
 * looks. */
static void
nothing_is_kept_of_what_never_arrived (void **state G_GNUC_UNUSED)
{
  puppet.start = send_speeches;
  g_autoptr (OrrTrace) trace
      = run_puppet ("duration: 1s\nsettle: 1s\noptions: {nodes: 3}\n"
                    "network: {latency: 5ms, stream-timeout: 600s, links: [{to: n2, latency: 20s}]}\n"
                    "faults: [{at: 1ms, crash: {node: n1, kind: os}}, {at: 2ms, partition: [[n0], [n1]]}]\n",
                    ORR_RECORD_EVENTS, 0);
  assert_int_equal (count_fate (trace, ORR_FATE_UNDER_WAY), 2);
  assert_int_equal (trace->ending, ORR_ENDED_SETTLE_LIMIT);
}

static guint n_words, n_told;

static void
count_word (OrrNode *node G_GNUC_UNUSED, OrrAddress from G_GNUC_UNUSED, guint type G_GNUC_UNUSED,
            gconstpointer body G_GNUC_UNUSED)
{
  assert_int_equal (n_told, 0);
  n_words++;
}

static void
count_break (OrrNode *node G_GNUC_UNUSED, OrrAddress peer G_GNUC_UNUSED, gboolean up)
{
  n_told += !up;
}

static void
send_few (OrrNode *node, OrrStart start)
{
  for (guint64 i = 0; i < 3 && orr_self (node) == 0 && start == ORR_START_FIRST; i++)
    orr_send (node, 1, PUPPET_WORD, &(PuppetNote){ i });
}

/* Whatever the latencies: what was sent before the break arrives before the news of it. */
static void
news_of_a_break_overtakes_nothing (void **state G_GNUC_UNUSED)
{
  puppet.start = send_few;
  puppet.message = count_word;
  puppet.link = count_break;
  for (guint64 seed = 1; seed <= 200; seed++)
    {
      n_words = n_told = 0;
      g_autoptr (OrrTrace) trace = run_puppet ("duration: 1s\nnetwork: {latency: uniform(1ms..9ms)}\n"
                                               "faults: [{at: 1us, crash: n0, kind: process}]\n",
                                               ORR_RECORD_OPERATIONS, seed);
      assert_int_equal (n_words, 3);
      assert_int_equal (n_told, 1);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, puppet_setup, puppet_teardown)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (words_keep_their_order),
    TEST (a_pin_drops_one_copy),
    TEST (loss_is_delay),
    TEST (certain_loss_breaks_a_stream),
    TEST (words_wait_for_the_end_of_a_cut),
    TEST (a_short_loss_of_all_is_outlived),
    TEST (a_link_that_fails_later_breaks_a_stream),
    TEST (a_long_cut_breaks_a_stream),
    TEST (a_crashed_process_is_heard_of),
    TEST (a_clean_stop_is_heard_of),
    TEST (a_crashed_system_says_nothing),
    TEST (a_new_process_ends_the_old_connection),
    TEST (a_dead_system_runs_out_of_time),
    TEST (a_first_word_waits_for_its_machine),
    TEST (a_word_swallowed_by_a_cut_is_heard_later),
    TEST (nothing_comes_behind_what_is_lost),
    TEST (a_busy_end_does_not_speak_in_a_connection_that_it_has_not_heard_of),
    TEST (nothing_is_kept_of_what_never_arrived),
    TEST (news_of_a_break_overtakes_nothing),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
