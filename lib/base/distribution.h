/* distribution.h: how long something takes, when it does not always take as long.
 *
 * Wherever a scenario asks for a duration it takes a distribution: a constant, a named family with named parameters, a mixture by shares,
 * a table of measurements, or a sum. It is written on one line, as in `lognormal(median 40ms p99 900ms)` or
 * `200ms + exponential(mean 10ms)`, and is an immutable value once parsed. A sample is a pure function of the distribution and of a draw's
 * key (draw.h), computed from basic IEEE operations alone (maths.h), so that it is the same on every machine.
 *
 * Samples are whole nanoseconds and never negative: what would fall below 0 is 0, what would exceed ORR_TIME_MAX is ORR_TIME_MAX. */
#pragma once

#include "base/draw.h"
#include "base/time.h"

G_BEGIN_DECLS

typedef struct OrrDistribution OrrDistribution;

/* What the program tells about a family: a line each of `orrery distributions`. */
typedef struct
{
  const char *name;    /* "lognormal" */
  const char *form;    /* "lognormal(median DURATION p99 DURATION)" */
  const char *example; /* text that parses */
  const char *doc;     /* meaning, parameters and their units, source */
} OrrDistributionFamily;

/* All families, in the order in which they are documented; ends with an entry whose name is NULL. */
extern const OrrDistributionFamily orr_distribution_families[];

/* Where and why a text is not a distribution. `offset` is the byte in the text where the trouble starts. `message` says what is wrong and
 * what would be right; the caller frees it. */
typedef struct
{
  gsize offset;
  char *message;
} OrrDistributionError;

/* Parses `text`. `directory` (may be NULL) is where `empirical(FILE)` looks for its file. Returns a new reference, or NULL with *error filled. */
OrrDistribution *orr_distribution_parse (const char *text, const char *directory, OrrDistributionError *error);

/* The distribution that always gives `value`, 0 ≤ value ≤ ORR_TIME_MAX. */
OrrDistribution *orr_distribution_new_constant (OrrTime value);

OrrDistribution *orr_distribution_ref (const OrrDistribution *distribution);
void orr_distribution_unref (OrrDistribution *distribution); /* accepts NULL */

/* The canonical text: parsing it gives an equal distribution. The caller frees it. */
char *orr_distribution_to_text (const OrrDistribution *distribution);

gboolean orr_distribution_equal (const OrrDistribution *a, const OrrDistribution *b);

/* One sample, a pure function of its arguments. Thread-safe. */
OrrTime orr_distribution_sample (const OrrDistribution *distribution, OrrDraw key);

/* TRUE and the value where the distribution is a constant. */
gboolean orr_distribution_is_constant (const OrrDistribution *distribution, OrrTime *ret_value);

/* The expected value in nanoseconds before rounding and clipping; infinity where there is none (pareto with shape ≤ 1). */
double orr_distribution_mean (const OrrDistribution *distribution);

/* Durations as text: `200ms`, `1.5s`, `2min`, `3h`, `1d`, `-2s`, `0s`; units ns us ms s min h d. The number may have a fraction; more digits than a
 * nanosecond holds are an error, and so is a number without a unit, but for a bare 0. Returns FALSE and a message that the caller frees. */
gboolean orr_duration_parse (const char *text, OrrTime *ret_value, char **ret_message);

/* The shortest exact text that orr_duration_parse reads back. The caller frees it. */
char *orr_duration_to_text (OrrTime value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OrrDistribution, orr_distribution_unref)

G_END_DECLS
