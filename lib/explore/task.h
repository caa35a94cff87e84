/* task.h: a piece of work that can be sent to another process.
 *
 * Whoever hands out work and whoever does it have the same plan before them; so a task only says which part of it
 * is meant. It is for some pieces that follow one another, each of which has a result of its own. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint64 number; /* of the first piece, as whoever hands them out counts them */
  guint64 seed;   /* of its run; the others have those behind it */
  guint32 what;   /* is to be done, in the words of whoever hands it out: for a campaign, the scenario's index */
  guint32 count;
  guint64 detail; /* what else must be known of it, in the same words */
} OrrTask;

G_END_DECLS
