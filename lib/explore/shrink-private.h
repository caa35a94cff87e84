/* shrink-private.h: what the passes of shrinking share.
 *
 * A pass is a function that tries to make the scenario smaller or simpler in one way, and says whether it did. It sees the smallest draft so far,
 * changes copies of it, and hands them to orr_shrinking_try, which is the only one that makes runs. Passes are repeated until none of them gets
 * anywhere; what was
 * tried is remembered and never tried again, so that the last round costs nothing and there is one. */
#pragma once

#include "explore/draft.h"
#include "explore/materialise.h"
#include "explore/shrink.h"
#include "explore/trial.h"

G_BEGIN_DECLS

typedef struct
{
  const OrrShrinkOptions *options;
  const OrrCatalog *catalog;
  OrrQuestion question;
  char *death;          /* what the run dies of, which is the question then; else NULL */
  guint64 runs_max;
  OrrArray values;      /* OrrVariation: what settings may be */
  OrrDraft *draft;      /* the smallest so far; it violates the property by its own seed */
  OrrShrunk *shrunk;    /* the same as read, and what it took */
  GHashTable *tried;    /* set of char *: digests of the texts of all candidates; only looked up */
  guint other_seeds;    /* where a candidate does not show it, it is tried by so many other seeds */
  gboolean is_promised; /* the model without mistakes promises the property, and must go on to: else settings that break it by themselves would do */
  gboolean is_mistaken; /* the model's mistakes break it, and must go on to be needed for that */
  gboolean is_written_down; /* its operations were generated, and have become lines; an author's own keep their times as long as they can */
  gboolean is_certain;  /* every seed gives the same run, and must go on to */
} OrrShrinking;

typedef gboolean (*OrrShrinkPass) (OrrShrinking *shrinking);

/* The budget is spent, or the user wants an end. */
gboolean orr_shrinking_is_over (const OrrShrinking *shrinking);

/* Takes the draft over, which reads and shows the violation for sure. */
void orr_shrinking_accept (OrrShrinking *shrinking, OrrDraft *draft);

/* Takes the candidate over. Where it violates the property, it is the smallest from now on. */
gboolean orr_shrinking_try (OrrShrinking *shrinking, OrrDraft *candidate);

/* The same of the draft with something set or removed. */
gboolean orr_shrinking_try_set (OrrShrinking *shrinking, const char *path, const char *yaml);
gboolean orr_shrinking_try_remove (OrrShrinking *shrinking, const char *path);

/* Makes the run of the smallest so far, and judges it. */
OrrTrial *orr_shrinking_try_smallest (OrrShrinking *shrinking);

/* Do so many other seeds give the same run? Counts the runs. */
gboolean orr_shrinking_is_without_chance (OrrShrinking *shrinking, const OrrScenario *scenario, guint n_seeds);

/* A measure of the chance in it: how many distributions it speaks of, also by the model's defaults, and how many operations ask any server. */
guint orr_shrink_count_chances (const OrrScenario *scenario);

/* Which of a list's entries are needed. */
gboolean orr_shrinking_reduce_list (OrrShrinking *shrinking, const char *path);

/* Leaves those of the operations; who waited for one that goes waits for whom that waited for. */
void orr_shrink_keep_operations (OrrDraft *draft, const gboolean *kept);

/* Sets the flags of the operations that a verdict speaks of; one flag for each of the n. */
void orr_shrink_mark_witness (const OrrShrinking *shrinking, const OrrTrial *trial, gboolean *kept, guint n);

/* What speaks of the nodes behind the n-th of a kind speaks of the first n instead, in turn. */
void orr_shrink_fold_nodes (OrrDraft *draft, const OrrScenario *scenario, guint64 n);

/* Without what no run depends on; by that seed. */
void orr_shrink_strip (OrrDraft *draft, guint64 seed);

/* The run becomes lines: operations and faults where they were not, and in the end choices. */
void orr_shrink_write_down_lines (OrrShrinking *shrinking);
OrrDraft *orr_shrink_written_down (OrrShrinking *shrinking, const OrrScenario *scenario, OrrMaterialise what); /* NULL: it can't be */
gboolean orr_shrink_write_down (OrrShrinking *shrinking, OrrMaterialise what);

/* Title, about and expectation. */
void orr_shrink_describe (OrrShrinking *shrinking);

/* So that operations can go and be renamed: each with its id and session. */
void orr_shrink_name_operations (OrrDraft *draft, const OrrScenario *scenario);

/* The passes, each in the file whose name ends like the words before it. */
gboolean orr_shrink_time (OrrShrinking *shrinking);        /* what comes after the violation */
gboolean orr_shrink_faults (OrrShrinking *shrinking);
gboolean orr_shrink_plain (OrrShrinking *shrinking);       /* plainer faults that do as well */
gboolean orr_shrink_operations (OrrShrinking *shrinking);  /* sessions, keys, then one by one, then steps of transactions */
gboolean orr_shrink_pins (OrrShrinking *shrinking);
gboolean orr_shrink_settings (OrrShrinking *shrinking);    /* what is away from its default */
gboolean orr_shrink_values (OrrShrinking *shrinking);      /* what `fuzz` names before it */
gboolean orr_shrink_bugs (OrrShrinking *shrinking);
gboolean orr_shrink_counts (OrrShrinking *shrinking);      /* nodes, and whatever else is counted in options */
gboolean orr_shrink_constants (OrrShrinking *shrinking);   /* distributions, and shares of messages */
gboolean orr_shrink_numbers (OrrShrinking *shrinking);     /* rounded */
gboolean orr_shrink_moments (OrrShrinking *shrinking);     /* what waits for nothing comes sooner */
gboolean orr_shrink_merge (OrrShrinking *shrinking);       /* sessions and keys that become one */
gboolean orr_shrink_nodes (OrrShrinking *shrinking);       /* the first of a role instead of the third */
gboolean orr_shrink_names (OrrShrinking *shrinking);       /* sessions, keys, values, operations */

G_END_DECLS
