/* columns.h: a table of what is set side by side, made column by column. Internal. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *heading; /* a leading '>' has it stand to the right */
  GPtrArray *cells;    /* char *: one a row */
} OrrColumn;

OrrColumn orr_column_new (const char *heading);
void orr_column_clear (gpointer column);
/* What the rows are called: as short as the names can be while all differ. */
OrrColumn orr_column_of_names (const char *const *names, guint n);

GArray *orr_columns_new (void); /* OrrColumn, which are cleared with it */
/* The same with the column of names in it. */
GArray *orr_columns_of_names (const char *const *names, guint n);
/* Appends the table, each line of which begins with the cells of `names` (OrrColumn); behind text, after an empty line. */
void orr_columns_print (const GArray *names, const GArray *columns, GString *text);

G_END_DECLS
