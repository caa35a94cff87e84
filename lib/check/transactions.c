/* transactions.c: a history as transactions that read what others wrote. */
#include "check/transactions.h"

/* In one table: the lists of a key, and the pieces of its longest. */
#define PIECES_OF(key) ((guint64) (key) | G_GUINT64_CONSTANT (1) << 32)

/* One append of a transaction that is being looked at, for its own later reads. */
typedef struct
{
  OrrValue value;
  guint before; /* its append to the same list before this one; ORR_NONE */
} Appended;

/* What a transaction did to a key so far. */
typedef struct
{
  guint64 version;   /* of its last write; 0: not known */
  guint last_append; /* into appended; ORR_NONE */
} Own;

/* The longest list that anyone read of a key, or its known order: who wrote each piece. */
typedef struct
{
  OrrValue list;
  guint length, operation, step; /* who read it */
  guint first_piece; /* into pieces: rank in the chain by place in the list, or in the known order */
} Order;

typedef struct
{
  OrrTransactions *all;
  const OrrValues *values;
  OrrPairs members;        /* (operation, 0): those that are looked at */
  OrrPairs transaction_of; /* (operation, 0) → transaction; of those that committed */
  OrrPairs keys;           /* (key, 0) → key */
  OrrPairs lists;          /* (key, list) → length, of the beginnings of the longest */
  GArray *orders;          /* Order, by key */
  GArray *pieces;          /* guint: rank */
  GArray *own;             /* Own, by OrrLastWrite */
  GArray *appended;        /* Appended */
} Builder;

static const OrrHistoryOperation *
operation_of (const Builder *builder, guint transaction)
{
  return orr_history_operation (builder->values->history,
                                orr_transaction (builder->all, transaction)->operation);
}

static void
add_flaw (Builder *builder, OrrFlaw flaw)
{
  g_array_append_val (builder->all->flaws, flaw);
}

static guint
get_key (Builder *builder, OrrKey key)
{
  guint index = orr_pairs_add (&builder->keys, key, 0, builder->all->keys->len);
  if (index == builder->all->keys->len)
    {
      OrrAccessedKey row
          = { .key = key, .shown_by = ORR_NONE, .loose = g_array_new (FALSE, FALSE, sizeof (guint)) };
      Order order = { .operation = ORR_NONE };
      g_array_append_val (builder->all->keys, row);
      g_array_append_val (builder->orders, order);
    }
  return index;
}

static gboolean
is_unclear (const Builder *builder, OrrKey key)
{
  return !builder->values->versions && orr_pairs_get (&builder->values->unclear, key, 0) != ORR_PAIRS_NONE;
}

static gboolean
is_list (const Builder *builder, OrrKey key)
{
  return !builder->values->versions && orr_pairs_get (&builder->values->appends, key, 0) != ORR_PAIRS_NONE;
}

/* Is its failure to be held against those who read it? What was taken away says nothing. */
static gboolean
is_aborted (const Builder *builder, guint operation)
{
  return orr_history_operation (builder->values->history, operation)->outcome == ORR_FAIL
         && orr_pairs_get (&builder->members, operation, 0) != ORR_PAIRS_NONE;
}

/* Who wrote the value; NULL: nobody. */
static const OrrWritten *
find_written (const Builder *builder, OrrKey key, OrrValue value)
{
  guint place = orr_pairs_get (&builder->values->places, key, value);
  return place == ORR_PAIRS_NONE ? NULL : &g_array_index (builder->values->written, OrrWritten, place);
}

/* --- Which of those with an unknown outcome committed --- */

static void
mark_read (Builder *builder, OrrPairs *seen, OrrKey key, OrrValue value)
{
  const OrrWritten *written = find_written (builder, key, value);
  if (written)
    orr_pairs_add (seen, written->operation, 0, 0);
}

/* All that a read showed; each beginning of a list is walked once. */
static void
mark_shown (Builder *builder, OrrPairs *seen, OrrPairs *walked, OrrKey key, OrrValue value)
{
  const OrrTerms *terms = builder->values->history->terms;
  if (!is_list (builder, key))
    {
      mark_read (builder, seen, key, value);
      return;
    }
  if (!orr_terms_is_list (terms, value))
    return;
  for (; orr_terms_get_length (terms, value) > 0; value = orr_terms_get_prefix (terms, value))
    {
      guint before = walked->n;
      orr_pairs_add (walked, key, value, 0);
      if (walked->n == before)
        return;
      mark_read (builder, seen, key, orr_terms_get_last (terms, value));
    }
}

static gboolean
is_read (const OrrHistoryOperation *row, guint step)
{
  return row->steps[step].kind == ORR_READ && row->steps[step].key != ORR_NIL && row->values;
}

static void
find_seen (Builder *builder, OrrPairs *seen, const guint *operations, guint n)
{
  g_auto (OrrPairs) walked = { 0 };
  for (guint i = 0; i < n; i++)
    {
      const OrrHistoryOperation *row = orr_history_operation (builder->values->history, operations[i]);
      for (guint j = 0; row->outcome == ORR_OK && j < row->n_steps; j++)
        if (is_read (row, j))
          mark_shown (builder, seen, &walked, row->steps[j].key, row->values[j]);
        else if (row->steps[j].kind == ORR_CAS)
          mark_shown (builder, seen, &walked, row->steps[j].key, row->steps[j].expected);
    }
}

/* --- Sessions --- */

/* Puts the transaction behind the last one of its session. One whose outcome is not known may take effect
 * after the next has begun: it stands in a chain of its own, behind the one before it. */
static void
add_transaction (Builder *builder, OrrPairs *last_of, guint operation)
{
  const OrrHistory *history = builder->values->history;
  const OrrHistoryOperation *row = orr_history_operation (history, operation);
  OrrTransaction transaction = { .operation = operation, .start = row->invoked, .before = ORR_NONE };
  gboolean ok = row->outcome == ORR_OK;
  transaction.end = ok ? row->completed : ORR_TIME_NEVER;
  guint index = builder->all->transactions->len;
  guint last = orr_pairs_get (last_of, row->session, 0);
  if (last != ORR_PAIRS_NONE
      && (history->timeless || orr_transaction (builder->all, last)->end <= transaction.start))
    transaction.before = last;
  if (ok && transaction.before != ORR_NONE)
    {
      transaction.chain = orr_transaction (builder->all, last)->chain;
      transaction.place = orr_transaction (builder->all, last)->place + 1;
    }
  else
    transaction.chain = builder->all->n_chains++;
  if (ok)
    orr_pairs_set (last_of, row->session, 0, index);
  g_array_append_val (builder->all->transactions, transaction);
  orr_pairs_add (&builder->transaction_of, operation, 0, index);
}

static void
add_transactions (Builder *builder, const guint *operations, guint n)
{
  g_auto (OrrPairs) seen = { 0 };
  g_auto (OrrPairs) last_of = { 0 };
  find_seen (builder, &seen, operations, n);
  for (guint i = 0; i < n; i++)
    orr_pairs_add (&builder->members, operations[i], 0, 0);
  for (guint i = 0; i < n; i++)
    {
      OrrOutcome outcome = orr_history_operation (builder->values->history, operations[i])->outcome;
      gboolean happened = builder->values->versions
                              ? builder->values->placed[operations[i]]
                              : orr_pairs_get (&seen, operations[i], 0) != ORR_PAIRS_NONE;
      if (outcome == ORR_OK || (outcome == ORR_UNKNOWN && happened))
        add_transaction (builder, &last_of, operations[i]);
    }
}

/* --- Writes --- */

static guint
get_write (Builder *builder, guint transaction, guint key, guint step)
{
  GArray *writes = builder->all->writes;
  guint index = orr_pairs_add (&builder->all->write_of, transaction, key, writes->len);
  if (index == writes->len)
    {
      OrrLastWrite write = { transaction, key, step, 0, ORR_NONE };
      Own own = { .last_append = ORR_NONE };
      g_array_append_val (writes, write);
      g_array_append_val (builder->own, own);
    }
  g_array_index (writes, OrrLastWrite, index).step = step;
  return index;
}

static void
add_write (Builder *builder, guint transaction, guint step)
{
  const OrrHistoryOperation *row = operation_of (builder, transaction);
  const OrrStep *what = &row->steps[step];
  guint index = get_write (builder, transaction, get_key (builder, what->key), step);
  Own *own = &g_array_index (builder->own, Own, index);
  own->version = row->versions ? row->versions[step] : 0;
  if (what->kind == ORR_APPEND)
    {
      Appended appended = { what->value, own->last_append };
      own->last_append = builder->appended->len;
      g_array_append_val (builder->appended, appended);
    }
}

/* --- Reads: first what they returned, later whose it was --- */

static void
add_external (Builder *builder, guint transaction, guint key, guint step, OrrValue value)
{
  OrrExternalRead read = { transaction, key, step, ORR_NONE, ORR_NONE, ORR_NONE, FALSE, ORR_NONE };
  Order *order = &g_array_index (builder->orders, Order, key);
  const OrrTerms *terms = builder->values->history->terms;
  OrrKey name = orr_accessed_key (builder->all, key)->key;
  g_array_append_val (builder->all->reads, read);
  if (is_list (builder, name) && orr_terms_is_list (terms, value)
      && orr_terms_get_length (terms, value) > order->length)
    *order = (Order){ value, orr_terms_get_length (terms, value),
                      orr_transaction (builder->all, transaction)->operation, step, 0 };
}

/* A list without what the transaction itself had appended; FALSE where that is not at its end. */
static gboolean
strip_own (const Builder *builder, guint write, OrrValue *value)
{
  const OrrTerms *terms = builder->values->history->terms;
  guint i = g_array_index (builder->own, Own, write).last_append;
  while (i != ORR_NONE)
    {
      const Appended *appended = &g_array_index (builder->appended, Appended, i);
      if (!orr_terms_is_list (terms, *value) || orr_terms_get_length (terms, *value) == 0
          || orr_terms_get_last (terms, *value) != appended->value)
        return FALSE;
      *value = orr_terms_get_prefix (terms, *value);
      i = appended->before;
    }
  return TRUE;
}

static gboolean
is_own (const Builder *builder, const OrrHistoryOperation *row, guint step, guint write)
{
  const OrrLastWrite *last = orr_last_write (builder->all, write);
  const OrrStep *what = &row->steps[last->step];
  if (builder->values->versions)
    return g_array_index (builder->own, Own, write).version == row->versions[step];
  return row->values[step] == (what->kind == ORR_DELETE ? ORR_NIL : what->value);
}

static void
add_read (Builder *builder, guint transaction, guint step)
{
  const OrrHistoryOperation *row = operation_of (builder, transaction);
  OrrKey name = row->steps[step].key;
  guint key = get_key (builder, name);
  OrrValue value = row->steps[step].kind == ORR_CAS ? row->steps[step].expected : row->values[step];
  guint own = orr_transaction_find_write (builder->all, transaction, key);
  gboolean kept = TRUE;
  if (own != ORR_PAIRS_NONE && is_list (builder, name))
    kept = strip_own (builder, own, &value);
  else if (own != ORR_PAIRS_NONE && row->steps[step].kind == ORR_READ)
    kept = is_own (builder, row, step, own);
  if (!kept)
    add_flaw (builder, (OrrFlaw){ ORR_FLAW_INTERNAL, name, row->values[step],
                                  orr_transaction (builder->all, transaction)->operation, step, ORR_NONE,
                                  orr_last_write (builder->all, own)->step });
  else if (own == ORR_PAIRS_NONE || is_list (builder, name))
    add_external (builder, transaction, key, step, value);
}

/* A step that builds on what it found there. */
static gboolean
updates (const Builder *builder, const OrrHistoryOperation *row, guint step)
{
  OrrStepKind kind = row->steps[step].kind;
  return kind == ORR_CAS
         || (builder->values->versions && orr_step_infos[kind].writes && kind != ORR_WRITE
             && kind != ORR_DELETE && kind != ORR_APPEND);
}

static void
add_steps (Builder *builder, guint transaction)
{
  const OrrHistoryOperation *row = operation_of (builder, transaction);
  OrrTransaction *own = &g_array_index (builder->all->transactions, OrrTransaction, transaction);
  own->first_read = builder->all->reads->len;
  own->first_write = builder->all->writes->len;
  for (guint i = 0; i < row->n_steps; i++)
    {
      OrrKey key = row->steps[i].key;
      gboolean writes = orr_step_infos[row->steps[i].kind].writes;
      if (key == ORR_NIL || (!writes && !is_read (row, i)))
        continue;
      if (is_unclear (builder, key))
        {
          builder->all->n_unclear++;
          continue;
        }
      if (row->outcome == ORR_OK && (is_read (row, i) || updates (builder, row, i)))
        add_read (builder, transaction, i);
      if (writes)
        add_write (builder, transaction, i);
    }
  own->n_reads = builder->all->reads->len - own->first_read;
  own->n_writes = builder->all->writes->len - own->first_write;
}

/* --- Chains --- */

/* Appends to the key's chain, and returns the rank. A transaction that follows itself is there once, one that
 * is not known not at all: what is seen of it is that those before it came before. */
static guint
add_link (Builder *builder, OrrAccessedKey *key, guint transaction)
{
  GArray *links = builder->all->links;
  gboolean again = key->n_links > 0 && g_array_index (links, guint, links->len - 1) == transaction;
  if (transaction == ORR_NONE || again)
    return key->n_links;
  g_array_append_val (links, transaction);
  return ++key->n_links;
}

static guint
transaction_of (const Builder *builder, guint operation)
{
  guint found
      = operation == G_MAXUINT32 ? ORR_PAIRS_NONE : orr_pairs_get (&builder->transaction_of, operation, 0);
  return found == ORR_PAIRS_NONE ? ORR_NONE : found;
}

/* A list's pieces: who appended each, and what is wrong with them. */
static guint
look_at_piece (Builder *builder, guint index, guint place, OrrValue value)
{
  const Order *order = &g_array_index (builder->orders, Order, index);
  OrrKey key = orr_accessed_key (builder->all, index)->key;
  const OrrWritten *written = find_written (builder, key, value);
  OrrFlaw flaw = { ORR_FLAW_THIN_AIR, key, value, order->operation, order->step };
  if (!written)
    add_flaw (builder, flaw);
  if (!written || written->several)
    {
      builder->all->n_unclear += written != NULL;
      return ORR_NONE;
    }
  flaw.other = written->operation;
  flaw.other_step = written->step;
  if (orr_pairs_add (&builder->lists, PIECES_OF (index), value, place) != place)
    {
      flaw.kind = ORR_FLAW_DUPLICATE;
      add_flaw (builder, flaw);
    }
  guint transaction = transaction_of (builder, written->operation);
  if (is_aborted (builder, written->operation))
    {
      flaw.kind = ORR_FLAW_ABORTED;
      add_flaw (builder, flaw);
    }
  return transaction;
}

/* A transaction's appends stand in the order in which it made them, none left out in between. `last`: its
 * last step so far that stands in this list. */
static void
look_at_place (Builder *builder, guint index, guint transaction, OrrValue value, OrrPairs *last)
{
  const Order *order = &g_array_index (builder->orders, Order, index);
  OrrKey key = orr_accessed_key (builder->all, index)->key;
  const OrrHistoryOperation *row = operation_of (builder, transaction);
  guint step = find_written (builder, key, value)->step, before = orr_pairs_get (last, transaction, 0);
  gboolean scrambled = before != ORR_PAIRS_NONE && before >= step;
  for (guint i = before == ORR_PAIRS_NONE ? 0 : before + 1; i < step; i++)
    scrambled |= row->steps[i].kind == ORR_APPEND && row->steps[i].key == key;
  orr_pairs_set (last, transaction, 0, step);
  if (scrambled)
    add_flaw (builder, (OrrFlaw){ .kind = ORR_FLAW_SCRAMBLED,
                                  .key = key,
                                  .value = value,
                                  .operation = order->operation,
                                  .step = order->step,
                                  .other = orr_transaction (builder->all, transaction)->operation,
                                  .other_step = step });
}

static void
chain_list (Builder *builder, guint index)
{
  OrrAccessedKey *key = &g_array_index (builder->all->keys, OrrAccessedKey, index);
  Order *order = &g_array_index (builder->orders, Order, index);
  const OrrTerms *terms = builder->values->history->terms;
  key->shown_by = order->operation;
  order->first_piece = builder->pieces->len;
  g_auto (OrrPairs) last = { 0 };
  g_autofree OrrValue *values = g_new (OrrValue, order->length + 1);
  if (order->length > 0)
    orr_terms_get_values (terms, order->list, values);
  for (guint i = 0; i < order->length; i++)
    {
      guint transaction = look_at_piece (builder, index, i, values[i]);
      if (transaction != ORR_NONE)
        look_at_place (builder, index, transaction, values[i], &last);
      guint rank = add_link (builder, key, transaction);
      g_array_append_val (builder->pieces, rank);
    }
  for (OrrValue list = order->list; order->length > 0 && orr_terms_get_length (terms, list) > 0;
       list = orr_terms_get_prefix (terms, list))
    orr_pairs_add (&builder->lists, index, list, orr_terms_get_length (terms, list));
}

static void
chain_versions (Builder *builder, guint index)
{
  OrrAccessedKey *key = &g_array_index (builder->all->keys, OrrAccessedKey, index);
  Order *order = &g_array_index (builder->orders, Order, index);
  const OrrHistoryVersion *versions
      = orr_history_versions_of (builder->values->history, key->key, &order->length);
  order->first_piece = builder->pieces->len;
  for (guint i = 0; i < order->length; i++)
    {
      guint rank = add_link (builder, key, transaction_of (builder, versions[i].operation));
      g_array_append_val (builder->pieces, rank);
    }
}

static void
mark_chained (Builder *builder, guint index)
{
  const OrrAccessedKey *key = orr_accessed_key (builder->all, index);
  for (guint i = 0; i < key->n_links; i++)
    {
      guint transaction = g_array_index (builder->all->links, guint, key->first_link + i);
      guint write = orr_transaction_find_write (builder->all, transaction, index);
      /* An append that nobody saw stands behind all that was seen, though an earlier one of its transaction
       * was. */
      const OrrStep *last
          = &operation_of (builder, transaction)->steps[orr_last_write (builder->all, write)->step];
      if (builder->values->versions
          || orr_pairs_get (&builder->lists, PIECES_OF (index), last->value) != ORR_PAIRS_NONE)
        g_array_index (builder->all->writes, OrrLastWrite, write).rank = i + 1;
    }
}

/* A write that is in no chain stands behind it, unless nobody can tell whether it is there under another's
 * name. */
static void
add_loose (Builder *builder, guint index)
{
  const OrrLastWrite *write = orr_last_write (builder->all, index);
  const OrrAccessedKey *key = orr_accessed_key (builder->all, write->key);
  const OrrHistoryOperation *row = operation_of (builder, write->transaction);
  const OrrWritten *written = find_written (builder, key->key, row->steps[write->step].value);
  if (builder->values->versions ? row->outcome == ORR_OK : is_list (builder, key->key) && written->several)
    builder->all->n_unclear++;
  else if (!builder->values->versions)
    g_array_append_val (key->loose, index);
}

static void
make_chains (Builder *builder)
{
  for (guint i = 0; i < builder->all->keys->len; i++)
    {
      OrrAccessedKey *key = &g_array_index (builder->all->keys, OrrAccessedKey, i);
      key->first_link = builder->all->links->len;
      if (builder->values->versions)
        chain_versions (builder, i);
      else if (is_list (builder, key->key))
        chain_list (builder, i);
      mark_chained (builder, i);
    }
  for (guint i = 0; i < builder->all->writes->len; i++)
    if (orr_last_write (builder->all, i)->rank == 0)
      add_loose (builder, i);
}

/* --- Whose it was --- */

/* What is wrong with reading this piece last: it was aborted, or is not the last that its transaction did. */
static void
look_at_source (Builder *builder, OrrExternalRead *read, guint operation, guint step, OrrValue value)
{
  OrrKey key = orr_accessed_key (builder->all, read->key)->key;
  OrrFlaw flaw = { .kind = ORR_FLAW_ABORTED,
                   .key = key,
                   .value = value,
                   .operation = orr_transaction (builder->all, read->transaction)->operation,
                   .step = read->step,
                   .other = operation,
                   .other_step = step };
  if (is_aborted (builder, operation))
    add_flaw (builder, flaw);
  read->writer = transaction_of (builder, operation);
  if (read->writer == read->transaction)
    {
      flaw.kind = ORR_FLAW_INTERNAL;
      flaw.other = ORR_NONE;
      add_flaw (builder, flaw);
      read->writer = ORR_NONE;
      return;
    }
  if (read->writer == ORR_NONE)
    return;
  guint write = orr_transaction_find_write (builder->all, read->writer, read->key);
  read->source = write;
  if (orr_last_write (builder->all, write)->step != step)
    {
      flaw.kind = ORR_FLAW_INTERMEDIATE;
      add_flaw (builder, flaw);
    }
}

static void
resolve_version (Builder *builder, OrrExternalRead *read)
{
  const OrrHistory *history = builder->values->history;
  const OrrHistoryOperation *row = operation_of (builder, read->transaction);
  const Order *order = &g_array_index (builder->orders, Order, read->key);
  OrrKey key = orr_accessed_key (builder->all, read->key)->key;
  guint64 version = row->versions[read->step];
  guint place = 0;
  if (row->steps[read->step].kind != ORR_READ)
    {
      const OrrHistoryVersion *own = orr_history_find_version (history, key, version, NULL);
      version = own ? own->previous : G_MAXUINT64;
    }
  if (version == 0)
    {
      read->source = ORR_SOURCE_INITIAL;
      read->rank = 0;
      return;
    }
  const OrrHistoryVersion *found = orr_history_find_version (history, key, version, &place);
  if (!found)
    {
      builder->all->n_unclear++;
      return;
    }
  read->rank = g_array_index (builder->pieces, guint, order->first_piece + place - 1);
  read->writer = transaction_of (builder, found->operation);
  if (found->operation == G_MAXUINT32)
    return;
  guint step = 0;
  const OrrHistoryOperation *writer = orr_history_operation (history, found->operation);
  for (guint i = 0; i < writer->n_steps; i++)
    if (orr_step_infos[writer->steps[i].kind].writes && writer->steps[i].key == key
        && (!writer->versions || writer->versions[i] == version))
      step = i;
  look_at_source (builder, read, found->operation, step, found->value);
}

static void
resolve_list (Builder *builder, OrrExternalRead *read, OrrValue list)
{
  const OrrTerms *terms = builder->values->history->terms;
  const Order *order = &g_array_index (builder->orders, Order, read->key);
  OrrKey key = orr_accessed_key (builder->all, read->key)->key;
  guint operation = orr_transaction (builder->all, read->transaction)->operation;
  OrrFlaw flaw = { ORR_FLAW_INCOMPATIBLE, key, list, operation, read->step, order->operation, order->step };
  if (list != ORR_NIL && !orr_terms_is_list (terms, list))
    {
      flaw.kind = ORR_FLAW_THIN_AIR;
      flaw.other = ORR_NONE;
      add_flaw (builder, flaw);
      return;
    }
  guint length = list == ORR_NIL ? 0 : orr_terms_get_length (terms, list);
  if (length == 0)
    {
      read->source = ORR_SOURCE_INITIAL;
      read->rank = 0;
      return;
    }
  if (orr_pairs_get (&builder->lists, read->key, list) == ORR_PAIRS_NONE)
    {
      add_flaw (builder, flaw);
      return;
    }
  read->rank = g_array_index (builder->pieces, guint, order->first_piece + length - 1);
  const OrrWritten *written = find_written (builder, key, orr_terms_get_last (terms, list));
  if (written && !written->several)
    look_at_source (builder, read, written->operation, written->step, orr_terms_get_last (terms, list));
}

static void
resolve_value (Builder *builder, OrrExternalRead *read, OrrValue value)
{
  OrrKey key = orr_accessed_key (builder->all, read->key)->key;
  const OrrWritten *written = find_written (builder, key, value);
  if (written && written->several)
    builder->all->n_unclear++;
  else if (written)
    look_at_source (builder, read, written->operation, written->step, value);
  else if (value == orr_history_initial (builder->values->history, key))
    {
      read->source = ORR_SOURCE_INITIAL;
      read->rank = 0;
    }
  else
    add_flaw (builder, (OrrFlaw){ ORR_FLAW_THIN_AIR, key, value,
                                  orr_transaction (builder->all, read->transaction)->operation, read->step,
                                  ORR_NONE, 0 });
}

/* What was read without what the transaction had appended itself, which is not of the others. If that stands
 * among the others' as well it is there twice. */
static OrrValue
strip_before (Builder *builder, const OrrExternalRead *read)
{
  const OrrHistoryOperation *row = operation_of (builder, read->transaction);
  const OrrTerms *terms = builder->values->history->terms;
  OrrKey key = row->steps[read->step].key;
  OrrValue list = row->values[read->step];
  guint n_own = 0, length = orr_terms_is_list (terms, list) ? orr_terms_get_length (terms, list) : 0;
  for (guint i = 0; i < read->step; i++)
    n_own += row->steps[i].kind == ORR_APPEND && row->steps[i].key == key;
  for (guint i = 0; i < n_own; i++)
    list = orr_terms_get_prefix (terms, list);
  gboolean chained = n_own > 0 && orr_pairs_get (&builder->lists, read->key, list) != ORR_PAIRS_NONE;
  for (guint i = 0; chained && i < read->step; i++)
    {
      OrrFlaw flaw
          = { .kind = ORR_FLAW_DUPLICATE, .key = key, .value = row->steps[i].value, .step = read->step };
      if (row->steps[i].kind != ORR_APPEND || row->steps[i].key != key)
        continue;
      guint place = orr_pairs_get (&builder->lists, PIECES_OF (read->key), row->steps[i].value);
      flaw.operation = flaw.other = orr_transaction (builder->all, read->transaction)->operation;
      flaw.other_step = i;
      if (place != ORR_PAIRS_NONE && place + n_own < length)
        add_flaw (builder, flaw);
    }
  return list;
}

/* Where it is not known who wrote what was read, whoever wrote before was seen, too. */
static guint
find_writer_before (const Builder *builder, const OrrExternalRead *read)
{
  const OrrAccessedKey *key = orr_accessed_key (builder->all, read->key);
  guint before = g_array_index (builder->all->links, guint, key->first_link + read->rank - 1);
  return before == read->transaction ? ORR_NONE : before;
}

static void
resolve (Builder *builder, guint index)
{
  OrrExternalRead *read = &g_array_index (builder->all->reads, OrrExternalRead, index);
  const OrrHistoryOperation *row = operation_of (builder, read->transaction);
  const OrrStep *step = &row->steps[read->step];
  OrrKey key = orr_accessed_key (builder->all, read->key)->key;
  if (builder->values->versions)
    resolve_version (builder, read);
  else if (is_list (builder, key))
    {
      resolve_list (builder, read, strip_before (builder, read));
    }
  else
    resolve_value (builder, read, step->kind == ORR_CAS ? step->expected : row->values[read->step]);
  if (read->rank != ORR_NONE && read->rank > 0 && read->writer == ORR_NONE)
    read->writer = find_writer_before (builder, read);
  read->updates = orr_transaction_find_write (builder->all, read->transaction, read->key) != ORR_PAIRS_NONE;
  builder->all->n_reads++;
  if (read->source == ORR_NONE || read->source == ORR_SOURCE_INITIAL)
    return;
  OrrLastWrite *write = &g_array_index (builder->all->writes, OrrLastWrite, read->source);
  if (write->rank == 0)
    {
      read->rank = ORR_NONE;
      read->next = write->first_reader;
      write->first_reader = index;
    }
}

OrrTransactions *
orr_transactions_new (const OrrValues *values, const guint *operations, guint n)
{
  OrrTransactions *all = g_new0 (OrrTransactions, 1);
  Builder builder = { .all = all, .values = values };
  all->values = values;
  all->history = values->history;
  all->n_operations = n;
  all->transactions = g_array_new (FALSE, FALSE, sizeof (OrrTransaction));
  all->writes = g_array_new (FALSE, FALSE, sizeof (OrrLastWrite));
  all->reads = g_array_new (FALSE, FALSE, sizeof (OrrExternalRead));
  all->keys = g_array_new (FALSE, FALSE, sizeof (OrrAccessedKey));
  all->links = g_array_new (FALSE, FALSE, sizeof (guint));
  all->flaws = g_array_new (FALSE, FALSE, sizeof (OrrFlaw));
  builder.orders = g_array_new (FALSE, FALSE, sizeof (Order));
  builder.pieces = g_array_new (FALSE, FALSE, sizeof (guint));
  builder.own = g_array_new (FALSE, FALSE, sizeof (Own));
  builder.appended = g_array_new (FALSE, FALSE, sizeof (Appended));
  add_transactions (&builder, operations, n);
  for (guint i = 0; i < all->transactions->len; i++)
    add_steps (&builder, i);
  make_chains (&builder);
  for (guint i = 0; i < all->reads->len; i++)
    resolve (&builder, i);
  orr_pairs_clear (&builder.members);
  orr_pairs_clear (&builder.transaction_of);
  orr_pairs_clear (&builder.keys);
  orr_pairs_clear (&builder.lists);
  g_array_unref (builder.orders);
  g_array_unref (builder.pieces);
  g_array_unref (builder.own);
  g_array_unref (builder.appended);
  return all;
}

void
orr_transactions_free (OrrTransactions *all)
{
  if (!all)
    return;
  for (guint i = 0; i < all->keys->len; i++)
    g_array_unref (orr_accessed_key (all, i)->loose);
  g_array_unref (all->transactions);
  g_array_unref (all->writes);
  g_array_unref (all->reads);
  g_array_unref (all->keys);
  g_array_unref (all->links);
  g_array_unref (all->flaws);
  orr_pairs_clear (&all->write_of);
  g_free (all);
}
