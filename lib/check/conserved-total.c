/* conserved-total.c: money is neither made nor lost.
 *
 * In a bank whose operations are transfers the sum over all accounts never changes. An operation that reads
 * all accounts must find that sum. And since a withdrawal that the account does not cover is refused, it must
 * find no account below zero, unless one began there. */
#include "check/check-private.h"

/* A sum that wraps where numbers are absurd: it is compared, nothing else. */
static gint64
add (gint64 sum, OrrValue number)
{
  return (gint64) ((guint64) sum + (guint64) orr_value_to_int (number));
}

/* All accounts that any operation speaks of; looked up only. */
static GHashTable *
find_accounts (const OrrHistory *history, gint64 *ret_total)
{
  GHashTable *accounts = g_hash_table_new (g_int64_hash, g_int64_equal);
  *ret_total = 0;
  for (guint i = 0; i < history->operations->len; i++)
    {
      const OrrHistoryOperation *operation = orr_history_operation (history, i);
      for (guint j = 0; j < operation->n_steps; j++)
        {
          const OrrStep *step = &operation->steps[j];
          if (step->key == ORR_NIL || !g_hash_table_add (accounts, (gpointer) &step->key))
            continue;
          OrrValue balance = orr_history_initial (history, step->key);
          *ret_total = orr_value_is_int (balance) ? add (*ret_total, balance) : *ret_total;
        }
    }
  return accounts;
}

/* TRUE where the operation takes as much as it gives. */
static gboolean
is_balanced (const OrrHistoryOperation *operation)
{
  gint64 taken = 0, given = 0;
  for (guint i = 0; i < operation->n_steps; i++)
    {
      const OrrStep *step = &operation->steps[i];
      if (step->kind == ORR_WITHDRAW || step->kind == ORR_DEPOSIT)
        *(step->kind == ORR_DEPOSIT ? &given : &taken)
            = add (step->kind == ORR_DEPOSIT ? given : taken, step->value);
    }
  return taken == given;
}

/* The sum of what the operation read, if it read each account once and did nothing else. */
static gboolean
read_total (const OrrHistoryOperation *operation, GHashTable *accounts, gint64 *ret_total)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_int64_hash, g_int64_equal);
  *ret_total = 0;
  if (operation->outcome != ORR_OK || !operation->values
      || operation->n_steps != g_hash_table_size (accounts))
    return FALSE;
  for (guint i = 0; i < operation->n_steps; i++)
    {
      if (operation->steps[i].kind != ORR_READ || !orr_value_is_int (operation->values[i])
          || !g_hash_table_add (seen, (gpointer) &operation->steps[i].key))
        return FALSE;
      *ret_total = add (*ret_total, operation->values[i]);
    }
  return TRUE;
}

/* The first account that a read of all of them found overdrawn; ORR_NIL: none. */
static OrrKey
find_overdrawn (const OrrHistory *history, const OrrHistoryOperation *operation)
{
  for (guint i = 0; i < operation->n_steps; i++)
    {
      OrrValue initial = orr_history_initial (history, operation->steps[i].key);
      if (orr_value_to_int (operation->values[i]) < 0
          && !(orr_value_is_int (initial) && orr_value_to_int (initial) < 0))
        return operation->steps[i].key;
    }
  return ORR_NIL;
}

/* What is wrong with what was read: an account below zero, or the sum. */
static void
print_wrong (const OrrHistory *history, const OrrHistoryOperation *operation, gint64 found, gint64 total,
             GString *text)
{
  OrrKey overdrawn = found == total ? find_overdrawn (history, operation) : ORR_NIL;
  if (overdrawn == ORR_NIL)
    {
      g_string_append_printf (text, "%" G_GINT64_FORMAT " in them, not %" G_GINT64_FORMAT, found, total);
      return;
    }
  g_string_append (text, "less than nothing in ");
  orr_terms_print (history->terms, overdrawn, text);
  g_string_append (text, ", which no withdrawal may leave");
}

static OrrVerdict *
say (const OrrHistory *history, guint64 n_checked, guint64 n_wrong, guint wrong, gint64 found, gint64 total)
{
  if (n_checked == 0)
    return orr_verdict_new (ORR_HOLDS, 0, "no operation read all accounts");
  if (n_wrong == 0)
    {
      g_autofree char *reads = orr_words_count (n_checked, "read", "reads");
      return orr_verdict_new (ORR_HOLDS, n_checked, "%s of all accounts found %" G_GINT64_FORMAT, reads,
                              total);
    }
  const OrrHistoryOperation *operation = orr_history_operation (history, wrong);
  g_autoptr (GString) text = g_string_new (NULL);
  g_string_append_printf (text, "%s read all accounts at ", history->session_names[operation->session]);
  orr_history_print_when (history, operation->invoked, text);
  orr_words_server (history, wrong, text);
  g_string_append (text, ", and found ");
  print_wrong (history, operation, found, total, text);
  OrrVerdict *verdict = orr_verdict_new (ORR_VIOLATED, n_checked, "%s", text->str);
  verdict->n_violations = n_wrong;
  orr_verdict_add_witness (verdict, wrong);
  return verdict;
}

static const char *
silent (const OrrHistory *history)
{
  gboolean bank = history->object && orr_object_has_step (history->object, ORR_WITHDRAW);
  return bank || !history->source ? NULL : "its operations are on no accounts";
}

static OrrVerdict *
check (const OrrHistory *history, const OrrCheckBudget *budget G_GNUC_UNUSED)
{
  if (!history->object || !orr_object_has_step (history->object, ORR_WITHDRAW) || !history->object->preload)
    return orr_verdict_new (ORR_HOLDS, 0, "the workload has no accounts");
  gint64 total, found = 0, sum;
  guint64 n_checked = 0, n_wrong = 0;
  guint wrong = 0;
  g_autoptr (GHashTable) accounts = find_accounts (history, &total);
  for (guint i = 0; i < history->operations->len; i++)
    {
      const OrrHistoryOperation *operation = orr_history_operation (history, i);
      if (operation->outcome != ORR_FAIL && !is_balanced (operation))
        return orr_verdict_new (ORR_UNDECIDED, 0,
                                "not all operations are transfers: %s takes more than it gives, or less",
                                operation->id);
      if (!read_total (operation, accounts, &sum))
        continue;
      n_checked++;
      if ((sum != total || find_overdrawn (history, operation) != ORR_NIL) && n_wrong++ == 0)
        {
          wrong = i;
          found = sum;
        }
    }
  return say (history, n_checked, n_wrong, wrong, found, total);
}

const OrrCheck orr_check_conserved_total = {
  .entry
  = { .name = "conserved-total",
      .summary = "Transfers keep the sum over all accounts",
      .doc = "For the object `bank`, when every operation is a transfer or a read. Each operation that "
             "reads all accounts at once must find the sum that there was in the beginning, and none below "
             "zero, since a withdrawal that an account does not cover is refused." },
  .source = "Kingsbury: Jepsen's bank test, after Fekete, Liarokapis, O'Neil, O'Neil & Shasha: Making "
            "Snapshot Isolation Serializable, TODS 30(2), 2005",
  .silent = silent,
  .check = check,
};
