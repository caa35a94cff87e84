/* bank.c: accounts, and money that only moves.
 *
 * A transfer takes from one account and gives to another: two steps that must both happen or neither,
 * whatever fails in between. Nobody may see money twice or not at all, so the sum over all accounts is the
 * same in every read of all of them (Jepsen's bank test). */
#include "object/object-private.h"

typedef struct
{
  gint64 balance, amount;
} BankSettings;

static const OrrField fields[] = {
  ORR_FIELD (BankSettings, balance, INT, .initial = "100", .least = 0, .most = 1000000000000,
             .doc = "what each account holds in the beginning"),
  ORR_FIELD (BankSettings, amount, INT, .initial = "10", .least = 1, .most = 1000000000000,
             .doc = "generated transfers are drawn from 1 to this"),
  { 0 },
};

static const OrrStepKind steps[] = { ORR_READ, ORR_WITHDRAW, ORR_DEPOSIT, ORR_STEP_NONE };

static gboolean
bank_preload (gconstpointer settings, OrrTerms *terms G_GNUC_UNUSED, OrrKey key G_GNUC_UNUSED,
              OrrValue *ret_state)
{
  *ret_state = orr_value_int (((const BankSettings *) settings)->balance);
  return TRUE;
}

/* Another account than `from`; the same where there is no other. */
static OrrKey
other_account (OrrGenerator *generator, OrrKey from)
{
  OrrKey to = orr_generator_key (generator);
  for (guint i = 0; to == from && i < generator->n_keys; i++)
    to = generator->keys[i];
  return to;
}

static void
bank_generate (OrrGenerator *generator, OrrStepKind kind, GArray *array)
{
  const BankSettings *settings = generator->settings;
  if (kind == ORR_READ)
    {
      for (guint i = 0; i < generator->n_keys; i++)
        orr_generate_step (array, ORR_READ, generator->keys[i], ORR_NIL, ORR_NIL);
      return;
    }
  OrrKey from = orr_generator_key (generator);
  OrrKey to = other_account (generator, from);
  OrrValue amount = orr_value_int (orr_generator_amount (generator, settings->amount));
  orr_generate_step (array, ORR_WITHDRAW, from, amount, ORR_NIL);
  orr_generate_step (array, ORR_DEPOSIT, to, amount, ORR_NIL);
}

/* The balance after a withdrawal; FALSE where it does not cover it. */
static gboolean
withdraw (OrrValue balance, OrrValue amount, OrrValue *ret_balance)
{
  OrrValue rest;
  if (!orr_value_is_int (amount)
      || !orr_value_add (balance, orr_value_int (-orr_value_to_int (amount)), &rest)
      || orr_value_to_int (rest) < 0)
    return FALSE;
  *ret_balance = rest;
  return TRUE;
}

static OrrRule
bank_apply (OrrTerms *terms G_GNUC_UNUSED, OrrValue state, const OrrStep *step, OrrValue *ret_state,
            OrrValue *ret_value)
{
  gboolean applied = TRUE;
  *ret_state = state;
  *ret_value = ORR_NIL;
  switch (step->kind)
    {
    case ORR_READ:
      *ret_value = state;
      break;
    case ORR_WITHDRAW:
      applied = withdraw (state, step->value, ret_state);
      break;
    case ORR_DEPOSIT:
      applied = orr_value_add (state, step->value, ret_state);
      break;
    default:
      g_assert_not_reached ();
    }
  return applied ? ORR_RULE_APPLIED : ORR_RULE_REFUSED;
}

const OrrObject orr_object_bank = {
  .entry = { .name = "bank",
             .summary = "Accounts between which money moves",
             .doc = "Every account holds `balance` in the beginning. `withdraw` fails where the account does "
                    "not cover it.\n\n"
                    "In a generated load both `withdraw` and `deposit` stand for a transfer: an amount is "
                    "withdrawn from one account and "
                    "deposited in another in one operation. A generated `read` reads all accounts at once, "
                    "so that their sum can be checked.",
             .size = sizeof (BankSettings),
             .fields = fields },
  .steps = steps,
  .preload = bank_preload,
  .generate = bank_generate,
  .apply = bank_apply,
};
