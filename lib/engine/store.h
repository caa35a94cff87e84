/* store.h: an actor's logs and cells, with a journal of what may still be lost. Internal.
 *
 * The store holds what the process sees: all that it has put, at once. Beside it a journal remembers each
 * change in order, with what it replaced, until the disk has made it durable. A crash takes changes back
 * from the journal's end. Positions in the journal count all changes of the run, so that "written up to
 * here" is one number. */
#pragma once

#include "engine/model.h"

G_BEGIN_DECLS

typedef struct OrrStore OrrStore;

/* Tables of records as the model declares them; either may be NULL. */
OrrStore *orr_store_new (const OrrRecord *logs, const OrrRecord *cells);
void orr_store_free (OrrStore *store); /* accepts NULL */
guint orr_store_n_logs (const OrrStore *store);
guint orr_store_n_cells (const OrrStore *store);

/* As the functions of model.h. Records are copied, and hold the arrays in them. */
guint64 orr_store_append (OrrStore *store, guint log, gconstpointer record);
void orr_store_keep (OrrStore *store, guint log, guint64 first, guint64 end);
gboolean orr_store_may_keep (const OrrStore *store, guint log, guint64 first, guint64 end); /* it leaves no gap */
guint64 orr_store_first (const OrrStore *store, guint log);
guint64 orr_store_end (const OrrStore *store, guint log);
gconstpointer orr_store_get (const OrrStore *store, guint log, guint64 index); /* first ≤ index < end */
void orr_store_put (OrrStore *store, guint cell, OrrKey key, gconstpointer record);
gconstpointer orr_store_look_up (const OrrStore *store, guint cell, OrrKey key);
void orr_store_delete (OrrStore *store, guint cell, OrrKey key);
guint orr_store_length (const OrrStore *store, guint cell);
OrrKey orr_store_key (OrrStore *store, guint cell, guint index);

guint64 orr_store_position (const OrrStore *store); /* behind the latest change */
/* Before the first append to a log, among the changes that are not durable, of its record `end` or a later one, and behind
 * the appends of those before it; behind the latest change where there is none. */
guint64 orr_store_position_before (const OrrStore *store, guint log, guint64 end);
guint64 orr_store_durable (const OrrStore *store);  /* changes before it can't be lost any more */
void orr_store_commit (OrrStore *store, guint64 position); /* changes before it have become durable: frees what they replaced */
void orr_store_rewind (OrrStore *store, guint64 position); /* takes back the changes from there on; position ≥ durable */
/* A change that is not durable, for whoever decides what a crash keeps. */
typedef struct
{
  gboolean is_log, is_append, is_put;
  guint table;   /* which log or cell */
  guint64 index; /* of the appended record; of a cut: where the log goes on */
  OrrKey key;    /* of a cell */
} OrrStoreChange;

/* The i-th of the changes that are not durable, from 0. */
OrrStoreChange orr_store_change (const OrrStore *store, guint64 i);

typedef enum
{
  ORR_CHANGE_LOST,
  ORR_CHANGE_KEPT,
  ORR_CHANGE_TORN, /* it was being written: neither it is there nor what it replaced, and a checksum tells */
} OrrChangeFate;

/* Keeps of the changes that are not durable those that `fates` says, one for each, and takes the others back. A log is a
 * file that is read from its start: what is behind its first change that is not kept is not kept either. */
void orr_store_lose (OrrStore *store, const guint8 *fates);

/* Damages a record, which is durable: its checksum will be wrong when it is next read from the disk. `effects` counts
 * whether that was noticed. */
void orr_store_damage_log (OrrStore *store, guint log, guint64 index, guint64 *effects);
void orr_store_damage_cell (OrrStore *store, guint cell, OrrKey key, guint64 *effects);
guint64 orr_store_durable_end (const OrrStore *store, guint log); /* behind its last record that no crash can take */
gboolean orr_store_is_durable (const OrrStore *store, guint cell, OrrKey key); /* the key holds something, for good */

/* The disk is read at a start. A log ends before its first record whose checksum is wrong, and a cell whose checksum is
 * wrong holds nothing. Where there was such a thing, all that is left is durable: recovery writes it anew. */
void orr_store_recover (OrrStore *store);
/* Did the last orr_store_recover meet a wrong checksum there? */
gboolean orr_store_log_is_damaged (const OrrStore *store, guint log);
gboolean orr_store_cell_is_damaged (const OrrStore *store, guint cell, OrrKey key);

void orr_store_clear (OrrStore *store);                    /* everything is lost, for good */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OrrStore, orr_store_free)

G_END_DECLS
