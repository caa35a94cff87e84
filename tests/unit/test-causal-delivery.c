/* test-causal-delivery.c: the check of causal delivery against its definition.
 *
 * Random events happen at random stores, each knowing a random part of what happened before; every store is
 * then shown all of them, or some, in an order that may respect causality or not. The definition is told from
 * the sets of known events, without any clock: an event is shown too early where something that it knew of
 * was not shown before. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "check/check.h"
#include "../support/cases.h"

enum
{
  STORES = 3,
  EVENTS = 5
};

typedef struct
{
  guint store, count;
  guint past; /* bits: the events that it knew of */
  OrrDot clock[STORES];
  guint32 n_clock;
} Event;

static const char *const names[STORES] = { "a", "b", "c" };
static const OrrRecord records[] = { ORR_FACT_DELIVERED, { 0 } };

/* What is known is whole: with an event all that it knew of. */
static void
make_events (GRand *rand, Event *events)
{
  guint known[STORES] = { 0 }, counts[STORES] = { 0 };
  for (guint i = 0; i < EVENTS; i++)
    {
      guint store = (guint) g_rand_int_range (rand, 0, STORES);
      for (guint j = 0; j < i; j++)
        if (g_rand_int_range (rand, 0, 4) == 0)
          known[store] |= events[j].past | 1u << j;
      events[i] = (Event){ .store = store, .count = ++counts[store], .past = known[store] };
      for (guint s = 0; s < STORES; s++)
        {
          guint64 count = 0;
          for (guint j = 0; j <= i; j++)
            if (events[j].store == s && (j == i || (known[store] >> j & 1)))
              count = MAX (count, events[j].count);
          if (count > 0)
            events[i].clock[events[i].n_clock++] = (OrrDot){ s, count };
        }
      known[store] |= 1u << i;
    }
}

static void
show (OrrHistory *history, const Event *event, guint index, guint32 node)
{
  OrrFactDelivered *body = orr_arena_alloc (history->arena, sizeof *body);
  *body = (OrrFactDelivered){ .key = orr_value_int (1),
                              .value = orr_value_int (index),
                              .dot = { event->store, event->count },
                              .clock = { event->clock, event->n_clock } };
  OrrHistoryFact row
      = { .fact = &records[0], .node = node, .time = (OrrTime) history->facts->len, .body = body };
  g_array_append_val (history->facts, row);
}

/* Shows the events to a node in some order; returns whether one came too early. */
static gboolean
show_all (GRand *rand, OrrHistory *history, const Event *events, guint32 node)
{
  guint order[EVENTS], shown = 0, n = (guint) g_rand_int_range (rand, 0, EVENTS + 1);
  gboolean too_early = FALSE;
  for (guint i = 0; i < EVENTS; i++)
    order[i] = i;
  for (guint i = g_rand_boolean (rand) ? 1 : EVENTS; i < EVENTS; i++)
    {
      guint j = (guint) g_rand_int_range (rand, (gint32) i - 1, (gint32) i + 1), other = order[i];
      order[i] = order[j];
      order[j] = other;
    }
  for (guint i = 0; i < n; i++)
    {
      const Event *event = &events[order[i]];
      too_early |= (event->past & ~shown) != 0;
      shown |= 1u << order[i];
      show (history, event, order[i], node);
    }
  return too_early;
}

static void
test_against_definition (void **state)
{
  const OrrCheck *check = orr_checks_find ("causal-delivery");
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  guint violated = 0, n_rounds = CASES (20000);
  for (guint round = 0; round < n_rounds; round++)
    {
      Event events[EVENTS];
      make_events (rand, events);
      g_autoptr (OrrTerms) terms = orr_terms_new ();
      g_autoptr (OrrHistory) history = orr_history_new (terms);
      history->node_names = names;
      history->n_nodes = STORES;
      history->fact_records = records;
      gboolean too_early = FALSE;
      for (guint32 node = 0; node < STORES; node++)
        too_early |= show_all (rand, history, events, node);
      orr_history_complete (history);
      g_autoptr (OrrVerdict) verdict = orr_check_judge (check, history, &ORR_CHECK_BUDGET_DEFAULT);
      assert_int_equal (verdict->kind, too_early ? ORR_VIOLATED : ORR_HOLDS);
      assert_int_equal (verdict->n_checked, history->facts->len);
      assert_true (!too_early || verdict->n_facts >= 1);
      violated += too_early;
    }
  assert_true (violated > n_rounds / 5 && violated < n_rounds * 4 / 5);
}

int
main (void)
{
  const struct CMUnitTest tests[] = { cmocka_unit_test (test_against_definition) };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
