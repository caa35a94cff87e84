/* datum.h: data as EDN and JSON write it, as a tree. Internal.
 *
 * A tree is the nodes of one form in the order in which they stand in the text, each with the index behind its last descendant. It is used again
 * for the next form, so that a file of a million forms costs the memory of one. */
#pragma once

#include "history/formats/reading.h"

G_BEGIN_DECLS

/* How deep forms may stand in each other, and how many nodes one may have: no history needs more, and each costs memory. */
#define ORR_DATUM_DEPTH_MAX 64
#define ORR_DATUM_NODES_MAX (8 * 1000 * 1000)

typedef enum
{
  ORR_DATUM_NIL,
  ORR_DATUM_NUMBER, /* a whole number that fits a value; others are texts */
  ORR_DATUM_TEXT,   /* strings, keywords (without colon), symbols, true, false, other numbers */
  ORR_DATUM_LIST,   /* (…), […]; of JSON […] */
  ORR_DATUM_SET,
  ORR_DATUM_MAP,    /* keys and values in turn */
} OrrDatumKind;

typedef struct
{
  OrrDatumKind kind;
  guint32 n;       /* of a collection: its members, of a map keys and values together */
  guint32 end;     /* index behind its last descendant */
  guint32 length;  /* of the text */
  union
  {
    gint64 number;
    const char *text; /* not ended by a NUL */
  };
  const char *at;  /* where it begins */
} OrrDatum;

typedef struct
{
  GArray *nodes;      /* OrrDatum */
  GStringChunk *texts; /* those that had escapes */
} OrrDatumTree;

OrrDatumTree *orr_datum_tree_new (void);
void orr_datum_tree_free (OrrDatumTree *tree); /* accepts NULL */
void orr_datum_tree_clear (OrrDatumTree *tree);

/* Adds a node that begins at `at`; returns its index. */
guint32 orr_datum_add (OrrDatumTree *tree, OrrDatumKind kind, const char *at);

static inline OrrDatum *
orr_datum_get (const OrrDatumTree *tree, guint32 index)
{
  return &g_array_index (tree->nodes, OrrDatum, index);
}

/* For walking members: that of a collection which comes first, and the one behind a member. In between all are `end` of the collection. */
static inline const OrrDatum *
orr_datum_first (const OrrDatum *collection)
{
  return collection + 1;
}

static inline const OrrDatum *
orr_datum_next (const OrrDatumTree *tree, const OrrDatum *member)
{
  return orr_datum_get (tree, member->end);
}

static inline gboolean
orr_datum_is (const OrrDatum *datum, const char *word)
{
  return datum->kind == ORR_DATUM_TEXT && strlen (word) == datum->length && memcmp (datum->text, word, datum->length) == 0;
}

void orr_datum_add_text (OrrDatumTree *tree, const char *at, const char *text, gsize length);

/* The value of a key that is such a word; NULL where the map has none. */
const OrrDatum *orr_datum_lookup (const OrrDatumTree *tree, const OrrDatum *map, const char *word);

/* As a value: a set is the list of its members; a map the list of its pairs. */
OrrValue orr_datum_value (OrrReading *reading, const OrrDatumTree *tree, const OrrDatum *datum);

/* As users know it, cut where it is long. The caller frees it. */
char *orr_datum_quote (const OrrDatum *datum, const OrrReading *reading);

/* Both read the next form at *cursor into the tree, as its only one, and move the cursor behind it. FALSE at the end of the text, or with a problem
 * where there is none that is right; nothing behind that can be relied on. */
gboolean orr_edn_read (OrrReading *reading, const char **cursor, const char *end, OrrDatumTree *tree);
gboolean orr_json_read (OrrReading *reading, const char **cursor, const char *end, OrrDatumTree *tree);

/* Reads a string in double quotes, as both have it, at *cursor, adds it, and moves the cursor behind it. FALSE with a problem. */
gboolean orr_datum_read_string (OrrReading *reading, const char **cursor, const char *end, OrrDatumTree *tree);

/* How a notation is read. */
typedef struct
{
  gboolean (*read) (OrrReading *reading, const char **cursor, const char *end, OrrDatumTree *tree);
  void (*skip) (const char **cursor, const char *end); /* moves the cursor behind blanks and comments */
  gboolean commas;                                     /* there is one between the members of a list */
  const char *opening;                                 /* what a list of entries may begin with */
} OrrDatumSyntax;

extern const OrrDatumSyntax orr_edn_syntax, orr_json_syntax;

/* Reads all forms of EDN from `at` to `end` into the tree, as the members of one list. FALSE with a problem. */
gboolean orr_edn_read_line (OrrReading *reading, const char *at, const char *end, OrrDatumTree *tree);

/* Hands out all entries of a text: forms one after the other, or the members of one list that is all there is. `take` returns FALSE to end. */
typedef gboolean (*OrrTakeDatum) (gpointer data, const OrrDatumTree *tree);
void orr_datum_walk (OrrReading *reading, const OrrDatumSyntax *syntax, OrrTakeDatum take, gpointer data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OrrDatumTree, orr_datum_tree_free)

G_END_DECLS
