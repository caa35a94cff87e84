/* table.h: columns that line up. Internal. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct OrrTable OrrTable;

/* Headings end with NULL; a leading '>' has the column stand to the right. Cells are ASCII: others are
 * escaped where the terminal's character set is not known. */
OrrTable *orr_table_new (const char *const *headings);
void orr_table_free (OrrTable *table); /* accepts NULL */

void orr_table_add_line (OrrTable *table);
/* The next cell of the last line; the second takes the text over. */
void orr_table_add (OrrTable *table, const char *text);
void orr_table_take (OrrTable *table, char *text);

/* Appends it, without blanks at the ends of lines; nothing where it has no line. */
void orr_table_print (const OrrTable *table, guint indent, GString *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OrrTable, orr_table_free)

G_END_DECLS
