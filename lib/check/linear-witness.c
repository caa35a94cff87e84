/* linear-witness.c: the few operations that show that no order fits, and what to say of them.
 *
 * The way of judging that found the violation names suspects. They are reduced among themselves first, which
 * is quick. If what is left still shows the violation when all others may have taken effect at any time, it
 * is 1-minimal there too: to leave operations away can only make a violation go away. Else, or if they show
 * nothing by themselves, all of the part is reduced. */
#include "check/linear-private.h"

#include <string.h>

/* What reducing a witness may take: tests times operations (in large parts so many tests), and states of
 * searches in one test (beyond two an operation) and in all. What that does not reduce to the least is still
 * a witness. */
#define WORK_MAX        3000000
#define TESTS_LARGE     24
#define STATES_TEST_MAX 20000
#define STATES_MAX      2000000

/* What is left of it. */
typedef struct
{
  const OrrCheckBudget *budget;
  guint64 work, states;
  gboolean spent; /* some question was left open */
} Means;

typedef struct
{
  OrrLinearPart part;
  gboolean *taken;
  OrrLinearJudge judge;
  Means *means;
} Test;

/* Is it violated by these alone, the others taken away? */
static gboolean
is_violated (const guint *elements, guint n, gpointer data)
{
  Test *test = data;
  Means *means = test->means;
  if (means->work < test->part.n || means->states == 0 || orr_budget_is_stopped (means->budget))
    {
      means->spent = TRUE;
      return FALSE;
    }
  for (guint i = 0; i < test->part.n; i++)
    test->taken[i] = TRUE;
  for (guint i = 0; i < n; i++)
    test->taken[elements[i]] = FALSE;
  guint64 given = MIN (STATES_TEST_MAX + 2 * (guint64) test->part.n, means->states), left = given;
  OrrLinearAnswer answer = test->judge (&test->part, means->budget, &left, NULL);
  means->work -= test->part.n;
  means->states -= given - left;
  means->spent |= answer == ORR_LINEAR_UNDECIDED;
  return answer == ORR_LINEAR_VIOLATED;
}

/* How many of the first operations it takes: who reads the witness then meets the last of them as the one
 * that cannot be right any more. */
static guint
find_beginning (Test *test, const guint *elements, guint n)
{
  guint low = 0, high = n; /* the first `high` show it, the first `low` do not */
  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;
      if (is_violated (elements, middle, test))
        high = middle;
      else
        low = middle;
    }
  return high;
}

/* Reduces operations of the part, with only those of `among` (NULL: all) there to be taken away. FALSE: it
 * would take more than a test may to see that they show it; then all of them stay. */
static gboolean
reduce_among (const OrrLinearPart *part, OrrLinearJudge judge, Means *means, const GArray *among,
              GArray *elements)
{
  g_autofree guint32 *operations = g_new (guint32, MAX (part->n, 1));
  g_autofree guint *numbers = g_new (guint, MAX (part->n, 1));
  guint n = among ? among->len : part->n;
  for (guint i = 0; i < n; i++)
    {
      numbers[i] = among ? g_array_index (among, guint, i) : i;
      operations[i] = part->operations[numbers[i]];
    }
  g_autofree gboolean *taken = g_new0 (gboolean, MAX (n, 1));
  g_autofree guint *kept = g_new (guint, MAX (n, 1));
  Test test = { *part, taken, judge, means };
  test.part.operations = operations;
  test.part.n = n;
  test.part.taken = taken;
  for (guint i = 0; i < n; i++)
    kept[i] = i;
  means->spent = FALSE;
  gboolean shown = is_violated (kept, n, &test);
  if (shown)
    {
      n = find_beginning (&test, kept, n);
      orr_reduce (kept, &n, is_violated, &test, G_MAXUINT);
    }
  g_array_set_size (elements, 0);
  for (guint i = 0; i < n; i++)
    g_array_append_val (elements, numbers[kept[i]]);
  return shown;
}

/* Do they show it when all others of the part may have taken effect at any time? */
static gboolean
suffices (const OrrLinearPart *part, OrrLinearJudge judge, Means *means, const GArray *elements)
{
  g_autofree gboolean *taken = g_new0 (gboolean, MAX (part->n, 1));
  Test test = { *part, taken, judge, means };
  test.part.taken = taken;
  return is_violated ((const guint *) elements->data, elements->len, &test);
}

static gint
compare_numbers (gconstpointer a, gconstpointer b)
{
  guint left = *(const guint *) a, right = *(const guint *) b;
  return left < right ? -1 : left > right;
}

/* Sorted, each once. */
static GArray *
in_order (const GArray *numbers)
{
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (guint));
  GArray *once = g_array_new (FALSE, FALSE, sizeof (guint));
  g_array_append_vals (all, numbers->data, numbers->len);
  g_array_sort (all, compare_numbers);
  for (guint i = 0; i < all->len; i++)
    if (i == 0 || g_array_index (all, guint, i) != g_array_index (all, guint, i - 1))
      g_array_append_val (once, g_array_index (all, guint, i));
  return once;
}

GArray *
orr_linear_witness (const OrrLinearPart *part, OrrLinearJudge judge, const OrrCheckBudget *budget,
                    const GArray *suspects, gboolean *ret_least)
{
  g_autoptr (GArray) among = in_order (suspects);
  GArray *elements = g_array_new (FALSE, FALSE, sizeof (guint));
  Means means = { budget, MAX (WORK_MAX, TESTS_LARGE * (guint64) part->n), STATES_MAX, FALSE };
  gboolean shown = among->len > 0 && reduce_among (part, judge, &means, among, elements);
  if (among->len == 0 || (shown ? !suffices (part, judge, &means, elements) : !means.spent))
    reduce_among (part, judge, &means, NULL, elements);
  *ret_least = !means.spent;
  for (guint i = 0; i < elements->len; i++)
    {
      guint *element = &g_array_index (elements, guint, i);
      *element = part->operations[*element];
    }
  return elements;
}

/* --- In words --- */

/* "s1 wrote x = 2 and read y = 1 at 1.2s (ok at 1.3s on a)". */
static void
tell (const OrrHistory *history, guint operation, GString *text)
{
  const OrrHistoryOperation *row = orr_history_operation (history, operation);
  gboolean known = row->outcome == ORR_OK;
  g_string_append_printf (text, "%s ", history->session_names[row->session]);
  for (guint i = 0; i < row->n_steps; i++)
    {
      if (i > 0)
        g_string_append (text, i + 1 < row->n_steps ? ", " : " and ");
      if (!known && i == 0)
        g_string_append (text, "asked to ");
      (known ? orr_words_did : orr_words_ask) (history, operation, i, text);
    }
  g_string_append (text, " at ");
  orr_history_print_when (history, row->invoked, text);
  if (!known)
    {
      g_string_append (text, " (outcome unknown)");
      return;
    }
  g_string_append (text, " (ok at ");
  orr_history_print_when (history, row->completed, text);
  orr_words_server (history, operation, text);
  g_string_append_c (text, ')');
}

/* The value that an operation of a register wrote or read. */
static OrrValue
value_of (const OrrHistoryOperation *row)
{
  return row->steps->kind == ORR_READ     ? row->values[0]
         : row->steps->kind == ORR_DELETE ? ORR_NIL
                                          : row->steps->value;
}

static gboolean
precedes (const OrrHistoryOperation *a, const OrrHistoryOperation *b)
{
  return a->outcome == ORR_OK
         && (a->completed < b->invoked
             || (a->process == b->process && a->completed <= b->invoked && a->index < b->index));
}

/* A pair of the witness, the first about `one`, the second about `other`, that shows that `one` came first.
 * The one whose first completed first. */
static gboolean
find_pair (const OrrHistory *history, const GArray *witness, OrrValue one, OrrValue other, guint *ret_pair)
{
  for (guint i = 0; i < witness->len; i++)
    for (guint j = 0; j < witness->len; j++)
      {
        guint a = g_array_index (witness, guint, i), b = g_array_index (witness, guint, j);
        const OrrHistoryOperation *first = orr_history_operation (history, a);
        const OrrHistoryOperation *second = orr_history_operation (history, b);
        if (i != j && value_of (first) == one && value_of (second) == other && precedes (first, second))
          {
            ret_pair[0] = a;
            ret_pair[1] = b;
            return TRUE;
          }
      }
  return FALSE;
}

/* "x = 2 came after x = 1, because s1 ... before s2 ...; but before x = 1, because s2 ... before s3 ...". */
static gboolean
explain_two_values (const OrrLinearPart *part, const GArray *witness, GString *text)
{
  const OrrHistory *history = part->history;
  OrrValue values[2] = { ORR_NIL, ORR_NIL };
  guint n_values = 0, pairs[4];
  for (guint i = 0; i < witness->len; i++)
    {
      const OrrHistoryOperation *row = orr_history_operation (history, g_array_index (witness, guint, i));
      OrrValue value = value_of (row);
      if (row->steps->kind == ORR_CAS)
        return FALSE;
      if ((n_values > 0 && value == values[0]) || (n_values > 1 && value == values[1]))
        continue;
      if (n_values == 2)
        return FALSE;
      values[n_values++] = value;
    }
  if (n_values < 2 || !find_pair (history, witness, values[0], values[1], pairs)
      || !find_pair (history, witness, values[1], values[0], pairs + 2))
    return FALSE;
  orr_words_value (history, part->key, values[0], text);
  g_string_append (text, " came before ");
  orr_words_value (history, part->key, values[1], text);
  g_string_append (text, ", for ");
  tell (history, pairs[0], text);
  g_string_append (text, " before ");
  tell (history, pairs[1], text);
  g_string_append (text, "; but it came after it, too, for ");
  tell (history, pairs[2], text);
  g_string_append (text, " before ");
  tell (history, pairs[3], text);
  return TRUE;
}

/* One value, which was read before it was there. */
static gboolean
explain_one_value (const OrrLinearPart *part, const GArray *witness, GString *text)
{
  const OrrHistory *history = part->history;
  guint read = g_array_index (witness, guint, 0);
  const OrrHistoryOperation *first = orr_history_operation (history, read);
  if (first->steps->kind != ORR_READ || witness->len > 2)
    return FALSE;
  if (witness->len == 1)
    {
      tell (history, read, text);
      g_string_append (text, ", which nobody had written");
      return TRUE;
    }
  guint write = g_array_index (witness, guint, 1);
  if (orr_history_operation (history, write)->steps->kind == ORR_READ
      || value_of (orr_history_operation (history, write)) != value_of (first))
    return FALSE;
  tell (history, read, text);
  g_string_append (text, ", before ");
  tell (history, write, text);
  return TRUE;
}

/* The initial value, read behind something else. */
static gboolean
explain_initial (const OrrLinearPart *part, const GArray *witness, GString *text)
{
  if (witness->len != 2)
    return FALSE;
  guint first = g_array_index (witness, guint, 0), second = g_array_index (witness, guint, 1);
  const OrrHistoryOperation *row = orr_history_operation (part->history, second);
  if (row->steps->kind != ORR_READ || value_of (row) != orr_linear_initial (part, part->key)
      || !precedes (orr_history_operation (part->history, first), row))
    return FALSE;
  tell (part->history, second, text);
  g_string_append (text, ", as if nothing had been written yet, after ");
  tell (part->history, first, text);
  return TRUE;
}

extern const OrrObject orr_object_register, orr_object_map;

void
orr_linear_explain (const OrrLinearPart *part, const GArray *witness, GString *text)
{
  gboolean is_register = part->object == &orr_object_register || part->object == &orr_object_map;
  if (is_register && part->plain
      && (explain_one_value (part, witness, text) || explain_initial (part, witness, text)
          || explain_two_values (part, witness, text)))
    return;
  g_string_append (text, witness->len == 1 ? "nothing explains what this returned: "
                                           : "in no order do these give what they returned: ");
  orr_linear_tell (part->history, witness, text);
}

/* Of so many operations the first and last ones are told. */
#define TOLD_MAX 12

void
orr_linear_tell (const OrrHistory *history, const GArray *witness, GString *text)
{
  for (guint i = 0; i < witness->len; i++)
    {
      if (i > 0)
        g_string_append (text, "; ");
      if (witness->len > TOLD_MAX && i == TOLD_MAX / 2)
        {
          guint left_out = witness->len - TOLD_MAX;
          g_string_append_printf (text, "%u more; ", left_out);
          i += left_out;
        }
      tell (history, g_array_index (witness, guint, i), text);
    }
}
