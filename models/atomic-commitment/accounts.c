/* accounts.c: what a participant holds, as committed.
 *
 * Accounts are volatile: what lasts is the log of states, from which they are made again after a crash. A
 * change is made when its transaction's commit is known and, where the protocol forces it, on disk; never
 * before. */
#include "atomic-commitment.h"

void
accounts_init (Accounts *accounts)
{
  orr_map_init (&accounts->accounts, sizeof (Account));
}

Account
accounts_get (OrrNode *node, const Accounts *accounts, OrrKey key)
{
  const Account *account = orr_map_get (&accounts->accounts, key);
  if (account)
    return *account;
  Account initial = { 0 };
  orr_preload (node, key, &initial.state);
  return initial;
}

void
accounts_apply (OrrNode *node, Accounts *accounts, const Change *changes, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      const Change *change = &changes[i];
      *(Account *) orr_map_put (node, &accounts->accounts, change->key)
          = (Account){ .state = change->state, .version = change->version };
      orr_fact (node, FACT_VERSION,
                &(OrrFactVersion){ .key = change->key,
                                   .value = change->state,
                                   .version = change->version,
                                   .previous = change->previous });
      orr_fact (node, FACT_APPLIED,
                &(OrrFactApplied){ .key = change->key, .value = change->state, .version = change->version });
    }
}

void
accounts_observe (OrrNode *node, const Accounts *accounts)
{
  guint32 place = 0;
  guint64 key;
  gpointer value;
  while (orr_map_next (&accounts->accounts, &place, &key, &value))
    {
      const Account *account = value;
      orr_fact (node, FACT_VALUE,
                &(OrrFactValue){ .key = key, .value = account->state, .version = account->version });
    }
}
