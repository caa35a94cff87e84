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
  ORR_FIELD (OrrPin, drop, BOOL, .initial = "false", .doc = "whether it is lost; a stream sends it again"),
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

/* --- What survives: a number, which is all that can be read as a field, or a list --- */

static gboolean
kept_parse (const OrrField *field, const OrrContext *context, const char *text, gpointer value,
            char **ret_message)
{
  return orr_type_COUNT.parse (field, context, text, value, ret_message);
}

static void
kept_print (const OrrField *field, const OrrContext *context, gconstpointer value, GString *text)
{
  orr_type_COUNT.print (field, context, value, text);
}

static void
kept_set_unset (gpointer value)
{
  orr_type_COUNT.set_unset (value);
}

static gboolean
kept_is_unset (gconstpointer value)
{
  return orr_type_COUNT.is_unset (value);
}

static const OrrType orr_type_KEPT = {
  .name = "number or list",
  .form = "a number, like 4, or a list, like [LOG 1..4, CELL KEY]",
  .schema
  = "{\"anyOf\":[{\"type\":\"integer\",\"minimum\":0},{\"type\":\"array\",\"items\":{\"type\":\"string\"}}]}",
  .size = sizeof (guint32),
  .parse = kept_parse,
  .print = kept_print,
  .set_unset = kept_set_unset,
  .is_unset = kept_is_unset,
};

/* The first is read by read_kept. */
const OrrField orr_scenario_pin_disk_fields[] = {
  ORR_FIELD (
      OrrPin, kept, KEPT, .required = TRUE,
      .doc
      = "what survives it of the changes that were not synced: so many, the oldest first; or those that are "
        "named, as in [wal 1..4, control]"),
  ORR_FIELD (OrrPin, crash, COUNT, .initial = "1", .least = 1, .most = G_MAXINT32,
             .doc = "which crash of that node, from 1"),
  ORR_FIELD (OrrPin, torn, BOOL, .initial = "false",
             .doc = "whether the change behind those that survive was half-written"),
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
  { "disk", orr_scenario_pin_disk_fields + 1, FALSE },
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

/* 1..4 or 3 of a log, whose problems are said. */
static gboolean
read_range (OrrScenarioReader *reader, const OrrYaml *node, const char *text, OrrKept *kept)
{
  g_auto (GStrv) ends = g_strsplit (text, "..", 2);
  const char *last = ends[0] && ends[1] ? ends[1] : ends[0];
  if (last && g_ascii_string_to_unsigned (ends[0], 10, 1, G_MAXINT64, &kept->first, NULL)
      && g_ascii_string_to_unsigned (last, 10, kept->first, G_MAXINT64, &kept->last, NULL))
    return TRUE;
  g_autofree char *quoted = orr_quote (text);
  orr_problems_add (reader->problems, node->place, "write it as in wal 1..4, or wal 3",
                    "%s is no part of a log", quoted);
  return FALSE;
}

/* wal, wal 1..4, row x */
static gboolean
read_survivor (OrrScenarioReader *reader, const OrrYaml *node, OrrKept *kept)
{
  const OrrModel *model = reader->scenario->model;
  if (!orr_scenario_is_scalar (reader, node, "kept") || !model)
    return FALSE;
  g_auto (GStrv) parts = g_strsplit (node->text, " ", 2);
  OrrYaml name = *node, rest = *node;
  name.text = parts[0] ? parts[0] : "";
  gint table = orr_records_find (model->logs, name.text);
  kept->is_log = table >= 0;
  if (table < 0)
    table = orr_records_find (model->cells, name.text);
  if (table < 0)
    {
      g_autoptr (GPtrArray) words = orr_words_new ();
      orr_words_add_records (reader, words, model->logs);
      orr_words_add_records (reader, words, model->cells);
      orr_scenario_unknown (reader, node->place, "log or cell", name.text, model->entry.name, words,
                            "it has none");
      return FALSE;
    }
  kept->table = (guint32) table;
  kept->text = orr_arena_strdup (reader->arena, node->text);
  kept->all = !parts[0] || !parts[1];
  if (kept->all)
    return TRUE;
  if (strspn (parts[1], "abcdefghijklmnopqrstuvwxyz0123456789-.") != strlen (parts[1]))
    {
      orr_problems_add (reader->problems, node->place, "write a word or a whole number, as in row x",
                        "a key with other characters can't be named here");
      return FALSE;
    }
  rest.text = parts[1];
  return kept->is_log
             ? read_range (reader, node, parts[1], kept)
             : orr_scenario_read_value (reader, &rest, &orr_type_KEY, "kept", &reader->actors, &kept->key);
}

/* What survives a crash: a number, or a list of names. */
static void
read_kept (OrrScenarioReader *reader, const OrrYaml *line, OrrPin *pin)
{
  const OrrYaml *node = orr_yaml_get (line, "kept");
  if (!node)
    {
      orr_problems_add (reader->problems, line->place,
                        "add 'kept': a number, like 4, or a list, like [LOG 1..4, CELL KEY]",
                        "a pin has no 'kept'");
      return;
    }
  if (node->kind != ORR_YAML_LIST)
    {
      orr_scenario_read_value (reader, node, &orr_type_COUNT, "kept", &reader->actors, &pin->kept);
      return;
    }
  g_autoptr (GArray) survivors = g_array_new (FALSE, FALSE, sizeof (OrrKept));
  for (guint i = 0; i < node->n_children && !orr_scenario_hopeless (reader); i++)
    {
      OrrKept kept = { 0 };
      if (read_survivor (reader, node->children[i], &kept))
        g_array_append_val (survivors, kept);
    }
  pin->by_name = TRUE;
  pin->survivors = orr_scenario_keep (reader, survivors);
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
  const char *others[] = { kinds[kind].name,
                           kinds[kind].where      ? "where"
                           : kind == ORR_PIN_DISK ? "kept"
                                                  : NULL,
                           NULL };
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
  else if (kind == ORR_PIN_DISK)
    read_kept (reader, line, &pin);
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
write_kept (const OrrPin *pin, GString *text)
{
  const OrrKept *kept = pin->survivors.data;
  if (!pin->by_name)
    {
      g_string_append_printf (text, ", kept: %u", pin->kept);
      return;
    }
  g_string_append (text, ", kept: [");
  for (guint i = 0; i < pin->survivors.length; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", kept[i].text);
  g_string_append_c (text, ']');
}

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
  if (pin->kind == ORR_PIN_DISK)
    write_kept (pin, text);
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
