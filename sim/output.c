/* output.c: results that a user wants in a file. */
#include "sim/output.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

gboolean
output_is_taken (const char *file)
{
  return g_strcmp0 (file, "-") == 0;
}

/* A pipe or a device is not replaced, but written to. */
static gboolean
is_stream (const char *file)
{
  struct stat status;
  return stat (file, &status) == 0 && !S_ISREG (status.st_mode) && !S_ISDIR (status.st_mode);
}

gboolean
output_is_possible (const char *file, gboolean is_scenario)
{
  struct stat status;
  const char *why = NULL;
  if (!file || output_is_taken (file))
    return TRUE;
  g_autofree char *folder = g_path_get_dirname (file);
  if (!*file)
    why = "a file needs a name";
  else if (!is_scenario && (g_str_has_suffix (file, ".yaml") || g_str_has_suffix (file, ".yml")))
    why = "that is what scenarios are called";
  else if (stat (file, &status) == 0 && S_ISDIR (status.st_mode))
    why = "it is a directory";
  else if (access (is_stream (file) ? file : folder, W_OK) != 0)
    why = g_strerror (errno);
  if (why)
    complain ("can't write to '%s': %s", file, why);
  return !why;
}

static gboolean
write_stream (const char *file, const GString *text)
{
  FILE *stream = fopen (file, "wb");
  if (!stream)
    return FALSE;
  gboolean whole = fwrite (text->str, 1, text->len, stream) == text->len;
  int why = errno;
  gboolean closed = fclose (stream) == 0;
  if (!whole)
    errno = why;
  return whole && closed;
}

ExitStatus
save_output (const char *file, const GString *text)
{
  g_autoptr (GError) error = NULL;
  if (output_is_taken (file))
    put (text->str);
  else if (is_stream (file))
    {
      if (write_stream (file, text))
        return EXIT_AS_EXPECTED;
      complain ("can't write to '%s': %s", file, g_strerror (errno));
      return EXIT_CANNOT_CREATE;
    }
  else if (!g_file_set_contents (file, text->str, (gssize) text->len, &error))
    {
      const char *reason = strrchr (error->message, ':'); /* before it stands the name of a temporary file */
      complain ("can't write to '%s'%s", file, reason ? reason : "");
      return EXIT_CANNOT_CREATE;
    }
  return EXIT_AS_EXPECTED;
}
