/* death-engine.c: a model that breaks the rules of the engine, one at a time, to show that its assertions
 * trip. */
#include "../support/puppet.h"

typedef struct
{
  const char *name;
  void (*make) (OrrNode *node);
} Mistake;

static const PuppetNote note;
static OrrNode *other;
static OrrTimer timer;

static void
no_such_message (OrrNode *node)
{
  orr_send (node, 1, 99, &note);
}

static void
to_nobody (OrrNode *node)
{
  orr_send (node, orr_find (node, "n7"), PUPPET_NOTE, &note);
}

static void
to_who_does_not_listen (OrrNode *node)
{
  orr_send (node, orr_find (node, "client1"), PUPPET_NOTE, &note);
}

static void
without_a_body (OrrNode *node)
{
  orr_send (node, 1, PUPPET_NOTE, NULL);
}

static void
of_negative_size (OrrNode *node)
{
  orr_send_sized (node, 1, PUPPET_NOTE, &note, -1);
}

static void
timer_in_the_past (OrrNode *node)
{
  orr_timer_set (node, -1, PUPPET_TICK, &note);
}

static void
no_such_timer (OrrNode *node)
{
  orr_timer_set (node, 0, 99, NULL);
}

static void
timer_without_a_body (OrrNode *node)
{
  orr_timer_set (node, 0, PUPPET_TICK, NULL);
}

static void
timer_of_another (OrrNode *node)
{
  orr_timer_cancel (node, &timer);
}

static void
as_another (OrrNode *node G_GNUC_UNUSED)
{
  orr_send (other, 1, PUPPET_NOTE, &note);
}

static void
no_such_fact (OrrNode *node)
{
  orr_fact (node, 99, &note);
}

static void
fact_without_a_body (OrrNode *node)
{
  orr_fact (node, PUPPET_SAYS, NULL);
}

static void
unnamed_draw (OrrNode *node)
{
  orr_draw_index (node, "fate", 2);
}

static void
draw_from_nothing (OrrNode *node)
{
  orr_draw_index (node, "luck", 0);
}

static void
negative_work (OrrNode *node)
{
  orr_work (node, -1);
}

static void
foreign_array (OrrNode *node)
{
  static const guint64 numbers[16];
  orr_send (node, 1, PUPPET_LIST, &(PuppetList){ { &numbers[8], 1 } });
}

static void
array_of_nobody (OrrNode *node)
{
  const guint64 number = 1;
  orr_array_unref (node, orr_array (node, 1, sizeof number, &number));
}

static void
no_such_address (OrrNode *node)
{
  orr_name (node, 99);
}

static void
no_such_session (OrrNode *node)
{
  orr_session_name (node, 99);
}

static const Mistake mistakes[] = {
  { "no-such-message", no_such_message },
  { "to-nobody", to_nobody },
  { "to-who-does-not-listen", to_who_does_not_listen },
  { "without-a-body", without_a_body },
  { "of-negative-size", of_negative_size },
  { "timer-in-the-past", timer_in_the_past },
  { "no-such-timer", no_such_timer },
  { "timer-without-a-body", timer_without_a_body },
  { "timer-of-another", timer_of_another },
  { "as-another", as_another },
  { "no-such-fact", no_such_fact },
  { "fact-without-a-body", fact_without_a_body },
  { "unnamed-draw", unnamed_draw },
  { "draw-from-nothing", draw_from_nothing },
  { "negative-work", negative_work },
  { "foreign-array", foreign_array },
  { "array-of-nobody", array_of_nobody },
  { "no-such-address", no_such_address },
  { "no-such-session", no_such_session },
};

/* What may not be done in observe. */

static void
observe_and_send (OrrNode *node)
{
  orr_send (node, 1, PUPPET_NOTE, &note);
}

static void
observe_and_set (OrrNode *node)
{
  orr_timer_set (node, 0, PUPPET_TICK, &note);
}

static void
observe_and_allocate (OrrNode *node)
{
  orr_alloc (node, 1);
}

static const Mistake observations[] = {
  { "send-in-observe", observe_and_send },
  { "timer-in-observe", observe_and_set },
  { "allocation-in-observe", observe_and_allocate },
};

static void (*mistake) (OrrNode *node);

/* n0 starts before n1 makes the mistake. */
static void
start (OrrNode *node, OrrStart why G_GNUC_UNUSED)
{
  if (orr_self (node) == 0)
    {
      other = node;
      timer = orr_timer_set (node, ORR_SECOND, PUPPET_TICK, &note);
    }
  else if (orr_self (node) == 1 && mistake)
    mistake (node);
}

int
main (int argc, char **argv)
{
  const char *name = argc > 1 ? argv[1] : "none";
  puppet.start = start;
  for (guint i = 0; i < G_N_ELEMENTS (mistakes); i++)
    if (g_str_equal (mistakes[i].name, name))
      mistake = mistakes[i].make;
  for (guint i = 0; i < G_N_ELEMENTS (observations); i++)
    if (g_str_equal (observations[i].name, name))
      puppet.observe = observations[i].make;
  if (!mistake && !puppet.observe && !g_str_equal (name, "none"))
    return 1;
  orr_trace_free (run_puppet ("duration: 1s\n", ORR_RECORD_OPERATIONS, 0));
  return 0;
}
