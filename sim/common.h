/* common.h: what the subcommands share: options, streams, suggestions. */
#pragma once

#include "report/json-members.h"
#include "sim/command.h"

/* Parses a command's options with GLib. Returns the operands, which the caller frees (g_strfreev); NULL,
 * with a complaint, where an option is wrong. */
char **parse_options (const GOptionEntry *entries, int argc, char **argv);

/* TRUE where there is none; else a complaint. */
gboolean takes_no_operand (char **operands, const char *command);

/* The command of that name; NULL, with a complaint, where there is none. */
const OrrCommand *find_command (const char *name);

/* A message on standard error, with the program's name before it. Whatever the user's words hold, it is
 * one line that leaves the terminal alone. */
void complain (const char *format, ...) G_GNUC_PRINTF (1, 2);

/* "there is no WHAT 'word'; did you mean …?"; where nothing is near, `or_else` ("'orrery help' lists
 * them"; may be NULL). */
void complain_unknown (const char *what, const char *word, const char *const *candidates, const char *or_else);

/* Writes to standard output; whether that worked is asked at the end, by finish_output. */
void put (const char *text);

/* The same with what has been built, and a newline. */
void put_json (JsonBuilder *json);

/* TRUE when all of standard output has been written; else says why not, unless its reader went away. */
gboolean finish_output (void);

/* Whether a stream is a terminal that wants colours (NO_COLOR, TERM). */
gboolean wants_colour (int descriptor);

/* TRUE where it can be read as a file; else says why not. A FIFO can't, since reading it might wait for
 * ever. */
gboolean is_readable (const char *file);

/* Which of two statuses a command ends with that did several things: a mistake outranks a result, and `not
 * as expected` outranks `undecided`. */
ExitStatus worse_status (ExitStatus a, ExitStatus b);
