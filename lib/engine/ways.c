/* ways.c: which links a fault is about.
 *
 * A cable belongs to two nodes, a network card to one, a firewall's rule to one direction. All faults of the
 * network say alike which of these they mean. */
#include "engine/links.h"

static guint
find_machine (OrrSimulation *simulation, const char *name)
{
  const OrrMachine *machine = name ? orr_machine_find (simulation, name) : NULL;
  return machine ? machine->index : ORR_ANY_MACHINE;
}

OrrMachineWays
orr_ways_find (OrrSimulation *simulation, const OrrWays *ways)
{
  gboolean one_way = ways->from || ways->to;
  return (OrrMachineWays){ .node = one_way ? ORR_ANY_MACHINE : find_machine (simulation, ways->node),
                           .from = find_machine (simulation, ways->from),
                           .to = find_machine (simulation, ways->to) };
}

void
orr_ways_describe (const OrrWays *ways, GString *text)
{
  if (ways->from || ways->to)
    g_string_append_printf (text, " from %s to %s", ways->from ? ways->from : "all",
                            ways->to ? ways->to : "all");
  else if (ways->node)
    g_string_append_printf (text, " of %s", ways->node);
  else
    g_string_append (text, " everywhere");
}

void
orr_ways_validate (const OrrWays *ways, OrrProblems *problems)
{
  if (ways->node && (ways->from || ways->to))
    orr_problems_add_at (problems, "node", "write a line for each, or keep one of them",
                         "'node' beside 'from' or 'to'");
  if (ways->from && ways->to && g_str_equal (ways->from, ways->to))
    orr_problems_add_at (problems, "to", "name two nodes", "there is no link from a node to itself");
}
