/* shrink-numbers.c: constants in place of distributions, round numbers, and times without idle hours. */
#include "explore/shrink-private.h"

#include "base/quantity.h"

#include <string.h>

/* --- Each scalar of a draft --- */

typedef gboolean (*Simplify) (OrrShrinking *shrinking, const char *path, const char *text);

/* Calls `simplify` for each scalar below a path. Its success changes values alone, so that the walk can go
 * on. */
static gboolean
each_scalar (OrrShrinking *shrinking, const char *path, Simplify simplify)
{
  const OrrYaml *node = orr_draft_get (shrinking->draft, path);
  gboolean any = FALSE;
  if (!node || orr_shrinking_is_over (shrinking))
    return FALSE;
  if (node->kind == ORR_YAML_SCALAR)
    {
      g_autofree char *text = g_strdup (node->text);
      return simplify (shrinking, path, text);
    }
  for (guint i = 0; i < orr_draft_length (shrinking->draft, path); i++)
    {
      node = orr_draft_get (shrinking->draft, path); /* another one after each success */
      g_autofree char *child = node->kind == ORR_YAML_MAP
                                   ? g_strdup_printf ("%s.%s", path, node->keys[i]->text)
                                   : g_strdup_printf ("%s.%u", path, i);
      any |= each_scalar (shrinking, child, simplify);
    }
  return any;
}

static gboolean
each_setting (OrrShrinking *shrinking, Simplify simplify)
{
  static const char *const parts[] = { "settle",          "duration",
                                       "nodes",           "network",
                                       "clocks",          "disk",
                                       "clients.timeout", "options",
                                       "workload.think",  "workload.operations",
                                       "faults",          "pins" };
  gboolean any = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    any |= each_scalar (shrinking, parts[i], simplify);
  return any;
}

static gboolean
try_text (OrrShrinking *shrinking, const char *path, const char *text)
{
  g_autoptr (GString) scalar = g_string_new (NULL);
  orr_yaml_write_scalar (text, scalar);
  return orr_shrinking_try_set (shrinking, path, scalar->str);
}

/* --- Constants --- */

/* What a distribution speaks of is what it is about: `lognormal(median 40ms p99 900ms)` is tried as 40ms,
 * then as 900ms. */
static gboolean
make_constant (OrrShrinking *shrinking, const char *path, const char *text)
{
  OrrTime time;
  if (!strchr (text, '('))
    return FALSE;
  g_auto (GStrv) words = g_strsplit_set (text, " (),+*", -1);
  for (char **word = words; *word; word++)
    {
      g_auto (GStrv) ends = g_strsplit (*word, "..", 2);
      for (char **end = ends; *end; end++)
        {
          g_autofree char *message = NULL;
          if (orr_duration_parse (*end, &time, &message) && try_text (shrinking, path, *end))
            return TRUE;
        }
    }
  return FALSE;
}

/* A share of messages that is lost: all of them are, or none. */
static gboolean
make_certain (OrrShrinking *shrinking, const char *path, const char *text)
{
  static const char *const names[] = { "loss", "duplicate", "corrupt", "share", NULL };
  const char *name = strrchr (path, '.');
  return name && g_strv_contains (names, name + 1) && strcmp (text, "100%") != 0
         && try_text (shrinking, path, "100%");
}

/* The model's distributions that are so by default are not written: those that are constants then may stay
 * so. */
static gboolean
fix_defaults (OrrShrinking *shrinking)
{
  const OrrModel *model = shrinking->shrunk->scenario->model;
  const OrrContext context = { .terms = shrinking->shrunk->scenario->terms };
  gboolean any = FALSE;
  for (const OrrField *field = model->entry.fields; field && field->name; field++)
    {
      gconstpointer options = shrinking->shrunk->scenario->options;
      gconstpointer value = (const char *) options + field->offset;
      g_autoptr (GString) path = g_string_new ("options."), text = g_string_new (NULL);
      if (field->type != &orr_type_DISTRIBUTION || field->type->is_unset (value)
          || !orr_field_applies (model->entry.fields, field, options))
        continue;
      orr_name_print (field->name, path);
      field->type->print (field, &context, value, text);
      if (!orr_draft_get (shrinking->draft, path->str))
        any |= make_constant (shrinking, path->str, text->str);
    }
  return any;
}

/* A plain client draws whom it asks, unless it asks the first. */
static gboolean
fix_contact (OrrShrinking *shrinking)
{
  const OrrScenario *scenario = shrinking->shrunk->scenario;
  return !scenario->model->client && scenario->clients.contact != ORR_CONTACT_FIRST
         && orr_shrinking_try_set (shrinking, "clients.contact", "first");
}

gboolean
orr_shrink_constants (OrrShrinking *shrinking)
{
  if (orr_shrink_count_chances (shrinking->shrunk->scenario) == 0)
    return FALSE;
  gboolean any = each_setting (shrinking, make_constant);
  any |= fix_defaults (shrinking);
  any |= fix_contact (shrinking);
  return each_setting (shrinking, make_certain) || any;
}

/* --- Round numbers --- */

/* The time with so many digits, the nearest. */
static OrrTime
round_to (OrrTime time, guint digits)
{
  OrrTime unit = 1, size = ABS (time);
  for (guint i = 0; i < digits; i++)
    size /= 10;
  for (; size > 0; size /= 10)
    unit *= 10;
  OrrTime rounded = (ABS (time) + unit / 2) / unit * unit;
  return time < 0 ? -rounded : rounded;
}

static gboolean
try_time (OrrShrinking *shrinking, const char *path, OrrTime time)
{
  g_autofree char *text = orr_duration_to_text (time);
  return try_text (shrinking, path, text);
}

#define DIGITS_MAX 4

/* When a line happens at a time of its own is a matter of moments, below. */
static gboolean
is_moment (const OrrDraft *draft, const char *path)
{
  if (!g_str_has_suffix (path, ".at"))
    return FALSE;
  g_autofree char *line = g_strndup (path, strlen (path) - strlen (".at"));
  g_autofree char *after = g_strconcat (line, ".after", NULL);
  return !orr_draft_get (draft, after);
}

/* How long a fault lasts: the shorter the better. */
static gboolean
shorten (OrrShrinking *shrinking, const char *path, OrrTime time)
{
  static const OrrTime lengths[]
      = { 10 * ORR_MILLISECOND, 100 * ORR_MILLISECOND, ORR_SECOND, 10 * ORR_SECOND };
  if (!g_str_has_suffix (path, ".for"))
    return FALSE;
  if (time < lengths[0] && try_time (shrinking, path, lengths[0]))
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (lengths) && lengths[i] < time; i++)
    if (try_time (shrinking, path, lengths[i]))
      return TRUE;
  return FALSE;
}

/* How late a pin lets something come: at a round time, and rather much later than a little, so that it does
 * not hang on a hair and settings that hardly matter can go. */
static gboolean
delay (OrrShrinking *shrinking, const char *path, OrrTime time)
{
  static const OrrTime delays[] = { 100 * ORR_MILLISECOND, 10 * ORR_MILLISECOND, ORR_SECOND };
  if (!g_str_has_prefix (path, "pins.") || !g_str_has_suffix (path, ".latency"))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (delays); i++)
    if (delays[i] == time)
      return FALSE;
    else if (delays[i] > time && try_time (shrinking, path, delays[i]))
      return TRUE;
  return FALSE;
}

static gboolean
round_time (OrrShrinking *shrinking, const char *path, const char *text)
{
  OrrTime time;
  g_autofree char *message = NULL;
  if (strchr (text, '(') || is_moment (shrinking->draft, path) || !orr_duration_parse (text, &time, &message))
    return FALSE;
  if (shorten (shrinking, path, time) || delay (shrinking, path, time))
    return TRUE;
  for (guint digits = 1; digits <= DIGITS_MAX; digits++)
    {
      OrrTime rounded = round_to (time, digits);
      if (rounded == time)
        return FALSE;
      if (try_time (shrinking, path, rounded))
        return TRUE;
    }
  return FALSE;
}

gboolean
orr_shrink_numbers (OrrShrinking *shrinking)
{
  return each_setting (shrinking, round_time);
}

/* --- Moments --- */

/* A line that happens at a time of its own. */
typedef struct
{
  const char *list;
  guint index;
  OrrTime at;
} Moment;

static void
add_moments (const OrrDraft *draft, const char *list, GArray *moments)
{
  for (guint i = 0; i < orr_draft_length (draft, list); i++)
    {
      g_autofree char *at = g_strdup_printf ("%s.%u.at", list, i),
                      *after = g_strdup_printf ("%s.%u.after", list, i),
                      *when = g_strdup_printf ("%s.%u.when", list, i),
                      *every = g_strdup_printf ("%s.%u.every", list, i), *message = NULL;
      const char *text = orr_draft_get_text (draft, at);
      Moment moment = { list, i, 0 };
      if (orr_draft_get (draft, after) || orr_draft_get (draft, when) || orr_draft_get (draft, every))
        continue;
      if (!text || orr_duration_parse (text, &moment.at, &message))
        g_array_append_val (moments, moment);
    }
}

static gint
compare_moments (gconstpointer a, gconstpointer b)
{
  const Moment *one = a, *other = b;
  return (one->at > other->at) - (one->at < other->at);
}

/* All lines that happen at a time, in its order. */
static GArray *
moments_of (const OrrDraft *draft)
{
  GArray *moments = g_array_new (FALSE, FALSE, sizeof (Moment));
  add_moments (draft, "workload.operations", moments);
  add_moments (draft, "faults", moments);
  g_array_sort (moments, compare_moments);
  return moments;
}

static void
set_moment (OrrDraft *draft, const Moment *moment, OrrTime at)
{
  g_autofree char *path = g_strdup_printf ("%s.%u.at", moment->list, moment->index);
  g_autofree char *text = orr_duration_to_text (at);
  orr_draft_set (draft, path, text);
}

/* Lets those from the index-th on come at `at` and as long after it as before. */
static gboolean
try_sooner (OrrShrinking *shrinking, const GArray *moments, guint index, OrrTime at)
{
  OrrDraft *candidate = orr_draft_copy (shrinking->draft);
  OrrTime shift = g_array_index (moments, Moment, index).at - at;
  for (guint i = index; i < moments->len; i++)
    {
      const Moment *moment = &g_array_index (moments, Moment, i);
      set_moment (candidate, moment, moment->at - shift);
    }
  return orr_shrinking_try (shrinking, candidate);
}

/* Lets the index-th come soon after the one before it: the sooner the better, but at a round time in any
 * case. */
static gboolean
bring_closer (OrrShrinking *shrinking, guint index)
{
  static const OrrTime gaps[]
      = { 0, ORR_MILLISECOND, 10 * ORR_MILLISECOND, 100 * ORR_MILLISECOND, ORR_SECOND, 10 * ORR_SECOND };
  g_autoptr (GArray) moments = moments_of (shrinking->draft);
  OrrTime before = index > 0 ? g_array_index (moments, Moment, index - 1).at : 0;
  OrrTime gap = g_array_index (moments, Moment, index).at - before;
  if (gap == 0)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (gaps) && gaps[i] < gap; i++)
    if (try_sooner (shrinking, moments, index, before + gaps[i]))
      return TRUE;
  for (guint digits = 1; digits <= DIGITS_MAX && round_to (gap, digits) != gap; digits++)
    if (try_sooner (shrinking, moments, index, before + round_to (gap, digits)))
      return TRUE;
  return FALSE;
}

gboolean
orr_shrink_moments (OrrShrinking *shrinking)
{
  g_autoptr (GArray) moments = moments_of (shrinking->draft);
  gboolean any = FALSE;
  for (guint i = 0; i < moments->len && !orr_shrinking_is_over (shrinking); i++)
    any |= bring_closer (shrinking, i);
  return any;
}
