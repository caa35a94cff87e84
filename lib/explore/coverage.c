/* coverage.c: what a run came to, as words.
 *
 * What nodes say is told apart by what they say, who says it and the words and yes-or-no that are in it;
 * numbers, keys and values are not looked at, or every run would be new. */
#include "explore/coverage.h"

#include "base/draw.h"
#include "engine/model.h"

#include <string.h>

/* Of a run with more faults, only the first so many are looked at for what goes on at the same time. */
#define OVERLAPS_MAX 64

static void
add (GArray *words, guint64 word)
{
  g_array_append_val (words, word);
}

static guint64
mix (guint64 word, guint64 other)
{
  return orr_draw_fold (word, other);
}

static guint64
named (const char *kind, const char *name)
{
  return mix (orr_draw_word (kind), orr_draw_word (name ? name : ""));
}

/* The role of who speaks; "client" where the model's clients have none. */
static const char *
role_of (const OrrTrace *trace, OrrAddress address)
{
  const OrrModel *model = trace->scenario->model;
  const GArray *actors = trace->scenario->layout->actors;
  guint role = address < actors->len ? g_array_index (actors, OrrActorPlace, address).role : ORR_ROLE_CLIENT;
  if (role != ORR_ROLE_CLIENT)
    return orr_role_name (model->roles[role]);
  return model->client ? orr_role_name (model->client) : "client";
}

/* The words and the yes-or-no that a record has. */
static guint64
words_in (const OrrField *fields, gconstpointer record, guint64 word)
{
  for (const OrrField *field = fields; record && field && field->name; field++)
    if (field->type == &orr_type_CHOICE || field->type == &orr_type_BOOL)
      word = mix (word, (guint64) * (const gint32 *) (gconstpointer) ((const char *) record + field->offset)
                            + 0x100);
  return word;
}

/* --- Facts --- */

static guint64
fact_word (const OrrTrace *trace, const OrrTraceFact *fact)
{
  const OrrRecord *record = &trace->scenario->model->facts[fact->fact];
  guint64 word = mix (named ("fact", record->name), orr_draw_word (role_of (trace, fact->node)));
  return words_in (record->fields, fact->body, word);
}

static gint
compare_words (gconstpointer a, gconstpointer b)
{
  guint64 x = *(const guint64 *) a, y = *(const guint64 *) b;
  return x < y ? -1 : x > y;
}

static guint
magnitude (guint64 count)
{
  guint bits = 0;
  for (; count > 1; count /= 2)
    bits++;
  return bits;
}

/* How often each was said, to the power of two. */
static void
add_counts (GArray *said, GArray *words)
{
  g_array_sort (said, compare_words);
  for (guint i = 0, next; i < said->len; i = next)
    {
      guint64 word = g_array_index (said, guint64, i);
      for (next = i; next < said->len && g_array_index (said, guint64, next) == word;)
        next++;
      add (words, word);
      add (words, mix (mix (word, orr_draw_word ("times")), magnitude (next - i)));
    }
}

/* Which were said, and which after which: by one node, and by whoever spoke next. What is said when the run
 * is over is what `observe` finds, always. */
static void
add_facts (const OrrTrace *trace, GArray *words)
{
  g_autoptr (GArray) said = g_array_new (FALSE, FALSE, sizeof (guint64));
  g_autofree guint64 *last = g_new0 (guint64, trace->n_actors + 1);
  guint64 before = 0;
  for (guint i = 0; i < trace->facts->len; i++)
    {
      const OrrTraceFact *fact = &g_array_index (trace->facts, OrrTraceFact, i);
      if (fact->final || fact->node >= trace->n_actors)
        continue;
      guint64 word = fact_word (trace, fact);
      add (said, word);
      add (words, mix (mix (last[fact->node], orr_draw_word ("then")), word));
      add (words, mix (mix (before, orr_draw_word ("next")), word));
      last[fact->node] = before = word;
    }
  add_counts (said, words);
}

/* --- Faults --- */

/* The fault with the words of its settings; of an action its name. */
static guint64
fault_word (const OrrTrace *trace, const OrrTraceFault *fault)
{
  const OrrScenario *scenario = trace->scenario;
  guint64 word = named ("fault", fault->fault->name);
  if (fault->line >= scenario->faults.length)
    return word;
  const OrrFaultPlan *plan = (const OrrFaultPlan *) scenario->faults.data + fault->line;
  if (plan->action >= 0)
    return mix (word, orr_draw_word (scenario->model->actions[plan->action].name));
  if (fault->choice < plan->choose.length)
    return words_in (fault->fault->fields,
                     ((const OrrChosenFault *) plan->choose.data)[fault->choice].settings, word);
  return words_in (fault->fault->fields, plan->settings, word);
}

static gboolean
overlap (const OrrTraceFault *a, const OrrTraceFault *b)
{
  return a->effects > 0 && b->effects > 0 && a->began < b->ended && b->began < a->ended;
}

static const OrrTraceFault *
fault_at (const OrrTrace *trace, guint i)
{
  return &g_array_index (trace->faults, OrrTraceFault, i);
}

static void
add_faults (const OrrTrace *trace, GArray *words)
{
  for (guint i = 0; i < trace->faults->len; i++)
    if (fault_at (trace, i)->effects > 0)
      add (words, fault_word (trace, fault_at (trace, i)));
  for (guint i = 0; i < MIN (trace->faults->len, OVERLAPS_MAX); i++)
    for (guint j = 0; j < i; j++)
      if (overlap (fault_at (trace, i), fault_at (trace, j)))
        {
          guint64 a = fault_word (trace, fault_at (trace, i)), b = fault_word (trace, fault_at (trace, j));
          add (words, mix (mix (MIN (a, b), orr_draw_word ("beside")), MAX (a, b)));
        }
}

/* --- Operations --- */

/* A note without its numbers. */
static guint64
note_word (const char *note)
{
  guint64 word = orr_draw_word ("note");
  for (; note && *note; note++)
    if (!g_ascii_isdigit (*note))
      word = mix (word, (guint64) (guchar) *note);
  return word;
}

static void
add_operations (const OrrTrace *trace, GArray *words)
{
  for (guint i = 0; i < trace->operations->len; i++)
    {
      const OrrTraceOperation *operation = &g_array_index (trace->operations, OrrTraceOperation, i);
      guint64 kinds = 0, word;
      for (guint32 step = 0; step < operation->n_steps; step++)
        kinds |= G_GUINT64_CONSTANT (1) << (operation->steps[step].kind & 63);
      word = mix (mix (orr_draw_word ("operation"), kinds), (guint64) operation->outcome);
      add (words, mix (word, operation->completed == ORR_TIME_NEVER));
      if (operation->server != ORR_NOBODY)
        add (words, mix (word, orr_draw_word (role_of (trace, operation->server))));
      if (operation->note)
        add (words, mix (word, note_word (operation->note)));
    }
}

/* --- Probes --- */

#define COUNTS(name, member)                                                                                 \
  static gboolean name (const OrrTrace *trace)                                                               \
  {                                                                                                          \
    return trace->counts.member > 0;                                                                         \
  }

COUNTS (has_lost, lost)
COUNTS (has_doubled, duplicated)
COUNTS (has_cut, partitioned)
COUNTS (has_resent, resent)
COUNTS (has_corrupted, corrupted)
COUNTS (has_overflowed, overflowed)
COUNTS (has_late, requests_late)

static gboolean
has_overlap (const OrrTrace *trace)
{
  for (guint i = 0; i < MIN (trace->faults->len, OVERLAPS_MAX); i++)
    for (guint j = 0; j < i; j++)
      if (overlap (fault_at (trace, i), fault_at (trace, j)))
        return TRUE;
  return FALSE;
}

/* Was an operation under way then? */
static gboolean
is_busy (const OrrTrace *trace, OrrTime time)
{
  for (guint i = 0; i < trace->operations->len; i++)
    {
      const OrrTraceOperation *operation = &g_array_index (trace->operations, OrrTraceOperation, i);
      if (operation->invoked < time && time < operation->completed)
        return TRUE;
    }
  return FALSE;
}

static gboolean
has_crash_amidst (const OrrTrace *trace)
{
  for (guint i = 0; i < MIN (trace->faults->len, OVERLAPS_MAX); i++)
    if (strcmp (fault_at (trace, i)->fault->name, "crash") == 0 && fault_at (trace, i)->effects > 0
        && is_busy (trace, fault_at (trace, i)->began))
      return TRUE;
  return FALSE;
}

static gboolean
has_heal_amidst (const OrrTrace *trace)
{
  return is_busy (trace, trace->healed_at);
}

static gboolean
has_outcome (const OrrTrace *trace, OrrOutcome outcome)
{
  for (guint i = 0; i < trace->operations->len; i++)
    if (g_array_index (trace->operations, OrrTraceOperation, i).outcome == outcome)
      return TRUE;
  return FALSE;
}

static gboolean
has_unknown (const OrrTrace *trace)
{
  return has_outcome (trace, ORR_UNKNOWN);
}

static gboolean
has_failed (const OrrTrace *trace)
{
  return has_outcome (trace, ORR_FAIL);
}

static gboolean
is_restless (const OrrTrace *trace)
{
  return trace->ending == ORR_ENDED_SETTLE_LIMIT;
}

const OrrProbe orr_probes[] = {
  { "message-lost", "the network lost a message", has_lost },
  { "message-doubled", "a message arrived twice", has_doubled },
  { "message-cut-off", "a message came to a partition", has_cut },
  { "message-corrupted", "a message arrived corrupt", has_corrupted },
  { "message-sent-again", "a stream sent a message again", has_resent },
  { "inbox-overflowed", "a message found a full inbox", has_overflowed },
  { "answer-too-late", "an answer came when its client had given up", has_late },
  { "faults-overlap", "two faults made a difference at the same time", has_overlap },
  { "crash-amidst-operation", "a node crashed while an operation was under way", has_crash_amidst },
  { "heal-amidst-operation", "an operation was under way when all was healed", has_heal_amidst },
  { "outcome-unknown", "a client did not learn what became of an operation", has_unknown },
  { "outcome-failed", "a client was told that an operation failed", has_failed },
  { "never-quiet", "the run was not quiet when its time to settle was over", is_restless },
  { 0 },
};

guint64
orr_probe_word (const OrrProbe *probe)
{
  return named ("probe", probe->name);
}

/* --- All of it --- */

static void
sort_and_thin (GArray *words)
{
  guint n = 0;
  g_array_sort (words, compare_words);
  for (guint i = 0; i < words->len; i++)
    if (n == 0 || g_array_index (words, guint64, n - 1) != g_array_index (words, guint64, i))
      g_array_index (words, guint64, n++) = g_array_index (words, guint64, i);
  g_array_set_size (words, n);
}

void
orr_coverage_of (const OrrTrace *trace, GArray *words)
{
  g_array_set_size (words, 0);
  add_facts (trace, words);
  add_faults (trace, words);
  add_operations (trace, words);
  add (words, mix (orr_draw_word ("ending"), (guint64) trace->ending));
  for (const OrrProbe *probe = orr_probes; probe->name; probe++)
    if (probe->happened (trace))
      add (words, orr_probe_word (probe));
  sort_and_thin (words);
}

/* The place of the first of `n` words that is not below it. */
static guint
find (const GArray *words, guint n, guint64 word)
{
  guint least = 0, most = n;
  while (least < most)
    {
      guint middle = least + (most - least) / 2;
      if (g_array_index (words, guint64, middle) < word)
        least = middle + 1;
      else
        most = middle;
    }
  return least;
}

static gboolean
is_among (const GArray *words, guint n, guint64 word)
{
  guint place = find (words, n, word);
  return place < n && g_array_index (words, guint64, place) == word;
}

gboolean
orr_coverage_has (const GArray *words, guint64 word)
{
  return is_among (words, words->len, word);
}

guint
orr_coverage_merge (GArray *all, const GArray *words)
{
  guint before = all->len;
  for (guint i = 0; i < words->len; i++)
    if (!is_among (all, before, g_array_index (words, guint64, i)))
      add (all, g_array_index (words, guint64, i));
  guint n_new = all->len - before;
  if (n_new > 0)
    g_array_sort (all, compare_words);
  return n_new;
}

/* --- As text --- */

void
orr_coverage_print (const GArray *words, GString *text)
{
  for (guint i = 0; i < words->len; i++)
    g_string_append_printf (text, "%016" G_GINT64_MODIFIER "x\n", g_array_index (words, guint64, i));
}

/* Sixteen digits and the end of the line. */
static gboolean
parse_line (const char *line, guint64 *ret_word)
{
  guint64 word = 0;
  for (guint i = 0; i < 16; i++)
    {
      gint digit = line[i] >= 'A' && line[i] <= 'F' ? -1 : g_ascii_xdigit_value (line[i]);
      if (digit < 0)
        return FALSE;
      word = word << 4 | (guint64) digit;
    }
  *ret_word = word;
  return line[16] == '\n';
}

gboolean
orr_coverage_parse (const char *text, GArray *words)
{
  guint before = words->len;
  for (guint64 word; *text; text += 17)
    {
      if (!parse_line (text, &word)
          || (words->len > 0 && g_array_index (words, guint64, words->len - 1) >= word))
        {
          g_array_set_size (words, before);
          return FALSE;
        }
      add (words, word);
    }
  return TRUE;
}
