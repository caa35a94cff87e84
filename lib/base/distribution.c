/* distribution.c: distributions as values: made, compared, written and sampled.
 *
 * What a text may look like is distribution-reader.c's business; what a family does is that of its file in
 * distributions/. */
#include "base/distribution-private.h"

#include "base/quantity.h"

#include <string.h>

gboolean
orr_term_equal (const OrrTerm *a, const OrrTerm *b)
{
  if (a->family != b->family)
    return FALSE;
  if (a->family->rules->equal)
    return a->family->rules->equal (a, b);
  for (guint i = 0; i < ORR_PARAMETERS_MAX; i++)
    if (a->arguments[i].time != b->arguments[i].time || a->arguments[i].number != b->arguments[i].number)
      return FALSE;
  return TRUE;
}

void
orr_term_clear (OrrTerm *term)
{
  if (term->family->rules->clear)
    term->family->rules->clear (term);
}

static void
term_write (const OrrTerm *term, gboolean whole, GString *text)
{
  const struct OrrFamilyRules *rules = term->family->rules;

  g_string_append_printf (text, "%s(", term->family->name);
  if (rules->write)
    rules->write (term, whole, text);
  for (guint i = 0; rules->parameters[i].name; i++)
    {
      g_autofree char *value = rules->parameters[i].kind == ORR_PARAMETER_NUMBER
                                   ? orr_real_to_text (term->arguments[i].number)
                                   : orr_duration_to_text (term->arguments[i].time);
      g_string_append_printf (text, "%s%s %s", i == 0 ? "" : " ", rules->parameters[i].name, value);
    }
  g_string_append_c (text, ')');
}

void
orr_distribution_write (const OrrDistribution *distribution, gboolean whole, GString *text)
{
  gboolean first = distribution->offset == 0 && distribution->n_terms > 0;
  if (!first)
    {
      g_autofree char *offset = orr_duration_to_text (distribution->offset);
      g_string_append (text, offset);
    }
  for (guint i = 0; i < distribution->n_terms; i++, first = FALSE)
    {
      if (!first)
        g_string_append (text, " + ");
      term_write (&distribution->terms[i], whole, text);
    }
}

OrrDistribution *
orr_distribution_new (OrrTime offset, gboolean is_signed, const OrrTerm *terms, guint n_terms)
{
  OrrDistribution *distribution = g_malloc0 (sizeof *distribution + n_terms * sizeof *terms);

  g_assert (offset >= (is_signed ? -ORR_TIME_MAX : 0) && offset <= ORR_TIME_MAX);
  distribution->references = 1;
  distribution->kind = n_terms == 0 ? ORR_SAMPLE_CONSTANT : ORR_SAMPLE_TERMS;
  distribution->offset = offset;
  distribution->floor = is_signed ? -ORR_TIME_MAX : 0;
  distribution->n_terms = n_terms;
  for (guint i = 0; i < n_terms; i++)
    distribution->terms[i] = terms[i];
  if (n_terms == 1 && strcmp (terms[0].family->name, "exponential") == 0
      && terms[0].arguments[0].number < (double) (ORR_TIME_MAX - offset) / ORR_EXPONENTIAL_MAX)
    {
      distribution->kind = ORR_SAMPLE_EXPONENTIAL;
      distribution->scale = terms[0].arguments[0].number;
    }
  return distribution;
}

OrrTime
orr_distribution_sample_uncut (const OrrDistribution *distribution, OrrDraw key)
{
  OrrTime sum = distribution->offset;

  for (guint i = 0; i < distribution->n_terms; i++)
    {
      const OrrTerm *term = &distribution->terms[i];
      OrrDraw term_key = orr_draw_fold (key, ORR_DRAW_TERM + i);
      sum += term->family->rules->sample (term, term_key);
      sum = CLAMP (sum, -ORR_TIME_MAX, ORR_TIME_MAX);
    }
  return sum;
}

OrrDistribution *
orr_distribution_new_constant (OrrTime value)
{
  return orr_distribution_new (value, FALSE, NULL, 0);
}

OrrDistribution *
orr_distribution_ref (const OrrDistribution *distribution)
{
  OrrDistribution *counted = (OrrDistribution *) distribution;
  g_atomic_int_inc (&counted->references);
  return counted;
}

void
orr_distribution_unref (OrrDistribution *distribution)
{
  if (!distribution || !g_atomic_int_dec_and_test (&distribution->references))
    return;
  for (guint i = 0; i < distribution->n_terms; i++)
    orr_term_clear (&distribution->terms[i]);
  g_free (distribution);
}

char *
orr_distribution_to_text (const OrrDistribution *distribution)
{
  GString *text = g_string_new (NULL);
  orr_distribution_write (distribution, FALSE, text);
  return g_string_free (text, FALSE);
}

gboolean
orr_distribution_equal (const OrrDistribution *a, const OrrDistribution *b)
{
  if (a->offset != b->offset || a->floor != b->floor || a->n_terms != b->n_terms)
    return FALSE;
  for (guint i = 0; i < a->n_terms; i++)
    if (!orr_term_equal (&a->terms[i], &b->terms[i]))
      return FALSE;
  return TRUE;
}

OrrTime
orr_distribution_sample (const OrrDistribution *distribution, OrrDraw key)
{
  return orr_distribution_sample_inline (distribution, key);
}

OrrTime
orr_exponential_sample (double mean, OrrDraw key)
{
  return orr_time_from_span (mean * orr_draw_exponential (key));
}

gboolean
orr_distribution_is_constant (const OrrDistribution *distribution, OrrTime *ret_value)
{
  if (distribution->kind != ORR_SAMPLE_CONSTANT)
    return FALSE;
  if (ret_value)
    *ret_value = distribution->offset;
  return TRUE;
}

double
orr_distribution_mean (const OrrDistribution *distribution)
{
  double mean = (double) distribution->offset;
  for (guint i = 0; i < distribution->n_terms; i++)
    mean += distribution->terms[i].family->rules->mean (&distribution->terms[i]);
  return mean;
}
