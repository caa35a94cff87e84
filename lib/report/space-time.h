/* space-time.h: a violation as a space-time diagram, in text. Internal.
 *
 * A column for each node, time downwards, an arrow for each message: the picture in which Lamport (1978) explained what can have caused what. What a
 * node did, said and came to hold stands beside its line; where the line is broken the node is down. A message that is under way while other things
 * happen has its end where it arrives, under the same number. */
#pragma once

#include "report/cone.h"

G_BEGIN_DECLS

/* Appends the diagram of a cone, each line behind `indent` blanks and none longer than `width` columns; nodes for which there is no room, those that
 * have the least part in it, are left out, and told. In plain ASCII where that is asked for. Nothing where the cone has no steps. */
void orr_space_time_print (const OrrCone *cone, guint indent, guint width, gboolean ascii, GString *text);

/* What its signs mean, for a heading. */
const char *orr_space_time_legend (gboolean ascii);

G_END_DECLS
