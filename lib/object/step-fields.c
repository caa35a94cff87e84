/* step-fields.c: a step as a record, so that a model's messages can carry operations and a trace can show
 * them. */
#include "object/object.h"

static gboolean
parse (const OrrField *field, const OrrContext *context, const char *text, gpointer value, char **ret_message)
{
  *(OrrStepKind *) value = orr_step_kind_find (text);
  if (*(OrrStepKind *) value != ORR_STEP_NONE)
    return TRUE;
  *ret_message = g_strdup ("there is no such step");
  return FALSE;
}

static void
print (const OrrField *field, const OrrContext *context, gconstpointer value, GString *text)
{
  g_string_append (text, orr_step_infos[*(const OrrStepKind *) value].name);
}

static void
set_unset (gpointer value)
{
  *(OrrStepKind *) value = ORR_STEP_NONE;
}

static gboolean
is_unset (gconstpointer value)
{
  return *(const OrrStepKind *) value == ORR_STEP_NONE;
}

const OrrType orr_type_STEP_KIND = {
  .name = "step",
  .form = "a kind of step, like read or write",
  .schema = "{\"type\":\"string\"}",
  .size = sizeof (OrrStepKind),
  .parse = parse,
  .print = print,
  .set_unset = set_unset,
  .is_unset = is_unset,
};

const OrrField orr_step_fields[] = {
  ORR_FIELD (OrrStep, kind, STEP_KIND, .doc = "what is done"),
  ORR_FIELD (OrrStep, key, KEY, .doc = "to what"),
  ORR_FIELD (OrrStep, value, VALUE, .doc = "the value that is written"),
  ORR_FIELD (OrrStep, expected, VALUE, .doc = "what a cas must find; the bytes of a row of a bulk write"),
  { 0 },
};
