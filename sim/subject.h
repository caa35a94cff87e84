/* subject.h: the run that a command looks into: a saved trace, or a scenario that is run for it. */
#pragma once

#include "explore/death.h"
#include "sim/common.h"

/* What the user gave: a file of a trace, or a scenario with what changes it. */
typedef struct
{
  char *seed;  /* as given; NULL: the scenario's */
  char **sets; /* PATH=VALUE; ends with NULL; may be NULL */
  const gint *interrupt;
  const OrrApart *apart; /* whether a scenario's run dies is tried there first; NULL: it must not */
  void (*watch) (gpointer data, gboolean goes_on); /* of that run, as OrrRunOptions has it */
  gpointer watch_data;
} Subject;

/* A run that dies. */
typedef struct
{
  char *how;      /* of what; NULL: it does not */
  guint64 events; /* that it handled before */
} SubjectDeath;

#define SUBJECT_ENTRIES(subject) \
  { "seed", 's', 0, G_OPTION_ARG_STRING, &(subject)->seed, NULL, NULL }, \
  { "set", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &(subject)->sets, NULL, NULL }

#define SUBJECT_DOC \
  "  -s, --seed N          of a scenario: another seed than its own\n" \
  "      --set PATH=VALUE  of a scenario: change a value (may be repeated)\n"

void subject_clear (Subject *subject);

/* FALSE: it is a scenario, or nothing. */
gboolean subject_is_trace (const char *file);

/* The trace of the one operand, with all that happened in it. A saved one that holds less is made again by its scenario and seed. NULL, with a
 * complaint, and *ret_status says why. `verb` is the command's name. Where a run dies, `death` says so, and the trace is of what it did before, or
 * NULL where that is nothing. `death` may be NULL where the subject has no `apart`. */
OrrTrace *subject_load (const Subject *subject, char **operands, const char *verb, const OrrCatalog *catalog, SubjectDeath *death,
                        ExitStatus *ret_status);

/* Appends what was given to a command line, so that it can be given again. */
void subject_add (const Subject *subject, const char *operand, GString *command);
