/* pairs.h: a table from two words to a number, for checks that look up many. Not installed.
 *
 * Open addressing in one block of memory; nothing is ever taken out, and nobody walks over it. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define ORR_PAIRS_NONE G_MAXUINT

typedef struct
{
  guint64 first, second;
  guint number; /* ORR_PAIRS_NONE: empty */
} OrrPair;

typedef struct
{
  OrrPair *pairs;
  guint n, size; /* size: a power of two */
} OrrPairs;

static inline void
orr_pairs_clear (OrrPairs *table)
{
  g_clear_pointer (&table->pairs, g_free);
  table->n = table->size = 0;
}

static inline OrrPair *
orr_pairs_place (const OrrPairs *table, guint64 first, guint64 second)
{
  guint64 hash = (first * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) + second) * G_GUINT64_CONSTANT (0xd1342543de82ef95);
  guint i = (guint) (hash >> 32) & (table->size - 1);
  while (table->pairs[i].number != ORR_PAIRS_NONE && (table->pairs[i].first != first || table->pairs[i].second != second))
    i = (i + 1) & (table->size - 1);
  return &table->pairs[i];
}

static inline void
orr_pairs_grow (OrrPairs *table)
{
  OrrPairs larger = { .n = table->n, .size = MAX (16, table->size * 2) };
  larger.pairs = g_new (OrrPair, larger.size);
  for (guint i = 0; i < larger.size; i++)
    larger.pairs[i].number = ORR_PAIRS_NONE;
  for (guint i = 0; i < table->size; i++)
    if (table->pairs[i].number != ORR_PAIRS_NONE)
      *orr_pairs_place (&larger, table->pairs[i].first, table->pairs[i].second) = table->pairs[i];
  g_free (table->pairs);
  *table = larger;
}

/* The number of a pair; ORR_PAIRS_NONE where it has none. */
static inline guint
orr_pairs_get (const OrrPairs *table, guint64 first, guint64 second)
{
  return table->size > 0 ? orr_pairs_place (table, first, second)->number : ORR_PAIRS_NONE;
}

/* Gives the pair the number unless it has one; returns the one that it has. */
static inline guint
orr_pairs_add (OrrPairs *table, guint64 first, guint64 second, guint number)
{
  if ((table->n + 1) * 3 > table->size * 2)
    orr_pairs_grow (table);
  OrrPair *place = orr_pairs_place (table, first, second);
  if (place->number == ORR_PAIRS_NONE)
    {
      *place = (OrrPair){ first, second, number };
      table->n++;
    }
  return place->number;
}

/* Gives the pair the number, whatever it had. */
static inline void
orr_pairs_set (OrrPairs *table, guint64 first, guint64 second, guint number)
{
  orr_pairs_add (table, first, second, number);
  orr_pairs_place (table, first, second)->number = number;
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (OrrPairs, orr_pairs_clear)

G_END_DECLS
