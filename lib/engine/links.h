/* links.h: what faults do to links. Internal.
 *
 * Faults of the network are about links: all of a node's, both ways, or those from one node to another, or simply all. So their settings begin
 * alike (OrrWays), and network.c takes what they do as a handle that they give back when they end. */
#pragma once

#include "engine/engine-private.h"

G_BEGIN_DECLS

/* The head of a fault's settings. */
typedef struct
{
  const char *node;      /* all links of this node, both ways; NULL: as `from` and `to` say */
  const char *from, *to; /* one direction; NULL: any. `node` means nothing beside them */
} OrrWays;

/* The first fields of a fault whose settings begin with OrrWays. */
#define ORR_WAYS_FIELDS \
  ORR_FIELD (OrrWays, node, NODE, .doc = "all links of this node, both ways"), \
  ORR_FIELD (OrrWays, from, NODE, .doc = "one direction alone: messages from here, to `to` or to all others"), \
  ORR_FIELD (OrrWays, to, NODE, .doc = "one direction alone: messages to here, from `from` or from all others")

/* The same in a run: indices of machines; ORR_ANY_MACHINE. */
typedef struct
{
  guint node, from, to;
} OrrMachineWays;

#define ORR_ANY_MACHINE G_MAXUINT

OrrMachineWays orr_ways_find (OrrSimulation *simulation, const OrrWays *ways);
void orr_ways_describe (const OrrWays *ways, GString *text);            /* " from a to b", " of a", " everywhere" */
void orr_ways_validate (const OrrWays *ways, OrrProblems *problems);    /* in two forms at once, from a node to itself */

static inline gboolean
orr_ways_include (const OrrMachineWays *ways, guint from, guint to)
{
  return (ways->node == ORR_ANY_MACHINE || ways->node == from || ways->node == to)
         && (ways->from == ORR_ANY_MACHINE || ways->from == from) && (ways->to == ORR_ANY_MACHINE || ways->to == to);
}

/* Says nothing about a link. */
#define ORR_LINK_SETTINGS_UNSET \
  ((OrrLinkSettings){ .loss = G_MININT64, .duplicate = G_MININT64, .corrupt = G_MININT64, .bandwidth = G_MININT64 })

/* What a message without a size of its own carries besides its record: the headers of IP and TCP. */
#define ORR_HEADER_BYTES 40

/* What may happen to a message on its way. */
struct OrrDamage
{
  guint64 loss, corrupt; /* probabilities, as orr_chance takes them */
  guint64 *corrupted;    /* the effects of the fault that corrupts; NULL: none does */
};

/* A message's way, as the links are when it is sent. */
typedef struct
{
  OrrTime depart;  /* its last byte has left: after all that was sent on this link before */
  OrrUsual usual;  /* its latency from then on */
  OrrDamage damage;
} OrrPassage;

/* Between two actors; on one machine nothing takes time or goes wrong. Charges the link's bandwidth. */
OrrPassage orr_network_pass (OrrSimulation *simulation, OrrNode *from, OrrNode *to, gint64 bytes);
/* Draws what becomes of one copy: ORR_FATE_UNDER_WAY, LOST or CORRUPTED, which it counts. */
OrrFate orr_network_damage (OrrSimulation *simulation, const OrrDamage *damage, OrrDraw draw);
/* What is given takes the place of the links' own settings, until it is given back to orr_network_restore. `met` counts the messages that were sent
 * on these links, `corrupted` those that this corrupts; both may be NULL. */
gpointer orr_network_override (OrrSimulation *simulation, const OrrMachineWays *ways, const OrrLinkSettings *settings,
                               guint64 *met, guint64 *corrupted);

/* The same for the bandwidth alone, and only where a link has more; `effects` counts the messages that were sent on such. */
gpointer orr_network_narrow (OrrSimulation *simulation, const OrrMachineWays *ways, const OrrLinkSettings *settings,
                             guint64 *effects);

/* Adds to the latency of each message what the fault says of it, until it is given back to orr_network_undelay. It is asked once for each message
 * that is sent between two machines, and once more when a stream sends it again. */
typedef OrrTime (*OrrDelay) (gpointer data, guint from, guint to);
gpointer orr_network_delay (OrrSimulation *simulation, OrrDelay delay, gpointer data);
void orr_network_undelay (OrrSimulation *simulation, gpointer handle);

/* Adds to the time of each timer that is set what the fault says of its machine, which is `from` and `to`: such a node is late, as one whose process
 * had to wait for a processor. Until it is given back. (timer.c) */
gpointer orr_timers_delay (OrrSimulation *simulation, OrrDelay delay, gpointer data);
void orr_timers_undelay (OrrSimulation *simulation, gpointer handle);

/* Not before those that were sent before, where the network keeps order. */
OrrTime orr_network_in_order (OrrSimulation *simulation, OrrAddress from, OrrAddress to, OrrTime arrival);

/* --- hold.c --- */

/* How what was held goes on. */
typedef enum
{
  ORR_RELEASE_AT_ONCE,    /* in the order of arrival */
  ORR_RELEASE_SHUFFLED,
  ORR_RELEASE_ON_ITS_WAY, /* each after as long as its way takes */
} OrrRelease;

#define ORR_ANY_MESSAGE G_MAXUINT

/* Keeps back what arrives between machines of which `catches` says so, of one of the model's messages or of any, and what streams and plain clients
 * exchange. `data` may change meanwhile: orr_hold_review then lets go what is caught no more. `effects` counts what was kept back. */
gpointer orr_hold_begin (OrrSimulation *simulation, OrrCut catches, gconstpointer data, guint message, OrrRelease release,
                         OrrDraw draw, guint64 *effects);
void orr_hold_review (OrrSimulation *simulation, gpointer handle);
void orr_hold_end (OrrSimulation *simulation, gpointer handle);

void orr_holds_init (OrrSimulation *simulation);
void orr_holds_clear (OrrSimulation *simulation);
gboolean orr_holds_any (const OrrSimulation *simulation);
/* An event has arrived: TRUE where it is held, which takes it over. `type`: of the model's messages, or ORR_ANY_MESSAGE for anything else. */
gboolean orr_holds_take (OrrSimulation *simulation, const OrrEvent *event, OrrAddress from, guint type);
/* The same question for streams, which keep their messages themselves; the first counts the effect. */
gboolean orr_holds_catch (OrrSimulation *simulation, OrrAddress from, OrrAddress to, guint type);
gboolean orr_holds_keep (const OrrSimulation *simulation, OrrAddress from, OrrAddress to, guint type);
void orr_streams_let_go (OrrSimulation *simulation, gboolean on_their_way); /* what waits in streams and is held no more goes on */

G_END_DECLS
