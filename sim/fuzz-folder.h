/* fuzz-folder.h: where a fuzzing campaign keeps what it found.
 *
 *     campaign.json           what was asked for
 *     state.json              what is known so far, to go on from
 *     index.json              the findings
 *     001-durability/         the first of them:
 *         scenario.yaml         the smallest scenario that shows it
 *         original.yaml         the variant as it was drawn
 *         trace.db              the run of scenario.yaml, recorded in full
 *         report.txt            what it shows, and how that came about
 *
 * Nothing in it depends on when, by how many hands and how fast it was made. Every file is written beside its place and
 * then moved there; a finding's folder is moved when it is whole, and the index names it after that. So whenever
 * the program is ended, what has been told of is there. */
#pragma once

#include "explore/fuzz.h"
#include "sim/common.h"

/* What was asked for, as campaign.json has it. */
typedef struct
{
  char *name;         /* of the scenario, as the user called it */
  char *scenario;     /* its text, with what was set */
  char **sets;        /* what that was, as the user said it; NULL: nothing */
  guint64 first, last;
  char **properties;  /* NULL: as expected, or claimed */
  gboolean keep_going;
  guint64 shrink_runs, events_max;
  gboolean merged;    /* of several folders: it can't go on */
  char *seeds;        /* of a merged one: those of its runs, "1..150, 201..300"; there may be gaps between first and last. Else NULL */
} FuzzQuestion;

void fuzz_question_clear (FuzzQuestion *question);

/* A name that is not taken yet: NAME-findings, NAME-findings-2 …; the caller frees it. */
char *fuzz_folder_propose (const char *scenario);
/* TRUE where a campaign may begin there: it is not there yet, or is empty; else a complaint. */
gboolean fuzz_folder_is_free (const char *folder);

/* "001-durability"; the caller frees it. */
char *fuzz_folder_of (const OrrFinding *finding);

/* Writes all that shows a finding, in a folder that it gets before it has a number. For workers. FALSE: the text says why. */
gboolean fuzz_folder_keep (const char *folder, guint candidate, const OrrFinished *finished, const OrrFuzzPlan *plan, char **ret_why);
/* Gives it its place. One that is there already stays. */
gboolean fuzz_folder_place (const char *folder, const OrrFinding *finding, char **ret_why);
/* The same for a copy of another folder's finding. */
gboolean fuzz_folder_copy (const char *folder, const OrrFinding *finding, const char *from, char **ret_why);

gboolean fuzz_folder_write_question (const char *folder, const FuzzQuestion *question, char **ret_why);
gboolean fuzz_folder_write_state (const char *folder, const OrrFuzz *fuzz, char **ret_why);
/* The members that tell of a finding, in an object that is the caller's; `folder` is where it lies. */
void fuzz_folder_tell (JsonBuilder *json, const char *folder, const OrrFinding *finding);
gboolean fuzz_folder_write_index (const char *folder, const GPtrArray *findings, char **ret_why);

/* FALSE, with a complaint, where there is none that this program can use. */
gboolean fuzz_folder_read_question (const char *folder, FuzzQuestion *ret_question);
/* Gives the campaign what was known when it was last saved; nothing where that never was. FALSE, with a complaint: it can't be. */
gboolean fuzz_folder_read_state (const char *folder, OrrFuzz *fuzz);
guint fuzz_folder_count_indexed (const char *folder); /* findings that the index names */

/* Takes away what is in no place: findings that were not finished, or show the same as others. */
void fuzz_folder_clean (const char *folder);
