/* event-store.c: stores that take events and exchange them.
 *
 * Each store takes events at once and tells the others. No clock on the wall says which of two events came
 * first; each event carries a vector clock instead, which says what its store knew when it happened. So a
 * store can ask for the events since its own clock, hold an event back until its past is there, and tell
 * apart what is later from what is concurrent.
 *
 * This file says what there is to say about the model; store.c is its role. */
#include "event-store.h"

static const OrrChoice deliveries[] = {
  { "causal", "it waits until all events of its past are there" },
  { "immediate", "it is shown as soon as it arrives" },
  { 0 },
};

static const OrrField option_fields[] = {
  ORR_FIELD (Options, stores, COUNT, .initial = "3", .least = 1, .most = STORES_MAX,
             .doc = "how many there are: store1, store2, …"),
  ORR_FIELD (Options, delivery, CHOICE, .choices = deliveries, .initial = "causal",
             .doc = "when an event that arrives is shown"),
  ORR_FIELD (Options, push, BOOL, .initial = "true",
             .doc = "an event is sent to the other stores at once; else they must ask"),
  ORR_FIELD (Options, exchange, DURATION, .initial = "1s", .least = ORR_MILLISECOND, .most = ORR_TIME_MAX,
             .doc = "how often a store asks another one for the events since its own clock"),
  { 0 },
};

static const OrrField event_fields[] = {
  ORR_FIELD (Event, topic, KEY, .doc = "what it is about"),
  ORR_FIELD (Event, event, VALUE, .doc = "what happened"),
  ORR_FIELD (Event, dot, RECORD, .fields = orr_dot_fields, .doc = "at which store, as its how-manieth"),
  ORR_VECTOR_FIELD (Event, clock, .doc = "all events of its past, and the dot"),
  { 0 },
};

static const OrrField ask_fields[] = {
  ORR_FIELD (Ask, state, NUMBER, .doc = "which of the asker's states this is: another one after each change"),
  ORR_VECTOR_FIELD (Ask, since, .doc = "what it has"),
  ORR_FIELD (Ask, back, BOOL, .doc = "it was asked itself just now"),
  { 0 },
};

static const OrrField answered_fields[] = {
  ORR_FIELD (Answered, state, NUMBER, .doc = "which of the asker's states it was, as the question says"),
  ORR_FIELD (Answered, same, BOOL, .doc = "neither of the two had anything that the other had not"),
  { 0 },
};

static const OrrRecord messages[] = {
  [MESSAGE_EVENT] = ORR_RECORD ("event", Event, event_fields, .doc = "something that happened"),
  [MESSAGE_ASK] = ORR_RECORD ("ask", Ask, ask_fields, .flags = ORR_BACKGROUND,
                              .doc = "which events are there since this clock?"),
  [MESSAGE_ANSWERED]
  = ORR_RECORD ("answered", Answered, answered_fields, .flags = ORR_BACKGROUND, .doc = "those were all"),
  { 0 },
};

static const OrrRecord timers[] = {
  [TIMER_EXCHANGE] = { .name = "exchange", .doc = "somebody may lack something: a store asks another one" },
  [TIMER_EXCHANGE_IDLE] = { .name = "exchange-idle",
                            .flags = ORR_BACKGROUND,
                            .doc = "nobody lacks anything, as far as is known: a store asks all the same" },
  { 0 },
};

static const OrrRecord syncs[] = {
  [SYNC_APPEND] = { .name = "append", .doc = "events are on disk before anybody hears of them" },
  [SYNC_RECOVERY] = { .name = "recovery", .doc = "a process that crashed makes durable what it found" },
  { 0 },
};

static const OrrRecord logs[] = {
  [LOG_EVENTS]
  = ORR_RECORD ("events", Event, event_fields, .doc = "all that the store knows, in the order of delivery"),
  { 0 },
};

static const OrrRecord facts[] = {
  [FACT_DELIVERED] = ORR_FACT_DELIVERED,
  [FACT_VALUE] = ORR_FACT_VALUE,
  { 0 },
};

static const OrrBug bugs[] = {
  [BUG_CONCURRENT_WITHHELD]
  = { "concurrent-withheld", "convergence",
      "An event counts as new to a store only if its clock is ahead of the store's. One that is concurrent "
      "to "
      "what the store has is ahead in one count and behind in another, and is never sent. Needs two stores "
      "that take events at the same time, and a push that is lost or switched off.",
      "sample code of an event store: compare () answers that the other clock is ahead, for concurrent "
      "clocks "
      "both ways" },
  { 0 },
};

static void
layout (gconstpointer data, OrrLayout *layout)
{
  const Options *options = data;
  for (guint i = 1; i <= options->stores; i++)
    orr_layout_add (layout, 0, "store%u", i);
}

/* An event is on disk before it is acknowledged, and asked for until it is everywhere. */
static void
claims (gconstpointer data, guint64 switched_on, OrrClaims *claims)
{
  const Options *options = data;
  static const char *const borne[]
      = { "stop",       "crash-process", "crash-os",  "pause",    "partition", "link",
          "slow",       "clock",         "disk",      "flap",     "corrupt",   "clog",
          "hold",       "priorities",    "collapse",  "swizzle",  "inbox",     "clock-drift",
          "clock-stop", "clock-lie",     "disk-slow", "disk-full" };
  for (guint i = 0; i < G_N_ELEMENTS (borne); i++)
    orr_claim_bears (claims, borne[i]);
  orr_claim (claims, "durability");
  if (options->delivery == DELIVERY_CAUSAL)
    orr_claim (claims, "causal-delivery");
  if (!(switched_on >> BUG_CONCURRENT_WITHHELD & 1))
    orr_claim (claims, "convergence");
}

static const OrrRole *const roles[] = { &store_role, NULL };
static const char *const objects[] = { "set", NULL };
static const char *const draws[] = { "peer", NULL };

const OrrModel orr_model_event_store = {
  .abi = ORR_MODEL_ABI,
  .entry = {
    .name = "event-store",
    .summary = "Stores that take events and exchange them, in causal order by vector clocks",
    .doc = "Several stores take events, a set of them for each topic, and exchange what they have. Vector "
           "clocks say which events a store lacks, which must be shown before which, and which are "
           "concurrent.",
    .size = sizeof (Options),
    .fields = option_fields,
  },
  .messages = messages,
  .timers = timers,
  .syncs = syncs,
  .logs = logs,
  .facts = facts,
  .roles = roles,
  .bugs = bugs,
  .objects = objects,
  .draws = draws,
  .layout = layout,
  .claims = claims,
};
