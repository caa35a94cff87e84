/* empirical.c: as it was measured.
 *
 * The file has one duration a line, or a duration, a comma and a weight: a whole number, how many of it there
 * were. Between two neighbouring values, in order of size, lies the mean of their weights, spread evenly; for
 * single measurements that is the usual interpolation of quantiles, the i-th of n standing at (i - 1) / (n -
 * 1) (Hyndman & Fan 1996, type 7). So nothing is below the least or above the largest value, and a value that
 * occurs often stays a step. */
#include "base/distribution-private.h"

#include "base/problems.h"

#include <glib/gstdio.h>

#include <errno.h>
#include <string.h>

/* Sums over a file of the largest size stay far below 2^63. */
#define WEIGHT_MAX 1000000000

typedef struct
{
  OrrTime value;
  guint64 weight;
  guint64 below; /* what lies between the least value and this one, in half weights */
} Point;

typedef struct
{
  char *name;     /* NULL: the values stand in the text itself */
  GArray *points; /* of Point, by value; at least one */
} Table;

/* The file's text, or NULL and why not. Only plain files are read: others may never end. */
static char *
load (const char *path, char **ret_why)
{
  GStatBuf status;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  gsize length = 0;

  if (g_stat (path, &status) != 0)
    *ret_why = g_strdup_printf ("%s; it must lie beside the scenario", g_strerror (errno));
  else if (!S_ISREG (status.st_mode))
    *ret_why = g_strdup ("it is not a plain file");
  else if (status.st_size > ORR_DISTRIBUTION_FILE_MAX)
    *ret_why = g_strdup ("it has more than 1 MiB; count equal values and give them a weight");
  else if (!g_file_get_contents (path, &text, &length, &error))
    *ret_why = g_strdup (error->message);
  else if (strlen (text) != length)
    *ret_why = g_strdup ("it is not a text file");
  return *ret_why ? NULL : g_steal_pointer (&text);
}

/* `12ms` or `12ms,3`, where the separator is a comma, into a point; what is wrong, or NULL. */
static char *
read_value (char *line, char separator, gboolean is_signed, Point *point)
{
  char *comma = strchr (line, separator);
  char *message = NULL;
  guint64 weight = 1;

  if (comma)
    {
      *comma = '\0';
      char *number = g_strstrip (comma + 1);
      if (!g_ascii_string_to_unsigned (number, 10, 1, WEIGHT_MAX, &weight, NULL))
        {
          g_autofree char *quoted = orr_quote (number);
          return g_strdup_printf ("the weight %s is not a whole number from 1 to %d", quoted, WEIGHT_MAX);
        }
    }
  point->weight = weight;
  if (!orr_duration_parse (g_strstrip (line), &point->value, &message))
    return message;
  if (point->value < 0 && !is_signed)
    return g_strdup_printf ("'%s' is negative; a time that something takes is 0 or more", line);
  return NULL;
}

static gint
compare_points (gconstpointer a, gconstpointer b)
{
  const Point *first = a, *second = b;
  return first->value < second->value ? -1 : first->value > second->value;
}

/* Puts all that have been read into order, and says what lies below each. */
static void
sort_points (GArray *points)
{
  g_array_sort (points, compare_points);
  for (guint i = 1; i < points->len; i++)
    {
      const Point *last = &g_array_index (points, Point, i - 1);
      Point *point = &g_array_index (points, Point, i);
      point->below = last->below + last->weight + point->weight;
    }
}

/* Fills the table from the file's text; what is wrong, or NULL. Empty lines and those that begin with # say
 * nothing. */
static char *
read_points (GArray *points, char *text, gboolean is_signed)
{
  char *next = text;
  for (guint number = 1; next; number++)
    {
      char *line = next, *end = strchr (line, '\n');
      next = end ? end + 1 : NULL;
      if (end)
        *end = '\0';
      g_strstrip (line);
      if (*line == '\0' || *line == '#')
        continue;
      Point point = { 0 };
      g_autofree char *message = read_value (line, ',', is_signed, &point);
      if (message)
        return g_strdup_printf ("line %u: %s", number, message);
      g_array_append_val (points, point);
    }
  if (points->len == 0)
    return g_strdup ("it has no values; write a duration a line");
  sort_points (points);
  return NULL;
}

/* The same from values in the text itself, which begin at `at` and take `length` bytes. */
static gboolean
read_inline (OrrDistributionReader *reader, const char *at, gsize length, GArray *points)
{
  for (const char *end = at + length; at < end; at += strspn (at, " \t"))
    {
      gsize width = MIN (strcspn (at, " \t"), (gsize) (end - at));
      g_autofree char *word = g_strndup (at, width);
      Point point = { 0 };
      g_autofree char *message = read_value (word, '*', reader->is_signed, &point);
      if (message)
        return orr_reader_fail (reader, at, "%s", message);
      g_array_append_val (points, point);
      at += width;
    }
  sort_points (points);
  return TRUE;
}

/* A name that starts with a duration is none, but the first of the values. */
static gboolean
is_inline (const char *text)
{
  OrrTime value;
  g_autofree char *message = NULL, *word = g_strndup (text, MIN (strcspn (text, " \t*()"), 64));
  return orr_duration_parse (word, &value, &message);
}

static gboolean
read_file (OrrDistributionReader *reader, OrrTerm *term)
{
  orr_reader_peek (reader);
  const char *place = reader->at;
  gsize length = strcspn (place, "()");
  while (length > 0 && (place[length - 1] == ' ' || place[length - 1] == '\t'))
    length--;
  if (length == 0)
    return orr_reader_fail (reader, place, "the name of a file is missing, as in %s", term->family->example);
  if (place[length] == '(')
    return orr_reader_fail (reader, place + length,
                            "the name of a file can't contain parentheses here; rename the file");
  if (!g_utf8_validate (place, (gssize) length, NULL))
    return orr_reader_fail (reader, place, "the name of the file is not valid UTF-8");

  Table *table = g_new0 (Table, 1);
  term->more = table;
  table->points = g_array_new (FALSE, FALSE, sizeof (Point));
  reader->at += length;
  if (is_inline (place))
    return read_inline (reader, place, length, table->points);
  table->name = g_strndup (place, length);

  g_autofree char *path = reader->directory && !g_path_is_absolute (table->name)
                              ? g_build_filename (reader->directory, table->name, NULL)
                              : g_strdup (table->name);
  g_autofree char *why = NULL;
  g_autofree char *text = load (path, &why);
  if (text)
    why = read_points (table->points, text, reader->is_signed);
  if (!why)
    return TRUE;
  g_autofree char *quoted = orr_quote (table->name);
  return orr_reader_fail (reader, place, "can't use the file %s: %s", quoted, why);
}

static void
write_table (const OrrTerm *term, gboolean whole, GString *text)
{
  const Table *table = term->more;
  if (table->name && !whole)
    {
      g_string_append (text, table->name);
      return;
    }
  for (guint i = 0; i < table->points->len; i++)
    {
      const Point *point = &g_array_index (table->points, Point, i);
      g_autofree char *value = orr_duration_to_text (point->value);
      g_string_append_printf (text, "%s%s", i > 0 ? " " : "", value);
      if (point->weight > 1)
        g_string_append_printf (text, "*%" G_GUINT64_FORMAT, point->weight);
    }
}

static gboolean
equal (const OrrTerm *a, const OrrTerm *b)
{
  const Table *first = a->more, *second = b->more;

  if (g_strcmp0 (first->name, second->name) != 0 || first->points->len != second->points->len)
    return FALSE;
  for (guint i = 0; i < first->points->len; i++)
    {
      const Point *one = &g_array_index (first->points, Point, i),
                  *other = &g_array_index (second->points, Point, i);
      if (one->value != other->value || one->weight != other->weight)
        return FALSE;
    }
  return TRUE;
}

static void
clear (OrrTerm *term)
{
  Table *table = term->more;

  if (!table)
    return;
  g_free (table->name);
  g_array_unref (table->points);
  g_free (table);
}

static const Point *
get_points (const OrrTerm *term, guint *ret_n)
{
  const Table *table = term->more;
  *ret_n = table->points->len;
  return (const Point *) (gconstpointer) table->points->data;
}

/* A point in the whole weight, as an integer and a fraction; then the two values between which it lies. */
static OrrTime
sample (const OrrTerm *term, OrrDraw key)
{
  guint n, low = 0;
  const Point *points = get_points (term, &n);
  if (n == 1)
    return points[0].value;

  unsigned __int128 product = (unsigned __int128) orr_mix (key, ORR_DRAW_BELOW) * points[n - 1].below;
  guint64 whole = (guint64) (product >> 64);
  double fraction = (double) ((guint64) product >> 11) * 0x1p-53;

  for (guint high = n - 1; high - low > 1;)
    {
      guint middle = low + (high - low) / 2;
      if (points[middle].below <= whole)
        low = middle;
      else
        high = middle;
    }
  const Point *left = &points[low], *right = left + 1;
  double part = ((double) (whole - left->below) + fraction) / (double) (right->below - left->below);
  return left->value + orr_time_from_real ((double) (right->value - left->value) * part);
}

static double
mean (const OrrTerm *term)
{
  guint n;
  const Point *points = get_points (term, &n);
  double sum = 0;

  for (guint i = 1; i < n; i++)
    sum += (double) (points[i].below - points[i - 1].below)
           * (((double) points[i].value + (double) points[i - 1].value) / 2);
  return n == 1 ? (double) points[0].value : sum / (double) points[n - 1].below;
}

static const struct OrrFamilyRules rules = {
  .read = read_file,
  .write = write_table,
  .equal = equal,
  .clear = clear,
  .sample = sample,
  .mean = mean,
};

const OrrDistributionFamily orr_distribution_family_empirical = {
  .name = "empirical",
  .form = "empirical(FILE)",
  .example = "empirical(latencies.csv)",
  .doc = "As measured: FILE, beside the scenario, has a duration a line, or a duration, a comma and how "
         "often it occurred. Neighbouring "
         "values are interpolated linearly; lines that begin with # are skipped. Or the values themselves, "
         "and behind a * how often they occurred: "
         "empirical(1ms 2ms*3 5ms).",
  .rules = &rules,
};
