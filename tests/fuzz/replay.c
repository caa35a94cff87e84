/* replay.c: feeds a fuzz target the files that it is given, where no fuzzer is at hand. */
#include "fuzz.h"

#include <stdio.h>
#include <string.h>

int
main (int argc, char **argv)
{
  LLVMFuzzerInitialize (&argc, &argv);
  for (int i = 1; i < argc; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *content = NULL;
      gsize length;
      if (!g_file_get_contents (argv[i], &content, &length, &error))
        {
          fprintf (stderr, "%s\n", error->message);
          return 1;
        }
      fprintf (stderr, "%s\n", argv[i]);
      /* A copy of just its length, so that a sanitizer sees who reads beyond. */
      g_autofree uint8_t *bytes = g_malloc (MAX (length, 1));
      memcpy (bytes, content, length);
      LLVMFuzzerTestOneInput (bytes, length);
    }
  return 0;
}
