/* draw.c: how keys begin.
 *
 * Everything that draws fold later is hashed by orr_mix, which wants one of its two words to be well mixed. A
 * seed is not: people choose 1, 2 and 3. So a key begins with a one-to-one scramble of the seed; two seeds
 * never begin alike. */
#include "base/draw.h"

/* The finisher of splitmix64 (Steele, Lea & Flood 2014, with Stafford's constants): one-to-one, and each bit
 * of the word reaches all. */
static guint64
scramble (guint64 word)
{
  word = (word ^ (word >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  word = (word ^ (word >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return word ^ (word >> 31);
}

guint64
orr_draw_word (const char *text)
{
  /* Byte by byte, so that the order of bytes in a machine's words does not matter. Texts here are names:
   * short. */
  guint64 word = scramble (G_GUINT64_CONSTANT (0x6f72726572790001));
  for (const guint8 *at = (const guint8 *) text; *at; at++)
    word = orr_mix (word, *at);
  return word;
}

OrrDraw
orr_draw_key (guint64 seed, const char *purpose)
{
  return orr_mix (scramble (seed + G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)), orr_draw_word (purpose));
}
