/* deputy.h: a process that does a command's work in this one's stead.
 *
 * A command that makes thousands of runs makes them where it is, since a process for each would take longer than most runs. But one of them may take
 * its process down, and what was known by then with it. So a deputy does the work: it prints, complains and hears of Ctrl-C as this process would.
 * When it dies, this one is still there, knows of what, and can do the work with more care. */
#pragma once

#include "base/time.h"
#include "sim/common.h"

/* The status that `work` returned in the deputy, which ends then. *ret_how: what the deputy died of before that, which the caller frees, as
 * watchdog_how_it_died has it; NULL: it did not. Where no process can be made, the work is done here. */
ExitStatus deputy_do (ExitStatus (*work) (gpointer data), gpointer data, OrrTime patience, char **ret_how);
