/* test-engine-random.c: everything at once, many times: what must hold whatever happens.
 *
 * Five restless actors send each other all kinds of messages, set and cancel timers, work, allocate and
 * speak, while machines crash, stop, pause and limp, and the network loses, doubles, delays and partitions.
 * In each such run words of a stream keep their order through all connections, every callback belongs to a
 * life, and the same seed gives the same run at each level of recording. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../support/puppet.h"

#define NODES  5
#define ROUNDS 24

static guint64 sent[NODES], heard[NODES][NODES];
static gboolean is_up[NODES];
static guint64 n_words, n_breaks;

/* A number below n, by the engine's own draws. */
static guint
some (OrrNode *node, guint n)
{
  return (guint) orr_draw_index (node, "luck", n);
}

static OrrAddress
somebody (OrrNode *node)
{
  return some (node, NODES);
}

static void
send_numbers (OrrNode *node, guint type)
{
  guint64 numbers[40];
  guint n = some (node, G_N_ELEMENTS (numbers) + 1);
  for (guint i = 0; i < n; i++)
    numbers[i] = i;
  PuppetList list = { orr_array (node, n, sizeof (guint64), numbers) };
  for (guint i = 0; i < 3; i++)
    orr_send (node, somebody (node), type, &list);
}

static void
act (OrrNode *node)
{
  OrrTimer *timer = orr_state (node);
  OrrAddress self = orr_self (node);
  PuppetNote note = { ++sent[self] };
  assert_true (is_up[self]);
  switch (some (node, 10))
    {
    case 0:
    case 1:
    case 2:
      orr_send (node, somebody (node), PUPPET_WORD, &note);
      break;
    case 3:
      orr_send (node, somebody (node), PUPPET_NOTE, &note);
      break;
    case 4:
      send_numbers (node, PUPPET_LIST);
      break;
    case 5:
      send_numbers (node, PUPPET_SPEECH);
      break;
    case 6:
      orr_timer_cancel (node, timer);
      *timer = orr_timer_set (node, (OrrTime) some (node, 20) * ORR_MILLISECOND, PUPPET_TICK, &note);
      break;
    case 7:
      orr_work (node, (OrrTime) some (node, 3000) * ORR_MICROSECOND);
      break;
    case 8:
      orr_free (node, orr_alloc (node, some (node, 1000)));
      orr_alloc (node, 10);
      break;
    default:
      orr_fact (node, PUPPET_SAYS, &note);
      orr_send (node, somebody (node), PUPPET_EMPTY, NULL);
    }
}

static void
begin_life (OrrNode *node, OrrStart start)
{
  if (orr_self (node) >= NODES)
    return;
  assert_true (start == ORR_START_FIRST || !is_up[orr_self (node)]);
  is_up[orr_self (node)] = TRUE;
  assert_int_equal (*(OrrTimer *) orr_state (node), 0);
  for (guint i = 0; i < 5; i++)
    act (node);
  orr_timer_set (node, ORR_MILLISECOND, PUPPET_TOCK, NULL);
}

static void
end_life (OrrNode *node)
{
  act (node);
}

static void
hear (OrrNode *node, OrrAddress from, guint type, gconstpointer body)
{
  OrrAddress self = orr_self (node);
  assert_true (is_up[self]);
  if (type == PUPPET_WORD)
    {
      guint64 number = ((const PuppetNote *) body)->number;
      assert_true (number > heard[from][self]);
      heard[from][self] = number;
      n_words++;
    }
  else if (type == PUPPET_LIST || type == PUPPET_SPEECH)
    {
      const PuppetList *list = body;
      for (guint32 i = 0; i < list->numbers.length; i++)
        assert_int_equal (((const guint64 *) list->numbers.data)[i], i);
      if (some (node, 3) == 0)
        orr_send (node, somebody (node), type, body);
    }
  if (some (node, 3) == 0)
    act (node);
}

static void
go_on (OrrNode *node, guint kind, gconstpointer body G_GNUC_UNUSED)
{
  act (node);
  if (kind == PUPPET_TOCK)
    orr_timer_set (node, (OrrTime) some (node, 5) * ORR_MILLISECOND, PUPPET_TOCK, NULL);
}

static void
hear_of_link (OrrNode *node, OrrAddress peer, gboolean up)
{
  assert_true (is_up[orr_self (node)]);
  n_breaks += !up;
  if (up)
    orr_send (node, peer, PUPPET_WORD, &(PuppetNote){ ++sent[orr_self (node)] });
}

static OrrTrace *
run_round (guint64 seed, OrrRecordLevel level)
{
  static const char *const networks[] = {
    "latency: exponential(mean 2ms)",
    "latency: exponential(mean 2ms), loss: 20%, duplicate: 20%",
    "latency: uniform(0s..5ms), reorder: false, bandwidth: 1Mbit/s, stream-timeout: 500ms",
    "latency: 1ms, loss: 5%, links: [{from: n0, latency: 20ms}, {to: n1, loss: 50%, duplicate: 50%}]",
  };
  g_autofree char *lines
      = g_strdup_printf ("duration: 2s\nsettle: 5s\noptions: {nodes: %d}\n"
                         "nodes: {n0: {service: 20us}, n3: {service: exponential(mean 200us), cpu: 0.5}}\n"
                         "clocks: {drift: 1000ppm}\n"
                         "network: {%s}\n"
                         "faults:\n"
                         "  - {every: exponential(mean 100ms), for: exponential(mean 150ms), choose: [crash, "
                         "stop, pause, slow]}\n"
                         "  - {every: exponential(mean 150ms), for: exponential(mean 200ms), choose: "
                         "[partition-majority, partition-minority, partition-isolate]}\n"
                         "  - {at: 300ms, crash: {node: n2, kind: os}, for: 200ms}\n"
                         "  - {at: 700ms, crash: {node: n1, kind: disk}, for: 900ms}\n"
                         "  - {at: 500ms, link: {from: n3, loss: 100%%}, for: 200ms}\n"
                         "  - {when: {receive: word, to: n4, nth: 20}, crash: n4, for: 10ms}\n",
                         NODES, networks[seed % G_N_ELEMENTS (networks)]);
  memset (sent, 0, sizeof sent);
  memset (heard, 0, sizeof heard);
  memset (is_up, 0, sizeof is_up);
  return run_puppet (lines, level, seed);
}

/* A stop or crash is seen by the next start: lives are told apart by the state that was wiped. */
static void
begin_next_life (OrrNode *node, OrrStart start)
{
  if (orr_self (node) < NODES && start != ORR_START_FIRST)
    is_up[orr_self (node)] = FALSE;
  begin_life (node, start);
}

static void
what_must_hold_holds_whatever_happens (void **state G_GNUC_UNUSED)
{
  puppet.start = begin_next_life;
  puppet.stop = end_life;
  puppet.message = hear;
  puppet.timer = go_on;
  puppet.link = hear_of_link;
  n_words = n_breaks = 0;
  for (guint64 seed = 1; seed <= ROUNDS; seed++)
    {
      g_autoptr (OrrTrace) operations = run_round (seed, ORR_RECORD_OPERATIONS);
      g_autoptr (OrrTrace) full = run_round (seed, ORR_RECORD_FULL);
      assert_int_equal (operations->digest, full->digest);
      assert_int_equal (memcmp (&operations->counts, &full->counts, sizeof full->counts), 0);
      assert_true (operations->ending == ORR_ENDED_QUIET || operations->ending == ORR_ENDED_SETTLE_LIMIT);
      assert_true (operations->counts.events > 1000);
    }
  assert_true (n_words > 1000 * ROUNDS);
  assert_true (n_breaks > 10 * ROUNDS);
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, puppet_setup, puppet_teardown)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (what_must_hold_holds_whatever_happens),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
