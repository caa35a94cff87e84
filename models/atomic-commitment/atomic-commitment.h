/* atomic-commitment.h: what the files of this model share: its options, the records that travel and last. */
#pragma once

#include "engine/map.h"
#include "engine/model.h"

/* --- Options --- */

typedef enum
{
  PROTOCOL_TWO_PHASE,
  PROTOCOL_THREE_PHASE,
} Protocol;

/* What a coordinator that knows nothing of a transaction answers, and hence what it need not remember. */
typedef enum
{
  PRESUMPTION_NOTHING,
  PRESUMPTION_ABORT,
  PRESUMPTION_COMMIT,
} Presumption;

/* Whom a participant in doubt asks. */
typedef enum
{
  TERMINATION_WAIT,        /* nobody */
  TERMINATION_ASK,         /* the coordinator */
  TERMINATION_COOPERATIVE, /* and the other participants */
} Termination;

typedef enum
{
  DEADLOCK_WOUND_WAIT,
  DEADLOCK_TIMEOUT,
} Deadlock;

typedef struct
{
  OrrKey account;
  const char *participant;
} Place;

typedef struct
{
  guint32 participants;
  OrrArray accounts; /* Place */
  gint32 protocol, presumption, termination, deadlock;
  gboolean read_only_votes;
  OrrTime work_timeout, lock_timeout, vote_request_timeout; /* before the vote */
  OrrTime vote_timeout, acknowledge_timeout;                /* the coordinator's */
  OrrTime decision_timeout;                                 /* the participants' */
  OrrTime retry;
} Options;

/* What an operation carries besides its steps. */
typedef struct
{
  OrrAddress veto; /* who votes no; ORR_NOBODY */
} Attributes;

/* Bits of orr_bug. */
typedef enum
{
  BUG_DECISION_NOT_LOGGED,
  BUG_PREPARE_IN_MEMORY,
  BUG_PREPARED_ABORTS_ON_TIMEOUT,
  BUG_DECISION_FORGOTTEN,
  BUG_DECISION_NOT_RETRIED,
  BUG_READS_BETWEEN_COMMITS,
} Bug;

typedef enum
{
  ROLE_COORDINATOR,
  ROLE_PARTICIPANT,
} Role;

gboolean is_three_phase (OrrNode *node);
/* Is the participants' record of such a decision forced, and the decision acknowledged? */
gboolean decision_is_forced (OrrNode *node, gboolean commit);
gboolean decision_is_acknowledged (OrrNode *node, gboolean commit);

/* Does this participant keep the account? */
gboolean is_kept_at (gconstpointer options, const OrrTerms *terms, OrrAddress address, OrrKey account);

/* --- What lasts: logs --- */

/* A change of one account, as it will be when the transaction is committed. */
typedef struct
{
  OrrKey key;
  OrrValue state;
  guint64 version, previous; /* hidden order */
} Change;

typedef enum
{
  DECISION_COLLECTING, /* presumed commit: votes are about to be collected */
  DECISION_COMMIT,
  DECISION_ABORT,
  DECISION_END, /* all have acknowledged: it can be forgotten */
} DecisionKind;

/* The coordinator's log. */
typedef struct
{
  guint64 transaction;
  gint32 kind;           /* DecisionKind */
  OrrArray participants; /* OrrAddress: who must learn the decision */
} DecisionRecord;

typedef enum
{
  STATE_PREPARED,
  STATE_COMMITTED,
  STATE_ABORTED,
} StateKind;

/* A participant's log. */
typedef struct
{
  guint64 transaction;
  gint32 kind;            /* StateKind */
  OrrAddress coordinator; /* of a prepared one, as all that follows */
  OrrArray participants;  /* OrrAddress */
  OrrArray changes;       /* Change */
} StateRecord;

enum
{
  LOG_DECISIONS,
  LOG_STATES,
};

enum
{
  SYNC_COLLECTING,
  SYNC_DECISION,
  SYNC_PREPARED,
  SYNC_DECIDED,
  SYNC_REFUSED,
  SYNC_RECOVERY,
};

/* --- Messages --- */

enum
{
  MESSAGE_WORK,
  MESSAGE_WORKED,
  MESSAGE_RELEASE,
  MESSAGE_VOTE_REQUEST,
  MESSAGE_VOTE,
  MESSAGE_PRE_COMMIT,
  MESSAGE_PRE_COMMIT_ACK,
  MESSAGE_COMMIT,
  MESSAGE_ABORT,
  MESSAGE_ACK,
  MESSAGE_DECISION_REQUEST,
  MESSAGE_DECISION_ANSWER,
  MESSAGE_ELECTED,
  MESSAGE_STATE_REQUEST,
  MESSAGE_STATE,
};

typedef struct
{
  guint64 transaction;
  OrrArray steps; /* OrrStep: those on the participant's accounts, in the operation's order */
  gboolean veto;  /* will be found unacceptable when the vote is asked for */
} Work;

typedef struct
{
  guint64 transaction;
  gboolean done;
  OrrTime stamp;             /* which execution this was, by the participant's clock */
  OrrArray values, versions; /* OrrValue, guint64: one a step of the work */
  const char *note;          /* why it was not done */
} Worked;

typedef struct
{
  guint64 transaction;
  OrrTime stamp;         /* the execution that is to be prepared */
  OrrArray participants; /* OrrAddress: all that may vote yes */
} VoteRequest;

typedef struct
{
  guint64 transaction;
  gint32 vote; /* OrrVote */
  const char *note;
} Vote;

/* What need say no more than which transaction it is about. */
typedef struct
{
  guint64 transaction;
} About;

/* Where a process is, as termination protocols ask. */
typedef enum
{
  PROGRESS_SILENT, /* nothing was heard */
  PROGRESS_ABORTED,
  PROGRESS_COMMITTED,
  PROGRESS_UNCERTAIN,     /* voted yes, knows no more */
  PROGRESS_PRE_COMMITTED, /* knows that all voted yes */
  PROGRESS_RECOVERED,     /* undecided, and has been down: what it knew is gone */
} Progress;

typedef struct
{
  guint64 transaction;
  gint32 progress; /* Progress */
} State;

/* --- Timers, facts --- */

enum
{
  TIMER_WORK,
  TIMER_VOTES,
  TIMER_ACKNOWLEDGES,
  TIMER_RESEND,
  TIMER_LOCK,
  TIMER_VOTE_REQUEST,
  TIMER_DECISION,
  TIMER_TERMINATION,
};

enum
{
  FACT_VERSION,
  FACT_APPLIED,
  FACT_VALUE,
  FACT_BEGUN,
  FACT_VOTED,
  FACT_DECIDED,
  FACT_SUSPECTED,
  FACT_BLOCKED,
  FACT_ELECTED,
};

/* --- accounts.c: what a participant holds --- */

typedef struct
{
  OrrValue state;
  guint64 version;
} Account;

typedef struct
{
  OrrMap accounts; /* by key: what is committed */
} Accounts;

void accounts_init (Accounts *accounts);
Account accounts_get (OrrNode *node, const Accounts *accounts, OrrKey key);
/* Makes the changes of a committed transaction, and says so. */
void accounts_apply (OrrNode *node, Accounts *accounts, const Change *changes, guint n);
void accounts_observe (OrrNode *node, const Accounts *accounts);

/* --- locks.c: strict two-phase locking --- */

typedef struct Part Part;

typedef struct
{
  OrrMap queues; /* by account → Queue */
  guint n_ready; /* parts that have got all their locks and have not begun */
} Locks;

void locks_init (Locks *locks);
/* Around all that a part asks for: it is not ready in between. */
void locks_begin (Part *part);
void locks_end (Locks *locks, Part *part);
/* Queues the part for an account. Before this, by the wound-wait rule, those that must give way have
 * (locks_victim). */
void locks_ask (OrrNode *node, Locks *locks, Part *part, OrrKey account, gboolean exclusive);
/* A younger part that holds what `part` wants and may still be aborted; NULL: there is none. */
Part *locks_victim (const Locks *locks, const Part *part, OrrKey account, gboolean exclusive);
/* Gives back all that a part holds or waits for. */
void locks_release (OrrNode *node, Locks *locks, Part *part);

/* --- participant.c: one participant's part of a transaction --- */

typedef enum
{
  PART_WAITING,       /* for locks */
  PART_WORKED,        /* waits for the vote to be asked for; may still abort of its own accord */
  PART_PREPARING,     /* its prepare record is on its way to the disk */
  PART_PREPARED,      /* has voted yes: in doubt, may no longer decide alone */
  PART_PRE_COMMITTED, /* three-phase: knows that all have */
  PART_DECIDED,       /* the decision's record is on its way to the disk */
} PartState;

struct Part
{
  guint64 transaction;
  PartState state;
  OrrAddress coordinator;
  OrrTimer timer;

  OrrArray steps;  /* OrrStep; held while it waits or has worked */
  guint n_awaited; /* locks */
  gboolean veto;
  OrrTime stamp;
  Change *changes;
  guint n_changes;

  OrrArray participants; /* OrrAddress; held once it prepares */
  gboolean commit;       /* the decision */
  guint n_asked;         /* rounds of asking others */

  /* Three-phase; processes are numbered: 0 the coordinator, i the i-th participant. */
  gboolean recovered;           /* was down in doubt: takes no part in elections */
  guint leader;                 /* whose word is awaited */
  gboolean leads, acknowledges; /* collects states; pre-commits those that were uncertain */
  guint8 *heard;                /* Progress of each process */
};

typedef struct
{
  gboolean open; /* has read its log */
  Accounts accounts;
  Locks locks;
  OrrMap parts;   /* transaction → Part * */
  OrrMap decided; /* transaction → gboolean: committed; what the log tells */
  OrrMap voted;   /* transactions that have been voted on and are forgotten; volatile */
} Participant;

Part *participant_find (const Participant *participant, guint64 transaction);
/* Gives up a part that has not voted yes. */
void participant_drop (OrrNode *node, Participant *participant, Part *part);
/* Takes a decision for a part that has voted yes, or is about to. */
void participant_decide (OrrNode *node, Participant *participant, Part *part, gboolean commit);
/* Sees to it that a transaction of which nothing is known will never be voted yes on. */
void participant_refuse (OrrNode *node, guint64 transaction);
/* Where the transaction is here; one that has not voted yes is aborted by being asked. */
Progress participant_progress (OrrNode *node, Participant *participant, guint64 transaction);

/* --- termination.c: what a participant in doubt does when it hears nothing --- */

/* Starts to wait for the decision, and for how long. */
void termination_await (OrrNode *node, Part *part);
/* It has waited long enough. */
void termination_start (OrrNode *node, Participant *participant, Part *part);
void termination_timeout (OrrNode *node, Participant *participant, Part *part);
void termination_take_decision_request (OrrNode *node, Participant *participant, OrrAddress from,
                                        guint64 transaction);
void termination_take_answer (OrrNode *node, Participant *participant, OrrAddress from, const State *answer);
void termination_take_pre_commit (OrrNode *node, Participant *participant, OrrAddress from,
                                  guint64 transaction);
void termination_take_acknowledge (OrrNode *node, Participant *participant, OrrAddress from,
                                   guint64 transaction);
void termination_take_elected (OrrNode *node, Participant *participant, OrrAddress from, guint64 transaction);
void termination_take_state_request (OrrNode *node, Participant *participant, OrrAddress from,
                                     guint64 transaction);
void termination_take_state (OrrNode *node, Participant *participant, OrrAddress from, const State *state);
/* The decision of a part that leads is on its disk: the others hear of it. */
void termination_spread (OrrNode *node, const Part *part);

extern const OrrRole coordinator_role, participant_role;
