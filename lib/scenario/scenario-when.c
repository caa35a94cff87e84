/* scenario-when.c: the event that a fault waits for: `when: {sync: primary, nth: 2}`. */
#include "scenario/scenario-private.h"

#include <string.h>

typedef struct
{
  guint32 nth;
  const char *node, *from, *to;
} WhenLine;

const OrrField orr_scenario_when_sync_fields[] = {
  ORR_FIELD (WhenLine, nth, COUNT, .initial = "1", .least = 1, .most = G_MAXINT32,
             .doc = "which of them, from 1"),
  { 0 },
};

const OrrField orr_scenario_when_message_fields[] = {
  ORR_FIELD (WhenLine, from, NODE, .doc = "the sender; not given: any"),
  ORR_FIELD (WhenLine, to, NODE, .doc = "the receiver; not given: any"),
  ORR_FIELD (WhenLine, nth, COUNT, .initial = "1", .least = 1, .most = G_MAXINT32,
             .doc = "which of them, from 1"),
  { 0 },
};

const OrrField orr_scenario_when_fact_fields[] = {
  ORR_FIELD (WhenLine, node, NODE, .doc = "who says it; not given: any"),
  ORR_FIELD (WhenLine, nth, COUNT, .initial = "1", .least = 1, .most = G_MAXINT32,
             .doc = "which of them, from 1"),
  { 0 },
};

/* By OrrWhenKind. */
static const struct
{
  const char *name;
  const OrrField *fields;
} whens[] = {
  { "sync", orr_scenario_when_sync_fields },
  { "send", orr_scenario_when_message_fields },
  { "receive", orr_scenario_when_message_fields },
  { "fact", orr_scenario_when_fact_fields },
};

static const OrrRecord *
records_of (const OrrModel *model, OrrWhenKind kind)
{
  return kind == ORR_WHEN_SYNC ? NULL : kind == ORR_WHEN_FACT ? model->facts : model->messages;
}

gint32
orr_scenario_find_record (OrrScenarioReader *reader, const OrrYaml *node, const OrrRecord *records,
                          const char *what)
{
  if (!orr_scenario_is_scalar (reader, node, what))
    return -1;
  gint index = orr_records_find (records, node->text);
  if (index >= 0)
    return index;
  g_autoptr (GPtrArray) words = orr_words_new ();
  orr_words_add_records (reader, words, records);
  orr_scenario_unknown (reader, node->place, what, node->text, reader->scenario->model->entry.name, words,
                        words->len > 0 ? NULL : "it has none");
  return -1;
}

/* sync: primary, or any */
static void
read_synced_node (OrrScenarioReader *reader, const OrrYaml *node, OrrWhen *when)
{
  if (node->kind == ORR_YAML_SCALAR && strcmp (node->text, "any") == 0)
    return;
  orr_scenario_read_value (reader, node, &orr_type_NODE, "sync", &reader->actors, &when->node);
}

void
orr_scenario_read_when (OrrScenarioReader *reader, const OrrYaml *map, OrrWhen *when)
{
  *when = (OrrWhen){ .record = -1, .nth = 1 };
  if (!orr_scenario_is_map (reader, map, "when"))
    return;
  guint kind = 0;
  while (kind < G_N_ELEMENTS (whens) && !orr_yaml_get (map, whens[kind].name))
    kind++;
  if (kind == G_N_ELEMENTS (whens))
    {
      static const char *const words[] = { "sync", "send", "receive", "fact", NULL };
      orr_scenario_refuse_map (reader, map, words, "'when' names no event",
                               "use one of sync, send, receive, fact, as in {sync: primary, nth: 2}");
      return;
    }
  when->kind = (gint32) kind;
  const OrrYaml *what = orr_yaml_get (map, whens[kind].name);
  const char *others[] = { whens[kind].name, kind == ORR_WHEN_SYNC ? NULL : "where", NULL };
  WhenLine line = { 0 };
  orr_yaml_read (map, whens[kind].fields, "when", others, &reader->actors, &line, reader->problems);
  when->nth = line.nth;
  when->node = kind == ORR_WHEN_SEND ? line.from : kind == ORR_WHEN_RECEIVE ? line.to : line.node;
  when->peer = kind == ORR_WHEN_SEND ? line.to : kind == ORR_WHEN_RECEIVE ? line.from : NULL;
  if (kind == ORR_WHEN_SYNC)
    read_synced_node (reader, what, when);
  else if (reader->scenario->model)
    {
      const OrrRecord *records = records_of (reader->scenario->model, (OrrWhenKind) kind);
      when->record
          = orr_scenario_find_record (reader, what, records, kind == ORR_WHEN_FACT ? "fact" : "message");
      if (when->record >= 0)
        when->where = orr_scenario_read_where (reader, orr_yaml_get (map, "where"), &records[when->record]);
    }
}

/* --- Writing --- */

void
orr_scenario_write_when (const OrrScenario *scenario, const OrrWhen *when, GString *text)
{
  OrrContext context = orr_scenario_context (scenario);
  gboolean sends = when->kind == ORR_WHEN_SEND;
  gboolean message = sends || when->kind == ORR_WHEN_RECEIVE;
  WhenLine line = { .nth = when->nth,
                    .node = when->node,
                    .from = sends ? when->node : when->peer,
                    .to = sends ? when->peer : when->node };
  g_string_append_printf (text, "when: {%s: ", whens[when->kind].name);
  if (when->kind == ORR_WHEN_SYNC)
    g_string_append (text, when->node ? when->node : "any");
  else
    orr_name_print ((message ? scenario->model->messages : scenario->model->facts)[when->record].name, text);
  orr_scenario_append_flow (whens[when->kind].fields, &context, &line, text);
  orr_scenario_write_where (&when->where, text);
  g_string_append_c (text, '}');
}
