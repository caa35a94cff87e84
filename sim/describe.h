/* describe.h: commands that list and explain what the tables say: `orrery faults`, `orrery faults crash`. */
#pragma once

#include "sim/common.h"

/* What there is to say of an entry besides its settings: its bugs, its messages. Each section has rows. */
typedef struct Sections Sections;

/* `key` names it in JSON, `heading` on paper. */
void describe_section (Sections *sections, const char *key, const char *heading);
/* A row of the last section. `fields` and `doc` may be NULL. */
void describe_row (Sections *sections, const char *name, const char *doc, const OrrField *fields);
/* A section of the records of a table, which ends with a NULL name and may be NULL. Nothing where it is
 * empty. */
void describe_records (Sections *sections, const char *key, const char *heading, const OrrRecord *records);

typedef struct
{
  const char *command, *what;     /* "faults", "fault" */
  const OrrEntry *const *entries; /* ends with NULL */
  void (*more) (guint index, gconstpointer data, Sections *sections); /* says what else there is to say of that entry; may be NULL */
  gconstpointer data;
} Description;

/* The entries of a table of pointers to structs that bear theirs at `offset`; the table ends with NULL, and
 * so does what is returned. The caller frees it (g_free). */
const OrrEntry **describe_entries_of (gconstpointer table, gsize offset);

/* Runs such a command: without an operand a line each, with some the whole of those, with --json as JSON. */
int describe (const Description *description, int argc, char **argv);

#define DESCRIBE_ARGUMENTS "[--json] [NAME…]"
#define DESCRIBE_DOC(whole) "Without a name a line each, with a name the whole of it: " whole ".\n\n      --json  the same as JSON\n"
