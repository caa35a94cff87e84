/* option.h: the options of commands, as the commands' own docs tell of them. */
#pragma once

#include "sim/command.h"

typedef struct
{
  char letter;    /* 's' for -s; 0: none */
  char *name;     /* "seed" */
  char *argument; /* "N"; NULL: it takes none */
  char *doc;
} CommandOption;

/* What a command's doc says of its options, a line `  -s, --seed N  what it does` each; an array of CommandOption that the caller unrefs. */
GArray *command_options (const OrrCommand *command);

/* What else the doc says; the caller frees it. */
char *command_prose (const OrrCommand *command);

/* Which option of every command is the program's own: --plugin. */
extern const CommandOption plugin_option;
