/* value.h: keys and values.
 *
 * What clients read and write is one machine word, so that storing, sending and comparing it costs nothing:
 * two values are the same exactly when the words are equal. A word is nil (0), a whole number (lowest bit 1),
 * or names a term (lowest bit 0): a text or a list that a table of the run holds once. A list is a shorter
 * list and one more value, so that appending makes one small term and every prefix is shared.
 *
 * Terms are numbered in the order in which they are first seen, which is the same in every run of one seed.
 */
#pragma once

#include <glib.h>

#include "base/visibility.h"

G_BEGIN_DECLS

typedef guint64 OrrValue;
typedef guint64 OrrKey; /* a value used as a name */

#define ORR_NIL           ((OrrValue) 0) /* no value; as a key: no key */
#define ORR_VALUE_INT_MAX ((gint64) ((G_GUINT64_CONSTANT (1) << 62) - 1))
#define ORR_VALUE_INT_MIN (-ORR_VALUE_INT_MAX - 1)

static inline OrrValue
orr_value_int (gint64 number) /* ORR_VALUE_INT_MIN ≤ number ≤ ORR_VALUE_INT_MAX */
{
  return ((OrrValue) number << 1) | 1;
}

static inline gboolean
orr_value_is_int (OrrValue value)
{
  return value & 1;
}

static inline gint64
orr_value_to_int (OrrValue value)
{
  return (gint64) value >> 1;
}

/* The table of a run's terms. Not thread-safe: each run has its own. */
typedef struct OrrTerms OrrTerms;

ORR_PUBLIC OrrTerms *orr_terms_new (void);
ORR_PUBLIC OrrTerms *orr_terms_ref (OrrTerms *terms);
ORR_PUBLIC void orr_terms_unref (OrrTerms *terms); /* accepts NULL */
ORR_PUBLIC OrrTerms *
orr_terms_copy (const OrrTerms *terms); /* the same terms by the same words, growing apart from then on */

/* The term of a text; equal texts give equal words. */
ORR_PUBLIC OrrValue orr_terms_text (OrrTerms *terms, const char *text);

/* The empty list, and `list` with `last` behind it. `list` may be nil, which counts as empty. */
ORR_PUBLIC OrrValue orr_terms_empty_list (OrrTerms *terms);
ORR_PUBLIC OrrValue orr_terms_append (OrrTerms *terms, OrrValue list, OrrValue last);
ORR_PUBLIC OrrValue orr_terms_list (OrrTerms *terms, guint n, const OrrValue *values);

ORR_PUBLIC gboolean orr_terms_is_text (const OrrTerms *terms, OrrValue value);
ORR_PUBLIC gboolean orr_terms_is_list (const OrrTerms *terms, OrrValue value);
ORR_PUBLIC const char *orr_terms_get_text (const OrrTerms *terms, OrrValue value); /* owned by the table */
ORR_PUBLIC guint orr_terms_get_length (const OrrTerms *terms,
                                       OrrValue list); /* of a list; nil counts as empty */
ORR_PUBLIC OrrValue orr_terms_get_last (const OrrTerms *terms,
                                        OrrValue list); /* of a list that is not empty */
ORR_PUBLIC OrrValue orr_terms_get_prefix (const OrrTerms *terms,
                                          OrrValue list); /* the list without its last value */
ORR_PUBLIC void orr_terms_get_values (const OrrTerms *terms, OrrValue list,
                                      OrrValue *ret_values); /* all, first to last; room for the length */

/* How many terms there are, and how often one was asked for since the table was made: what rules that work on
 * lists and texts cost, counted, not timed. A text counts by its length. */
ORR_PUBLIC guint orr_terms_count (const OrrTerms *terms);
ORR_PUBLIC guint64 orr_terms_get_work (const OrrTerms *terms);

/* A word that means the same in every run, unlike the number of a term: for digests and draws. */
ORR_PUBLIC guint64 orr_terms_hash (const OrrTerms *terms, OrrValue value);

/* Reads a scalar as scenarios write it: `nil` (or JSON's `null`), a whole number, else a text; and whatever
 * orr_terms_print wrote, back to the same word. A whole number is one without needless zeros that fits; `007`
 * is a text. */
ORR_PUBLIC OrrValue orr_terms_parse (OrrTerms *terms, const char *text);

/* TRUE where orr_terms_parse takes a text for just that text. */
ORR_PUBLIC gboolean orr_terms_reads_as_text (const char *text);

/* As users see it: nil, 12, alice, "two words", [1 2 3]. */
ORR_PUBLIC void orr_terms_print (const OrrTerms *terms, OrrValue value, GString *text);

/* As JSON: null, 12, "alice", [1,2,3]. */
ORR_PUBLIC void orr_terms_print_json (const OrrTerms *terms, OrrValue value, GString *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OrrTerms, orr_terms_unref)

G_END_DECLS
