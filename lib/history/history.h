/* history.h: what clients asked and were told, and what is known of the truth behind it.
 *
 * A check judges a history, never a simulation: operations with their sessions, times, steps and outcomes. That is
 * what a real system would show too. Beside it stands what only a simulator knows: the true order of each key's
 * writes and what each node held in the end. A history from elsewhere has none of that, and checks that need it then
 * derive what they can from the reads, or say `unknown`.
 *
 * A history from elsewhere knows where each operation stands in its file, and what was assumed in reading it (history/format.h). */
#pragma once

#include "base/ending.h"
#include "base/fact.h"
#include "base/operation.h"
#include "object/object.h"

G_BEGIN_DECLS

typedef struct OrrTrace OrrTrace; /* trace/trace.h: those who judge histories need not know of runs */

/* What checks look at stands first, together: they are as fast as memory gives them the rows. */
typedef struct
{
  guint32 session;     /* index into session_names */
  guint32 process;     /* logical process: no two of its operations overlap */
  OrrOutcome outcome;
  guint32 n_steps;
  OrrTime invoked, completed; /* completed: ORR_TIME_NEVER where the client never heard */
  const OrrStep *steps;
  const OrrValue *values;  /* one a step; NULL where nothing was returned */
  const guint64 *versions; /* one a step; NULL where not known */
  OrrTime due;
  const char *id;          /* "w1", or "o17" where nobody named it */
  const char *note;
  guint32 server;          /* index into node_names; G_MAXUINT32: not known */
  guint32 index;           /* where it stands in its source: row of the trace, line of the file */
  guint32 column;          /* in that line, from 1; 0: it has no line, or is all that stands there */
} OrrHistoryOperation;

/* One write in the true order of a key. */
typedef struct
{
  OrrKey key;
  OrrValue value;
  guint64 version, previous;
  OrrTime time;      /* when it took its place */
  guint32 operation; /* the operation that wrote it; G_MAXUINT32: not known */
  guint32 node;      /* who gave it its place; G_MAXUINT32: not known */
} OrrHistoryVersion;

/* What a node held of a key when the run had ended. */
typedef struct
{
  guint32 node;
  OrrKey key;
  OrrValue value;
  guint64 version;
} OrrHistoryFinal;

/* When a node first came to hold a version of a key. */
typedef struct
{
  guint32 node;
  OrrKey key;
  OrrValue value;
  guint64 version;
  OrrTime time;
} OrrHistoryApplied;

/* What a node said in public: by the model's own table of facts, for rules that speak of them. */
typedef struct
{
  const OrrRecord *fact; /* of the model's table */
  guint32 node;
  OrrTime time;
  gboolean final;        /* said when the run had ended */
  gconstpointer body;    /* by the fact's fields */
} OrrHistoryFact;

/* What the times of a history from elsewhere are. */
typedef enum
{
  ORR_TIMES_REAL,    /* nanoseconds, as someone's clock had them */
  ORR_TIMES_LINES,   /* lines of the file, whose order is all that is known */
  ORR_TIMES_ENTRIES, /* the same, counted where several stand on one line */
} OrrHistoryTimes;

/* Something that the file does not say, or says otherwise, and that was taken for granted. */
typedef struct
{
  const char *what;     /* "values written more than once: a read of one does not say which write it saw" */
  guint64 count;
  guint32 line, column; /* where first; line 0: of the file as a whole */
} OrrHistoryAssumption;

/* The file that a history was read from. */
typedef struct
{
  const char *file; /* as the user named it */
  const OrrEntry *format;
  OrrHistoryTimes times;
  GArray *assumptions; /* OrrHistoryAssumption, in the order in which they were first made */
} OrrHistorySource;

/* What a key held before the first operation. */
typedef struct
{
  OrrKey key;
  OrrValue state;
} OrrHistoryInitial;

typedef struct
{
  const OrrTrace *trace; /* where it is from; NULL: from elsewhere */
  const OrrModel *model; /* what ran, and its options; NULL: a system from elsewhere */
  gconstpointer model_options;
  OrrHistorySource *source;      /* NULL: a run, or made by hand */
  OrrArena *arena;
  OrrTerms *terms;
  const OrrObject *object;       /* NULL: not known */
  gconstpointer object_settings;
  GArray *initials;              /* OrrHistoryInitial, by key (as an integer): what the object's `preload` does not know */
  GArray *operations;            /* OrrHistoryOperation, by invocation, then by index */
  const char *const *session_names;
  guint32 n_sessions, n_processes;
  const char *const *node_names; /* by address */
  guint32 n_nodes;
  const guint32 *node_of;        /* unused by most: machine of each address */
  const gboolean *is_server;     /* n_nodes: which of them are no client hosts; NULL: not known */
  gboolean versions_known;       /* the true order is known */
  GArray *versions;              /* OrrHistoryVersion, by key (as an integer), then version */
  GArray *finals;                /* OrrHistoryFinal, by node, then as said; empty: not known */
  gboolean finals_known;
  const gboolean *final_nodes;   /* n_nodes: which of them were asked; one without a row holds nothing */
  GArray *applied;               /* OrrHistoryApplied, by node, key, version; empty: not known */
  GArray *facts;                 /* OrrHistoryFact, in the order in which they were said; empty: none are known */
  const OrrRecord *fact_records;   /* the table that they are of; NULL: none */
  const OrrInvariant *invariants;  /* what the model says of them; ends with a NULL property; may be NULL */
  gboolean timeless;             /* nobody wrote down when anything happened: only the order within each session is known */
  OrrTime timeout;               /* how long clients wait; ORR_TIME_NEVER: for ever, or not known */
  OrrTime healed_at, ended_at;   /* ORR_TIME_NEVER: not known */
  OrrEnding ending;
  gboolean faults;               /* did any strike */
  OrrTime struck_at;             /* when the first did; ORR_TIME_NEVER: none, or not known */
  gboolean lasting_faults;       /* not all were mended when the run ended */
} OrrHistory;

/* An empty history, for those who fill it by hand; without trace. Takes a reference to the terms. */
ORR_PUBLIC OrrHistory *orr_history_new (OrrTerms *terms);
/* To be called when its arrays are filled: puts them into their order, and finds which operation wrote which version
 * (by the versions of its steps; else by a value that only one operation wrote). */
ORR_PUBLIC void orr_history_complete (OrrHistory *history);

/* The history of a run: in the whole library alone, not in the one of the checks. Keeps a pointer to the trace, which must outlive it. */
ORR_PUBLIC OrrHistory *orr_history_from_trace (const OrrTrace *trace);
/* The same history as its clients saw it, without what only a simulator knows: the order of writes, what nodes held and when, what they said.
 * It borrows from the history, which must outlive it. */
ORR_PUBLIC OrrHistory *orr_history_client_view (const OrrHistory *history);
ORR_PUBLIC void orr_history_free (OrrHistory *history); /* accepts NULL */

/* The versions of a key, in order: the first of `ret_n`, or NULL. */
ORR_PUBLIC const OrrHistoryVersion *orr_history_versions_of (const OrrHistory *history, OrrKey key, guint *ret_n);
/* The version with that number, or NULL; its place in the key's order, from 1, in ret_rank (may be NULL). */
ORR_PUBLIC const OrrHistoryVersion *orr_history_find_version (const OrrHistory *history, OrrKey key, guint64 version, guint *ret_rank);

/* When the node first came to hold this version of the key or a later one; ORR_TIME_NEVER: not in the run, or not known. */
ORR_PUBLIC OrrTime orr_history_applied_at (const OrrHistory *history, guint32 node, OrrKey key, guint64 version);

/* What a key held before the first operation: as the history knows it, else by the object's `preload`, else nil. */
ORR_PUBLIC OrrValue orr_history_initial (const OrrHistory *history, OrrKey key);

/* When something happened: a moment, or where its history has no times, where it stands: `line 12`. */
ORR_PUBLIC void orr_history_print_when (const OrrHistory *history, OrrTime time, GString *text);

/* Does the node keep this key, as far as is known? Of one that does not, what it holds of the key says nothing. */
ORR_PUBLIC gboolean orr_history_is_kept (const OrrHistory *history, guint32 node, OrrKey key);

/* A moment of the run, in seconds, to the microsecond: `1.204s`, `0.000017s`. Near the beginning, where that would say too little, exactly:
 * `250ns`, `1.5us`. */
ORR_PUBLIC void orr_history_print_moment (OrrTime time, GString *text);

/* What reading and printing the bodies of its facts needs. It lives as long as the history. */
ORR_PUBLIC OrrContext orr_history_context (const OrrHistory *history);

/* A fact in words: `n2 (1.204s): leader term=3`. */
ORR_PUBLIC void orr_history_print_fact (const OrrHistory *history, guint index, GString *text);

/* An operation in words: `r3 (s2, 1.204s): read x → 17 at replica1`; of a history from elsewhere with its place: `o3 (p2, line 7): read x → 17`. */
ORR_PUBLIC void orr_history_print_operation (const OrrHistory *history, guint index, GString *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OrrHistory, orr_history_free)

G_END_DECLS
