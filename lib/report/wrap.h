/* wrap.h: prose in lines that a terminal shows whole. Internal. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How wide a line of prose may be, in columns. */
#define ORR_LINE_WIDTH 100

/* Appends a text, broken between words into lines that are indented; the last one ends with a newline. As
 * in Markdown an empty line ends a paragraph, a line that begins with "- " is an item of a list, and one
 * that begins with four blanks is kept as it is. `column` is how much the line holds already: the first
 * word comes at the indentation, or a blank behind what is there where that is longer. */
void orr_wrap (const char *prose, guint column, guint indent, GString *text);

G_END_DECLS
