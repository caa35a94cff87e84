/* field.h: records that are described once.
 *
 * A message, an option, a fault's settings, the scenario itself: each is a plain C struct, and beside it stands one table that names its
 * fields, their types, units, defaults and meaning. Everything else is derived from that table: reading it from a scenario with places and
 * suggestions, writing it back, printing it in a trace, hashing it into a digest, the reference pages and the JSON Schema. So no model
 * writes a parser or a printf of its own, and what the documentation says can't differ from what the program does.
 *
 *     typedef struct { OrrKey key; OrrTime sent_at; } Ping;
 *
 *     static const OrrField ping_fields[] = {
 *       ORR_FIELD (Ping, key, KEY, .doc = "what is asked for"),
 *       ORR_FIELD (Ping, sent_at, DURATION, .doc = "the sender's wall clock"),
 *       { 0 }
 *     };
 *
 * Field names are written with '-' where the member has '_'. A field without `initial` that is not `required` may be left out; it then
 * holds its type's unset value (named at each type below). */
#pragma once

#include "base/arena.h"
#include "base/distribution.h"
#include "base/problems.h"
#include "base/time.h"
#include "base/value.h"

G_BEGIN_DECLS

typedef struct OrrField OrrField;
typedef struct OrrType OrrType;

/* A role instance in a run (an actor on a node): its index in the layout. */
typedef guint32 OrrAddress;
#define ORR_NOBODY ((OrrAddress) G_MAXUINT32)

/* A read-only run of elements. In a scenario the arena owns it; in messages and logs the run counts it (engine/model.h). */
typedef struct
{
  gconstpointer data;
  guint32 length; /* elements */
} OrrArray;

/* A word that a field may hold, and what it means. Tables end with a NULL name. */
typedef struct
{
  const char *name, *doc;
} OrrChoice;

struct OrrField
{
  const char *name;
  const OrrType *type;
  gsize offset, size;

  const OrrField *fields;   /* RECORD, LIST and MAP of records: the fields of the record or element; ends with a NULL name */
  const OrrType *element;   /* LIST: the type of an element that is not a record */
  gsize element_size;       /* LIST, MAP: sizeof an element */
  const OrrChoice *choices; /* CHOICE: the words, in the order of the member's enumeration, from 0 */
  const char *shorthand;    /* RECORD, element: a bare scalar (or a bare list, if the field is a LIST) stands for this field of it */

  const char *tag, *when; /* valid only where the field `tag` before it, a CHOICE or BOOL, is one of `when` ("lsn" or "lsn|min-timestamp") */
  const char *initial;    /* the default, as a scenario would write it; NULL: unset */
  gboolean required;
  gint64 least, most; /* numbers and durations: the bounds; none when both are 0, no upper one when `most` is below `least` */
  const char *doc;
};

#define ORR_FIELD(Struct, member, TYPE, ...) \
  { .name = #member, .type = &orr_type_##TYPE, .offset = G_STRUCT_OFFSET (Struct, member), \
    .size = sizeof (((Struct *) 0)->member), __VA_ARGS__ }

/* Traits of a record that matter to the engine. */
typedef enum
{
  ORR_DATAGRAM = 0,        /* message: may be lost, doubled and overtaken */
  ORR_STREAM = 1 << 0,     /* message: in order on its link, sent again when lost; `on_link` tells of a break */
  ORR_BACKGROUND = 1 << 1, /* message, timer: does not keep a run from being quiet (heartbeats) */
} OrrFlags;

/* A named struct: one kind of message, timer, log, cell, fact, action, or a model's options. Tables end with a NULL name. */
typedef struct
{
  const char *name;
  gsize size;             /* sizeof; 0 where there is nothing to say */
  const OrrField *fields; /* ends with a NULL name; NULL where size is 0 */
  OrrFlags flags;
  const char *doc;
} OrrRecord;

#define ORR_RECORD(record_name, Struct, field_table, ...) \
  { .name = record_name, .size = sizeof (Struct), .fields = field_table, __VA_ARGS__ }

/* What reading and printing need to know besides the text. */
typedef struct
{
  OrrArena *arena;              /* where what is read lives; not needed for printing */
  OrrTerms *terms;              /* keys and values; may be NULL where no field is of these types */
  const char *directory;        /* for files that a value names; may be NULL */
  const char *const *names;     /* of all addresses, in order; NULL: not known (yet) */
  guint n_names;
  GHashTable *index;            /* name → its place in `names` + 1, where there are so many that searching would be slow; may be NULL */
  GHashTable *doubtful;         /* set of names that may exist besides, and of what stands before their number; may be NULL */

  const OrrRecord *messages;    /* of the model: what a MESSAGE may be; NULL: not known */
  gboolean whole; /* printing: what is in files that a value names is written out */

  /* For parsers, filled by whoever reads a file. */
  gboolean quoted;    /* the scalar stood in quotes: for keys and values, "12" is a text */
  gsize *ret_offset;  /* where a parser that fails says which byte of the text is to blame; may be NULL */
} OrrContext;

/* TRUE where a name that is not there may exist nevertheless: what decides about it could not be read. */
gboolean orr_context_doubts (const OrrContext *context, const char *name);

/* How one type of value is read and written. Models may add their own (a log position); all hooks are pure. */
struct OrrType
{
  const char *name;   /* "duration": for messages and reference pages */
  const char *form;   /* how it is written, with an example: "a duration with its unit, like 5s or 200ms" */
  const char *schema; /* JSON Schema of its scenario form */
  gsize size;         /* sizeof the member; 0: any (composites) */

  /* Reads a scalar's text into `value`, the member. Returns FALSE, the member as it was, with a message that the caller frees: what is wrong, to
   * which the caller adds the form; or "what is wrong; what would be right" where the parser knows better. */
  gboolean (*parse) (const OrrField *field, const OrrContext *context, const char *text, gpointer value, char **ret_message);
  /* Appends the canonical text, which `parse` reads back to the same value. Never called for an unset value. */
  void (*print) (const OrrField *field, const OrrContext *context, gconstpointer value, GString *text);
  /* As JSON; NULL: `print` as a JSON string. */
  void (*print_json) (const OrrField *field, const OrrContext *context, gconstpointer value, GString *text);
  /* A word for digests, equal on every machine; NULL: the bytes of an integer of `size`. */
  guint64 (*hash) (const OrrField *field, const OrrContext *context, gconstpointer value);
  void (*set_unset) (gpointer value);
  gboolean (*is_unset) (gconstpointer value);
  /* Which of two comes first: below 0, 0, above 0. NULL: unsigned integers of `size` where there is no `hash` either, else by their JSON text. */
  gint (*compare) (const OrrField *field, const OrrContext *context, gconstpointer a, gconstpointer b);
};

/* The types. After each: the member's C type, and the value that stands for "not given". */
extern ORR_PUBLIC const OrrType orr_type_BOOL;         /* gboolean: true, false; unset -1 */
extern ORR_PUBLIC const OrrType orr_type_INT;          /* gint64; unset G_MININT64 */
extern ORR_PUBLIC const OrrType orr_type_COUNT;        /* guint32; unset G_MAXUINT32 */
extern ORR_PUBLIC const OrrType orr_type_NUMBER;       /* guint64, printed in full; never unset */
extern ORR_PUBLIC const OrrType orr_type_REAL;         /* double; unset NaN */
extern ORR_PUBLIC const OrrType orr_type_DURATION;     /* OrrTime; unset ORR_TIME_UNSET */
extern ORR_PUBLIC const OrrType orr_type_DISTRIBUTION; /* OrrDistribution *; unset NULL */
extern ORR_PUBLIC const OrrType orr_type_SIZE;         /* gint64, bytes; unset G_MININT64 */
extern ORR_PUBLIC const OrrType orr_type_BIT_RATE;     /* gint64, bits a second; unset G_MININT64 */
extern ORR_PUBLIC const OrrType orr_type_SHARE;        /* gint64, parts per billion; unset G_MININT64 */
extern ORR_PUBLIC const OrrType orr_type_DRIFT;        /* gint64, parts per billion with a sign; unset G_MININT64 */
extern ORR_PUBLIC const OrrType orr_type_TEXT;         /* const char *; unset NULL */
extern ORR_PUBLIC const OrrType orr_type_NAME;         /* const char *, [a-z][a-z0-9-]*; unset NULL */
extern ORR_PUBLIC const OrrType orr_type_NODE;         /* const char *, the name of a node of this scenario; unset NULL */
extern ORR_PUBLIC const OrrType orr_type_MESSAGE;      /* const char *, the name of a message of the scenario's model; unset NULL */
extern ORR_PUBLIC const OrrType orr_type_ADDRESS;      /* OrrAddress, written as the node's name; unset ORR_NOBODY */
extern ORR_PUBLIC const OrrType orr_type_KEY;          /* OrrKey; unset ORR_NIL */
extern ORR_PUBLIC const OrrType orr_type_VALUE;        /* OrrValue, `nil` included; never unset */
extern ORR_PUBLIC const OrrType orr_type_REQUEST;      /* OrrRequest (base/operation.h); in traces alone */
extern ORR_PUBLIC const OrrType orr_type_CHOICE;       /* gint32, an index into `choices`; unset -1 */
extern ORR_PUBLIC const OrrType orr_type_RECORD;       /* a struct within the struct; left out, its fields take their defaults */
extern ORR_PUBLIC const OrrType orr_type_LIST;         /* OrrArray; unset: no data */
extern ORR_PUBLIC const OrrType orr_type_MAP;          /* OrrArray of records whose first field is the key; unset: no data */

/* Fills a struct with its defaults (`initial`, else unset). */
ORR_PUBLIC void orr_fields_init (const OrrField *fields, const OrrContext *context, gpointer value);

/* One line of JSON: {"key":"x","sent-at":"5ms"}; unset fields and those whose tag does not apply are left out. */
ORR_PUBLIC void orr_fields_print_json (const OrrField *fields, const OrrContext *context, gconstpointer value, GString *text);

/* In words for people: "term=3 leader=n1"; those that are left out above are left out here. */
ORR_PUBLIC void orr_fields_print_words (const OrrField *fields, const OrrContext *context, gconstpointer value, GString *text);

/* Mixes every field into a digest, independent of padding, addresses of memory and numbering of terms. */
ORR_PUBLIC guint64 orr_fields_hash (const OrrField *fields, const OrrContext *context, gconstpointer value, guint64 digest);

/* Compares two members that this field describes, or of which another table says the same; one that is unset comes first. */
ORR_PUBLIC gint orr_field_compare (const OrrField *field, const OrrContext *context, gconstpointer a, gconstpointer b);

/* The field by its scenario name ('-' for '_'), or NULL. */
ORR_PUBLIC const OrrField *orr_fields_find (const OrrField *fields, const char *name);

/* TRUE where the field applies: it has no tag, or its sibling holds one of the words it wants. */
ORR_PUBLIC gboolean orr_field_applies (const OrrField *fields, const OrrField *field, gconstpointer value);

/* A field's or record's name as scenarios write it ('-' for '_'). */
ORR_PUBLIC void orr_name_print (const char *name, GString *text);

/* The index of a record in a table that ends with a NULL name, by its scenario name; -1 where there is none or no table. */
ORR_PUBLIC gint orr_records_find (const OrrRecord *records, const char *name);

G_END_DECLS
