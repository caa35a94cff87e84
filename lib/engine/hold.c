/* hold.c: messages that are kept back on the last step of their way.
 *
 * A queue in a switch that does not move, a firewall that thinks for a while, a test that wants to see what
 * happens when all of this comes at once: nothing is lost, all is late. What arrives while it is held is put
 * aside, and goes on when nobody holds it any more: at once, in the order of its arrival or shuffled, or
 * after as long as its way takes. A stream's message waits in its stream instead, where all that comes behind
 * it waits too (stream.c). */
#include "engine/links.h"

#define DRAW_SHUFFLE G_GUINT64_CONSTANT (0x73687566666c6500)

/* An event that waits for its release. */
typedef struct
{
  OrrEvent event;
  OrrAddress from;
  guint type;   /* of the model's messages; ORR_ANY_MESSAGE: none of them */
  OrrDraw draw; /* named by who sends what to whom, when it came and how many came then */

  /* When it is let go. */
  const OrrPin *pin; /* NULL: none */
  guint32 rank;      /* among those that go together, from 1 */
  guint decided;     /* where that is noted */
} Held;

typedef struct
{
  OrrCut catches;
  gconstpointer data;
  guint message;
  OrrRelease release;
  OrrDraw draw;
  guint64 *effects;
  GArray *held; /* Held */
  OrrTime instant;
  guint64 ordinal;
} Hold;

struct OrrHolds
{
  GPtrArray *all;
};

static gboolean
catches (const OrrSimulation *simulation, const Hold *hold, OrrAddress from, OrrAddress to, guint type)
{
  const OrrMachine *a = simulation->actors[from].machine, *b = simulation->actors[to].machine;
  return a != b && (hold->message == ORR_ANY_MESSAGE || hold->message == type)
         && hold->catches (hold->data, a->index, b->index);
}

/* The first that catches it; NULL. Where several do, what came earlier goes on earlier from one to the next.
 */
static Hold *
find (const OrrSimulation *simulation, OrrAddress from, OrrAddress to, guint type)
{
  const GPtrArray *all = simulation->holds->all;
  for (guint i = 0; i < all->len; i++)
    if (catches (simulation, g_ptr_array_index (all, i), from, to, type))
      return g_ptr_array_index (all, i);
  return NULL;
}

gboolean
orr_holds_any (const OrrSimulation *simulation)
{
  return simulation->holds->all->len > 0;
}

gboolean
orr_holds_keep (const OrrSimulation *simulation, OrrAddress from, OrrAddress to, guint type)
{
  return find (simulation, from, to, type) != NULL;
}

gboolean
orr_holds_catch (OrrSimulation *simulation, OrrAddress from, OrrAddress to, guint type)
{
  Hold *hold = find (simulation, from, to, type);
  if (hold)
    ++*hold->effects;
  return hold != NULL;
}

gboolean
orr_holds_take (OrrSimulation *simulation, const OrrEvent *event, OrrAddress from, guint type)
{
  Hold *hold = find (simulation, from, event->target, type);
  if (!hold)
    return FALSE;
  ++*hold->effects;
  hold->ordinal = hold->instant == simulation->now ? hold->ordinal + 1 : 0;
  hold->instant = simulation->now;
  OrrDraw draw = orr_draw_fold (hold->draw, (guint64) from << 32 | event->target);
  draw
      = orr_draw_fold (orr_draw_fold (draw, (guint64) simulation->now), (guint64) type << 32 | hold->ordinal);
  Held held = { .event = *event, .from = from, .type = type, .draw = draw };
  g_array_append_val (hold->held, held);
  orr_record_origin (simulation, event->sequence, simulation->cause, simulation->message);
  return TRUE;
}

/* --- Release --- */

static gint
compare_shuffled (gconstpointer a, gconstpointer b)
{
  const OrrEvent *x = &((const Held *) a)->event, *y = &((const Held *) b)->event;
  OrrDraw p = orr_draw_fold (((const Held *) a)->draw, DRAW_SHUFFLE),
          q = orr_draw_fold (((const Held *) b)->draw, DRAW_SHUFFLE);
  if (p != q)
    return p < q ? -1 : 1;
  return x->sequence < y->sequence ? -1 : x->sequence > y->sequence;
}

static gint
compare_ranks (gconstpointer a, gconstpointer b)
{
  guint32 x = ((const Held *) a)->rank, y = ((const Held *) b)->rank;
  return x != y ? (x < y ? -1 : 1) : 0;
}

/* In the order of arrival, what pins say of each. Returns whether they say anything of the order. */
static gboolean
look_up_pins (OrrSimulation *simulation, GArray *all)
{
  gboolean any = FALSE;
  for (guint i = 0; i < all->len; i++)
    {
      Held *held = &g_array_index (all, Held, i);
      held->pin = simulation->pinned
                      ? orr_pins_find_link (simulation, ORR_PIN_RELEASE, held->from, held->event.target)
                      : NULL;
      gboolean is_ranked = held->pin && held->pin->rank != G_MAXUINT32;
      held->rank = is_ranked ? held->pin->rank : i + 1;
      any |= is_ranked;
      if (orr_decided_add (simulation, ORR_PIN_RELEASE, held->from, held->event.target, i + 1))
        held->decided = simulation->options.choices->decided->len - 1;
    }
  return any;
}

/* It arrives anew: nothing else but its time and its place among others has changed. */
static void
let_go (OrrSimulation *simulation, const Hold *hold, const Held *held, guint rank)
{
  OrrChoices *choices = simulation->options.choices;
  OrrDecided *decided = choices ? &g_array_index (choices->decided, OrrDecided, held->decided) : NULL;
  OrrEvent event = held->event;
  event.time = simulation->now;
  if (hold->release == ORR_RELEASE_ON_ITS_WAY)
    {
      OrrUsual usual = orr_network_usual (simulation, &simulation->actors[held->from], event.target);
      OrrTime latency = orr_decide (decided, held->pin, usual, held->draw);
      event.time = orr_network_in_order (simulation, held->from, event.target,
                                         orr_time_add (simulation->now, latency));
    }
  if (decided)
    decided->index = rank;
  orr_record_take_origin (simulation, event.sequence);
  event.sequence = simulation->sequence++;
  orr_record_origin (simulation, event.sequence, simulation->cause, simulation->message);
  orr_event_queue_push (simulation->queue, &event);
}

static void
let_all_go (OrrSimulation *simulation, const Hold *hold, GArray *held)
{
  guint64 row = simulation->row, cause = simulation->cause;
  guint32 message = simulation->message;
  if (simulation->decides && look_up_pins (simulation, held))
    g_array_sort (held, compare_ranks);
  else if (hold->release == ORR_RELEASE_SHUFFLED)
    g_array_sort (held, compare_shuffled);
  for (guint i = 0; i < held->len; i++)
    let_go (simulation, hold, &g_array_index (held, Held, i), i + 1);
  simulation->row = row;
  simulation->cause = cause;
  simulation->message = message;
}

void
orr_hold_review (OrrSimulation *simulation, gpointer handle)
{
  Hold *hold = handle;
  g_autoptr (GArray) before = g_steal_pointer (&hold->held);
  g_autoptr (GArray) loose = g_array_new (FALSE, FALSE, sizeof (Held));
  hold->held = g_array_new (FALSE, FALSE, sizeof (Held));
  for (guint i = 0; i < before->len; i++)
    {
      const Held *held = &g_array_index (before, Held, i);
      gboolean stays = catches (simulation, hold, held->from, held->event.target, held->type);
      g_array_append_vals (stays ? hold->held : loose, held, 1);
    }
  let_all_go (simulation, hold, loose);
  orr_streams_let_go (simulation, hold->release == ORR_RELEASE_ON_ITS_WAY);
}

gpointer
orr_hold_begin (OrrSimulation *simulation, OrrCut catches_it, gconstpointer data, guint message,
                OrrRelease release, OrrDraw draw, guint64 *effects)
{
  Hold *hold = g_new (Hold, 1);
  *hold = (Hold){ .catches = catches_it,
                  .data = data,
                  .message = message,
                  .release = release,
                  .draw = draw,
                  .effects = effects,
                  .held = g_array_new (FALSE, FALSE, sizeof (Held)),
                  .instant = ORR_TIME_UNSET };
  g_ptr_array_add (simulation->holds->all, hold);
  orr_network_update_rare (simulation);
  return hold;
}

/* What another holds as well, it takes when it arrives anew. */
void
orr_hold_end (OrrSimulation *simulation, gpointer handle)
{
  Hold *hold = handle;
  g_ptr_array_remove (simulation->holds->all, hold);
  orr_network_update_rare (simulation);
  let_all_go (simulation, hold, hold->held);
  orr_streams_let_go (simulation, hold->release == ORR_RELEASE_ON_ITS_WAY);
  g_array_unref (hold->held);
  g_free (hold);
}

/* --- A run --- */

void
orr_holds_init (OrrSimulation *simulation)
{
  simulation->holds = g_new0 (struct OrrHolds, 1);
  simulation->holds->all = g_ptr_array_new ();
}

void
orr_holds_clear (OrrSimulation *simulation)
{
  GPtrArray *all = simulation->holds->all;
  for (guint i = 0; i < all->len; i++)
    {
      Hold *hold = g_ptr_array_index (all, i);
      for (guint j = 0; j < hold->held->len; j++)
        if (g_array_index (hold->held, Held, j).event.kind <= ORR_DO_STREAM)
          orr_message_release (simulation, &g_array_index (hold->held, Held, j).event);
      g_array_unref (hold->held);
      g_free (hold);
    }
  g_ptr_array_unref (all);
  g_clear_pointer (&simulation->holds, g_free);
}
