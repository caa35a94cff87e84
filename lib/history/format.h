/* format.h: histories that other programs wrote.
 *
 * A check needs no simulation: whoever has written down what clients of a real database asked and were told can have it judged. Every tool
 * writes that down in its own way, so each format is one file, which says what it is called, how it is recognised, and how it is read.
 *
 * Nothing is guessed in silence. What contradicts itself is refused, with its place; what the file leaves open is taken for granted once,
 * and told with how often and where first (OrrHistoryAssumption). */
#pragma once

#include "base/problems.h"
#include "history/history.h"

G_BEGIN_DECLS

typedef struct OrrReading OrrReading; /* a file that is being read; internal */

typedef struct
{
  OrrEntry entry;
  const char *example; /* a small history */
  /* Is a text, whose start that is, of this format? `start` is a whole number of lines where there is more than one, UTF-8, ended by a NUL. */
  gboolean (*recognise) (const char *start);
  /* Adds its operations and sessions to the history. */
  void (*read) (OrrReading *reading);
} OrrHistoryFormat;

extern ORR_PUBLIC const OrrHistoryFormat *const orr_history_formats[]; /* all, in the order in which they are asked; ends with NULL */

/* By name, or NULL. */
ORR_PUBLIC const OrrHistoryFormat *orr_history_formats_find (const char *name);

/* The words that name an object in other tools, as "cas-register"; NULL where there is none. `index` from 0. */
typedef struct
{
  const char *word, *object; /* "cas-register", "register" */
} OrrHistoryModel;
extern ORR_PUBLIC const OrrHistoryModel orr_history_models[]; /* ends with a NULL word */

typedef struct
{
  const char *format; /* NULL: recognised by content */
  const char *model;  /* an object, or one of orr_history_models; NULL: guessed from the operations */
} OrrHistoryReadOptions;

/* Reads the text of a file; `file` is what the user called it. NULL, with problems, where it can't be read or the options name nothing. */
ORR_PUBLIC OrrHistory *orr_history_read (const char *text, gsize length, const char *file, const OrrHistoryReadOptions *options,
                                         OrrProblems *problems);

/* Looks for what the reader of a format can't see, as values that were written more than once, and adds it to the assumptions of the history's
 * source. Called by orr_history_read. */
ORR_PUBLIC void orr_history_lint (OrrHistory *history);

G_END_DECLS
