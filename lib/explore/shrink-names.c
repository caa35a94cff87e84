/* shrink-names.c: names as a teacher would have given them: sessions s1 and s2, keys x and y, values 1, 2 and
 * 3, operations w1 and r1.
 *
 * What is called how can matter to a run, since draws are named by it and a model may place a key by its
 * name. So each renaming is a trial like any other. */
#include "explore/shrink-private.h"

#include <string.h>

#define OPERATIONS "workload.operations"

/* --- New names for old --- */

typedef struct
{
  GPtrArray *olds, *news; /* char *: in the order in which the old ones were met */
  GHashTable *index;      /* old → its place + 1; borrows the texts */
} Names;

static void
names_init (Names *names)
{
  names->olds = g_ptr_array_new_with_free_func (g_free);
  names->news = g_ptr_array_new_with_free_func (g_free);
  names->index = g_hash_table_new (g_str_hash, g_str_equal);
}

static void
names_clear (Names *names)
{
  g_ptr_array_unref (names->olds);
  g_ptr_array_unref (names->news);
  g_hash_table_unref (names->index);
}

/* Takes the new name over. */
static void
names_add (Names *names, const char *old, char *new)
{
  char *copy = g_strdup (old);
  g_ptr_array_add (names->olds, copy);
  g_ptr_array_add (names->news, new);
  g_hash_table_insert (names->index, copy, GUINT_TO_POINTER (names->olds->len));
}

/* The new name; NULL: it keeps its own. */
static const char *
names_find (const Names *names, const char *old)
{
  guint place = GPOINTER_TO_UINT (g_hash_table_lookup (names->index, old));
  return place > 0 ? g_ptr_array_index (names->news, place - 1) : NULL;
}

/* --- Trees with other words --- */

/* A copy of a tree in which scalars, and keys of maps, have other texts. */
static OrrYaml *
renamed (const OrrYaml *node, const Names *names, gboolean keys_too, OrrArena *arena)
{
  OrrYaml *copy = orr_arena_copy (arena, node, sizeof *node);
  const char *other = node->kind == ORR_YAML_SCALAR ? names_find (names, node->text) : NULL;
  if (other)
    copy->text = other;
  if (node->n_children == 0)
    return copy;
  copy->children = orr_arena_alloc (arena, node->n_children * sizeof *node->children);
  if (node->keys)
    copy->keys = orr_arena_alloc (arena, node->n_children * sizeof *node->keys);
  for (guint i = 0; i < node->n_children; i++)
    {
      copy->children[i] = renamed (node->children[i], names, keys_too, arena);
      if (node->keys)
        copy->keys[i] = keys_too ? renamed (node->keys[i], names, keys_too, arena) : node->keys[i];
    }
  return copy;
}

static void
rename_at (OrrDraft *draft, const char *path, const Names *names, gboolean keys_too)
{
  const OrrYaml *node = orr_draft_get (draft, path);
  if (!node)
    return;
  OrrArena *arena = orr_arena_new ();
  g_autoptr (GString) text = g_string_new (NULL);
  orr_yaml_write_node (renamed (node, names, keys_too, arena), text);
  orr_draft_set (draft, path, text->str);
  orr_arena_free (arena);
}

static char *
operation_path (guint index, const char *key)
{
  return g_strdup_printf (OPERATIONS ".%u.%s", index, key);
}

static const char *
operation_text (const OrrDraft *draft, guint index, const char *key)
{
  g_autofree char *path = operation_path (index, key);
  return orr_draft_get_text (draft, path);
}

/* --- Sessions --- */

static void
rename_everywhere (OrrDraft *draft, const char *key, const Names *names)
{
  for (guint i = 0; i < orr_draft_length (draft, OPERATIONS); i++)
    {
      g_autofree char *path = operation_path (i, key);
      rename_at (draft, path, names, FALSE);
    }
}

/* Those that do anything, called s1, s2, …. */
static void
collect_sessions (const OrrDraft *draft, Names *names)
{
  for (guint i = 0; i < orr_draft_length (draft, OPERATIONS); i++)
    {
      const char *session = operation_text (draft, i, "session");
      if (!names_find (names, session))
        names_add (names, session, g_strdup_printf ("s%u", names->olds->len + 1));
    }
}

static void
set_sessions (OrrDraft *draft, guint n)
{
  g_autofree char *number = g_strdup_printf ("%u", n);
  orr_draft_remove (draft, "clients.names");
  orr_draft_remove (draft, "clients.sessions");
  if (n > 1)
    orr_draft_set (draft, "clients.sessions", number);
}

/* An author's names are better than any of ours. */
static gboolean
keep_names (OrrShrinking *shrinking, const Names *names)
{
  OrrDraft *candidate = orr_draft_copy (shrinking->draft);
  g_autoptr (GString) list = g_string_new ("[");
  for (guint i = 0; i < names->olds->len; i++)
    g_string_append_printf (list, "%s%s", i > 0 ? ", " : "", (const char *) names->olds->pdata[i]);
  g_string_append_c (list, ']');
  orr_draft_remove (candidate, "clients.sessions");
  orr_draft_set (candidate, "clients.names", list->str);
  return orr_shrinking_try (shrinking, candidate);
}

/* On one host if that is possible. */
static gboolean
give_names (OrrShrinking *shrinking, const Names *names, gboolean one_host)
{
  OrrDraft *candidate = orr_draft_copy (shrinking->draft);
  rename_everywhere (candidate, "session", names);
  if (one_host)
    orr_draft_remove (candidate, "clients.hosts");
  set_sessions (candidate, names->olds->len);
  return orr_shrinking_try (shrinking, candidate);
}

/* Does any have a name that is no number behind an s? */
static gboolean
are_named (const OrrDraft *draft, const Names *names)
{
  for (guint i = 0; orr_draft_get (draft, "clients.names") && i < names->olds->len; i++)
    {
      const char *name = names->olds->pdata[i];
      if (name[0] != 's' || name[1 + strspn (name + 1, "0123456789")] != '\0')
        return TRUE;
    }
  return FALSE;
}

/* s1, s2 and so on, and no others. */
static gboolean
are_numbered (const OrrShrinking *shrinking, const Names *names)
{
  for (guint i = 0; i < names->olds->len; i++)
    if (strcmp (names->olds->pdata[i], names->news->pdata[i]) != 0)
      return FALSE;
  return !orr_draft_get (shrinking->draft, "clients.names")
         && names->olds->len == shrinking->shrunk->scenario->n_sessions;
}

static gboolean
rename_sessions (OrrShrinking *shrinking)
{
  Names names;
  names_init (&names);
  collect_sessions (shrinking->draft, &names);
  gboolean any = FALSE;
  if (are_named (shrinking->draft, &names))
    any = keep_names (shrinking, &names);
  else if (!are_numbered (shrinking, &names))
    any = give_names (shrinking, &names, TRUE) || give_names (shrinking, &names, FALSE)
          || keep_names (shrinking, &names);
  names_clear (&names);
  return any;
}

/* --- Keys and values --- */

static gboolean
is_step (const char *key)
{
  return orr_step_kind_find (key) != ORR_STEP_NONE || g_str_equal (key, "steps")
         || g_str_equal (key, "transfer");
}

/* One is x; several are a, b, c, then k4 and so on. YAML takes y and n for truth values. */
static char *
key_name (guint index, guint n)
{
  if (n == 1)
    return g_strdup ("x");
  return index < 3 ? g_strdup_printf ("%c", 'a' + (char) index) : g_strdup_printf ("k%u", index + 1);
}

static void
name_keys (Names *names)
{
  for (guint i = 0; i < names->olds->len; i++)
    {
      g_free (names->news->pdata[i]);
      names->news->pdata[i] = key_name (i, names->olds->len);
    }
}

static void
collect_keys (const OrrScenario *scenario, Names *names)
{
  const OrrPlannedOperation *operations = scenario->workload.operations.data;
  for (guint i = 0; i < scenario->workload.operations.length; i++)
    for (guint s = 0; s < operations[i].n_steps; s++)
      {
        OrrKey key = operations[i].steps[s].key;
        g_autoptr (GString) text = g_string_new (NULL);
        if (orr_terms_is_text (scenario->terms, key))
          g_string_append (text, orr_terms_get_text (scenario->terms, key));
        else
          orr_terms_print (scenario->terms, key, text);
        if (key != ORR_NIL && !names_find (names, text->str))
          names_add (names, text->str, g_strdup ("x"));
      }
  name_keys (names);
}

/* Whole numbers that are written or looked for. */
static void
collect_values (const OrrScenario *scenario, Names *names)
{
  const OrrPlannedOperation *operations = scenario->workload.operations.data;
  for (guint i = 0; i < scenario->workload.operations.length; i++)
    for (guint s = 0; s < operations[i].n_steps; s++)
      {
        OrrValue value = operations[i].steps[s].value;
        if (!orr_value_is_int (value))
          continue;
        g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, orr_value_to_int (value));
        if (!names_find (names, text))
          names_add (names, text, g_strdup_printf ("%u", names->olds->len + 1));
      }
}

static void
rename_in_steps (OrrDraft *draft, const Names *names, gboolean keys_too)
{
  for (guint i = 0; i < orr_draft_length (draft, OPERATIONS); i++)
    {
      g_autofree char *path = g_strdup_printf (OPERATIONS ".%u", i);
      for (guint child = 0; child < orr_draft_length (draft, path); child++)
        {
          const char *key = orr_draft_get (draft, path)->keys[child]->text;
          g_autofree char *step = operation_path (i, key);
          if (is_step (key))
            rename_at (draft, step, names, keys_too);
        }
    }
}

/* What messages, timers and facts must say, as far as fields of these names say it. */
static void
rename_in_where (OrrDraft *draft, const char *list, const char *format, const char *field, const Names *names)
{
  for (guint i = 0; i < orr_draft_length (draft, list); i++)
    {
      g_autofree char *path = g_strdup_printf ("%s.%u.%s%s", list, i, format, field);
      rename_at (draft, path, names, FALSE);
    }
}

static gboolean
try_words_in (OrrShrinking *shrinking, const Names *names, gboolean are_keys, const char *pins,
              const char *faults, const char *field)
{
  OrrDraft *candidate = orr_draft_copy (shrinking->draft);
  rename_in_steps (candidate, names, are_keys);
  rename_in_where (candidate, "pins", pins, field, names);
  rename_in_where (candidate, "faults", faults, field, names);
  return orr_shrinking_try (shrinking, candidate);
}

/* Models call the fields of their messages as they like. */
static gboolean
try_words (OrrShrinking *shrinking, const Names *names, gboolean are_keys)
{
  const char *field = are_keys ? "key" : "value";
  return try_words_in (shrinking, names, are_keys, "where.", "when.where.", field)
         || try_words_in (shrinking, names, are_keys, "where", "when.where", "");
}

static gboolean
rename_words (OrrShrinking *shrinking, void (*collect) (const OrrScenario *, Names *), gboolean are_keys)
{
  Names names;
  names_init (&names);
  collect (shrinking->shrunk->scenario, &names);
  gboolean any = names.olds->len > 0 && try_words (shrinking, &names, are_keys);
  names_clear (&names);
  return any;
}

/* --- Fewer of them --- */

typedef gboolean (*TryNames) (OrrShrinking *shrinking, const Names *names);

static gboolean
try_sessions (OrrShrinking *shrinking, const Names *names)
{
  OrrDraft *candidate = orr_draft_copy (shrinking->draft);
  rename_everywhere (candidate, "session", names);
  return orr_shrinking_try (shrinking, candidate);
}

static gboolean
try_keys (OrrShrinking *shrinking, const Names *names)
{
  return try_words (shrinking, names, TRUE);
}

/* Those from the first-th to before `end` become one with the target-th. */
static gboolean
merge (OrrShrinking *shrinking, const GPtrArray *all, guint first, guint end, guint target,
       TryNames try_names)
{
  Names names;
  names_init (&names);
  for (guint i = first; i < end; i++)
    names_add (&names, all->pdata[i], g_strdup (all->pdata[target]));
  gboolean any = try_names (shrinking, &names);
  names_clear (&names);
  return any;
}

/* All are one, or else some are one with another. */
static gboolean
merge_any (OrrShrinking *shrinking, const GPtrArray *all, TryNames try_names)
{
  if (all->len < 2)
    return FALSE;
  if (merge (shrinking, all, 1, all->len, 0, try_names))
    return TRUE;
  for (guint i = all->len - 1; i > 0; i--)
    for (guint target = 0; target < i && !orr_shrinking_is_over (shrinking); target++)
      if (merge (shrinking, all, i, i + 1, target, try_names))
        return TRUE;
  return FALSE;
}

/* A transfer from an account to itself, or a transaction that reads one key twice, would be smaller and no
 * simpler. */
static gboolean
has_transactions (const OrrScenario *scenario)
{
  const OrrPlannedOperation *operations = scenario->workload.operations.data;
  for (guint i = 0; i < scenario->workload.operations.length; i++)
    if (operations[i].n_steps > 1)
      return TRUE;
  return FALSE;
}

gboolean
orr_shrink_merge (OrrShrinking *shrinking)
{
  Names sessions, keys;
  names_init (&sessions);
  names_init (&keys);
  collect_sessions (shrinking->draft, &sessions);
  collect_keys (shrinking->shrunk->scenario, &keys);
  gboolean any = merge_any (shrinking, sessions.olds, try_sessions);
  if (!has_transactions (shrinking->shrunk->scenario))
    any |= merge_any (shrinking, keys.olds, try_keys);
  names_clear (&sessions);
  names_clear (&keys);
  return any;
}

/* --- Nodes --- */

static const char *const of_nodes[] = { "nodes", "network.links", "faults", "pins" };

static gboolean
mentions (const OrrYaml *node, const char *name)
{
  if (!node)
    return FALSE;
  if (node->kind == ORR_YAML_SCALAR)
    return strcmp (node->text, name) == 0;
  for (guint i = 0; i < node->n_children; i++)
    if (mentions (node->children[i], name) || (node->keys && mentions (node->keys[i], name)))
      return TRUE;
  return FALSE;
}

static gboolean
is_mentioned (const OrrDraft *draft, const char *node)
{
  for (guint i = 0; i < G_N_ELEMENTS (of_nodes); i++)
    if (mentions (orr_draft_get (draft, of_nodes[i]), node))
      return TRUE;
  for (guint i = 0; i < orr_draft_length (draft, OPERATIONS); i++)
    if (g_strcmp0 (operation_text (draft, i, "to"), node) == 0)
      return TRUE;
  return FALSE;
}

/* Two nodes in each other's place. */
static gboolean
swap_nodes (OrrShrinking *shrinking, const char *one, const char *other)
{
  OrrDraft *candidate = orr_draft_copy (shrinking->draft);
  Names names;
  names_init (&names);
  names_add (&names, one, g_strdup (other));
  names_add (&names, other, g_strdup (one));
  for (guint i = 0; i < G_N_ELEMENTS (of_nodes); i++)
    rename_at (candidate, of_nodes[i], &names, TRUE);
  rename_everywhere (candidate, "to", &names);
  gboolean any = orr_shrinking_try (shrinking, candidate);
  names_clear (&names);
  return any;
}

void
orr_shrink_fold_nodes (OrrDraft *draft, const OrrScenario *scenario, guint64 n)
{
  static const char *const lists[] = { "faults", "pins" };
  Names names;
  names_init (&names);
  for (guint i = 0; i < scenario->layout->nodes->len; i++)
    {
      const char *name = g_ptr_array_index (scenario->layout->nodes, i);
      gsize length = strlen (name);
      while (length > 0 && g_ascii_isdigit (name[length - 1]))
        length--;
      guint64 number = g_ascii_strtoull (name + length, NULL, 10);
      if (number > n)
        names_add (&names, name,
                   g_strdup_printf ("%.*s%" G_GUINT64_FORMAT, (int) length, name, (number - 1) % n + 1));
    }
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    rename_at (draft, lists[i], &names, FALSE);
  rename_everywhere (draft, "to", &names);
  names_clear (&names);
}

/* A node that nothing speaks of, and that comes before this one of its role, takes its place. */
static gboolean
move_node (OrrShrinking *shrinking, guint address)
{
  for (guint before = 0; before < address && !orr_shrinking_is_over (shrinking); before++)
    {
      const GArray *actors = shrinking->shrunk->scenario->layout->actors;
      const OrrActorPlace *one = &g_array_index (actors, OrrActorPlace, address),
                          *other = &g_array_index (actors, OrrActorPlace, before);
      if (one->role == other->role && !is_mentioned (shrinking->draft, other->name)
          && swap_nodes (shrinking, one->name, other->name))
        return TRUE;
    }
  return FALSE;
}

gboolean
orr_shrink_nodes (OrrShrinking *shrinking)
{
  gboolean any = FALSE;
  for (guint address = 1; address < shrinking->shrunk->scenario->layout->actors->len; address++)
    {
      const OrrActorPlace *actor
          = &g_array_index (shrinking->shrunk->scenario->layout->actors, OrrActorPlace, address);
      if (actor->role != ORR_ROLE_CLIENT && is_mentioned (shrinking->draft, actor->name))
        any |= move_node (shrinking, address);
    }
  return any;
}

/* --- Operations --- */

/* w1, w2, r1: by the first letter of what they do; a transaction's is t. */
static void
collect_ids (const OrrScenario *scenario, Names *names)
{
  const OrrPlannedOperation *operations = scenario->workload.operations.data;
  guint numbers['z' - 'a' + 1] = { 0 };
  for (guint i = 0; i < scenario->workload.operations.length; i++)
    {
      char letter = operations[i].n_steps == 1 ? orr_step_infos[operations[i].steps[0].kind].name[0] : 't';
      names_add (names, operations[i].id, g_strdup_printf ("%c%u", letter, ++numbers[letter - 'a']));
    }
}

static gboolean
rename_operations (OrrShrinking *shrinking)
{
  Names names;
  names_init (&names);
  collect_ids (shrinking->shrunk->scenario, &names);
  OrrDraft *candidate = orr_draft_copy (shrinking->draft);
  rename_everywhere (candidate, "id", &names);
  rename_everywhere (candidate, "after", &names);
  rename_in_where (candidate, "pins", "", "request", &names);
  rename_in_where (candidate, "pins", "", "reply", &names);
  gboolean any = orr_shrinking_try (shrinking, candidate);
  names_clear (&names);
  return any;
}

/* Whoever asks the first server says so itself: that is plainer than a rule for all. */
static gboolean
say_whom (OrrShrinking *shrinking)
{
  const OrrScenario *scenario = shrinking->shrunk->scenario;
  guint first = 0;
  if (scenario->model->client || !orr_draft_get (shrinking->draft, "clients.contact")
      || scenario->clients.contact != ORR_CONTACT_FIRST)
    return FALSE;
  while (g_array_index (scenario->layout->actors, OrrActorPlace, first).role == ORR_ROLE_CLIENT)
    first++;
  OrrDraft *candidate = orr_draft_copy (shrinking->draft);
  orr_draft_remove (candidate, "clients.contact");
  for (guint i = 0; i < orr_draft_length (candidate, OPERATIONS); i++)
    {
      g_autofree char *to = operation_path (i, "to");
      if (!orr_draft_get (candidate, to))
        orr_draft_set (candidate, to, g_array_index (scenario->layout->actors, OrrActorPlace, first).name);
    }
  return orr_shrinking_try (shrinking, candidate);
}

gboolean
orr_shrink_names (OrrShrinking *shrinking)
{
  if (orr_draft_length (shrinking->draft, OPERATIONS) == 0)
    return FALSE;
  gboolean any = rename_sessions (shrinking);
  any |= rename_words (shrinking, collect_keys, TRUE);
  any |= rename_words (shrinking, collect_values, FALSE);
  any |= rename_operations (shrinking);
  any |= say_whom (shrinking);
  return any;
}
