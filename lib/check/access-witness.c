/* access-witness.c: from a bad pattern to a verdict. */
#include "check/access-witness.h"

/* How many operations a sentence tells. */
#define TOLD_MAX 20

/* What reducing a witness may take: rows times sessions, as clocks have them, of all tests together. What
 * that does not reduce to the least is still a witness. */
#define WORK_MAX G_GUINT64_CONSTANT (1000000000)

static void
look (const OrrAccesses *accesses, const OrrCheckBudget *budget, const OrrAccessRule *rule, guint32 session,
      OrrFinding *ret_finding)
{
  *ret_finding
      = (OrrFinding){ .session = ORR_NO_ACCESS, .rows = g_array_new (FALSE, FALSE, sizeof (guint32)) };
  rule->find (accesses, budget, session, ret_finding);
}

/* --- 1-minimal --- */

typedef struct
{
  const OrrAccesses *accesses;
  const OrrCheckBudget *budget;
  const OrrAccessRule *rule;
  guint32 session;
  guint64 work_left;
  gboolean open; /* some question was */
} Attempt;

static gboolean
is_violated (const guint *rows, guint n, gpointer data)
{
  Attempt *attempt = data;
  guint64 work = (guint64) n * MIN (n, attempt->accesses->n_sessions);
  attempt->open |= attempt->work_left < work || orr_budget_is_stopped (attempt->budget);
  if (attempt->open)
    return FALSE;
  attempt->work_left -= work;
  OrrFinding finding;
  g_autoptr (OrrAccesses) part = orr_accesses_part (attempt->accesses, rows, n);
  look (part, attempt->budget, attempt->rule, attempt->session, &finding);
  g_array_unref (finding.rows);
  return finding.pattern != ORR_PATTERN_NONE && finding.pattern != ORR_PATTERN_UNDECIDED;
}

/* --- The sentence --- */

typedef struct
{
  const OrrAccesses *accesses;
  GString *text;
  guint n_told;
  guint32 session; /* who was told of last */
} Teller;

static void
tell (Teller *teller, guint32 row)
{
  const OrrAccess *access = &teller->accesses->rows[row];
  const OrrHistory *history = teller->accesses->history;
  if (teller->n_told++ >= TOLD_MAX)
    return;
  if (teller->n_told > 1)
    g_string_append (teller->text, teller->session == access->session ? ", then " : "; ");
  if (teller->session != access->session)
    g_string_append_printf (teller->text, "%s ", history->session_names[access->session]);
  teller->session = access->session;
  orr_words_did (history, access->operation, access->step, teller->text);
}

static gboolean
can_be_told (const OrrAccesses *accesses, const gboolean *told, guint32 row)
{
  guint32 previous = orr_access_previous (accesses, row), source = accesses->rows[row].source;
  return !told[row] && (previous == ORR_NO_ACCESS || told[previous])
         && (source == ORR_NO_ACCESS || told[source]);
}

/* Causes before what follows from them, as far as there is no circle; staying with a session as long as can
 * be. */
static GArray *
order_of_telling (const OrrAccesses *accesses)
{
  GArray *order = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autofree gboolean *told = g_new0 (gboolean, accesses->n);
  guint32 last = ORR_NO_ACCESS;
  while (order->len < accesses->n)
    {
      guint32 best = ORR_NO_ACCESS, any = ORR_NO_ACCESS;
      for (guint32 i = accesses->n; i > 0; i--)
        {
          guint32 row = i - 1;
          if (!told[row])
            any = row;
          if (can_be_told (accesses, told, row)
              && (best == ORR_NO_ACCESS || last == ORR_NO_ACCESS
                  || accesses->rows[best].session != accesses->rows[last].session
                  || accesses->rows[row].session == accesses->rows[last].session))
            best = row;
        }
      last = best != ORR_NO_ACCESS ? best : any;
      told[last] = TRUE;
      g_array_append_val (order, last);
    }
  return order;
}

static void
print_access (const OrrAccesses *accesses, guint32 row, GString *text)
{
  const OrrAccess *access = &accesses->rows[row];
  const OrrHistoryOperation *operation = orr_history_operation (accesses->history, access->operation);
  const OrrStep *step = &operation->steps[access->step];
  OrrValue value = step->kind == ORR_READ     ? operation->values[access->step]
                   : step->kind == ORR_DELETE ? ORR_NIL
                                              : step->value;
  orr_words_value (accesses->history, step->key, value, text);
}

static void
say_why (const OrrAccesses *accesses, const OrrAccessRule *rule, const OrrFinding *finding, GString *text)
{
  const char *const *names = accesses->history->session_names;
  const char *reader = finding->pattern == ORR_PATTERN_INITIAL || finding->pattern == ORR_PATTERN_OVERWRITTEN
                           ? names[accesses->rows[finding->read].session]
                           : NULL;
  if (finding->pattern == ORR_PATTERN_CYCLE)
    {
      g_string_append (text, ": so something came before its own cause");
      return;
    }
  if (finding->pattern == ORR_PATTERN_FORCED)
    {
      const char *who = finding->session == ORR_NO_ACCESS ? "they all" : names[finding->session];
      g_string_append_printf (text, ": no order of the writes%s%s explains what %s read",
                              rule->kept[0] ? " " : "", rule->kept, who);
      return;
    }
  g_string_append (text, ": so ");
  print_access (accesses, finding->write, text);
  g_string_append_printf (text,
                          finding->pattern == ORR_PATTERN_INITIAL
                              ? " was already there when %s read "
                              : " had already taken its place when %s read ",
                          reader);
  print_access (accesses, finding->read, text);
}

static OrrVerdict *
say_violated (const OrrAccesses *whole, const OrrAccesses *part, const OrrAccessRule *rule,
              const OrrFinding *finding)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GArray) order = order_of_telling (part);
  Teller teller = { .accesses = part, .text = text, .session = ORR_NO_ACCESS };
  for (guint i = 0; i < order->len; i++)
    tell (&teller, g_array_index (order, guint32, i));
  if (order->len > TOLD_MAX)
    g_string_append_printf (text, "; and %u more", order->len - TOLD_MAX);
  say_why (part, rule, finding, text);
  OrrVerdict *verdict = orr_verdict_new (ORR_VIOLATED, whole->n_reads + whole->n_thin_air, "%s", text->str);
  verdict->n_violations = 1;
  for (guint i = 0; i < order->len; i++)
    orr_verdict_add_witness (verdict, part->rows[g_array_index (order, guint32, i)].operation);
  return verdict;
}

/* --- The whole --- */

static gint
compare_rows (gconstpointer a, gconstpointer b, gpointer data G_GNUC_UNUSED)
{
  guint32 left = *(const guint32 *) a, right = *(const guint32 *) b;
  return (left > right) - (left < right);
}

static guint
sort_and_keep_once (GArray *rows)
{
  guint kept = 0;
  g_array_sort_with_data (rows, compare_rows, NULL);
  for (guint i = 0; i < rows->len; i++)
    if (kept == 0 || g_array_index (rows, guint, i) != g_array_index (rows, guint, kept - 1))
      g_array_index (rows, guint, kept++) = g_array_index (rows, guint, i);
  return kept;
}

static OrrVerdict *
judge_violated (const OrrAccesses *accesses, const OrrCheckBudget *budget, const OrrAccessRule *rule,
                const OrrFinding *finding)
{
  OrrCheckBudget patient = { .states_max = G_MAXUINT64, .stop = budget->stop };
  Attempt attempt = { accesses, &patient, rule, finding->session, WORK_MAX, FALSE };
  guint *rows = (guint *) finding->rows->data, n = sort_and_keep_once (finding->rows);
  orr_reduce (rows, &n, is_violated, &attempt, G_MAXUINT);
  OrrFinding least;
  patient.stop = NULL;
  g_autoptr (OrrAccesses) part = orr_accesses_part (accesses, rows, n);
  look (part, &patient, rule, finding->session, &least);
  g_assert (least.pattern != ORR_PATTERN_NONE && least.pattern != ORR_PATTERN_UNDECIDED);
  OrrVerdict *verdict = say_violated (accesses, part, rule, &least);
  if (attempt.open)
    orr_verdict_not_least (verdict);
  g_array_unref (least.rows);
  return verdict;
}

OrrVerdict *
orr_accesses_check (const OrrHistory *history, const OrrCheckBudget *budget, const OrrAccessRule *rule)
{
  g_autoptr (OrrAccesses) accesses = orr_accesses_new (history);
  OrrVerdict *verdict = orr_accesses_judge_thin_air (accesses);
  if (verdict)
    return verdict;
  OrrFinding finding;
  look (accesses, budget, rule, ORR_NO_ACCESS, &finding);
  if (finding.pattern == ORR_PATTERN_NONE)
    verdict = orr_accesses_judge_clean (accesses, rule->condition);
  else if (finding.pattern == ORR_PATTERN_UNDECIDED)
    verdict = orr_verdict_new (ORR_UNDECIDED, accesses->n_reads, "%s", finding.why);
  else
    verdict = judge_violated (accesses, budget, rule, &finding);
  g_array_unref (finding.rows);
  return verdict;
}
