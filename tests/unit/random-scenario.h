/* random-scenario.h: scenarios in which every setting varies.
 *
 * The texts are made from the same field tables that read them: each field is left out or given a value of
 * its type, nasty ones among them. What has a grammar of its own (faults, pins, operations) is put together
 * from pieces. All of them are right, so that whatever is refused is a mistake of the parser. */
#pragma once

#include "toy-catalog.h"

#include "base/draw.h"
#include "base/json.h"
#include "scenario/scenario-private.h"

typedef struct
{
  guint64 key;
  const char *const *nodes; /* ends with NULL; NULL: names are free */
} Dice;

static guint
roll (Dice *dice, guint n)
{
  dice->key = orr_draw_fold (dice->key, 1);
  return (guint) orr_draw_below (dice->key, n);
}

#define PICK(dice, words) (words)[roll (dice, G_N_ELEMENTS (words))]

static const char *
pick_node (Dice *dice)
{
  return dice->nodes ? dice->nodes[roll (dice, g_strv_length ((char **) dice->nodes))] : "somebody";
}

/* --- Values by type --- */

static const char *const nasty_texts[] = {
  "plain",  "two words", "",     " ",      "on",       "yes",   "null",
  "nil",    "~",         "12",   "-3",     "0x1f",     "1e5",   "1.5",
  "007",    "- a",       "a: b", "a #b",   "#",        "{",     "}",
  "[a, b]", "'",         "\"",   "\\",     "&a",       "*a",    "!a",
  "%a",     "@a",        "`a",   "|",      ">",        "?",     ":",
  "-",      "--- a",     "…",    "a\nb",   "a\n\nb\n", "\ttab", "näher, weiter",
  "0/5A8",  "trailing ", "\x01", "\u202e", "=",
};

static const char *const durations[] = { "0s", "1ns", "500us", "1.5ms", "200ms", "5s", "2min", "1h", "3d" };
static const char *const shares[] = { "0", "0.01%", "50ppm", "7ppb", "33.3333333%", "100%" };
static const char *const distributions[] = {
  "0s",
  "5ms",
  "uniform(1s..4s)",
  "exponential(mean 10ms)",
  "normal(mean 40ms sd 2ms)",
  "lognormal(median 40ms p99 900ms)",
  "pareto(scale 0.235ms shape 10)",
  "weibull(scale 5ms shape 2)",
  "gamma(shape 2 scale 5ms)",
  "mixture(91.22% pareto(scale 0.235ms shape 10) + 8.78% exponential(mean 0.602ms))",
  "200ms + exponential(mean 10ms)",
};
static const char *const values[]
    = { "1",  "-7",        "nil",     "alice", "\"two words\"", "\"12\"", "[1, 2, [x, nil]]",
        "[]", "\"[1 2]\"", "\"nil\"", "\"\"" };
static const char *const keys[] = { "x", "y", "12", "\"12\"", "k2", "\"two words\"" };

static void print_record (Dice *dice, const OrrField *fields, guint first, const char *const *never,
                          GString *text);

static void
print_number (Dice *dice, const OrrField *field, gint64 most, GString *text)
{
  gint64 least = field->least || field->most ? MAX (field->least, 0) : 0;
  gint64 high = field->most > field->least ? MIN (field->most, most) : most;
  g_string_append_printf (text, "%" G_GINT64_FORMAT, least + roll (dice, (guint) (high - least) + 1));
}

/* A value of one of the types that are not composed. */
static void
print_single (Dice *dice, const OrrType *type, const OrrField *field, GString *text)
{
  if (type == &orr_type_BOOL)
    g_string_append (text, roll (dice, 2) ? "true" : "false");
  else if (type == &orr_type_INT || type == &orr_type_COUNT || type == &orr_type_NUMBER)
    print_number (dice, field, 20, text);
  else if (type == &orr_type_REAL)
    g_string_append (text, roll (dice, 2) ? "1.5" : "0.3333333333333333");
  else if (type == &orr_type_DURATION)
    g_string_append (text, field->least > 0 ? "7ms" : PICK (dice, durations));
  else if (type == &orr_type_DISTRIBUTION)
    g_string_append (text, PICK (dice, distributions));
  else if (type == &orr_type_SIZE)
    g_string_append (text, roll (dice, 2) ? "64" : "16kB");
  else if (type == &orr_type_BIT_RATE)
    g_string_append (text, roll (dice, 2) ? "1Gbit/s" : "9600bit/s");
  else if (type == &orr_type_SHARE)
    g_string_append (text, PICK (dice, shares));
  else if (type == &orr_type_DRIFT)
    g_string_append (text, roll (dice, 2) ? "-50ppm" : "3%");
  else if (type == &orr_type_TEXT)
    orr_json_print_text (PICK (dice, nasty_texts), text);
  else if (type == &orr_type_NAME)
    g_string_append_printf (text, "name-%u", roll (dice, 1000));
  else if (type == &orr_type_NODE || type == &orr_type_ADDRESS)
    g_string_append (text, pick_node (dice));
  else if (type == &orr_type_KEY)
    g_string_append (text, PICK (dice, keys));
  else if (type == &orr_type_VALUE)
    g_string_append (text, PICK (dice, values));
  else if (strcmp (type->name, "skew") == 0)
    g_string_append (text, roll (dice, 2) ? "-2ms" : "uniform(-5ms..5ms)");
  else if (strcmp (type->name, "choice of keys") == 0)
    g_string_append (text, roll (dice, 2) ? "zipf(0.99)" : "sequential");
  else
    g_error ("no values for type %s", type->name);
}

static void
print_list (Dice *dice, const OrrField *field, GString *text)
{
  g_string_append_c (text, '[');
  for (guint i = 0, n = roll (dice, 4); i < n; i++)
    {
      g_string_append (text, i > 0 ? ", " : "");
      if (field->fields)
        print_record (dice, field->fields, 0, NULL, text);
      else
        print_single (dice, field->element, field, text);
    }
  g_string_append_c (text, ']');
}

static void
print_map (Dice *dice, const OrrField *field, GString *text)
{
  g_string_append_c (text, '{');
  for (guint i = 0, n = roll (dice, 4); i < n; i++)
    {
      g_string_append_printf (text, "%sentry-%u: ", i > 0 ? ", " : "", i);
      print_record (dice, field->fields, 1, NULL, text);
    }
  g_string_append_c (text, '}');
}

static void
print_field (Dice *dice, const OrrField *field, GString *text)
{
  if (field->type == &orr_type_RECORD)
    print_record (dice, field->fields, 0, NULL, text);
  else if (field->type == &orr_type_LIST)
    print_list (dice, field, text);
  else if (field->type == &orr_type_MAP)
    print_map (dice, field, text);
  else
    print_single (dice, field->type, field, text);
}

static guint
count_words (const OrrChoice *choices)
{
  guint n = 0;
  while (choices[n].name)
    n++;
  return n;
}

/* TRUE where the tag's word is one of those that the field wants. */
static gboolean
applies (const OrrField *field, const char *tag_word)
{
  if (!field->tag)
    return TRUE;
  g_auto (GStrv) words = g_strsplit (field->when, "|", -1);
  return tag_word && g_strv_contains ((const char *const *) words, tag_word);
}

/* {a: 1, b: 2} of some of the fields; `never` names those that are left out. Choices are always given, so
 * that it is known what applies; and latencies, since a line about links must say something. */
static void
print_record (Dice *dice, const OrrField *fields, guint first, const char *const *never, GString *text)
{
  const char *separator = "", *word = NULL;
  g_string_append_c (text, '{');
  for (const OrrField *field = fields + first; field->name; field++)
    {
      g_autoptr (GString) name = g_string_new (NULL);
      orr_name_print (field->name, name);
      gboolean choice = field->type == &orr_type_CHOICE;
      if ((never && g_strv_contains (never, name->str)) || !applies (field, word)
          || (!field->required && !choice && strcmp (name->str, "latency") != 0 && roll (dice, 2)))
        continue;
      g_string_append_printf (text, "%s%s: ", separator, name->str);
      separator = ", ";
      if (choice)
        g_string_append (text, word = field->choices[roll (dice, count_words (field->choices))].name);
      else
        print_field (dice, field, text);
    }
  g_string_append_c (text, '}');
}

/* The inside of such braces, with a comma before it where there is any. */
static void
print_more (Dice *dice, const OrrField *fields, const char *const *never, GString *text)
{
  g_autoptr (GString) map = g_string_new (NULL);
  print_record (dice, fields, 0, never, map);
  if (map->len > 2)
    g_string_append_printf (text, ", %.*s", (int) map->len - 2, map->str + 1);
}

/* --- Parts --- */

typedef struct
{
  guint replicas, spares, hosts, sessions;
  gboolean named;
  const char *object;
} Size;

/* Options of the toy model. */
static void
print_options (Dice *dice, const Size *size, GString *text)
{
  static const char *const never[] = { "replicas", "spares", "router", NULL };
  static const char *const routers[]
      = { "primary-only", "time-window", "{policy: time-window, window: 10s}", "{policy: lsn, wait: 1s}" };
  g_string_append_printf (text, "options: {replicas: %u, router: %s, spares: [", size->replicas,
                          PICK (dice, routers));
  for (guint i = 0; i < size->spares; i++)
    g_string_append_printf (text, "%sspare%u", i > 0 ? ", " : "", i + 1);
  g_string_append_c (text, ']');
  print_more (dice, toy_option_fields, never, text);
  g_string_append (text, "}\n");
}

static void
print_clients (Dice *dice, const Size *size, GString *text)
{
  static const char *const never[] = { "hosts", "sessions", "names", NULL };
  g_string_append_printf (text, "clients: {hosts: %u", size->hosts);
  if (size->named)
    {
      g_string_append (text, ", names: [");
      for (guint i = 0; i < size->sessions; i++)
        g_string_append_printf (text, "%ssession-%u", i > 0 ? ", " : "", i + 1);
      g_string_append_c (text, ']');
    }
  else
    g_string_append_printf (text, ", sessions: %u", size->sessions);
  print_more (dice, orr_scenario_client_fields, never, text);
  g_string_append (text, "}\n");
}

static void
print_nodes (Dice *dice, GString *text)
{
  g_string_append (text, "nodes:\n  primary: {region: here}\n");
  for (guint i = 1; dice->nodes[i]; i++)
    if (roll (dice, 3) == 0)
      {
        g_string_append_printf (text, "  %s: ", dice->nodes[i]);
        print_record (dice, orr_scenario_node_fields, 1, NULL, text);
        g_string_append_c (text, '\n');
      }
}

static void
print_network (Dice *dice, GString *text)
{
  static const char *const never[] = { "regions", NULL };
  g_string_append (text, "network: {regions: [{between: [here, here], latency: 1ms}]");
  print_more (dice, orr_scenario_network_fields, never, text);
  g_string_append (text, "}\n");
}

/* Some steps of the object, as keys of an operation. */
static void
print_steps (Dice *dice, const char *object, GString *text)
{
  static const char *const registers[]
      = { "read: x",
          "write: {x: 1}",
          "write: {y: \"12\"}",
          "write: {12: nil}",
          "write: {\"12\": [1, a]}",
          "cas: {key: x, expected: nil, value: 2}",
          "bulk-write: {rows: 100000, bytes: 64}",
          "steps: [{read: x}, {write: {y: 2}}, {cas: {key: z, expected: 1, value: nil}}]" };
  static const char *const banks[]
      = { "read: a", "transfer: {from: a, to: b, amount: 5}",
          "steps: [{withdraw: {a: 3}}, {deposit: {b: 3}}]",
          "steps: [{withdraw: {a: 3}}, {deposit: {b: 2}}, {read: a}]", "deposit: {a: 1}" };
  static const char *const lists[] = { "read: x", "append: {x: 1}", "append: {x: \"nil\"}" };
  g_string_append (text, strcmp (object, "register") == 0 ? PICK (dice, registers)
                         : strcmp (object, "bank") == 0   ? PICK (dice, banks)
                                                          : PICK (dice, lists));
}

static void
print_operations (Dice *dice, const Size *size, GString *text)
{
  guint n = roll (dice, 6);
  if (n > 0)
    g_string_append (text, "  operations:\n");
  for (guint i = 0; i < n; i++)
    {
      g_string_append (text, "    - {");
      if (roll (dice, 2))
        g_string_append_printf (text, "at: %s, ", PICK (dice, durations));
      if (i > 0 && roll (dice, 3) == 0)
        g_string_append_printf (text, "after: op-%u, ", roll (dice, i));
      if (roll (dice, 3) == 0)
        g_string_append (text, "cancel: 10ms, ");
      if (roll (dice, 3) == 0)
        g_string_append_printf (text, "to: %s, ", roll (dice, 2) ? "primary" : "replica1");
      g_string_append_printf (text, "id: op-%u, session: %s%u, ", i, size->named ? "session-" : "s",
                              roll (dice, size->sessions) + 1);
      print_steps (dice, size->object, text);
      print_more (dice, toy_attribute_fields, NULL, text);
      g_string_append (text, "}\n");
    }
}

static void
print_mix (Dice *dice, const char *object, GString *text)
{
  gboolean bank = strcmp (object, "bank") == 0, list = strcmp (object, "list-append") == 0;
  const char *word = bank ? "transfer" : list ? "append" : "write";
  if (roll (dice, 2))
    g_string_append_printf (text, "  mix: {read: 91.22%%, %s: 8.78%%}\n", word);
  else
    {
      g_string_append_printf (text, "  mix:\n    - {share: 25%%, read: 2, %s: 1", word);
      print_more (dice, toy_attribute_fields, NULL, text);
      g_string_append_printf (text, "}\n    - {share: 75%%, %s: %u}\n", word, roll (dice, 2) + 1);
    }
  static const char *const loops[] = { "arrival: poisson(1000/s)", "arrival: constant(0.5/min)",
                                       "think: exponential(mean 10ms)", "think: 0s" };
  g_string_append_printf (text, "  %s\n", PICK (dice, loops));
  if (roll (dice, 2))
    g_string_append_printf (text, "  keys: {count: %u, choose: %s}\n", roll (dice, 5) + 1,
                            roll (dice, 2) ? "zipf(1.25)" : "sequential");
}

static void
print_workload (Dice *dice, const Size *size, GString *text)
{
  g_string_append_printf (text, "workload:\n  object: %s\n", size->object);
  if (strcmp (size->object, "bank") == 0 && roll (dice, 2))
    g_string_append (text, "  balance: 7\n");
  if (roll (dice, 2))
    g_string_append (text, "  operations-max: 100\n");
  if (roll (dice, 2))
    print_mix (dice, size->object, text);
  print_operations (dice, size, text);
}

static void
print_faults (Dice *dice, GString *text)
{
  static const char *const triggers[]
      = { "at: 1s",
          "every: exponential(mean 5s)",
          "every: 1min",
          "when: {sync: primary, nth: 2}",
          "when: {sync: any}",
          "when: {send: wal, from: primary, where: {term: 2, key: \"12\", leader: replica1}}",
          "when: {receive: vote-request, to: primary, nth: 3}",
          "when: {fact: leader, node: primary, where: {value: [1, 2]}}" };
  static const char *const faults[]
      = { "stop: primary",
          "crash: replica1",
          "crash: {node: primary, kind: os}",
          "crash: primary, kind: disk",
          "partition: [[primary], [replica1]]",
          "partition: majority",
          "partition: {from: primary, to: replica1}",
          "partition: {isolate: primary}",
          "link: {from: primary, latency: 200ms + exponential(mean 10ms), loss: 20%}",
          "link: {}",
          "pause: primary",
          "clock: {node: primary, jump: -2s}",
          "disk: {node: primary}",
          "slow: {node: primary, factor: 10}",
          "choose: [crash, crash-os, partition-minority, {slow: {factor: 3}}, {clock: {jump: 1s}}]",
          "choose: [pause], target: replica",
          "choose: {crash: 3, crash-os: 1}, intensity: 7, target: said(leader)",
          "choose: [{slow: {factor: 3}, weight: 2}, crash, {crash: {}, weight: 5}]",
          "choose: [stop, {crash: {node: primary}}], target: primary" };
  guint n = roll (dice, 6);
  g_string_append (text, n > 0 ? "faults:\n" : "");
  for (guint i = 0; i < n; i++)
    {
      g_string_append_printf (text, "  - {%s, %s", PICK (dice, triggers), PICK (dice, faults));
      if (roll (dice, 2))
        g_string_append_printf (text, ", for: %s", PICK (dice, distributions));
      g_string_append (text, "}\n");
    }
  if (n > 2)
    g_string_append (text, "  - {at: 5s, action: {promote: replica1}}\n  - {every: 5s, action: {move-away: "
                           "{node: primary, times: 3, from: replica1}}}\n");
}

static void
print_pins (Dice *dice, GString *text)
{
  static const char *const pins[]
      = { "message: wal, from: primary, to: replica1, where: {term: 5}, latency: 900ms",
          "message: vote-request, drop: true, nth: 2",
          "message: ping, latency: 0s, drop: false",
          "message: ping, duplicate: 3ms",
          "message: wal, latency: 2ms, drop: true",
          "timer: election, node: primary, where: {key: x, value: nil}, after: 150ms",
          "timer: heartbeat, after: 0s",
          "draw: apply-delay, node: replica1, nth: 3, value: 700ms",
          "draw: pick, value: 0s",
          "draw: pick, nth: 2, index: 0",
          "service: primary, nth: 2, latency: 1ms",
          "request: o1, nth: 1, drop: true",
          "reply: o1, latency: 4ms",
          "stream: primary, to: replica1, nth: 3, latency: 2ms, lost: [1, 3]",
          "stream: primary, lost: [2]",
          "release: replica1, nth: 2, rank: 1",
          "release: replica1, to: primary, latency: 1ms",
          "disk: primary, fates: kklt, actor: primary",
          "disk: primary, crash: 2, kept: 4",
          "disk: replica1, kept: 0",
          "disk: replica1, kept: 3, torn: true" };
  guint n = roll (dice, 4);
  g_string_append (text, n > 0 ? "pins:\n" : "");
  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "  - {%s}\n", PICK (dice, pins));
}

static void
print_rest (Dice *dice, GString *text)
{
  static const char *const expectations[]
      = { "read-your-writes: violated",    "durability: unknown",
          "staleness.p99: below 2s",       "latency.read.p99: [at most 5ms, above 1ms]",
          "share.read.primary: above 60%", "share.replica1: exactly 0%",
          "success: at least 99.9%",       "throughput: above 1042.5/s" };
  guint mask = roll (dice, 256);
  if (roll (dice, 2))
    g_string_append (text, mask ? "expect:\n" : "expect: {}\n");
  else
    mask = 0;
  for (guint i = 0; i < G_N_ELEMENTS (expectations); i++)
    if (mask >> i & 1)
      g_string_append_printf (text, "  %s\n", expectations[i]);
  if (roll (dice, 4) == 0)
    g_string_append (text, "fuzz:\n  faults: [crash, loss, partition-majority]\n  options.router: "
                           "[primary-only, {policy: lsn, wait: 2s}]\n");
  if (roll (dice, 4) == 0)
    g_string_append (text,
                     "sweep:\n  seed: [1, 2]\n  options.standby-names: [\"a, b\", off, \"12\", 'x: y']\n");
}

/* The names of nodes that such a scenario has. */
static GPtrArray *
list_nodes (const Size *size)
{
  GPtrArray *nodes = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (nodes, g_strdup ("primary"));
  for (guint i = 0; i < size->replicas; i++)
    g_ptr_array_add (nodes, g_strdup_printf ("replica%u", i + 1));
  for (guint i = 0; i < size->spares; i++)
    g_ptr_array_add (nodes, g_strdup_printf ("spare%u", i + 1));
  for (guint i = 0; i < size->hosts; i++)
    g_ptr_array_add (nodes, g_strdup_printf ("client%u", i + 1));
  g_ptr_array_add (nodes, NULL);
  return nodes;
}

/* A scenario of the toy model. The caller frees it. */
static char *
random_scenario (guint64 seed)
{
  static const char *const objects[] = { "register", "bank", "list-append" };
  Dice dice = { .key = orr_draw_key (seed, "random scenario") };
  Size size = { .replicas = roll (&dice, 3) + 1,
                .spares = roll (&dice, 3),
                .hosts = roll (&dice, 3) + 1,
                .sessions = roll (&dice, 4) + 1,
                .named = roll (&dice, 2) == 0,
                .object = PICK (&dice, objects) };
  g_autoptr (GPtrArray) nodes = list_nodes (&size);
  GString *text = g_string_new (NULL);
  for (const OrrField *field = orr_scenario_fields; field->name; field++)
    if (roll (&dice, 2) && strcmp (field->name, "duration") != 0)
      {
        g_string_append_printf (text, "%s: ", field->name);
        print_field (&dice, field, text);
        g_string_append_c (text, '\n');
      }
  if (roll (&dice, 2))
    g_string_append (text, "duration: 100s\n");
  g_string_append (text, roll (&dice, 3) ? "model: primary-replica\n"
                                         : "model: {name: primary-replica, bugs: [vote-not-persisted]}\n");
  print_options (&dice, &size, text);
  dice.nodes = (const char *const *) nodes->pdata;
  print_clients (&dice, &size, text);
  print_nodes (&dice, text);
  print_network (&dice, text);
  g_string_append (text, "clocks: ");
  print_record (&dice, orr_scenario_clock_fields, 0, NULL, text);
  g_string_append (text, "\ndisk: ");
  print_record (&dice, orr_scenario_disk_fields, 0, NULL, text);
  g_string_append_c (text, '\n');
  print_workload (&dice, &size, text);
  print_faults (&dice, text);
  print_pins (&dice, text);
  print_rest (&dice, text);
  return g_string_free (text, FALSE);
}
