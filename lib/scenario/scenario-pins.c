/* scenario-pins.c: single random choices, fixed by hand or by the shrinker.
 *
 * A pin names a choice by what it is about (which message, which timer, which draw) and says how it falls.
 * All others fall as they would have. */
#include "scenario/scenario-private.h"

#include <string.h>

const OrrField orr_scenario_pin_message_fields[] = {
  ORR_FIELD (OrrPin, from, NODE, .doc = "the sender; not given: any"),
  ORR_FIELD (OrrPin, to, NODE, .doc = "the receiver; not given: any"),
  ORR_FIELD (OrrPin, nth, COUNT, .least = 1, .most = G_MAXINT32,
             .doc = "which of those that match, from 1; not given: all"),
  ORR_FIELD (OrrPin, latency, DURATION, .least = 0, .most = ORR_TIME_MAX, .doc = "how long it takes"),
  ORR_FIELD (OrrPin, drop, BOOL, .initial = "false", .doc = "whether it is lost"),
  { 0 },
};

const OrrField orr_scenario_pin_timer_fields[] = {
  ORR_FIELD (OrrPin, node, NODE, .doc = "whose; not given: anyone's"),
  ORR_FIELD (OrrPin, nth, COUNT, .least = 1, .most = G_MAXINT32,
             .doc = "which of those that match, from 1; not given: all"),
  ORR_FIELD (OrrPin, after, DURATION, .required = TRUE, .least = 0, .most = ORR_TIME_MAX,
             .doc = "fires so long after it was set"),
  { 0 },
};

const OrrField orr_scenario_pin_draw_fields[] = {
  ORR_FIELD (OrrPin, node, NODE, .doc = "whose; not given: anyone's"),
  ORR_FIELD (OrrPin, nth, COUNT, .least = 1, .most = G_MAXINT32,
             .doc = "which of those that match, from 1; not given: all"),
  ORR_FIELD (OrrPin, value, DURATION, .required = TRUE, .least = 0, .most = ORR_TIME_MAX,
             .doc = "what is drawn"),
  { 0 },
};

const OrrField orr_scenario_pin_disk_fields[] = {
  ORR_FIELD (OrrPin, crash, COUNT, .initial = "1", .least = 1, .most = G_MAXINT32,
             .doc = "which crash of that node, from 1"),
  ORR_FIELD (OrrPin, kept, COUNT, .required = TRUE,
             .doc = "how many of the writes that were not synced survive it, the oldest first"),
  { 0 },
};

/* By OrrPinKind. */
static const struct
{
  const char *name;
  const OrrField *fields;
  gboolean where;
} kinds[] = {
  { "message", orr_scenario_pin_message_fields, TRUE },
  { "timer", orr_scenario_pin_timer_fields, TRUE },
  { "draw", orr_scenario_pin_draw_fields, FALSE },
  { "disk", orr_scenario_pin_disk_fields, FALSE },
};

static void
read_purpose (OrrScenarioReader *reader, const OrrYaml *node, OrrPin *pin)
{
  const OrrModel *model = reader->scenario->model;
  if (!orr_scenario_read_value (reader, node, &orr_type_NAME, "draw", &reader->actors, &pin->purpose))
    return;
  g_autoptr (GPtrArray) words = orr_words_new ();
  for (guint i = 0; model->draws && model->draws[i]; i++)
    g_ptr_array_add (words, (gpointer) model->draws[i]);
  if (g_strv_contains (orr_words_end (words), pin->purpose))
    return;
  orr_scenario_unknown (reader, node->place, "draw", pin->purpose, model->entry.name, words, "it has none");
}

/* What the pin is about: the value of the key that gives its kind. */
static void
read_subject (OrrScenarioReader *reader, const OrrYaml *subject, const OrrYaml *line, OrrPin *pin)
{
  const OrrModel *model = reader->scenario->model;
  const OrrRecord *records = NULL;
  pin->record = -1;
  switch ((OrrPinKind) pin->kind)
    {
    case ORR_PIN_DISK:
      orr_scenario_read_value (reader, subject, &orr_type_NODE, "disk", &reader->context, &pin->node);
      return;
    case ORR_PIN_DRAW:
      if (model)
        read_purpose (reader, subject, pin);
      return;
    case ORR_PIN_MESSAGE:
      records = model ? model->messages : NULL;
      break;
    case ORR_PIN_TIMER:
      records = model ? model->timers : NULL;
      break;
    }
  if (!model)
    return;
  pin->record = orr_scenario_find_record (reader, subject, records, kinds[pin->kind].name);
  if (pin->record >= 0)
    pin->where = orr_scenario_read_where (reader, orr_yaml_get (line, "where"), &records[pin->record]);
}

/* Its latency or its loss, not both. */
static void
check_message (OrrScenarioReader *reader, const OrrYaml *line, const OrrPin *pin)
{
  gboolean latency = orr_yaml_get (line, "latency") != NULL;
  const OrrYaml *drop = orr_yaml_get (line, "drop");
  gboolean unclear
      = drop && !pin->drop && !(drop->kind == ORR_YAML_SCALAR && strcmp (drop->text, "false") == 0);
  if (!latency && !pin->drop && !unclear)
    orr_problems_add (reader->problems, line->place, "add 'latency: DURATION' or 'drop: true'",
                      "the pin says nothing about the message");
  else if (latency && pin->drop)
    orr_problems_add (reader->problems, line->place, "keep 'latency' or 'drop'",
                      "a message that is dropped has no latency");
}

static void
read_line (OrrScenarioReader *reader, const OrrYaml *line, GArray *pins)
{
  if (!orr_scenario_is_map (reader, line, "a pin"))
    return;
  guint kind = 0;
  while (kind < G_N_ELEMENTS (kinds) && !orr_yaml_get (line, kinds[kind].name))
    kind++;
  if (kind == G_N_ELEMENTS (kinds))
    {
      static const char *const words[] = { "message", "timer", "draw", "disk", NULL };
      orr_scenario_refuse_map (reader, line, words, "a pin of nothing",
                               "use one of message, timer, draw, disk, as in {message: NAME, drop: true}");
      return;
    }
  const char *others[] = { kinds[kind].name, kinds[kind].where ? "where" : NULL, NULL };
  OrrPin pin
      = { .nth = G_MAXUINT32, .latency = ORR_TIME_UNSET, .after = ORR_TIME_UNSET, .value = ORR_TIME_UNSET };
  orr_yaml_read (line, kinds[kind].fields, "a pin", others, &reader->actors, &pin, reader->problems);
  if (pin.nth == G_MAXUINT32)
    pin.nth = 0;
  pin.kind = (gint32) kind;
  pin.place = orr_scenario_keep_place (reader, line->place);
  read_subject (reader, orr_yaml_get (line, kinds[kind].name), line, &pin);
  if (kind == ORR_PIN_MESSAGE)
    check_message (reader, line, &pin);
  g_array_append_val (pins, pin);
}

void
orr_scenario_read_pins (OrrScenarioReader *reader)
{
  const OrrYaml *list = orr_yaml_get (reader->root, "pins");
  if (!list || !orr_scenario_is_list (reader, list, "pins"))
    return;
  g_autoptr (GArray) pins = g_array_new (FALSE, FALSE, sizeof (OrrPin));
  for (guint i = 0; i < list->n_children && !orr_scenario_hopeless (reader); i++)
    read_line (reader, list->children[i], pins);
  reader->scenario->pins = orr_scenario_keep (reader, pins);
}

/* --- Writing --- */

static void
write_line (const OrrScenario *scenario, const OrrPin *pin, GString *text)
{
  const OrrModel *model = scenario->model;
  OrrContext context = orr_scenario_context (scenario);
  OrrPin plain = *pin;
  if (plain.nth == 0)
    plain.nth = G_MAXUINT32;
  g_string_append_printf (text, "  - {%s: ", kinds[pin->kind].name);
  switch ((OrrPinKind) pin->kind)
    {
    case ORR_PIN_MESSAGE:
      orr_name_print (model->messages[pin->record].name, text);
      break;
    case ORR_PIN_TIMER:
      orr_name_print (model->timers[pin->record].name, text);
      break;
    case ORR_PIN_DRAW:
      g_string_append (text, pin->purpose);
      break;
    case ORR_PIN_DISK:
      g_string_append (text, pin->node);
      break;
    }
  orr_scenario_write_where (&pin->where, text);
  orr_scenario_append_flow (kinds[pin->kind].fields, &context, &plain, text);
  g_string_append (text, "}\n");
}

void
orr_scenario_write_pins (const OrrScenario *scenario, GString *text)
{
  if (scenario->pins.length > 0)
    g_string_append (text, "pins:\n");
  for (guint i = 0; i < scenario->pins.length; i++)
    write_line (scenario, (const OrrPin *) scenario->pins.data + i, text);
}
