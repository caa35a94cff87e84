/* field-private.h: what the readers and writers of records share. Internal. */
#pragma once

#include "base/field.h"

G_BEGIN_DECLS

/* The field that a table itself speaks of, as a tag or a shorthand; a name that is not there is the table's mistake. */
const OrrField *orr_fields_member (const OrrField *fields, const char *name);

/* TRUE where there is something to print or to write: the field applies and holds a value. */
gboolean orr_field_has_value (const OrrField *fields, const OrrField *field, gconstpointer value);

/* A word for the value of one field of the struct, whether it applies or not. */
guint64 orr_field_hash (const OrrField *field, const OrrContext *context, gconstpointer value);

G_END_DECLS
