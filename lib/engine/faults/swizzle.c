/* swizzle.c: nodes that drop out one by one and come back in another order.
 *
 * Take some of the servers, clog their links one after the other, and clear them again one after the other in
 * another order. Each step is small; the order in which servers lose and find each other is one that nobody
 * thought of. FoundationDB's authors found it to catch an uncommon number of mistakes, and nobody quite knows
 * why. */
#include "engine/links.h"

#include <string.h>

typedef struct
{
  OrrArray nodes; /* const char * */
  OrrArray back;  /* the same in another order */
  OrrDistribution *interval;
  OrrArray intervals; /* OrrTime */
} SwizzleSettings;

typedef struct
{
  guint machine;
  guint64 in, out; /* by which they are put in order */
} Chosen;

typedef struct
{
  gpointer hold;
  guint n, n_steps;
  guint *order;       /* which machine each step is about: n that are clogged, then n that are cleared */
  guint8 *is_clogged; /* by machine */
} Swizzle;

static const OrrField fields[] = {
  ORR_FIELD (SwizzleSettings, nodes, LIST, .element = &orr_type_NODE, .element_size = sizeof (const char *),
             .doc = "which nodes; not given: each server or not, drawn, and one at least"),
  ORR_FIELD (SwizzleSettings, interval, DISTRIBUTION, .initial = "1s", .doc = "from one step to the next"),
  ORR_FIELD (SwizzleSettings, back, LIST, .element = &orr_type_NODE, .element_size = sizeof (const char *),
             .doc
             = "the same nodes in the order in which they are cleared: then they are clogged in the order "
               "of `nodes`; not given: both orders are drawn"),
  ORR_FIELD (SwizzleSettings, intervals, LIST, .element = &orr_type_DURATION,
             .element_size = sizeof (OrrTime),
             .doc = "the first of the times from one step to the next; those behind them as `interval` says"),
  { 0 },
};

static gboolean
is_clogged (gconstpointer data, guint from, guint to)
{
  const Swizzle *swizzle = data;
  return swizzle->is_clogged[from] || swizzle->is_clogged[to];
}

/* --- Who, and in which order --- */

static void
choose (GArray *chosen, const OrrMachine *machine, OrrDraw draw)
{
  OrrDraw own = orr_draw_fold (draw, orr_draw_word (machine->name));
  Chosen one = { machine->index, orr_draw_fold (own, 1), orr_draw_fold (own, 2) };
  g_array_append_val (chosen, one);
}

/* Each server or not, by the toss of a coin; if none, then one. Named by the server, so that another more or
 * less does not change what becomes of the rest. */
static void
choose_some (OrrSimulation *simulation, GArray *chosen, OrrDraw draw)
{
  const OrrMachine *first = NULL;
  OrrDraw least = G_MAXUINT64;
  for (guint i = 0; i < simulation->n_machines; i++)
    {
      const OrrMachine *machine = &simulation->machines[i];
      OrrDraw toss = orr_draw_fold (orr_draw_fold (draw, orr_draw_word (machine->name)), 3);
      if (!orr_machine_is_server (machine))
        continue;
      if (orr_draw_below (toss, 2) == 0)
        choose (chosen, machine, draw);
      if (!first || toss < least)
        {
          first = machine;
          least = toss;
        }
    }
  if (chosen->len == 0 && first)
    choose (chosen, first, draw);
}

static gint
compare_in (gconstpointer a, gconstpointer b)
{
  const Chosen *x = a, *y = b;
  return x->in != y->in ? (x->in < y->in ? -1 : 1) : (x->machine > y->machine) - (x->machine < y->machine);
}

static gint
compare_out (gconstpointer a, gconstpointer b)
{
  const Chosen *x = a, *y = b;
  return x->out != y->out ? (x->out < y->out ? -1 : 1)
                          : (x->machine > y->machine) - (x->machine < y->machine);
}

static GArray *
choose_nodes (OrrSimulation *simulation, const OrrArray *nodes, OrrDraw draw)
{
  GArray *chosen = g_array_new (FALSE, FALSE, sizeof (Chosen));
  g_autofree guint8 *is_there = g_new0 (guint8, simulation->n_machines + 1);
  for (guint i = 0; i < nodes->length; i++)
    {
      const OrrMachine *machine = orr_machine_find (simulation, ((const char *const *) nodes->data)[i]);
      if (machine && !is_there[machine->index]++)
        choose (chosen, machine, draw);
    }
  if (nodes->length == 0)
    choose_some (simulation, chosen, draw);
  return chosen;
}

/* All of it in one block, as a fault's state is. */
static Swizzle *
swizzle_new (const OrrSimulation *simulation, GArray *chosen)
{
  Swizzle *swizzle
      = g_malloc0 (sizeof (Swizzle) + 2 * (gsize) chosen->len * sizeof (guint) + simulation->n_machines);
  swizzle->n = chosen->len;
  swizzle->order = (guint *) (swizzle + 1);
  swizzle->is_clogged = (guint8 *) (swizzle->order + 2 * (gsize) chosen->len);
  g_array_sort (chosen, compare_in);
  for (guint i = 0; i < chosen->len; i++)
    swizzle->order[i] = g_array_index (chosen, Chosen, i).machine;
  g_array_sort (chosen, compare_out);
  for (guint i = 0; i < chosen->len; i++)
    swizzle->order[chosen->len + i] = g_array_index (chosen, Chosen, i).machine;
  return swizzle;
}

static gboolean
is_among (const OrrArray *names, const char *name)
{
  for (guint i = 0; i < names->length; i++)
    if (g_str_equal (((const char *const *) names->data)[i], name))
      return TRUE;
  return FALSE;
}

/* Each of the one is in the other, and none is there twice. */
static gboolean
are_same_nodes (const OrrArray *a, const OrrArray *b)
{
  for (guint i = 0; i < a->length; i++)
    {
      const char *name = ((const char *const *) a->data)[i];
      const OrrArray before = { a->data, i };
      if (is_among (&before, name) || !is_among (b, name))
        return FALSE;
    }
  return a->length == b->length;
}

/* In the orders that the scenario gives: in that of `nodes`, and back in that of `back`. */
static Swizzle *
swizzle_as_said (OrrSimulation *simulation, const SwizzleSettings *settings, GArray *chosen)
{
  Swizzle *swizzle = swizzle_new (simulation, chosen);
  for (guint i = 0; i < 2 * swizzle->n; i++)
    {
      const OrrArray *names = i < swizzle->n ? &settings->nodes : &settings->back;
      const char *name = ((const char *const *) names->data)[i % swizzle->n];
      swizzle->order[i] = orr_machine_find (simulation, name)->index;
    }
  return swizzle;
}

static OrrArray
spell_names (OrrSimulation *simulation, OrrArena *arena, const guint *machines, guint n)
{
  const char **names = orr_arena_alloc (arena, n * sizeof *names);
  for (guint i = 0; i < n; i++)
    names[i] = simulation->machines[machines[i]].name;
  return (OrrArray){ names, n };
}

/* The times that are drawn come later: there is room for all of them. */
static void
spell_out (OrrSimulation *simulation, OrrActiveFault *fault, const Swizzle *swizzle)
{
  SwizzleSettings *spelled = fault->spelled;
  spelled->nodes = spell_names (simulation, fault->arena, swizzle->order, swizzle->n);
  spelled->back = spell_names (simulation, fault->arena, swizzle->order + swizzle->n, swizzle->n);
  if (!orr_distribution_is_constant (spelled->interval, NULL))
    spelled->intervals = (OrrArray){ orr_arena_alloc (fault->arena, 2 * swizzle->n * sizeof (OrrTime)), 0 };
}

/* How long until the next step. */
static OrrTime
next_interval (OrrActiveFault *fault, guint step)
{
  const SwizzleSettings *settings = fault->settings;
  SwizzleSettings *spelled = fault->spelled;
  OrrTime interval
      = step <= settings->intervals.length
            ? ((const OrrTime *) settings->intervals.data)[step - 1]
            : orr_distribution_sample (settings->interval, orr_draw_fold (fault->draw, 16 + step));
  if (spelled && !orr_distribution_is_constant (settings->interval, NULL))
    ((OrrTime *) (gpointer) spelled->intervals.data)[spelled->intervals.length++] = interval;
  return interval;
}

/* --- The fault --- */

static void
swizzle_step (OrrSimulation *simulation, OrrActiveFault *fault)
{
  Swizzle *swizzle = fault->state;
  gboolean clogs = swizzle->n_steps < swizzle->n;
  swizzle->is_clogged[swizzle->order[swizzle->n_steps++]] = clogs;
  if (!clogs)
    orr_hold_review (simulation, swizzle->hold);
  if (swizzle->n_steps == 2 * swizzle->n)
    {
      orr_fault_end_now (simulation, fault);
      return;
    }
  orr_fault_step_at (simulation, fault,
                     orr_time_add (simulation->now, next_interval (fault, swizzle->n_steps)));
}

static gboolean
swizzle_begin (OrrSimulation *simulation, OrrActiveFault *fault)
{
  const SwizzleSettings *settings = fault->settings;
  g_autoptr (GArray) chosen = choose_nodes (simulation, &settings->nodes, orr_draw_fold (fault->draw, 4));
  if (chosen->len == 0)
    return FALSE;
  gboolean is_said = settings->back.length > 0 && are_same_nodes (&settings->nodes, &settings->back);
  Swizzle *swizzle
      = is_said ? swizzle_as_said (simulation, settings, chosen) : swizzle_new (simulation, chosen);
  if (fault->spelled)
    spell_out (simulation, fault, swizzle);
  swizzle->hold = orr_hold_begin (simulation, is_clogged, swizzle, ORR_ANY_MESSAGE, ORR_RELEASE_ON_ITS_WAY,
                                  orr_draw_fold (fault->draw, 3), fault->effects);
  fault->state = swizzle;
  swizzle_step (simulation, fault);
  return TRUE;
}

static void
swizzle_end (OrrSimulation *simulation, OrrActiveFault *fault)
{
  g_autofree Swizzle *swizzle = g_steal_pointer (&fault->state);
  memset (swizzle->is_clogged, 0, simulation->n_machines);
  orr_hold_end (simulation, swizzle->hold);
}

static void
swizzle_describe (gconstpointer data, GString *text)
{
  const SwizzleSettings *settings = data;
  g_autofree char *interval = orr_distribution_to_text (settings->interval);
  g_string_append (text, "swizzle ");
  for (guint i = 0; i < settings->nodes.length; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "", ((const char *const *) settings->nodes.data)[i]);
  g_string_append_printf (text, "%severy %s", settings->nodes.length > 0 ? ", " : "servers, ", interval);
}

static void
swizzle_validate (gconstpointer data, OrrProblems *problems)
{
  const SwizzleSettings *settings = data;
  if (settings->back.data && !are_same_nodes (&settings->nodes, &settings->back))
    orr_problems_add_at (problems, "back", "name each node of 'nodes' once, in both",
                         "the nodes that are cleared are not those that are clogged");
  if (settings->nodes.data && settings->nodes.length == 0)
    orr_problems_add_at (problems, "nodes", "name some, or leave 'nodes' out to have them drawn",
                         "there is nobody to clog");
}

const OrrFault orr_fault_swizzle = {
  .entry = { .name = "swizzle",
             .summary = "Clogs nodes one after the other, and clears them in another order",
             .doc = "All links of the first node are clogged (as by `clog`) at once, those of the next an "
                    "`interval` later, and so on; "
                    "an interval after the last, they are cleared in the same way, in an order of its own, "
                    "and the fault is "
                    "over. Both orders are drawn, unless `back` says the second. A link between two of them "
                    "is clogged as long as either of "
                    "them is. `for` ends it earlier.\n\n"
                    "Its effects are the messages that it kept back.",
             .size = sizeof (SwizzleSettings),
             .fields = fields,
             .list = "nodes",
             .validate = swizzle_validate },
  .begin = swizzle_begin,
  .end = swizzle_end,
  .step = swizzle_step,
  .describe = swizzle_describe,
};
