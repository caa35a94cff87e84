/* command.h: the subcommands of `orrery`, one file each, one table entry each. */
#pragma once

#include <glib.h>

#include "base/catalog.h"

/* Exit statuses: what a script can tell apart. Those from 64 on are those of sysexits.h. */
typedef enum
{
  EXIT_AS_EXPECTED = 0,
  EXIT_NOT_AS_EXPECTED = 1, /* outranks EXIT_UNDECIDED */
  EXIT_UNDECIDED = 2,
  EXIT_USAGE = 64,
  EXIT_BAD_INPUT = 65,
  EXIT_NO_INPUT = 66,
  EXIT_INTERNAL = 70,
  EXIT_OS_ERROR = 71,
  EXIT_CANNOT_CREATE = 73,
  EXIT_IO_ERROR = 74,
  EXIT_INTERRUPTED = 130,
} ExitStatus;

typedef struct
{
  const char *name;
  const char *arguments; /* "SCENARIO…", for usage lines */
  const char *summary;   /* one line */
  const char *doc;       /* paragraphs for `orrery help NAME` */
  int (*run) (const OrrCatalog *catalog, int argc, char **argv); /* argv[0] is the command's name; returns an ExitStatus */
} OrrCommand;

extern const OrrCommand *const orr_commands[]; /* all; ends with NULL */
