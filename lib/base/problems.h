/* problems.h: what is wrong with a user's input, all of it at once.
 *
 * Someone who mends a file wants to hear of every mistake in it, not of the first alone. So whoever reads input collects problems, each with its
 * place, what is wrong and what would be right, and goes on as well as it can. */
#pragma once

#include <glib.h>

#include "base/visibility.h"

G_BEGIN_DECLS

/* Where in a text: lines and columns count from 1, columns in characters; line 0 means the text as a whole. */
typedef struct
{
  guint line, column;
  const char *file; /* NULL: the file that is being read; else it came from elsewhere, as a value of --set did */
} OrrPlace;

typedef struct
{
  const char *file; /* as the user named it; "--set" for a value from the command line */
  OrrPlace place;
  const char *what;   /* "unknown key 'latencey'" */
  const char *remedy; /* "did you mean 'latency'?"; may be NULL */
} OrrProblem;

typedef struct OrrProblems OrrProblems;

/* The most problems that one collection keeps: a hostile file could have millions. It counts the rest. */
#define ORR_PROBLEMS_MAX 100

ORR_PUBLIC OrrProblems *orr_problems_new (const char *file);
ORR_PUBLIC void orr_problems_free (OrrProblems *problems); /* accepts NULL */

/* Later problems are of this file (or `--set`). */
ORR_PUBLIC void orr_problems_set_file (OrrProblems *problems, const char *file);

/* `what` comes from the format. Control characters in it are escaped, so that no file can play with the terminal, and a very long one is cut. */
ORR_PUBLIC void orr_problems_add (OrrProblems *problems, OrrPlace place, const char *remedy, const char *format, ...)
    G_GNUC_PRINTF (4, 5);

/* For those who know a value by its path and not by its place, as a model's `validate` does: `path` is as `--set` takes it, below the part
 * that is being validated ("router.window"). Where nobody has said where paths lie, the problem has no place and names the path. */
ORR_PUBLIC void orr_problems_add_at (OrrProblems *problems, const char *path, const char *remedy, const char *format, ...)
    G_GNUC_PRINTF (4, 5);

/* Says where paths lie; `prefix` goes before each path. NULL takes it back. */
typedef OrrPlace (*OrrLocate) (gpointer data, const char *path);
ORR_PUBLIC void orr_problems_set_locate (OrrProblems *problems, const char *prefix, OrrLocate locate, gpointer data);

ORR_PUBLIC guint orr_problems_get_length (const OrrProblems *problems); /* all, also those beyond ORR_PROBLEMS_MAX */
ORR_PUBLIC const OrrProblem *orr_problems_get (const OrrProblems *problems, guint index); /* ordered by file and place */

/* One line a problem: `file:line:column: what; remedy`; at the end, how many more there were. */
ORR_PUBLIC char *orr_problems_to_text (const OrrProblems *problems);

/* A text on one line, without anything that a terminal would obey; a very long one is cut. The caller frees it. */
ORR_PUBLIC char *orr_one_line (const char *text);

/* The user's own words as messages cite them: in single quotes, cut where they are long, on one line. The caller frees it. */
ORR_PUBLIC char *orr_quote (const char *text);

/* The word of `candidates` (ends with NULL) that a person who typed `word` most likely meant, or NULL when none is near (optimal string
 * alignment distance of at most a third of the length; case does not count). Ties go to the earlier one. Source: Damerau 1964, in the restricted
 * form. */
ORR_PUBLIC const char *orr_suggest (const char *word, const char *const *candidates);

/* The same as a remedy: "did you mean 'latency'?" where one is near, else "use one of a, b, c" or, where they are many, NULL. The caller frees it. */
ORR_PUBLIC char *orr_suggest_remedy (const char *word, const char *const *candidates);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OrrProblems, orr_problems_free)

G_END_DECLS
