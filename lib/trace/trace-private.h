/* trace-private.h: a trace as rows of tables. Not installed.
 *
 * A trace has one form for files: tables whose cells are whole numbers, texts or nothing. Saving writes these rows into a database, the dump prints
 * them, loading reads them back. The tables and their columns are listed once, in trace-tables.c. */
#pragma once

#include "trace/trace.h"

G_BEGIN_DECLS

/* What tells our databases from others, and the version of the tables. */
#define ORR_TRACE_APPLICATION 0x4f727279 /* "Orry" */
#define ORR_TRACE_FORMAT      3

typedef enum
{
  ORR_TABLE_RUN,
  ORR_TABLE_ACTORS,
  ORR_TABLE_SESSIONS,
  ORR_TABLE_EVENTS,
  ORR_TABLE_MESSAGES,
  ORR_TABLE_OPERATIONS,
  ORR_TABLE_STEPS,
  ORR_TABLE_FACTS,
  ORR_TABLE_FAULTS,
  ORR_N_TABLES
} OrrTraceTable;

#define ORR_ROW_CELLS_MAX 26

typedef enum
{
  ORR_COLUMN_NUMBER,
  ORR_COLUMN_NUMBER_OR_NOTHING,
  ORR_COLUMN_TEXT,
  ORR_COLUMN_TEXT_OR_NOTHING,
} OrrTraceColumnKind;

typedef struct
{
  const char *name;
  OrrTraceColumnKind kind;
} OrrTraceColumn;

typedef struct
{
  const char *name;
  const char *key; /* the columns that name a row, in their order: rows are written and read by it */
  OrrTraceColumn columns[ORR_ROW_CELLS_MAX]; /* ends with a NULL name, unless all are used */
} OrrTraceTableInfo;

extern const OrrTraceTableInfo orr_trace_tables[ORR_N_TABLES];

guint orr_trace_table_width (OrrTraceTable table); /* how many columns it has */

/* Appends the statement that makes a table. A saved trace holds it byte by byte, and is refused otherwise. */
void orr_trace_table_print_sql (OrrTraceTable table, GString *sql);

/* Views that say the same in words; for people with an SQL prompt. */
extern const char *const orr_trace_views[]; /* ends with NULL */

typedef enum
{
  ORR_CELL_NOTHING,
  ORR_CELL_NUMBER,
  ORR_CELL_TEXT,
} OrrTraceCellKind;

typedef struct
{
  OrrTraceCellKind kind;
  gint64 number;
  const char *text;
} OrrTraceCell;

typedef struct
{
  guint n;
  OrrTraceCell cells[ORR_ROW_CELLS_MAX];
} OrrTraceRow;

/* Calls `take` with every row of every table, in order, until it returns FALSE; returns whether it went to the end. A
 * row's texts are valid within the call. */
typedef gboolean (*OrrTakeRow) (gpointer data, OrrTraceTable table, const OrrTraceRow *row);
gboolean orr_trace_walk (const OrrTrace *trace, OrrTakeRow take, gpointer data);

/* TRUE where the cells `key`, `value` and `version` of a fact say what its body says. */
gboolean orr_trace_fact_columns_are (const OrrTrace *trace, const OrrRecord *record, gconstpointer body, const OrrTraceCell *cells);

/* What an event's type is called: a record of the model's, why an actor started; NULL: nothing has a name there. */
const char *orr_trace_type_name (const OrrModel *model, guint16 kind, guint16 type);
const OrrRecord *orr_trace_event_records (const OrrModel *model, guint16 kind); /* NULL where types are none */
extern const char *const orr_trace_start_names[]; /* by OrrStart; ends with NULL */

/* A word for the rows of each table, in their order, and one for all of them. A saved trace has it in a table of its own. Starts out as zeros. */
typedef struct
{
  guint64 tables[ORR_N_TABLES];
} OrrTraceSeal;

extern const char orr_trace_seal_sql[]; /* the statement that makes its table; the word stands there in 16 hexadecimal digits */
void orr_trace_seal_take (OrrTraceSeal *seal, OrrTraceTable table, const OrrTraceRow *row);
guint64 orr_trace_seal_word (const OrrTraceSeal *seal);

/* Reading back: fed with all rows in the order of orr_trace_walk, refuses the first that contradicts itself or
 * another. What is wrong is told without the table and the row, which the caller knows. */
typedef struct OrrTraceLoader OrrTraceLoader;
OrrTraceLoader *orr_trace_loader_new (const OrrCatalog *catalog);
void orr_trace_loader_free (OrrTraceLoader *loader); /* accepts NULL */
gboolean orr_trace_loader_take (OrrTraceLoader *loader, OrrTraceTable table, const OrrTraceRow *row, GError **error);
gboolean orr_trace_loader_end_table (OrrTraceLoader *loader, OrrTraceTable table, GError **error);
/* The trace, which is the caller's, when all tables have been taken. `seal` is that of the rows: a trace that would say anything else is refused. */
OrrTrace *orr_trace_loader_finish (OrrTraceLoader *loader, const OrrTraceSeal *seal, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OrrTraceLoader, orr_trace_loader_free)

G_END_DECLS
