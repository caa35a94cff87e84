/* plain-client.c: the client of models that have none of their own.
 *
 * It does what the simplest library does: it sends each operation to one server, waits for the answer, and
 * tries nothing else. Questions and answers travel like a stream's messages: each takes the latency of its
 * way and its share of the bandwidth, and what is lost, or arrives in a partition, is sent again, after
 * 200 ms and then twice as long each time, until the client waits no longer. */
#include "engine/links.h"
#include "engine/session-private.h"

#include <string.h>

#define RESEND_FIRST (200 * ORR_MILLISECOND)
#define RESEND_MOST  (60 * ORR_SECOND)

/* On the wire, each step and each of its results: a key and a value. */
#define STEP_BYTES 16

/* A question; an answer begins alike. */
typedef struct
{
  guint32 serial;
  OrrAddress from;   /* ORR_NOBODY: it is still in its session */
  OrrTime resend;    /* how long until it is sent again, when it can't get through */
  gboolean is_again; /* it is not there: now is when it is sent again */
} Request;

typedef struct
{
  Request request;
  OrrResult result; /* pointers into what follows: values, versions, note */
  guint64 words[];
} Reply;

void
orr_plain_client_init (OrrSimulation *simulation)
{
  OrrSessions *sessions = simulation->sessions;
  sessions->servers = g_new (OrrAddress, simulation->n_actors);
  for (guint i = 0; i < simulation->n_actors; i++)
    {
      const OrrNode *actor = &simulation->actors[i];
      if (actor->role_index != ORR_ROLE_CLIENT && actor->role->on_request)
        sessions->servers[sessions->n_servers++] = actor->address;
    }
}

guint32
orr_request_slot (OrrSimulation *simulation, guint32 serial)
{
  guint32 slot = orr_slab_alloc (simulation->slab, sizeof (Request));
  *(Request *) orr_slab_get (simulation->slab, slot) = (Request){ serial, ORR_NOBODY, RESEND_FIRST, FALSE };
  return slot;
}

guint32
orr_request_serial (OrrSimulation *simulation, guint32 slot)
{
  return ((const Request *) orr_slab_get (simulation->slab, slot))->serial;
}

static OrrAddress
choose_server (OrrSimulation *simulation, guint32 index)
{
  OrrSessions *sessions = simulation->sessions;
  OrrSession *session = &sessions->sessions[index];
  guint64 ordinal = session->asked++;
  switch ((OrrContact) simulation->scenario->clients.contact)
    {
    case ORR_CONTACT_STICKY:
      ordinal = 0;
      G_GNUC_FALLTHROUGH;
    case ORR_CONTACT_RANDOM:
      {
        OrrDraw draw = orr_engine_draw (simulation, "contact", session->name, ordinal);
        return sessions->servers[orr_draw_below (draw, sessions->n_servers)];
      }
    case ORR_CONTACT_ROUND_ROBIN:
      return sessions->servers[(index + ordinal) % sessions->n_servers];
    case ORR_CONTACT_FIRST:
      return sessions->servers[0];
    }
  g_assert_not_reached ();
}

/* For whoever wants to know what was drawn. */
static OrrAddress
note_server (OrrSimulation *simulation, guint32 serial, OrrAddress server)
{
  GArray *servers = simulation->options.choices ? simulation->options.choices->servers : NULL;
  while (servers && servers->len <= serial)
    g_array_append_val (servers, (OrrAddress){ ORR_NOBODY });
  if (servers)
    g_array_index (servers, OrrAddress, serial) = server;
  return server;
}

/* The server that the operation goes to; ORR_NOBODY where none would take it. */
static OrrAddress
server_for (OrrSimulation *simulation, guint32 serial, guint32 session)
{
  const OrrOperationPlan *plan = orr_operation_plan (simulation, serial);
  OrrAddress to = plan ? plan->to : ORR_NOBODY;
  if (to == ORR_NOBODY)
    return simulation->sessions->n_servers > 0
               ? note_server (simulation, serial, choose_server (simulation, session))
               : ORR_NOBODY;
  const OrrNode *actor = &simulation->actors[to];
  return actor->role_index != ORR_ROLE_CLIENT && actor->role->on_request ? to : ORR_NOBODY;
}

/* It did not get through: it is sent again later, as its network is by then. */
static void
send_later (OrrSimulation *simulation, OrrDo what, OrrAddress to, guint32 session, guint32 slot)
{
  Request *request = orr_slab_get (simulation->slab, slot);
  simulation->trace->counts.resent++;
  request->is_again = TRUE;
  orr_schedule (simulation, orr_time_add (simulation->now, request->resend), what, to, session, 0, slot);
  request->resend = MIN (2 * request->resend, RESEND_MOST);
}

/* Puts a question or an answer on its way. */
static void
send (OrrSimulation *simulation, OrrDo what, OrrAddress from, OrrAddress to, guint32 session, guint32 slot)
{
  const Request *request = orr_slab_get (simulation->slab, slot);
  const OrrTraceOperation *row
      = &g_array_index (simulation->trace->operations, OrrTraceOperation, request->serial);
  gint64 bytes = ORR_HEADER_BYTES + (gint64) row->n_steps * STEP_BYTES;

  /* Named by the session and the time, and not by the operation's number, which depends on all others. */
  OrrDraw draw = orr_engine_draw (simulation, what == ORR_DO_REQUEST ? "request" : "reply",
                                  simulation->sessions->sessions[session].name, (guint64) simulation->now);
  OrrPassage passage
      = orr_network_pass (simulation, &simulation->actors[from], &simulation->actors[to], bytes);
  OrrPinKind kind = what == ORR_DO_REQUEST ? ORR_PIN_REQUEST : ORR_PIN_REPLY;
  const OrrPin *pin = simulation->pinned ? orr_pins_find_call (simulation, kind, row->id) : NULL;
  OrrDecided *decided = orr_decided_add (simulation, kind, from, to, request->serial);
  OrrTime latency = orr_decide (decided, pin, passage.usual, draw);
  if (pin && pin->latency != ORR_TIME_UNSET)
    passage.damage = (OrrDamage){ 0 };
  gboolean is_lost
      = (pin && pin->drop) || orr_network_damage (simulation, &passage.damage, draw) != ORR_FATE_UNDER_WAY;
  if (decided)
    decided->drop = is_lost && passage.damage.loss != G_MAXUINT64;
  if (is_lost)
    send_later (simulation, what, to, session, slot);
  else
    orr_schedule (simulation, orr_time_add (passage.depart, latency), what, to, session, 0, slot);
}

static gboolean
is_in_the_way (OrrSimulation *simulation, OrrAddress from, OrrAddress to)
{
  return orr_network_is_cut (simulation, from, to)
         || !orr_processor_has_room (simulation, simulation->actors[to].machine, from);
}

gboolean
orr_plain_client_accept (OrrSimulation *simulation, const OrrEvent *event)
{
  Request *request = orr_slab_get (simulation->slab, event->slot);
  if (request->from == ORR_NOBODY)
    return TRUE;
  if (!request->is_again && orr_holds_take (simulation, event, request->from, ORR_ANY_MESSAGE))
    return FALSE;
  gboolean is_again = request->is_again;
  request->is_again = FALSE;
  if (!is_again && !is_in_the_way (simulation, request->from, event->target))
    return TRUE;
  if (!orr_operation_is_open (simulation, request->serial))
    orr_slab_release (simulation->slab, event->slot);
  else if (is_again)
    send (simulation, (OrrDo) event->kind, request->from, event->target, event->source, event->slot);
  else
    send_later (simulation, (OrrDo) event->kind, event->target, event->source, event->slot);
  simulation->foreground--;
  return FALSE;
}

/* The session's host sends it. */
static void
send_request (OrrSimulation *simulation, const OrrEvent *event)
{
  Request *request = orr_slab_get (simulation->slab, event->slot);
  guint32 serial = request->serial;
  OrrAddress to = ORR_NOBODY;
  if (orr_operation_is_open (simulation, serial))
    {
      to = server_for (simulation, serial, event->source);
      OrrResult refused = { .outcome = ORR_FAIL, .server = ORR_NOBODY, .note = "no server takes requests" };
      if (to == ORR_NOBODY)
        orr_operation_complete (simulation, serial, &refused);
    }
  if (to == ORR_NOBODY)
    {
      orr_slab_release (simulation->slab, event->slot);
      return;
    }
  request->from = event->target;
  send (simulation, ORR_DO_REQUEST, event->target, to, event->source, event->slot);
}

void
orr_plain_client_request (OrrSimulation *simulation, const OrrEvent *event)
{
  const Request *request = orr_slab_get (simulation->slab, event->slot);
  if (request->from == ORR_NOBODY)
    {
      send_request (simulation, event);
      return;
    }
  guint32 serial = request->serial;
  orr_slab_release (simulation->slab, event->slot);
  orr_operation_deliver (simulation, &simulation->actors[event->target], serial);
}

void
orr_plain_client_answer (OrrNode *server, guint32 serial, const OrrResult *result)
{
  OrrSimulation *simulation = server->simulation;
  const OrrTraceOperation *row = &g_array_index (simulation->trace->operations, OrrTraceOperation, serial);
  gsize note_size = result->note ? strlen (result->note) + 1 : 0;
  guint32 slot
      = orr_slab_alloc (simulation->slab, sizeof (Reply) + 2 * row->n_steps * sizeof (guint64) + note_size);
  Reply *reply = orr_slab_get (simulation->slab, slot);
  *reply = (Reply){ .request = { serial, server->address, RESEND_FIRST, FALSE }, .result = *result };
  if (result->values)
    reply->result.values = memcpy (reply->words, result->values, row->n_steps * sizeof (OrrValue));
  if (result->versions)
    reply->result.versions
        = memcpy (reply->words + row->n_steps, result->versions, row->n_steps * sizeof (guint64));
  if (result->note)
    reply->result.note = memcpy (reply->words + 2 * row->n_steps, result->note, note_size);
  send (simulation, ORR_DO_REPLY, server->address, row->host, row->session, slot);
}

void
orr_plain_client_reply (OrrSimulation *simulation, const OrrEvent *event)
{
  const Reply *reply = orr_slab_get (simulation->slab, event->slot);
  if (orr_operation_is_open (simulation, reply->request.serial))
    orr_operation_complete (simulation, reply->request.serial, &reply->result);
  else
    simulation->trace->counts.requests_late++;
  orr_slab_release (simulation->slab, event->slot);
}
