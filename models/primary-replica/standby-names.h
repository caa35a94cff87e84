/* standby-names.h: which standbys a commit waits for (synchronous_standby_names).
 *
 * `FIRST k (a, b, …)` waits for the first k of the list that are connected; `ANY k (a, b, …)` for any k of
 * them. A plain list means FIRST 1, and `*` stands for every standby. An empty text waits for nobody. */
#pragma once

#include "engine/model.h"

typedef struct
{
  gboolean any;   /* ANY, else FIRST */
  guint32 wanted; /* k; 0: nobody is waited for */
  guint32 n_names;
  const char *const *names; /* by priority; "*": all */
} StandbyNames;

extern const OrrType standby_names_type; /* the member is a const StandbyNames *; unset NULL */
#define orr_type_STANDBY_NAMES standby_names_type

/* The priority of a standby: 1 is the first; 0: it is not in the list. Names compare without regard to case,
 * as PostgreSQL's do. */
guint standby_names_priority (const StandbyNames *names, const char *standby);
