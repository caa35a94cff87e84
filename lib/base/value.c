/* value.c: the table of terms.
 *
 * A workload that appends to lists makes a term with every append, so a term is kept small: 24 bytes for a
 * list or a text, and a slot of four bytes in an open table that finds a term by its content. A list is held
 * as its prefix and its last value; that pair is its identity, since the prefix is interned too. The hash of
 * a term depends on its content alone, is computed once, and serves both the table and the digests. */
#include "base/value.h"

#include "base/arena.h"
#include "base/draw.h"

#include <string.h>
#include <xxhash.h>

typedef struct
{
  guint64 hash;
  union
  {
    OrrValue last;    /* list */
    const char *text; /* text */
  };
  guint32 prefix; /* list: its index; the empty list is its own prefix; text: NO_LIST */
  guint32 length; /* list: values; text: bytes */
} Term;

G_STATIC_ASSERT (sizeof (Term) == 24);

#define NO_LIST    G_MAXUINT32
#define EMPTY_LIST 1u
#define SLOTS_MIN  16u
#define BYTES_WORK 16u /* so many of a text count as a value of a list */

/* What tells the hashes of unlike things apart. */
#define HASH_OF_NIL   G_GUINT64_CONSTANT (0x6e696c6e696c6e69)
#define HASH_OF_INT   G_GUINT64_CONSTANT (0x696e74696e74696e)
#define HASH_OF_EMPTY G_GUINT64_CONSTANT (0x6c6973746c697374)
#define SEED_OF_TEXT  G_GUINT64_CONSTANT (0x7465787474657874)

struct OrrTerms
{
  guint n_references;
  OrrArena *texts;
  Term *terms; /* by index; 0 is nil and is never looked at */
  guint32 n_terms, n_allocated;
  guint32 *slots;  /* indices into terms; 0: free. At most three quarters are taken */
  guint32 n_slots; /* a power of two */
  guint64 work;
};

static OrrValue
value_of_index (guint32 index)
{
  return (OrrValue) index << 1;
}

static const Term *
term_of (const OrrTerms *terms, OrrValue value)
{
  g_assert (!orr_value_is_int (value) && value != ORR_NIL && value >> 1 < terms->n_terms);
  return &terms->terms[value >> 1];
}

static gboolean
same_term (const Term *a, const Term *b)
{
  if (a->hash != b->hash || a->prefix != b->prefix || a->length != b->length)
    return FALSE;
  return a->prefix == NO_LIST ? memcmp (a->text, b->text, a->length) == 0 : a->last == b->last;
}

/* The slot that holds the term, or the free one where it belongs. */
static guint32 *
find_slot (OrrTerms *terms, const Term *term)
{
  guint32 mask = terms->n_slots - 1;
  for (guint32 i = (guint32) term->hash & mask;; i = (i + 1) & mask)
    if (terms->slots[i] == 0 || same_term (&terms->terms[terms->slots[i]], term))
      return &terms->slots[i];
}

static void
grow_slots (OrrTerms *terms)
{
  g_free (terms->slots);
  terms->n_slots *= 2;
  terms->slots = g_new0 (guint32, terms->n_slots);
  guint32 mask = terms->n_slots - 1;
  for (guint32 index = 1; index < terms->n_terms; index++)
    {
      guint32 i = (guint32) terms->terms[index].hash & mask;
      while (terms->slots[i] != 0)
        i = (i + 1) & mask;
      terms->slots[i] = index;
    }
}

/* Adds a term that is not there yet; `slot` is where it belongs. */
static OrrValue
add (OrrTerms *terms, guint32 *slot, const Term *term)
{
  if (terms->n_terms == terms->n_allocated)
    {
      g_assert (terms->n_allocated < G_MAXUINT32 / 2);
      terms->n_allocated += terms->n_allocated / 2;
      terms->terms = g_renew (Term, terms->terms, terms->n_allocated);
    }
  guint32 index = terms->n_terms++;
  terms->terms[index] = *term;
  *slot = index;
  if (terms->n_terms > terms->n_slots / 4 * 3)
    grow_slots (terms);
  return value_of_index (index);
}

OrrTerms *
orr_terms_new (void)
{
  OrrTerms *terms = g_new0 (OrrTerms, 1);
  terms->n_references = 1;
  terms->texts = orr_arena_new ();
  terms->n_terms = 1;
  terms->n_allocated = 16;
  terms->terms = g_new0 (Term, terms->n_allocated);
  terms->n_slots = SLOTS_MIN;
  terms->slots = g_new0 (guint32, terms->n_slots);

  Term empty = { .hash = HASH_OF_EMPTY, .last = ORR_NIL, .prefix = EMPTY_LIST, .length = 0 };
  OrrValue value = add (terms, find_slot (terms, &empty), &empty);
  g_assert (value == value_of_index (EMPTY_LIST));
  return terms;
}

OrrTerms *
orr_terms_ref (OrrTerms *terms)
{
  terms->n_references++;
  return terms;
}

void
orr_terms_unref (OrrTerms *terms)
{
  if (!terms || --terms->n_references > 0)
    return;
  orr_arena_free (terms->texts);
  g_free (terms->terms);
  g_free (terms->slots);
  g_free (terms);
}

OrrTerms *
orr_terms_copy (const OrrTerms *terms)
{
  OrrTerms *copy = g_new (OrrTerms, 1);
  *copy = *terms;
  copy->n_references = 1;
  copy->texts = orr_arena_new ();
  copy->terms = g_memdup2 (terms->terms, terms->n_allocated * sizeof (Term));
  copy->slots = g_memdup2 (terms->slots, terms->n_slots * sizeof (guint32));
  for (guint32 i = 1; i < copy->n_terms; i++)
    if (copy->terms[i].prefix == NO_LIST)
      copy->terms[i].text = orr_arena_strdup (copy->texts, copy->terms[i].text);
  return copy;
}

OrrValue
orr_terms_text (OrrTerms *terms, const char *text)
{
  gsize length = strlen (text);
  g_assert (length < G_MAXUINT32);
  Term term = { .hash = XXH3_64bits_withSeed (text, length, SEED_OF_TEXT),
                .text = text,
                .prefix = NO_LIST,
                .length = (guint32) length };
  guint32 *slot = find_slot (terms, &term);
  terms->work += 1 + length / BYTES_WORK;
  if (*slot != 0)
    return value_of_index (*slot);
  term.text = orr_arena_strdup (terms->texts, text);
  return add (terms, slot, &term);
}

OrrValue
orr_terms_empty_list (OrrTerms *terms G_GNUC_UNUSED)
{
  return value_of_index (EMPTY_LIST);
}

OrrValue
orr_terms_append (OrrTerms *terms, OrrValue list, OrrValue last)
{
  if (list == ORR_NIL)
    list = value_of_index (EMPTY_LIST);
  const Term *prefix = term_of (terms, list);
  g_assert (prefix->prefix != NO_LIST && prefix->length < G_MAXUINT32);
  Term term = { .hash = orr_draw_fold (prefix->hash, orr_terms_hash (terms, last)),
                .last = last,
                .prefix = (guint32) (list >> 1),
                .length = prefix->length + 1 };
  guint32 *slot = find_slot (terms, &term);
  terms->work++;
  return *slot != 0 ? value_of_index (*slot) : add (terms, slot, &term);
}

OrrValue
orr_terms_list (OrrTerms *terms, guint n, const OrrValue *values)
{
  OrrValue list = orr_terms_empty_list (terms);
  for (guint i = 0; i < n; i++)
    list = orr_terms_append (terms, list, values[i]);
  return list;
}

gboolean
orr_terms_is_text (const OrrTerms *terms, OrrValue value)
{
  return value != ORR_NIL && !orr_value_is_int (value) && term_of (terms, value)->prefix == NO_LIST;
}

gboolean
orr_terms_is_list (const OrrTerms *terms, OrrValue value)
{
  return value != ORR_NIL && !orr_value_is_int (value) && term_of (terms, value)->prefix != NO_LIST;
}

const char *
orr_terms_get_text (const OrrTerms *terms, OrrValue value)
{
  g_assert (orr_terms_is_text (terms, value));
  return term_of (terms, value)->text;
}

guint
orr_terms_get_length (const OrrTerms *terms, OrrValue list)
{
  if (list == ORR_NIL)
    return 0;
  g_assert (orr_terms_is_list (terms, list));
  return term_of (terms, list)->length;
}

OrrValue
orr_terms_get_last (const OrrTerms *terms, OrrValue list)
{
  g_assert (orr_terms_get_length (terms, list) > 0);
  return term_of (terms, list)->last;
}

OrrValue
orr_terms_get_prefix (const OrrTerms *terms, OrrValue list)
{
  g_assert (orr_terms_get_length (terms, list) > 0);
  return value_of_index (term_of (terms, list)->prefix);
}

void
orr_terms_get_values (const OrrTerms *terms, OrrValue list, OrrValue *ret_values)
{
  for (guint n = orr_terms_get_length (terms, list); n > 0; n--)
    {
      ret_values[n - 1] = orr_terms_get_last (terms, list);
      list = orr_terms_get_prefix (terms, list);
    }
}

guint
orr_terms_count (const OrrTerms *terms)
{
  return terms->n_terms;
}

guint64
orr_terms_get_work (const OrrTerms *terms)
{
  return terms->work;
}

guint64
orr_terms_hash (const OrrTerms *terms, OrrValue value)
{
  if (value == ORR_NIL)
    return HASH_OF_NIL;
  return orr_value_is_int (value) ? orr_mix (HASH_OF_INT, value) : term_of (terms, value)->hash;
}
