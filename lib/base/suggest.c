/* suggest.c: what someone most likely meant.
 *
 * A slip of the fingers leaves out a letter, doubles one, hits another or swaps two neighbours. The number of
 * such slips between two words is their optimal string alignment distance (Damerau 1964; each piece is edited
 * once at most), found row by row by dynamic programming. */
#include "base/problems.h"

#include <string.h>

/* Longer words are not names that someone mistyped; it also bounds the work. In bytes: names are ASCII. */
#define WORD_MAX 64

/* Candidates beyond this are too many to be read in a message. */
#define LISTED_MAX 16

static guint
distance (const char *a, gsize a_length, const char *b, gsize b_length)
{
  guint rows[3][WORD_MAX + 1];
  guint *before = rows[0], *above = rows[1], *row = rows[2];
  for (gsize j = 0; j <= b_length; j++)
    row[j] = (guint) j;
  for (gsize i = 1; i <= a_length; i++)
    {
      guint *oldest = before;
      before = above;
      above = row;
      row = oldest;
      row[0] = (guint) i;
      for (gsize j = 1; j <= b_length; j++)
        {
          gboolean same = g_ascii_tolower (a[i - 1]) == g_ascii_tolower (b[j - 1]);
          guint least = MIN (above[j], row[j - 1]) + 1;
          least = MIN (least, above[j - 1] + !same);
          if (i > 1 && j > 1 && g_ascii_tolower (a[i - 1]) == g_ascii_tolower (b[j - 2])
              && g_ascii_tolower (a[i - 2]) == g_ascii_tolower (b[j - 1]))
            least = MIN (least, before[j - 2] + 1);
          row[j] = least;
        }
    }
  return row[b_length];
}

const char *
orr_suggest (const char *word, const char *const *candidates)
{
  gsize length = strlen (word);
  const char *best = NULL;
  guint best_distance = G_MAXUINT;
  if (length > WORD_MAX)
    return NULL;
  for (; *candidates; candidates++)
    {
      gsize candidate_length = strlen (*candidates);
      guint limit = (guint) MAX (length, candidate_length) / 3;
      if (candidate_length > WORD_MAX
          || MAX (length, candidate_length) - MIN (length, candidate_length) > limit)
        continue;
      guint d = distance (word, length, *candidates, candidate_length);
      if (d <= limit && d < best_distance)
        {
          best = *candidates;
          best_distance = d;
        }
    }
  return best;
}

char *
orr_suggest_remedy (const char *word, const char *const *candidates)
{
  const char *best = orr_suggest (word, candidates);
  if (best)
    return g_strdup_printf ("did you mean '%s'?", best);
  const char *listed[LISTED_MAX + 1] = { NULL }; /* each once */
  guint n = 0;
  for (; *candidates && n < LISTED_MAX; candidates++)
    if (!g_strv_contains (listed, *candidates))
      listed[n++] = *candidates;
  if (n == 0 || *candidates)
    return NULL;
  g_autofree char *list = g_strjoinv (", ", (char **) listed);
  return n == 1 ? g_strdup_printf ("use %s", list) : g_strdup_printf ("use one of %s", list);
}
