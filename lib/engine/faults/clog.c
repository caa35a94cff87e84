/* clog.c: a link that is stopped up.
 *
 * Buffers fill, a queue does not move, a congested path lets nothing through; then it does, and all that was
 * in it comes. Nothing is lost and no connection need break; but all that anyone believed about how long a
 * message may take is wrong. FoundationDB's simulation clogs its links in this way. */
#include "engine/links.h"

typedef struct
{
  OrrWays ways;
} ClogSettings;

typedef struct
{
  OrrMachineWays ways;
  gpointer hold;
} Clog;

static const OrrField fields[] = {
  ORR_WAYS_FIELDS,
  { 0 },
};

static gboolean
is_clogged (gconstpointer data, guint from, guint to)
{
  return orr_ways_include (&((const Clog *) data)->ways, from, to);
}

static gboolean
clog_begin (OrrSimulation *simulation, OrrActiveFault *fault)
{
  Clog *clog = g_new (Clog, 1);
  clog->ways = orr_ways_find (simulation, fault->settings);
  clog->hold = orr_hold_begin (simulation, is_clogged, clog, ORR_ANY_MESSAGE, ORR_RELEASE_ON_ITS_WAY,
                               orr_draw_fold (fault->draw, 3), fault->effects);
  fault->state = clog;
  return TRUE;
}

static void
clog_end (OrrSimulation *simulation, OrrActiveFault *fault)
{
  g_autofree Clog *clog = g_steal_pointer (&fault->state);
  orr_hold_end (simulation, clog->hold);
}

static void
clog_describe (gconstpointer settings, GString *text)
{
  g_string_append (text, "clogged links");
  orr_ways_describe (settings, text);
}

static void
clog_validate (gconstpointer settings, OrrProblems *problems)
{
  orr_ways_validate (settings, problems);
}

const OrrFault orr_fault_clog = {
  .entry
  = { .name = "clog",
      .summary = "Lets nothing through for a while, and loses nothing",
      .doc = "What arrives on these links while they are clogged is kept back; when they are clear again it "
             "comes, each "
             "message after as long as its way takes, drawn anew; a stream's, in order. Only where a stream "
             "was held for longer than "
             "`stream-timeout` does it break.\n\n"
             "Without `node`, `from` and `to`, all links are clogged. Its effects are the messages that it "
             "kept back.",
      .size = sizeof (ClogSettings),
      .fields = fields,
      .scalar = "node",
      .validate = clog_validate },
  .target = "node",
  .begin = clog_begin,
  .end = clog_end,
  .describe = clog_describe,
};
