/* scenario-fields.c: the parts of a scenario that are plain records.
 *
 * Each table says of every setting how it is called, what it means, its bounds and its default; reading,
 * writing and the reference page follow from it. Three types are the scenario's own, because what they hold
 * is written in one word but is two numbers: a skew, an arrival, a choice of keys. */
#include "scenario/scenario-private.h"

#include "base/distribution-private.h"
#include "base/draw.h"
#include "base/quantity.h"

#include <string.h>

/* --- Skew: a duration, or uniform between two --- */

/* What stands between `name(` and `)`, or NULL. The caller frees it. */
static char *
inside (const char *text, const char *name)
{
  gsize length = strlen (text), name_length = strlen (name);
  if (length < name_length + 2 || strncmp (text, name, name_length) != 0 || text[name_length] != '('
      || text[length - 1] != ')')
    return NULL;
  return g_strstrip (g_strndup (text + name_length + 1, length - name_length - 2));
}

static gboolean
skew_parse (const OrrField *field G_GNUC_UNUSED, const OrrContext *context G_GNUC_UNUSED, const char *text,
            gpointer value, char **ret_message)
{
  OrrSkew skew;
  g_autofree char *range = inside (text, "uniform");
  if (!range && strchr (text, '('))
    {
      *ret_message = g_strdup ("a skew is no distribution; write a duration, or uniform(-5ms..5ms)");
      return FALSE;
    }
  if (!range)
    {
      if (!orr_duration_parse (text, &skew.least, ret_message))
        return FALSE;
      skew.most = skew.least;
    }
  else
    {
      g_auto (GStrv) ends = g_strsplit (range, "..", 2);
      if (!ends[0] || !ends[1])
        {
          *ret_message = g_strdup ("uniform needs two durations; write uniform(-5ms..5ms)");
          return FALSE;
        }
      if (!orr_duration_parse (g_strstrip (ends[0]), &skew.least, ret_message)
          || !orr_duration_parse (g_strstrip (ends[1]), &skew.most, ret_message))
        return FALSE;
      if (skew.least > skew.most)
        {
          *ret_message = g_strdup_printf (
              "uniform goes from the lesser to the greater; write uniform(%s..%s)", ends[1], ends[0]);
          return FALSE;
        }
    }
  *(OrrSkew *) value = skew;
  return TRUE;
}

static void
skew_print (const OrrField *field G_GNUC_UNUSED, const OrrContext *context G_GNUC_UNUSED, gconstpointer value,
            GString *text)
{
  const OrrSkew *skew = value;
  g_autofree char *least = orr_duration_to_text (skew->least);
  g_autofree char *most = orr_duration_to_text (skew->most);
  if (skew->least == skew->most)
    g_string_append (text, least);
  else
    g_string_append_printf (text, "uniform(%s..%s)", least, most);
}

static guint64
skew_hash (const OrrField *field G_GNUC_UNUSED, const OrrContext *context G_GNUC_UNUSED, gconstpointer value)
{
  const OrrSkew *skew = value;
  return orr_draw_fold (orr_draw_fold (orr_draw_word ("skew"), (guint64) skew->least), (guint64) skew->most);
}

static void
skew_set_unset (gpointer value)
{
  *(OrrSkew *) value = (OrrSkew){ ORR_TIME_UNSET, ORR_TIME_UNSET };
}

static gboolean
skew_is_unset (gconstpointer value)
{
  return ((const OrrSkew *) value)->least == ORR_TIME_UNSET;
}

static const OrrType orr_type_SKEW = {
  .name = "skew",
  .form = "a duration or uniform between two, like -2ms or uniform(-5ms..5ms)",
  .schema
  = "{\"anyOf\":[{\"const\":0},{\"type\":\"string\",\"pattern\":\"^(-?[0-9].*|uniform\\\\(.*\\\\))$\"}]}",
  .size = sizeof (OrrSkew),
  .parse = skew_parse,
  .print = skew_print,
  .hash = skew_hash,
  .set_unset = skew_set_unset,
  .is_unset = skew_is_unset,
};

/* --- Arrival: poisson(1000/s), constant(50/s) --- */

static const OrrDistributionFamily *
find_family (const char *name)
{
  for (guint i = 0; orr_distribution_families[i]; i++)
    if (strcmp (orr_distribution_families[i]->name, name) == 0)
      return orr_distribution_families[i];
  g_assert_not_reached ();
}

/* The time between two arrivals at a rate. A mean need not be whole nanoseconds, or 3000/s would come out a
 * little fast. */
static OrrDistribution *
interval_of (OrrRate rate, gboolean poisson)
{
  double interval = orr_rate_interval (rate);
  OrrTime rounded = orr_time_from_real (interval);
  if (!poisson)
    return orr_distribution_new_constant (MAX (rounded, 1));
  OrrTerm term
      = { .family = find_family ("exponential"), .arguments = { { .number = interval, .time = rounded } } };
  return orr_distribution_new (0, FALSE, &term, 1);
}

static void
unref_distribution (gpointer distribution)
{
  orr_distribution_unref (distribution);
}

static gboolean
arrival_parse (const OrrField *field G_GNUC_UNUSED, const OrrContext *context, const char *text,
               gpointer value, char **ret_message)
{
  OrrArrival *arrival = value;
  OrrRate rate;
  g_autofree char *poisson = inside (text, "poisson");
  g_autofree char *constant = inside (text, "constant");
  if (!poisson && !constant)
    {
      g_autofree char *quoted = orr_quote (text);
      *ret_message = g_strdup_printf ("%s is no way to arrive", quoted);
      return FALSE;
    }
  if (!orr_rate_parse (poisson ? poisson : constant, &rate, ret_message))
    return FALSE;
  g_autofree char *printed = orr_rate_to_text (rate);
  g_autofree char *canonical = g_strdup_printf ("%s(%s)", poisson ? "poisson" : "constant", printed);
  arrival->text = orr_arena_strdup (context->arena, canonical);
  arrival->interval = interval_of (rate, poisson != NULL);
  orr_arena_own (context->arena, arrival->interval, unref_distribution);
  return TRUE;
}

static void
arrival_print (const OrrField *field G_GNUC_UNUSED, const OrrContext *context G_GNUC_UNUSED,
               gconstpointer value, GString *text)
{
  g_string_append (text, ((const OrrArrival *) value)->text);
}

static guint64
arrival_hash (const OrrField *field G_GNUC_UNUSED, const OrrContext *context G_GNUC_UNUSED,
              gconstpointer value)
{
  return orr_draw_word (((const OrrArrival *) value)->text);
}

static void
arrival_set_unset (gpointer value)
{
  *(OrrArrival *) value = (OrrArrival){ 0 };
}

static gboolean
arrival_is_unset (gconstpointer value)
{
  return ((const OrrArrival *) value)->interval == NULL;
}

static const OrrType orr_type_ARRIVAL = {
  .name = "arrival",
  .form = "poisson(RATE) or constant(RATE), like poisson(1000/s)",
  .schema = "{\"type\":\"string\",\"pattern\":\"^(poisson|constant)\\\\(.*\\\\)$\"}",
  .size = sizeof (OrrArrival),
  .parse = arrival_parse,
  .print = arrival_print,
  .hash = arrival_hash,
  .set_unset = arrival_set_unset,
  .is_unset = arrival_is_unset,
};

/* --- Choice of keys: uniform, sequential, zipf(0.99) --- */

#define EXPONENT_MAX 10.0

/* The field lies on `choose`; the exponent is beside it. */
static OrrKeySettings *
keys_of (gconstpointer choose)
{
  return (OrrKeySettings *) (gpointer) ((char *) choose - G_STRUCT_OFFSET (OrrKeySettings, choose));
}

static gboolean
key_choice_parse (const OrrField *field G_GNUC_UNUSED, const OrrContext *context G_GNUC_UNUSED,
                  const char *text, gpointer value, char **ret_message)
{
  OrrKeySettings *keys = keys_of (value);
  g_autofree char *quoted = orr_quote (text);
  g_autofree char *exponent = inside (text, "zipf");
  if (exponent)
    {
      char *end;
      double number = g_ascii_strtod (exponent, &end);
      if (!g_ascii_isdigit (*exponent) || *end || !(number > 0 && number <= EXPONENT_MAX))
        {
          *ret_message
              = g_strdup_printf ("%s needs an exponent above 0 and up to 10; write zipf(0.99)", quoted);
          return FALSE;
        }
      keys->choose = ORR_KEYS_ZIPF;
      keys->exponent = number;
      return TRUE;
    }
  keys->exponent = 0;
  keys->choose = strcmp (text, "uniform") == 0      ? (gint32) ORR_KEYS_UNIFORM
                 : strcmp (text, "sequential") == 0 ? (gint32) ORR_KEYS_SEQUENTIAL
                                                    : -1;
  if (keys->choose < 0)
    *ret_message = g_strdup_printf ("%s is no way to choose keys", quoted);
  return keys->choose >= 0;
}

static void
key_choice_print (const OrrField *field G_GNUC_UNUSED, const OrrContext *context G_GNUC_UNUSED,
                  gconstpointer value, GString *text)
{
  const OrrKeySettings *keys = keys_of (value);
  if (keys->choose == ORR_KEYS_ZIPF)
    {
      g_autofree char *exponent = orr_real_to_text (keys->exponent);
      g_string_append_printf (text, "zipf(%s)", exponent);
      return;
    }
  g_string_append (text, keys->choose == ORR_KEYS_UNIFORM ? "uniform" : "sequential");
}

static guint64
key_choice_hash (const OrrField *field, const OrrContext *context, gconstpointer value)
{
  g_autoptr (GString) text = g_string_new (NULL);
  key_choice_print (field, context, value, text);
  return orr_draw_word (text->str);
}

static void
key_choice_set_unset (gpointer value)
{
  keys_of (value)->choose = -1;
}

static gboolean
key_choice_is_unset (gconstpointer value)
{
  return keys_of (value)->choose < 0;
}

static const OrrType orr_type_KEY_CHOICE = {
  .name = "choice of keys",
  .form = "uniform, sequential or zipf(EXPONENT), like zipf(0.99)",
  .schema = "{\"type\":\"string\",\"pattern\":\"^(uniform|sequential|zipf\\\\(.*\\\\))$\"}",
  .size = sizeof (gint32),
  .parse = key_choice_parse,
  .print = key_choice_print,
  .hash = key_choice_hash,
  .set_unset = key_choice_set_unset,
  .is_unset = key_choice_is_unset,
};

/* --- Target: a name, or said(FACT) --- */

static gboolean
target_parse (const OrrField *field, const OrrContext *context, const char *text, gpointer value,
              char **ret_message)
{
  g_autofree char *fact = inside (text, "said");
  if (!orr_type_NAME.parse (field, context, fact ? fact : text, value, ret_message))
    return FALSE;
  g_autofree char *canonical = fact ? g_strdup_printf ("said(%s)", fact) : NULL;
  if (canonical)
    *(const char **) value = orr_arena_strdup (context->arena, canonical);
  return TRUE;
}

static void
target_print (const OrrField *field G_GNUC_UNUSED, const OrrContext *context G_GNUC_UNUSED,
              gconstpointer value, GString *text)
{
  g_string_append (text, *(const char *const *) value);
}

static guint64
target_hash (const OrrField *field G_GNUC_UNUSED, const OrrContext *context G_GNUC_UNUSED,
             gconstpointer value)
{
  return orr_draw_word (*(const char *const *) value);
}

static void
target_set_unset (gpointer value)
{
  *(const char **) value = NULL;
}

static gboolean
target_is_unset (gconstpointer value)
{
  return *(const char *const *) value == NULL;
}

static const OrrType orr_type_TARGET = {
  .name = "target",
  .form = "a node, a role, a fact or said(FACT), like replica1 or said(leader)",
  .schema = "{\"type\":\"string\"}",
  .size = sizeof (const char *),
  .parse = target_parse,
  .print = target_print,
  .hash = target_hash,
  .set_unset = target_set_unset,
  .is_unset = target_is_unset,
};

/* --- The tables --- */

const OrrField orr_scenario_fields[] = {
  ORR_FIELD (OrrScenario, title, TEXT, .doc = "what the scenario shows, in one line"),
  ORR_FIELD (OrrScenario, about, TEXT, .doc = "teaching text in Markdown, which the report shows"),
  ORR_FIELD (OrrScenario, seed, NUMBER, .initial = "1",
             .doc = "from which all that is random is drawn; `--seed` on the command line wins"),
  ORR_FIELD (OrrScenario, duration, DURATION, .least = 0, .most = ORR_TIME_MAX,
             .doc = "how long clients work and faults strike; then all faults end. Default: 10s after the "
                    "last planned operation or fault"),
  ORR_FIELD (OrrScenario, settle, DURATION, .initial = "30s", .least = 0, .most = ORR_TIME_MAX,
             .doc = "the most that the run may then take to become quiet"),
  { 0 },
};

const OrrField orr_scenario_node_fields[] = {
  ORR_FIELD (OrrNodeSettings, name, NODE, .required = TRUE, .doc = "which node; the key of the map"),
  ORR_FIELD (OrrNodeSettings, region, NAME, .doc = "where it stands"),
  ORR_FIELD (OrrNodeSettings, weight, INT, .initial = "1", .least = 0, .most = 1000000,
             .doc = "its share where a router weighs nodes"),
  ORR_FIELD (OrrNodeSettings, cpu, REAL, .initial = "1", .doc = "speed: 0.5 doubles its service times"),
  ORR_FIELD (OrrNodeSettings, service, DISTRIBUTION,
             .doc = "how long it is busy with one message, timer or request; not given: no time"),
  ORR_FIELD (
      OrrNodeSettings, inbox, COUNT, .least = 1, .most = G_MAXINT32,
      .doc
      = "how many messages from others may wait while it is busy or paused, the one in service included; a "
        "datagram too many is dropped, a stream's message is sent again later; not given: any number"),
  ORR_FIELD (OrrNodeSettings, skew, SKEW,
             .doc = "how far its wall clock is off; not given: as `clocks` says"),
  ORR_FIELD (OrrNodeSettings, drift, DRIFT,
             .doc = "how much too fast its clocks run; not given: as `clocks` says"),
  { 0 },
};

static const OrrChoice retry_choices[] = {
  { "never", "an operation is tried once" },
  { 0 },
};

static const OrrChoice contact_choices[] = {
  { "sticky", "a session asks one server, the sessions in turn" },
  { "random", "any server, drawn for each operation" },
  { "round-robin", "one server after the other" },
  { "first", "the first server" },
  { 0 },
};

const OrrField orr_scenario_client_fields[] = {
  ORR_FIELD (OrrClientSettings, hosts, COUNT, .initial = "1", .least = 1, .most = ORR_HOSTS_MAX,
             .doc = "machines that clients run on: client1, client2, …"),
  ORR_FIELD (
      OrrClientSettings, sessions, COUNT, .least = 1, .most = ORR_SESSIONS_MAX,
      .doc = "sessions on all hosts together, dealt in turn. Default: as many as are named, else one a host"),
  ORR_FIELD (OrrClientSettings, names, LIST, .element = &orr_type_NAME, .element_size = sizeof (const char *),
             .doc = "of the sessions. Default: s1, s2, …"),
  ORR_FIELD (OrrClientSettings, region, NAME, .doc = "where the hosts stand"),
  ORR_FIELD (OrrClientSettings, timeout, DURATION, .initial = "5s", .least = 1, .most = ORR_TIME_MAX,
             .doc = "how long a client waits for an answer; then the outcome is unknown"),
  ORR_FIELD (OrrClientSettings, retry, CHOICE, .choices = retry_choices, .initial = "never",
             .doc = "what a client does when the outcome is unknown"),
  ORR_FIELD (OrrClientSettings, contact, CHOICE, .choices = contact_choices, .initial = "sticky",
             .doc = "which server a session asks, where the model brings no client of its own"),
  { 0 },
};

static const OrrField link_fields[] = {
  ORR_FIELD (OrrLinkSettings, from, NODE, .doc = "the sender; not given: any"),
  ORR_FIELD (OrrLinkSettings, to, NODE, .doc = "the receiver; not given: any"),
  ORR_FIELD (OrrLinkSettings, latency, DISTRIBUTION, .doc = "one way"),
  ORR_FIELD (OrrLinkSettings, loss, SHARE, .doc = "of datagrams; on a stream it is delay"),
  ORR_FIELD (OrrLinkSettings, duplicate, SHARE, .doc = "of datagrams"),
  ORR_FIELD (OrrLinkSettings, corrupt, SHARE, .doc = "of messages that arrive corrupt, and are dropped"),
  ORR_FIELD (OrrLinkSettings, bandwidth, BIT_RATE, .doc = "what it carries"),
  { 0 },
};

static const OrrField region_fields[] = {
  ORR_FIELD (OrrRegionSettings, between, LIST, .element = &orr_type_NAME,
             .element_size = sizeof (const char *), .required = TRUE,
             .doc = "two regions, both ways; the same twice: within it"),
  ORR_FIELD (OrrRegionSettings, latency, DISTRIBUTION, .doc = "one way"),
  ORR_FIELD (OrrRegionSettings, loss, SHARE, .doc = "of datagrams; on a stream it is delay"),
  ORR_FIELD (OrrRegionSettings, corrupt, SHARE, .doc = "of messages that arrive corrupt, and are dropped"),
  ORR_FIELD (OrrRegionSettings, bandwidth, BIT_RATE, .doc = "what a link between them carries"),
  { 0 },
};

const OrrField orr_scenario_network_fields[] = {
  ORR_FIELD (OrrNetworkSettings, latency, DISTRIBUTION, .initial = "500us", .doc = "of a message, one way"),
  ORR_FIELD (OrrNetworkSettings, loss, SHARE, .initial = "0", .doc = "of datagrams; on a stream it is delay"),
  ORR_FIELD (OrrNetworkSettings, duplicate, SHARE, .initial = "0", .doc = "of datagrams that arrive twice"),
  ORR_FIELD (
      OrrNetworkSettings, corrupt, SHARE, .initial = "0",
      .doc = "of messages that arrive corrupt, which their checksums show: they are dropped; on a stream it "
             "is delay"),
  ORR_FIELD (OrrNetworkSettings, reorder, BOOL, .initial = "true",
             .doc = "whether a datagram may overtake another; streams are in order always"),
  ORR_FIELD (OrrNetworkSettings, bandwidth, BIT_RATE, .doc = "of each link; not given: no limit"),
  ORR_FIELD (OrrNetworkSettings, stream_timeout, DURATION, .initial = "60s", .least = 1, .most = ORR_TIME_MAX,
             .doc = "how long a message of a stream is sent again before the stream counts as broken"),
  ORR_FIELD (OrrNetworkSettings, links, LIST, .fields = link_fields, .element_size = sizeof (OrrLinkSettings),
             .doc = "what is different on some links; a later line wins"),
  ORR_FIELD (OrrNetworkSettings, regions, LIST, .fields = region_fields,
             .element_size = sizeof (OrrRegionSettings),
             .doc = "what is different between regions; `links` win"),
  { 0 },
};

const OrrField orr_scenario_clock_fields[] = {
  ORR_FIELD (OrrClockSettings, skew, SKEW, .initial = "0s",
             .doc = "how far wall clocks are off at the start, drawn for each node"),
  ORR_FIELD (OrrClockSettings, drift, SHARE, .initial = "0",
             .doc = "how much too fast or slow clocks run at most; each node draws its own"),
  ORR_FIELD (
      OrrClockSettings, bound, DURATION, .initial = "0s", .least = 0, .most = ORR_TIME_MAX,
      .doc
      = "half the width of the interval in which a node believes true time to lie; it grows with `drift`"),
  { 0 },
};

static const OrrChoice loses_choices[] = {
  { "tail", "the disk writes out in order: the last changes are lost, as many as is drawn" },
  { "nothing", "its cache has a battery" },
  { "all", "it writes out nothing of its own accord" },
  { "any", "all, none, the last, or any of the changes, but that a log ends before its first loss" },
  { 0 },
};

const OrrField orr_scenario_disk_fields[] = {
  ORR_FIELD (OrrDiskSettings, write, DISTRIBUTION, .initial = "0s",
             .doc = "until the operating system has the data"),
  ORR_FIELD (OrrDiskSettings, sync, DISTRIBUTION, .initial = "0s",
             .doc = "from there until it survives a crash of the system"),
  ORR_FIELD (OrrDiskSettings, loses, CHOICE, .choices = loses_choices, .initial = "tail",
             .doc = "what a crash of the system may take of the changes that were written and not synced"),
  ORR_FIELD (OrrDiskSettings, atomic, BOOL, .initial = "true",
             .doc = "whether a cell that was being written is there wholly or as it was before; false: it "
                    "may be torn, and "
                    "then holds nothing"),
  { 0 },
};

static const OrrField key_fields[] = {
  ORR_FIELD (OrrKeySettings, count, COUNT, .least = 1, .most = ORR_KEYS_MAX,
             .doc = "how many: one is called x, several k1, k2, … Default: 1 where load is generated; keys "
                    "that `operations` name are added"),
  ORR_FIELD (OrrKeySettings, choose, KEY_CHOICE, .initial = "uniform",
             .doc = "how generated operations choose among them"),
  { 0 },
};

const OrrField orr_scenario_workload_fields[] = {
  ORR_FIELD (OrrWorkload, arrival, ARRIVAL,
             .doc = "open loop: operations come at this rate, whether or not earlier ones are done; their "
                    "latency counts from there"),
  ORR_FIELD (OrrWorkload, think, DISTRIBUTION,
             .doc = "closed loop: the time between a session's operation and its next"),
  ORR_FIELD (OrrWorkload, operations_max, NUMBER, .initial = "0",
             .doc = "generate no more operations than this; 0: go on until `duration` is over"),
  ORR_FIELD (OrrWorkload, keys, RECORD, .fields = key_fields, .doc = "what operations work on"),
  ORR_FIELD (OrrWorkload, overtime, BOOL, .initial = "true",
             .doc = "whether those of the list that are due or open when `duration` is over are waited for "
                    "before faults end, for as long as `settle` says"),
  { 0 },
};

static const OrrField quiet_fields[] = {
  ORR_FIELD (OrrQuiet, every, DURATION, .least = 1, .most = ORR_TIME_MAX,
             .doc = "the time from one to the next"),
  { .name = "for",
    .type = &orr_type_DURATION,
    .offset = G_STRUCT_OFFSET (OrrQuiet, length),
    .size = sizeof (OrrTime),
    .least = 1,
    .most = ORR_TIME_MAX,
    .doc = "how long each of them is, at the end of that time" },
  { 0 },
};

const OrrField orr_scenario_fault_fields[] = {
  ORR_FIELD (OrrFaultPlan, at, DURATION, .least = 0, .most = ORR_TIME_MAX, .doc = "strikes at this time"),
  ORR_FIELD (OrrFaultPlan, every, DISTRIBUTION,
             .doc = "strikes again and again, so long after the last time"),
  { .name = "for",
    .type = &orr_type_DISTRIBUTION,
    .offset = G_STRUCT_OFFSET (OrrFaultPlan, duration),
    .size = sizeof (OrrDistribution *),
    .doc = "how long it lasts; not given: until the end of the workload" },
  ORR_FIELD (
      OrrFaultPlan, quiet, RECORD, .fields = quiet_fields,
      .doc
      = "with `every`: nothing strikes in these periods, and what is going on ends with their beginning"),
  ORR_FIELD (OrrFaultPlan, intensity, COUNT, .initial = "1", .least = 1, .most = 100,
             .doc = "with `choose`: how many faults are drawn each time"),
  ORR_FIELD (
      OrrFaultPlan, target, TARGET,
      .doc
      = "with `choose`: a node; a role, of which one is drawn; or a fact, for the node that was the last to "
        "say it. A node's name goes before a role's, and that before a fact's, unless it is written "
        "said(FACT). With `when`, also `doer`, who did what the line waits for, and of a message `peer`, the "
        "other "
        "end. Not given: any server"),
  { 0 },
};

const OrrScenarioPart orr_scenario_parts[] = {
  { "", orr_scenario_fields, "what stands at the top" },
  { "model", orr_scenario_model_fields, "the system that runs: its name, or {name: …, bugs: […]}" },
  { "options", NULL, "of the model: see its own page" },
  { "nodes", orr_scenario_node_fields, "a map from the names of nodes to what is different about them" },
  { "clients", orr_scenario_client_fields, "who asks" },
  { "network", orr_scenario_network_fields, "how messages travel" },
  { "clocks", orr_scenario_clock_fields, "how wrong nodes are about the time" },
  { "disk", orr_scenario_disk_fields, "how long disks take, and what they lose" },
  { "workload", orr_scenario_workload_fields,
    "what clients do, with the settings of its `object` beside these" },
  { "workload.mix", orr_scenario_template_fields,
    "a map from steps to their shares, or a list of templates: how many steps of each kind, and" },
  { "workload.operations", orr_scenario_operation_fields, "a list; each has a step, or `steps`, and" },
  { "workload.operations.transfer", orr_scenario_transfer_fields,
    "in a bank, short for a withdrawal and a deposit" },
  { "faults", orr_scenario_fault_fields, "what goes wrong, and when: a list; each names a fault, and says" },
  { "faults.when.sync", orr_scenario_when_sync_fields,
    "strikes when data of that actor (or `any`) has been synced" },
  { "faults.when.send", orr_scenario_when_message_fields, "strikes when a message of that kind is sent" },
  { "faults.when.receive", orr_scenario_when_message_fields, "strikes when a message of that kind arrives" },
  { "faults.when.fact", orr_scenario_when_fact_fields, "strikes when the model says that in public" },
  { "pins", NULL, "single random choices, fixed by hand: a list; each is of one of these kinds" },
  { "pins.message", orr_scenario_pin_message_fields,
    "how long a message of that kind takes, or that it is lost" },
  { "pins.timer", orr_scenario_pin_timer_fields, "when a timer of that kind fires" },
  { "pins.draw", orr_scenario_pin_draw_fields, "what a draw of the model gives" },
  { "pins.disk", orr_scenario_pin_disk_fields, "what survives a crash of that node" },
  { "pins.write", orr_scenario_pin_request_disk_fields,
    "how long a write of that kind takes, be it alone or the first half of a sync" },
  { "pins.sync", orr_scenario_pin_request_disk_fields,
    "how long a sync of that kind takes, behind its write" },
  { "pins.service", orr_scenario_pin_service_fields, "how long that node's processor takes for one thing" },
  { "pins.request", orr_scenario_pin_request_fields,
    "how long that operation takes to its server, where the model brings no client of its own" },
  { "pins.reply", orr_scenario_pin_request_fields, "the same for its answer" },
  { "pins.stream", orr_scenario_pin_stream_fields,
    "how long that takes which a stream sends by itself, from that actor: news of a break, and what it sends "
    "again" },
  { "pins.release", orr_scenario_pin_release_fields,
    "what becomes of what that actor had sent, and what a fault had kept back, when it is let go" },
  { "expect", NULL,
    "what the file claims about its run: a map from properties and figures to what is expected of them" },
  { "fuzz", NULL,
    "what exploration may vary besides the seed: `faults`, a list of kinds, and paths with lists of values" },
  { "sweep", NULL, "a grid of values, a run each: paths with lists of values" },
  { 0 },
};
