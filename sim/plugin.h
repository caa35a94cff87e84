/* plugin.h: models from outside, as `--plugin FILE.so` brings them in. */
#pragma once

#include "sim/command.h"

/* Takes every `--plugin FILE` out of the arguments and loads it. Returns the models of the program and theirs, ending with NULL, or NULL with
 * a complaint and *ret_status where one can't be used. The caller frees the list (g_free); the modules stay as long as the program. */
const OrrModel **load_plugins (int *argc, char **argv, ExitStatus *ret_status);

/* Appends the options that were taken out to a command line, so that it can be given again. */
void plugin_add_options (GString *command);
