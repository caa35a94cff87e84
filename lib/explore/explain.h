/* explain.h: the story of a violation.
 *
 * A verdict says that a promise was broken, and by which operations. An explanation says how that came about, to someone who has never seen the
 * run: step by step what was asked, sent, lost and held, of all that happened only what had a part in it; the same as a picture; the rule that was
 * broken and where it is defined; and what would have had to be otherwise, since of the scenarios with one thing less some keep the promise. */
#pragma once

#include "check/check.h"
#include "explore/death.h"

G_BEGIN_DECLS

typedef struct
{
  gboolean colour;
  gboolean ascii;         /* the terminal has no other characters */
  const char *again;      /* the command that shows it again; NULL: not said */
  guint steps_max;        /* how many steps are told; 0: as many as read well */
  guint runs_max;         /* how many runs may be made to find the nearest that keeps the property; 0: some; G_MAXUINT: none */
  const gint *interrupt;  /* ends that search early; may be NULL */
  const OrrApart *apart;  /* these runs are looked at there first, since one of them may die (explore/death.h); NULL: none does */
  void (*watch) (gpointer data, gboolean goes_on); /* of them there, as OrrRunOptions has it; may be NULL */
  gpointer watch_data;
} OrrExplainStyle;

/* Appends the story of a violation. The trace has events, better all that was said too; the verdict is `violated`, and of the history that
 * orr_history_from_trace makes of the trace. */
ORR_PUBLIC void orr_explain (const OrrTrace *trace, const OrrVerdict *verdict, const OrrCatalog *catalog, const OrrExplainStyle *style,
                             GString *text);

/* The same as one JSON value. */
ORR_PUBLIC void orr_explain_json (const OrrTrace *trace, const OrrVerdict *verdict, const OrrCatalog *catalog, const OrrExplainStyle *style,
                                  GString *json);

G_END_DECLS
