/* apart.h: work that is done in a process of its own, since it may take that down with it (explore/death.h). */
#pragma once

#include <sys/types.h>

#include "base/time.h"
#include "explore/death.h"

typedef struct
{
  OrrTime patience;      /* with runs that never come back, as the user has it (sim/watchdog.h) */
  OrrTime watched;       /* the same at first, as runs are watched by it: `watch_data` of their options. Once one has got stuck, many more that
                          * are made to look closer will: these are given up sixty times sooner */
  const gint *interrupt; /* the work is ended when it becomes non-zero; may be NULL */
} Apart;

/* TRUE where `text` is a duration or NULL (parse_patience), which is its patience from then on. */
gboolean apart_parse (const char *text, Apart *apart);

/* Whoever does it; `apart` must outlive it. */
OrrApart apart_by (Apart *apart);

/* What a process must not share with its `parent`, which made it: it leaves no core, and ends with it. */
void apart_bind (pid_t parent);
/* And one of many: it says nothing, and leaves Ctrl-C to the parent. */
void apart_begin (pid_t parent);

/* Reads or writes all of it. FALSE: there is nothing more to read, or nobody to write to. */
gboolean apart_transfer (int descriptor, gboolean out, gpointer data, gsize size);
