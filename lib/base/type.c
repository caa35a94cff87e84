/* type.c: the types of single values.
 *
 * Each type is one const table: how its text is read and printed, how it is hashed, and which of its values
 * stands for "not given". What holds several values (records, lists, maps) is in field.c. */
#include "base/field.h"

#include "base/distribution-private.h"
#include "base/json.h"
#include "base/operation.h"
#include "base/quantity.h"

#include <string.h>
#include <xxhash.h>

#define SEED_OF_TEXT G_GUINT64_CONSTANT (0x7465787474657874)

/* Fails with a message that cites the text. */
static gboolean G_GNUC_PRINTF (3, 4) refuse (char **ret_message, const char *text, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *reason = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_autofree char *quoted = orr_quote (text);
  *ret_message = g_strdup_printf ("%s %s", quoted, reason);
  return FALSE;
}

static void
print_owned (char *text, GString *string)
{
  g_string_append (string, text);
  g_free (text);
}

/* Holds a number against the bounds of its field, which are printed by `type`, one whose member is a gint64.
 */
static gboolean
check_bounds (const OrrField *field, const OrrType *type, const char *text, gint64 number, char **ret_message)
{
  gboolean bounded = field->least != 0 || field->most != 0;
  gboolean low = bounded && number < field->least;
  gboolean high = bounded && field->most >= field->least && number > field->most;
  if (!low && !high)
    return TRUE;
  g_autoptr (GString) bound = g_string_new (NULL);
  type->print (field, NULL, low ? &field->least : &field->most, bound);
  return refuse (ret_message, text, "is too %s; the %s is %s", low ? "small" : "large",
                 low ? "least" : "most", bound->str);
}

/* --- Unset values --- */

static void
set_unset_int64 (gpointer value)
{
  *(gint64 *) value = G_MININT64;
}

static gboolean
is_unset_int64 (gconstpointer value)
{
  return *(const gint64 *) value == G_MININT64;
}

G_STATIC_ASSERT (ORR_TIME_UNSET == G_MININT64);

static gint
compare_int64 (const OrrField *field G_GNUC_UNUSED, const OrrContext *context G_GNUC_UNUSED, gconstpointer a,
               gconstpointer b)
{
  gint64 left = *(const gint64 *) a, right = *(const gint64 *) b;
  return (left > right) - (left < right);
}

static void
set_unset_int32 (gpointer value)
{
  *(gint32 *) value = -1;
}

static gboolean
is_unset_int32 (gconstpointer value)
{
  return *(const gint32 *) value == -1;
}

/* Also of unsigned ones: their unset value has the same bits. */
G_STATIC_ASSERT (ORR_NOBODY == G_MAXUINT32 && (guint32) -1 == G_MAXUINT32 && sizeof (gboolean) == 4);

static void
set_unset_pointer (gpointer value)
{
  *(gpointer *) value = NULL;
}

static gboolean
is_unset_pointer (gconstpointer value)
{
  return *(const gconstpointer *) value == NULL;
}

static void
set_unset_zero (gpointer value)
{
  *(guint64 *) value = 0;
}

static gboolean
is_never_unset (gconstpointer value G_GNUC_UNUSED)
{
  return FALSE;
}

/* --- Booleans and plain numbers --- */

static gboolean
bool_parse (const OrrField *field G_GNUC_UNUSED, const OrrContext *context G_GNUC_UNUSED, const char *text,
            gpointer value, char **ret_message)
{
  gboolean is_true = strcmp (text, "true") == 0;
  if (!is_true && strcmp (text, "false") != 0)
    return refuse (ret_message, text, "is neither true nor false");
  *(gboolean *) value = is_true;
  return TRUE;
}

static void
bool_print (const OrrField *field G_GNUC_UNUSED, const OrrContext *context G_GNUC_UNUSED, gconstpointer value,
            GString *text)
{
  g_string_append (text, *(const gboolean *) value ? "true" : "false");
}

static guint64
bool_hash (const OrrField *field G_GNUC_UNUSED, const OrrContext *context G_GNUC_UNUSED, gconstpointer value)
{
  return *(const gboolean *) value ? 1 : 0;
}

const OrrType orr_type_BOOL = {
  .name = "boolean",
  .form = "true or false",
  .schema = "{\"type\":\"boolean\"}",
  .size = sizeof (gboolean),
  .parse = bool_parse,
  .print = bool_print,
  .print_json = bool_print,
  .hash = bool_hash,
  .set_unset = set_unset_int32,
  .is_unset = is_unset_int32,
};

/* A whole number in decimal digits, within what its C type holds. */
static gboolean
parse_signed (const char *text, gint64 least, gint64 most, gint64 *ret_number, char **ret_message)
{
  g_autoptr (GError) error = NULL;
  if (g_ascii_string_to_signed (text, 10, least, most, ret_number, &error))
    return TRUE;
  if (!g_error_matches (error, G_NUMBER_PARSER_ERROR, G_NUMBER_PARSER_ERROR_OUT_OF_BOUNDS))
    return refuse (ret_message, text, "is not a whole number");
  gboolean low = *text == '-';
  return refuse (ret_message, text, "is too %s; the %s is %" G_GINT64_FORMAT, low ? "small" : "large",
                 low ? "least" : "most", low ? least : most);
}

static gboolean
int_parse (const OrrField *field, const OrrContext *context G_GNUC_UNUSED, const char *text, gpointer value,
           char **ret_message)
{
  gint64 number;
  if (!parse_signed (text, G_MININT64 + 1, G_MAXINT64, &number, ret_message)
      || !check_bounds (field, &orr_type_INT, text, number, ret_message))
    return FALSE;
  *(gint64 *) value = number;
  return TRUE;
}

static void
int_print (const OrrField *field G_GNUC_UNUSED, const OrrContext *context G_GNUC_UNUSED, gconstpointer value,
           GString *text)
{
  g_string_append_printf (text, "%" G_GINT64_FORMAT, *(const gint64 *) value);
}

const OrrType orr_type_INT = {
  .name = "integer",
  .form = "a whole number, like 12 or -3",
  .schema = "{\"type\":\"integer\"}",
  .size = sizeof (gint64),
  .parse = int_parse,
  .print = int_print,
  .print_json = int_print,
  .set_unset = set_unset_int64,
  .is_unset = is_unset_int64,
  .compare = compare_int64,
};

static gboolean
count_parse (const OrrField *field, const OrrContext *context G_GNUC_UNUSED, const char *text, gpointer value,
             char **ret_message)
{
  gint64 number;
  gint64 least = MAX (field->least, 0), most = G_MAXUINT32 - 1;
  if ((field->least != 0 || field->most != 0) && field->most >= least)
    most = MIN (field->most, most);
  if (!parse_signed (text, *text == '-' ? least : 0, most, &number, ret_message)
      || !check_bounds (field, &orr_type_INT, text, number, ret_message))
    return FALSE;
  *(guint32 *) value = (guint32) number;
  return TRUE;
}

static void
count_print (const OrrField *field G_GNUC_UNUSED, const OrrContext *context G_GNUC_UNUSED,
             gconstpointer value, GString *text)
{
  g_string_append_printf (text, "%u", *(const guint32 *) value);
}

const OrrType orr_type_COUNT = {
  .name = "count",
  .form = "a whole number from 0, like 3",
  .schema = "{\"type\":\"integer\",\"minimum\":0,\"maximum\":4294967294}",
  .size = sizeof (guint32),
  .parse = count_parse,
  .print = count_print,
  .print_json = count_print,
  .set_unset = set_unset_int32,
  .is_unset = is_unset_int32,
};

static gboolean
number_parse (const OrrField *field, const OrrContext *context G_GNUC_UNUSED, const char *text,
              gpointer value, char **ret_message)
{
  guint64 number;
  g_autoptr (GError) error = NULL;
  if (!g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT64, &number, &error))
    {
      if (g_error_matches (error, G_NUMBER_PARSER_ERROR, G_NUMBER_PARSER_ERROR_OUT_OF_BOUNDS))
        return refuse (ret_message, text, "is too large; the most is %" G_GUINT64_FORMAT, G_MAXUINT64);
      return refuse (ret_message, text, "is not a whole number from 0");
    }
  gint64 clipped = (gint64) MIN (number, (guint64) G_MAXINT64);
  if (!check_bounds (field, &orr_type_INT, text, clipped, ret_message))
    return FALSE;
  *(guint64 *) value = number;
  return TRUE;
}

static void
number_print (const OrrField *field G_GNUC_UNUSED, const OrrContext *context G_GNUC_UNUSED,
              gconstpointer value, GString *text)
{
  g_string_append_printf (text, "%" G_GUINT64_FORMAT, *(const guint64 *) value);
}

const OrrType orr_type_NUMBER = {
  .name = "number",
  .form = "a whole number from 0, like 42",
  .schema = "{\"type\":\"integer\",\"minimum\":0}",
  .size = sizeof (guint64),
  .parse = number_parse,
  .print = number_print,
  .print_json = number_print,
  .set_unset = set_unset_zero,
  .is_unset = is_never_unset,
};

static gboolean
real_check_bounds (const OrrField *field, const char *text, double number, char **ret_message)
{
  if (field->least == 0 && field->most == 0)
    return TRUE;
  if (number < (double) field->least)
    return check_bounds (field, &orr_type_INT, text, G_MININT64, ret_message);
  if (field->most >= field->least && number > (double) field->most)
    return check_bounds (field, &orr_type_INT, text, G_MAXINT64, ret_message);
  return TRUE;
}

static gboolean
real_parse (const OrrField *field, const OrrContext *context G_GNUC_UNUSED, const char *text, gpointer value,
            char **ret_message)
{
  char *end;
  if (!*text || strspn (text, "+-.0123456789eE") != strlen (text))
    return refuse (ret_message, text, "is not a number");
  double number = g_ascii_strtod (text, &end);
  if (*end)
    return refuse (ret_message, text, "is not a number");
  if (number - number != 0) /* infinite */
    return refuse (ret_message, text, "is too large; the most is 1.7976931348623157e+308");
  if (!real_check_bounds (field, text, number, ret_message))
    return FALSE;
  *(double *) value = number;
  return TRUE;
}

static void
real_print (const OrrField *field G_GNUC_UNUSED, const OrrContext *context G_GNUC_UNUSED, gconstpointer value,
            GString *text)
{
  print_owned (orr_real_to_text (*(const double *) value), text);
}

static void
real_print_json (const OrrField *field G_GNUC_UNUSED, const OrrContext *context G_GNUC_UNUSED,
                 gconstpointer value, GString *text)
{
  orr_json_print_real (*(const double *) value, text);
}

static void
real_set_unset (gpointer value)
{
  *(double *) value = __builtin_nan ("");
}

static gboolean
real_is_unset (gconstpointer value)
{
  double number = *(const double *) value;
  return number != number;
}

static gint
real_compare (const OrrField *field G_GNUC_UNUSED, const OrrContext *context G_GNUC_UNUSED, gconstpointer a,
              gconstpointer b)
{
  double left = *(const double *) a, right = *(const double *) b;
  return (left > right) - (left < right);
}

const OrrType orr_type_REAL = {
  .name = "real",
  .form = "a number, like 0.99",
  .schema = "{\"type\":\"number\"}",
  .size = sizeof (double),
  .parse = real_parse,
  .print = real_print,
  .print_json = real_print_json,
  .set_unset = real_set_unset,
  .is_unset = real_is_unset,
  .compare = real_compare,
};

/* --- Numbers with a unit --- */

/* Each is a gint64 with a reader and a printer of its own, which differ by their names alone. */
#define QUANTITY(TYPE, type_name, type_form, type_schema, reader, printer)                                   \
  static gboolean reader##_field (const OrrField *field, const OrrContext *context G_GNUC_UNUSED,            \
                                  const char *text, gpointer value, char **ret_message)                      \
  {                                                                                                          \
    gint64 number;                                                                                           \
    if (!reader (text, &number, ret_message)                                                                 \
        || !check_bounds (field, &orr_type_##TYPE, text, number, ret_message))                               \
      return FALSE;                                                                                          \
    *(gint64 *) value = number;                                                                              \
    return TRUE;                                                                                             \
  }                                                                                                          \
  static void reader##_print (const OrrField *field G_GNUC_UNUSED, const OrrContext *context G_GNUC_UNUSED,  \
                              gconstpointer value, GString *text)                                            \
  {                                                                                                          \
    print_owned (printer (*(const gint64 *) value), text);                                                   \
  }                                                                                                          \
  const OrrType orr_type_##TYPE = {                                                                          \
    .name = type_name,                                                                                       \
    .form = type_form,                                                                                       \
    .schema = type_schema,                                                                                   \
    .size = sizeof (gint64),                                                                                 \
    .parse = reader##_field,                                                                                 \
    .print = reader##_print,                                                                                 \
    .set_unset = set_unset_int64,                                                                            \
    .is_unset = is_unset_int64,                                                                              \
    .compare = compare_int64,                                                                                \
  }

#define SCHEMA_TEXT "{\"type\":\"string\"}"
/* Zero needs no unit; whether there is such a number of the smallest unit is for the parser to say. */
#define SCHEMA_ZERO_OR(pattern)                                                                              \
  "{\"anyOf\":[{\"const\":0},{\"type\":\"string\",\"pattern\":\"^(-?0+(\\\\.0+)?|" pattern ")$\"}]}"
#define NUMBER_PATTERN      "-?[0-9]+(\\\\.[0-9]+)?"
#define SCHEMA_DURATION     SCHEMA_ZERO_OR (NUMBER_PATTERN "(ns|us|ms|s|min|h|d)")
#define SCHEMA_SHARE        SCHEMA_ZERO_OR (NUMBER_PATTERN "(%|ppm|ppb)")
#define SCHEMA_BIT_RATE     SCHEMA_ZERO_OR (NUMBER_PATTERN "[kMGT]?bit/s")
#define SCHEMA_DISTRIBUTION SCHEMA_ZERO_OR ("(-?[0-9].*[a-z)]|[a-z]+ *\\\\(.*\\\\).*)")
#define SCHEMA_SIZE                                                                                          \
  "{\"type\":[\"string\",\"integer\"],\"pattern\":\"^-?[0-9]+(\\\\.[0-9]+)?([kMGT]B|[KMGT]iB|B)?$\"}"

QUANTITY (DURATION, "duration", "a duration with its unit, like 5s or 200ms", SCHEMA_DURATION,
          orr_duration_parse, orr_duration_to_text);
QUANTITY (SIZE, "size", "a size in bytes, like 64 or 16kB", SCHEMA_SIZE, orr_size_parse, orr_size_to_text);
QUANTITY (BIT_RATE, "bit rate", "bits a second, like 1Gbit/s or 100kbit/s", SCHEMA_BIT_RATE,
          orr_bit_rate_parse, orr_bit_rate_to_text);
QUANTITY (SHARE, "share", "a share, like 0.01% or 50ppm", SCHEMA_SHARE, orr_share_parse, orr_share_to_text);
QUANTITY (DRIFT, "drift", "a share with a sign, like 50ppm or -50ppm", SCHEMA_SHARE, orr_drift_parse,
          orr_share_to_text);

static void
distribution_destroy (gpointer distribution)
{
  orr_distribution_unref (distribution);
}

static gboolean
distribution_parse (const OrrField *field, const OrrContext *context, const char *text, gpointer value,
                    char **ret_message)
{
  OrrDistributionError error = { 0 };
  g_autoptr (OrrDistribution) distribution = orr_distribution_parse (text, context->directory, &error);
  if (!distribution)
    {
      *ret_message = error.message;
      if (context->ret_offset)
        *context->ret_offset = error.offset;
      return FALSE;
    }
  OrrTime constant;
  if (orr_distribution_is_constant (distribution, &constant)
      && !check_bounds (field, &orr_type_DURATION, text, constant, ret_message))
    return FALSE;
  *(OrrDistribution **) value = g_steal_pointer (&distribution);
  orr_arena_own (context->arena, *(OrrDistribution **) value, distribution_destroy);
  return TRUE;
}

static void
distribution_print (const OrrField *field G_GNUC_UNUSED, const OrrContext *context, gconstpointer value,
                    GString *text)
{
  orr_distribution_write (*(OrrDistribution *const *) value, context && context->whole, text);
}

static guint64
distribution_hash (const OrrField *field G_GNUC_UNUSED, const OrrContext *context G_GNUC_UNUSED,
                   gconstpointer value)
{
  g_autofree char *text = orr_distribution_to_text (*(OrrDistribution *const *) value);
  return XXH3_64bits_withSeed (text, strlen (text), SEED_OF_TEXT);
}

const OrrType orr_type_DISTRIBUTION = {
  .name = "distribution",
  .form = "a duration or a distribution of durations, like 5ms or lognormal(median 40ms p99 900ms)",
  .schema = SCHEMA_DISTRIBUTION,
  .size = sizeof (OrrDistribution *),
  .parse = distribution_parse,
  .print = distribution_print,
  .hash = distribution_hash,
  .set_unset = set_unset_pointer,
  .is_unset = is_unset_pointer,
};

/* --- Texts and names --- */

static gboolean
text_parse (const OrrField *field G_GNUC_UNUSED, const OrrContext *context, const char *text, gpointer value,
            char **ret_message G_GNUC_UNUSED)
{
  *(const char **) value = orr_arena_strdup (context->arena, text);
  return TRUE;
}

static void
text_print (const OrrField *field G_GNUC_UNUSED, const OrrContext *context G_GNUC_UNUSED, gconstpointer value,
            GString *text)
{
  g_string_append (text, *(const char *const *) value);
}

static guint64
text_hash (const OrrField *field G_GNUC_UNUSED, const OrrContext *context G_GNUC_UNUSED, gconstpointer value)
{
  const char *text = *(const char *const *) value;
  return XXH3_64bits_withSeed (text, strlen (text), SEED_OF_TEXT);
}

const OrrType orr_type_TEXT = {
  .name = "text",
  .form = "a text",
  .schema = "{\"type\":[\"string\",\"number\",\"boolean\"]}",
  .size = sizeof (const char *),
  .parse = text_parse,
  .print = text_print,
  .hash = text_hash,
  .set_unset = set_unset_pointer,
  .is_unset = is_unset_pointer,
};

#define NAME_LETTERS "abcdefghijklmnopqrstuvwxyz"
#define NAME_FORM    "a name of small letters, digits and '-' that starts with a letter"
#define NAME_SCHEMA  "{\"type\":\"string\",\"pattern\":\"^[a-z][a-z0-9-]*$\"}"

static gboolean
name_parse (const OrrField *field, const OrrContext *context, const char *text, gpointer value,
            char **ret_message)
{
  if (!g_ascii_islower (*text) || strspn (text, NAME_LETTERS "0123456789-") != strlen (text))
    return refuse (ret_message, text, "is not a name");
  return text_parse (field, context, text, value, ret_message);
}

const OrrType orr_type_NAME = {
  .name = "name",
  .form = NAME_FORM,
  .schema = NAME_SCHEMA,
  .size = sizeof (const char *),
  .parse = name_parse,
  .print = text_print,
  .hash = text_hash,
  .set_unset = set_unset_pointer,
  .is_unset = is_unset_pointer,
};

/* So many names are looked through for one that is near. */
#define NAMES_SUGGESTED 1000

gboolean
orr_context_doubts (const OrrContext *context, const char *name)
{
  if (!context->doubtful)
    return FALSE;
  gsize length = strlen (name);
  while (length > 0 && g_ascii_isdigit (name[length - 1]))
    length--;
  g_autofree char *stem = g_strndup (name, length);
  return g_hash_table_contains (context->doubtful, name)
         || (name[length] != '\0' && g_hash_table_contains (context->doubtful, stem));
}

/* Which of the names in the context it is; -1 with a message where it is none. Of one that may exist nothing
 * is known, and its text won't become a value: any will do. */
static gint64
find_name (const OrrContext *context, const char *text, char **ret_message)
{
  if (context->index && g_hash_table_contains (context->index, text))
    return GPOINTER_TO_UINT (g_hash_table_lookup (context->index, text)) - 1;
  for (guint i = 0; !context->index && i < context->n_names; i++)
    if (strcmp (context->names[i], text) == 0)
      return i;
  if (orr_context_doubts (context, text))
    return 0;
  guint n_suggested = MIN (context->n_names, NAMES_SUGGESTED);
  g_autofree const char **candidates = g_new0 (const char *, n_suggested + 1);
  memcpy (candidates, context->names, n_suggested * sizeof (const char *));
  g_autofree char *remedy = orr_suggest_remedy (text, candidates);
  refuse (ret_message, text, "is no node of this scenario%s%s", remedy ? "; " : "", remedy ? remedy : "");
  return -1;
}

static gboolean
node_parse (const OrrField *field, const OrrContext *context, const char *text, gpointer value,
            char **ret_message)
{
  const char *name = NULL;
  if (!name_parse (field, context, text, &name, ret_message)
      || (context->names && find_name (context, text, ret_message) < 0))
    return FALSE;
  *(const char **) value = name;
  return TRUE;
}

const OrrType orr_type_NODE = {
  .name = "node",
  .form = "the name of a node",
  .schema = NAME_SCHEMA,
  .size = sizeof (const char *),
  .parse = node_parse,
  .print = text_print,
  .hash = text_hash,
  .set_unset = set_unset_pointer,
  .is_unset = is_unset_pointer,
};

static gboolean
message_parse (const OrrField *field, const OrrContext *context, const char *text, gpointer value,
               char **ret_message)
{
  const char *name = NULL;
  if (!name_parse (field, context, text, &name, ret_message))
    return FALSE;
  if (context->messages && orr_records_find (context->messages, text) < 0)
    {
      g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
      for (const OrrRecord *record = context->messages; record->name; record++)
        {
          g_autoptr (GString) written = g_string_new (NULL);
          orr_name_print (record->name, written);
          g_ptr_array_add (names, g_strdup (written->str));
        }
      g_ptr_array_add (names, NULL);
      g_autofree char *remedy = orr_suggest_remedy (text, (const char *const *) names->pdata);
      return refuse (ret_message, text, "is no message of this model%s%s", remedy ? "; " : "",
                     remedy ? remedy : "");
    }
  *(const char **) value = name;
  return TRUE;
}

const OrrType orr_type_MESSAGE = {
  .name = "message",
  .form = "the name of a message",
  .schema = NAME_SCHEMA,
  .size = sizeof (const char *),
  .parse = message_parse,
  .print = text_print,
  .hash = text_hash,
  .set_unset = set_unset_pointer,
  .is_unset = is_unset_pointer,
};

/* An address is written as its name; where names are not known, as `#3`. */
static gboolean
address_parse (const OrrField *field G_GNUC_UNUSED, const OrrContext *context, const char *text,
               gpointer value, char **ret_message)
{
  gint64 address;
  if (context->names)
    address = find_name (context, text, ret_message);
  else if (*text != '#' || !parse_signed (text + 1, 0, ORR_NOBODY - 1, &address, ret_message))
    {
      g_clear_pointer (ret_message, g_free);
      return refuse (ret_message, text, "is no address");
    }
  if (address < 0)
    return FALSE;
  *(OrrAddress *) value = (OrrAddress) address;
  return TRUE;
}

static void
address_print (const OrrField *field G_GNUC_UNUSED, const OrrContext *context, gconstpointer value,
               GString *text)
{
  OrrAddress address = *(const OrrAddress *) value;
  if (context && address < context->n_names)
    g_string_append (text, context->names[address]);
  else
    g_string_append_printf (text, "#%u", address);
}

const OrrType orr_type_ADDRESS = {
  .name = "address",
  .form = "the name of a node",
  .schema = SCHEMA_TEXT,
  .size = sizeof (OrrAddress),
  .parse = address_parse,
  .print = address_print,
  .set_unset = set_unset_int32,
  .is_unset = is_unset_int32,
};

/* --- Keys and values --- */

static gboolean
value_parse (const OrrField *field G_GNUC_UNUSED, const OrrContext *context, const char *text, gpointer value,
             char **ret_message G_GNUC_UNUSED)
{
  *(OrrValue *) value
      = context->quoted ? orr_terms_text (context->terms, text) : orr_terms_parse (context->terms, text);
  return TRUE;
}

static gboolean
key_parse (const OrrField *field, const OrrContext *context, const char *text, gpointer value,
           char **ret_message)
{
  OrrKey key;
  value_parse (field, context, text, &key, ret_message);
  if (key == ORR_NIL)
    return refuse (ret_message, text, "can't be a key, since it stands for none");
  *(OrrKey *) value = key;
  return TRUE;
}

/* A text as it is where that is read back as the same text, else as values are printed. */
static void
value_print (const OrrField *field G_GNUC_UNUSED, const OrrContext *context, gconstpointer value,
             GString *text)
{
  OrrValue word = *(const OrrValue *) value;
  if (word != ORR_NIL && !orr_value_is_int (word) && orr_terms_is_text (context->terms, word)
      && orr_terms_reads_as_text (orr_terms_get_text (context->terms, word)))
    g_string_append (text, orr_terms_get_text (context->terms, word));
  else
    orr_terms_print (context->terms, word, text);
}

static void
value_print_json (const OrrField *field G_GNUC_UNUSED, const OrrContext *context, gconstpointer value,
                  GString *text)
{
  orr_terms_print_json (context->terms, *(const OrrValue *) value, text);
}

static guint64
value_hash (const OrrField *field G_GNUC_UNUSED, const OrrContext *context, gconstpointer value)
{
  return orr_terms_hash (context->terms, *(const OrrValue *) value);
}

/* Numbers by their size and before all else, the rest by how it is written. */
static gint
value_compare (const OrrField *field G_GNUC_UNUSED, const OrrContext *context, gconstpointer a,
               gconstpointer b)
{
  OrrValue left = *(const OrrValue *) a, right = *(const OrrValue *) b;
  gboolean left_is_int = orr_value_is_int (left), right_is_int = orr_value_is_int (right);
  if (left == right)
    return 0;
  if (left_is_int && right_is_int)
    return orr_value_to_int (left) < orr_value_to_int (right) ? -1 : 1;
  if (left_is_int || right_is_int)
    return left_is_int ? -1 : 1;
  g_autoptr (GString) left_text = g_string_new (NULL);
  g_autoptr (GString) right_text = g_string_new (NULL);
  orr_terms_print (context->terms, left, left_text);
  orr_terms_print (context->terms, right, right_text);
  return strcmp (left_text->str, right_text->str);
}

static gboolean
key_is_unset (gconstpointer value)
{
  return *(const OrrKey *) value == ORR_NIL;
}

G_STATIC_ASSERT (ORR_NIL == 0);

const OrrType orr_type_KEY = {
  .name = "key",
  .form = "a key: a word or a whole number, like x or 12",
  .schema = "{\"type\":[\"string\",\"integer\",\"array\"]}",
  .size = sizeof (OrrKey),
  .parse = key_parse,
  .print = value_print,
  .print_json = value_print_json,
  .hash = value_hash,
  .set_unset = set_unset_zero,
  .is_unset = key_is_unset,
  .compare = value_compare,
};

const OrrType orr_type_VALUE = {
  .name = "value",
  .form = "a value: nil, a whole number, a word, a text in quotes, or a list of these",
  .schema = "{\"type\":[\"null\",\"integer\",\"string\",\"array\"]}",
  .size = sizeof (OrrValue),
  .parse = value_parse,
  .print = value_print,
  .print_json = value_print_json,
  .hash = value_hash,
  .set_unset = set_unset_zero,
  .is_unset = is_never_unset,
  .compare = value_compare,
};

/* A request: host/session/serial/attempt, all numbers but the host. */
static gboolean
request_parse (const OrrField *field, const OrrContext *context, const char *text, gpointer value,
               char **ret_message)
{
  g_auto (GStrv) parts = g_strsplit (text, "/", 5);
  guint64 numbers[3];
  gboolean right = g_strv_length (parts) == 4;
  for (guint i = 0; right && i < 3; i++)
    right = g_ascii_string_to_unsigned (parts[i + 1], 10, 0, G_MAXUINT32, &numbers[i], NULL);
  if (!right)
    return refuse (ret_message, text, "is not a request");
  OrrRequest request
      = { .session = (guint32) numbers[0], .serial = (guint32) numbers[1], .attempt = (guint32) numbers[2] };
  if (!address_parse (field, context, parts[0], &request.client, ret_message))
    return FALSE;
  *(OrrRequest *) value = request;
  return TRUE;
}

static void
request_print (const OrrField *field, const OrrContext *context, gconstpointer value, GString *text)
{
  const OrrRequest *request = value;
  address_print (field, context, &request->client, text);
  g_string_append_printf (text, "/%u/%u/%u", request->session, request->serial, request->attempt);
}

static guint64
request_hash (const OrrField *field G_GNUC_UNUSED, const OrrContext *context G_GNUC_UNUSED,
              gconstpointer value)
{
  const OrrRequest *request = value;
  return orr_mix ((guint64) request->client << 32 | request->session,
                  (guint64) request->serial << 32 | request->attempt);
}

static void
request_set_unset (gpointer value)
{
  *(OrrRequest *) value = (OrrRequest){ .client = ORR_NOBODY };
}

static gboolean
request_is_unset (gconstpointer value)
{
  return ((const OrrRequest *) value)->client == ORR_NOBODY;
}

const OrrType orr_type_REQUEST = {
  .name = "request",
  .form = "a request, like client1/0/17/0: host, session, operation, attempt",
  .schema = SCHEMA_TEXT,
  .size = sizeof (OrrRequest),
  .parse = request_parse,
  .print = request_print,
  .hash = request_hash,
  .set_unset = request_set_unset,
  .is_unset = request_is_unset,
};

/* --- Choices --- */

static guint
count_choices (const OrrChoice *choices)
{
  guint n = 0;
  while (choices && choices[n].name)
    n++;
  return n;
}

static gboolean
choice_parse (const OrrField *field, const OrrContext *context G_GNUC_UNUSED, const char *text,
              gpointer value, char **ret_message)
{
  guint n = count_choices (field->choices);
  g_autofree const char **words = g_new0 (const char *, n + 1);
  for (guint i = 0; i < n; i++)
    {
      words[i] = field->choices[i].name;
      if (strcmp (text, words[i]) == 0)
        {
          *(gint32 *) value = (gint32) i;
          return TRUE;
        }
    }
  g_autofree char *list = g_strjoinv (", ", (char **) words);
  const char *best = orr_suggest (text, words);
  if (best)
    return refuse (ret_message, text, "is none of %s; did you mean '%s'?", list, best);
  return refuse (ret_message, text, "is not possible here; use one of %s", list);
}

static void
choice_print (const OrrField *field, const OrrContext *context G_GNUC_UNUSED, gconstpointer value,
              GString *text)
{
  gint32 index = *(const gint32 *) value;
  g_assert (index >= 0 && (guint) index < count_choices (field->choices));
  g_string_append (text, field->choices[index].name);
}

const OrrType orr_type_CHOICE = {
  .name = "choice",
  .form = "one of its words",
  .schema = SCHEMA_TEXT,
  .size = sizeof (gint32),
  .parse = choice_parse,
  .print = choice_print,
  .set_unset = set_unset_int32,
  .is_unset = is_unset_int32,
};
