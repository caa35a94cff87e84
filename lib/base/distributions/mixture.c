/* mixture.c: now one thing, now another: a cache hit or a miss.
 *
 * One draw picks the part by its share, another samples the part. Shares are integers (parts per billion), so
 * that they either make a whole exactly or are refused. */
#include "base/distribution-private.h"

#include "base/quantity.h"

typedef struct
{
  OrrShare share;
  OrrDistribution *distribution;
} Part;

typedef struct
{
  guint n;
  Part parts[ORR_DISTRIBUTION_TERMS_MAX];
} Mixture;

static gboolean
is_duration (const char *word)
{
  OrrTime time;
  g_autofree char *message = NULL;
  return orr_duration_parse (word, &time, &message);
}

/* `91.22% pareto(…)`: a share and one term. */
static gboolean
read_part (OrrDistributionReader *reader, Part *part)
{
  gsize length = orr_reader_word (reader);
  g_autofree char *word = g_strndup (reader->at, length);
  g_autofree char *message = NULL;

  gboolean good = orr_share_parse (word, &part->share, &message);
  if ((!g_ascii_isdigit (*word) && *word != '-') || (!good && is_duration (word)))
    return orr_reader_fail (
        reader, reader->at,
        "a part of a mixture begins with its share, as in 8.78%% exponential(mean 1ms); a sum within it "
        "stands in parentheses");
  if (!good)
    return orr_reader_fail (reader, reader->at, "%s", message);
  reader->at += length;
  part->distribution = orr_reader_term (reader);
  return part->distribution != NULL;
}

static gboolean
check_total (OrrDistributionReader *reader, const Mixture *mixture, const char *place)
{
  OrrShare total = 0;
  for (guint i = 0; i < mixture->n; i++)
    total += mixture->parts[i].share;
  if (total == ORR_SHARE_WHOLE)
    return TRUE;
  g_autofree char *shown = orr_share_to_text (total);
  return orr_reader_fail (reader, place, "the shares of this mixture add up to %s; they must make 100%%",
                          shown);
}

static gboolean
read_parts (OrrDistributionReader *reader, OrrTerm *term)
{
  Mixture *mixture = g_new0 (Mixture, 1);
  term->more = mixture;
  orr_reader_peek (reader);
  const char *place = reader->at;
  for (;;)
    {
      if (mixture->n == ORR_DISTRIBUTION_TERMS_MAX)
        return orr_reader_fail (reader, reader->at, "a mixture has at most %d parts",
                                ORR_DISTRIBUTION_TERMS_MAX);
      if (!read_part (reader, &mixture->parts[mixture->n]))
        return FALSE;
      mixture->n++;
      if (orr_reader_peek (reader) != '+')
        break;
      reader->at++;
    }
  /* Where the text breaks off, that is the trouble, and not the shares that are yet to come. */
  if (*reader->at == ')')
    return check_total (reader, mixture, place);
  return *reader->at == '\0'
         || orr_reader_fail (reader, reader->at, "the parts of a mixture are joined by '+'");
}

static void
write_parts (const OrrTerm *term, gboolean whole, GString *text)
{
  const Mixture *mixture = term->more;

  for (guint i = 0; i < mixture->n; i++)
    {
      const OrrDistribution *part = mixture->parts[i].distribution;
      gboolean is_sum = part->n_terms > 1 || (part->n_terms == 1 && part->offset != 0);
      g_autofree char *share = orr_share_to_text (mixture->parts[i].share);
      g_string_append_printf (text, "%s%s %s", i == 0 ? "" : " + ", share, is_sum ? "(" : "");
      orr_distribution_write (part, whole, text);
      g_string_append (text, is_sum ? ")" : "");
    }
}

static gboolean
equal (const OrrTerm *a, const OrrTerm *b)
{
  const Mixture *first = a->more, *second = b->more;

  if (first->n != second->n)
    return FALSE;
  for (guint i = 0; i < first->n; i++)
    if (first->parts[i].share != second->parts[i].share
        || !orr_distribution_equal (first->parts[i].distribution, second->parts[i].distribution))
      return FALSE;
  return TRUE;
}

static void
clear (OrrTerm *term)
{
  Mixture *mixture = term->more;

  for (guint i = 0; mixture && i < mixture->n; i++)
    orr_distribution_unref (mixture->parts[i].distribution);
  g_free (mixture);
}

static OrrTime
sample (const OrrTerm *term, OrrDraw key)
{
  const Mixture *mixture = term->more;
  OrrShare point = (OrrShare) orr_draw_below (key, ORR_SHARE_WHOLE);
  guint i = 0;

  while (point >= mixture->parts[i].share)
    point -= mixture->parts[i++].share;
  return orr_distribution_sample_uncut (mixture->parts[i].distribution, orr_draw_fold (key, ORR_DRAW_PART));
}

static double
mean (const OrrTerm *term)
{
  const Mixture *mixture = term->more;
  double sum = 0;

  for (guint i = 0; i < mixture->n; i++)
    if (mixture->parts[i].share > 0)
      sum += (double) mixture->parts[i].share / ORR_SHARE_WHOLE
             * orr_distribution_mean (mixture->parts[i].distribution);
  return sum;
}

static const struct OrrFamilyRules rules = {
  .read = read_parts,
  .write = write_parts,
  .equal = equal,
  .clear = clear,
  .sample = sample,
  .mean = mean,
};

const OrrDistributionFamily orr_distribution_family_mixture = {
  .name = "mixture",
  .form = "mixture(SHARE DISTRIBUTION + SHARE DISTRIBUTION …)",
  .example = "mixture(91.22% pareto(scale 0.235ms shape 10) + 8.78% exponential(mean 0.602ms))",
  .doc
  = "Each part in its share of all cases; the shares make 100 %. A part that is a sum stands in parentheses.",
  .rules = &rules,
};
