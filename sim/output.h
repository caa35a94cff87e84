/* output.h: results that a user wants in a file. Each is written whole or not at all. */
#pragma once

#include "sim/common.h"

/* TRUE where it may be written to, so that it is known before anything runs; else a complaint. NULL and "-", standard output, may. What is no
 * scenario is not written over one: whoever confuses two names should not lose it. */
gboolean output_is_possible (const char *file, gboolean is_scenario);

/* Writes it there, or to standard output. */
ExitStatus save_output (const char *file, const GString *text);

/* TRUE where the file is standard output: then nothing else goes there. Accepts NULL. */
gboolean output_is_taken (const char *file);
