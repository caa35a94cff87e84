/* datum.c: trees of data, and what becomes of them. */
#include "history/formats/datum.h"

OrrDatumTree *
orr_datum_tree_new (void)
{
  OrrDatumTree *tree = g_new0 (OrrDatumTree, 1);
  tree->nodes = g_array_new (FALSE, FALSE, sizeof (OrrDatum));
  tree->texts = g_string_chunk_new (1024);
  return tree;
}

void
orr_datum_tree_free (OrrDatumTree *tree)
{
  if (!tree)
    return;
  g_array_unref (tree->nodes);
  g_string_chunk_free (tree->texts);
  g_free (tree);
}

void
orr_datum_tree_clear (OrrDatumTree *tree)
{
  g_array_set_size (tree->nodes, 0);
  g_string_chunk_clear (tree->texts);
}

guint32
orr_datum_add (OrrDatumTree *tree, OrrDatumKind kind, const char *at)
{
  OrrDatum node = { .kind = kind, .at = at, .end = tree->nodes->len + 1 };
  g_array_append_val (tree->nodes, node);
  return tree->nodes->len - 1;
}

void
orr_datum_add_text (OrrDatumTree *tree, const char *at, const char *text, gsize length)
{
  OrrDatum *node = orr_datum_get (tree, orr_datum_add (tree, ORR_DATUM_TEXT, at));
  node->text = text;
  node->length = (guint32) length;
}

const OrrDatum *
orr_datum_lookup (const OrrDatumTree *tree, const OrrDatum *map, const char *word)
{
  const OrrDatum *key = orr_datum_first (map);
  for (guint32 i = 0; i < map->n; i += 2)
    {
      const OrrDatum *value = orr_datum_next (tree, key);
      if (orr_datum_is (key, word))
        return value;
      key = orr_datum_next (tree, value);
    }
  return NULL;
}

static OrrValue
list_value (OrrReading *reading, const OrrDatumTree *tree, const OrrDatum *datum)
{
  OrrValue list = orr_terms_empty_list (reading->terms);
  const OrrDatum *member = orr_datum_first (datum);
  gboolean pairs = datum->kind == ORR_DATUM_MAP;
  for (guint32 i = 0; i < datum->n; i++)
    {
      OrrValue value = orr_datum_value (reading, tree, member);
      member = orr_datum_next (tree, member);
      if (pairs)
        {
          OrrValue pair[] = { value, orr_datum_value (reading, tree, member) };
          member = orr_datum_next (tree, member);
          value = orr_terms_list (reading->terms, 2, pair);
          i++;
        }
      list = orr_terms_append (reading->terms, list, value);
    }
  return list;
}

OrrValue
orr_datum_value (OrrReading *reading, const OrrDatumTree *tree, const OrrDatum *datum)
{
  switch (datum->kind)
    {
    case ORR_DATUM_NIL:
      return ORR_NIL;
    case ORR_DATUM_NUMBER:
      return orr_value_int (datum->number);
    case ORR_DATUM_TEXT:
      return orr_reading_text (reading, datum->text, datum->length);
    case ORR_DATUM_LIST:
    case ORR_DATUM_SET:
    case ORR_DATUM_MAP:
      return list_value (reading, tree, datum);
    }
  g_assert_not_reached ();
}

char *
orr_datum_quote (const OrrDatum *datum, const OrrReading *reading)
{
  const char *end = datum->at;
  switch (datum->kind)
    {
    case ORR_DATUM_NIL:
      return g_strdup ("nothing");
    case ORR_DATUM_LIST:
      return g_strdup ("a list");
    case ORR_DATUM_SET:
      return g_strdup ("a set");
    case ORR_DATUM_MAP:
      return g_strdup ("a map");
    case ORR_DATUM_NUMBER:
      return g_strdup_printf ("%" G_GINT64_FORMAT, datum->number);
    case ORR_DATUM_TEXT:
      break;
    }
  gboolean keyword = end < reading->end && *end == ':';
  g_autofree char *text = g_strndup (datum->text, datum->length);
  g_autofree char *whole = g_strconcat (keyword ? ":" : "", text, NULL);
  return orr_quote (whole);
}

/* --- The entries of a text --- */

typedef struct
{
  OrrReading *reading;
  const OrrDatumSyntax *syntax;
  const char *cursor, *end;
  const char *start; /* of the list that holds all; NULL: there is none */
  char closing;
} Walk;

static void
skip (Walk *walk)
{
  walk->syntax->skip (&walk->cursor, walk->end);
}

/* Are the entries the members of one list? Then the cursor goes into it. */
static void
enter_list (Walk *walk)
{
  skip (walk);
  if (walk->cursor == walk->end || !strchr (walk->syntax->opening, *walk->cursor))
    return;
  walk->start = walk->cursor;
  walk->closing = *walk->cursor == '[' ? ']' : ')';
  walk->cursor++;
}

static gboolean
is_at_end (const Walk *walk)
{
  return walk->cursor == walk->end || (walk->start && *walk->cursor == walk->closing);
}

/* Behind an entry: to the next one. FALSE where that is not as it should be. */
static gboolean
go_on (Walk *walk)
{
  skip (walk);
  if (!walk->start || !walk->syntax->commas || is_at_end (walk))
    return TRUE;
  if (*walk->cursor != ',')
    {
      orr_reading_problem (walk->reading, walk->cursor, "write a ',' before it",
                           "two entries stand together here");
      return FALSE;
    }
  const char *comma = walk->cursor++;
  skip (walk);
  if (!is_at_end (walk))
    return TRUE;
  orr_reading_problem (walk->reading, comma, "take it out", "there is no entry behind this ','");
  return FALSE;
}

static void
end_list (Walk *walk)
{
  if (walk->cursor == walk->end)
    {
      OrrPlace place = orr_reading_place (walk->reading, walk->start);
      g_autofree char *remedy = g_strdup_printf ("end it with a '%c'", walk->closing);
      orr_reading_problem (walk->reading, walk->end, remedy,
                           "the text ends in the list that begins in line %u", place.line);
      return;
    }
  walk->cursor++;
  skip (walk);
  if (walk->cursor < walk->end)
    orr_reading_problem (walk->reading, walk->cursor, "put all operations into the list, or none",
                         "there is something behind the list of operations");
}

void
orr_datum_walk (OrrReading *reading, const OrrDatumSyntax *syntax, OrrTakeDatum take, gpointer data)
{
  g_autoptr (OrrDatumTree) tree = orr_datum_tree_new ();
  Walk walk = { .reading = reading, .syntax = syntax, .cursor = reading->text, .end = reading->end };
  enter_list (&walk);
  for (skip (&walk); !is_at_end (&walk); skip (&walk))
    {
      if (orr_reading_is_hopeless (reading) || !syntax->read (reading, &walk.cursor, walk.end, tree))
        return;
      if (!take (data, tree) || !go_on (&walk))
        return;
    }
  if (walk.start)
    end_list (&walk);
}
