/* object-private.h: what objects share among themselves. Not installed. */
#pragma once

#include "object/object.h"

G_BEGIN_DECLS

/* A step that says no more than its key and, where it writes, a value that nobody else writes: read, write, delete, append,
 * add; a cas or remove guesses which value is there. */
void orr_generate_plain (OrrGenerator *generator, OrrStepKind kind, GArray *steps);
void orr_generate_step (GArray *steps, OrrStepKind kind, OrrKey key, OrrValue value, OrrValue expected);

/* How large a bulk write of a mix is: settings of the objects that have them. */
typedef struct
{
  gint64 bulk_rows, bulk_bytes;
} OrrBulkSettings;

extern const OrrField orr_bulk_fields[];
void orr_generate_with_bulk (OrrGenerator *generator, OrrStepKind kind, GArray *steps); /* these, and plain ones */

/* The sum of two numbers as a value. FALSE where one is no number or the sum is out of range; nil counts as 0. */
gboolean orr_value_add (OrrValue a, OrrValue b, OrrValue *ret_sum);

G_END_DECLS
