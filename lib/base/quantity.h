/* quantity.h: numbers that carry a unit.
 *
 * A scenario never says `timeout: 5`: five of what? Every number that has a unit is written with it, right behind the number. All of
 * these quantities are whole multiples of a small unit (a part per billion, a byte, a bit a second), are kept as integers, and come back
 * from their text exactly as they were. What the small unit can't hold, such as half a byte, is an error and never rounded. Durations are
 * of the same kind and are declared in distribution.h.
 *
 * Every parser here returns FALSE with a message, which the caller frees and which says what is wrong and what would be right, and leaves
 * the value alone; it accepts any text, UTF-8 or not. Every printer gives the shortest exact text whose number is at least 1 (0.01 for
 * a percentage); the caller frees it. */
#pragma once

#include "base/time.h"
#include "base/visibility.h"

G_BEGIN_DECLS

/* A share of a whole, in parts per billion: loss, a mix, a drift. As an integer it adds up exactly, and compares with orr_draw_below
 * (key, ORR_SHARE_WHOLE). */
typedef gint64 OrrShare;
#define ORR_SHARE_WHOLE ((OrrShare) 1000000000)

/* `0.01%`, `91.22%`, `50ppm`, `7ppb`, a bare `0`; from 0 to 100%. */
ORR_PUBLIC gboolean orr_share_parse (const char *text, OrrShare *ret_value, char **ret_message);
ORR_PUBLIC char *orr_share_to_text (OrrShare value);

/* The same with a sign, for what runs too fast or too slow: `-50ppm`; from -100% to 100%. Printed by orr_share_to_text. */
ORR_PUBLIC gboolean orr_drift_parse (const char *text, OrrShare *ret_value, char **ret_message);

/* Bytes: `64`, `64B`, `16kB`, `8MB`, `1GiB`, `1.5kB`; k, M, G and T are powers of 1000, Ki, Mi, Gi and Ti of 1024. */
ORR_PUBLIC gboolean orr_size_parse (const char *text, gint64 *ret_value, char **ret_message);
ORR_PUBLIC char *orr_size_to_text (gint64 value);

/* Bits a second, above 0: `1Gbit/s`, `100Mbit/s`, `10kbit/s`, `9600bit/s`. */
ORR_PUBLIC gboolean orr_bit_rate_parse (const char *text, gint64 *ret_value, char **ret_message);
ORR_PUBLIC char *orr_bit_rate_to_text (gint64 value);

/* How often something happens: `count` billionths of an event in each `per`, one of the units of durations. It is kept as it was written,
 * so that `1/min` stays that. */
typedef struct
{
  gint64 count;
  OrrTime per;
} OrrRate;

/* `1000/s`, `5/min`, `0.5/h`: above 0, at most one a nanosecond, at least one in ORR_TIME_MAX. */
ORR_PUBLIC gboolean orr_rate_parse (const char *text, OrrRate *ret_value, char **ret_message);
ORR_PUBLIC char *orr_rate_to_text (OrrRate value);

ORR_PUBLIC double orr_rate_per_second (OrrRate rate);

/* The mean time between two events in nanoseconds; exact where it is whole and below 2^53. */
ORR_PUBLIC double orr_rate_interval (OrrRate rate);

/* The shortest decimal text that reads back to the same double, by g_ascii_strtod, in any locale. The caller frees it. */
ORR_PUBLIC char *orr_real_to_text (double value);

G_END_DECLS
