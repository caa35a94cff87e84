/* draft.h: a scenario that is being changed.
 *
 * Exploration works on scenarios as an author does: it takes lines out, writes others, changes values, and reads the file again. A draft is
 * that file between two readings, as a tree. Whatever exploration makes is thereby a scenario file and nothing else: what it found can be
 * saved, run and edited by anyone. Paths are those of --set ("options.router.window", "faults.0", "workload.operations.3"). */
#pragma once

#include "scenario/scenario.h"

G_BEGIN_DECLS

typedef struct OrrDraft OrrDraft;

/* All that the scenario says, but for `fuzz` and `sweep`: what may vary has been chosen in a draft. */
ORR_PUBLIC OrrDraft *orr_draft_new (const OrrScenario *scenario);
ORR_PUBLIC OrrDraft *orr_draft_copy (const OrrDraft *draft);
ORR_PUBLIC void orr_draft_free (OrrDraft *draft); /* accepts NULL */

/* What stands there, owned by the draft and valid until it is changed; NULL: nothing. */
ORR_PUBLIC const OrrYaml *orr_draft_get (const OrrDraft *draft, const char *path);
/* How many entries a list or a map has; 0: there is none. */
ORR_PUBLIC guint orr_draft_length (const OrrDraft *draft, const char *path);
/* A scalar's text; NULL where there is none. Owned by the draft. */
ORR_PUBLIC const char *orr_draft_get_text (const OrrDraft *draft, const char *path);

/* Puts a value there, YAML on one line; what is missing on the way is made. That path and value are possible is the caller's business: whether the
 * model takes them is found out by reading. */
ORR_PUBLIC void orr_draft_set (OrrDraft *draft, const char *path, const char *yaml);
/* Adds an entry at the end of a list, which is made where there is none. */
ORR_PUBLIC void orr_draft_append (OrrDraft *draft, const char *path, const char *yaml);
/* Takes a value or an entry away, and a list that has become empty. Nothing there: nothing happens. */
ORR_PUBLIC void orr_draft_remove (OrrDraft *draft, const char *path);
/* Of a list's entries leaves those whose flag is TRUE; one flag an entry. */
ORR_PUBLIC void orr_draft_keep (OrrDraft *draft, const char *path, const gboolean *kept);

/* Reads it. NULL: it is no scenario, as when something names a session that is gone; `problems` (may be NULL) say why. */
ORR_PUBLIC OrrScenario *orr_draft_read (const OrrDraft *draft, const OrrCatalog *catalog, OrrProblems *problems);
/* As YAML; the caller frees it. For people, read it and take the scenario's canonical text. */
ORR_PUBLIC char *orr_draft_to_text (const OrrDraft *draft);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OrrDraft, orr_draft_free)

G_END_DECLS
