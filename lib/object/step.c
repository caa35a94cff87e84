/* step.c: the kinds of steps that operations are made of.
 *
 * A kind means the same on every object that has it: a `read` of a list and a `read` of a register are told
 * apart by the object, not by the word. So the words stand here once, with how each is written in a scenario
 * and how it is shown to users. */
#include "object/object-private.h"

#include <string.h>

/* A number that is a value at the same time: what is added to a counter. */
static gboolean
parse_number (const OrrField *field G_GNUC_UNUSED, const OrrContext *context G_GNUC_UNUSED, const char *text,
              gpointer value, char **ret_message)
{
  gint64 number;
  g_autoptr (GError) error = NULL;
  if (!g_ascii_string_to_signed (text, 10, ORR_VALUE_INT_MIN, ORR_VALUE_INT_MAX, &number, &error))
    {
      g_autofree char *quoted = orr_quote (text);
      *ret_message
          = g_error_matches (error, G_NUMBER_PARSER_ERROR, G_NUMBER_PARSER_ERROR_OUT_OF_BOUNDS)
                ? g_strdup_printf ("%s is more than a value can hold; numbers go from %" G_GINT64_FORMAT
                                   " to %" G_GINT64_FORMAT,
                                   quoted, ORR_VALUE_INT_MIN, ORR_VALUE_INT_MAX)
                : g_strdup_printf ("%s is no whole number", quoted);
      return FALSE;
    }
  *(OrrValue *) value = orr_value_int (number);
  return TRUE;
}

/* The same where it must be above 0: rows, bytes, money. */
static gboolean
parse_amount (const OrrField *field, const OrrContext *context, const char *text, gpointer value,
              char **ret_message)
{
  if (!parse_number (field, context, text, value, ret_message))
    return FALSE;
  if (orr_value_to_int (*(OrrValue *) value) > 0)
    return TRUE;
  g_autofree char *quoted = orr_quote (text);
  *ret_message = g_strdup_printf ("%s is not above 0", quoted);
  return FALSE;
}

static void
print_number (const OrrField *field G_GNUC_UNUSED, const OrrContext *context G_GNUC_UNUSED,
              gconstpointer value, GString *text)
{
  g_string_append_printf (text, "%" G_GINT64_FORMAT, orr_value_to_int (*(const OrrValue *) value));
}

static void
set_unset_number (gpointer value)
{
  *(OrrValue *) value = ORR_NIL;
}

static gboolean
is_unset_number (gconstpointer value)
{
  return *(const OrrValue *) value == ORR_NIL;
}

const OrrType orr_type_NUMBER_VALUE = {
  .name = "number",
  .form = "a whole number, like 1 or -3",
  .schema = "{\"type\":\"integer\"}",
  .size = sizeof (OrrValue),
  .parse = parse_number,
  .print = print_number,
  .print_json = print_number,
  .set_unset = set_unset_number,
  .is_unset = is_unset_number,
};

const OrrType orr_type_AMOUNT_VALUE = {
  .name = "amount",
  .form = "a whole number above 0, like 10",
  .schema = "{\"type\":\"integer\",\"minimum\":1}",
  .size = sizeof (OrrValue),
  .parse = parse_amount,
  .print = print_number,
  .print_json = print_number,
  .set_unset = set_unset_number,
  .is_unset = is_unset_number,
};

static const OrrField cas_fields[] = {
  ORR_FIELD (OrrStep, key, KEY, .required = TRUE, .doc = "what is written"),
  ORR_FIELD (OrrStep, expected, VALUE, .required = TRUE, .doc = "what it must hold; `nil`: nothing"),
  ORR_FIELD (OrrStep, value, VALUE, .required = TRUE, .doc = "what it then holds"),
  { 0 },
};

static const OrrField bulk_fields[] = {
  { .name = "rows",
    .type = &orr_type_AMOUNT_VALUE,
    .offset = G_STRUCT_OFFSET (OrrStep, value),
    .size = sizeof (OrrValue),
    .required = TRUE,
    .doc = "how many rows are written" },
  { .name = "bytes",
    .type = &orr_type_AMOUNT_VALUE,
    .offset = G_STRUCT_OFFSET (OrrStep, expected),
    .size = sizeof (OrrValue),
    .required = TRUE,
    .doc = "how long each row is, in bytes" },
  { 0 },
};

const OrrStepInfo orr_step_infos[ORR_N_STEP_KINDS] = {
  [ORR_STEP_NONE] = { .name = "none", .doc = "No step." },
  [ORR_READ] = { "read", ORR_FORM_KEY, .reads = TRUE,
                 .doc = "Returns what the key holds, `nil` where it holds nothing." },
  [ORR_WRITE]
  = { "write", ORR_FORM_PAIR, .writes = TRUE, .doc = "Puts a value in the place of the old one." },
  [ORR_CAS]
  = { "cas", ORR_FORM_FIELDS, .fields = cas_fields, .writes = TRUE,
      .doc
      = "Compare and set: writes if the key holds the expected value, and fails without effect otherwise." },
  [ORR_DELETE] = { "delete", ORR_FORM_KEY, .writes = TRUE, .doc = "Makes the key hold nothing." },
  [ORR_APPEND]
  = { "append", ORR_FORM_PAIR, .writes = TRUE, .doc = "Puts a value at the end of a list or text." },
  [ORR_ADD] = { "add", ORR_FORM_PAIR, .writes = TRUE, .doc = "Puts a value into a set." },
  [ORR_REMOVE] = { "remove", ORR_FORM_PAIR, .writes = TRUE, .doc = "Takes a value out of a set." },
  [ORR_INCREMENT] = { "increment", ORR_FORM_PAIR, .value = &orr_type_NUMBER_VALUE, .writes = TRUE,
                      .doc = "Adds a whole number, which may be negative, to a counter." },
  [ORR_WITHDRAW]
  = { "withdraw", ORR_FORM_PAIR, .value = &orr_type_AMOUNT_VALUE, .writes = TRUE,
      .doc = "Takes an amount out of an account; fails without effect where the balance is lower." },
  [ORR_DEPOSIT] = { "deposit", ORR_FORM_PAIR, .value = &orr_type_AMOUNT_VALUE, .writes = TRUE,
                    .doc = "Puts an amount into an account." },
  [ORR_BULK_WRITE] = { "bulk-write", ORR_FORM_FIELDS, .fields = bulk_fields, .writes = TRUE,
                       .doc = "Writes many rows that nobody reads: load alone." },
  [ORR_ENQUEUE] = { "enqueue", ORR_FORM_PAIR, .writes = TRUE, .doc = "Puts a value at the end of a queue." },
  [ORR_DEQUEUE] = { "dequeue", ORR_FORM_KEY, .reads = TRUE, .writes = TRUE,
                    .doc = "Takes the first value out of a queue and returns it, `nil` where it is empty." },
  [ORR_PUSH] = { "push", ORR_FORM_PAIR, .writes = TRUE, .doc = "Puts a value on top of a stack." },
  [ORR_POP] = { "pop", ORR_FORM_KEY, .reads = TRUE, .writes = TRUE,
                .doc = "Takes the top value off a stack and returns it, `nil` where it is empty." },
  [ORR_ACQUIRE] = { "acquire", ORR_FORM_KEY, .writes = TRUE,
                    .doc = "Takes a lock; fails without effect where it is held." },
  [ORR_RELEASE] = { "release", ORR_FORM_KEY, .writes = TRUE,
                    .doc = "Frees a lock; fails without effect where it is free." },
};

OrrStepKind
orr_step_kind_find (const char *name)
{
  for (guint kind = ORR_STEP_NONE + 1; kind < ORR_N_STEP_KINDS; kind++)
    if (strcmp (orr_step_infos[kind].name, name) == 0)
      return (OrrStepKind) kind;
  return ORR_STEP_NONE;
}

const char *
orr_operation_kind (const OrrStep *steps, guint n_steps)
{
  if (n_steps == 1)
    return orr_step_infos[steps[0].kind].name;
  for (guint i = 0; i < n_steps; i++)
    if (orr_step_infos[steps[i].kind].writes)
      return "transaction";
  return orr_step_infos[ORR_READ].name;
}

void
orr_step_print (const OrrStep *step, const OrrValue *value, const OrrTerms *terms, GString *text)
{
  const OrrStepInfo *info = &orr_step_infos[step->kind];
  g_string_append (text, info->name);
  if (step->kind == ORR_BULK_WRITE)
    {
      g_string_append_printf (text, " %" G_GINT64_FORMAT " rows of %" G_GINT64_FORMAT " bytes",
                              orr_value_to_int (step->value), orr_value_to_int (step->expected));
      return;
    }
  g_string_append_c (text, ' ');
  orr_terms_print (terms, step->key, text);
  if (step->kind == ORR_CAS)
    {
      g_string_append_c (text, ' ');
      orr_terms_print (terms, step->expected, text);
      g_string_append (text, " to");
    }
  if (info->form != ORR_FORM_KEY)
    {
      g_string_append_c (text, ' ');
      orr_terms_print (terms, step->value, text);
    }
  if (value && info->reads)
    {
      g_string_append (text, " → ");
      orr_terms_print (terms, *value, text);
    }
}
