/* materialise-pins.c: what deviated from the usual is pinned.
 *
 * A pin of a message names it by what it said, by as few fields as tell it apart from all others of its kind
 * between the same two nodes: so it goes on meaning the same message when operations before it are taken
 * away. Times are the last fields to be asked for, since they move with everything. Only among messages that
 * say the same does a pin count. All other pins count what they are of, by node. */
#include "explore/materialise-private.h"

#include "base/field-private.h"

#include <string.h>

typedef struct
{
  OrrWriter *writer;
  OrrArena *arena;
  OrrContext context;
  GString *text; /* the list so far */
} Pins;

static const OrrDecided *
decided_at (const Pins *pins, guint index)
{
  return &g_array_index (pins->writer->choices->decided, OrrDecided, index);
}

static const char *
actor_name (const Pins *pins, OrrAddress address)
{
  return orr_trace_actor_name (pins->writer->trace, address);
}

static void
add_pin (const Pins *pins, const OrrPin *pin)
{
  g_autofree char *line = orr_scenario_pin_to_text (pins->writer->scenario, pin);
  g_string_append_printf (pins->text, "%s%s", pins->text->len > 1 ? ", " : "", line);
}

/* What it took is what it would take without a pin. */
static gboolean
is_usual (const Pins *pins, const OrrDecided *decided)
{
  OrrTime usual = 0;
  const OrrDistribution *constant
      = decided->usual ? g_hash_table_lookup (pins->writer->constants, decided->usual) : NULL;
  if (!constant)
    constant = decided->usual;
  return (!constant || orr_distribution_is_constant (constant, &usual)) && decided->latency == usual;
}

/* --- Messages: what tells them apart --- */

/* Those of one kind from one actor to another. */
typedef struct
{
  GArray *members; /* guint: of what was decided */
  guint n_fields;
  const OrrField **fields; /* that tell some of them apart, in the order in which they are left out */
  guint64 *hashes;         /* of each member's fields, a row a member */
  gboolean *is_asked;      /* by field */
} Group;

static guint64
hash_of (const Group *group, guint member)
{
  guint64 hash = 0;
  for (guint i = 0; i < group->n_fields; i++)
    if (group->is_asked[i])
      hash = orr_draw_fold (hash, group->hashes[(gsize) member * group->n_fields + i]);
  return hash;
}

/* How many can be told apart. */
static guint
count_apart (const Group *group)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  for (guint i = 0; i < group->members->len; i++)
    {
      guint64 hash = hash_of (group, i);
      g_hash_table_add (seen, g_memdup2 (&hash, sizeof hash));
    }
  return g_hash_table_size (seen);
}

/* All of them hold something there that can be asked for, and not all the same. */
static gboolean
tells_apart (const Pins *pins, const Group *group, const OrrField *fields, const OrrField *field)
{
  guint64 first = 0;
  gboolean differ = FALSE;
  if (!field->type->parse)
    return FALSE;
  for (guint i = 0; i < group->members->len; i++)
    {
      gconstpointer body = decided_at (pins, g_array_index (group->members, guint, i))->body;
      gconstpointer member = (const char *) body + field->offset;
      if (!orr_field_applies (fields, field, body)
          || (field->type->is_unset && field->type->is_unset (member)))
        return FALSE;
      guint64 hash = orr_field_hash (field, &pins->context, body);
      differ |= i > 0 && hash != first;
      first = i == 0 ? hash : first;
    }
  return differ;
}

/* Times first, then from the last field to the first. */
static void
find_fields (const Pins *pins, Group *group, const OrrField *fields)
{
  guint n = 0;
  while (fields && fields[n].name)
    n++;
  group->fields = orr_arena_alloc (pins->arena, (n + 1) * sizeof *group->fields);
  for (guint pass = 0; pass < 2; pass++)
    for (guint i = n; i > 0; i--)
      if ((fields[i - 1].type == &orr_type_DURATION) == (pass == 0)
          && tells_apart (pins, group, fields, &fields[i - 1]))
        group->fields[group->n_fields++] = &fields[i - 1];
}

static void
choose_fields (const Pins *pins, Group *group, const OrrField *fields)
{
  find_fields (pins, group, fields);
  gsize n = (gsize) group->members->len * group->n_fields;
  group->hashes = orr_arena_alloc (pins->arena, (n + 1) * sizeof *group->hashes);
  group->is_asked = orr_arena_alloc (pins->arena, (group->n_fields + 1) * sizeof *group->is_asked);
  for (guint i = 0; i < group->members->len; i++)
    for (guint j = 0; j < group->n_fields; j++)
      group->hashes[(gsize) i * group->n_fields + j]
          = orr_field_hash (group->fields[j], &pins->context,
                            decided_at (pins, g_array_index (group->members, guint, i))->body);
  for (guint j = 0; j < group->n_fields; j++)
    group->is_asked[j] = TRUE;
  guint apart = count_apart (group);
  for (guint j = 0; j < group->n_fields; j++)
    {
      group->is_asked[j] = FALSE;
      group->is_asked[j] = count_apart (group) < apart;
    }
}

/* --- Messages: their pins --- */

static OrrArray
where_of (const Pins *pins, const Group *group, const OrrField *fields, gconstpointer body)
{
  OrrWhere *where = orr_arena_alloc (pins->arena, (group->n_fields + 1) * sizeof *where);
  guint n = 0;
  for (guint i = group->n_fields; i > 0; i--)
    if (group->is_asked[i - 1]
        && orr_where_of (fields, group->fields[i - 1], &pins->context, body, pins->arena, &where[n]))
      n++;
  return (OrrArray){ where, n };
}

/* FALSE: it went as usual. */
static gboolean
say_message (const Pins *pins, const OrrDecided *decided, OrrPin *pin)
{
  gboolean streams = (pins->writer->scenario->model->messages[decided->what].flags & ORR_STREAM) != 0;
  if (!is_usual (pins, decided) && (streams || !decided->drop))
    pin->latency = decided->latency;
  if (!decided->drop)
    pin->duplicate = decided->duplicate;
  pin->drop = decided->drop;
  return pin->drop || pin->latency != ORR_TIME_UNSET || pin->duplicate != ORR_TIME_UNSET;
}

/* How many of the group each member is alike with. */
static GHashTable *
count_alike (const Group *group)
{
  GHashTable *counts = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  for (guint i = 0; i < group->members->len; i++)
    {
      guint64 hash = hash_of (group, i);
      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, &hash));
      g_hash_table_insert (counts, g_memdup2 (&hash, sizeof hash), GUINT_TO_POINTER (n + 1));
    }
  return counts;
}

static void
pin_group (const Pins *pins, Group *group)
{
  const OrrDecided *first = decided_at (pins, g_array_index (group->members, guint, 0));
  const OrrField *fields = pins->writer->scenario->model->messages[first->what].fields;
  choose_fields (pins, group, first->body ? fields : NULL);
  g_autoptr (GHashTable) counts = count_alike (group);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  for (guint i = 0; i < group->members->len; i++)
    {
      const OrrDecided *decided = decided_at (pins, g_array_index (group->members, guint, i));
      OrrPin pin = orr_pin_unset;
      guint64 hash = hash_of (group, i);
      guint nth = GPOINTER_TO_UINT (g_hash_table_lookup (seen, &hash)) + 1;
      g_hash_table_insert (seen, g_memdup2 (&hash, sizeof hash), GUINT_TO_POINTER (nth));
      if (!say_message (pins, decided, &pin))
        continue;
      pin.kind = ORR_PIN_MESSAGE;
      pin.record = (gint32) decided->what;
      pin.from = actor_name (pins, decided->from);
      pin.to = actor_name (pins, decided->to);
      pin.nth = GPOINTER_TO_UINT (g_hash_table_lookup (counts, &hash)) > 1 ? nth : 0;
      if (decided->body)
        pin.where = where_of (pins, group, fields, decided->body);
      add_pin (pins, &pin);
    }
}

static void
group_free (gpointer data)
{
  Group *group = data;
  g_array_unref (group->members);
  g_free (group);
}

static void
pin_messages (const Pins *pins)
{
  g_autoptr (GPtrArray) groups = g_ptr_array_new_with_free_func (group_free);
  g_autoptr (GHashTable) found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < pins->writer->choices->decided->len; i++)
    {
      const OrrDecided *decided = decided_at (pins, i);
      if (decided->kind != ORR_PIN_MESSAGE)
        continue;
      g_autofree char *key = g_strdup_printf ("%u %u %u", decided->what, decided->from, decided->to);
      Group *group = g_hash_table_lookup (found, key);
      if (!group)
        {
          group = g_new0 (Group, 1);
          group->members = g_array_new (FALSE, FALSE, sizeof (guint));
          g_ptr_array_add (groups, group);
          g_hash_table_insert (found, g_steal_pointer (&key), group);
        }
      g_array_append_val (group->members, i);
    }
  for (guint i = 0; i < groups->len; i++)
    pin_group (pins, g_ptr_array_index (groups, i));
}

/* --- The model's draws: what they give unless a pin behind says otherwise --- */

static gint
compare_indices (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;
  return (x > y) - (x < y);
}

/* The index that came most often, the least of several; G_MININT64: none was drawn. */
static gint64
most_frequent_index (const Pins *pins, guint purpose)
{
  g_autoptr (GArray) indices = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < pins->writer->choices->decided->len; i++)
    {
      const OrrDecided *decided = decided_at (pins, i);
      if (decided->kind == ORR_PIN_DRAW && decided->what == purpose && decided->index != G_MININT64)
        g_array_append_val (indices, decided->index);
    }
  g_array_sort (indices, compare_indices);
  gint64 best = G_MININT64;
  for (guint i = 0, run = 0, longest = 0; i < indices->len; i++)
    {
      gint64 index = g_array_index (indices, gint64, i);
      run = i > 0 && index == g_array_index (indices, gint64, i - 1) ? run + 1 : 1;
      if (run <= longest)
        continue;
      longest = run;
      best = index;
    }
  return best;
}

/* A distribution that no setting names still leaves draws to chance. */
static const OrrDistribution *
unsettled (const Pins *pins, guint purpose)
{
  for (guint i = 0; i < pins->writer->choices->decided->len; i++)
    {
      const OrrDecided *decided = decided_at (pins, i);
      if (decided->kind == ORR_PIN_DRAW && decided->what == purpose && decided->index == G_MININT64
          && !g_hash_table_contains (pins->writer->constants, decided->usual)
          && !orr_distribution_is_constant (decided->usual, NULL))
        return decided->usual;
    }
  return NULL;
}

/* Returns what is drawn of several where no other pin says it. */
static gint64
pin_purpose (const Pins *pins, guint purpose)
{
  OrrPin pin = orr_pin_unset;
  const OrrDistribution *distribution = unsettled (pins, purpose);
  pin.kind = ORR_PIN_DRAW;
  pin.purpose = pins->writer->scenario->model->draws[purpose];
  pin.nth = 0;
  pin.index = most_frequent_index (pins, purpose);
  if (pin.index != G_MININT64)
    add_pin (pins, &pin);
  else if (distribution)
    {
      orr_distribution_is_constant (orr_writer_replace (pins->writer, distribution), &pin.value);
      add_pin (pins, &pin);
    }
  return pin.index;
}

/* --- All else --- */

/* How many there were of the same, this one included. */
static guint
count (GHashTable *counts, const OrrDecided *decided)
{
  g_autofree char *key
      = g_strdup_printf ("%d %u %u %u", decided->kind, decided->from,
                         decided->kind == ORR_PIN_REQUEST || decided->kind == ORR_PIN_REPLY ? 0 : decided->to,
                         decided->kind == ORR_PIN_RELEASE ? 0 : decided->what);
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, key)) + 1;
  g_hash_table_insert (counts, g_steal_pointer (&key), GUINT_TO_POINTER (n));
  return n;
}

static void
pin_draw (const Pins *pins, const OrrDecided *decided, guint nth, const gint64 *usual_index)
{
  OrrPin pin = orr_pin_unset;
  gboolean of_several = decided->index != G_MININT64;
  if (of_several ? decided->index == usual_index[decided->what] : is_usual (pins, decided))
    return;
  pin.kind = ORR_PIN_DRAW;
  pin.purpose = pins->writer->scenario->model->draws[decided->what];
  pin.node = actor_name (pins, decided->from);
  pin.nth = nth;
  pin.index = decided->index;
  if (!of_several)
    pin.value = decided->latency;
  add_pin (pins, &pin);
}

/* The first so many are left and all others gone, the one behind them half-written perhaps: what `kept` says.
 */
static gboolean
is_prefix (const char *fates, OrrPin *pin)
{
  const char *rest = fates + strspn (fates, "k");
  pin->kept = (guint32) (rest - fates);
  pin->torn = *rest == 't';
  return strspn (rest + pin->torn, "l") == strlen (rest + pin->torn);
}

static void
pin_crash (const Pins *pins, const OrrDecided *decided)
{
  const OrrLayout *layout = pins->writer->scenario->layout;
  const OrrActorPlace *place = &g_array_index (layout->actors, OrrActorPlace, decided->from);
  guint n_there = 0;
  OrrPin pin = orr_pin_unset;
  if (strspn (decided->fates, "k") == strlen (decided->fates))
    return;
  for (guint i = 0; i < layout->actors->len; i++)
    n_there += g_array_index (layout->actors, OrrActorPlace, i).node == place->node;
  pin.kind = ORR_PIN_DISK;
  pin.node = g_ptr_array_index (layout->nodes, place->node);
  pin.actor = n_there > 1 ? actor_name (pins, decided->from) : NULL;
  pin.crash = decided->what;
  if (!is_prefix (decided->fates, &pin))
    pin.fates = decided->fates;
  add_pin (pins, &pin);
}

static void
pin_disk_or_processor (const Pins *pins, const OrrDecided *decided, guint nth)
{
  OrrPin pin = orr_pin_unset;
  if (is_usual (pins, decided))
    return;
  pin.kind = decided->kind;
  pin.record = decided->kind == ORR_PIN_SERVICE ? -1 : (gint32) decided->what;
  pin.node = decided->kind == ORR_PIN_SERVICE
                 ? g_ptr_array_index (pins->writer->scenario->layout->nodes, decided->from)
                 : actor_name (pins, decided->from);
  pin.nth = nth;
  pin.latency = decided->latency;
  add_pin (pins, &pin);
}

static void
pin_call (const Pins *pins, const OrrDecided *decided, guint nth)
{
  OrrPin pin = orr_pin_unset;
  if (is_usual (pins, decided) && !decided->drop)
    return;
  pin.kind = decided->kind;
  pin.purpose = g_ptr_array_index (pins->writer->ids, decided->what);
  pin.nth = nth;
  pin.drop = decided->drop;
  if (!decided->drop)
    pin.latency = decided->latency;
  add_pin (pins, &pin);
}

/* l is lost again; counted from 1. */
static OrrArray
lost_of (const Pins *pins, const char *fates)
{
  guint32 *lost = orr_arena_alloc (pins->arena, (strlen (fates) + 1) * sizeof *lost);
  guint n = 0;
  for (guint32 i = 0; fates[i]; i++)
    if (fates[i] == 'l')
      lost[n++] = i + 1;
  return (OrrArray){ lost, n };
}

static void
pin_link (const Pins *pins, const OrrDecided *decided, guint nth)
{
  OrrPin pin = orr_pin_unset;
  pin.kind = decided->kind;
  pin.from = actor_name (pins, decided->from);
  pin.to = actor_name (pins, decided->to);
  pin.nth = nth;
  if (!is_usual (pins, decided))
    pin.latency = decided->latency;
  if (decided->fates)
    pin.lost = lost_of (pins, decided->fates);
  if (decided->kind == ORR_PIN_RELEASE && decided->index != decided->what)
    pin.rank = (guint32) decided->index;
  if (pin.latency != ORR_TIME_UNSET || pin.lost.length > 0 || pin.rank != G_MAXUINT32)
    add_pin (pins, &pin);
}

/* That was put off. */
static void
pin_timer (const Pins *pins, const OrrDecided *decided, guint nth)
{
  OrrPin pin = orr_pin_unset;
  if (!decided->index)
    return;
  pin.kind = ORR_PIN_TIMER;
  pin.record = (gint32) decided->what;
  pin.node = actor_name (pins, decided->from);
  pin.nth = nth;
  pin.after = decided->latency;
  add_pin (pins, &pin);
}

static void
pin_one (const Pins *pins, const OrrDecided *decided, guint nth, const gint64 *usual_index)
{
  switch ((OrrPinKind) decided->kind)
    {
    case ORR_PIN_DRAW:
      pin_draw (pins, decided, nth, usual_index);
      break;
    case ORR_PIN_TIMER:
      pin_timer (pins, decided, nth);
      break;
    case ORR_PIN_DISK:
      pin_crash (pins, decided);
      break;
    case ORR_PIN_WRITE:
    case ORR_PIN_SYNC:
    case ORR_PIN_SERVICE:
      pin_disk_or_processor (pins, decided, nth);
      break;
    case ORR_PIN_REQUEST:
    case ORR_PIN_REPLY:
      pin_call (pins, decided, nth);
      break;
    case ORR_PIN_STREAM:
    case ORR_PIN_RELEASE:
      pin_link (pins, decided, nth);
      break;
    default:
      break;
    }
}

static void
pin_rest (const Pins *pins)
{
  const char *const *draws = pins->writer->scenario->model->draws;
  guint n = draws ? g_strv_length ((char **) draws) : 0;
  g_autofree gint64 *usual_index = g_new (gint64, n + 1);
  g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < n; i++)
    usual_index[i] = pin_purpose (pins, i);
  for (guint i = 0; i < pins->writer->choices->decided->len; i++)
    {
      const OrrDecided *decided = decided_at (pins, i);
      if (decided->kind != ORR_PIN_MESSAGE)
        pin_one (pins, decided, count (counts, decided), usual_index);
    }
}

/* Timers that were pinned stay so; chance has no part in them. */
static void
keep_timers (const Pins *pins)
{
  const OrrArray *all = &pins->writer->scenario->pins;
  for (guint i = 0; i < all->length; i++)
    {
      const OrrPin *pin = (const OrrPin *) all->data + i;
      if (pin->kind == ORR_PIN_TIMER)
        add_pin (pins, pin);
    }
}

void
orr_writer_pin (OrrWriter *writer)
{
  g_autoptr (OrrArena) arena = orr_arena_new ();
  g_autoptr (GString) text = g_string_new ("[");
  const Pins pins = { writer, arena, orr_trace_context (writer->trace), text };
  keep_timers (&pins);
  pin_messages (&pins);
  pin_rest (&pins);
  g_string_append_c (text, ']');
  orr_draft_remove (writer->draft, "pins");
  if (text->len > strlen ("[]"))
    orr_draft_set (writer->draft, "pins", text->str);
}
