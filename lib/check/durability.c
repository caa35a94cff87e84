/* durability.c: what was acknowledged is kept.
 *
 * A write that was overwritten is kept in what was built upon it. So what is kept is found from the end: each
 * version that a node finally holds, the version which that was built upon, and so on back to the initial
 * value. An acknowledged write that is on none of these chains is lost. A delete is a write like any other:
 * where a deleted value has come back, it is the delete that is on no chain. Each version is visited once.
 *
 * Where no versions are known, lists and sets still tell by their members; the last value of a register does
 * not tell what it was built upon. */
#include "check/check-private.h"

typedef struct
{
  const OrrHistory *history;
  OrrFinals *finals;
  gboolean *kept;      /* by version */
  GHashTable *members; /* versions unknown: key → set of members that some node holds */
  guint64 n_checked, n_lost, n_unclear;
  guint operation, step; /* the first that is lost */
} Search;

/* --- By versions --- */

static void
keep_chain (Search *search, OrrKey key, guint64 version)
{
  const OrrHistory *history = search->history;
  while (version != 0)
    {
      const OrrHistoryVersion *row = orr_history_find_version (history, key, version, NULL);
      if (!row)
        return;
      guint index = (guint) (row - &g_array_index (history->versions, OrrHistoryVersion, 0));
      if (search->kept[index])
        return;
      search->kept[index] = TRUE;
      version = row->previous;
    }
}

static void
keep_all (Search *search)
{
  const OrrHistory *history = search->history;
  for (guint i = 0; i < history->versions->len; i++)
    {
      OrrKey key = g_array_index (history->versions, OrrHistoryVersion, i).key;
      if (i > 0 && key == g_array_index (history->versions, OrrHistoryVersion, i - 1).key)
        continue;
      for (guint32 node = 0; node < history->n_nodes; node++)
        if (history->final_nodes[node])
          keep_chain (search, key, orr_finals_version (search->finals, node, key));
    }
}

static void
take_lost (Search *search, guint operation, guint step)
{
  if (search->n_lost++ == 0)
    {
      search->operation = operation;
      search->step = step;
    }
}

/* The version that a step wrote: the one that it was told of, else the last that has its value. */
static const OrrHistoryVersion *
find_written (const OrrHistory *history, const OrrHistoryOperation *operation, guint step)
{
  const OrrStep *row = &operation->steps[step];
  if (operation->versions)
    return orr_history_find_version (history, row->key, operation->versions[step], NULL);
  guint n = 0;
  const OrrHistoryVersion *versions = orr_history_versions_of (history, row->key, &n);
  while (n-- > 0)
    if (versions[n].value == row->value)
      return &versions[n];
  return NULL;
}

/* A client can be told that a write is done which never took a place in the order. Of a plain write that is
 * certain: the order is known, and its value is nowhere in it. */
static void
look_at_version (Search *search, guint index, guint step)
{
  const OrrHistory *history = search->history;
  const OrrHistoryOperation *operation = orr_history_operation (history, index);
  const OrrHistoryVersion *row = find_written (history, operation, step);
  if (!row && operation->steps[step].kind != ORR_WRITE)
    {
      search->n_unclear++;
      return;
    }
  search->n_checked++;
  if (!row)
    take_lost (search, index, step);
  else if (!search->kept[row - &g_array_index (history->versions, OrrHistoryVersion, 0)])
    take_lost (search, index, step);
}

/* --- By values --- */

static guint
word_hash (gconstpointer word)
{
  return (guint) (GPOINTER_TO_SIZE (word) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) >> 32);
}

/* The members of a list, or of a set, that some node holds, with those that were taken out on purpose. */
static GHashTable *
members_of (Search *search, OrrKey key)
{
  const OrrHistory *history = search->history;
  GHashTable *members = g_hash_table_lookup (search->members, &key);
  if (members)
    return members;
  members = g_hash_table_new (word_hash, NULL);
  for (guint32 node = 0; node < history->n_nodes; node++)
    {
      OrrValue list = orr_finals_value (search->finals, node, key);
      if (!history->final_nodes[node] || !orr_terms_is_list (history->terms, list))
        continue;
      for (; orr_terms_get_length (history->terms, list) > 0;
           list = orr_terms_get_prefix (history->terms, list))
        g_hash_table_add (members, GSIZE_TO_POINTER (orr_terms_get_last (history->terms, list)));
    }
  g_hash_table_insert (search->members, g_memdup2 (&key, sizeof key), members);
  return members;
}

static void
forgive_removed (Search *search)
{
  for (guint i = 0; i < search->history->operations->len; i++)
    {
      const OrrHistoryOperation *operation = orr_history_operation (search->history, i);
      for (guint j = 0; operation->outcome != ORR_FAIL && j < operation->n_steps; j++)
        if (operation->steps[j].kind == ORR_REMOVE)
          g_hash_table_add (members_of (search, operation->steps[j].key),
                            GSIZE_TO_POINTER (operation->steps[j].value));
    }
}

static void
look_at_member (Search *search, guint index, guint step)
{
  const OrrStep *row = &orr_history_operation (search->history, index)->steps[step];
  if (row->kind != ORR_APPEND && row->kind != ORR_ADD)
    {
      search->n_unclear++;
      return;
    }
  search->n_checked++;
  if (!g_hash_table_contains (members_of (search, row->key), GSIZE_TO_POINTER (row->value)))
    take_lost (search, index, step);
}

/* --- Both --- */

static void
look_at_all (Search *search)
{
  const OrrHistory *history = search->history;
  for (guint i = 0; i < history->operations->len; i++)
    {
      const OrrHistoryOperation *operation = orr_history_operation (history, i);
      for (guint j = 0; operation->outcome == ORR_OK && j < operation->n_steps; j++)
        {
          if (!orr_step_infos[operation->steps[j].kind].writes || operation->steps[j].key == ORR_NIL)
            continue;
          if (history->versions_known)
            look_at_version (search, i, j);
          else
            look_at_member (search, i, j);
        }
    }
}

static OrrVerdict *
say_violated (const Search *search)
{
  const OrrHistory *history = search->history;
  OrrKey key = orr_history_operation (history, search->operation)->steps[search->step].key;
  guint32 node = orr_history_operation (history, search->operation)->server;
  g_autoptr (GString) text = g_string_new (NULL);
  orr_words_acknowledged (history, search->operation, search->step, text);
  g_string_append (text, ", but in the end no node held that, or anything built upon it");
  for (guint32 i = 0; (node >= history->n_nodes || !history->final_nodes[node]) && i < history->n_nodes; i++)
    node = i;
  if (node < history->n_nodes && history->final_nodes[node])
    {
      g_string_append_printf (text, ": %s held ", history->node_names[node]);
      orr_words_value (history, key, orr_finals_value (search->finals, node, key), text);
    }
  OrrVerdict *verdict = orr_verdict_new (ORR_VIOLATED, search->n_checked, "%s", text->str);
  verdict->n_violations = search->n_lost;
  orr_verdict_add_witness (verdict, search->operation);
  return verdict;
}

static OrrVerdict *
say (const Search *search)
{
  if (search->n_lost > 0 && search->history->ending != ORR_ENDED_QUIET)
    return orr_verdict_new (
        ORR_UNDECIDED, search->n_checked,
        "the run ended before it was quiet, and some acknowledged writes were not held by then");
  if (search->n_lost > 0)
    return say_violated (search);
  if (search->n_unclear > 0)
    {
      g_autofree char *writes
          = orr_words_count (search->n_unclear, "acknowledged write", "acknowledged writes");
      return orr_verdict_new (ORR_UNDECIDED, search->n_checked,
                              "it is not known where %s stood in the order of writes", writes);
    }
  if (search->n_checked == 0)
    return orr_verdict_new (ORR_HOLDS, 0, "no write was acknowledged");
  g_autofree char *writes
      = orr_words_count (search->n_checked, "acknowledged write was", "acknowledged writes were");
  return orr_verdict_new (ORR_HOLDS, search->n_checked, "%s kept", writes);
}

/* Of a history from elsewhere. */
static const char *
silent (const OrrHistory *history)
{
  return history->source ? "nobody wrote down what nodes held in the end" : NULL;
}

static OrrVerdict *
check (const OrrHistory *history, const OrrCheckBudget *budget G_GNUC_UNUSED)
{
  if (!history->finals_known)
    return orr_verdict_new (ORR_UNDECIDED, 0, "it is not known what the nodes held in the end");
  g_autoptr (OrrFinals) finals = orr_finals_new (history);
  g_autofree gboolean *kept = g_new0 (gboolean, history->versions->len);
  g_autoptr (GHashTable) members
      = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify) g_hash_table_unref);
  Search search = { .history = history, .finals = finals, .kept = kept, .members = members };
  if (history->versions_known)
    keep_all (&search);
  else
    forgive_removed (&search);
  look_at_all (&search);
  return say (&search);
}

const OrrCheck orr_check_durability = {
  .entry = { .name = "durability",
             .summary = "Nothing that was acknowledged is lost, nothing deleted comes back",
             .doc = "Violated where a write was acknowledged, and when all is quiet no node holds it or "
                    "anything that was built upon it. A write whose outcome the client does not know may "
                    "be lost. Unknown where the run ended before it was quiet, or where it is not known "
                    "what the nodes hold." },
  .source = "Haerder & Reuter: Principles of Transaction-Oriented Database Recovery, ACM Computing Surveys "
            "15(4), 1983, section 1.1",
  .silent = silent,
  .check = check,
};
