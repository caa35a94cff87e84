/* run-many.h: the form of `orrery run` that makes many runs. */
#pragma once

#include "explore/campaign.h"
#include "sim/ci.h"
#include "sim/show.h"

typedef struct
{
  const Show *show;
  const Ci *ci;
  GPtrArray *scenarios; /* OrrScenario */
  char **names;         /* what the user called them */
  guint64 first, last;  /* seeds */
  guint jobs;           /* processes at most; 0: one a processor */
  OrrTime patience;     /* sim/watchdog.h */
  OrrRunOptions run;
  const char *options;  /* of the command, as it would be typed again behind the seed; begins with a blank, or is empty */
} Many;

/* Makes all runs and shows what they say. */
ExitStatus run_many (const Many *many);
