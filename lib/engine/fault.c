/* fault.c: when things go wrong, and when they are right again.
 *
 * A line of the scenario is a plan; each time it strikes there is one more fault in the trace, with what it
 * did in words and how often it made a difference. Plans strike at a time, again and again at random, or when
 * something happens (trigger.c). What a strike leaves open is drawn, named by the kind of fault, the time and
 * the line, so that the faults of one line don't change those of another. What a fault does is its own file's
 * business (faults/). */
#include "engine/engine-private.h"

/* How many faults may strike in a run, and how many of them may go on at a time: more than anyone means, few
 * enough that they fit into memory and that a message is not held up by asking each of them. */
#define STRIKES_MAX  1000000
#define GOING_ON_MAX 10000

/* A fault that struck. Kept until the run is over: others hold pointers into it. */
typedef struct
{
  OrrActiveFault active;
  const OrrFault *kind;
  gpointer settings; /* a copy, with the nodes filled in */
  guint32 choice;    /* of the line's; G_MAXUINT32: it does not choose */
  guint64 effects;
  gboolean going_on;
} Strike;

typedef struct OrrFaults
{
  GPtrArray *strikes; /* Strike, by row of the trace's faults */
  guint n_going_on;
  guint64 *n_strikes; /* of each plan so far; those of several faults at a time count once */
} Faults;

static const OrrFaultPlan *
plan_at (const OrrSimulation *simulation, guint index)
{
  return &((const OrrFaultPlan *) simulation->scenario->faults.data)[index];
}

static OrrTraceFault *
row_of (OrrSimulation *simulation, const Strike *strike)
{
  return &g_array_index (simulation->trace->faults, OrrTraceFault, strike->active.index);
}

/* --- What is drawn --- */

gboolean
orr_machine_is_server (const OrrMachine *machine)
{
  for (guint i = 0; i < machine->n_actors; i++)
    if (machine->actors[i]->role_index != ORR_ROLE_CLIENT)
      return TRUE;
  return FALSE;
}

static guint
index_of (const OrrSimulation *simulation, const OrrFaultPlan *plan)
{
  return (guint) (plan - plan_at (simulation, 0));
}

static gboolean
is_on (const OrrSimulation *simulation, OrrAddress address, const OrrMachine *machine)
{
  return address != ORR_NOBODY && simulation->actors[address].machine == machine;
}

/* Does a machine answer to the target: its name, the name of an actor or of a role on it, the one that was
 * the last to say a fact, the one that did what the line waits for? None: any server. */
static gboolean
is_target (const OrrSimulation *simulation, const OrrMachine *machine, const OrrFaultPlan *plan)
{
  const char *target = plan->target;
  if (!target)
    return orr_machine_is_server (machine);
  if (plan->target_fact >= 0)
    return is_on (simulation, simulation->speakers[plan->target_fact], machine);
  if (plan->target_kind != ORR_TARGET_NAMED)
    return is_on (
        simulation,
        orr_triggers_who (simulation, index_of (simulation, plan), (OrrTargetKind) plan->target_kind),
        machine);
  if (g_str_equal (machine->name, target))
    return TRUE;
  for (guint i = 0; i < machine->n_actors; i++)
    {
      const OrrNode *actor = machine->actors[i];
      if (g_str_equal (actor->name, target)
          || (actor->role_index != ORR_ROLE_CLIENT && g_str_equal (actor->role->name, target)))
        return TRUE;
    }
  return FALSE;
}

/* The name of a machine that answers to the target; NULL where none does. */
static const char *
draw_node (OrrSimulation *simulation, const OrrFaultPlan *plan, OrrDraw draw)
{
  guint n = 0;
  for (guint i = 0; i < simulation->n_machines; i++)
    n += is_target (simulation, &simulation->machines[i], plan) ? 1 : 0;
  if (n == 0)
    return NULL;
  guint64 left = orr_draw_below (draw, n);
  for (guint i = 0;; i++)
    if (is_target (simulation, &simulation->machines[i], plan) && left-- == 0)
      return simulation->machines[i].name;
}

/* Fills in the node of a random fault, where its settings leave it open. FALSE: it needs one and there is
 * none. */
static gboolean
fill_target (OrrSimulation *simulation, Strike *strike, const OrrFaultPlan *plan)
{
  const OrrField *field
      = strike->kind->target ? orr_fields_find (strike->kind->entry.fields, strike->kind->target) : NULL;
  if (!field)
    return TRUE;
  const char **node = G_STRUCT_MEMBER_P (strike->settings, field->offset);
  if (!*node)
    *node = draw_node (simulation, plan, orr_draw_fold (strike->active.draw, 1));
  return *node || !(plan->target || field->required);
}

/* The index of one of them, each as often as its weight says. */
static guint32
draw_choice (const OrrFaultPlan *plan, OrrDraw draw)
{
  const OrrChosenFault *chosen = plan->choose.data;
  guint64 sum = 0;
  for (guint i = 0; i < plan->choose.length; i++)
    sum += chosen[i].weight;
  guint64 left = orr_draw_below (draw, sum);
  guint32 index = 0;
  for (; left >= chosen[index].weight; index++)
    left -= chosen[index].weight;
  return index;
}

/* --- Quiet periods --- */

static gboolean
has_quiet (const OrrFaultPlan *plan)
{
  return plan->quiet.every != ORR_TIME_UNSET;
}

/* How long until the next quiet period, or the one that is, begins; below 0: so long ago. */
static OrrTime
until_quiet (const OrrFaultPlan *plan, OrrTime now)
{
  return plan->quiet.every - plan->quiet.length - now % plan->quiet.every;
}

/* When so much time will have passed of which none was quiet. */
static OrrTime
after_busy (const OrrFaultPlan *plan, OrrTime now, OrrTime busy)
{
  if (!has_quiet (plan))
    return orr_time_add (now, busy);
  OrrTime period = plan->quiet.every, active = period - plan->quiet.length;
  OrrTime begun = now - now % period, done = MIN (now % period, active);
  __int128 sum = (__int128) done + busy;
  __int128 time = begun + sum / active * period + sum % active;
  return time < ORR_TIME_NEVER ? (OrrTime) time : ORR_TIME_NEVER;
}

/* --- Strikes --- */

/* What this line says to do, with settings of its own. */
static void
take_settings (OrrSimulation *simulation, Strike *strike, const OrrFaultPlan *plan)
{
  const OrrEntry *entry = plan->fault;
  gconstpointer settings = plan->settings;
  if (!entry)
    {
      strike->choice = draw_choice (plan, orr_draw_fold (strike->active.draw, 0));
      const OrrChosenFault *chosen = &((const OrrChosenFault *) plan->choose.data)[strike->choice];
      entry = chosen->fault;
      settings = chosen->settings;
    }
  strike->kind = (const OrrFault *) entry;
  if (plan->action >= 0)
    {
      const OrrRecord *record = &simulation->model->actions[plan->action];
      OrrActionSettings action = { record, (guint) plan->action, plan->action_node, plan->settings };
      strike->settings = g_memdup2 (&action, sizeof action);
    }
  else
    strike->settings = g_memdup2 (settings, entry->size);
  strike->active.settings = strike->settings;
}

/* `member` counts those that strike together. */
static Strike *
strike_new (OrrSimulation *simulation, guint index, guint member)
{
  const OrrFaultPlan *plan = plan_at (simulation, index);
  OrrDraw draw = orr_engine_draw (simulation, "fault", plan->word, (guint64) simulation->now);
  draw = orr_draw_fold (draw, simulation->faults->n_strikes[index]);
  Strike *strike = g_new0 (Strike, 1);
  strike->active = (OrrActiveFault){ .index = simulation->trace->faults->len,
                                     .effects = &strike->effects,
                                     .draw = member == 0 ? draw : orr_draw_fold (draw, member),
                                     .duration = ORR_TIME_UNSET };
  strike->choice = G_MAXUINT32;
  take_settings (simulation, strike, plan);
  return strike;
}

static void
note (OrrSimulation *simulation, OrrEventKind kind, guint row)
{
  orr_note_event (simulation, kind, ORR_NOBODY, ORR_NOBODY, (guint16) MIN (row, G_MAXUINT16), simulation->row,
                  ORR_NO_MESSAGE, NULL, NULL);
}

/* What was drawn is written into a copy of the settings, for whoever wants to know. */
static void
spell_out (OrrSimulation *simulation, Strike *strike, const OrrFaultPlan *plan)
{
  OrrChoices *choices = simulation->options.choices;
  if (!choices)
    return;
  if (plan->action < 0)
    strike->active.spelled = orr_arena_copy (choices->arena, strike->settings, strike->kind->entry.size);
  strike->active.arena = choices->arena;
  OrrStrikeChoice choice = { .settings = strike->active.spelled ? strike->active.spelled : plan->settings,
                             .length = ORR_TIME_UNSET };
  g_array_append_val (choices->strikes, choice);
}

static void
note_began (OrrSimulation *simulation, const Strike *strike, OrrTime length)
{
  OrrChoices *choices = simulation->options.choices;
  if (!choices)
    return;
  OrrStrikeChoice *choice = &g_array_index (choices->strikes, OrrStrikeChoice, strike->active.index);
  choice->began = TRUE;
  choice->length = length;
}

/* It is over, and does not need its settings any more. */
static void
settle (Strike *strike)
{
  strike->active.settings = NULL;
  g_clear_pointer (&strike->settings, g_free);
}

/* Lets it begin, and says when it ends. */
static void
begin (OrrSimulation *simulation, Strike *strike, const OrrFaultPlan *plan)
{
  if (!strike->kind->begin (simulation, &strike->active))
    {
      row_of (simulation, strike)->ended = simulation->now;
      settle (strike);
      return;
    }
  note_began (simulation, strike, ORR_TIME_UNSET);
  if (strike->active.for_good)
    return;
  OrrTime length = strike->active.duration;
  if (length == ORR_TIME_UNSET && plan->duration)
    length = orr_distribution_sample (plan->duration, orr_draw_fold (strike->active.draw, 2));
  if (!strike->kind->end)
    {
      row_of (simulation, strike)->ended
          = orr_time_add (simulation->now, length == ORR_TIME_UNSET ? 0 : length);
      return;
    }
  if (has_quiet (plan))
    length = length == ORR_TIME_UNSET ? until_quiet (plan, simulation->now)
                                      : MIN (length, until_quiet (plan, simulation->now));
  note_began (simulation, strike, length);
  strike->going_on = TRUE;
  simulation->faults->n_going_on++;
  if (length != ORR_TIME_UNSET)
    orr_schedule_fault (simulation, orr_time_add (simulation->now, length), ORR_DO_HEAL,
                        strike->active.index);
}

/* What it does, in words; where nobody is there to whom it could be done, these say so. */
static const char *
describe (OrrSimulation *simulation, const Strike *strike, gboolean has_target, const OrrFaultPlan *plan)
{
  g_autoptr (GString) what = g_string_new (NULL);
  if (has_target)
    strike->kind->describe (strike->settings, what);
  else if (plan->target_fact < 0)
    g_string_append_printf (what, "%s nobody: there is none to choose from", strike->kind->entry.name);
  else
    {
      g_string_append_printf (what, "%s nobody: no node has said ", strike->kind->entry.name);
      orr_name_print (simulation->model->facts[plan->target_fact].name, what);
      g_string_append (what, " yet");
    }
  return orr_arena_strdup (simulation->trace->arena, what->str);
}

/* FALSE: there may be no more. */
static gboolean
strike_now (OrrSimulation *simulation, guint index, guint member)
{
  Faults *faults = simulation->faults;
  if (faults->strikes->len >= STRIKES_MAX || faults->n_going_on >= GOING_ON_MAX)
    {
      simulation->trace->ending = ORR_ENDED_FAULT_LIMIT;
      simulation->is_due = simulation->stopped = TRUE;
      return FALSE;
    }
  const OrrFaultPlan *plan = plan_at (simulation, index);
  Strike *strike = strike_new (simulation, index, member);
  gboolean has_target = plan->fault || fill_target (simulation, strike, plan);
  OrrTraceFault row = { .began = simulation->now,
                        .ended = has_target ? ORR_TIME_NEVER : simulation->now,
                        .fault = &strike->kind->entry,
                        .what = describe (simulation, strike, has_target, plan),
                        .line = index,
                        .choice = strike->choice };
  g_array_append_val (simulation->trace->faults, row);
  g_ptr_array_add (faults->strikes, strike);
  spell_out (simulation, strike, plan);
  note (simulation, ORR_EVENT_FAULT, strike->active.index);
  if (has_target)
    begin (simulation, strike, plan);
  else
    settle (strike);
  return TRUE;
}

static void
heal (OrrSimulation *simulation, Strike *strike)
{
  if (!strike->going_on)
    return;
  strike->going_on = FALSE;
  simulation->faults->n_going_on--;
  row_of (simulation, strike)->ended = simulation->now;
  note (simulation, ORR_EVENT_HEAL, strike->active.index);
  strike->kind->end (simulation, &strike->active);
  settle (strike);
}

void
orr_fault_step_at (OrrSimulation *simulation, const OrrActiveFault *fault, OrrTime time)
{
  orr_schedule_fault (simulation, time, ORR_DO_STEP, fault->index);
}

void
orr_fault_end_now (OrrSimulation *simulation, const OrrActiveFault *fault)
{
  orr_schedule_fault (simulation, simulation->now, ORR_DO_HEAL, fault->index);
}

/* The next strike of a line that strikes again and again; none once clients have stopped. */
static void
schedule_next (OrrSimulation *simulation, guint index)
{
  const OrrFaultPlan *plan = plan_at (simulation, index);
  OrrDraw draw = orr_engine_draw (simulation, "every", plan->word, simulation->faults->n_strikes[index]);
  OrrTime time = after_busy (plan, simulation->now, MAX (orr_distribution_sample (plan->every, draw), 1));
  if (time < simulation->scenario->duration)
    orr_schedule_fault (simulation, time, ORR_DO_FAULT, index);
}

void
orr_faults_handle (OrrSimulation *simulation, const OrrEvent *event)
{
  guint64 cause = simulation->row;
  if (event->kind == ORR_DO_HEAL)
    {
      heal (simulation, g_ptr_array_index (simulation->faults->strikes, event->slot));
      return;
    }
  if (event->kind == ORR_DO_STEP)
    {
      Strike *strike = g_ptr_array_index (simulation->faults->strikes, event->slot);
      if (strike->going_on)
        strike->kind->step (simulation, &strike->active);
      return;
    }
  if (simulation->ended)
    return;
  const OrrFaultPlan *plan = plan_at (simulation, event->slot);
  gboolean may_go_on = TRUE;
  for (guint i = 0; i < plan->intensity && may_go_on; i++)
    {
      simulation->row = cause;
      may_go_on = strike_now (simulation, event->slot, i);
    }
  simulation->faults->n_strikes[event->slot]++;
  if (plan->trigger == ORR_TRIGGER_EVERY && may_go_on)
    schedule_next (simulation, event->slot);
}

void
orr_faults_strike (OrrSimulation *simulation, guint plan)
{
  orr_schedule_fault (simulation, simulation->now, ORR_DO_FAULT, plan);
}

void
orr_faults_end_all (OrrSimulation *simulation)
{
  GPtrArray *strikes = simulation->faults->strikes;
  guint64 cause = simulation->row;
  for (guint i = 0; i < strikes->len; i++)
    {
      simulation->row = cause;
      heal (simulation, g_ptr_array_index (strikes, i));
    }
}

/* --- A run --- */

/* Who was the last to say each fact, where somebody wants to know. */
static void
init_speakers (OrrSimulation *simulation)
{
  gboolean wanted = FALSE;
  for (guint i = 0; i < simulation->scenario->faults.length; i++)
    wanted |= plan_at (simulation, i)->target_fact >= 0;
  if (!wanted)
    return;
  simulation->speakers = g_new (OrrAddress, simulation->n_facts);
  for (guint i = 0; i < simulation->n_facts; i++)
    simulation->speakers[i] = ORR_NOBODY;
}

void
orr_faults_init (OrrSimulation *simulation)
{
  guint n = simulation->scenario->faults.length;
  Faults *faults = simulation->faults = g_new0 (Faults, 1);
  faults->strikes = g_ptr_array_new ();
  faults->n_strikes = g_new0 (guint64, n);
  init_speakers (simulation);
  for (guint i = 0; i < n; i++)
    {
      const OrrFaultPlan *plan = plan_at (simulation, i);
      if (plan->trigger == ORR_TRIGGER_AT)
        orr_schedule_fault (simulation, plan->at, ORR_DO_FAULT, i);
      else if (plan->trigger == ORR_TRIGGER_EVERY)
        schedule_next (simulation, i);
    }
  orr_triggers_init (simulation);
}

void
orr_faults_clear (OrrSimulation *simulation)
{
  Faults *faults = g_steal_pointer (&simulation->faults);
  for (guint i = 0; i < faults->strikes->len; i++)
    {
      Strike *strike = g_ptr_array_index (faults->strikes, i);
      row_of (simulation, strike)->effects = strike->effects;
      /* What outlived the run could not free what it holds. */
      g_free (strike->going_on ? strike->active.state : NULL);
      g_free (strike->settings);
      g_free (strike);
    }
  g_ptr_array_unref (faults->strikes);
  g_free (faults->n_strikes);
  g_clear_pointer (&simulation->speakers, g_free);
  g_free (faults);
  orr_triggers_clear (simulation);
}
