/* coverage.h: what a run came to.
 *
 * A campaign should spend its runs where something new happens. What happened is said by what can be seen from outside: which facts nodes of
 * which role have said, and which fact after which; which faults made a difference, alone and at the same time; how operations ended; and some
 * rare events by name, the probes. Each of these is a word of 64 bits, a hash of names, so that it means the same in every run, on every
 * machine and in every version that has these names. A run's coverage is the set of its words; a campaign's is their union. */
#pragma once

#include "trace/trace.h"

G_BEGIN_DECLS

/* Puts the run's words into an array of guint64, which is emptied first: sorted, each once. The lowest level of recording is enough. */
ORR_PUBLIC void orr_coverage_of (const OrrTrace *trace, GArray *words);

/* Adds the words of the one to the other, both sorted, and returns how many were new. */
ORR_PUBLIC guint orr_coverage_merge (GArray *all, const GArray *words);
ORR_PUBLIC gboolean orr_coverage_has (const GArray *words, guint64 word);

/* One word a line, in hexadecimal digits. Reading is strict: FALSE, and nothing added, where a line is anything else or out of order. */
ORR_PUBLIC void orr_coverage_print (const GArray *words, GString *text);
ORR_PUBLIC gboolean orr_coverage_parse (const char *text, GArray *words);

/* An event that is worth knowing to have happened at least once in a campaign. */
typedef struct
{
  const char *name; /* "all-servers-down" */
  const char *doc;  /* one line, no full stop */
  gboolean (*happened) (const OrrTrace *trace);
} OrrProbe;

extern ORR_PUBLIC const OrrProbe orr_probes[]; /* ends with a NULL name */
ORR_PUBLIC guint64 orr_probe_word (const OrrProbe *probe);

G_END_DECLS
