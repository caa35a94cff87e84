/* document.c: from libyaml's events to a tree.
 *
 * libyaml reports what it reads as a flat run of events. Containers that are open lie on a short stack, and
 * what they hold so far on a longer one; when a container ends, its children are taken from there at once.
 * Nothing here recurses, and whatever would cost more than the bounds of document.h allow ends the reading.
 */
#include "base/document-private.h"

#include <string.h>

/* A container that is still open. */
typedef struct
{
  OrrYaml *node;
  guint first; /* where its children start among the pending nodes; those of a map are key, value, key, value
                  … */
} Frame;

typedef struct
{
  yaml_parser_t parser;
  const char *file;
  OrrArena *arena;
  OrrProblems *problems;

  Frame frames[ORR_DOCUMENT_DEPTH_MAX];
  guint depth;
  GPtrArray *pending; /* OrrYaml * */
  guint n_nodes, n_documents;
  OrrYaml *root;
  gboolean stop; /* enough is known: read no further */
} Reader;

/* Puts a new node into the container that is open, or makes it the root. */
static OrrYaml *
add_node (Reader *reader, OrrYamlKind kind, const yaml_event_t *event)
{
  OrrYaml *node = orr_arena_new0 (reader->arena, OrrYaml);
  node->kind = kind;
  node->place = orr_yaml_place (reader->file, event->start_mark);
  if (++reader->n_nodes > ORR_DOCUMENT_NODES_MAX)
    {
      orr_problems_add (reader->problems, node->place, NULL, "the text holds more than %d values",
                        ORR_DOCUMENT_NODES_MAX);
      reader->root = NULL;
      reader->stop = TRUE;
    }
  else if (reader->depth > 0)
    g_ptr_array_add (reader->pending, node);
  else
    reader->root = node;
  return node;
}

/* Anchors and tags say nothing in this language. */
static void
refuse_properties (Reader *reader, const yaml_event_t *event, const yaml_char_t *anchor,
                   const yaml_char_t *tag)
{
  OrrPlace place = orr_yaml_place (reader->file, event->start_mark);
  if (anchor)
    orr_problems_add (reader->problems, place, "take it out, or put a text that starts with '&' in quotes",
                      "anchors can't be used here");
  if (tag)
    orr_problems_add (reader->problems, place, "take it out, or put a text that starts with '!' in quotes",
                      "tags can't be used here");
}

static void
add_alias (Reader *reader, const yaml_event_t *event)
{
  OrrYaml *node = add_node (reader, ORR_YAML_SCALAR, event);
  node->text = "";
  node->refused = TRUE;
  orr_problems_add (reader->problems, node->place,
                    "write the value out, or put a text that starts with '*' in quotes",
                    "aliases can't be used here");
}

/* TRUE where the scalar stands in its line character by character. Escapes and folded lines are longer in the
 * file than in the value. */
static gboolean
is_verbatim (const yaml_event_t *event, const char *text, gboolean quoted)
{
  glong width = (glong) event->end_mark.column - (glong) event->start_mark.column;
  return event->start_mark.line == event->end_mark.line
         && width == g_utf8_strlen (text, -1) + (quoted ? 2 : 0);
}

static void
add_scalar (Reader *reader, const yaml_event_t *event)
{
  OrrYaml *node = add_node (reader, ORR_YAML_SCALAR, event);
  const char *value = (const char *) event->data.scalar.value;
  gsize length = event->data.scalar.length;
  node->quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
  refuse_properties (reader, event, event->data.scalar.anchor, event->data.scalar.tag);
  node->refused = memchr (value, '\0', length) != NULL;
  if (node->refused)
    orr_problems_add (reader->problems, node->place, "take it out", "a text with a NUL character in it");
  char *text = orr_arena_copy (reader->arena, value, length + 1); /* libyaml ends it with a NUL */
  node->text = text;
  node->verbatim = is_verbatim (event, text, node->quoted);
}

static void
open_container (Reader *reader, OrrYamlKind kind, const yaml_event_t *event)
{
  OrrYaml *node = add_node (reader, kind, event);
  if (reader->depth == ORR_DOCUMENT_DEPTH_MAX)
    {
      orr_problems_add (reader->problems, node->place, NULL, "maps and lists lie more than %d deep",
                        ORR_DOCUMENT_DEPTH_MAX);
      reader->root = NULL;
      reader->stop = TRUE;
      return;
    }
  reader->frames[reader->depth++] = (Frame){ .node = node, .first = reader->pending->len };
}

static OrrYaml **
take_pending (Reader *reader, guint first)
{
  guint n = reader->pending->len - first;
  /* The array has no memory while nothing was ever put into it. */
  OrrYaml **nodes
      = orr_arena_copy (reader->arena, n > 0 ? reader->pending->pdata + first : NULL, n * sizeof (OrrYaml *));
  g_ptr_array_set_size (reader->pending, (gint) first);
  return nodes;
}

static gint
compare_keys (gconstpointer a, gconstpointer b, gpointer keys)
{
  guint i = *(const guint *) a, j = *(const guint *) b;
  gint order = strcmp (((OrrYaml **) keys)[i]->text, ((OrrYaml **) keys)[j]->text);
  return order != 0 ? order : i < j ? -1 : 1;
}

/* Refuses every key but the first of its name. Sorted, not hashed: no choice of keys makes it slow. */
static void
refuse_duplicates (Reader *reader, OrrYaml *map)
{
  if (map->n_children < 2)
    return;
  g_autofree guint *order = g_new (guint, map->n_children);
  for (guint i = 0; i < map->n_children; i++)
    order[i] = i;
  g_qsort_with_data (order, (gint) map->n_children, sizeof (guint), compare_keys, map->keys);
  const OrrYaml *first = map->keys[order[0]];
  for (guint i = 1; i < map->n_children; i++)
    {
      OrrYaml *key = map->keys[order[i]];
      if (strcmp (key->text, first->text) != 0)
        {
          first = key;
          continue;
        }
      g_autofree char *quoted = orr_quote (key->text);
      g_autofree char *remedy = g_strdup_printf ("keep one; the first is at line %u, column %u",
                                                 first->place.line, first->place.column);
      orr_problems_add (reader->problems, key->place, remedy, "the key %s is there twice", quoted);
      key->refused = TRUE;
    }
}

static gboolean
check_key (Reader *reader, const OrrYaml *key)
{
  if (key->kind == ORR_YAML_SCALAR && !key->refused && (*key->text || key->quoted))
    return TRUE;
  if (!key->refused)
    orr_problems_add (reader->problems, key->place, NULL,
                      key->kind == ORR_YAML_SCALAR ? "a ':' without a key before it"
                                                   : "a key must be a single word");
  return FALSE;
}

/* Leaves out the entries whose keys are refused. */
static void
drop_refused (OrrYaml *map)
{
  guint n = 0;
  for (guint i = 0; i < map->n_children; i++)
    if (!map->keys[i]->refused)
      {
        map->keys[n] = map->keys[i];
        map->children[n++] = map->children[i];
      }
  map->n_children = n;
}

static void
close_map (Reader *reader)
{
  Frame *frame = &reader->frames[--reader->depth];
  guint n = (reader->pending->len - frame->first) / 2;
  OrrYaml **nodes = take_pending (reader, frame->first);
  OrrYaml *map = frame->node;
  map->keys = orr_arena_alloc (reader->arena, n * sizeof (OrrYaml *));
  map->children = orr_arena_alloc (reader->arena, n * sizeof (OrrYaml *));
  for (guint i = 0; i < n; i++)
    if (check_key (reader, nodes[2 * i]))
      {
        map->keys[map->n_children] = nodes[2 * i];
        map->children[map->n_children++] = nodes[2 * i + 1];
      }
  refuse_duplicates (reader, map);
  drop_refused (map);
}

static void
close_list (Reader *reader)
{
  Frame *frame = &reader->frames[--reader->depth];
  frame->node->n_children = reader->pending->len - frame->first;
  frame->node->children = take_pending (reader, frame->first);
}

static void
start_document (Reader *reader, const yaml_event_t *event)
{
  OrrPlace place = orr_yaml_place (reader->file, event->start_mark);
  reader->n_documents++;
  if (reader->n_documents > 1)
    {
      orr_problems_add (reader->problems, place, "keep one document a file", "a second document starts here");
      reader->stop = TRUE;
    }
  else if (event->data.document_start.version_directive
           || event->data.document_start.tag_directives.start
                  != event->data.document_start.tag_directives.end)
    orr_problems_add (reader->problems, place, "take the line that starts with '%' out",
                      "directives can't be used here");
}

static void
handle (Reader *reader, const yaml_event_t *event)
{
  switch (event->type)
    {
    case YAML_DOCUMENT_START_EVENT:
      start_document (reader, event);
      break;
    case YAML_ALIAS_EVENT:
      add_alias (reader, event);
      break;
    case YAML_SCALAR_EVENT:
      add_scalar (reader, event);
      break;
    case YAML_SEQUENCE_START_EVENT:
      refuse_properties (reader, event, event->data.sequence_start.anchor, event->data.sequence_start.tag);
      open_container (reader, ORR_YAML_LIST, event);
      break;
    case YAML_MAPPING_START_EVENT:
      refuse_properties (reader, event, event->data.mapping_start.anchor, event->data.mapping_start.tag);
      open_container (reader, ORR_YAML_MAP, event);
      break;
    case YAML_SEQUENCE_END_EVENT:
      close_list (reader);
      break;
    case YAML_MAPPING_END_EVENT:
      close_map (reader);
      break;
    case YAML_STREAM_END_EVENT:
      reader->stop = TRUE;
      break;
    default:
      break;
    }
}

/* Reads all events. The text has been checked. */
static void
read_events (Reader *reader, const char *text, gsize length)
{
  if (!yaml_parser_initialize (&reader->parser))
    g_error ("out of memory");
  yaml_parser_set_encoding (&reader->parser, YAML_UTF8_ENCODING);
  yaml_parser_set_input_string (&reader->parser, (const unsigned char *) text, length);
  while (!reader->stop)
    {
      yaml_event_t event;
      if (!yaml_parser_parse (&reader->parser, &event))
        {
          orr_yaml_explain (&reader->parser, reader->file, text, length, reader->problems);
          reader->root = NULL;
          break;
        }
      handle (reader, &event);
      yaml_event_delete (&event);
    }
  yaml_parser_delete (&reader->parser);
}

OrrYaml *
orr_yaml_parse_from (const char *file, const char *text, gsize length, OrrArena *arena, OrrProblems *problems)
{
  static const char byte_order_mark[] = "\xef\xbb\xbf";
  if (length >= 3 && memcmp (text, byte_order_mark, 3) == 0)
    {
      text += 3;
      length -= 3;
    }
  if (length == 0)
    text = ""; /* libyaml wants to be given something */
  if (!orr_yaml_check_text (file, text, length, problems))
    return NULL;

  guint n_problems = orr_problems_get_length (problems);
  Reader reader = { .file = file, .arena = arena, .problems = problems, .pending = g_ptr_array_new () };
  read_events (&reader, text, length);
  g_ptr_array_unref (reader.pending);

  OrrYaml *root = reader.root;
  gboolean empty
      = !root || (root->kind == ORR_YAML_SCALAR && !root->quoted && *root->text == '\0' && !root->refused);
  if (empty && orr_problems_get_length (problems) == n_problems)
    orr_problems_add (problems, (OrrPlace){ .file = file }, "write a 'name: value' on each line",
                      "the text is empty");
  return empty ? NULL : root;
}

OrrYaml *
orr_yaml_parse (const char *text, gsize length, OrrArena *arena, OrrProblems *problems)
{
  return orr_yaml_parse_from (NULL, text, length, arena, problems);
}
