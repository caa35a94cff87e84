/* ziggurat.h: exponential and normal variates from a key, fast enough to be drawn inline for every message. Internal. */
#pragma once

#include "base/draw.h"

G_BEGIN_DECLS

/* A layer of a ziggurat: points j < 2^53 along it stand for x = j · width; those with j < inside lie under the curve for sure. */
typedef struct
{
  guint64 inside;
  double width;
} OrrZigguratLayer;

/* From the lowest to the highest; the last is the empty one above all. */
extern G_GNUC_INTERNAL const OrrZigguratLayer orr_ziggurat_exponential[257];
extern G_GNUC_INTERNAL const OrrZigguratLayer orr_ziggurat_normal[257];

/* How high the curve is at the right end of each layer. */
extern G_GNUC_INTERNAL const double orr_ziggurat_exponential_heights[257];

/* The same from the key's bits, where the first look did not decide. */
double orr_draw_exponential_slow (guint64 bits);
double orr_draw_normal_slow (guint64 bits);

/* What an exponential variate stays below. */
#define ORR_EXPONENTIAL_MAX 45

/* An exponential variate of mean 1, from 0 to below ORR_EXPONENTIAL_MAX. */
static inline double
orr_draw_exponential (OrrDraw key)
{
  guint64 bits = orr_mix (key, ORR_DRAW_EXPONENTIAL);
  const OrrZigguratLayer *layer = &orr_ziggurat_exponential[bits & 255];
  guint64 point = bits >> 11;
  if (G_LIKELY (point < layer->inside))
    return (double) point * layer->width;
  return orr_draw_exponential_slow (bits);
}

/* The same times `scale`, sooner: the two factors of the point are multiplied while it is still being converted. */
static inline double
orr_draw_exponential_scaled (OrrDraw key, double scale)
{
  guint64 bits = orr_mix (key, ORR_DRAW_EXPONENTIAL);
  const OrrZigguratLayer *layer = &orr_ziggurat_exponential[bits & 255];
  guint64 point = bits >> 11;
  if (G_LIKELY (point < layer->inside))
    return (double) point * (layer->width * scale);
  return scale * orr_draw_exponential_slow (bits);
}

/* A standard normal variate, from -14 to 14. */
static inline double
orr_draw_normal (OrrDraw key)
{
  guint64 bits = orr_mix (key, ORR_DRAW_NORMAL);
  const OrrZigguratLayer *layer = &orr_ziggurat_normal[bits & 255];
  guint64 point = bits >> 11;
  if (G_LIKELY (point < layer->inside))
    {
      double x = (double) point * layer->width;
      return bits & 256 ? -x : x;
    }
  return orr_draw_normal_slow (bits);
}

G_END_DECLS
