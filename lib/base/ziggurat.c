/* ziggurat.c: the exponential and the normal distribution in one look at a table.
 *
 * Cover the area under the curve by 256 layers of equal area, one on top of the other; the lowest also holds
 * the tail. Pick a layer with 8 bits and a point along it with 53 others. In 98 of 100 cases the point lies
 * left of the layer above, hence under the curve, and is the answer: no logarithm is taken. Only a point at
 * the ragged right end of a layer has to be compared with the curve itself (Marsaglia & Tsang 2000, The
 * ziggurat method for generating random variables). Further bits that an undecided point needs are hashed
 * from those that it had. */
#include "base/ziggurat.h"

#include "base/maths.h"

/* Whether a point at a random height of its layer, x being right of the layer above, lies under the curve,
 * given how high the curve is at both ends of the layer's ragged part and at x. */
static gboolean
is_under (double at_right, double at_left, double at_x, guint64 bits)
{
  return at_right + (at_left - at_right) * orr_draw_unit (bits) < at_x;
}

double
orr_draw_exponential_slow (guint64 bits)
{
  const OrrZigguratLayer *layers = orr_ziggurat_exponential;

  for (;;)
    {
      const OrrZigguratLayer *layer = &layers[bits & 255];
      guint64 point = bits >> 11;
      double x = (double) point * layer->width;
      if (point < layer->inside)
        return x;
      /* The tail is exponential again, from where it starts. */
      if (layer == layers)
        return layers[1].width * 0x1p53 - orr_log (orr_draw_open (bits));
      const double *heights = &orr_ziggurat_exponential_heights[bits & 255];
      if (is_under (heights[0], heights[1], orr_exp (-x), bits))
        return x;
      bits = orr_draw_fold (bits, ORR_DRAW_EXPONENTIAL);
    }
}

static double
bell (double x)
{
  return orr_exp (-0.5 * x * x);
}

/* A normal variate beyond `start`, by Marsaglia's method (1964): of an exponential one, those that fit are
 * kept. */
static double
normal_tail (double start, guint64 bits)
{
  for (;; bits = orr_draw_fold (bits, ORR_DRAW_NORMAL))
    {
      double x = -orr_log (orr_draw_open (bits)) / start;
      if (2 * orr_draw_exponential (bits) > x * x)
        return start + x;
    }
}

double
orr_draw_normal_slow (guint64 bits)
{
  const OrrZigguratLayer *layers = orr_ziggurat_normal;

  for (;;)
    {
      const OrrZigguratLayer *layer = &layers[bits & 255];
      double sign = bits & 256 ? -1 : 1;
      guint64 point = bits >> 11;
      double x = (double) point * layer->width;
      if (point < layer->inside)
        return sign * x;
      if (layer == layers)
        return sign * normal_tail (layers[1].width * 0x1p53, bits);
      if (is_under (bell (layer->width * 0x1p53), bell (layer[1].width * 0x1p53), bell (x), bits))
        return sign * x;
      bits = orr_draw_fold (bits, ORR_DRAW_NORMAL);
    }
}
