/* document.h: a YAML text as a tree that knows where everything stands.
 *
 * The scenario language is a small part of YAML: maps, lists and scalars, nothing else. Scalars stay text, so that the field tables decide
 * what they mean and `off` stays a word. Anchors, aliases, tags, several documents, duplicate keys, tabs and invalid UTF-8 are problems with
 * their place; depth and size are bounded, so that no text, however hostile, costs much. JSON is read by the same reader, being a part of YAML. */
#pragma once

#include "base/field.h"

G_BEGIN_DECLS

/* Bounds on what is read: a scenario that a person or the shrinker writes is far below. */
#define ORR_DOCUMENT_BYTES_MAX (8 * 1024 * 1024)
#define ORR_DOCUMENT_DEPTH_MAX 32
#define ORR_DOCUMENT_NODES_MAX 1000000

typedef enum
{
  ORR_YAML_SCALAR,
  ORR_YAML_LIST,
  ORR_YAML_MAP,
} OrrYamlKind;

typedef struct OrrYaml OrrYaml;
struct OrrYaml
{
  OrrYamlKind kind;
  OrrPlace place;
  const char *text;  /* scalar: UTF-8 */
  gboolean quoted;   /* scalar: it was written in quotes or as a block */
  gboolean verbatim; /* scalar: it stands in the file just so, on one line: its n-th character is n columns further */
  gboolean refused;  /* it was an alias, or held what no text may: its problem has been said, and readers pass over it in silence */
  guint n_children;  /* list: elements; map: entries */
  OrrYaml **keys;    /* map: scalars, in the order of the text */
  OrrYaml **children; /* list: elements; map: values */
};

/* Reads `length` bytes. Problems go to `problems`; returns NULL when there is no tree at all. The arena owns the tree. */
ORR_PUBLIC OrrYaml *orr_yaml_parse (const char *text, gsize length, OrrArena *arena, OrrProblems *problems);

/* The value of `key` in a map, or NULL; NULL also where `map` is NULL or no map. */
ORR_PUBLIC OrrYaml *orr_yaml_get (const OrrYaml *map, const char *key);

/* Replaces, or makes, the value at a dotted path ("options.router.window", "faults.0.at") by the tree of `text`, for --set. `text` is YAML on one
 * line. Maps on the way are made; a list is entered by index from 0, and grows by one where the index is its length. Where a map has a key with
 * dots in it ("staleness.p99"), the longest key that fits is taken. Problems in the value, also those found when it is read, are of the file
 * "--set PATH". When it fails, the tree is as it was. */
ORR_PUBLIC gboolean orr_yaml_set (OrrYaml *root, const char *path, const char *text, OrrArena *arena, OrrProblems *problems);

/* What stands at a dotted path, found as orr_yaml_set finds it; NULL: nothing. */
ORR_PUBLIC OrrYaml *orr_yaml_find (const OrrYaml *root, const char *path);

/* Takes away what stands at a dotted path: an entry of a map or of a list, whose later entries move up. FALSE: nothing stood there. */
ORR_PUBLIC gboolean orr_yaml_remove (OrrYaml *root, const char *path);

/* The place of a path, or of the nearest part of it that exists. */
ORR_PUBLIC OrrPlace orr_yaml_locate (const OrrYaml *root, const char *path);

/* Reads a map into a struct by its field table: defaults, required and unknown keys (with "did you mean"), tags, bounds, nested records, lists
 * and maps. `skip` (may be NULL; ends with NULL) names keys that someone else reads; those behind an
 * empty one are not offered where a key is unknown. `what` names the record in messages ("a link"). Returns whether no problem was added. */
ORR_PUBLIC gboolean orr_yaml_read (const OrrYaml *map, const OrrField *fields, const char *what, const char *const *skip,
                                   const OrrContext *context, gpointer value, OrrProblems *problems);

/* Reads one value of one field, whatever its type. `value` is the member itself, at `field->offset` of its struct. */
ORR_PUBLIC gboolean orr_yaml_read_field (const OrrYaml *node, const OrrField *field, const OrrContext *context, gpointer value,
                                         OrrProblems *problems);

/* Writing. A writer appends block-style YAML and quotes what YAML, or a reader of ours, would take for something else. `defaults`: whether fields
 * that hold their default are written too. Fields that are unset or do not apply are left out. */
ORR_PUBLIC void orr_yaml_write_fields (const OrrField *fields, const OrrContext *context, gconstpointer value, gboolean defaults,
                                       guint indent, GString *text);
/* One scalar, plain where that is safe anywhere, else in double quotes. */
ORR_PUBLIC void orr_yaml_write_scalar (const char *scalar, GString *text);
/* A tree on one line: {a: 1, b: [2, 3]}. */
ORR_PUBLIC void orr_yaml_write_node (const OrrYaml *node, GString *text);
/* A record on one line; fields that hold their default are left out. */
ORR_PUBLIC void orr_yaml_write_flow (const OrrField *fields, const OrrContext *context, gconstpointer value, GString *text); /* {a: 1, b: 2} */

G_END_DECLS
