/* limit-random.h: the random numbers of the limit program: one stream (xoshiro256++, Blackman & Vigna 2019)
 * and exponential delays by a ziggurat of 256 layers (Marsaglia & Tsang 2000), the fastest ways known. The
 * tables are computed by the C library when the program starts; the simulator itself must not do that, a
 * benchmark may. */
#pragma once

#include <glib.h>
#include <math.h>

#define ZIGGURAT_LAYERS 256
#define ZIGGURAT_TAIL   7.69711747013104972
#define ZIGGURAT_AREA   0.0039496598225815571993

typedef struct
{
  guint64 state[4];
  double width[ZIGGURAT_LAYERS];   /* of a layer, for each unit of a 53-bit draw */
  guint64 inside[ZIGGURAT_LAYERS]; /* a draw below lies under the curve for sure */
  double height[ZIGGURAT_LAYERS + 1];
} LimitRandom;

static inline guint64
limit_mix (guint64 a, guint64 b)
{
  unsigned __int128 product = (unsigned __int128) (a ^ G_GUINT64_CONSTANT (0x9e3779b97f4a7c15))
                              * (b ^ G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9));
  return (guint64) product ^ (guint64) (product >> 64);
}

static inline guint64
limit_rotate (guint64 x, int bits)
{
  return (x << bits) | (x >> (64 - bits));
}

static inline guint64
limit_random_next (LimitRandom *random)
{
  guint64 *s = random->state;
  guint64 result = limit_rotate (s[0] + s[3], 23) + s[0];
  guint64 shifted = s[1] << 17;
  s[2] ^= s[0];
  s[3] ^= s[1];
  s[1] ^= s[2];
  s[0] ^= s[3];
  s[2] ^= shifted;
  s[3] = limit_rotate (s[3], 45);
  return result;
}

static inline double
limit_random_unit (LimitRandom *random)
{
  return (double) (limit_random_next (random) >> 11) * 0x1p-53;
}

/* One of n addresses, any but `self`. */
static inline guint32
limit_random_other (LimitRandom *random, guint32 self, guint32 n)
{
  guint32 other = (guint32) (((limit_random_next (random) >> 32) * (n - 1)) >> 32);
  return other + (other >= self);
}

static inline void
limit_random_init (LimitRandom *random, guint64 seed)
{
  for (int i = 0; i < 4; i++)
    {
      guint64 z = (seed += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15));
      z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
      z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
      random->state[i] = z ^ (z >> 31);
    }
  double edge[ZIGGURAT_LAYERS + 1] = { ZIGGURAT_AREA / exp (-ZIGGURAT_TAIL), ZIGGURAT_TAIL };
  for (int i = 2; i < ZIGGURAT_LAYERS; i++)
    edge[i] = -log (exp (-edge[i - 1]) + ZIGGURAT_AREA / edge[i - 1]);
  for (int i = 0; i <= ZIGGURAT_LAYERS; i++)
    random->height[i] = exp (-edge[i]);
  for (int i = 0; i < ZIGGURAT_LAYERS; i++)
    {
      random->inside[i] = (guint64) (edge[i + 1] / edge[i] * 0x1p53);
      random->width[i] = edge[i] * 0x1p-53;
    }
}

/* The hundredth draw that falls into a wedge or into the tail. */
static G_GNUC_NO_INLINE double
limit_exponential_slow (LimitRandom *random, guint layer, double x)
{
  for (;;)
    {
      if (layer == 0)
        return ZIGGURAT_TAIL - log (1.0 - limit_random_unit (random));
      double below = random->height[layer], above = random->height[layer + 1];
      if (below + (above - below) * limit_random_unit (random) < exp (-x))
        return x;
      guint64 bits = limit_random_next (random);
      layer = bits % ZIGGURAT_LAYERS;
      x = (double) (bits >> 11) * random->width[layer];
      if (bits >> 11 < random->inside[layer])
        return x;
    }
}

/* Exponential with mean 1, from 64 random bits; the stream is used only where they don't settle it. */
static inline double
limit_exponential (LimitRandom *random, guint64 bits)
{
  guint layer = bits % ZIGGURAT_LAYERS;
  double x = (double) (bits >> 11) * random->width[layer];
  return G_LIKELY (bits >> 11 < random->inside[layer]) ? x : limit_exponential_slow (random, layer, x);
}
