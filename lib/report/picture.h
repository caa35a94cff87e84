/* picture.h: the witness of a verdict, drawn.
 *
 * A row for each session, time from left to right, a bar for each operation from its invocation to its answer; what nodes said stands as points in
 * rows of theirs. The axis keeps the order of the moments and not their distances, so that a second between two milliseconds needs no
 * more room than they do. Internal. */
#pragma once

#include "check/check.h"

G_BEGIN_DECLS

/* Appends the picture, each line behind `indent` blanks and none longer than `width` columns. Bars of the witness are drawn [===], those around
 * it, which a small history has room for, |---|; what has no end ends in > . Nothing where there is nothing to compare, or no room. */
void orr_picture_print (const OrrHistory *history, const OrrVerdict *verdict, guint indent, guint width, GString *text);

G_END_DECLS
