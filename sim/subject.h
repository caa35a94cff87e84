/* subject.h: the run that a command looks into: a saved trace, or a scenario that is run for it. */
#pragma once

#include "sim/common.h"
#include "trace/trace.h"

/* What the user gave: a file of a trace, or a scenario with what changes it. */
typedef struct
{
  char *seed;  /* as given; NULL: the scenario's */
  char **sets; /* PATH=VALUE; ends with NULL; may be NULL */
  const gint *interrupt;
} Subject;

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
 * complaint, and *ret_status says why. `verb` is the command's name. */
OrrTrace *subject_load (const Subject *subject, char **operands, const char *verb, const OrrCatalog *catalog, ExitStatus *ret_status);

/* Appends what was given to a command line, so that it can be given again. */
void subject_add (const Subject *subject, const char *operand, GString *command);
