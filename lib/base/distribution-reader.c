/* distribution-reader.c: the text of a distribution.
 *
 *     sum       = term { "+" term }
 *     term      = DURATION | family "(" arguments ")" | "(" sum ")"
 *     arguments = { parameter VALUE } | what the family reads itself
 *
 * One function a rule. Constants of a sum are added up, and sums in parentheses become part of the sum around
 * them, so that the value says no more than what is sampled. Errors name the byte where the trouble starts.
 */
#include "base/distribution-private.h"

#include "base/problems.h"
#include "base/quantity-private.h"

#include <string.h>

/* The terms of a sum, as they are found. */
typedef struct
{
  OrrTime offset;
  OrrTerm terms[ORR_DISTRIBUTION_TERMS_MAX];
  guint n_terms;
} Sum;

static gboolean read_sum (OrrDistributionReader *reader, Sum *sum);

gboolean
orr_reader_fail (OrrDistributionReader *reader, const char *place, const char *format, ...)
{
  va_list arguments;

  if (!reader->error)
    return FALSE;
  va_start (arguments, format);
  reader->error->offset = (gsize) (place - reader->text);
  reader->error->message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  return FALSE;
}

char
orr_reader_peek (OrrDistributionReader *reader)
{
  while (*reader->at == ' ' || *reader->at == '\t')
    reader->at++;
  return *reader->at;
}

gsize
orr_reader_word (OrrDistributionReader *reader)
{
  orr_reader_peek (reader);
  return strcspn (reader->at, " \t(),+=:");
}

gboolean
orr_reader_duration (OrrDistributionReader *reader, gsize length, OrrTime *ret_value)
{
  g_autofree char *word = g_strndup (reader->at, length);
  g_autofree char *message = NULL;

  if (!orr_duration_parse (word, ret_value, &message))
    return orr_reader_fail (reader, reader->at, "%s", message);
  if (*ret_value < 0 && !reader->is_signed)
    return orr_reader_fail (reader, reader->at, "'%s' is negative; a time that something takes is 0 or more",
                            word);
  reader->at += length;
  return TRUE;
}

static gboolean
read_number (OrrDistributionReader *reader, gsize length, double *ret_value)
{
  OrrDecimal decimal;
  g_autofree char *word = g_strndup (reader->at, length);
  g_autofree char *quoted = orr_quote (word);
  const char *end = orr_decimal_read (word, &decimal);

  if (!end || *end != '\0')
    return orr_reader_fail (reader, reader->at, "%s is not a plain number; write one like 2 or 1.5", quoted);
  double value = g_ascii_strtod (word, NULL);
  if (!(value >= ORR_DISTRIBUTION_NUMBER_MIN && value <= ORR_DISTRIBUTION_NUMBER_MAX))
    return orr_reader_fail (reader, reader->at, "%s is out of bounds; it must be from 0.001 to 1000000",
                            quoted);
  *ret_value = value;
  reader->at += length;
  return TRUE;
}

/* The value of one parameter, whose name has just been read. */
static gboolean
read_argument (OrrDistributionReader *reader, const OrrTerm *term, const OrrParameter *parameter,
               OrrArgument *argument)
{
  gsize length = orr_reader_word (reader);

  if (length == 0)
    return orr_reader_fail (reader, reader->at,
                            "the value of '%s' is missing; write it behind a space, as in %s",
                            parameter->name, term->family->example);
  if (parameter->kind == ORR_PARAMETER_NUMBER)
    return read_number (reader, length, &argument->number);

  const char *place = reader->at;
  if (!orr_reader_duration (reader, length, &argument->time))
    return FALSE;
  if (argument->time <= 0 && parameter->kind == ORR_PARAMETER_DURATION_ABOVE_0)
    return orr_reader_fail (reader, place, "'%s' of %s must be above 0s", parameter->name,
                            term->family->name);
  argument->number = (double) argument->time;
  return TRUE;
}

static gboolean
fail_parameter (OrrDistributionReader *reader, const OrrDistributionFamily *family, gsize length)
{
  const OrrParameter *parameters = family->rules->parameters;
  const char *names[ORR_PARAMETERS_MAX + 1] = { NULL };
  for (guint i = 0; parameters[i].name; i++)
    names[i] = parameters[i].name;

  if (length == 0 && *reader->at == ',')
    return orr_reader_fail (reader, reader->at, "arguments are separated by spaces, not by commas, as in %s",
                            family->example);
  if (length == 0)
    return orr_reader_fail (reader, reader->at, "a parameter or ')' is missing here, as in %s",
                            family->example);
  g_autofree char *word = g_strndup (reader->at, length);
  g_autofree char *quoted = orr_quote (word);
  if (g_ascii_isdigit (*word) || *word == '-')
    return orr_reader_fail (reader, reader->at, "%s has no name before it; write it as in %s", quoted,
                            family->example);
  const char *near = orr_suggest (word, names);
  if (near)
    return orr_reader_fail (reader, reader->at, "%s has no parameter %s; did you mean '%s'?", family->name,
                            quoted, near);
  return orr_reader_fail (reader, reader->at, "%s has no parameter %s; it is written %s", family->name,
                          quoted, family->form);
}

static gint
find_parameter (const OrrParameter *parameters, const char *word, gsize length)
{
  for (gint i = 0; parameters[i].name; i++)
    if (strlen (parameters[i].name) == length && strncmp (parameters[i].name, word, length) == 0)
      return i;
  return -1;
}

/* Named arguments in any order, up to the closing parenthesis, which stays. */
static gboolean
read_arguments (OrrDistributionReader *reader, OrrTerm *term)
{
  const struct OrrFamilyRules *rules = term->family->rules;
  const char *places[ORR_PARAMETERS_MAX] = { NULL };

  while (orr_reader_peek (reader) != ')')
    {
      gsize length = orr_reader_word (reader);
      gint i = find_parameter (rules->parameters, reader->at, length);
      if (i < 0)
        return fail_parameter (reader, term->family, length);
      if (places[i])
        return orr_reader_fail (reader, reader->at, "'%s' is given twice; keep one",
                                rules->parameters[i].name);
      reader->at += length;
      orr_reader_peek (reader);
      places[i] = reader->at;
      if (!read_argument (reader, term, &rules->parameters[i], &term->arguments[i]))
        return FALSE;
    }

  for (guint i = 0; rules->parameters[i].name; i++)
    if (!places[i])
      return orr_reader_fail (reader, reader->at, "'%s' is missing; %s is written %s",
                              rules->parameters[i].name, term->family->name, term->family->form);
  guint wrong = 0;
  const char *trouble = rules->prepare ? rules->prepare (term, &wrong) : NULL;
  return trouble ? orr_reader_fail (reader, places[wrong], "%s", trouble) : TRUE;
}

static gboolean
fail_family (OrrDistributionReader *reader, gsize length)
{
  const char *names[32] = { NULL };
  GString *list = g_string_new (NULL);
  guint n = 0;
  for (guint i = 0; orr_distribution_families[i]; i++)
    {
      const OrrDistributionFamily *family = orr_distribution_families[i];
      g_assert (n + 1 < G_N_ELEMENTS (names));
      if (family->rules)
        names[n++] = family->name;
    }
  for (guint i = 0; i < n; i++)
    g_string_append_printf (list, "%s%s", i == 0 ? "" : i + 1 < n ? ", " : " and ", names[i]);

  g_autofree char *word = g_strndup (reader->at, length);
  g_autofree char *quoted = orr_quote (word);
  const char *near = orr_suggest (word, names);
  if (near)
    orr_reader_fail (reader, reader->at, "unknown distribution %s; did you mean '%s'?", quoted, near);
  else
    orr_reader_fail (reader, reader->at, "unknown distribution %s; there are durations like 200ms, and %s",
                     quoted, list->str);
  g_string_free (list, TRUE);
  return FALSE;
}

/* What a family of that name needs, or NULL with the error filled. */
static const OrrDistributionFamily *
read_family (OrrDistributionReader *reader, gsize length)
{
  for (guint i = 0; orr_distribution_families[i]; i++)
    {
      const OrrDistributionFamily *family = orr_distribution_families[i];
      if (strlen (family->name) != length || strncmp (family->name, reader->at, length) != 0)
        continue;
      if (!family->rules)
        {
          orr_reader_fail (reader, reader->at, "a %s is written as a bare duration, as in %s", family->name,
                           family->example);
          return NULL;
        }
      const char *name = reader->at;
      reader->at += length;
      if (orr_reader_peek (reader) == '(')
        {
          reader->at++;
          return family;
        }
      orr_reader_fail (reader, name, "%s needs its arguments in parentheses, as in %s", family->name,
                       family->example);
      return NULL;
    }
  fail_family (reader, length);
  return NULL;
}

/* The word, or the one character, that stands where something else should. */
static char *
quote_next (OrrDistributionReader *reader)
{
  gsize length = orr_reader_word (reader);
  g_autofree char *next = g_strndup (reader->at, MAX (length, 1));
  return orr_quote (next);
}

static gboolean
read_closing (OrrDistributionReader *reader, const char *what)
{
  char next = orr_reader_peek (reader);
  if (next == ')')
    {
      reader->at++;
      return TRUE;
    }
  if (next == '\0')
    return orr_reader_fail (reader, reader->at, "the ')' that closes %s is missing", what);
  g_autofree char *quoted = quote_next (reader);
  return orr_reader_fail (reader, reader->at, "%s can't stand here; ')' should close %s", quoted, what);
}

static gboolean
read_family_term (OrrDistributionReader *reader, gsize length, Sum *sum)
{
  const char *place = reader->at;
  OrrTerm term = { .family = read_family (reader, length) };
  if (!term.family)
    return FALSE;
  if (sum->n_terms == ORR_DISTRIBUTION_TERMS_MAX)
    return orr_reader_fail (reader, place, "a sum has at most %d terms", ORR_DISTRIBUTION_TERMS_MAX);

  const struct OrrFamilyRules *rules = term.family->rules;
  if (!(rules->read ? rules->read (reader, &term) : read_arguments (reader, &term))
      || !read_closing (reader, term.family->name))
    {
      orr_term_clear (&term);
      return FALSE;
    }
  sum->terms[sum->n_terms++] = term;
  return TRUE;
}

static gboolean
read_constant (OrrDistributionReader *reader, gsize length, Sum *sum)
{
  const char *place = reader->at;
  OrrTime value = 0;
  if (!orr_reader_duration (reader, length, &value))
    return FALSE;
  sum->offset += value;
  if (ABS (sum->offset) > ORR_TIME_MAX)
    return orr_reader_fail (reader, place,
                            "the constants of this sum exceed the longest duration of 73 years");
  return TRUE;
}

static gboolean
read_nested (OrrDistributionReader *reader, Sum *sum)
{
  reader->at++;
  return read_sum (reader, sum) && read_closing (reader, "'('");
}

static gboolean
read_term_within (OrrDistributionReader *reader, Sum *sum)
{
  char next = orr_reader_peek (reader);
  gsize length = orr_reader_word (reader);

  if (next == '(')
    return read_nested (reader, sum);
  if (g_ascii_isdigit (next) || next == '-' || next == '.')
    return read_constant (reader, length, sum);
  if (length > 0)
    return read_family_term (reader, length, sum);
  if (next == '\0')
    return orr_reader_fail (reader, reader->at,
                            "a distribution is missing; write a duration like 200ms, or one like %s",
                            "exponential(mean 10ms)");
  return orr_reader_fail (reader, reader->at, "'%c' can't stand here; a duration or a distribution should",
                          next);
}

static gboolean
read_term (OrrDistributionReader *reader, Sum *sum)
{
  orr_reader_peek (reader);
  if (reader->depth == ORR_DISTRIBUTION_DEPTH_MAX)
    return orr_reader_fail (reader, reader->at,
                            "distributions are nested more than %d deep; take parentheses out",
                            ORR_DISTRIBUTION_DEPTH_MAX);
  reader->depth++;
  gboolean good = read_term_within (reader, sum);
  reader->depth--;
  return good;
}

static gboolean
read_sum (OrrDistributionReader *reader, Sum *sum)
{
  gboolean good = read_term (reader, sum);
  while (good && orr_reader_peek (reader) == '+')
    {
      reader->at++;
      good = read_term (reader, sum);
    }
  return good;
}

/* What was read, or NULL where that failed. */
static OrrDistribution *
finish (const OrrDistributionReader *reader, Sum *sum, gboolean good)
{
  if (good)
    return orr_distribution_new (sum->offset, reader->is_signed, sum->terms, sum->n_terms);
  for (guint i = 0; i < sum->n_terms; i++)
    orr_term_clear (&sum->terms[i]);
  return NULL;
}

OrrDistribution *
orr_reader_term (OrrDistributionReader *reader)
{
  Sum sum = { .n_terms = 0 };
  gboolean good = read_term (reader, &sum);
  return finish (reader, &sum, good);
}

static OrrDistribution *
parse (const char *text, const char *directory, gboolean is_signed, OrrDistributionError *error)
{
  OrrDistributionReader reader = { text, text, directory, is_signed, 0, error };

  if (strnlen (text, ORR_DISTRIBUTION_TEXT_MAX + 1) > ORR_DISTRIBUTION_TEXT_MAX)
    {
      orr_reader_fail (&reader, text, "a distribution of more than %d bytes is not read",
                       ORR_DISTRIBUTION_TEXT_MAX);
      return NULL;
    }
  Sum sum = { .n_terms = 0 };
  gboolean good = read_sum (&reader, &sum);
  OrrDistribution *distribution = finish (&reader, &sum, good);
  if (!distribution || orr_reader_peek (&reader) == '\0')
    return distribution;

  g_autofree char *rest = quote_next (&reader);
  orr_reader_fail (&reader, reader.at, "%s can't stand behind a distribution; terms are joined by '+'", rest);
  orr_distribution_unref (distribution);
  return NULL;
}

OrrDistribution *
orr_distribution_parse (const char *text, const char *directory, OrrDistributionError *error)
{
  return parse (text, directory, FALSE, error);
}

OrrDistribution *
orr_distribution_parse_signed (const char *text, const char *directory, OrrDistributionError *error)
{
  return parse (text, directory, TRUE, error);
}
