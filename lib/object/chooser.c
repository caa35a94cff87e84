/* chooser.c: which key the next step works on.
 *
 * Real loads favour some keys. Zipf's law gives the key of rank r the weight r^-s. A table of all weights
 * would cost memory and time for millions of keys; rejection inversion (Hörmann & Derflinger 1996,
 * "Rejection-inversion to generate variates from monotone discrete distributions") needs four numbers: it
 * inverts the integral of the continuous weight x^-s, rounds to a rank, and rejects what the rounding put
 * there too much, which is seldom. */
#include "object/object.h"

#include "base/maths.h"

struct OrrKeyChooser
{
  OrrKeyChoice choice;
  guint count;

  /* Zipf: */
  double power;       /* 1 - s; 0 where it is too near to 0 to divide by */
  double exponent;    /* s */
  double first, last; /* the integral where the ranks begin and end */
  double squeeze;     /* an inverse that is rounded up by no more than this needs no second look */
};

/* The integral of x^-s from 1. */
static double
integral (const OrrKeyChooser *chooser, double x)
{
  double log = orr_log (x);
  return chooser->power == 0 ? log : (orr_exp (chooser->power * log) - 1) / chooser->power;
}

static double
weight (const OrrKeyChooser *chooser, double x)
{
  return orr_exp (-chooser->exponent * orr_log (x));
}

/* Where the integral has a value; kept to where there are ranks, which rounding might leave. */
static double
invert (const OrrKeyChooser *chooser, double area)
{
  double x = chooser->count;
  if (chooser->power == 0)
    x = orr_exp (area);
  else if (1 + area * chooser->power > 0)
    x = orr_exp (orr_log (1 + area * chooser->power) / chooser->power);
  return CLAMP (x, 0.5, chooser->count + 0.5);
}

static guint
choose_zipf (const OrrKeyChooser *chooser, OrrDraw key)
{
  for (guint64 attempt = 0;; attempt++)
    {
      double share = orr_draw_open (orr_draw_fold (key, attempt));
      double area = chooser->last + share * (chooser->first - chooser->last);
      double x = invert (chooser, area);
      guint rank = CLAMP ((guint) (x + 0.5), 1, chooser->count);
      if (rank - x <= chooser->squeeze || area >= integral (chooser, rank + 0.5) - weight (chooser, rank))
        return rank - 1;
    }
}

OrrKeyChooser *
orr_key_chooser_new (OrrKeyChoice choice, guint count, double exponent)
{
  g_assert (count > 0);
  OrrKeyChooser *chooser = g_new0 (OrrKeyChooser, 1);
  chooser->choice = choice;
  chooser->count = count;
  if (choice == ORR_KEYS_ZIPF)
    {
      g_assert (exponent >= 0 && exponent <= ORR_ZIPF_EXPONENT_MAX);
      chooser->exponent = exponent;
      chooser->power = 1 - exponent;
      if (chooser->power > -1e-8 && chooser->power < 1e-8)
        chooser->power = 0;
      chooser->first = integral (chooser, 1.5) - 1;
      chooser->last = integral (chooser, count + 0.5);
      double second = integral (chooser, 2.5) - weight (chooser, 2);
      double inverse = chooser->power == 0 ? orr_exp (second)
                                           : orr_exp (orr_log (1 + second * chooser->power) / chooser->power);
      chooser->squeeze = 2 - inverse;
    }
  return chooser;
}

void
orr_key_chooser_free (OrrKeyChooser *chooser)
{
  g_free (chooser);
}

guint
orr_key_chooser_choose (const OrrKeyChooser *chooser, guint64 ordinal, OrrDraw key)
{
  switch (chooser->choice)
    {
    case ORR_KEYS_UNIFORM:
      return (guint) orr_draw_below (key, chooser->count);
    case ORR_KEYS_ZIPF:
      return choose_zipf (chooser, key);
    case ORR_KEYS_SEQUENTIAL:
      return (guint) (ordinal % chooser->count);
    }
  g_assert_not_reached ();
}
