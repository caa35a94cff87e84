/* cone.c: finds what led to a violation, and weighs it.
 *
 * Each event gets a weight by what makes it worth telling. Then those that say nothing are dropped (data that
 * was written and led to nothing), repetitions are folded, and of the rest the weightiest are told. */
#include "report/cone.h"

#include <string.h>

#include "report/trace-words.h"

/* What makes an event worth telling; the lower, the more. */
typedef enum
{
  WEIGHT_NONE,
  WEIGHT_WITNESS, /* the witness asks, is told, says it */
  WEIGHT_FAULT,   /* what struck, whom, and what it cost */
  WEIGHT_KEY,     /* a node came to hold what the witness speaks of */
  WEIGHT_CAUSE,   /* led to the above */
  WEIGHT_EFFECT,  /* came of what the witness asked */
  WEIGHT_OTHER,   /* same keys, other values */
  N_WEIGHTS
} Weight;

/* What an event amounts to besides its weight. */
enum
{
  HAS_FACT = 1 << 0,
  HAS_MESSAGE = 1 << 1,
  HAS_EFFECT = 1 << 2, /* an event of the cone that it caused */
  IS_SOURCE = 1 << 3,  /* what follows from it is of the cone */
};

/* A message was delayed when it took so many times as long as others do. */
#define DELAYED_TIMES 3

typedef struct
{
  OrrCone *cone;
  const OrrTrace *trace;
  const OrrHistory *history;
  const OrrVerdict *verdict;
  guint64 n;
  guint8 *weights, *flags; /* one an event */
  guint32 *sent;           /* what was sent in an event, hashed */
  guint8 *idle;            /* one a message: it led to nothing */
  GArray *versions;        /* Held: what the witness wrote and read */
} Search;

typedef struct
{
  OrrKey key;
  OrrValue value;
  guint64 version; /* 0: not known */
} Held;

static void
mark (Search *search, guint64 row, Weight weight)
{
  if (row < search->n && (search->weights[row] == WEIGHT_NONE || search->weights[row] > weight))
    search->weights[row] = (guint8) weight;
}

/* --- The witness --- */

guint64
orr_cone_end_of (const OrrTrace *trace, guint32 operation)
{
  const OrrTraceOperation *row = orr_trace_operation (trace, operation);
  for (guint64 i = row->event; i < trace->events->len; i++)
    {
      const OrrTraceEvent *event = orr_trace_event (trace, i);
      if ((event->kind == ORR_EVENT_COMPLETE || event->kind == ORR_EVENT_TIMEOUT)
          && event->source == row->session)
        return i;
    }
  return G_MAXUINT64;
}

static void
add_key (Search *search, OrrKey key)
{
  GArray *keys = search->cone->keys;
  for (guint i = 0; i < keys->len; i++)
    if (g_array_index (keys, OrrKey, i) == key)
      return;
  if (key != ORR_NIL)
    g_array_append_val (keys, key);
}

/* What a witness' steps wrote and read. Returns whether any of them read. */
static gboolean
add_steps (Search *search, const OrrTraceOperation *row)
{
  gboolean reads = FALSE;
  for (guint i = 0; i < row->n_steps; i++)
    {
      const OrrStep *step = &row->steps[i];
      gboolean read = orr_step_infos[step->kind].reads;
      Held held = { step->key, read && row->values ? row->values[i] : step->value,
                    row->versions ? row->versions[i] : 0 };
      add_key (search, step->key);
      g_array_append_val (search->versions, held);
      reads |= read;
    }
  return reads;
}

static const OrrField *
find_field (const OrrField *fields, const OrrType *type)
{
  for (; fields && fields->name; fields++)
    if (fields->type == type)
      return fields;
  return NULL;
}

static guint64
read_field (const OrrField *field, gconstpointer body)
{
  guint64 value;
  memcpy (&value, (const char *) body + field->offset, sizeof value);
  return value;
}

static void
mark_witness_facts (Search *search)
{
  for (guint i = 0; i < search->verdict->n_facts; i++)
    {
      const OrrTraceFact *fact = orr_trace_fact (search->trace, search->verdict->facts[i]);
      const OrrRecord *record = &search->trace->scenario->model->facts[fact->fact];
      const OrrField *key = find_field (record->fields, &orr_type_KEY);
      mark (search, fact->event, WEIGHT_WITNESS);
      if (key)
        add_key (search, read_field (key, fact->body));
      search->cone->until = MAX (search->cone->until, fact->time);
    }
}

/* Where the witness read nothing and said nothing, the property is judged by what nodes held in the end. */
static void
mark_witness (Search *search)
{
  gboolean reads = search->verdict->n_facts > 0;
  search->cone->until = ORR_TIME_NEVER;
  if (search->verdict->n_witness + search->verdict->n_facts > 0)
    search->cone->until = 0;
  for (guint i = 0; i < search->verdict->n_witness; i++)
    {
      guint32 operation
          = g_array_index (search->history->operations, OrrHistoryOperation, search->verdict->witness[i])
                .index;
      const OrrTraceOperation *row = orr_trace_operation (search->trace, operation);
      guint64 end = orr_cone_end_of (search->trace, operation);
      reads |= add_steps (search, row);
      mark (search, row->event, WEIGHT_WITNESS);
      mark (search, end, WEIGHT_WITNESS);
      OrrTime last = end < search->n ? orr_trace_event (search->trace, end)->time : row->invoked;
      search->cone->until = MAX (search->cone->until, last);
    }
  mark_witness_facts (search);
  if (!reads)
    search->cone->until = search->trace->ended_at;
}

/* --- Keys --- */

/* How a fact that names a key stands to the witness. */
static Weight
weigh_fact (const Search *search, const OrrTraceFact *fact)
{
  const OrrField *fields = search->trace->scenario->model->facts[fact->fact].fields;
  const OrrField *key_field = find_field (fields, &orr_type_KEY),
                 *value = find_field (fields, &orr_type_VALUE);
  gboolean versioned = fields == orr_fact_version_fields || fields == orr_fact_applied_fields;
  const GArray *keys = search->cone->keys;
  if (!key_field)
    return WEIGHT_NONE;
  OrrKey key = read_field (key_field, fact->body);
  for (guint i = 0; i < search->versions->len; i++)
    {
      const Held *held = &g_array_index (search->versions, Held, i);
      if (held->key == key
          && ((value && read_field (value, fact->body) == held->value && held->value != ORR_NIL)
              || (versioned && held->version != 0
                  && held->version == ((const OrrFactApplied *) fact->body)->version)))
        return WEIGHT_KEY;
    }
  for (guint i = 0; i < keys->len; i++)
    if (g_array_index (keys, OrrKey, i) == key)
      return WEIGHT_OTHER;
  return WEIGHT_NONE;
}

/* Also what came too late: that a node held it only then. */
static void
mark_keys (Search *search)
{
  for (guint i = 0; i < search->trace->facts->len; i++)
    {
      const OrrTraceFact *fact = orr_trace_fact (search->trace, i);
      Weight weight = fact->final ? WEIGHT_NONE : weigh_fact (search, fact);
      if (weight == WEIGHT_NONE || (weight == WEIGHT_OTHER && fact->time > search->cone->until))
        continue;
      mark (search, fact->event, weight);
    }
}

/* --- Causes and effects --- */

/* Back to what began it: a client's question, a start of a node, a fault. What went on from there is of the
 * cone too. */
static void
mark_causes (Search *search, guint64 row)
{
  guint64 begin = row;
  while (row < search->n)
    {
      const OrrTraceEvent *event = orr_trace_event (search->trace, row);
      mark (search, row, WEIGHT_CAUSE);
      if (event->kind != ORR_EVENT_START && event->kind != ORR_EVENT_HEAL)
        begin = row;
      if (event->kind == ORR_EVENT_INVOKE || (search->flags[row] & IS_SOURCE))
        break;
      row = event->cause < row ? event->cause : G_MAXUINT64;
    }
  search->flags[begin] |= IS_SOURCE;
}

static void
mark_all_causes (Search *search)
{
  for (guint64 i = search->n; i-- > 0;)
    if (search->weights[i] == WEIGHT_WITNESS || search->weights[i] == WEIGHT_KEY)
      mark_causes (search, i);
}

/* What a session asks next is its own affair. */
static void
mark_effects (Search *search)
{
  for (guint64 i = 0; i < search->n; i++)
    {
      const OrrTraceEvent *event = orr_trace_event (search->trace, i);
      if (event->cause >= search->n || event->kind == ORR_EVENT_INVOKE || event->time > search->cone->until
          || !(search->flags[event->cause] & IS_SOURCE))
        continue;
      search->flags[i] |= IS_SOURCE;
      mark (search, i, WEIGHT_EFFECT);
    }
}

/* --- Faults --- */

static void
mark_faults (Search *search)
{
  for (guint64 i = 0; i < search->n; i++)
    {
      const OrrTraceEvent *event = orr_trace_event (search->trace, i);
      if (event->time > search->cone->until)
        break;
      gboolean is_fault = event->kind == ORR_EVENT_FAULT || event->kind == ORR_EVENT_HEAL;
      gboolean told = is_fault && event->type < search->trace->faults->len
                      && orr_trace_fault (search->trace, event->type)->effects > 0;
      gboolean goes
          = event->kind == ORR_EVENT_STOP || (event->kind == ORR_EVENT_START && event->cause < search->n);
      if (told || goes || event->kind == ORR_EVENT_ACTION)
        mark (search, i, WEIGHT_FAULT);
    }
}

/* --- What is not worth a line --- */

static gboolean
is_quiet (const Search *search, guint64 row)
{
  const OrrTraceEvent *event = orr_trace_event (search->trace, row);
  guint8 flags = search->flags[row];
  switch ((OrrEventKind) event->kind)
    {
    case ORR_EVENT_START:
      return event->cause >= search->n;
    case ORR_EVENT_WRITTEN:
    case ORR_EVENT_SYNCED:
    case ORR_EVENT_TIMER:
    case ORR_EVENT_LINK_UP:
    case ORR_EVENT_LINK_DOWN:
      return !(flags & (HAS_FACT | HAS_MESSAGE));
    case ORR_EVENT_MESSAGE:
      return !(flags & (HAS_FACT | HAS_MESSAGE | HAS_EFFECT));
    default:
      return FALSE;
    }
}

/* A message that arrived and led to nothing, as most acknowledgements, is not told. */
static void
note_message (Search *search, guint64 row, guint64 delivery)
{
  const OrrTraceMessage *message = orr_trace_message (search->trace, row);
  guint32 *sent = &search->sent[message->sent_by];
  if (message->fate == ORR_FATE_DELIVERED && delivery < search->n && is_quiet (search, delivery))
    {
      search->idle[row] = TRUE;
      return;
    }
  search->flags[message->sent_by] |= HAS_MESSAGE;
  *sent = (*sent * 31 + message->type * 1009u) + message->to * 17u + message->fate + 1;
}

/* From the last event to the first: whether one led to anything is known when all behind it are. */
static void
note_contents (Search *search)
{
  const OrrTrace *trace = search->trace;
  guint64 next = trace->messages->len;
  g_autofree guint64 *deliveries = g_new (guint64, next + 1);
  memset (deliveries, 0xff, (next + 1) * sizeof *deliveries);
  for (guint i = 0; i < trace->facts->len; i++)
    if (orr_trace_fact (trace, i)->event < search->n)
      search->flags[orr_trace_fact (trace, i)->event] |= HAS_FACT;
  for (guint64 i = 0; i < search->n; i++)
    if (orr_trace_event (trace, i)->message < next)
      deliveries[orr_trace_event (trace, i)->message] = i;
  for (guint64 i = search->n; i-- > 0;)
    {
      const OrrTraceEvent *event = orr_trace_event (trace, i);
      for (; next > 0 && orr_trace_message (trace, next - 1)->sent_by >= i; next--)
        if (orr_trace_message (trace, next - 1)->sent_by == i)
          note_message (search, next - 1, deliveries[next - 1]);
      gboolean tells = (search->flags[i] & HAS_EFFECT) || !is_quiet (search, i);
      if (search->weights[i] != WEIGHT_NONE && event->cause < search->n && tells)
        search->flags[event->cause] |= HAS_EFFECT;
    }
}

/* --- Steps --- */

/* The same thing again: at one node, with nothing said, and the same sent to the same with the same fate. */
static gboolean
is_again (const Search *search, guint64 before, guint64 row)
{
  const OrrTraceEvent *a = orr_trace_event (search->trace, before), *b = orr_trace_event (search->trace, row);
  return a->kind == b->kind && a->type == b->type && a->source == b->source
         && (a->kind == ORR_EVENT_TIMER || a->kind == ORR_EVENT_MESSAGE)
         && search->sent[before] == search->sent[row] && !(search->flags[row] & HAS_FACT);
}

static OrrConeStep
step_of (const Search *search, guint64 row)
{
  const OrrTraceEvent *event = orr_trace_event (search->trace, row);
  gboolean is_fault = event->kind == ORR_EVENT_FAULT || event->kind == ORR_EVENT_HEAL;
  gboolean is_client = event->kind == ORR_EVENT_INVOKE || event->kind == ORR_EVENT_COMPLETE
                       || event->kind == ORR_EVENT_TIMEOUT || event->kind == ORR_EVENT_CANCEL;
  return (OrrConeStep){ .event = row,
                        .time = event->time,
                        .last = event->time,
                        .node = is_fault ? ORR_NOBODY : event->target,
                        .operation = is_client ? orr_trace_event_operation (search->trace, row) : G_MAXUINT32,
                        .is_witness = search->weights[row] == WEIGHT_WITNESS };
}

/* Rows of the cone that say something, each with what was folded into it. */
static GArray *
list_steps (Search *search)
{
  GArray *steps = g_array_new (FALSE, FALSE, sizeof (OrrConeStep));
  g_autofree guint *last = g_new (guint, search->trace->n_actors + 1); /* of each actor, from 1; 0: none */
  memset (last, 0, (search->trace->n_actors + 1) * sizeof *last);
  for (guint64 i = 0; i < search->n; i++)
    {
      const OrrTraceEvent *event = orr_trace_event (search->trace, i);
      if (search->weights[i] == WEIGHT_NONE || is_quiet (search, i))
        continue;
      guint *before = event->target < search->trace->n_actors ? &last[event->target] : NULL;
      OrrConeStep *same = before && *before > 0 ? &g_array_index (steps, OrrConeStep, *before - 1) : NULL;
      if (same && is_again (search, same->event, i))
        {
          same->folded++;
          same->last = event->time;
          continue;
        }
      OrrConeStep step = step_of (search, i);
      g_array_append_val (steps, step);
      if (before)
        *before = steps->len;
    }
  return steps;
}

/* Which weight is told in part, and how many steps of it: all that weigh more are told. */
static Weight
find_limit (const Search *search, const GArray *steps, guint room, guint *ret_of_it)
{
  guint counts[N_WEIGHTS] = { 0 };
  for (guint i = 0; i < steps->len; i++)
    counts[search->weights[g_array_index (steps, OrrConeStep, i).event]]++;
  Weight weight = WEIGHT_WITNESS;
  for (; weight < N_WEIGHTS && counts[weight] <= room; weight++)
    room -= counts[weight];
  *ret_of_it = room;
  return weight;
}

/* Of causes and faults the last ones are nearest to the violation; of effects the first. */
static void
choose_steps (Search *search, GArray *steps, guint steps_max)
{
  guint room, seen = 0, total = 0, left_out = 0;
  Weight limit = find_limit (search, steps, MAX (steps_max, 1), &room);
  for (guint i = 0; i < steps->len; i++)
    total += search->weights[g_array_index (steps, OrrConeStep, i).event] == limit;
  for (guint i = 0; i < steps->len; i++)
    {
      OrrConeStep step = g_array_index (steps, OrrConeStep, i);
      Weight weight = search->weights[step.event];
      gboolean last_ones = limit == WEIGHT_FAULT || limit == WEIGHT_CAUSE;
      gboolean told = weight < limit || (weight == limit && (last_ones ? seen + room >= total : seen < room));
      seen += weight == limit;
      step.left_out = left_out;
      left_out = told ? 0 : left_out + 1;
      search->cone->left_out += !told;
      if (told)
        g_array_append_val (search->cone->steps, step);
    }
}

/* --- What was said and sent in each step --- */

static gint
compare_steps (gconstpointer a, gconstpointer b)
{
  const OrrConeStep *left = a, *right = b;
  if (left->time != right->time)
    return left->time < right->time ? -1 : 1;
  if (left->event != right->event)
    return left->event < right->event ? -1 : 1;
  return left->is_request - right->is_request;
}

/* The step of a node at an event. Where the node is not the event's own, a plain client asked it. */
static OrrConeStep *
find_step (Search *search, GHashTable *index, GArray *requests, guint64 row, OrrAddress node, OrrTime time)
{
  gpointer place;
  if (row >= search->n || !g_hash_table_lookup_extended (index, &row, NULL, &place))
    return NULL;
  OrrConeStep *step = &g_array_index (search->cone->steps, OrrConeStep, GPOINTER_TO_UINT (place));
  if (step->node == node || orr_trace_event (search->trace, row)->kind != ORR_EVENT_INVOKE)
    return step;
  for (guint i = 0; i < requests->len; i++)
    if (g_array_index (requests, OrrConeStep, i).event == row)
      return &g_array_index (requests, OrrConeStep, i);
  OrrConeStep request = {
    .event = row, .time = time, .last = time, .node = node, .operation = step->operation, .is_request = TRUE
  };
  request.facts = g_array_new (FALSE, FALSE, sizeof (guint64));
  request.messages = g_array_new (FALSE, FALSE, sizeof (guint64));
  g_array_append_val (requests, request);
  return &g_array_index (requests, OrrConeStep, requests->len - 1);
}

static void
fill_steps (Search *search)
{
  GArray *steps = search->cone->steps;
  g_autoptr (GHashTable) index = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (GArray) requests = g_array_new (FALSE, FALSE, sizeof (OrrConeStep));
  for (guint i = 0; i < steps->len; i++)
    {
      OrrConeStep *step = &g_array_index (steps, OrrConeStep, i);
      step->facts = g_array_new (FALSE, FALSE, sizeof (guint64));
      step->messages = g_array_new (FALSE, FALSE, sizeof (guint64));
      g_hash_table_insert (index, &step->event, GUINT_TO_POINTER (i));
    }
  for (guint64 i = 0; i < search->trace->facts->len; i++)
    {
      const OrrTraceFact *fact = orr_trace_fact (search->trace, i);
      OrrConeStep *step = find_step (search, index, requests, fact->event, fact->node, fact->time);
      if (step)
        g_array_append_val (step->facts, i);
    }
  for (guint64 i = 0; i < search->trace->messages->len; i++)
    {
      const OrrTraceMessage *message = orr_trace_message (search->trace, i);
      if (search->idle[i])
        continue;
      OrrConeStep *step
          = find_step (search, index, requests, message->sent_by, message->from, message->sent_at);
      if (step)
        g_array_append_val (step->messages, i);
    }
  g_array_append_vals (steps, requests->data, requests->len);
  g_array_sort (steps, compare_steps);
}

/* --- Delays --- */

static gint
compare_times (gconstpointer a, gconstpointer b)
{
  OrrTime left = *(const OrrTime *) a, right = *(const OrrTime *) b;
  return left < right ? -1 : left > right;
}

static OrrTime
lower_median (GArray *times)
{
  g_array_sort (times, compare_times);
  return times->len > 0 ? g_array_index (times, OrrTime, (times->len - 1) / 2) : ORR_TIME_NEVER;
}

/* Of a type with few messages that of all messages is taken. */
static void
find_usual (OrrCone *cone)
{
  guint n = 0;
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (OrrTime));
  g_autoptr (GPtrArray) types = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  for (const OrrRecord *record = cone->trace->scenario->model->messages; record && record[n].name; n++)
    g_ptr_array_add (types, g_array_new (FALSE, FALSE, sizeof (OrrTime)));
  for (guint64 i = 0; i < cone->trace->messages->len; i++)
    {
      const OrrTraceMessage *message = orr_trace_message (cone->trace, i);
      OrrTime latency = message->arrived_at - message->sent_at;
      if (message->fate != ORR_FATE_DELIVERED || message->type >= n)
        continue;
      g_array_append_val (all, latency);
      g_array_append_val ((GArray *) g_ptr_array_index (types, message->type), latency);
    }
  OrrTime usual = lower_median (all);
  for (guint i = 0; i < n; i++)
    {
      GArray *times = g_ptr_array_index (types, i);
      OrrTime of_type = times->len >= 3 ? lower_median (times) : usual;
      g_array_append_val (cone->usual, of_type);
    }
}

gboolean
orr_cone_is_delayed (const OrrCone *cone, guint64 row)
{
  const OrrTraceMessage *message = orr_trace_message (cone->trace, row);
  if (message->fate != ORR_FATE_DELIVERED || message->type >= cone->usual->len)
    return FALSE;
  OrrTime usual = g_array_index (cone->usual, OrrTime, message->type);
  return (message->arrived_at - message->sent_at) / DELAYED_TIMES > usual;
}

/* --- The whole --- */

static void
clear_step (gpointer data)
{
  OrrConeStep *step = data;
  g_clear_pointer (&step->facts, g_array_unref);
  g_clear_pointer (&step->messages, g_array_unref);
}

OrrCone *
orr_cone_new (const OrrTrace *trace, const OrrHistory *history, const OrrVerdict *verdict, guint steps_max)
{
  guint64 n = trace->events->len;
  OrrCone *cone = g_new0 (OrrCone, 1);
  cone->trace = trace;
  cone->steps = g_array_new (FALSE, TRUE, sizeof (OrrConeStep));
  cone->keys = g_array_new (FALSE, FALSE, sizeof (OrrKey));
  cone->usual = g_array_new (FALSE, FALSE, sizeof (OrrTime));
  g_array_set_clear_func (cone->steps, clear_step);
  find_usual (cone);

  g_autofree guint8 *weights = g_malloc0 (n + 1), *flags = g_malloc0 (n + 1);
  g_autofree guint8 *idle = g_malloc0 (trace->messages->len + 1);
  g_autofree guint32 *sent = g_new0 (guint32, n + 1);
  g_autoptr (GArray) versions = g_array_new (FALSE, FALSE, sizeof (Held));
  Search search = { cone, trace, history, verdict, n, weights, flags, sent, idle, versions };
  mark_witness (&search);
  mark_keys (&search);
  mark_all_causes (&search);
  mark_effects (&search);
  mark_faults (&search);
  note_contents (&search);
  g_autoptr (GArray) steps = list_steps (&search);
  choose_steps (&search, steps, steps_max);
  fill_steps (&search);
  return cone;
}

void
orr_cone_free (OrrCone *cone)
{
  if (!cone)
    return;
  g_array_unref (cone->steps);
  g_array_unref (cone->keys);
  g_array_unref (cone->usual);
  g_free (cone);
}
