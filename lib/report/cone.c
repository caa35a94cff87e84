/* cone.c: finds what led to a violation, and weighs it.
 *
 * Each event gets a weight by what makes it worth telling. Then those that say nothing are dropped (data that
 * was written and led to nothing), repetitions are folded, and of the rest the weightiest are told. */
#include "report/cone.h"

#include <string.h>

#include "check/check-private.h"
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

/* What is said of the witness' keys and other values is followed back where it is said so many times at most.
 */
#define OTHERS_FEW 12

typedef struct
{
  OrrCone *cone;
  const OrrTrace *trace;
  const OrrHistory *history;
  const OrrVerdict *verdict;
  guint64 n;
  guint8 *weights, *flags; /* one an event */
  guint32 *sent;           /* what was sent in an event, hashed */
  GArray *busy;            /* gboolean: do messages of that type lead to anything in this run? */
  GArray *versions;        /* Held: what the witness wrote and read */
  OrrTime since;           /* when the witness first asked for something; 0: it is what nodes said */
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

/* Nobody is the witness of nodes that do not agree in the end: it is what they hold. */
static void
add_difference (Search *search)
{
  OrrDifference differ;
  if (search->verdict->n_witness + search->verdict->n_facts > 0)
    return;
  g_autoptr (OrrFinals) finals = orr_finals_new (search->history);
  if (orr_finals_differ (finals, &differ) == 0)
    return;
  add_key (search, differ.key);
  for (guint32 node = 0; node < search->history->n_nodes; node++)
    {
      Held held = { differ.key, orr_finals_value (finals, node, differ.key),
                    orr_finals_version (finals, node, differ.key) };
      g_array_append_val (search->versions, held);
    }
}

/* Where the witness wrote, and read nothing and said nothing, the property is judged by what nodes held in
 * the end. */
static void
mark_witness (Search *search)
{
  gboolean in_the_end = search->verdict->n_facts == 0;
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
      in_the_end &= !add_steps (search, row) && row->outcome == ORR_OK;
      search->since = MIN (search->since, row->invoked);
      mark (search, row->event, WEIGHT_WITNESS);
      mark (search, end, WEIGHT_WITNESS);
      OrrTime last = end < search->n ? orr_trace_event (search->trace, end)->time : row->invoked;
      search->cone->until = MAX (search->cone->until, last);
    }
  mark_witness_facts (search);
  add_difference (search);
  if (search->verdict->n_witness == 0)
    search->since = 0;
  if (in_the_end)
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

/* Is it worth telling where its event is told? What is said of other keys is not. */
static gboolean
is_told (const Search *search, const OrrTraceFact *fact)
{
  const OrrField *key = find_field (search->trace->scenario->model->facts[fact->fact].fields, &orr_type_KEY);
  return !key || search->cone->keys->len == 0 || weigh_fact (search, fact) != WEIGHT_NONE;
}

/* Also what came too late: that a node held it only then. */
static void
mark_keys (Search *search)
{
  for (guint i = 0; i < search->trace->facts->len; i++)
    {
      const OrrTraceFact *fact = orr_trace_fact (search->trace, i);
      Weight weight = fact->final ? WEIGHT_NONE : weigh_fact (search, fact);
      gboolean near = fact->time >= search->since && fact->time <= search->cone->until;
      if (weight == WEIGHT_NONE || (weight == WEIGHT_OTHER && !near))
        continue;
      mark (search, fact->event, weight);
    }
}

/* --- Causes and effects --- */

/* A timer that goes off again and again: it woke the node, and is no cause beyond that. */
static gboolean
is_periodic (const Search *search, const OrrTraceEvent *event)
{
  if (event->kind != ORR_EVENT_TIMER || event->cause >= search->n)
    return FALSE;
  const OrrTraceEvent *cause = orr_trace_event (search->trace, event->cause);
  return cause->kind == ORR_EVENT_TIMER && cause->type == event->type && cause->target == event->target;
}

/* Back to what began it: a client's question, a start of a node, a fault. What went on from there is of the
 * cone too. */
static void
mark_causes (Search *search, guint64 row)
{
  guint64 begin = row;
  Weight weight = WEIGHT_CAUSE;
  while (row < search->n)
    {
      const OrrTraceEvent *event = orr_trace_event (search->trace, row);
      if (weight == WEIGHT_OTHER && event->time < search->since)
        break;
      mark (search, row, weight);
      if (weight == WEIGHT_CAUSE && event->kind != ORR_EVENT_START && event->kind != ORR_EVENT_HEAL)
        begin = row;
      if (event->kind == ORR_EVENT_INVOKE || (search->flags[row] & IS_SOURCE))
        break;
      if (is_periodic (search, event))
        weight = WEIGHT_OTHER;
      row = event->cause < row ? event->cause : G_MAXUINT64;
    }
  search->flags[begin] |= IS_SOURCE;
}

/* Where little is said of the keys all of it is followed back, also what is said of other values. */
static void
mark_all_causes (Search *search)
{
  guint64 n_others = 0;
  for (guint64 i = 0; i < search->n; i++)
    n_others += search->weights[i] == WEIGHT_OTHER;
  Weight most = n_others <= OTHERS_FEW ? WEIGHT_OTHER : WEIGHT_KEY;
  g_autofree guint8 *weights = g_memdup2 (search->weights, search->n + 1);
  for (guint64 i = search->n; i-- > 0;)
    if (weights[i] != WEIGHT_NONE && weights[i] <= most)
      mark_causes (search, i);
}

/* A timer that a node sets whenever it starts. */
static gboolean
is_background (const Search *search, const OrrTraceEvent *event)
{
  return event->kind == ORR_EVENT_TIMER
         && orr_trace_event (search->trace, event->cause)->kind == ORR_EVENT_START;
}

/* What a session asks next is its own affair. What a node does as it comes back is of the cone. */
static void
mark_effects (Search *search)
{
  for (guint64 i = 0; i < search->n; i++)
    {
      const OrrTraceEvent *event = orr_trace_event (search->trace, i);
      if (event->kind == ORR_EVENT_START && event->cause < search->n && event->time <= search->cone->until)
        search->flags[i] |= IS_SOURCE;
      if (event->cause >= search->n || event->kind == ORR_EVENT_INVOKE || event->time > search->cone->until
          || !(search->flags[event->cause] & IS_SOURCE) || is_background (search, event))
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

static void
note_type (Search *search, guint64 row)
{
  if (row >= search->n || orr_trace_event (search->trace, row)->kind != ORR_EVENT_MESSAGE)
    return;
  guint16 type = orr_trace_event (search->trace, row)->type;
  if (type < search->busy->len)
    g_array_index (search->busy, gboolean, type) = TRUE;
}

/* Does such a message bring a value, which its receiver may come to hold without a word? */
static gboolean
brings_value (const OrrField *fields)
{
  for (const OrrField *field = fields; field && field->name; field++)
    if (field->type == &orr_type_VALUE || field->element == &orr_type_VALUE || brings_value (field->fields))
      return TRUE;
  return FALSE;
}

static gboolean
is_idle (const Search *search, const OrrTraceMessage *message)
{
  return message->fate == ORR_FATE_DELIVERED && message->type < search->busy->len
         && !g_array_index (search->busy, gboolean, message->type);
}

/* Which types of messages lead to anything in this run: to words, other messages, later events. Those that
 * never do, as most acknowledgements, are not told. One that does sometimes may have had a part in it, as the
 * first of two votes. */
static void
find_idle_types (Search *search)
{
  const OrrTrace *trace = search->trace;
  for (guint i = 0; i < search->busy->len; i++)
    g_array_index (search->busy, gboolean, i) = brings_value (trace->scenario->model->messages[i].fields);
  for (guint64 i = 0; i < trace->facts->len; i++)
    note_type (search, orr_trace_fact (trace, i)->event);
  for (guint64 i = 0; i < trace->messages->len; i++)
    note_type (search, orr_trace_message (trace, i)->sent_by);
  for (guint64 i = 0; i < search->n; i++)
    note_type (search, orr_trace_event (trace, i)->cause);
}

static const char *
body_of (const OrrTrace *trace, guint64 body)
{
  return body < trace->bodies->len ? trace->bodies->str + body : "";
}

/* What a message or a timer said that led to an event. */
static const char *
heard (const OrrTrace *trace, const OrrTraceEvent *event)
{
  return body_of (trace, event->message < trace->messages->len
                             ? orr_trace_message (trace, event->message)->body
                             : event->body);
}

static void
note_contents (Search *search)
{
  const OrrTrace *trace = search->trace;
  find_idle_types (search);
  for (guint i = 0; i < trace->facts->len; i++)
    if (orr_trace_fact (trace, i)->event < search->n && is_told (search, orr_trace_fact (trace, i)))
      search->flags[orr_trace_fact (trace, i)->event] |= HAS_FACT;
  for (guint64 i = 0; i < trace->messages->len; i++)
    {
      const OrrTraceMessage *message = orr_trace_message (trace, i);
      if (message->sent_by >= search->n || is_idle (search, message))
        continue;
      guint32 *sent = &search->sent[message->sent_by];
      search->flags[message->sent_by] |= HAS_MESSAGE;
      *sent = (*sent * 31 + message->type * 1009u) + message->to * 17u + message->fate + 1;
      *sent = *sent * 31 + g_str_hash (body_of (trace, message->body));
    }
  for (guint64 i = 0; i < search->n; i++)
    {
      const OrrTraceEvent *event = orr_trace_event (trace, i);
      if (search->weights[i] != WEIGHT_NONE && event->cause < search->n)
        search->flags[event->cause] |= HAS_EFFECT;
    }
}

/* --- Steps --- */

/* So many steps of a node without words are looked back for one that comes again. */
#define RECENT 4

/* The last of what a node did since it last said something. */
typedef struct
{
  guint steps[RECENT]; /* in the list of steps, from 1; 0: none */
  guint next;
} Recent;

/* The same was heard, and the same sent to the same with the same fate. */
static gboolean
is_again (const Search *search, guint64 before, guint64 row)
{
  const OrrTraceEvent *a = orr_trace_event (search->trace, before), *b = orr_trace_event (search->trace, row);
  return a->kind == b->kind && a->type == b->type && a->source == b->source
         && search->sent[before] == search->sent[row]
         && strcmp (heard (search->trace, a), heard (search->trace, b)) == 0;
}

static gboolean
can_fold (const Search *search, guint64 row)
{
  const OrrTraceEvent *event = orr_trace_event (search->trace, row);
  return (event->kind == ORR_EVENT_TIMER || event->kind == ORR_EVENT_MESSAGE)
         && !(search->flags[row] & HAS_FACT) && search->weights[row] != WEIGHT_WITNESS;
}

/* The last one that is the same. */
static OrrConeStep *
find_same (const Search *search, GArray *steps, const Recent *recent, guint64 row)
{
  for (guint i = 1; i <= RECENT && can_fold (search, row); i++)
    {
      guint index = recent->steps[(recent->next + RECENT - i) % RECENT];
      OrrConeStep *step = index > 0 ? &g_array_index (steps, OrrConeStep, index - 1) : NULL;
      if (step && is_again (search, step->event, row))
        return step;
    }
  return NULL;
}

/* A fault, and a node that stops or starts, begin something new for all. */
static void
note_recent (const Search *search, Recent *recents, guint64 row, guint step)
{
  const OrrTraceEvent *event = orr_trace_event (search->trace, row);
  guint n = search->trace->n_actors;
  Recent *recent = &recents[MIN (event->target, n)];
  if (event->kind == ORR_EVENT_STOP || event->kind == ORR_EVENT_START || event->kind == ORR_EVENT_FAULT
      || event->kind == ORR_EVENT_HEAL)
    memset (recents, 0, (n + 1) * sizeof *recents);
  recent->steps[recent->next++ % RECENT] = step;
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
  g_autofree Recent *recents = g_new0 (Recent, search->trace->n_actors + 1);
  for (guint64 i = 0; i < search->n; i++)
    {
      const OrrTraceEvent *event = orr_trace_event (search->trace, i);
      if (search->weights[i] == WEIGHT_NONE || is_quiet (search, i))
        continue;
      Recent *recent = &recents[MIN (event->target, search->trace->n_actors)];
      OrrConeStep *same = find_same (search, steps, recent, i);
      if (same)
        {
          same->folded++;
          same->last = event->time;
          continue;
        }
      OrrConeStep step = step_of (search, i);
      g_array_append_val (steps, step);
      note_recent (search, recents, i, steps->len);
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
choose_steps (Search *search, const GArray *steps, guint steps_max, gboolean *told)
{
  guint room, seen = 0, total = 0;
  Weight limit = find_limit (search, steps, MAX (steps_max, 1), &room);
  gboolean last_ones = limit == WEIGHT_FAULT || limit == WEIGHT_CAUSE;
  for (guint i = 0; i < steps->len; i++)
    total += search->weights[g_array_index (steps, OrrConeStep, i).event] == limit;
  for (guint i = 0; i < steps->len; i++)
    {
      Weight weight = search->weights[g_array_index (steps, OrrConeStep, i).event];
      told[i] = weight < limit || (weight == limit && (last_ones ? seen + room >= total : seen < room));
      seen += weight == limit;
    }
}

/* That one step was left out would take as long to tell as the step. */
static void
add_steps_told (Search *search, const GArray *steps, guint steps_max)
{
  guint left_out = 0;
  g_autofree gboolean *told = g_new0 (gboolean, steps->len + 1);
  choose_steps (search, steps, steps_max, told);
  for (guint i = 0; i < steps->len; i++)
    {
      OrrConeStep step = g_array_index (steps, OrrConeStep, i);
      gboolean alone = (i == 0 || told[i - 1]) && i + 1 < steps->len && told[i + 1];
      step.left_out = left_out;
      if (told[i] || alone)
        g_array_append_val (search->cone->steps, step);
      left_out = told[i] || alone ? 0 : left_out + 1;
      search->cone->left_out += !told[i] && !alone;
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
      if (step && is_told (search, fact))
        g_array_append_val (step->facts, i);
    }
  for (guint64 i = 0; i < search->trace->messages->len; i++)
    {
      const OrrTraceMessage *message = orr_trace_message (search->trace, i);
      if (is_idle (search, message))
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
  g_autoptr (GArray) busy = g_array_new (FALSE, TRUE, sizeof (gboolean));
  g_autofree guint32 *sent = g_new0 (guint32, n + 1);
  g_autoptr (GArray) versions = g_array_new (FALSE, FALSE, sizeof (Held));
  g_array_set_size (busy, cone->usual->len);
  Search search = { cone, trace, history, verdict, n, weights, flags, sent, busy, versions, ORR_TIME_NEVER };
  mark_witness (&search);
  mark_keys (&search);
  mark_all_causes (&search);
  mark_effects (&search);
  mark_faults (&search);
  note_contents (&search);
  g_autoptr (GArray) steps = list_steps (&search);
  add_steps_told (&search, steps, steps_max);
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
