/* session-private.h: what sessions, the workload and the plain client know of each other. Internal. */
#pragma once

#include "engine/engine-private.h"

G_BEGIN_DECLS

#define ORR_NO_SERIAL  G_MAXUINT32
#define ORR_NO_SESSION G_MAXUINT32

typedef struct
{
  OrrAddress host;
  guint32 process; /* logical process: a new one after each unknown outcome */
  guint32 current; /* serial of the operation that is under way; ORR_NO_SERIAL */
  guint32 next;    /* of its host's sessions; ORR_NO_SESSION */
  guint64 name;    /* a word for its name, by which its draws are told apart */
  guint64 asked;   /* how many operations the plain client has sent for it */
  GQueue waiting;  /* serials + 1 */
} OrrSession;

/* What a planned operation says besides its steps. */
typedef struct
{
  OrrAddress to;  /* ORR_NOBODY: as `contact` says */
  OrrTime cancel; /* after its start; ORR_TIME_UNSET */
} OrrOperationPlan;

typedef struct OrrSessions
{
  OrrSession *sessions;
  guint32 n_sessions, n_processes;
  guint32 *first_of;    /* by address: the first of a host's sessions; ORR_NO_SESSION */
  guint open;           /* operations that were submitted and are not over */
  GHashTable *plans;    /* serial + 1 → OrrOperationPlan; for look-ups, until the operation is over */
  OrrAddress *servers;  /* that take requests from the plain client */
  guint n_servers;
} OrrSessions;

gboolean orr_operation_is_open (OrrSimulation *simulation, guint32 serial);
const OrrOperationPlan *orr_operation_plan (OrrSimulation *simulation, guint32 serial); /* NULL: generated */
OrrRequest orr_operation_request (OrrSimulation *simulation, guint32 serial);
void orr_operation_deliver (OrrSimulation *simulation, OrrNode *actor, guint32 serial); /* calls on_request */
void orr_operation_complete (OrrSimulation *simulation, guint32 serial, const OrrResult *result); /* it is open */

/* plain-client.c */
void orr_plain_client_init (OrrSimulation *simulation);
guint32 orr_request_slot (OrrSimulation *simulation, guint32 serial); /* the payload of a REQUEST */
guint32 orr_request_serial (OrrSimulation *simulation, guint32 slot);
/* A REQUEST or REPLY has come: TRUE where its actor gets it. Else it is sent again later, or forgotten where nobody waits for it. */
gboolean orr_plain_client_accept (OrrSimulation *simulation, const OrrEvent *event);
void orr_plain_client_request (OrrSimulation *simulation, const OrrEvent *event); /* at the host, or at the server */
void orr_plain_client_answer (OrrNode *server, guint32 serial, const OrrResult *result);
void orr_plain_client_reply (OrrSimulation *simulation, const OrrEvent *event);

G_END_DECLS
