/* jepsen.h: histories as Jepsen has them: a line when an operation is invoked, and one when it ends. Internal.
 *
 * Whatever the notation, an entry says who (process), what (f, value), and whether it begins (invoke) or how it ended: ok; fail, which promises that
 * nothing was done; info, when nobody knows. The value of a transaction is a list of micro-operations, as [:append x 1] or [:r x nil]. */
#pragma once

#include "history/formats/datum.h"

G_BEGIN_DECLS

typedef enum
{
  ORR_JEPSEN_INVOKE,
  ORR_JEPSEN_OK,
  ORR_JEPSEN_FAIL,
  ORR_JEPSEN_INFO,
  ORR_N_JEPSEN_TYPES
} OrrJepsenType;

typedef struct
{
  const char *at;
  const OrrDatumTree *tree;
  OrrJepsenType type;
  const OrrDatum *process, *f, *value, *key, *time; /* NULL: it says nothing of that */
} OrrJepsenEntry;

/* The type by its word; FALSE where there is no such. */
gboolean orr_jepsen_type (const OrrDatum *word, OrrJepsenType *ret_type);

/* The tree's form as an entry. FALSE, with a problem, where it is none. */
gboolean orr_jepsen_entry (OrrReading *reading, const OrrDatumTree *tree, OrrJepsenEntry *ret_entry);

/* Is it the process that disturbs the system, which is no client? */
gboolean orr_jepsen_is_nemesis (const OrrJepsenEntry *entry);

/* --- jepsen-guess.c: what the operations work on --- */

typedef struct
{
  const char *object; /* NULL: not seen yet */
  gboolean keyed_known, keyed; /* every value is a key and the value proper (Jepsen's independent keys); known when a read has shown it too */
  gboolean reads_lists, reads_maps, adds;
} OrrJepsenGuess;

/* Takes one more entry into account. FALSE when all is known. */
gboolean orr_jepsen_guess_take (OrrJepsenGuess *guess, const OrrJepsenEntry *entry);
/* The object, when all was seen. */
const char *orr_jepsen_guess_object (const OrrJepsenGuess *guess);

/* --- jepsen-steps.c: what an entry means --- */

/* Fills the steps of an entry (OrrStep), and what they returned where it ended well. `ret_vague`: it does not say what was returned. FALSE, with a
 * problem, where it makes no sense of the history's object. */
gboolean orr_jepsen_steps (OrrReading *reading, const OrrJepsenEntry *entry, gboolean keyed, GArray *steps, GArray *values,
                           gboolean *ret_vague);

/* --- jepsen.c: from entries to operations --- */

typedef struct OrrJepsen OrrJepsen;

OrrJepsen *orr_jepsen_new (OrrReading *reading, const OrrJepsenGuess *guess);
/* A register that is read as nil holds nothing; else that says nothing, as Jepsen's own checkers have it. */
void orr_jepsen_trust_nil (OrrJepsen *jepsen);
void orr_jepsen_take (OrrJepsen *jepsen, const OrrJepsenEntry *entry);
void orr_jepsen_finish (OrrJepsen *jepsen); /* and frees it */

/* Reads a whole text of entries that are maps; `object` as orr_reading_set_object has it, NULL: guessed. */
void orr_jepsen_read (OrrReading *reading, const OrrDatumSyntax *syntax, const char *object);

G_END_DECLS
