/* pin.c: single choices that a scenario fixes.
 *
 * A pin names a choice by its content: this message from here to there, the third draw of that purpose. What
 * it fixes, no distribution decides. Whoever shrinks a failing run, or teaches with one, writes pins; all
 * other runs have none, and never come here. Where several pins meet, the last one wins.
 *
 * A run that was written down has thousands of pins, so none is looked at that can't be meant. Pins that are
 * of the same things between the same nodes, and ask for the same fields, are a group, found by what it is of
 * and who has part in it; within a group, those that ask for the same values share a bucket, found by these
 * values; and in the bucket they are told apart by the count of what came to it. */
#include "base/field-private.h"
#include "engine/engine-private.h"

#define ANY ORR_NOBODY

/* Pins that ask for the same. */
typedef struct
{
  guint64 values;       /* hash of what they ask for */
  guint32 first;        /* one of them, by which the bucket is known */
  guint32 count;        /* how many of that there were */
  guint all;            /* the last pin that is about all; 0: none, else index + 1 */
  GHashTable *numbered; /* nth → the last such pin, index + 1; only looked up */
} Bucket;

typedef struct
{
  const OrrPin *pin;   /* any of them: they name the same fields */
  GHashTable *buckets; /* only looked up */
} Group;

/* Where groups are found. */
typedef struct
{
  gint32 kind, record;
  guint32 from, to; /* addresses, of SERVICE a machine; ANY */
  GPtrArray *groups;
} Place;

struct OrrPins
{
  GHashTable *places; /* only looked up */
  GPtrArray *groups;
};

static const OrrPin *
pin_at (const OrrSimulation *simulation, guint index)
{
  return &((const OrrPin *) simulation->scenario->pins.data)[index];
}

gboolean
orr_where_holds (const OrrSimulation *simulation, const OrrArray *where, gconstpointer body)
{
  return orr_where_matches (where, &simulation->context, body);
}

/* --- Tables --- */

static guint
hash_place (gconstpointer data)
{
  const Place *place = data;
  guint64 what = (guint64) (guint32) place->kind << 32 | (guint32) place->record;
  return (guint) orr_mix (orr_draw_key (0, ""), orr_mix (what, (guint64) place->from << 32 | place->to));
}

static gboolean
equal_places (gconstpointer a, gconstpointer b)
{
  const Place *x = a, *y = b;
  return x->kind == y->kind && x->record == y->record && x->from == y->from && x->to == y->to;
}

static void
place_free (gpointer data)
{
  Place *place = data;
  g_ptr_array_unref (place->groups);
  g_free (place);
}

static void
bucket_free (gpointer data)
{
  Bucket *bucket = data;
  g_hash_table_unref (bucket->numbered);
  g_free (bucket);
}

static void
group_free (gpointer data)
{
  Group *group = data;
  g_hash_table_unref (group->buckets);
  g_free (group);
}

/* --- Looking up --- */

/* What is being decided. */
typedef struct
{
  gint32 kind, record;
  gconstpointer body; /* for `where` */
  guint64 value;      /* for kinds that ask for one thing: which operation, which crash */
} Question;

static guint64
values_of (const OrrSimulation *simulation, const Group *group, const Question *question)
{
  const OrrWhere *where = group->pin->where.data;
  guint64 hash = question->value;
  for (guint i = 0; i < group->pin->where.length; i++)
    hash = orr_mix (hash, orr_field_hash (where[i].field, &simulation->context, question->body));
  return hash;
}

/* Counts it in the groups that are about it there. Returns the last pin that means it, index + 1, and not
 * before `best`. */
static guint
look_at (OrrSimulation *simulation, const Question *question, guint32 from, guint32 to, guint best)
{
  const Place key = { question->kind, question->record, from, to, NULL };
  const Place *place = g_hash_table_lookup (simulation->pins->places, &key);
  for (guint i = 0; place && i < place->groups->len; i++)
    {
      const Group *group = g_ptr_array_index (place->groups, i);
      guint64 values = values_of (simulation, group, question);
      Bucket *bucket = g_hash_table_lookup (group->buckets, &values);
      if (!bucket)
        continue;
      bucket->count++;
      if (simulation->options.choices)
        g_array_append_val (simulation->options.choices->counted,
                            ((OrrCounted){ bucket->first, simulation->row }));
      guint numbered
          = GPOINTER_TO_UINT (g_hash_table_lookup (bucket->numbered, GUINT_TO_POINTER (bucket->count)));
      guint met[] = { bucket->all, numbered };
      for (guint j = 0; j < G_N_ELEMENTS (met); j++)
        if (met[j] > 0)
          {
            simulation->trace->pins_met[met[j] - 1] = TRUE;
            best = MAX (best, met[j]);
          }
    }
  return best;
}

static const OrrPin *
find (OrrSimulation *simulation, const Question *question, guint32 from, guint32 to)
{
  guint best = look_at (simulation, question, ANY, ANY, 0);
  if (from != ANY)
    best = look_at (simulation, question, from, ANY, best);
  if (to != ANY)
    best = look_at (simulation, question, ANY, to, best);
  if (from != ANY && to != ANY)
    best = look_at (simulation, question, from, to, best);
  return best > 0 ? pin_at (simulation, best - 1) : NULL;
}

const OrrPin *
orr_pins_find_message (OrrSimulation *simulation, OrrAddress from, OrrAddress to, guint type,
                       gconstpointer body)
{
  return find (simulation, &(Question){ ORR_PIN_MESSAGE, (gint32) type, body, 0 }, from, to);
}

const OrrPin *
orr_pins_find_timer (OrrSimulation *simulation, OrrAddress actor, guint kind, gconstpointer body)
{
  return find (simulation, &(Question){ ORR_PIN_TIMER, (gint32) kind, body, 0 }, actor, ANY);
}

const OrrPin *
orr_pins_find_draw (OrrSimulation *simulation, OrrAddress actor, guint purpose)
{
  return find (simulation, &(Question){ ORR_PIN_DRAW, (gint32) purpose, NULL, 0 }, actor, ANY);
}

const OrrPin *
orr_pins_find_request_of_disk (OrrSimulation *simulation, OrrAddress actor, guint sync, gboolean is_sync)
{
  return find (simulation, &(Question){ is_sync ? ORR_PIN_SYNC : ORR_PIN_WRITE, (gint32) sync, NULL, 0 },
               actor, ANY);
}

const OrrPin *
orr_pins_find_crash (OrrSimulation *simulation, OrrAddress actor, guint32 crash)
{
  return find (simulation, &(Question){ ORR_PIN_DISK, -1, NULL, crash }, actor, ANY);
}

const OrrPin *
orr_pins_find_service (OrrSimulation *simulation, guint machine)
{
  return find (simulation, &(Question){ ORR_PIN_SERVICE, -1, NULL, 0 }, machine, ANY);
}

const OrrPin *
orr_pins_find_call (OrrSimulation *simulation, OrrPinKind kind, const char *operation)
{
  return operation ? find (simulation, &(Question){ kind, -1, NULL, orr_draw_word (operation) }, ANY, ANY)
                   : NULL;
}

const OrrPin *
orr_pins_find_link (OrrSimulation *simulation, OrrPinKind kind, OrrAddress from, OrrAddress to)
{
  return find (simulation, &(Question){ kind, -1, NULL, 0 }, from, to);
}

/* --- Making the tables --- */

/* Which of the model's draws; -1 for a pin of anything else. */
static gint32
record_of (const OrrSimulation *simulation, const OrrPin *pin)
{
  if (pin->kind != ORR_PIN_DRAW)
    return pin->record;
  gint32 index = 0;
  while (!g_str_equal (simulation->purposes[index].text, pin->purpose))
    index++;
  return index;
}

static guint64
asked_values (const OrrPin *pin)
{
  const OrrWhere *where = pin->where.data;
  gboolean calls = pin->kind == ORR_PIN_REQUEST || pin->kind == ORR_PIN_REPLY;
  guint64 hash = calls ? orr_draw_word (pin->purpose) : pin->kind == ORR_PIN_DISK ? pin->crash : 0;
  for (guint i = 0; i < pin->where.length; i++)
    hash = orr_mix (hash, where[i].hash);
  return hash;
}

/* What all pins of a group have in common. */
static char *
group_name (const OrrPin *pin, gint32 record)
{
  const OrrWhere *where = pin->where.data;
  g_autoptr (GString) name = g_string_new (NULL);
  g_string_append_printf (name, "%d %d %s %s %s %s", pin->kind, record, pin->from ? pin->from : "",
                          pin->to ? pin->to : "", pin->node ? pin->node : "", pin->actor ? pin->actor : "");
  for (guint i = 0; i < pin->where.length; i++)
    g_string_append_printf (name, " %s", where[i].field->name);
  return g_string_free (g_steal_pointer (&name), FALSE);
}

/* The actors that go by a name, which is theirs or their node's; NULL is any. */
static GArray *
resolve (const OrrSimulation *simulation, const char *name, const char *actor_name)
{
  GArray *addresses = g_array_new (FALSE, FALSE, sizeof (guint32));
  if (!name)
    g_array_append_val (addresses, (guint32){ ANY });
  for (guint32 i = 0; name && i < simulation->n_actors; i++)
    {
      const OrrNode *actor = &simulation->actors[i];
      if ((g_str_equal (name, actor->name) || g_str_equal (name, actor->machine->name))
          && (!actor_name || g_str_equal (actor_name, actor->name)))
        g_array_append_val (addresses, i);
    }
  return addresses;
}

/* Whom a pin is about, as `from` of its place. */
static GArray *
resolve_subject (OrrSimulation *simulation, const OrrPin *pin)
{
  if (pin->kind != ORR_PIN_SERVICE)
    return resolve (simulation, pin->from ? pin->from : pin->node, pin->actor);
  GArray *machines = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_array_append_val (machines, orr_machine_find (simulation, pin->node)->index);
  return machines;
}

static void
put_group (OrrPins *pins, const Place *where, Group *group)
{
  Place *place = g_hash_table_lookup (pins->places, where);
  if (!place)
    {
      place = g_memdup2 (where, sizeof *where);
      place->groups = g_ptr_array_new ();
      g_hash_table_add (pins->places, place);
    }
  g_ptr_array_add (place->groups, group);
}

static Group *
add_group (OrrSimulation *simulation, const OrrPin *pin, gint32 record)
{
  OrrPins *pins = simulation->pins;
  Group *group = g_new (Group, 1);
  *group = (Group){ pin, g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, bucket_free) };
  g_ptr_array_add (pins->groups, group);
  g_autoptr (GArray) from = resolve_subject (simulation, pin);
  g_autoptr (GArray) to = resolve (simulation, pin->to, NULL);
  for (guint i = 0; i < from->len; i++)
    for (guint j = 0; j < to->len; j++)
      put_group (pins,
                 &(Place){ pin->kind, record, g_array_index (from, guint32, i),
                           g_array_index (to, guint32, j), NULL },
                 group);
  return group;
}

/* Returns by what the bucket is known. */
static guint32
put_into_bucket (Group *group, const OrrPin *pin, guint index)
{
  guint64 values = asked_values (pin);
  Bucket *bucket = g_hash_table_lookup (group->buckets, &values);
  if (!bucket)
    {
      bucket = g_new (Bucket, 1);
      *bucket = (Bucket){ values, index, 0, 0, g_hash_table_new (NULL, NULL) };
      g_hash_table_insert (group->buckets, &bucket->values, bucket);
    }
  if (pin->nth == 0)
    bucket->all = index + 1;
  else
    g_hash_table_insert (bucket->numbered, GUINT_TO_POINTER (pin->nth), GUINT_TO_POINTER (index + 1));
  return bucket->first;
}

void
orr_pins_init (OrrSimulation *simulation)
{
  guint n = simulation->scenario->pins.length;
  OrrPins *pins = simulation->pins = g_new0 (OrrPins, 1);
  g_autoptr (GHashTable) groups = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  simulation->pinned = n > 0;
  simulation->decides = simulation->pinned || simulation->options.choices;
  pins->places = g_hash_table_new_full (hash_place, equal_places, place_free, NULL);
  pins->groups = g_ptr_array_new_with_free_func (group_free);
  simulation->trace->pins_met = orr_arena_alloc (simulation->trace->arena, (n + 1) * sizeof (gboolean));
  for (guint i = 0; i < n; i++)
    {
      const OrrPin *pin = pin_at (simulation, i);
      gint32 record = record_of (simulation, pin);
      g_autofree char *name = group_name (pin, record);
      Group *group = g_hash_table_lookup (groups, name);
      if (!group)
        {
          group = add_group (simulation, pin, record);
          g_hash_table_insert (groups, g_steal_pointer (&name), group);
        }
      guint32 counter = put_into_bucket (group, pin, i);
      if (simulation->options.choices)
        g_array_append_val (simulation->options.choices->counters, counter);
    }
}

void
orr_pins_clear (OrrSimulation *simulation)
{
  g_hash_table_unref (simulation->pins->places);
  g_ptr_array_unref (simulation->pins->groups);
  g_clear_pointer (&simulation->pins, g_free);
}
