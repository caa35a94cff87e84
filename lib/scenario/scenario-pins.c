/* scenario-pins.c: single random choices, fixed by hand or by the shrinker.
 *
 * A pin names a choice by what it is about (which message, which timer, which draw) and says how it falls.
 * All others fall as they would have. */
#include "scenario/scenario-private.h"

#include <string.h>

const OrrPin orr_pin_unset = { .nth = G_MAXUINT32,
                               .record = -1,
                               .latency = ORR_TIME_UNSET,
                               .duplicate = ORR_TIME_UNSET,
                               .after = ORR_TIME_UNSET,
                               .value = ORR_TIME_UNSET,
                               .index = G_MININT64,
                               .crash = 1,
                               .rank = G_MAXUINT32 };

#define NTH                                                                                                  \
  ORR_FIELD (OrrPin, nth, COUNT, .least = 1, .most = G_MAXINT32,                                             \
             .doc = "which of those that match, from 1; not given: all")

const OrrField orr_scenario_pin_message_fields[] = {
  ORR_FIELD (OrrPin, from, NODE, .doc = "the sender; not given: any"),
  ORR_FIELD (OrrPin, to, NODE, .doc = "the receiver; not given: any"),
  NTH,
  ORR_FIELD (OrrPin, latency, DURATION, .least = 0, .most = ORR_TIME_MAX, .doc = "how long it takes"),
  ORR_FIELD (OrrPin, drop, BOOL, .initial = "false",
             .doc = "whether it is lost; a stream sends it again, 200ms after it should have come"),
  ORR_FIELD (OrrPin, duplicate, DURATION, .least = 0, .most = ORR_TIME_MAX,
             .doc = "it comes twice, the second time so long after it was sent"),
  { 0 },
};

const OrrField orr_scenario_pin_timer_fields[] = {
  ORR_FIELD (OrrPin, node, NODE, .doc = "whose; not given: anyone's"),
  NTH,
  ORR_FIELD (OrrPin, after, DURATION, .required = TRUE, .least = 0, .most = ORR_TIME_MAX,
             .doc = "fires so long after it was set"),
  { 0 },
};

const OrrField orr_scenario_pin_draw_fields[] = {
  ORR_FIELD (OrrPin, node, NODE, .doc = "whose; not given: anyone's"),
  NTH,
  ORR_FIELD (OrrPin, value, DURATION, .least = 0, .most = ORR_TIME_MAX,
             .doc = "what is drawn, if it is a time"),
  ORR_FIELD (OrrPin, index, INT, .least = 0, .most = G_MAXINT64,
             .doc = "what is drawn, if it is one of several: which, from 0; the last where there are fewer"),
  { 0 },
};

const OrrField orr_scenario_pin_request_fields[] = {
  ORR_FIELD (OrrPin, nth, COUNT, .least = 1, .most = G_MAXINT32,
             .doc = "which time that it is sent, from 1; not given: all"),
  ORR_FIELD (OrrPin, latency, DURATION, .least = 0, .most = ORR_TIME_MAX, .doc = "how long it takes"),
  ORR_FIELD (OrrPin, drop, BOOL, .initial = "false", .doc = "whether it is lost, and sent again"),
  { 0 },
};

const OrrField orr_scenario_pin_request_disk_fields[] = {
  ORR_FIELD (OrrPin, node, NODE, .doc = "whose; not given: anyone's"),
  NTH,
  ORR_FIELD (OrrPin, latency, DURATION, .required = TRUE, .least = 0, .most = ORR_TIME_MAX,
             .doc = "how long the disk takes, if no fault slows it down"),
  { 0 },
};

const OrrField orr_scenario_pin_service_fields[] = {
  NTH,
  ORR_FIELD (OrrPin, latency, DURATION, .required = TRUE, .least = 0, .most = ORR_TIME_MAX,
             .doc = "how long the processor takes, at its usual speed"),
  { 0 },
};

const OrrField orr_scenario_pin_stream_fields[] = {
  ORR_FIELD (OrrPin, to, NODE, .doc = "the receiver; not given: any"),
  NTH,
  ORR_FIELD (OrrPin, latency, DURATION, .least = 0, .most = ORR_TIME_MAX, .doc = "how long it takes"),
  ORR_FIELD (OrrPin, lost, LIST, .element = &orr_type_COUNT, .element_size = sizeof (guint32),
             .doc = "which of the messages that are sent again are lost again, from 1"),
  { 0 },
};

const OrrField orr_scenario_pin_release_fields[] = {
  ORR_FIELD (OrrPin, to, NODE, .doc = "the receiver; not given: any"),
  NTH,
  ORR_FIELD (OrrPin, latency, DURATION, .least = 0, .most = ORR_TIME_MAX,
             .doc = "how long it takes from then on, where it takes its way"),
  ORR_FIELD (OrrPin, rank, COUNT, .least = 1, .most = G_MAXINT32,
             .doc = "its place among all that are let go together, from 1; not given: that of its arrival"),
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
      OrrPin, kept, KEPT,
      .doc
      = "what survives it of the changes that were not synced: so many, the oldest first; or those that are "
        "named, as in [wal 1..4, control]"),
  ORR_FIELD (OrrPin, crash, COUNT, .initial = "1", .least = 1, .most = G_MAXINT32,
             .doc = "which crash of that node, from 1"),
  ORR_FIELD (OrrPin, torn, BOOL, .initial = "false",
             .doc = "whether the change behind those that survive was half-written"),
  ORR_FIELD (
      OrrPin, fates, TEXT,
      .doc
      = "or, a letter for each of those changes, the oldest first: k it is kept, l lost, t half-written"),
  ORR_FIELD (OrrPin, actor, NODE, .doc = "of which actor on that node; not given: of each"),
  { 0 },
};

/* What the key of a kind names. */
typedef enum
{
  A_MESSAGE,
  A_TIMER,
  A_SYNC,
  A_PURPOSE,
  AN_OPERATION,
  A_NODE,
  AN_ACTOR,
} Subject;

/* By OrrPinKind. */
static const struct
{
  const char *name;
  const OrrField *fields;
  Subject subject;
} kinds[] = {
  [ORR_PIN_MESSAGE] = { "message", orr_scenario_pin_message_fields, A_MESSAGE },
  [ORR_PIN_TIMER] = { "timer", orr_scenario_pin_timer_fields, A_TIMER },
  [ORR_PIN_DRAW] = { "draw", orr_scenario_pin_draw_fields, A_PURPOSE },
  [ORR_PIN_DISK] = { "disk", orr_scenario_pin_disk_fields + 1, A_NODE },
  [ORR_PIN_WRITE] = { "write", orr_scenario_pin_request_disk_fields, A_SYNC },
  [ORR_PIN_SYNC] = { "sync", orr_scenario_pin_request_disk_fields, A_SYNC },
  [ORR_PIN_SERVICE] = { "service", orr_scenario_pin_service_fields, A_NODE },
  [ORR_PIN_REQUEST] = { "request", orr_scenario_pin_request_fields, AN_OPERATION },
  [ORR_PIN_REPLY] = { "reply", orr_scenario_pin_request_fields, AN_OPERATION },
  [ORR_PIN_STREAM] = { "stream", orr_scenario_pin_stream_fields, AN_ACTOR },
  [ORR_PIN_RELEASE] = { "release", orr_scenario_pin_release_fields, AN_ACTOR },
};

G_STATIC_ASSERT (G_N_ELEMENTS (kinds) == ORR_N_PIN_KINDS);

const char *
orr_pin_kind_name (OrrPinKind kind)
{
  return kinds[kind].name;
}

static gboolean
has_where (gint32 kind)
{
  return kinds[kind].subject == A_MESSAGE || kinds[kind].subject == A_TIMER;
}

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

static const OrrRecord *
records_of (const OrrModel *model, Subject subject)
{
  return subject == A_MESSAGE ? model->messages : subject == A_TIMER ? model->timers : model->syncs;
}

/* What the pin is about: the value of the key that gives its kind. */
static void
read_subject (OrrScenarioReader *reader, const OrrYaml *node, const OrrYaml *line, OrrPin *pin)
{
  const OrrModel *model = reader->scenario->model;
  const char *name = kinds[pin->kind].name;
  Subject subject = kinds[pin->kind].subject;
  pin->record = -1;
  if (subject == A_NODE)
    orr_scenario_read_value (reader, node, &orr_type_NODE, name, &reader->context, &pin->node);
  else if (subject == AN_ACTOR)
    orr_scenario_read_value (reader, node, &orr_type_NODE, name, &reader->actors, &pin->from);
  else if (subject == AN_OPERATION)
    orr_scenario_read_value (reader, node, &orr_type_NAME, name, &reader->actors, &pin->purpose);
  else if (model && subject == A_PURPOSE)
    read_purpose (reader, node, pin);
  else if (model)
    pin->record = orr_scenario_find_record (reader, node, records_of (model, subject),
                                            subject == A_SYNC ? "sync" : name);
  if (pin->record >= 0 && has_where (pin->kind))
    pin->where = orr_scenario_read_where (reader, orr_yaml_get (line, "where"),
                                          &records_of (model, subject)[pin->record]);
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

/* What survives a crash, where no letters say it: a number, or a list of names. */
static void
read_kept (OrrScenarioReader *reader, const OrrYaml *line, OrrPin *pin)
{
  const OrrYaml *node = orr_yaml_get (line, "kept");
  if (node && orr_yaml_get (line, "fates"))
    orr_problems_add (reader->problems, node->place, "keep one of them", "'kept' beside 'fates'");
  if (!node && !orr_yaml_get (line, "fates"))
    orr_problems_add (reader->problems, line->place,
                      "add 'kept': a number, like 4, or a list, like [LOG 1..4, CELL KEY]",
                      "a pin has no 'kept'");
  if (!node)
    return;
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

static void
check_fates (OrrScenarioReader *reader, const OrrYaml *line, const OrrPin *pin)
{
  if (pin->fates && strspn (pin->fates, "klt") != strlen (pin->fates))
    orr_problems_add (reader->problems, orr_yaml_get (line, "fates")->place,
                      "write a letter for each change, as in kklt: k is kept, l lost, t half-written",
                      "'fates' has another letter than k, l and t");
}

/* TRUE where the key stands there and can't be read, of which there is a problem already. */
static gboolean
is_unclear (const OrrYaml *node, gboolean value)
{
  return node && !value && !(node->kind == ORR_YAML_SCALAR && strcmp (node->text, "false") == 0);
}

/* Its latency or its loss, not both, unless it is a stream's, which is sent again after it should have come.
 */
static void
check_message (OrrScenarioReader *reader, const OrrYaml *line, const OrrPin *pin)
{
  const OrrModel *model = reader->scenario->model;
  gboolean latency = orr_yaml_get (line, "latency") != NULL, twin = orr_yaml_get (line, "duplicate") != NULL;
  gboolean streams = pin->kind == ORR_PIN_MESSAGE && model && pin->record >= 0
                     && (model->messages[pin->record].flags & ORR_STREAM) != 0;
  if (!latency && !twin && !pin->drop && !is_unclear (orr_yaml_get (line, "drop"), pin->drop))
    orr_problems_add (reader->problems, line->place, "add 'latency: DURATION' or 'drop: true'",
                      "the pin says nothing about the message");
  else if ((latency || twin) && pin->drop && !streams)
    orr_problems_add (reader->problems, line->place, "keep 'latency' or 'drop'",
                      "a message that is dropped has no latency");
  else if (twin && streams)
    orr_problems_add (reader->problems, orr_yaml_get (line, "duplicate")->place, "leave it out",
                      "a stream brings each message once");
}

/* One of two keys, or both where they are of different things. */
static void
check_pair (OrrScenarioReader *reader, const OrrYaml *line, const char *a, const char *b, gboolean both)
{
  gboolean has_a = orr_yaml_get (line, a) != NULL, has_b = orr_yaml_get (line, b) != NULL;
  if (!has_a && !has_b)
    orr_problems_add (reader->problems, line->place, "say what is to come of it",
                      "the pin says neither '%s' nor '%s'", a, b);
  else if (has_a && has_b && !both)
    orr_problems_add (reader->problems, line->place, "keep one of them", "'%s' beside '%s'", a, b);
}

/* What the fields can't say. */
static void
check (OrrScenarioReader *reader, const OrrYaml *line, OrrPin *pin)
{
  switch ((OrrPinKind) pin->kind)
    {
    case ORR_PIN_MESSAGE:
    case ORR_PIN_REQUEST:
    case ORR_PIN_REPLY:
      check_message (reader, line, pin);
      return;
    case ORR_PIN_DRAW:
      check_pair (reader, line, "value", "index", FALSE);
      return;
    case ORR_PIN_STREAM:
      check_pair (reader, line, "latency", "lost", TRUE);
      return;
    case ORR_PIN_RELEASE:
      check_pair (reader, line, "latency", "rank", TRUE);
      return;
    case ORR_PIN_DISK:
      read_kept (reader, line, pin);
      check_fates (reader, line, pin);
      return;
    default:
      return;
    }
}

static void
refuse (OrrScenarioReader *reader, const OrrYaml *line)
{
  g_autoptr (GPtrArray) words = orr_words_new ();
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    g_ptr_array_add (words, (gpointer) kinds[i].name);
  g_autofree char *all = g_strjoinv (", ", (char **) orr_words_end (words));
  g_autofree char *remedy = g_strdup_printf ("use one of %s, as in {message: NAME, drop: true}", all);
  orr_scenario_refuse_map (reader, line, orr_words_end (words), "a pin of nothing", remedy);
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
      refuse (reader, line);
      return;
    }
  const char *others[] = { kinds[kind].name,
                           has_where ((gint32) kind) ? "where"
                           : kind == ORR_PIN_DISK    ? "kept"
                                                     : NULL,
                           NULL };
  OrrPin pin = orr_pin_unset;
  orr_yaml_read (line, kinds[kind].fields, "a pin", others, &reader->actors, &pin, reader->problems);
  if (pin.nth == G_MAXUINT32)
    pin.nth = 0;
  pin.kind = (gint32) kind;
  pin.place = orr_scenario_keep_place (reader, line->place);
  read_subject (reader, orr_yaml_get (line, kinds[kind].name), line, &pin);
  check (reader, line, &pin);
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
  if (pin->fates)
    return;
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
  Subject subject = kinds[pin->kind].subject;
  if (plain.nth == 0)
    plain.nth = G_MAXUINT32;
  g_string_append_printf (text, "{%s: ", kinds[pin->kind].name);
  if (subject == A_NODE || subject == AN_ACTOR)
    g_string_append (text, subject == A_NODE ? pin->node : pin->from);
  else if (subject == A_PURPOSE || subject == AN_OPERATION)
    g_string_append (text, pin->purpose);
  else
    orr_name_print (records_of (model, subject)[pin->record].name, text);
  orr_scenario_write_where (&pin->where, text);
  orr_scenario_append_flow (kinds[pin->kind].fields, &context, &plain, text);
  if (pin->kind == ORR_PIN_DISK)
    write_kept (pin, text);
  g_string_append_c (text, '}');
}

char *
orr_scenario_pin_to_text (const OrrScenario *scenario, const OrrPin *pin)
{
  g_autoptr (GString) text = g_string_new (NULL);
  write_line (scenario, pin, text);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

void
orr_scenario_write_pins (const OrrScenario *scenario, GString *text)
{
  if (scenario->pins.length > 0)
    g_string_append (text, "pins:\n");
  for (guint i = 0; i < scenario->pins.length; i++)
    {
      g_string_append (text, "  - ");
      write_line (scenario, (const OrrPin *) scenario->pins.data + i, text);
      g_string_append_c (text, '\n');
    }
}
