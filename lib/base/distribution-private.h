/* distribution-private.h: how a distribution is kept, and how a family plugs in. Internal to the library.
 *
 * A distribution is a sum: one offset, to which all constants were added, and terms, each of one family. The two commonest, a constant and a
 * constant plus an exponential, are marked as such, so that the engine samples them inline; everything else goes through the
 * family's own function.
 *
 * A family is one file in distributions/. It names its parameters in a table and gives three functions; text, places of errors and
 * suggestions are not its business, unless its grammar is its own (uniform, empirical, mixture). */
#pragma once

#include "base/distribution.h"
#include "base/ziggurat.h"

G_BEGIN_DECLS

/* Bounds on what a text may ask for: far above what anyone writes, far below what costs anything. */
#define ORR_DISTRIBUTION_TEXT_MAX  (4 * 1024 * 1024) /* a whole file may stand in it */
#define ORR_DISTRIBUTION_DEPTH_MAX 8
#define ORR_DISTRIBUTION_TERMS_MAX 16
#define ORR_DISTRIBUTION_FILE_MAX  (1024 * 1024)

/* Shapes and the like lie between these; what lies beyond is a mistake. */
#define ORR_DISTRIBUTION_NUMBER_MIN 0.001
#define ORR_DISTRIBUTION_NUMBER_MAX 1000000.0

/* The words that keys are folded with for the parts of a distribution: the i-th term, and a mixture's part. So whoever draws a sample may
 * draw other numbers with the same key. */
#define ORR_DRAW_TERM G_GUINT64_CONSTANT (0xa0761d6478bd642f)
#define ORR_DRAW_PART G_GUINT64_CONSTANT (0x8ebc6af09c88c6e3)

typedef enum
{
  ORR_PARAMETER_DURATION,          /* negative only in signed distributions */
  ORR_PARAMETER_DURATION_ABOVE_0,
  ORR_PARAMETER_NUMBER,            /* without a unit, within the bounds above */
} OrrParameterKind;

typedef struct
{
  const char *name;
  OrrParameterKind kind;
} OrrParameter;

#define ORR_PARAMETERS_MAX 2

/* What was written for one parameter. A duration is kept as such too, so that it can be written back exactly. */
typedef struct
{
  double number; /* durations in nanoseconds */
  OrrTime time;
} OrrArgument;

typedef struct
{
  const OrrDistributionFamily *family;
  OrrArgument arguments[ORR_PARAMETERS_MAX];
  double derived[2]; /* what `prepare` computed for `sample` */
  gpointer more;     /* what a family with its own grammar read; freed by its `clear` */
} OrrTerm;

typedef struct OrrDistributionReader OrrDistributionReader;

struct OrrFamilyRules
{
  OrrParameter parameters[ORR_PARAMETERS_MAX + 1]; /* ends with a NULL name */

  /* Computes `derived` once all arguments are known. Returns NULL, or what is wrong with the argument at *ret_index. */
  const char *(*prepare) (OrrTerm *term, guint *ret_index);

  /* A family with its own grammar reads what stands in its parentheses, writes it, compares and frees it. Otherwise all NULL. */
  gboolean (*read) (OrrDistributionReader *reader, OrrTerm *term);
  void (*write) (const OrrTerm *term, gboolean whole, GString *text);
  gboolean (*equal) (const OrrTerm *a, const OrrTerm *b);
  void (*clear) (OrrTerm *term);

  /* One sample, from -ORR_TIME_MAX to ORR_TIME_MAX. */
  OrrTime (*sample) (const OrrTerm *term, OrrDraw key);
  double (*mean) (const OrrTerm *term);
};

typedef enum
{
  ORR_SAMPLE_CONSTANT,    /* offset */
  ORR_SAMPLE_EXPONENTIAL, /* offset + scale · an exponential variate, which no draw makes exceed ORR_TIME_MAX */
  ORR_SAMPLE_TERMS,       /* offset + the terms */
} OrrSampleKind;

struct OrrDistribution
{
  gint references;
  OrrSampleKind kind;
  OrrTime offset;
  double scale;
  OrrTime floor; /* samples are no less: 0, or -ORR_TIME_MAX where signed */
  guint n_terms;
  OrrTerm terms[];
};

/* The nearest whole nanosecond of what is not negative, at most ORR_TIME_MAX. */
static inline OrrTime
orr_time_from_span (double nanoseconds)
{
  return G_LIKELY (nanoseconds < (double) ORR_TIME_MAX) ? (OrrTime) (nanoseconds + 0.5) : ORR_TIME_MAX;
}

/* The same on both sides of 0. Neither is for NaN. */
static inline OrrTime
orr_time_from_real (double nanoseconds)
{
  return nanoseconds < 0 ? -orr_time_from_span (-nanoseconds) : orr_time_from_span (nanoseconds);
}

/* The terms and the offset summed, between -ORR_TIME_MAX and ORR_TIME_MAX, not yet cut at the floor. */
OrrTime orr_distribution_sample_uncut (const OrrDistribution *distribution, OrrDraw key);

/* The same as orr_distribution_sample, for loops in which each nanosecond counts. */
static inline OrrTime
orr_distribution_sample_inline (const OrrDistribution *distribution, OrrDraw key)
{
  if (G_LIKELY (distribution->kind == ORR_SAMPLE_EXPONENTIAL))
    {
      /* Never below the floor: the offset is not, and the rest is not negative. Never above ORR_TIME_MAX either: such scales are not of this kind. */
      return distribution->offset + (OrrTime) (orr_draw_exponential_scaled (key, distribution->scale) + 0.5);
    }
  if (distribution->kind == ORR_SAMPLE_CONSTANT)
    return distribution->offset;
  OrrTime sample = orr_distribution_sample_uncut (distribution, key);
  return MAX (sample, distribution->floor);
}

/* A term's parts, for the distribution and for families that hold distributions. */
gboolean orr_term_equal (const OrrTerm *a, const OrrTerm *b);
void orr_term_clear (OrrTerm *term);

/* Makes a distribution of an offset and terms, which it takes over. */
OrrDistribution *orr_distribution_new (OrrTime offset, gboolean is_signed, const OrrTerm *terms, guint n_terms);

/* `whole`: what is in files is written out, so that reading it needs none. */
void orr_distribution_write (const OrrDistribution *distribution, gboolean whole, GString *text);

/* Reading. Each function skips the spaces before what it reads; on failure it fills the error, once, and returns FALSE or NULL. */
struct OrrDistributionReader
{
  const char *text, *at;
  const char *directory;
  gboolean is_signed;
  guint depth;
  OrrDistributionError *error;
};

/* Says that something is wrong at a place in the text; always FALSE. */
gboolean orr_reader_fail (OrrDistributionReader *reader, const char *place, const char *format, ...) G_GNUC_PRINTF (3, 4);

/* The next character that is no space; '\0' at the end. */
char orr_reader_peek (OrrDistributionReader *reader);

/* The length of the word at `at`: up to a space, a parenthesis, a comma or a plus sign. */
gsize orr_reader_word (OrrDistributionReader *reader);

/* Reads `length` bytes at `at` as a duration. */
gboolean orr_reader_duration (OrrDistributionReader *reader, gsize length, OrrTime *ret_value);

/* Reads one term: a duration, a family with its arguments, or a sum in parentheses. */
OrrDistribution *orr_reader_term (OrrDistributionReader *reader);

G_END_DECLS
