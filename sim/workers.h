/* workers.h: many processes that do what there is to do.
 *
 * A run may crash: a model's rule is broken, a plug-in reads what is not there. It should take itself down and not
 * the campaign. So runs are made in processes of their own, copies of this one that have read the scenarios
 * already, and whatever kills one of them ends that run alone, as a finding.
 *
 * What is to be done is a job: a table of functions, some of which are called here, where the work is handed out
 * and its results are gathered, and one in the workers. */
#pragma once

#include "explore/campaign.h"
#include "sim/command.h"

typedef struct
{
  /* Called here. `data` is the one of workers_do. */
  gboolean (*next) (gpointer data, guint count_max, OrrTask *ret_task); /* FALSE: there is nothing to do for now, or ever */
  void (*give_back) (gpointer data, const OrrTask *task);               /* whoever had it did not do it; its count may be 0 */
  guint64 (*left) (gpointer data); /* pieces that are still to be handed out; G_MAXUINT64: at least so many */
  gboolean (*is_done) (gpointer data);
  /* What a worker sent of the task's first piece. FALSE: the bytes are none of its. */
  gboolean (*take) (gpointer data, const OrrTask *task, const guint8 *bytes, gsize length, gpointer *memory);
  void (*take_death) (gpointer data, const OrrTask *task, const char *how); /* it died of the task's first piece: "signal 6 (Aborted)" */

  /* Called in the worker: does the task's first piece, and appends what came of it. */
  void (*work) (gpointer data, const OrrTask *task, gpointer *memory, GByteArray *bytes);

  /* What has been told need not be told again: a worker and this process each keep a memory of what went between
   * them, NULL at first, which `work` and `take` may change alike. Frees one. May be NULL: none is kept. */
  void (*forget) (gpointer memory);
} WorkersJob;

typedef struct
{
  guint jobs;            /* processes at most */
  OrrTime patience;      /* a run that never comes back is given up after that (sim/watchdog.h) */
  const gint *interrupt; /* the work ends when it becomes non-zero */
  void (*progress) (gpointer data, guint64 n); /* now and then: `n` results have come back; may be NULL */
  gpointer progress_data;
} WorkersOptions;

/* Does a job until it is done or interrupted. All processes are gone when it returns, also those that were still
 * at work. Fails, with a complaint, only where no process can be started. */
ExitStatus workers_do (const WorkersJob *job, gpointer data, const WorkersOptions *options);

/* Makes all runs of a campaign; when interrupted, those up to some seed. The plan's runs are watched by the options' patience. */
ExitStatus workers_run (OrrCampaign *campaign, const OrrPlan *plan, const WorkersOptions *options);
