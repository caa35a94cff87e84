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

G_BEGIN_DECLS

typedef guint64 OrrDraw; /* a key, well mixed: its own bits are a uniform draw */

/* Mixes two words into one: multiply to 128 bits and fold the halves (the "mum" step of wyhash, Wang Yi 2019). Every bit of both matters. */
static inline guint64
orr_mix (guint64 a, guint64 b)
{
  unsigned __int128 product = (unsigned __int128) (a ^ 0x9e3779b97f4a7c15u) * (b ^ 0xbf58476d1ce4e5b9u);
  return (guint64) product ^ (guint64) (product >> 64);
}

/* Tells a draw apart from its siblings by one more word. */
static inline OrrDraw
orr_draw_fold (OrrDraw key, guint64 word)
{
  return orr_mix (key, word + 0xd6e8feb86659fd93u);
}

/* A word that stands for a text (a purpose, a session's name); the same in every run and on every machine. */
guint64 orr_draw_word (const char *text);

/* A uniform integer in [0, n), n > 0, without the bias of a modulo that anyone could measure (Lemire 2019, without the rejection). */
static inline guint64
orr_draw_below (OrrDraw key, guint64 n)
{
  return (guint64) (((unsigned __int128) orr_mix (key, 0x94d049bb133111ebu) * n) >> 64);
}

/* A uniform real in [0, 1), a multiple of 2^-53. */
static inline double
orr_draw_unit (OrrDraw key)
{
  return (double) (orr_mix (key, 0xe7037ed1a0b428dbu) >> 11) * 0x1p-53;
}

G_END_DECLS
