/* router.c: the client library that decides where a read goes.
 *
 * Writes go to the primary. A read goes where the policy says: that is the whole difference between the
 * patterns that applications use against replication lag. Each decision is published (fact `routed`), as a
 * query log would show it. */
#include "primary-replica.h"

#include <string.h>

typedef enum
{
  STAGE_IDLE,
  STAGE_POSITION, /* asked a replica how far it is */
  STAGE_QUERY,    /* the query is on its way */
} Stage;

typedef struct
{
  Stage stage;
  OrrRequest request;
  OrrArray steps; /* OrrStep, held while the stage is not idle */
  gboolean reads_only;
  OrrAddress to;
  guint tried; /* replicas that were tried in vain */

  gboolean has_written;
  OrrTime wrote_at;   /* this host's monotonic clock, when the last write was answered */
  Lsn token;          /* the primary's insert position after it */
  gboolean forgotten; /* the host has been down since: what the session wrote is not known until the primary
                         has told a position */
} Session;

typedef struct
{
  OrrMap sessions; /* by number → Session */
  OrrAddress primary;
  guint n_replicas;
  const OrrAddress *replicas;
  guint turn; /* round robin */
  gboolean restarted;
  OrrTime started_at; /* monotonic */
} Router;

static const RouterOptions *
router_options (OrrNode *node)
{
  return &((const Options *) orr_options (node))->router;
}

/* --- Which replica --- */

/* As the seed's script does: int (md5 (name), 16) % n. */
static guint
md5_modulo (const char *name, guint n)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_MD5);
  guint8 digest[16];
  gsize length = sizeof digest;
  g_checksum_update (checksum, (const guchar *) name, -1);
  g_checksum_get_digest (checksum, digest, &length);
  guint64 rest = 0;
  for (gsize i = 0; i < length; i++)
    rest = (rest << 8 | digest[i]) % n;
  return (guint) rest;
}

static guint
rendezvous (OrrNode *node, const Router *router, const char *name)
{
  guint best = 0;
  guint64 highest = 0;
  for (guint i = 0; i < router->n_replicas; i++)
    {
      guint64 weight
          = orr_draw_fold (orr_draw_word (name), orr_draw_word (orr_name (node, router->replicas[i])));
      if (weight >= highest)
        {
          highest = weight;
          best = i;
        }
    }
  return best;
}

/* Each choice of its own, as a place in router->replicas. */
static guint
choose_replica (OrrNode *node, Router *router, guint32 session)
{
  const RouterOptions *options = router_options (node);
  switch (spread_of (options))
    {
    case SPREAD_RANDOM:
      return (guint) orr_draw_index (node, "replica", router->n_replicas);
    case SPREAD_ROUND_ROBIN:
      return router->turn++ % router->n_replicas;
    case SPREAD_STICKY:
      if (options->hash == HASH_MODULO)
        return md5_modulo (orr_session_name (node, session), router->n_replicas);
      return rendezvous (node, router, orr_session_name (node, session));
    case SPREAD_FIRST:
      return 0;
    default:
      g_assert_not_reached ();
    }
}

/* --- Sending --- */

static void
send_query (OrrNode *node, Session *session, OrrAddress to, Why why)
{
  session->stage = STAGE_QUERY;
  session->to = to;
  if (session->reads_only)
    orr_fact (node, FACT_ROUTED, &(Routed){ .request = session->request, .to = to, .why = (gint32) why });
  orr_send (node, to, MESSAGE_QUERY, &(Query){ .request = session->request, .steps = session->steps });
}

static void
ask_position (OrrNode *node, Session *session, OrrAddress to)
{
  session->stage = STAGE_POSITION;
  session->to = to;
  orr_send (node, to, MESSAGE_POSITION_QUERY,
            &(PositionQuery){ .request = session->request,
                              .wanted = session->token,
                              .patience = router_options (node)->wait });
}

static gboolean
within_window (OrrNode *node, const Session *session)
{
  return session->has_written
         && orr_clock_monotonic (node) - session->wrote_at < router_options (node)->window;
}

/* Asks a replica, by the lsn policy only once it has said that it is far enough. */
static void
ask_replica (OrrNode *node, Session *session, OrrAddress replica, Why why)
{
  if (router_options (node)->policy == POLICY_LSN && session->token != 0)
    ask_position (node, session, replica);
  else
    send_query (node, session, replica, why);
}

static void
route_read (OrrNode *node, Router *router, Session *session)
{
  Policy policy = (Policy) router_options (node)->policy;
  if (policy == POLICY_PRIMARY_ONLY || router->n_replicas == 0)
    send_query (node, session, router->primary, WHY_POLICY);
  else if (policy == POLICY_TIME_WINDOW && within_window (node, session))
    send_query (node, session, router->primary, WHY_RECENT_WRITE);
  else if (policy == POLICY_LSN && session->forgotten)
    send_query (node, session, router->primary, WHY_FORGOTTEN);
  else
    ask_replica (node, session, router->replicas[choose_replica (node, router, session->request.session)],
                 WHY_POLICY);
}

/* --- Ending --- */

static void
close_session (OrrNode *node, Session *session)
{
  if (session->stage != STAGE_IDLE)
    orr_array_unref (node, session->steps);
  session->stage = STAGE_IDLE;
}

static void
complete (OrrNode *node, Session *session, const OrrResult *result)
{
  OrrRequest request = session->request;
  close_session (node, session);
  orr_complete (node, request, result);
}

static void
fail (OrrNode *node, Session *session, const char *why)
{
  complete (node, session, &(OrrResult){ .outcome = ORR_FAIL, .server = session->to, .note = why });
}

/* The connection broke under a read, or the server takes none yet: the read can be asked again elsewhere. */
static void
read_elsewhere (OrrNode *node, Router *router, Session *session, const char *why)
{
  Fallback fallback = (Fallback) router_options (node)->fallback;
  if (fallback == FALLBACK_NONE || session->to == router->primary)
    {
      fail (node, session, why);
      return;
    }
  session->tried++;
  if (fallback == FALLBACK_PRIMARY || session->tried >= router->n_replicas)
    {
      send_query (node, session, router->primary, WHY_UNREACHABLE);
      return;
    }
  guint index = 0;
  while (router->replicas[index] != session->to)
    index++;
  ask_replica (node, session, router->replicas[(index + 1) % router->n_replicas], WHY_UNREACHABLE);
}

/* Whether a write that was under way took effect, nobody here can know. */
static void
lose_write (OrrNode *node, Session *session)
{
  gboolean reported_ok = orr_bug (node, BUG_NETWORK_ERROR_REPORTED_OK);
  OrrResult result = { .outcome = reported_ok ? ORR_OK : ORR_UNKNOWN,
                       .server = session->to,
                       .note = "the connection broke before the answer" };
  complete (node, session, &result);
}

/* --- Callbacks --- */

static void
router_on_start (OrrNode *node, OrrStart start)
{
  Router *router = orr_state (node);
  orr_map_init (&router->sessions, sizeof (Session));
  router->restarted = start != ORR_START_FIRST;
  router->started_at = orr_clock_monotonic (node);
  router->primary = orr_find (node, "primary");
  router->replicas = orr_role_addresses (node, ROLE_REPLICA, &router->n_replicas);
}

/* A session that is new to a host which was down may have written before: it counts as one that wrote just
 * before the restart. */
static Session *
open_session (OrrNode *node, Router *router, guint32 number)
{
  Session *session = orr_map_get (&router->sessions, number);
  if (session)
    return session;
  session = orr_map_put (node, &router->sessions, number);
  session->has_written = session->forgotten = router->restarted;
  session->wrote_at = router->started_at;
  return session;
}

static void
router_on_request (OrrNode *node, const OrrOperation *operation)
{
  Router *router = orr_state (node);
  Session *session = open_session (node, router, operation->id.session);
  close_session (node, session);
  session->request = operation->id;
  session->steps = orr_array (node, operation->n_steps, sizeof (OrrStep), operation->steps);
  orr_array_ref (node, session->steps);
  session->reads_only = operation->reads_only;
  session->tried = 0;
  if (operation->reads_only)
    route_read (node, router, session);
  else
    send_query (node, session, router->primary, WHY_WRITE);
}

/* The session whose open operation an answer is for, or NULL where nobody waits for it any more. */
static Session *
find_session (Router *router, OrrRequest request)
{
  Session *session = orr_map_get (&router->sessions, request.session);
  gboolean current = session && session->stage != STAGE_IDLE && session->request.serial == request.serial
                     && session->request.attempt == request.attempt;
  return current ? session : NULL;
}

static void
learn (OrrNode *node, Session *session, const Result *result)
{
  if (!session->reads_only)
    {
      session->has_written = TRUE;
      session->wrote_at = orr_clock_monotonic (node);
    }
  if (!session->reads_only || (session->forgotten && result->lsn != 0))
    {
      session->token = MAX (session->token, result->lsn);
      session->forgotten = FALSE;
    }
}

static void
take_result (OrrNode *node, Router *router, OrrAddress from, const Result *result)
{
  Session *session = find_session (router, result->request);
  if (!session || session->to != from)
    return;
  if (result->outcome == ORR_FAIL && session->reads_only)
    {
      read_elsewhere (node, router, session, result->note);
      return;
    }
  if (result->outcome == ORR_OK)
    learn (node, session, result);
  complete (node, session,
            &(OrrResult){ .outcome = (OrrOutcome) result->outcome,
                          .values = result->values.data,
                          .versions = result->versions.data,
                          .server = from,
                          .note = result->note });
}

static void
take_position (OrrNode *node, Router *router, OrrAddress from, const Position *position)
{
  Session *session = find_session (router, position->request);
  if (!session || session->stage != STAGE_POSITION || session->to != from)
    return;
  if (position->reached)
    send_query (node, session, from, WHY_CAUGHT_UP);
  else
    send_query (node, session, router->primary, WHY_LAGGING);
}

static void
router_on_message (OrrNode *node, OrrAddress from, guint type, gconstpointer body)
{
  Router *router = orr_state (node);
  if (type == MESSAGE_RESULT)
    take_result (node, router, from, body);
  else
    take_position (node, router, from, body);
}

static void
router_on_link (OrrNode *node, OrrAddress peer, gboolean up)
{
  Router *router = orr_state (node);
  guint32 place = 0;
  guint64 key;
  gpointer value;
  while (!up && orr_map_next (&router->sessions, &place, &key, &value))
    {
      Session *session = value;
      if (session->stage == STAGE_IDLE || session->to != peer)
        continue;
      if (session->reads_only)
        read_elsewhere (node, router, session, "the connection was refused or broke");
      else
        lose_write (node, session);
    }
}

static void
router_on_cancel (OrrNode *node, OrrRequest request, gboolean timed_out)
{
  Router *router = orr_state (node);
  Session *session = find_session (router, request);
  if (!session)
    return;
  if (timed_out)
    close_session (node, session);
  else if (session->reads_only)
    fail (node, session, "cancelled");
  else
    orr_send (node, session->to, MESSAGE_CANCEL, &(Cancel){ request });
}

const OrrRole router_role = {
  .name = "router",
  .doc = "Sends writes to the primary and reads where the policy says.",
  .state_size = sizeof (Router),
  .on_start = router_on_start,
  .on_message = router_on_message,
  .on_request = router_on_request,
  .on_cancel = router_on_cancel,
  .on_link = router_on_link,
};
