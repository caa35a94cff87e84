/* reading.h: what the readers of formats share: the text, places in it, and the history that grows. Internal.
 *
 * A reader goes through the text once. It adds sessions and operations; what is wrong it reports with its place, and goes on as long as that makes
 * sense; what it must take for granted it says with orr_reading_assume. */
#pragma once

#include "history/format.h"

#include <string.h>

G_BEGIN_DECLS

/* What is open in an operation's life. */
#define ORR_NO_OPERATION G_MAXUINT32

typedef struct
{
  const char *name;
  guint32 process; /* its logical process: a new one after each unknown outcome */
  guint32 open;    /* the operation that has not ended, an index into the history's operations; ORR_NO_OPERATION */
} OrrReadingSession;

struct OrrReading
{
  const char *text, *end; /* UTF-8, no NUL but at the end */
  const char *model;      /* the object's word that the user chose; NULL: to be guessed */
  OrrProblems *problems, *told; /* told: where they belong, while the text is only looked at; else NULL */
  OrrHistory *history;
  OrrTerms *terms;
  GArray *sessions;       /* OrrReadingSession */
  guint32 n_processes;
  GString *scratch;

  /* The place that was asked for last: the next one is most often near. */
  const char *at;
  guint line, column;
};

/* Line and column of a byte of the text. */
OrrPlace orr_reading_place (OrrReading *reading, const char *at);

/* What is wrong, at a byte of the text. */
void orr_reading_problem (OrrReading *reading, const char *at, const char *remedy, const char *format, ...) G_GNUC_PRINTF (4, 5);

/* So much is wrong that more would help nobody. */
gboolean orr_reading_is_hopeless (const OrrReading *reading);

/* Something is taken for granted; `at` NULL: of the text as a whole. */
void orr_reading_assume (OrrReading *reading, const char *at, const char *what);

/* The same of an operation that has been added. */
void orr_reading_assume_of (OrrReading *reading, const OrrHistoryOperation *operation, const char *what);

/* Between these the text is looked at, and not read yet: nothing that is said of it counts. */
void orr_reading_begin_look (OrrReading *reading);
void orr_reading_end_look (OrrReading *reading);

/* Sets the history's object, from the user's word where there is one, else from `guess`. FALSE, with a problem, where there is no such object. */
gboolean orr_reading_set_object (OrrReading *reading, const char *guess);

guint32 orr_reading_add_session (OrrReading *reading, const char *name);

/* A text of the file as a value, and as it would be written in a scenario: `12` is a number. */
OrrValue orr_reading_text (OrrReading *reading, const char *text, gsize length);
OrrValue orr_reading_scalar (OrrReading *reading, const char *text, gsize length);

/* Adds an operation that has been invoked: steps (OrrStep) are copied. Returns its index. */
guint32 orr_reading_add_operation (OrrReading *reading, guint32 session, const char *at, OrrTime invoked, const GArray *steps);

/* Ends one. `steps` and `values` (OrrValue, one a step; NULL: nothing was returned) replace what was there, where steps is not NULL. After an
 * unknown outcome the session goes on as a new process. */
void orr_reading_end_operation (OrrReading *reading, guint32 operation, OrrTime completed, OrrOutcome outcome, const GArray *steps,
                                const GArray *values);

/* An operation of a file that has no times, at once: where it stands is its time. */
void orr_reading_add_timeless (OrrReading *reading, guint32 session, const char *at, OrrOutcome outcome, const GArray *steps,
                               const GArray *values);

static inline OrrHistoryOperation *
orr_reading_operation (OrrReading *reading, guint32 index)
{
  return &g_array_index (reading->history->operations, OrrHistoryOperation, index);
}

/* --- for formats of lines --- */

typedef struct
{
  const char *start, *end; /* without what ends it, and without blanks at either side */
} OrrLine;

/* The next line from *cursor, which it moves; FALSE at the end of the text. */
gboolean orr_next_line (const char **cursor, const char *end, OrrLine *ret_line);

/* Reads a whole number that fits a value, at *cursor before `end`, and moves the cursor behind it. FALSE where there is none. */
gboolean orr_reading_number (const char **cursor, const char *end, gint64 *ret_number);

/* Adds a step and its value (nil where it returns nothing) to two arrays. */
static inline void
orr_reading_push_step (GArray *steps, GArray *values, OrrStepKind kind, OrrKey key, OrrValue value)
{
  OrrStep step = { .kind = kind, .key = key, .value = kind == ORR_READ ? ORR_NIL : value };
  OrrValue returned = kind == ORR_READ ? value : ORR_NIL;
  g_array_append_val (steps, step);
  g_array_append_val (values, returned);
}

G_END_DECLS
