/* session.c: clients, what they ask, and what becomes of it.
 *
 * A session runs one operation after the other; what is due while it is busy waits its turn, and its latency
 * counts from when it was due. When the client's patience is over the operation's outcome is unknown, for
 * good: the session goes on as a new logical process, and an answer that comes after all is only counted.
 * What happens between the question and the answer is the business of the model's client role, or of the
 * plain client where the model has none (plain-client.c). */
#include "engine/session-private.h"

/* --- What an operation is now --- */

static OrrTraceOperation *
operation_at (OrrSimulation *simulation, guint32 serial)
{
  return &g_array_index (simulation->trace->operations, OrrTraceOperation, serial);
}

static OrrSession *
session_of (OrrSimulation *simulation, guint32 serial)
{
  return &simulation->sessions->sessions[operation_at (simulation, serial)->session];
}

gboolean
orr_operation_is_open (OrrSimulation *simulation, guint32 serial)
{
  return serial < simulation->trace->operations->len && session_of (simulation, serial)->current == serial;
}

OrrRequest
orr_operation_request (OrrSimulation *simulation, guint32 serial)
{
  const OrrTraceOperation *row = operation_at (simulation, serial);
  return (OrrRequest){ .client = row->host, .session = row->session, .serial = serial };
}

/* Most runs plan nothing: they need not look. */
const OrrOperationPlan *
orr_operation_plan (OrrSimulation *simulation, guint32 serial)
{
  GHashTable *plans = simulation->sessions->plans;
  return g_hash_table_size (plans) > 0 ? g_hash_table_lookup (plans, GUINT_TO_POINTER (serial + 1)) : NULL;
}

/* How long an operation's client goes on waiting. */
static OrrTime
patience (OrrSimulation *simulation, const OrrTraceOperation *row)
{
  OrrTime timeout = simulation->scenario->clients.timeout;
  const OrrMachine *machine = simulation->actors[row->host].machine;
  OrrTime end = orr_time_add (row->invoked, orr_clock_true_after (machine, timeout));
  return end == ORR_TIME_NEVER ? ORR_TIME_NEVER : MAX (end - simulation->now, 0);
}

void
orr_operation_deliver (OrrSimulation *simulation, OrrNode *actor, guint32 serial)
{
  const OrrTraceOperation *row = operation_at (simulation, serial);
  OrrOperation operation = { .id = orr_operation_request (simulation, serial),
                             .steps = row->steps,
                             .n_steps = row->n_steps,
                             .reads_only = TRUE,
                             .attributes = row->attributes,
                             .timeout = patience (simulation, row) };
  for (guint i = 0; i < row->n_steps; i++)
    if (orr_step_infos[row->steps[i].kind].writes)
      operation.reads_only = FALSE;
  orr_actor_enter (actor);
  actor->role->on_request (actor, &operation);
  orr_actor_leave (actor);
}

/* --- Its life --- */

/* Notes what happens to an operation. What else is done in the event that is being handled is still caused by
 * that event. */
static guint64
note (OrrSimulation *simulation, OrrEventKind kind, const OrrTraceOperation *row)
{
  guint64 cause = simulation->row;
  orr_note_event (simulation, kind, row->host, row->session, 0, cause, ORR_NO_MESSAGE, NULL, NULL);
  guint64 noted = simulation->row;
  simulation->row = cause;
  return noted;
}

static void
begin (OrrSimulation *simulation, OrrSession *session, guint32 serial)
{
  OrrTraceOperation *row = operation_at (simulation, serial);
  const OrrOperationPlan *plan = orr_operation_plan (simulation, serial);
  session->current = serial;
  row->invoked = simulation->now;
  row->process = session->process;
  row->event = note (simulation, ORR_EVENT_INVOKE, row);

  guint64 cause = simulation->row;
  simulation->row = row->event;
  orr_schedule (simulation, simulation->now, ORR_DO_REQUEST, row->host, row->session, 0,
                orr_request_slot (simulation, serial));
  OrrTime wait = patience (simulation, row);
  if (wait != ORR_TIME_NEVER)
    orr_schedule (simulation, simulation->now + wait, ORR_DO_TIMEOUT, row->host, row->session, 0, serial);
  if (plan && plan->cancel != ORR_TIME_UNSET)
    orr_schedule (simulation, orr_time_add (simulation->now, plan->cancel), ORR_DO_TIMEOUT, row->host,
                  row->session, 1, serial);
  simulation->row = cause;
}

static gboolean
may_begin (const OrrSimulation *simulation, const OrrSession *session)
{
  return session->current == ORR_NO_SERIAL && simulation->actors[session->host].machine->up;
}

/* Begins the session's next operation, if one waits and may begin. */
static void
begin_next (OrrSimulation *simulation, OrrSession *session)
{
  if (!may_begin (simulation, session))
    return;
  gpointer waiting = g_queue_pop_head (&session->waiting);
  if (waiting)
    begin (simulation, session, GPOINTER_TO_UINT (waiting) - 1);
}

/* What follows when an operation is over, whatever its outcome. */
static void
finish (OrrSimulation *simulation, guint32 serial, OrrEventKind kind)
{
  OrrTraceOperation *row = operation_at (simulation, serial);
  OrrSession *session = session_of (simulation, serial);
  guint64 cause = simulation->row;
  session->current = ORR_NO_SERIAL;
  simulation->sessions->open--;
  if (row->outcome == ORR_UNKNOWN)
    session->process = simulation->sessions->n_processes++;
  if (orr_operation_plan (simulation, serial))
    g_hash_table_remove (simulation->sessions->plans, GUINT_TO_POINTER (serial + 1));

  simulation->row = note (simulation, kind, row);
  orr_workload_completed (simulation, row->session, serial);
  begin_next (simulation, session);
  simulation->row = cause;
}

/* The client will never know. */
static void
give_up (OrrSimulation *simulation, guint32 serial, OrrEventKind kind, const char *note_text)
{
  OrrTraceOperation *row = operation_at (simulation, serial);
  row->outcome = ORR_UNKNOWN;
  row->note = note_text;
  orr_digest_word (simulation, ORR_UNKNOWN);
  finish (simulation, serial, kind);
}

static void
digest_result (OrrSimulation *simulation, const OrrTraceOperation *row)
{
  orr_digest_word (simulation, row->outcome);
  orr_digest_word (simulation, row->server);
  for (guint i = 0; row->values && i < row->n_steps; i++)
    orr_digest_word (simulation, orr_terms_hash (simulation->terms, row->values[i]));
  for (guint i = 0; row->versions && i < row->n_steps; i++)
    orr_digest_word (simulation, row->versions[i]);
}

void
orr_operation_complete (OrrSimulation *simulation, guint32 serial, const OrrResult *result)
{
  OrrArena *arena = simulation->trace->arena;
  OrrTraceOperation *row = operation_at (simulation, serial);
  row->completed = simulation->now;
  row->outcome = result->outcome;
  row->server = result->server;
  row->note = orr_arena_strdup (arena, result->note);
  if (result->values)
    row->values = orr_arena_copy (arena, result->values, row->n_steps * sizeof (OrrValue));
  if (result->versions)
    row->versions = orr_arena_copy (arena, result->versions, row->n_steps * sizeof (guint64));
  digest_result (simulation, row);
  finish (simulation, serial, ORR_EVENT_COMPLETE);
}

guint32
orr_sessions_submit (OrrSimulation *simulation, guint32 index, OrrTime due, const char *id,
                     const OrrStep *steps, guint n_steps, gconstpointer attributes, OrrAddress to,
                     OrrTime cancel)
{
  OrrSessions *sessions = simulation->sessions;
  OrrSession *session = &sessions->sessions[index];
  OrrTraceOperation row
      = { .session = index,
          .process = session->process,
          .host = session->host,
          .id = id,
          .due = due,
          .invoked = ORR_TIME_NEVER,
          .completed = ORR_TIME_NEVER,
          .outcome = ORR_UNKNOWN,
          .n_steps = n_steps,
          .steps = orr_arena_copy (simulation->trace->arena, steps, n_steps * sizeof (OrrStep)),
          .server = ORR_NOBODY,
          .attributes = attributes,
          .event = ORR_NO_ROW };
  guint32 serial = simulation->trace->operations->len;
  g_assert (n_steps > 0 && serial < ORR_NO_SERIAL - 1);
  g_array_append_val (simulation->trace->operations, row);
  if (to != ORR_NOBODY || cancel != ORR_TIME_UNSET)
    {
      OrrOperationPlan plan = { to, cancel };
      g_hash_table_insert (sessions->plans, GUINT_TO_POINTER (serial + 1), g_memdup2 (&plan, sizeof plan));
    }
  sessions->open++;
  if (may_begin (simulation, session) && g_queue_is_empty (&session->waiting))
    begin (simulation, session, serial);
  else
    {
      g_queue_push_tail (&session->waiting, GUINT_TO_POINTER (serial + 1));
      begin_next (simulation, session);
    }
  return serial;
}

/* --- Events --- */

/* A client host hears that one of its sessions cancels an operation, or has stopped to wait for it. */
static void
handle_cancel (OrrSimulation *simulation, const OrrEvent *event)
{
  gboolean timed_out = event->type == 1;
  OrrNode *host = &simulation->actors[event->target];
  guint32 serial = event->slot;
  if (!timed_out)
    {
      if (!orr_operation_is_open (simulation, serial))
        return;
      simulation->row = note (simulation, ORR_EVENT_CANCEL, operation_at (simulation, serial));
      if (!simulation->model->client)
        give_up (simulation, serial, ORR_EVENT_COMPLETE, "cancelled");
    }
  if (!host->role || !host->role->on_cancel)
    return;
  orr_actor_enter (host);
  host->role->on_cancel (host, orr_operation_request (simulation, serial), timed_out);
  orr_actor_leave (host);
}

static void
handle_timeout (OrrSimulation *simulation, const OrrEvent *event)
{
  guint32 serial = event->slot;
  if (!orr_operation_is_open (simulation, serial))
    return;
  /* A planned cancel is due, or the client's patience is over. Told to the host like any event, it may have
   * to wait. */
  if (event->type == 0)
    give_up (simulation, serial, ORR_EVENT_TIMEOUT, NULL);
  orr_schedule (simulation, simulation->now, ORR_DO_CANCEL, event->target, event->source, event->type == 0,
                serial);
}

/* A request has come to where it is to be served. */
static void
handle_request (OrrSimulation *simulation, const OrrEvent *event)
{
  OrrNode *actor = &simulation->actors[event->target];
  guint32 serial = orr_request_serial (simulation, event->slot);
  if (actor->role_index == ORR_ROLE_CLIENT && simulation->model->client)
    {
      /* Also when the client has given up meanwhile, its host having been paused: a cancel then follows. */
      orr_slab_release (simulation->slab, event->slot);
      orr_model_assert (actor, actor->role->on_request, "a client role has on_request", "it has none");
      orr_operation_deliver (simulation, actor, serial);
    }
  else
    orr_plain_client_request (simulation, event);
}

void
orr_sessions_handle (OrrSimulation *simulation, const OrrEvent *event)
{
  switch ((OrrDo) event->kind)
    {
    case ORR_DO_REQUEST:
      handle_request (simulation, event);
      break;
    case ORR_DO_REPLY:
      orr_plain_client_reply (simulation, event);
      break;
    case ORR_DO_CANCEL:
      handle_cancel (simulation, event);
      break;
    case ORR_DO_TIMEOUT:
      handle_timeout (simulation, event);
      break;
    default:
      g_assert_not_reached ();
    }
}

void
orr_sessions_host_down (OrrSimulation *simulation, OrrMachine *machine)
{
  OrrSessions *sessions = simulation->sessions;
  for (guint a = 0; a < machine->n_actors; a++)
    for (guint32 i = sessions->first_of[machine->actors[a]->address]; i != ORR_NO_SESSION;
         i = sessions->sessions[i].next)
      if (sessions->sessions[i].current != ORR_NO_SERIAL)
        give_up (simulation, sessions->sessions[i].current, ORR_EVENT_COMPLETE, "its host went down");
}

void
orr_sessions_host_up (OrrSimulation *simulation, OrrMachine *machine)
{
  OrrSessions *sessions = simulation->sessions;
  for (guint a = 0; a < machine->n_actors; a++)
    for (guint32 i = sessions->first_of[machine->actors[a]->address]; i != ORR_NO_SESSION;
         i = sessions->sessions[i].next)
      begin_next (simulation, &sessions->sessions[i]);
}

guint
orr_sessions_open (const OrrSimulation *simulation)
{
  return simulation->sessions->open + orr_workload_planned (simulation);
}

/* --- A run --- */

/* Each host's sessions in their order, for which they are walked from the last. */
static void
chain_by_host (OrrSimulation *simulation)
{
  OrrSessions *sessions = simulation->sessions;
  sessions->first_of = g_new (guint32, simulation->n_actors + 1);
  for (guint i = 0; i < simulation->n_actors; i++)
    sessions->first_of[i] = ORR_NO_SESSION;
  for (guint32 i = sessions->n_sessions; i > 0; i--)
    {
      OrrSession *session = &sessions->sessions[i - 1];
      session->next = sessions->first_of[session->host];
      sessions->first_of[session->host] = i - 1;
    }
}

void
orr_sessions_init (OrrSimulation *simulation)
{
  const OrrScenario *scenario = simulation->scenario;
  OrrSessions *sessions = simulation->sessions = g_new0 (OrrSessions, 1);
  g_autoptr (GArray) hosts = g_array_new (FALSE, FALSE, sizeof (OrrAddress));
  for (guint i = 0; i < simulation->n_actors; i++)
    if (simulation->actors[i].role_index == ORR_ROLE_CLIENT)
      g_array_append_val (hosts, simulation->actors[i].address);
  g_assert (scenario->n_sessions == 0 || hosts->len > 0);

  sessions->n_sessions = sessions->n_processes = scenario->n_sessions;
  sessions->sessions = g_new0 (OrrSession, scenario->n_sessions);
  sessions->plans = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  for (guint32 i = 0; i < scenario->n_sessions; i++)
    sessions->sessions[i] = (OrrSession){ .host = g_array_index (hosts, OrrAddress, i % hosts->len),
                                          .process = i,
                                          .current = ORR_NO_SERIAL,
                                          .next = ORR_NO_SESSION,
                                          .name = orr_draw_word (scenario->session_names[i]),
                                          .waiting = G_QUEUE_INIT };
  chain_by_host (simulation);
  orr_plain_client_init (simulation);
}

void
orr_sessions_clear (OrrSimulation *simulation)
{
  OrrSessions *sessions = g_steal_pointer (&simulation->sessions);
  for (guint32 i = 0; i < sessions->n_sessions; i++)
    g_queue_clear (&sessions->sessions[i].waiting);
  g_free (sessions->sessions);
  g_free (sessions->servers);
  g_free (sessions->first_of);
  g_hash_table_unref (sessions->plans);
  g_free (sessions);
}

/* --- What models call --- */

void
orr_complete (OrrNode *node, OrrRequest request, const OrrResult *result)
{
  OrrSimulation *simulation = node->simulation;
  orr_model_effect (node);
  orr_model_assert (node, request.serial < simulation->trace->operations->len,
                    "a request is answered that was made", "there is no operation %u", request.serial);
  gboolean at_client = node->address == operation_at (simulation, request.serial)->host;
  orr_model_assert (node, at_client || !simulation->model->client,
                    "where the model has a client role, that completes requests", "operation %u",
                    request.serial);
  if (!at_client)
    orr_plain_client_answer (node, request.serial, result);
  else if (orr_operation_is_open (simulation, request.serial))
    orr_operation_complete (simulation, request.serial, result);
  else
    simulation->trace->counts.requests_late++;
}

void
orr_complete_value (OrrNode *node, OrrRequest request, OrrValue value)
{
  OrrResult result = { .outcome = ORR_OK, .values = &value, .server = node->address };
  orr_model_assert (node, request.serial < node->simulation->trace->operations->len,
                    "a request is answered that was made", "there is no operation %u", request.serial);
  orr_model_assert (node, operation_at (node->simulation, request.serial)->n_steps == 1,
                    "orr_complete_value answers one step", "operation %u has %u", request.serial,
                    operation_at (node->simulation, request.serial)->n_steps);
  orr_complete (node, request, &result);
}

void
orr_complete_fail (OrrNode *node, OrrRequest request, const char *why)
{
  OrrResult result = { .outcome = ORR_FAIL, .server = node->address, .note = why };
  orr_complete (node, request, &result);
}
