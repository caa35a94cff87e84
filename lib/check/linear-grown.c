/* linear-grown.c: lists and sets that only grow, in nearly linear time.
 *
 * A read of a list shows the order of all appends before it, a read of a set which elements were added before
 * it and which were not. So the reads, by length, leave no choice: they must contain each other, and between
 * two of them stands what the longer has more. What nobody read comes last. Then the history is linearizable
 * if nothing completed before something was invoked that stands earlier. This takes elements that are added
 * once each. */
#include "check/linear-private.h"

extern const OrrObject orr_object_list_append, orr_object_set;

typedef struct
{
  const OrrLinearPart *part;
  gboolean tight, list;
  GHashTable *writers; /* element → index of its append or add + 1 */
  GArray *reads;       /* guint, indices of reads with a value, by length */
  guint32 *places;     /* of each entry: its group; G_MAXUINT32: none */
  guint32 n_places;
  GArray *suspects; /* may be NULL */
} Grown;

static void
suspect (Grown *grown, guint index)
{
  if (grown->suspects)
    g_array_append_val (grown->suspects, index);
}

static OrrValue
value_read (const Grown *grown, guint index)
{
  return orr_linear_entry (grown->part, index).values[0];
}

static gint
compare_reads (gconstpointer a, gconstpointer b, gpointer data)
{
  const Grown *grown = data;
  guint left = *(const guint *) a, right = *(const guint *) b;
  guint length = orr_terms_get_length (grown->part->history->terms, value_read (grown, left));
  guint other = orr_terms_get_length (grown->part->history->terms, value_read (grown, right));
  if (length != other)
    return length < other ? -1 : 1;
  return left < right ? -1 : left > right;
}

/* FALSE: an element was added twice, or a read is no list. */
static gboolean
collect (Grown *grown)
{
  for (guint i = 0; i < grown->part->n; i++)
    {
      OrrLinearEntry entry = orr_linear_entry (grown->part, i);
      grown->places[i] = G_MAXUINT32;
      if (entry.steps->kind != ORR_READ)
        {
          gpointer element = GSIZE_TO_POINTER (entry.steps->value);
          if (g_hash_table_contains (grown->writers, element))
            return FALSE;
          g_hash_table_insert (grown->writers, element, GUINT_TO_POINTER (i + 1));
        }
      else if (entry.values)
        {
          if (entry.values[0] != ORR_NIL && !orr_terms_is_list (grown->part->history->terms, entry.values[0]))
            return FALSE;
          g_array_append_val (grown->reads, i);
        }
    }
  g_array_sort_with_data (grown->reads, compare_reads, grown);
  return TRUE;
}

/* Gives the writer of an element its place. FALSE: nobody wrote it, or it has one already. */
static gboolean
place_writer (Grown *grown, OrrValue element, guint32 place)
{
  guint writer = GPOINTER_TO_UINT (g_hash_table_lookup (grown->writers, GSIZE_TO_POINTER (element)));
  if (writer == 0 || grown->places[writer - 1] != G_MAXUINT32)
    return FALSE;
  grown->places[writer - 1] = place;
  return TRUE;
}

/* Lists: a read of k elements has the place 2k + 1, the append of the k-th the place 2k. */
static gboolean
place_list (Grown *grown)
{
  const OrrTerms *terms = grown->part->history->terms;
  guint longest = grown->reads->len > 0 ? g_array_index (grown->reads, guint, grown->reads->len - 1) : 0;
  OrrValue at = grown->reads->len > 0 ? value_read (grown, longest) : ORR_NIL;
  guint length = orr_terms_get_length (terms, at);
  grown->n_places = 2 * length + 3;
  for (guint i = grown->reads->len; i > 0; i--)
    {
      guint read = g_array_index (grown->reads, guint, i - 1);
      OrrValue value = value_read (grown, read);
      for (; orr_terms_get_length (terms, value) < length; length--)
        {
          if (!place_writer (grown, orr_terms_get_last (terms, at), 2 * length))
            return suspect (grown, longest), FALSE;
          at = length > 1 ? orr_terms_get_prefix (terms, at) : ORR_NIL;
        }
      if (value != at)
        return suspect (grown, longest), suspect (grown, read), FALSE;
      grown->places[read] = 2 * length + 1;
    }
  for (; length > 0; length--, at = orr_terms_get_prefix (terms, at))
    if (!place_writer (grown, orr_terms_get_last (terms, at), 2 * length))
      return suspect (grown, longest), FALSE;
  return TRUE;
}

/* Adds to the elements known those of a read, which must contain all of them. */
static gboolean
include (Grown *grown, OrrValue value, guint32 place, guint n_known)
{
  const OrrTerms *terms = grown->part->history->terms;
  guint n = orr_terms_get_length (terms, value), n_old = 0;
  g_autofree OrrValue *elements = g_new (OrrValue, MAX (n, 1));
  orr_terms_get_values (terms, value, elements);
  for (guint i = 0; i < n; i++)
    {
      guint writer = GPOINTER_TO_UINT (g_hash_table_lookup (grown->writers, GSIZE_TO_POINTER (elements[i])));
      if (writer == 0)
        return FALSE;
      if (grown->places[writer - 1] == G_MAXUINT32)
        grown->places[writer - 1] = place;
      else
        n_old++;
    }
  return n_old == n_known;
}

/* Sets: the g-th different read has the place 2g + 1, what it has more the place 2g. */
static gboolean
place_set (Grown *grown)
{
  OrrValue last = ORR_NIL;
  guint32 group = 0;
  for (guint i = 0; i < grown->reads->len; i++)
    {
      guint read = g_array_index (grown->reads, guint, i);
      OrrValue value = value_read (grown, read);
      if (value != last)
        {
          group++;
          if (!include (grown, value, 2 * group, orr_terms_get_length (grown->part->history->terms, last)))
            {
              if (i > 0)
                suspect (grown, g_array_index (grown->reads, guint, i - 1));
              return suspect (grown, read), FALSE;
            }
          last = value;
        }
      grown->places[read] = 2 * group + 1;
    }
  grown->n_places = 2 * group + 3;
  return TRUE;
}

/* Those that show the places of two: themselves, and reads that stand between them. */
static void
suspect_order (Grown *grown, guint earlier, guint later)
{
  suspect (grown, earlier);
  suspect (grown, later);
  for (guint i = grown->reads->len; i > 0; i--)
    {
      guint read = g_array_index (grown->reads, guint, i - 1);
      if (i == grown->reads->len || grown->places[read] == grown->places[earlier] + 1
          || grown->places[read] == grown->places[later] + 1)
        suspect (grown, read);
    }
}

/* Does nothing complete before something is invoked that has an earlier place? */
static gboolean
judge_places (Grown *grown)
{
  const OrrLinearPart *part = grown->part;
  g_autofree guint *latest = g_new0 (guint, grown->n_places); /* of each place: who was invoked last + 1 */
  for (guint i = 0; i < part->n; i++)
    {
      OrrLinearEntry entry = orr_linear_entry (part, i);
      if (entry.steps->kind != ORR_READ && grown->places[i] == G_MAXUINT32 && !entry.optional)
        grown->places[i] = grown->n_places - 1;
      guint32 place = grown->places[i];
      if (place != G_MAXUINT32
          && (latest[place] == 0 || orr_linear_entry (part, latest[place] - 1).call < entry.call))
        latest[place] = i + 1;
    }
  for (guint i = 1; i < grown->n_places; i++) /* from here on: of each place and those before it */
    if (latest[i] == 0
        || (latest[i - 1] > 0
            && orr_linear_entry (part, latest[i - 1] - 1).call
                   >= orr_linear_entry (part, latest[i] - 1).call))
      latest[i] = latest[i - 1];
  for (guint i = 0; i < part->n; i++)
    {
      OrrLinearEntry entry = orr_linear_entry (part, i);
      guint32 place = grown->places[i];
      if (place == G_MAXUINT32 || place == 0 || latest[place - 1] == 0)
        continue;
      if (orr_linear_back (part, i, &entry, grown->tight)
          < orr_linear_entry (part, latest[place - 1] - 1).call)
        return suspect_order (grown, latest[place - 1] - 1, i), FALSE;
    }
  return TRUE;
}

OrrLinearAnswer
orr_linear_grown (const OrrLinearPart *part, gboolean tight, GArray *suspects)
{
  gboolean list = part->object == &orr_object_list_append;
  guint32 kinds = 1u << ORR_READ | 1u << (list ? ORR_APPEND : ORR_ADD);
  if (!part->plain || (!list && part->object != &orr_object_set) || (part->kinds & ~kinds))
    return ORR_LINEAR_OTHER;
  Grown grown = { .part = part,
                  .tight = tight,
                  .list = list,
                  .writers = g_hash_table_new (NULL, NULL),
                  .reads = g_array_new (FALSE, FALSE, sizeof (guint)),
                  .places = g_new (guint32, MAX (part->n, 1)),
                  .suspects = suspects };
  OrrLinearAnswer answer = ORR_LINEAR_OTHER;
  if (collect (&grown))
    answer = (list ? place_list (&grown) : place_set (&grown)) && judge_places (&grown) ? ORR_LINEAR_HOLDS
                                                                                        : ORR_LINEAR_VIOLATED;
  g_hash_table_unref (grown.writers);
  g_array_unref (grown.reads);
  g_free (grown.places);
  return answer;
}
