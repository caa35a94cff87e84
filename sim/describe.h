/* describe.h: commands that list and explain what the tables say: `orrery faults`, `orrery faults crash`. */
#pragma once

#include "sim/common.h"

/* Runs such a command on the entries (`count` of them): without an operand a line each, with one the whole of it, with --json all as JSON. `more` (may be NULL) prints
 * what else there is to say about the entry with that index. */
int describe_entries (const char *what, const OrrEntry *const *entries, void (*more) (guint index, gpointer data), gpointer data, int argc,
                      char **argv);

/* A table of fields: name, type, default, meaning; nested ones indented. */
void describe_fields (const OrrField *fields, guint indent);
void describe_records (const char *heading, const OrrRecord *records);
