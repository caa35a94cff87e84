/* distribution.h: how long something takes, when it does not always take as long.
 *
 * Wherever a scenario asks for a duration it takes a distribution: a constant, a named family with named parameters, a mixture by shares,
 * a table of measurements, or a sum. It is written on one line, as in `lognormal(median 40ms p99 900ms)` or
 * `200ms + exponential(mean 10ms)`, and is an immutable value once parsed. A sample is a pure function of the distribution and of a draw's
 * key (draw.h), computed from basic IEEE operations alone (maths.h), so that it is the same on every machine.
 *
 * Samples are whole nanoseconds and never negative: what would fall below 0 is 0, what would exceed ORR_TIME_MAX is ORR_TIME_MAX. It is the
 * whole sum that is cut, not its terms, so that `200ms + normal(mean 0ms sd 5ms)` wanders both ways. A clock's skew may be negative: such
 * distributions are parsed as signed, and are cut at -ORR_TIME_MAX. */
#pragma once

#include "base/draw.h"
#include "base/time.h"
#include "base/visibility.h"

G_BEGIN_DECLS

typedef struct OrrDistribution OrrDistribution;

/* A family: a line of `orrery distributions`, and the rules by which the library parses and samples it. */
typedef struct
{
  const char *name;                    /* "lognormal" */
  const char *form;                    /* "lognormal(median DURATION p99 DURATION)" */
  const char *example;                 /* text that parses, but for a file that it names */
  const char *doc;                     /* meaning, parameters and their units, source */
  const struct OrrFamilyRules *rules;  /* internal: base/distribution-private.h */
} OrrDistributionFamily;

/* All families, in the order in which they are documented; ends with NULL. */
extern ORR_PUBLIC const OrrDistributionFamily *const orr_distribution_families[];

/* Where and why a text is not a distribution. `offset` is the byte in the text where the trouble starts. `message` says what is wrong and
 * what would be right; the caller frees it. */
typedef struct
{
  gsize offset;
  char *message;
} OrrDistributionError;

/* Parses `text`. `directory` (may be NULL) is where `empirical(FILE)` looks for its file. Returns a new reference, or NULL with
 * *error filled; `error` may be NULL. */
ORR_PUBLIC OrrDistribution *orr_distribution_parse (const char *text, const char *directory, OrrDistributionError *error);

/* The same for what may be negative, as a clock's skew: accepts negative durations, and samples are not cut at 0. */
ORR_PUBLIC OrrDistribution *orr_distribution_parse_signed (const char *text, const char *directory,
                                                           OrrDistributionError *error);

/* The distribution that always gives `value`, 0 ≤ value ≤ ORR_TIME_MAX. */
ORR_PUBLIC OrrDistribution *orr_distribution_new_constant (OrrTime value);

ORR_PUBLIC OrrDistribution *orr_distribution_ref (const OrrDistribution *distribution);
ORR_PUBLIC void orr_distribution_unref (OrrDistribution *distribution); /* accepts NULL */

/* The canonical text: parsing it gives an equal distribution. The caller frees it. */
ORR_PUBLIC char *orr_distribution_to_text (const OrrDistribution *distribution);

ORR_PUBLIC gboolean orr_distribution_equal (const OrrDistribution *a, const OrrDistribution *b);

/* One sample, a pure function of its arguments. Thread-safe. Numbers that draw.h gives for the same key are unrelated to it. */
ORR_PUBLIC OrrTime orr_distribution_sample (const OrrDistribution *distribution, OrrDraw key);

/* One sample of an exponential distribution whose mean, in nanoseconds, need not be whole: the time to the next event of a Poisson process. */
ORR_PUBLIC OrrTime orr_exponential_sample (double mean, OrrDraw key);

/* TRUE and the value where the distribution is a constant. */
ORR_PUBLIC gboolean orr_distribution_is_constant (const OrrDistribution *distribution, OrrTime *ret_value);

/* The expected value in nanoseconds before rounding and clipping; infinity where there is none (pareto with shape ≤ 1). */
ORR_PUBLIC double orr_distribution_mean (const OrrDistribution *distribution);

/* Durations as text: `200ms`, `1.5s`, `2min`, `3h`, `1d`, `-2s`, `0s`; units ns us ms s min h d. The number may have a fraction; more digits than a
 * nanosecond holds are an error, and so is a number without a unit, but for a bare 0. Returns FALSE and a message that the caller frees. */
ORR_PUBLIC gboolean orr_duration_parse (const char *text, OrrTime *ret_value, char **ret_message);

/* The shortest exact text that orr_duration_parse reads back. The caller frees it. */
ORR_PUBLIC char *orr_duration_to_text (OrrTime value);
/* The same for people, who would rather read `602.011ms` than `602011us`: below a second never thousands of a unit. The caller frees it. */
ORR_PUBLIC char *orr_duration_to_words (OrrTime value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OrrDistribution, orr_distribution_unref)

G_END_DECLS
