/* jepsen-guess.c: what the operations of a history work on, by the words that they use.
 *
 * A single write tells a register, a single append a list. `add` may be to a set or to a counter: what reads
 * return tells which. */
#include "history/formats/jepsen.h"

/* Words that only one object has. */
static const struct
{
  const char *f, *object;
} words[] = {
  { "write", "register" },    { "cas", "register" },  { "increment", "counter" }, { "inc", "counter" },
  { "decrement", "counter" }, { "dec", "counter" },   { "remove", "set" },        { "enqueue", "queue" },
  { "dequeue", "queue" },     { "drain", "queue" },   { "push", "stack" },        { "pop", "stack" },
  { "acquire", "mutex" },     { "release", "mutex" }, { "lock", "mutex" },        { "unlock", "mutex" },
  { "transfer", "bank" },     { "get", "text" },      { "put", "text" },
};

static gboolean
is_pair (const OrrDatum *value)
{
  return value->kind == ORR_DATUM_LIST && value->n == 2;
}

/* The words of a transaction; NULL where it reads no more than nothing. */
static const char *
look_at_transaction (const OrrDatumTree *tree, const OrrDatum *list)
{
  const OrrDatum *part = orr_datum_first (list);
  const char *object = NULL;
  for (guint32 i = 0; i < list->n; i++, part = orr_datum_next (tree, part))
    {
      if (part->kind != ORR_DATUM_LIST || part->n != 3)
        return NULL;
      const OrrDatum *word = orr_datum_first (part);
      const OrrDatum *value = orr_datum_next (tree, orr_datum_next (tree, word));
      if (orr_datum_is (word, "append"))
        return "list-append";
      if (orr_datum_is (word, "w") || orr_datum_is (word, "write"))
        object = "register";
      else if (value->kind == ORR_DATUM_LIST)
        object = "list-append";
    }
  return object;
}

static void
look_at_value (OrrJepsenGuess *guess, const OrrJepsenEntry *entry)
{
  const OrrDatum *value = entry->value;
  if (is_pair (value) && orr_datum_is (entry->f, "cas"))
    value = orr_datum_next (entry->tree, orr_datum_first (value));
  guess->keyed = !entry->key && is_pair (value);
  guess->keyed_known = !guess->keyed;
}

static void
look_at_read (OrrJepsenGuess *guess, const OrrJepsenEntry *entry)
{
  const OrrDatum *value = entry->value;
  if (entry->type != ORR_JEPSEN_OK)
    {
      if (entry->type == ORR_JEPSEN_INVOKE && !guess->keyed && !guess->keyed_known)
        look_at_value (guess, entry);
      return;
    }
  if (guess->keyed && value->kind != ORR_DATUM_NIL)
    {
      guess->keyed = is_pair (value);
      guess->keyed_known = TRUE;
    }
  if (guess->keyed && is_pair (value))
    value = orr_datum_next (entry->tree, orr_datum_first (value));
  guess->reads_lists |= value->kind == ORR_DATUM_LIST || value->kind == ORR_DATUM_SET;
  guess->reads_maps |= value->kind == ORR_DATUM_MAP;
  if (guess->adds && value->kind != ORR_DATUM_NIL)
    guess->object = guess->reads_lists ? "set" : "counter";
}

gboolean
orr_jepsen_guess_take (OrrJepsenGuess *guess, const OrrJepsenEntry *entry)
{
  const OrrDatum *f = entry->f, *value = entry->value;
  gboolean has_value = value && value->kind != ORR_DATUM_NIL;
  if (orr_jepsen_is_nemesis (entry))
    return TRUE;
  if (!f || orr_datum_is (f, "txn"))
    {
      if (has_value && value->kind == ORR_DATUM_LIST && !guess->object)
        guess->object = look_at_transaction (entry->tree, value);
      return !guess->object;
    }
  for (guint i = 0; i < G_N_ELEMENTS (words) && !guess->object; i++)
    if (orr_datum_is (f, words[i].f))
      guess->object = words[i].object;
  guess->adds |= orr_datum_is (f, "add");
  if (!guess->object && orr_datum_is (f, "append"))
    guess->object = entry->key ? "text" : "list-append";
  if (has_value && orr_datum_is (f, "read"))
    look_at_read (guess, entry);
  else if (has_value && !guess->keyed && !guess->keyed_known && entry->type == ORR_JEPSEN_INVOKE)
    look_at_value (guess, entry);
  return !guess->object || !guess->keyed_known;
}

const char *
orr_jepsen_guess_object (const OrrJepsenGuess *guess)
{
  if (guess->object)
    return guess->object;
  if (guess->adds || guess->reads_lists)
    return "set";
  return guess->reads_maps ? "bank" : "register";
}
