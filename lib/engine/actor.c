/* actor.c: actors, what they are asked and what they may ask for.
 *
 * An actor is a role at an address, on a machine. Its state is a plain struct that a crash wipes out; so are
 * its allocations, its timers and what was on its way from its disk. A machine's actors live and die
 * together, in the order of their addresses. */
#include "engine/engine-private.h"

#include <string.h>

/* Runs on client hosts of models without a client role; the engine's sessions do its work. */
static const OrrRole plain_client = { .name = "client" };

/* Volatile memory: a block's header links it into its actor's list. */
typedef struct
{
  GList link;
  gsize size; /* with the header */
} Block;

G_STATIC_ASSERT (sizeof (Block) % 16 == 0);

static gpointer
memory_of (GList *link)
{
  return (Block *) link + 1;
}

static void
free_block (OrrNode *actor, Block *block)
{
  orr_pool_free (&actor->simulation->pool, block, block->size);
}

/* --- A machine's life --- */

static void
wipe (OrrNode *actor)
{
  orr_array_drop_holds (actor);
  while (actor->allocations.head)
    free_block (actor, (Block *) g_queue_pop_head_link (&actor->allocations));
  memset (actor->state, 0, actor->role->state_size);
}

static void
note_life (OrrNode *actor, OrrEventKind kind, OrrStart start, guint64 cause)
{
  orr_note_event (actor->simulation, kind, actor->address, ORR_NOBODY, start, cause, ORR_NO_MESSAGE, NULL,
                  NULL);
}

static void
stop_actor (OrrNode *actor, OrrStart restart_as, guint64 cause)
{
  note_life (actor, ORR_EVENT_STOP, restart_as, cause);
  if (restart_as != ORR_START_STOPPED || !actor->role->on_stop)
    return;
  orr_actor_enter (actor);
  actor->role->on_stop (actor);
  orr_actor_leave (actor);
}

static void
start_actor (OrrNode *actor, OrrStart start, guint64 cause)
{
  note_life (actor, ORR_EVENT_START, start, cause);
  if (!actor->role->on_start)
    return;
  orr_actor_enter (actor);
  actor->role->on_start (actor, start);
  orr_actor_leave (actor);
}

static gboolean
is_client_host (const OrrMachine *machine)
{
  for (guint i = 0; i < machine->n_actors; i++)
    if (machine->actors[i]->role_index == ORR_ROLE_CLIENT)
      return TRUE;
  return FALSE;
}

void
orr_machine_stop (OrrSimulation *simulation, OrrMachine *machine, OrrStart restart_as)
{
  guint64 cause = simulation->row;
  g_assert (machine->up && !simulation->active);

  for (guint i = 0; i < machine->n_actors; i++)
    stop_actor (machine->actors[i], restart_as, cause);
  simulation->row = cause;
  machine->up = FALSE;
  machine->silent = restart_as == ORR_START_OS_CRASH || restart_as == ORR_START_DISK_LOST;
  if (restart_as != ORR_START_STOPPED)
    machine->crashes++;

  orr_disk_crash (simulation, machine, restart_as);
  orr_processor_clear (simulation, machine);
  orr_streams_machine_down (simulation, machine, restart_as);
  for (guint i = 0; i < machine->n_actors; i++)
    {
      orr_timers_void (simulation, machine->actors[i]);
      wipe (machine->actors[i]);
    }
  if (is_client_host (machine))
    orr_sessions_host_down (simulation, machine);
}

void
orr_machine_start (OrrSimulation *simulation, OrrMachine *machine, OrrStart start)
{
  guint64 cause = simulation->row;
  g_assert (!machine->up && !simulation->active);

  machine->up = TRUE;
  machine->silent = FALSE;
  machine->life++;
  orr_disk_recover (machine);
  orr_processor_update (simulation, machine);
  orr_streams_machine_up (simulation, machine);
  for (guint i = 0; i < machine->n_actors; i++)
    start_actor (machine->actors[i], start, cause);
  simulation->row = cause;
  if (is_client_host (machine))
    orr_sessions_host_up (simulation, machine);
}

gboolean
orr_actors_start_all (OrrSimulation *simulation)
{
  /* Those of one machine are told by it; the machines go by their first address. */
  for (OrrAddress i = 0; i < simulation->n_actors; i++)
    {
      if (orr_is_interrupted (simulation))
        return FALSE;
      if (!simulation->actors[i].machine->up)
        orr_machine_start (simulation, simulation->actors[i].machine, ORR_START_FIRST);
    }
  return TRUE;
}

void
orr_actors_observe_all (OrrSimulation *simulation)
{
  simulation->row = ORR_NO_ROW;
  for (OrrAddress i = 0; i < simulation->n_actors; i++)
    {
      OrrNode *actor = &simulation->actors[i];
      if (!actor->machine->up || !actor->role->observe)
        continue;
      simulation->trace->observed[i] = TRUE;
      actor->observing = TRUE;
      actor->role->observe (actor);
      actor->observing = FALSE;
      orr_arrays_drop_fresh (simulation);
    }
}

/* --- What an actor is told --- */

static void
handle_message (OrrSimulation *simulation, OrrNode *actor, const OrrEvent *event)
{
  const OrrRecord *record = &simulation->model->messages[event->type];
  gconstpointer body = NULL;
  if (event->slot != ORR_NO_SLOT && record->size > 0)
    body = (char *) orr_slab_get (simulation->slab, event->slot)
           + (event->kind == ORR_DO_DATAGRAM ? 0 : ORR_BODY_HEADER);

  orr_note_event (simulation, ORR_EVENT_MESSAGE, event->target, event->source, event->type, simulation->cause,
                  simulation->message, record, body);
  if (simulation->watched)
    orr_triggers_message (simulation, ORR_WHEN_RECEIVE, actor, event->source, event->type, body);
  orr_actor_receive (actor, event, body);
  orr_message_release (simulation, event);
}

static void
handle_link (OrrSimulation *simulation, OrrNode *actor, const OrrEvent *event)
{
  gboolean up = event->kind == ORR_DO_LINK_UP;
  orr_note_event (simulation, up ? ORR_EVENT_LINK_UP : ORR_EVENT_LINK_DOWN, event->target, event->source, 0,
                  simulation->cause, ORR_NO_MESSAGE, NULL, NULL);
  if (!up)
    orr_streams_told (simulation, event);
  if (!actor->role->on_link)
    return;
  orr_actor_enter (actor);
  actor->role->on_link (actor, event->source, up);
  orr_actor_leave (actor);
}

static void
handle_action (OrrSimulation *simulation, OrrNode *actor, const OrrEvent *event)
{
  gconstpointer arguments = event->slot == ORR_NO_SLOT ? NULL : orr_slab_get (simulation->slab, event->slot);
  orr_note_event (simulation, ORR_EVENT_ACTION, event->target, ORR_NOBODY, event->type, simulation->cause,
                  ORR_NO_MESSAGE, &simulation->model->actions[event->type], arguments);
  if (actor->role->on_action)
    {
      orr_actor_enter (actor);
      actor->role->on_action (actor, event->type, arguments);
      orr_actor_leave (actor);
    }
  if (arguments)
    orr_slab_release (simulation->slab, event->slot);
}

void
orr_actor_handle (OrrSimulation *simulation, const OrrEvent *event)
{
  OrrNode *actor = &simulation->actors[event->target];
  switch ((OrrDo) event->kind)
    {
    case ORR_DO_DATAGRAM:
    case ORR_DO_TWIN:
    case ORR_DO_STREAM:
      handle_message (simulation, actor, event);
      return;
    case ORR_DO_TIMER:
      orr_timer_fire (simulation, actor, event);
      return;
    case ORR_DO_WRITTEN:
    case ORR_DO_SYNCED:
      orr_disk_handle (simulation, actor, event);
      return;
    case ORR_DO_LINK_DOWN:
    case ORR_DO_LINK_UP:
      handle_link (simulation, actor, event);
      break;
    case ORR_DO_REQUEST:
    case ORR_DO_REPLY:
    case ORR_DO_CANCEL:
      orr_sessions_handle (simulation, event);
      break;
    case ORR_DO_ACTION:
      handle_action (simulation, actor, event);
      break;
    default:
      g_assert_not_reached ();
    }
  simulation->foreground--;
}

void
orr_actor_deliver (OrrSimulation *simulation, const OrrEvent *event)
{
  OrrMachine *machine = simulation->actors[event->target].machine;
  if (event->kind == ORR_DO_TIMER && orr_timer_is_void (simulation, event))
    orr_timer_discard (simulation, event);
  else if (!machine->up)
    orr_event_discard (simulation, event, ORR_FATE_DOWN);
  else
    {
      if (event->kind <= ORR_DO_STREAM)
        orr_record_fate (simulation, simulation->message, ORR_FATE_DELIVERED);
      if (!machine->special || !orr_processor_must_wait (simulation, machine, event))
        orr_actor_handle (simulation, event);
    }
}

void
orr_message_release (OrrSimulation *simulation, const OrrEvent *event)
{
  const OrrMessageInfo *info = &simulation->messages[event->type];
  simulation->foreground -= info->is_foreground;
  if (event->slot == ORR_NO_SLOT)
    return;
  gpointer payload = orr_slab_get (simulation->slab, event->slot);
  if (event->kind == ORR_DO_TWIN && --*(guint32 *) payload > 0)
    return;
  if (info->has_arrays)
    orr_record_unref_arrays (simulation->model->messages[event->type].fields,
                             (char *) payload + (event->kind == ORR_DO_DATAGRAM ? 0 : ORR_BODY_HEADER));
  orr_slab_release (simulation->slab, event->slot);
}

void
orr_event_discard (OrrSimulation *simulation, const OrrEvent *event, OrrFate fate)
{
  switch ((OrrDo) event->kind)
    {
    case ORR_DO_DATAGRAM:
    case ORR_DO_TWIN:
    case ORR_DO_STREAM:
      orr_record_fate (simulation, simulation->message, fate);
      orr_message_release (simulation, event);
      return;
    case ORR_DO_TIMER:
      orr_timer_discard (simulation, event);
      return;
    case ORR_DO_REQUEST:
    case ORR_DO_REPLY:
    case ORR_DO_ACTION:
      if (event->slot != ORR_NO_SLOT)
        orr_slab_release (simulation->slab, event->slot);
      break;
    case ORR_DO_LINK_DOWN:
    case ORR_DO_LINK_UP:
    case ORR_DO_CANCEL:
      break;
    default:
      return;
    }
  simulation->foreground--;
}

/* --- Making them --- */

static const OrrRole *
role_at (const OrrModel *model, guint index)
{
  if (index == ORR_ROLE_CLIENT)
    return model->client ? model->client : &plain_client;
  return model->roles[index];
}

static void
make_machine (OrrSimulation *simulation, guint index)
{
  const OrrScenario *scenario = simulation->scenario;
  OrrMachine *machine = &simulation->machines[index];
  machine->index = index;
  machine->name = g_ptr_array_index (scenario->layout->nodes, index);
  machine->settings = &((const OrrNodeSettings *) scenario->nodes.data)[index];
  machine->slow = 1;
  machine->service_instant = ORR_TIME_UNSET;
  machine->special = TRUE;
  g_hash_table_insert (simulation->machine_names, (gpointer) machine->name, machine);
}

/* Stands for the on_message that a role has not. */
static void
no_on_message (OrrNode *node, OrrAddress from, guint type, gconstpointer body)
{
  orr_model_mistake (node, "a message goes to a role with on_message", "role '%s', message '%s'",
                     node->role->name, node->simulation->model->messages[type].name);
}

static void
make_actor (OrrSimulation *simulation, OrrAddress address)
{
  const OrrActorPlace *place = &g_array_index (simulation->scenario->layout->actors, OrrActorPlace, address);
  OrrNode *actor = &simulation->actors[address];
  OrrMachine *machine = &simulation->machines[place->node];
  actor->simulation = simulation;
  actor->role = role_at (simulation->model, place->role);
  actor->on_message = actor->role->on_message ? actor->role->on_message : no_on_message;
  actor->machine = machine;
  actor->instant = ORR_TIME_UNSET;
  actor->address = address;
  actor->special = TRUE;
  actor->role_index = place->role;
  actor->name = place->name;
  actor->word = orr_draw_word (actor->name);
  g_queue_init (&actor->allocations);
  machine->actors
      = g_renew (OrrNode *, machine->actors, machine->n_actors + 1); /* room for all everywhere is too much */
  machine->actors[machine->n_actors++] = actor;
  g_hash_table_insert (simulation->addresses, (gpointer) actor->name, GUINT_TO_POINTER (address + 1));
}

/* The states lie side by side, so that small ones share the cache. */
static void
make_states (OrrSimulation *simulation)
{
  gsize bytes = 0;
  for (OrrAddress i = 0; i < simulation->n_actors; i++)
    bytes += (simulation->actors[i].role->state_size + 15) / 16 * 16;
  char *state = simulation->states = g_malloc0 (MAX (bytes, 1));
  for (OrrAddress i = 0; i < simulation->n_actors; i++)
    {
      simulation->actors[i].state = state;
      state += (simulation->actors[i].role->state_size + 15) / 16 * 16;
    }
}

/* By role as by_role and role_ends know it: the model's, then client hosts. */
static guint
role_place (const OrrSimulation *simulation, guint role)
{
  return role == ORR_ROLE_CLIENT ? simulation->n_roles - 1 : role;
}

/* Sorts the addresses by role, counting first, so that no actor need look at all others for those of one. */
static void
sort_by_role (OrrSimulation *simulation)
{
  simulation->n_roles = 1;
  while (simulation->model->roles && simulation->model->roles[simulation->n_roles - 1])
    simulation->n_roles++;
  simulation->by_role = g_new (OrrAddress, simulation->n_actors + 1);
  simulation->role_ends = g_new0 (guint, simulation->n_roles + 1);
  for (OrrAddress i = 0; i < simulation->n_actors; i++)
    simulation->role_ends[role_place (simulation, simulation->actors[i].role_index) + 1]++;
  for (guint role = 1; role <= simulation->n_roles; role++)
    simulation->role_ends[role] += simulation->role_ends[role - 1];
  /* Where each begins; each address moves that on, in the end to where the role ends. */
  for (OrrAddress i = 0; i < simulation->n_actors; i++)
    simulation->by_role[simulation->role_ends[role_place (simulation, simulation->actors[i].role_index)]++]
        = i;
}

static OrrMessageInfo *
make_message_infos (const OrrModel *model, guint n)
{
  OrrMessageInfo *infos = g_new (OrrMessageInfo, n + 1);
  for (guint i = 0; i < n; i++)
    infos[i] = (OrrMessageInfo){
      .size = model->messages[i].size,
      .slab_class = orr_slab_class (model->messages[i].size),
      .is_stream = (model->messages[i].flags & ORR_STREAM) != 0,
      .is_foreground = (model->messages[i].flags & ORR_BACKGROUND) == 0,
      .has_arrays = orr_record_has_arrays (model->messages[i].fields),
    };
  for (guint i = 0; i < n; i++)
    infos[i].is_long
        = infos[i].is_stream | infos[i].has_arrays | (infos[i].slab_class == ORR_SLAB_CLASSES - 1);
  return infos;
}

static OrrPurpose *
make_purposes (const OrrModel *model)
{
  guint n = 0;
  while (model->draws && model->draws[n])
    n++;
  OrrPurpose *purposes = g_new0 (OrrPurpose, n + 1);
  for (guint i = 0; i < n; i++)
    purposes[i] = (OrrPurpose){ model->draws[i], orr_draw_word (model->draws[i]) };
  return purposes;
}

static guint
count_records (const OrrRecord *records)
{
  guint n = 0;
  while (records && records[n].name)
    n++;
  return n;
}

void
orr_actors_init (OrrSimulation *simulation)
{
  const OrrLayout *layout = simulation->scenario->layout;
  simulation->n_messages = count_records (simulation->model->messages);
  simulation->n_timers = count_records (simulation->model->timers);
  simulation->n_facts = count_records (simulation->model->facts);
  simulation->fact_is_flat = g_new (gboolean, simulation->n_facts + 1);
  for (guint i = 0; i < simulation->n_facts; i++)
    simulation->fact_is_flat[i] = orr_record_is_flat (simulation->model->facts[i].fields);
  simulation->messages = make_message_infos (simulation->model, simulation->n_messages);
  simulation->purposes = make_purposes (simulation->model);
  simulation->fresh_arrays = g_ptr_array_new ();
  simulation->addresses = g_hash_table_new (g_str_hash, g_str_equal);
  simulation->machine_names = g_hash_table_new (g_str_hash, g_str_equal);

  simulation->n_machines = layout->nodes->len;
  simulation->machines = g_new0 (OrrMachine, simulation->n_machines);
  for (guint i = 0; i < simulation->n_machines; i++)
    make_machine (simulation, i);
  simulation->n_actors = layout->actors->len;
  simulation->actors = g_aligned_alloc0 (MAX (simulation->n_actors, 1), sizeof (OrrNode), 64);
  for (OrrAddress i = 0; i < simulation->n_actors; i++)
    make_actor (simulation, i);
  for (OrrAddress i = 0; i < simulation->n_actors; i++)
    simulation->actors[i].crowded = simulation->actors[i].machine->n_actors > 1;
  sort_by_role (simulation);
  make_states (simulation);
}

void
orr_actors_clear (OrrSimulation *simulation)
{
  for (OrrAddress i = 0; i < simulation->n_actors; i++)
    wipe (&simulation->actors[i]);
  for (guint i = 0; i < simulation->n_machines; i++)
    {
      g_clear_pointer (&simulation->machines[i].inbox, g_array_unref);
      orr_processor_free_limits (&simulation->machines[i]);
      g_free (simulation->machines[i].actors);
    }
  g_aligned_free (simulation->actors);
  g_free (simulation->by_role);
  g_free (simulation->role_ends);
  g_free (simulation->states);
  g_free (simulation->machines);
  g_free (simulation->messages);
  g_free (simulation->fact_is_flat);
  g_free (simulation->purposes);
  g_ptr_array_unref (simulation->fresh_arrays);
  g_hash_table_unref (simulation->addresses);
  g_hash_table_unref (simulation->machine_names);
}

OrrMachine *
orr_machine_find (OrrSimulation *simulation, const char *name)
{
  return g_hash_table_lookup (simulation->machine_names, name);
}

/* --- For models --- */

void
orr_model_mistake (const OrrNode *node, const char *rule, const char *format, ...)
{
  g_autofree char *particulars = NULL;
  va_list arguments;
  va_start (arguments, format);
  particulars = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_error ("model '%s', actor '%s': broke the rule that %s: %s", node->simulation->model->entry.name,
           node->name, rule, particulars);
}

void
orr_model_no_effect (const OrrNode *node, const char *function)
{
  if (node->observing)
    orr_model_mistake (node, "observe has no effects", "it called %s", function);
  orr_model_mistake (node, "an actor acts in its own callbacks alone", "%s was called outside of them",
                     function);
}

gpointer
orr_state (OrrNode *node)
{
  return node->state;
}

gconstpointer
orr_options (const OrrNode *node)
{
  return node->simulation->scenario->options;
}

gboolean
orr_bug (const OrrNode *node, guint index)
{
  g_assert (index < 64);
  return orr_scenario_has_bug (node->simulation->scenario, index);
}

OrrTerms *
orr_terms (OrrNode *node)
{
  return node->simulation->terms;
}

const OrrObject *
orr_object (const OrrNode *node)
{
  return node->simulation->scenario->workload.object;
}

gboolean
orr_preload (OrrNode *node, OrrKey key, OrrValue *ret_state)
{
  const OrrWorkload *workload = &node->simulation->scenario->workload;
  *ret_state = ORR_NIL;
  if (!workload->object || !workload->object->preload)
    return FALSE;
  return workload->object->preload (workload->settings, node->simulation->terms, key, ret_state);
}

OrrAddress
orr_self (const OrrNode *node)
{
  return node->address;
}

guint
orr_n_addresses (const OrrNode *node)
{
  return node->simulation->n_actors;
}

OrrAddress
orr_find (const OrrNode *node, const char *name)
{
  /* Absent is NULL, that is 0: one below the first address, which is then ORR_NOBODY. */
  return GPOINTER_TO_UINT (g_hash_table_lookup (node->simulation->addresses, name)) - 1;
}

static const OrrNode *
actor_at (const OrrNode *node, OrrAddress address)
{
  orr_model_assert (node, address < node->simulation->n_actors, "an address is of the run", "%u", address);
  return &node->simulation->actors[address];
}

const char *
orr_name (const OrrNode *node, OrrAddress address)
{
  return actor_at (node, address)->name;
}

guint
orr_role_of (const OrrNode *node, OrrAddress address)
{
  return actor_at (node, address)->role_index;
}

const OrrAddress *
orr_role_addresses (const OrrNode *node, guint role, guint *ret_n)
{
  const OrrSimulation *simulation = node->simulation;
  orr_model_assert (node, role == ORR_ROLE_CLIENT || role < simulation->n_roles - 1,
                    "a role is of the model's table", "role %u", role);
  guint place = role_place (simulation, role);
  guint begin = place > 0 ? simulation->role_ends[place - 1] : 0;
  *ret_n = simulation->role_ends[place] - begin;
  return *ret_n > 0 ? &simulation->by_role[begin] : NULL;
}

const char *
orr_region (const OrrNode *node, OrrAddress address)
{
  return actor_at (node, address)->machine->settings->region;
}

gint64
orr_weight (const OrrNode *node, OrrAddress address)
{
  return actor_at (node, address)->machine->settings->weight;
}

const char *
orr_session_name (const OrrNode *node, guint32 session)
{
  orr_model_assert (node, session < orr_n_sessions (node), "a session is of the run", "%u", session);
  return node->simulation->scenario->session_names[session];
}

guint32
orr_n_sessions (const OrrNode *node)
{
  return node->simulation->scenario->n_sessions;
}

gpointer
orr_alloc (OrrNode *node, gsize size)
{
  orr_model_effect (node);
  Block *block = orr_pool_alloc (&node->simulation->pool, sizeof (Block) + size);
  memset (block, 0, sizeof (Block) + size);
  block->size = sizeof (Block) + size;
  g_queue_push_tail_link (&node->allocations, &block->link);
  return memory_of (&block->link);
}

void
orr_free (OrrNode *node, gpointer memory)
{
  if (!memory)
    return;
  orr_model_effect (node);
  Block *block = (Block *) memory - 1;
  g_queue_unlink (&node->allocations, &block->link);
  free_block (node, block);
}

/* The word (and more) that stands for a purpose which is not the first of the model's table, or another copy
 * of its text. */
static G_GNUC_NO_INLINE const OrrPurpose *
find_purpose (const OrrNode *node, const char *purpose)
{
  for (const OrrPurpose *at = node->simulation->purposes; at->text; at++)
    if (at->text == purpose || g_str_equal (at->text, purpose))
      return at;
  orr_model_mistake (node, "a draw's purpose is a word of the model's draws", "'%s'", purpose);
}

static inline OrrDraw
next_draw (OrrNode *node, const char *purpose)
{
  const OrrSimulation *simulation = node->simulation;
  orr_model_effect (node);
  const OrrPurpose *first = simulation->purposes;
  return orr_actor_draw (node, G_LIKELY (first->text == purpose) ? first->word
                                                                 : find_purpose (node, purpose)->word);
}

/* A draw that a pin may fix, or that somebody wants to know. A pin of the other kind says nothing. */
static G_GNUC_NO_INLINE OrrTime
decide_draw (OrrNode *node, const char *purpose, const OrrDistribution *distribution, OrrDraw draw)
{
  OrrSimulation *simulation = node->simulation;
  guint index = (guint) (find_purpose (node, purpose) - simulation->purposes);
  const OrrPin *pin = simulation->pinned ? orr_pins_find_draw (simulation, node->address, index) : NULL;
  gboolean is_pinned = pin && pin->value != ORR_TIME_UNSET;
  OrrTime value = is_pinned ? pin->value : orr_distribution_sample (distribution, draw);
  OrrDecided *decided = orr_decided_add (simulation, ORR_PIN_DRAW, node->address, ORR_NOBODY, index);
  if (decided)
    {
      decided->usual = distribution;
      decided->latency = value;
    }
  return value;
}

static G_GNUC_NO_INLINE guint64
decide_index (OrrNode *node, const char *purpose, guint64 drawn, guint64 n)
{
  OrrSimulation *simulation = node->simulation;
  guint index = (guint) (find_purpose (node, purpose) - simulation->purposes);
  const OrrPin *pin = simulation->pinned ? orr_pins_find_draw (simulation, node->address, index) : NULL;
  if (pin && pin->index != G_MININT64)
    drawn = MIN ((guint64) pin->index, n - 1);
  OrrDecided *decided = orr_decided_add (simulation, ORR_PIN_DRAW, node->address, ORR_NOBODY, index);
  if (decided)
    decided->index = (gint64) MIN (drawn, (guint64) G_MAXINT64);
  return drawn;
}

OrrTime
orr_draw (OrrNode *node, const char *purpose, const OrrDistribution *distribution)
{
  OrrDraw draw = next_draw (node, purpose);
  if (G_UNLIKELY (node->simulation->decides))
    return decide_draw (node, purpose, distribution, draw);
  return orr_distribution_sample (distribution, draw);
}

guint64
orr_draw_index (OrrNode *node, const char *purpose, guint64 n)
{
  orr_model_assert (node, n > 0, "an index is drawn from something", "orr_draw_index of none");
  /* The draw serves nothing else: its own bits will do. */
  guint64 index = (guint64) (((unsigned __int128) next_draw (node, purpose) * n) >> 64);
  return G_UNLIKELY (node->simulation->decides) ? decide_index (node, purpose, index, n) : index;
}

/* Facts are many, and most are a few numbers. */
static gconstpointer
keep_fact (OrrSimulation *simulation, guint fact, gconstpointer body)
{
  const OrrRecord *record = &simulation->model->facts[fact];
  OrrArena *arena = simulation->trace->arena;
  if (record->size > 0 && simulation->fact_is_flat[fact])
    return orr_arena_copy (arena, body, record->size);
  return orr_record_keep (arena, record, body);
}

void
orr_fact (OrrNode *node, guint fact, gconstpointer body)
{
  OrrSimulation *simulation = node->simulation;
  if (!node->observing)
    orr_model_effect (node);
  orr_model_assert (node, fact < simulation->n_facts, "a fact is of the model's table", "fact %u", fact);
  const OrrRecord *record = &simulation->model->facts[fact];
  orr_model_assert (node, record->size == 0 || body, "a fact with a record has a body", "fact '%s'",
                    record->name);

  orr_digest_word (simulation, (guint64) node->address << 32 | fact);
  simulation->digest = orr_fields_hash (record->fields, &simulation->context, body, simulation->digest);
  OrrTraceFact row = {
    .event = simulation->row,
    .time = simulation->now,
    .node = node->address,
    .fact = fact,
    .final = node->observing,
    .body = keep_fact (simulation, fact, body),
  };
  g_array_append_val (simulation->trace->facts, row);
  if (G_UNLIKELY (simulation->speakers))
    simulation->speakers[fact] = node->address;
  /* What is said when all is over comes too late for a fault. */
  if (G_UNLIKELY (simulation->watched) && !node->observing)
    orr_triggers_fact (simulation, node, fact, body);
}

guint64
orr_hidden_version (OrrNode *node)
{
  orr_model_effect (node);
  return ++node->simulation->hidden_version;
}
