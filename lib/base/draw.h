/* draw.h: random numbers that are named by what they are for.
 *
 * An ordinary generator is a stream: take one number out, and every later decision changes. That is poison for a simulator whose runs
 * are to be shrunk, where removing one operation should change only what that operation caused. So there is no stream here. Each draw is
 * a hash of the seed of the run and of the purpose it serves: who draws, what for, at what time, the how-manieth at that instant. Equal
 * purposes give equal numbers in every run, and no state is kept anywhere.
 *
 * A key is built once (`orr_draw_key`), then folded with whatever else tells the draw apart (`orr_draw_fold`), and turned into numbers.
 * One key may need several numbers; `orr_draw_fold (key, i)` gives the i-th. All operations are on integers, so that the result is the
 * same on every machine. */
#pragma once

#include <glib.h>

#include "base/visibility.h"

G_BEGIN_DECLS

typedef guint64 OrrDraw; /* a key, well mixed: its own bits are a uniform draw */

/* Mixes two words into one. The second, its halves folded so that no part of it stands too high, is spread over the word by an odd number
 * with a good lattice (Steele & Vigna 2022), and added to the first. The sum is multiplied by itself with half of its bits flipped, to
 * 128 bits, and the halves of the product are folded: the step of wyrand (Wang Yi 2019). A product of the sum with itself makes
 * neighbouring words (ordinals, the ticks of a clock) unrelated; a product of the two words would leave them in an arithmetic
 * progression. No first word is a trap: whatever it is, only two second words make the product 0. At least one of the two must be well mixed already,
 * as an OrrDraw is. */
static inline guint64
orr_mix (guint64 a, guint64 b)
{
  guint64 spread = (b ^ (b >> 32)) * G_GUINT64_CONSTANT (0xd1342543de82ef95);
  guint64 sum = a + spread + G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  unsigned __int128 product = (unsigned __int128) sum * (sum ^ G_GUINT64_CONSTANT (0xe7037ed1a0b428db));
  return (guint64) product ^ (guint64) (product >> 64);
}

/* The key of a run's draws for one purpose. Any seed is as good as any other. */
ORR_PUBLIC OrrDraw orr_draw_key (guint64 seed, const char *purpose);

/* Tells a draw apart from its siblings by one more word. */
static inline OrrDraw
orr_draw_fold (OrrDraw key, guint64 word)
{
  return orr_mix (key, word);
}

/* A word that stands for a text (a purpose, a session's name); the same in every run and on every machine. */
ORR_PUBLIC guint64 orr_draw_word (const char *text);

/* What a key is folded with to be turned into a number. Far from what anyone folds with, so that numbers and child keys are unrelated. */
#define ORR_DRAW_BELOW       G_GUINT64_CONSTANT (0x94d049bb133111eb)
#define ORR_DRAW_UNIT        G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9)
#define ORR_DRAW_EXPONENTIAL G_GUINT64_CONSTANT (0xd6e8feb86659fd93)
#define ORR_DRAW_NORMAL      G_GUINT64_CONSTANT (0xc2b2ae3d27d4eb4f)

/* A uniform integer in [0, n), n > 0, without the bias of a modulo that anyone could measure (Lemire 2019, without the rejection). */
static inline guint64
orr_draw_below (OrrDraw key, guint64 n)
{
  return (guint64) (((unsigned __int128) orr_mix (key, ORR_DRAW_BELOW) * n) >> 64);
}

/* A uniform real in [0, 1), a multiple of 2^-53. */
static inline double
orr_draw_unit (OrrDraw key)
{
  return (double) (orr_mix (key, ORR_DRAW_UNIT) >> 11) * 0x1p-53;
}

/* A uniform real in (0, 1), never an end: an odd multiple of 2^-53. */
static inline double
orr_draw_open (OrrDraw key)
{
  return ((double) (orr_mix (key, ORR_DRAW_UNIT) >> 12) + 0.5) * 0x1p-52;
}

G_END_DECLS
