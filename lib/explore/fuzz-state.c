/* fuzz-state.c: all that a fuzzing campaign knows, as JSON, and back again.
 *
 * Numbers that belong together stand in one text, with blanks between them: they may have 64 bits, for which
 * not every reader of JSON has room. A file may have been edited, so that nothing in it is taken on trust. */
#include "explore/fuzz-private.h"

#include "explore/coverage.h"

#include <string.h>

#include "report/json-members.h"

/* --- Lists of numbers --- */

static void
add_numbers (JsonBuilder *json, const char *name, const guint64 *numbers, guint n)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s%" G_GUINT64_FORMAT, i ? " " : "", numbers[i]);
  if (name)
    orr_json_add_text (json, name, text->str);
  else
    json_builder_add_string_value (json, text->str);
}

/* FALSE where they are not exactly so many. */
static gboolean
parse_numbers (const char *text, guint64 *numbers, guint n)
{
  if (!text)
    return FALSE;
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  for (guint i = 0; i < n; i++)
    if (!words[i] || !g_ascii_string_to_unsigned (words[i], 10, 0, G_MAXUINT64, &numbers[i], NULL))
      return FALSE;
  return words[n] == NULL;
}

/* A member that is a text; NULL: there is none. */
static const char *
get_text (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);
  return node && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

static gboolean
get_numbers (JsonObject *object, const char *name, guint64 *numbers, guint n)
{
  return parse_numbers (get_text (object, name), numbers, n);
}

/* An array's elements; NULL: it is none. The caller unrefs it. */
static GPtrArray *
get_elements (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);
  if (!node || !JSON_NODE_HOLDS_ARRAY (node))
    return NULL;
  JsonArray *array = json_node_get_array (node);
  GPtrArray *elements = g_ptr_array_new ();
  for (guint i = 0; i < json_array_get_length (array); i++)
    g_ptr_array_add (elements, json_array_get_element (array, i));
  return elements;
}

static const char *
text_of (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

/* --- Sums --- */

/* Records of guint64 alone, one an element. */
static void
add_records (JsonBuilder *json, const char *name, gconstpointer records, guint n, guint size)
{
  orr_json_begin_array (json, name);
  for (guint i = 0; i < n; i++)
    add_numbers (json, NULL, (const guint64 *) records + i * size, size);
  json_builder_end_array (json);
}

static gboolean
get_records (JsonObject *object, const char *name, gpointer records, guint n, guint size)
{
  g_autoptr (GPtrArray) elements = get_elements (object, name);
  if (!elements || elements->len != n)
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!parse_numbers (text_of (elements->pdata[i]), (guint64 *) records + i * size, size))
      return FALSE;
  return TRUE;
}

#define NUMBERS_OF(type) (sizeof (type) / sizeof (guint64))
G_STATIC_ASSERT (sizeof (OrrYield) % sizeof (guint64) == 0);
G_STATIC_ASSERT (sizeof (OrrFuzzStrategyTally) % sizeof (guint64) == 0);

#define N_SUMS 10

static void
add_tally (JsonBuilder *json, const OrrFuzz *fuzz)
{
  const OrrFuzzTally *tally = &fuzz->tally;
  const guint64 sums[N_SUMS]
      = { tally->runs,      tally->events, tally->simulated, tally->violating, tally->died,
          tally->cut_short, tally->digest, tally->last_new,  fuzz->dropped,    tally->unsought };
  add_numbers (json, "sums", sums, N_SUMS);
  add_records (json, "strategies", tally->strategies, ORR_N_STRATEGIES, NUMBERS_OF (OrrFuzzStrategyTally));
  add_records (json, "properties", tally->properties->data, tally->properties->len,
               NUMBERS_OF (OrrFuzzPropertyTally));
  add_records (json, "faults", tally->faults->data, tally->faults->len, NUMBERS_OF (OrrFuzzFaultTally));
}

static gboolean
get_tally (JsonObject *object, OrrFuzz *fuzz)
{
  guint64 sums[N_SUMS];
  OrrFuzzTally *tally = &fuzz->tally;
  if (!get_numbers (object, "sums", sums, N_SUMS)
      || !get_records (object, "strategies", tally->strategies, ORR_N_STRATEGIES,
                       NUMBERS_OF (OrrFuzzStrategyTally))
      || !get_records (object, "properties", tally->properties->data, tally->properties->len,
                       NUMBERS_OF (OrrFuzzPropertyTally))
      || !get_records (object, "faults", tally->faults->data, tally->faults->len,
                       NUMBERS_OF (OrrFuzzFaultTally)))
    return FALSE;
  tally->runs = sums[0];
  tally->events = sums[1];
  tally->simulated = sums[2];
  tally->violating = sums[3];
  tally->died = sums[4];
  tally->cut_short = sums[5];
  tally->digest = sums[6];
  tally->last_new = sums[7];
  fuzz->dropped = sums[8];
  tally->unsought = sums[9];
  return TRUE;
}

/* --- Who makes the runs of the rounds that have begun --- */

static void
add_dealt (JsonBuilder *json, const OrrFuzz *fuzz)
{
  orr_json_begin_array (json, "dealt");
  for (guint round = 0; round < G_N_ELEMENTS (fuzz->dealt); round++)
    {
      char digits[ORR_FUZZ_ROUND + 1] = "";
      for (guint i = 0; i < ORR_FUZZ_ROUND; i++)
        digits[i] = (char) ('a' + fuzz->dealt[round][i]);
      json_builder_add_string_value (json, digits);
    }
  json_builder_end_array (json);
}

static gboolean
get_dealt (JsonObject *object, OrrFuzz *fuzz)
{
  g_autoptr (GPtrArray) rounds = get_elements (object, "dealt");
  if (!rounds || rounds->len != G_N_ELEMENTS (fuzz->dealt))
    return FALSE;
  for (guint round = 0; round < rounds->len; round++)
    {
      const char *digits = text_of (rounds->pdata[round]);
      if (!digits || strlen (digits) != ORR_FUZZ_ROUND)
        return FALSE;
      for (guint i = 0; i < ORR_FUZZ_ROUND; i++)
        {
          if (digits[i] < 'a' || digits[i] >= 'a' + ORR_N_STRATEGIES)
            return FALSE;
          fuzz->dealt[round][i] = (OrrStrategy) (digits[i] - 'a');
        }
    }
  return TRUE;
}

/* --- What was found --- */

static const char *
check_name (guint check)
{
  return check == ORR_FUZZ_DIED ? "died" : orr_checks[check]->entry.name;
}

static gboolean
find_check (const char *name, guint *ret_check)
{
  const OrrCheck *check = name ? orr_checks_find (name) : NULL;
  *ret_check = check ? orr_fuzz_check_index (&check->entry) : ORR_FUZZ_DIED;
  return check || g_strcmp0 (name, "died") == 0;
}

#define N_OF_CANDIDATE 6

static void
add_candidate (JsonBuilder *json, const OrrCandidate *candidate)
{
  const guint64 numbers[N_OF_CANDIDATE] = { candidate->faults,   candidate->run,    candidate->seed,
                                            candidate->strategy, candidate->n_runs, candidate->finding };
  json_builder_begin_object (json);
  orr_json_add_text (json, "property", check_name (candidate->check));
  orr_json_add_text (json, "died", candidate->died);
  add_numbers (json, "numbers", numbers, N_OF_CANDIDATE);
  json_builder_end_object (json);
}

static gboolean
get_candidate (JsonObject *object, OrrFuzz *fuzz)
{
  guint check;
  guint64 numbers[N_OF_CANDIDATE];
  if (!get_numbers (object, "numbers", numbers, N_OF_CANDIDATE)
      || !find_check (get_text (object, "property"), &check) || numbers[3] >= ORR_N_STRATEGIES
      || numbers[5] < 1 || numbers[5] > fuzz->findings->len)
    return FALSE;
  OrrCandidate *candidate = g_new0 (OrrCandidate, 1);
  *candidate = (OrrCandidate){ .check = check,
                               .died = g_strdup (get_text (object, "died")),
                               .faults = numbers[0],
                               .run = numbers[1],
                               .seed = numbers[2],
                               .strategy = (OrrStrategy) numbers[3],
                               .n_runs = numbers[4],
                               .finding = (guint) numbers[5],
                               .settled = TRUE };
  g_ptr_array_add (fuzz->candidates, candidate);
  return TRUE;
}

#define N_OF_FINDING 14

static void
add_finding (JsonBuilder *json, const OrrFinding *finding)
{
  const guint64 numbers[N_OF_FINDING] = { finding->run,
                                          finding->seed,
                                          finding->strategy,
                                          finding->finished,
                                          finding->n_operations,
                                          finding->n_faults,
                                          finding->n_actions,
                                          finding->n_pins,
                                          finding->n_operations_drawn,
                                          finding->n_faults_drawn,
                                          finding->shrink_runs,
                                          finding->is_minimal,
                                          finding->is_explicit,
                                          finding->faults };
  json_builder_begin_object (json);
  orr_json_add_text (json, "property", orr_finding_property (finding));
  orr_json_add_text (json, "died", finding->died);
  orr_json_add_text (json, "sentence", finding->sentence);
  orr_json_add_text (json, "shape", finding->shape);
  add_numbers (json, "numbers", numbers, N_OF_FINDING);
  json_builder_end_object (json);
}

static gboolean
get_finding (JsonObject *object, OrrFuzz *fuzz)
{
  guint check;
  guint64 numbers[N_OF_FINDING];
  if (!get_numbers (object, "numbers", numbers, N_OF_FINDING)
      || !find_check (get_text (object, "property"), &check) || numbers[2] >= ORR_N_STRATEGIES
      || numbers[3] > ORR_FINISH_GIVE_UP)
    return FALSE;
  OrrFinding *finding = g_new0 (OrrFinding, 1);
  g_ptr_array_add (fuzz->findings, finding);
  *finding = (OrrFinding){ .number = fuzz->findings->len,
                           .candidate = G_MAXUINT,
                           .check = check == ORR_FUZZ_DIED ? NULL : orr_checks[check],
                           .died = g_strdup (get_text (object, "died")),
                           .sentence = g_strdup (get_text (object, "sentence")),
                           .shape = g_strdup (get_text (object, "shape")),
                           .run = numbers[0],
                           .seed = numbers[1],
                           .strategy = (OrrStrategy) numbers[2],
                           .finished = (OrrFinish) numbers[3],
                           .n_operations = (guint) numbers[4],
                           .n_faults = (guint) numbers[5],
                           .n_actions = (guint) numbers[6],
                           .n_pins = (guint) numbers[7],
                           .n_operations_drawn = (guint) numbers[8],
                           .n_faults_drawn = (guint) numbers[9],
                           .shrink_runs = numbers[10],
                           .is_minimal = numbers[11] != 0,
                           .is_explicit = numbers[12] != 0,
                           .faults = numbers[13] };
  return finding->shape != NULL;
}

static gboolean
get_all (JsonObject *object, const char *name, gboolean (*get) (JsonObject *object, OrrFuzz *fuzz),
         OrrFuzz *fuzz)
{
  g_autoptr (GPtrArray) elements = get_elements (object, name);
  for (guint i = 0; elements && i < elements->len; i++)
    if (!JSON_NODE_HOLDS_OBJECT (elements->pdata[i])
        || !get (json_node_get_object (elements->pdata[i]), fuzz))
      return FALSE;
  return elements != NULL;
}

/* --- All of it --- */

void
orr_fuzz_save (const OrrFuzz *fuzz, GString *text)
{
  g_autoptr (JsonBuilder) json = json_builder_new ();
  g_autoptr (GString) words = g_string_new (NULL);
  g_assert (orr_fuzz_can_save (fuzz));
  orr_coverage_print (fuzz->words, words);
  json_builder_begin_object (json);
  add_tally (json, fuzz);
  add_records (json, "yields", fuzz->yields, ORR_N_STRATEGIES, NUMBERS_OF (OrrYield));
  add_records (json, "yields-now", fuzz->now, ORR_N_STRATEGIES, NUMBERS_OF (OrrYield));
  add_dealt (json, fuzz);
  orr_json_begin_array (json, "findings");
  for (guint i = 0; i < fuzz->findings->len; i++)
    add_finding (json, fuzz->findings->pdata[i]);
  json_builder_end_array (json);
  orr_json_begin_array (json, "causes");
  for (guint i = 0; i < fuzz->candidates->len; i++)
    add_candidate (json, fuzz->candidates->pdata[i]);
  json_builder_end_array (json);
  orr_json_add_text (json, "coverage", words->str);
  json_builder_end_object (json);
  orr_json_print (json, text);
}

gboolean
orr_fuzz_load (OrrFuzz *fuzz, const char *json, gsize length)
{
  g_autoptr (JsonNode) root = orr_json_read (json, length);
  g_assert (fuzz->handed == 0);
  if (!root || !JSON_NODE_HOLDS_OBJECT (root))
    return FALSE;
  JsonObject *object = json_node_get_object (root);
  const char *coverage = get_text (object, "coverage");
  if (!get_tally (object, fuzz)
      || !get_records (object, "yields", fuzz->yields, ORR_N_STRATEGIES, NUMBERS_OF (OrrYield))
      || !get_records (object, "yields-now", fuzz->now, ORR_N_STRATEGIES, NUMBERS_OF (OrrYield))
      || !get_dealt (object, fuzz) || !get_all (object, "findings", get_finding, fuzz)
      || !get_all (object, "causes", get_candidate, fuzz) || !coverage
      || !orr_coverage_parse (coverage, fuzz->words))
    return FALSE;
  fuzz->tally.words = fuzz->words->len;
  fuzz->n_settled = fuzz->candidates->len;
  fuzz->handed = fuzz->taken = fuzz->tally.runs;
  fuzz->stopped = fuzz->taken >= fuzz->total;
  return TRUE;
}
