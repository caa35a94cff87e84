/* scenarios.h: finding the scenarios that a user names, and reading them. */
#pragma once

#include "scenario/scenario.h"
#include "sim/common.h"

/* The file of a scenario that a user named: a path, or MODEL/NAME of an installed one, or NAME alone where
 * only one has it. NULL, with a complaint, where there is none. The caller frees it. */
char *find_scenario (const char *name, const OrrCatalog *catalog);

/* The installed scenarios of a model, as MODEL/NAME, sorted. */
GPtrArray *list_scenarios (const char *model);

/* Prints what is wrong. Returns what it amounts to: a mistake of the command line, or of a file. */
ExitStatus show_problems (const OrrProblems *problems);

/* Reads a scenario that a user named, with `sets` as `--set` gave them. NULL where it is not usable; then
 * *ret_status says why, and what is wrong is among the problems, unless there is no such file or it can't
 * be read, which was complained of. `problems` may be NULL: they are then printed. */
OrrScenario *load_scenario (const char *name, char **sets, const OrrCatalog *catalog, OrrProblems *problems, ExitStatus *ret_status);
