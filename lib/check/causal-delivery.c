/* causal-delivery.c: nobody is shown an effect before its cause. */
#include "base/fact.h"
#include "check/check-private.h"

typedef struct
{
  const OrrHistory *history;
  GHashTable *delivered; /* set of (node, dot) */
  guint64 n_checked, n_violations;
  const OrrHistoryFact *fact; /* the first that came too early */
  OrrDot missing;
} Search;

typedef struct
{
  guint32 node;
  OrrDot dot;
} Place;

static guint
place_hash (gconstpointer data)
{
  const Place *place = data;
  guint64 word = ((guint64) place->node << 32 | place->dot.node) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  return (guint) ((word ^ place->dot.count) * G_GUINT64_CONSTANT (0xd1342543de82ef95) >> 32);
}

static gboolean
place_equal (gconstpointer a, gconstpointer b)
{
  const Place *left = a, *right = b;
  return left->node == right->node && left->dot.node == right->dot.node
         && left->dot.count == right->dot.count;
}

static gboolean
is_delivered (const Search *search, guint32 node, OrrDot dot)
{
  const Place place = { .node = node, .dot = dot };
  return dot.count == 0 || g_hash_table_contains (search->delivered, &place);
}

/* The latest event of each node that is in the past must have been shown. Earlier ones are in the past of
 * that one, and were looked at when it was shown. */
static void
look_at (Search *search, const OrrHistoryFact *fact)
{
  const OrrFactDelivered *body = fact->body;
  const OrrDot *dots = body->clock.data;
  search->n_checked++;
  for (guint32 i = 0; i < body->clock.length; i++)
    {
      OrrDot needed = dots[i];
      needed.count -= needed.node == body->dot.node;
      if (is_delivered (search, fact->node, needed))
        continue;
      if (search->n_violations++ == 0)
        {
          search->fact = fact;
          search->missing = needed;
        }
      break;
    }
  const Place place = { .node = fact->node, .dot = body->dot };
  g_hash_table_add (search->delivered, g_memdup2 (&place, sizeof place));
}

/* When the node showed what was missing, if it ever did; NULL: it did not. */
static const OrrHistoryFact *
find_delivery (const OrrHistory *history, guint32 node, OrrDot dot)
{
  for (guint i = 0; i < history->facts->len; i++)
    {
      const OrrHistoryFact *fact = &g_array_index (history->facts, OrrHistoryFact, i);
      const OrrFactDelivered *body = fact->body;
      if (fact->fact->fields == orr_fact_delivered_fields && (node == G_MAXUINT32 || fact->node == node)
          && body->dot.node == dot.node && body->dot.count == dot.count)
        return fact;
    }
  return NULL;
}

static guint
index_of (const OrrHistory *history, const OrrHistoryFact *fact)
{
  return (guint) (fact - &g_array_index (history->facts, OrrHistoryFact, 0));
}

static OrrVerdict *
say_violated (const Search *search)
{
  const OrrHistory *history = search->history;
  const OrrFactDelivered *body = search->fact->body;
  const char *node = history->node_names[search->fact->node];
  const OrrHistoryFact *cause = find_delivery (history, G_MAXUINT32, search->missing);
  const OrrHistoryFact *later = find_delivery (history, search->fact->node, search->missing);
  g_autoptr (GString) text = g_string_new (NULL);
  g_string_append_printf (text, "%s showed ", node);
  orr_words_value (history, body->key, body->value, text);
  g_string_append (text, " at ");
  orr_history_print_moment (search->fact->time, text);
  g_string_append (text, ", which happened when ");
  if (cause)
    orr_words_value (history, ((const OrrFactDelivered *) cause->body)->key,
                     ((const OrrFactDelivered *) cause->body)->value, text);
  else
    g_string_append (text, "another event");
  g_string_append_printf (text, " was known at %s, but %s showed that ", history->node_names[body->dot.node],
                          node);
  if (later)
    {
      g_string_append (text, "only at ");
      orr_history_print_moment (later->time, text);
    }
  else
    g_string_append (text, "never");
  OrrVerdict *verdict = orr_verdict_new (ORR_VIOLATED, search->n_checked, "%s", text->str);
  verdict->n_violations = search->n_violations;
  if (cause)
    orr_verdict_add_fact (verdict, index_of (history, cause));
  orr_verdict_add_fact (verdict, index_of (history, search->fact));
  if (later && later != cause)
    orr_verdict_add_fact (verdict, index_of (history, later));
  return verdict;
}

static const char *
silent (const OrrHistory *history)
{
  for (const OrrRecord *record = history->fact_records; record && record->name; record++)
    if (record->fields == orr_fact_delivered_fields)
      return NULL;
  for (guint i = 0; i < history->facts->len; i++)
    if (g_array_index (history->facts, OrrHistoryFact, i).fact->fields == orr_fact_delivered_fields)
      return NULL;
  return "nobody says which events are shown when";
}

static OrrVerdict *
check (const OrrHistory *history, const OrrCheckBudget *budget G_GNUC_UNUSED)
{
  g_autoptr (GHashTable) delivered = g_hash_table_new_full (place_hash, place_equal, g_free, NULL);
  Search search = { .history = history, .delivered = delivered };
  for (guint i = 0; i < history->facts->len; i++)
    {
      const OrrHistoryFact *fact = &g_array_index (history->facts, OrrHistoryFact, i);
      if (fact->fact->fields == orr_fact_delivered_fields)
        look_at (&search, fact);
    }
  if (search.n_violations > 0)
    return say_violated (&search);
  if (search.n_checked == 0)
    return orr_verdict_new (ORR_HOLDS, 0, "no event was shown");
  g_autofree char *events = orr_words_count (search.n_checked, "time an event was", "times an event was");
  return orr_verdict_new (ORR_HOLDS, search.n_checked, "%s shown", events);
}

const OrrCheck orr_check_causal_delivery = {
  .entry
  = { .name = "causal-delivery",
      .summary = "No node shows an event before what happened before it",
      .doc = "Each event carries a vector clock. A node that shows an event must have shown all events "
             "of its past before: an answer never without its question. Events that are concurrent "
             "may be shown in any order, at each node in another." },
  .source
  = "Birman, Schiper & Stephenson: Lightweight Causal and Atomic Group Multicast, ACM Transactions on "
    "Computer Systems 9(3), 1991, section 5.1",
  .silent = silent,
  .check = check,
};
