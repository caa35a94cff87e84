/* quantity-private.h: what all numbers with units share. Internal to base.
 *
 * A kind of quantity is a small table: its units and how many of the smallest unit each is worth, its bounds, and the words for messages.
 * Parsing and printing are one function each for all kinds. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *name;
  gint64 worth;      /* in the smallest unit */
  gint64 shown_from; /* printing uses this unit for no smaller value; 0: `worth` */
} OrrUnit;

typedef struct
{
  const char *what;     /* "duration" */
  const char *example;  /* "200ms" */
  const char *smallest; /* "a nanosecond": nothing is finer */
  const char *zero;     /* how 0 is printed: "0s" */
  const OrrUnit *units; /* from small to large; ends with a NULL name */
  gint64 bare;          /* what a number without a unit is worth; 0: only 0 may stand without one */
  gint64 least, most;
  const char *bounds;   /* the same in words: "from 0% to 100%" */
} OrrQuantity;

/* A decimal number that was read exactly: ± digits / 10^places. */
typedef struct
{
  gboolean negative;
  unsigned __int128 digits;
  guint places;
  gboolean too_long; /* more digits than any quantity has; the rest is not to be used */
} OrrDecimal;

/* Reads `-12.50` at the start of `text`, and returns what follows; NULL where there is no number. */
const char *orr_decimal_read (const char *text, OrrDecimal *ret_decimal);

/* `digits` / 10^`places` × `worth`; FALSE where that is not whole. */
gboolean orr_decimal_scale (const OrrDecimal *decimal, gint64 worth, unsigned __int128 *ret_value);

gboolean orr_quantity_parse (const OrrQuantity *quantity, const char *text, gint64 *ret_value, char **ret_message);
char *orr_quantity_to_text (const OrrQuantity *quantity, gint64 value);

/* `value` / `worth` in decimal; NULL where that takes more than 18 places. Both are above 0. */
char *orr_quantity_divide (gint64 value, gint64 worth);

extern const OrrQuantity orr_quantity_duration;

G_END_DECLS
