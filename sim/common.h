/* common.h: what the subcommands share: options, streams, finding scenarios. */
#pragma once

#include "scenario/scenario.h"
#include "sim/command.h"

/* Parses the command's options with GLib; what is left are its operands. Prints the mistake and returns FALSE where there is one. */
gboolean parse_options (const char *command, const GOptionEntry *entries, int *argc, char ***argv);
/* The same, with data for options that are callbacks. */
gboolean parse_options_with (const char *command, const GOptionEntry *entries, gpointer data, int *argc, char ***argv);

/* A message on standard error, with the command's name before it. */
void complain (const char *format, ...) G_GNUC_PRINTF (1, 2);

/* Writes to standard output; whether that worked is asked at the end, by finish_output. */
void put (const char *text);

/* TRUE when all of standard output has been written; else says why not. */
gboolean finish_output (void);

/* Whether a stream is a terminal that wants colours (NO_COLOR, TERM). */
gboolean wants_colour (int descriptor);

/* "did you mean" for a word of a list; TRUE when it said something. `what` is "command". */
void complain_unknown (const char *what, const char *word, const char *const *candidates);

/* The file of a scenario that a user named: a path, or MODEL/NAME of an installed one, or NAME alone where only one has it. NULL, with a complaint, where there is none.
 * The caller frees it. */
char *find_scenario (const char *name, const OrrCatalog *catalog);

/* The installed scenarios of a model, as MODEL/NAME, sorted. */
GPtrArray *list_scenarios (const char *model);

/* Reads a scenario that a user named; prints all problems. NULL where it is not usable; then *ret_status says why. */
OrrScenario *load_scenario (const char *name, const char *const *sets, const OrrCatalog *catalog, ExitStatus *ret_status);

/* Wraps a paragraph for the terminal, indented. */
void put_wrapped (const char *text, guint indent);
