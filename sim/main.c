/* main.c: `orrery COMMAND …`: finds the command in the table and runs it. */
#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "report/catalog-new.h"
#include "sim/common.h"
#include "sim/plugin.h"

/* A file opened while one of the standard streams is closed would take its place, and get what was meant for
 * it. So something that can be neither read nor written stands there. */
static void
fill_closed_streams (void)
{
  for (int descriptor = 0; descriptor <= 2; descriptor++)
    if (fcntl (descriptor, F_GETFD) < 0 && open ("/dev/null", descriptor == 0 ? O_WRONLY : O_RDONLY) < 0)
      return;
}

/* `orrery`, `orrery --help`, `orrery run --help`: all are `orrery help`. */
static gboolean
asks_for_help (int argc, char **argv)
{
  for (int i = 1; i < argc && strcmp (argv[i], "--") != 0; i++)
    if (strcmp (argv[i], "--help") == 0 || strcmp (argv[i], "-h") == 0)
      return TRUE;
  return argc < 2;
}

/* The word that names the command, and those behind it. */
static int
run_command (const OrrCatalog *catalog, int argc, char **argv)
{
  char *help[] = { (char *) "help", argc > 1 && argv[1][0] != '-' ? argv[1] : NULL, NULL };
  char *version[] = { (char *) "version", NULL };
  if (asks_for_help (argc, argv))
    {
      argv = help;
      argc = help[1] ? 2 : 1;
    }
  else if (strcmp (argv[1], "--version") == 0)
    {
      argv = version;
      argc = 1;
    }
  else
    {
      argv++;
      argc--;
    }
  const OrrCommand *command = find_command (argv[0]);
  return command ? command->run (catalog, argc, argv) : EXIT_USAGE;
}

int
main (int argc, char **argv)
{
  /* A reader that goes away is an error of writing, not a signal. */
  signal (SIGPIPE, SIG_IGN);
  /* So is a file that may grow no further (ulimit -f). */
  signal (SIGXFSZ, SIG_IGN);
  fill_closed_streams ();
  setlocale (LC_CTYPE, "");

  ExitStatus loaded;
  gboolean bare = argc < 2;
  g_autofree const OrrModel **models = load_plugins (&argc, argv, &loaded);
  if (!models)
    return finish_output () ? loaded : EXIT_IO_ERROR;
  g_autoptr (OrrCatalog) catalog = orr_catalog_new (models);
  int status = run_command (catalog, argc, argv);
  if (bare)
    {
      complain ("which command?");
      status = EXIT_USAGE;
    }
  return finish_output () ? status : EXIT_IO_ERROR;
}
