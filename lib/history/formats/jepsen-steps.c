/* jepsen-steps.c: what an entry of a Jepsen history means, as steps on the history's object. */
#include "history/formats/jepsen.h"

#include "object/object.h"

/* How the value of an operation is to be taken. */
typedef enum
{
  SHAPE_READ,     /* what was found */
  SHAPE_VALUE,    /* what is written */
  SHAPE_NEGATIVE, /* a number, taken away */
  SHAPE_PAIR,     /* [expected written] */
  SHAPE_NOTHING,
  SHAPE_TAKE,     /* what was taken out */
  SHAPE_DRAIN,    /* a list of all that was taken out */
  SHAPE_TRANSFER, /* {:from a, :to b, :amount n} */
  SHAPE_TRANSACTION,
} Shape;

typedef struct
{
  const char *f, *step;
  Shape shape;
} Verb;

static const Verb verbs[] = {
  { "read", "read", SHAPE_READ },
  { "get", "read", SHAPE_READ },
  { "write", "write", SHAPE_VALUE },
  { "put", "write", SHAPE_VALUE },
  { "cas", "cas", SHAPE_PAIR },
  { "append", "append", SHAPE_VALUE },
  { "add", "add", SHAPE_VALUE },
  { "remove", "remove", SHAPE_VALUE },
  { "increment", "increment", SHAPE_VALUE },
  { "inc", "increment", SHAPE_VALUE },
  { "decrement", "increment", SHAPE_NEGATIVE },
  { "dec", "increment", SHAPE_NEGATIVE },
  { "acquire", "acquire", SHAPE_NOTHING },
  { "lock", "acquire", SHAPE_NOTHING },
  { "release", "release", SHAPE_NOTHING },
  { "unlock", "release", SHAPE_NOTHING },
  { "enqueue", "enqueue", SHAPE_VALUE },
  { "dequeue", "dequeue", SHAPE_TAKE },
  { "drain", "dequeue", SHAPE_DRAIN },
  { "push", "push", SHAPE_VALUE },
  { "pop", "pop", SHAPE_TAKE },
  { "transfer", "withdraw", SHAPE_TRANSFER },
  { "txn", "read", SHAPE_TRANSACTION },
};

typedef struct
{
  OrrReading *reading;
  const OrrJepsenEntry *entry;
  GArray *steps, *values;
  gboolean ended; /* well: what was returned counts */
  gboolean vague;
} Meaning;

static const OrrObject *
object_of (const Meaning *meaning)
{
  return meaning->reading->history->object;
}

static gboolean
is_bank (const Meaning *meaning)
{
  return orr_object_has_step (object_of (meaning), ORR_WITHDRAW);
}

static void
push (Meaning *meaning, OrrStepKind kind, OrrKey key, OrrValue value, OrrValue returned)
{
  OrrStep step = { .kind = kind, .key = key, .value = value };
  g_array_append_val (meaning->steps, step);
  g_array_append_val (meaning->values, returned);
}

static OrrValue
value_of (const Meaning *meaning, const OrrDatum *datum)
{
  return datum ? orr_datum_value (meaning->reading, meaning->entry->tree, datum) : ORR_NIL;
}

/* Names of accounts in JSON are texts, even where they are numbers. */
static OrrKey
name_of (const Meaning *meaning, const OrrDatum *datum)
{
  return datum->kind == ORR_DATUM_TEXT ? orr_reading_scalar (meaning->reading, datum->text, datum->length)
                                       : value_of (meaning, datum);
}

static gboolean
complain (const Meaning *meaning, const OrrDatum *datum, const char *remedy, const char *what)
{
  g_autofree char *quoted = datum ? orr_datum_quote (datum, meaning->reading) : g_strdup ("nothing");
  orr_reading_problem (meaning->reading, datum ? datum->at : meaning->entry->at, remedy, "%s, not %s", what,
                       quoted);
  return FALSE;
}

/* --- What was found --- */

/* What a read returned, as the object has it: a set in its order; of a list that has nothing in it, nil. */
static OrrValue
returned_value (Meaning *meaning, const OrrDatum *datum)
{
  if (!datum)
    return ORR_NIL;
  OrrValue value = value_of (meaning, datum);
  gboolean listed = datum->kind == ORR_DATUM_LIST || datum->kind == ORR_DATUM_SET;
  if (listed && orr_object_has_step (object_of (meaning), ORR_ADD))
    return orr_set_canonical (meaning->reading->terms, value);
  if (listed && datum->n == 0 && orr_object_has_step (object_of (meaning), ORR_APPEND))
    return ORR_NIL;
  return value;
}

/* Jepsen's registers return nil where they can't say, and where they hold nothing. */
static void
read_plain (Meaning *meaning, OrrKey key, const OrrDatum *value)
{
  gboolean nothing = !value || value->kind == ORR_DATUM_NIL;
  if (nothing && meaning->ended && meaning->entry->f && orr_object_has_step (object_of (meaning), ORR_CAS))
    meaning->vague = TRUE;
  push (meaning, ORR_READ, key, ORR_NIL, meaning->ended ? returned_value (meaning, value) : ORR_NIL);
}

/* All accounts of a bank: a map from names to balances. */
static gboolean
read_accounts (Meaning *meaning, const OrrDatum *value)
{
  if (!value || value->kind == ORR_DATUM_NIL)
    return TRUE;
  if (value->kind != ORR_DATUM_MAP)
    return complain (meaning, value, "write {0 100, 1 100}",
                     "a read of a bank returns a map from accounts to balances");
  const OrrDatum *name = orr_datum_first (value);
  for (guint32 i = 0; i < value->n; i += 2)
    {
      const OrrDatum *balance = orr_datum_next (meaning->entry->tree, name);
      push (meaning, ORR_READ, name_of (meaning, name), ORR_NIL, value_of (meaning, balance));
      name = orr_datum_next (meaning->entry->tree, balance);
    }
  return TRUE;
}

/* --- What was done --- */

static gboolean
write_number (Meaning *meaning, OrrStepKind kind, OrrKey key, const OrrDatum *value, gint sign)
{
  if (!value || value->kind != ORR_DATUM_NUMBER)
    return complain (meaning, value, "write a whole number", "a counter is changed by a number");
  push (meaning, kind, key, orr_value_int (sign * value->number), ORR_NIL);
  return TRUE;
}

static gboolean
write_pair (Meaning *meaning, OrrStepKind kind, OrrKey key, const OrrDatum *value)
{
  if (!value || value->kind != ORR_DATUM_LIST || value->n != 2)
    return complain (meaning, value, "write [expected new]",
                     "a cas has the value that it expects and the one that it writes");
  const OrrDatum *expected = orr_datum_first (value);
  push (meaning, kind, key, value_of (meaning, orr_datum_next (meaning->entry->tree, expected)), ORR_NIL);
  g_array_index (meaning->steps, OrrStep, meaning->steps->len - 1).expected = value_of (meaning, expected);
  return TRUE;
}

static gboolean
transfer (Meaning *meaning, const OrrDatum *value)
{
  const OrrDatumTree *tree = meaning->entry->tree;
  gboolean is_map = value && value->kind == ORR_DATUM_MAP;
  const OrrDatum *from = is_map ? orr_datum_lookup (tree, value, "from") : NULL;
  const OrrDatum *to = is_map ? orr_datum_lookup (tree, value, "to") : NULL;
  const OrrDatum *amount = is_map ? orr_datum_lookup (tree, value, "amount") : NULL;
  if (!from || !to || !amount || amount->kind != ORR_DATUM_NUMBER)
    return complain (meaning, value, "write {:from 0, :to 1, :amount 5}",
                     "a transfer says from where to where how much goes");
  OrrValue number = orr_value_int (amount->number);
  push (meaning, ORR_WITHDRAW, name_of (meaning, from), number, ORR_NIL);
  push (meaning, ORR_DEPOSIT, name_of (meaning, to), number, ORR_NIL);
  return TRUE;
}

static gboolean
drain (Meaning *meaning, OrrStepKind kind, OrrKey key, const OrrDatum *value)
{
  if (!value || value->kind != ORR_DATUM_LIST)
    return !meaning->ended
           || complain (meaning, value, "write [1 2 3]", "a drain returns the list of all that it took out");
  const OrrDatum *member = orr_datum_first (value);
  for (guint32 i = 0; i < value->n; i++, member = orr_datum_next (meaning->entry->tree, member))
    push (meaning, kind, key, ORR_NIL, value_of (meaning, member));
  return TRUE;
}

/* --- Transactions --- */

static const char *
micro_name (const OrrDatum *word)
{
  return orr_datum_is (word, "r") ? "read" : orr_datum_is (word, "w") ? "write" : NULL;
}

static gboolean
has_step (Meaning *meaning, const OrrDatum *word, const char *name, OrrStepKind *ret_kind)
{
  const OrrObject *object = object_of (meaning);
  *ret_kind = orr_step_kind_find (name);
  if (*ret_kind != ORR_STEP_NONE && orr_object_has_step (object, *ret_kind))
    return TRUE;
  g_autoptr (GString) steps = g_string_new ("it has ");
  for (const OrrStepKind *kind = object->steps; *kind != ORR_STEP_NONE; kind++)
    g_string_append_printf (steps, "%s%s", kind == object->steps ? "" : ", ", orr_step_infos[*kind].name);
  g_string_append (steps, "; --model NAME chooses another object");
  g_autofree char *quoted = word ? orr_datum_quote (word, meaning->reading) : g_strdup (name);
  orr_reading_problem (meaning->reading, word ? word->at : meaning->entry->at, steps->str,
                       "the object '%s' has no %s", object->entry.name, quoted);
  return FALSE;
}

static gboolean
take_micro (Meaning *meaning, const OrrDatum *part)
{
  const OrrDatumTree *tree = meaning->entry->tree;
  const OrrDatum *word = part->kind == ORR_DATUM_LIST && part->n == 3 ? orr_datum_first (part) : NULL;
  if (!word || word->kind != ORR_DATUM_TEXT)
    return complain (meaning, part, "write [:r x nil] or [:append x 1]",
                     "a transaction is a list of operation, key and value");
  const OrrDatum *key = orr_datum_next (tree, word), *value = orr_datum_next (tree, key);
  g_autofree char *plain = g_strndup (word->text, word->length);
  const char *name = micro_name (word);
  OrrStepKind kind;
  if (!has_step (meaning, word, name ? name : plain, &kind))
    return FALSE;
  if (key->kind == ORR_DATUM_NIL)
    return complain (meaning, key, "name one", "every step has a key");
  if (orr_step_infos[kind].reads)
    push (meaning, kind, value_of (meaning, key), ORR_NIL,
          meaning->ended ? returned_value (meaning, value) : ORR_NIL);
  else if (kind == ORR_CAS)
    return write_pair (meaning, kind, value_of (meaning, key), value);
  else if (kind == ORR_INCREMENT)
    return write_number (meaning, kind, value_of (meaning, key), value, 1);
  else
    push (meaning, kind, value_of (meaning, key), value_of (meaning, value), ORR_NIL);
  return TRUE;
}

static gboolean
take_transaction (Meaning *meaning, const OrrDatum *value)
{
  if (!value || value->kind != ORR_DATUM_LIST)
    return complain (meaning, value, "write [[:r x nil] [:append y 1]]",
                     "the value of a transaction is a list of steps");
  const OrrDatum *part = orr_datum_first (value);
  for (guint32 i = 0; i < value->n; i++, part = orr_datum_next (meaning->entry->tree, part))
    if (!take_micro (meaning, part))
      return FALSE;
  return TRUE;
}

/* --- All of them --- */

static const Verb *
find_verb (Meaning *meaning, const OrrDatum *f)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    if (f ? orr_datum_is (f, verbs[i].f) : verbs[i].shape == SHAPE_TRANSACTION)
      return &verbs[i];
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    g_ptr_array_add (names, (gpointer) verbs[i].f);
  g_ptr_array_add (names, NULL);
  g_autofree char *word = f->kind == ORR_DATUM_TEXT ? g_strndup (f->text, f->length) : g_strdup ("");
  g_autofree char *remedy = orr_suggest_remedy (word, (const char *const *) names->pdata);
  g_autofree char *quoted = orr_datum_quote (f, meaning->reading);
  orr_reading_problem (meaning->reading, f->at,
                       remedy ? remedy : "the page docs/histories.md tells which there are",
                       "no object has an operation %s", quoted);
  return NULL;
}

/* The key of an operation, and the value proper. */
static gboolean
split_key (Meaning *meaning, gboolean keyed, OrrKey *ret_key, const OrrDatum **ret_value)
{
  const OrrJepsenEntry *entry = meaning->entry;
  *ret_value = entry->value;
  if (entry->key)
    *ret_key = value_of (meaning, entry->key);
  else if (!keyed)
    *ret_key = orr_terms_text (meaning->reading->terms, object_of (meaning)->entry.name);
  else
    {
      const OrrDatum *pair = entry->value;
      if (!pair || pair->kind != ORR_DATUM_LIST || pair->n != 2)
        return complain (meaning, pair, "write [key value]",
                         "here values go with keys, as in the first operation");
      const OrrDatum *key = orr_datum_first (pair);
      *ret_key = value_of (meaning, key);
      *ret_value = orr_datum_next (entry->tree, key);
    }
  return *ret_key != ORR_NIL
         || complain (meaning, entry->key ? entry->key : entry->value, "name one",
                      "every operation has a key");
}

static gboolean
take_single (Meaning *meaning, const Verb *verb, OrrStepKind kind, OrrKey key, const OrrDatum *value)
{
  switch (verb->shape)
    {
    case SHAPE_READ:
      read_plain (meaning, key, value);
      return TRUE;
    case SHAPE_VALUE:
      if (kind == ORR_INCREMENT)
        return write_number (meaning, kind, key, value, 1);
      push (meaning, kind, key, value_of (meaning, value), ORR_NIL);
      return TRUE;
    case SHAPE_NEGATIVE:
      return write_number (meaning, kind, key, value, -1);
    case SHAPE_PAIR:
      return write_pair (meaning, kind, key, value);
    case SHAPE_NOTHING:
      push (meaning, kind, key, ORR_NIL, ORR_NIL);
      return TRUE;
    case SHAPE_TAKE:
      push (meaning, kind, key, ORR_NIL, meaning->ended ? value_of (meaning, value) : ORR_NIL);
      return TRUE;
    case SHAPE_DRAIN:
      return drain (meaning, kind, key, value);
    case SHAPE_TRANSFER:
    case SHAPE_TRANSACTION:
      break;
    }
  g_assert_not_reached ();
}

/* `add` is of a counter too. */
static const char *
step_name (const Meaning *meaning, const Verb *verb)
{
  gboolean counts = orr_object_has_step (object_of (meaning), ORR_INCREMENT);
  return counts && strcmp (verb->step, "add") == 0 ? "increment" : verb->step;
}

gboolean
orr_jepsen_steps (OrrReading *reading, const OrrJepsenEntry *entry, gboolean keyed, GArray *steps,
                  GArray *values, gboolean *ret_vague)
{
  Meaning meaning = { reading, entry, steps, values, entry->type == ORR_JEPSEN_OK, FALSE };
  OrrStepKind kind;
  OrrKey key = ORR_NIL;
  const OrrDatum *value;
  g_array_set_size (steps, 0);
  g_array_set_size (values, 0);
  *ret_vague = FALSE;
  const Verb *verb = find_verb (&meaning, entry->f);
  if (!verb || !has_step (&meaning, entry->f, step_name (&meaning, verb), &kind))
    return FALSE;
  gboolean read;
  if (verb->shape == SHAPE_TRANSACTION)
    read = take_transaction (&meaning, entry->value);
  else if (verb->shape == SHAPE_TRANSFER)
    read = transfer (&meaning, entry->value);
  else if (kind == ORR_READ && is_bank (&meaning))
    read = read_accounts (&meaning, entry->value);
  else
    read = split_key (&meaning, keyed, &key, &value) && take_single (&meaning, verb, kind, key, value);
  *ret_vague = meaning.vague;
  return read;
}
