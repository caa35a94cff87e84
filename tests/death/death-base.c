/* death-base.c: breaks the rules of base, one at a time, to show that its assertions trip. */
#include <string.h>

#include "base/arena.h"
#include "base/distribution.h"
#include "base/field.h"

typedef struct
{
  OrrTime wait;
} Options;

static void
init_options (const char *initial)
{
  const OrrField fields[]
      = { ORR_FIELD (Options, wait, DURATION, .initial = initial, .doc = "How long to wait"), { 0 } };
  g_autoptr (OrrArena) arena = orr_arena_new ();
  OrrContext context = { .arena = arena };
  Options options;

  orr_fields_init (fields, &context, &options);
}

int
main (int argc, char **argv)
{
  const char *rule = argc == 2 ? argv[1] : "";

  if (g_str_equal (rule, "a-default-that-reads"))
    init_options ("5s");
  else if (g_str_equal (rule, "a-default-that-does-not-read"))
    init_options ("5 apples");
  else if (g_str_equal (rule, "a-constant-too-long"))
    orr_distribution_unref (orr_distribution_new_constant (ORR_TIME_MAX + 1));
  else
    return 64;
  return 0;
}
