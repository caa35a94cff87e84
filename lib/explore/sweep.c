/* sweep.c: the points of a grid.
 *
 * A point is made as a user would make it: the text of the scenario, and a --set for each axis. So whatever
 * can't be is found out by the ordinary reader, also where values that are possible alone do not go together.
 */
#include "explore/sweep.h"

#include <string.h>

#include "base/document.h"
#include "explore/draft.h"

/* So many points that can't be are told of. */
#define BAD_POINTS_MAX 3

/* --- Axes --- */

static void
add_axis (OrrSweep *sweep, const char *path, const OrrYaml *list)
{
  const char **values = orr_arena_alloc (sweep->arena, list->n_children * sizeof *values);
  for (guint i = 0; i < list->n_children; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      orr_yaml_write_node (list->children[i], text);
      values[i] = orr_arena_strdup (sweep->arena, text->str);
    }
  OrrVariation axis = { .path = orr_arena_strdup (sweep->arena, path),
                        .values = { .data = values, .length = list->n_children } };
  g_array_append_val (sweep->axes, axis);
}

/* PATH=V1,V2: behind the sign stands a list of YAML, but for its brackets. */
static void
read_axis (OrrSweep *sweep, const char *vary, OrrProblems *problems)
{
  const char *sign = strchr (vary, '=');
  const OrrPlace nowhere = { 0 };
  g_autofree char *path = sign ? g_strndup (vary, (gsize) (sign - vary)) : NULL;
  orr_problems_set_file (problems, "--vary");
  if (!sign || sign == vary || !sign[1])
    {
      orr_problems_add (problems, nowhere, "write PATH=V1,V2, as in options.router.window=1s,5s",
                        "'%s' does not say what takes which values", vary);
      return;
    }
  for (guint i = 0; i < sweep->axes->len; i++)
    if (strcmp (orr_sweep_axis (sweep, i)->path, path) == 0)
      {
        orr_problems_add (problems, nowhere, "list all its values in one", "'%s' is varied twice", path);
        return;
      }
  g_autofree char *list = g_strdup_printf ("[%s]", sign + 1);
  g_autoptr (OrrProblems) own = orr_problems_new (NULL);
  const OrrYaml *root = orr_yaml_parse (list, strlen (list), sweep->arena, own);
  if (!root || root->kind != ORR_YAML_LIST || root->n_children == 0 || orr_problems_get_length (own) > 0)
    orr_problems_add (problems, nowhere, "separate them by commas, as in 1s,5s; quote what has some in it",
                      "'%s' is no list of values", sign + 1);
  else
    add_axis (sweep, path, root);
}

/* Both the list's pointers and its texts are the base's, which is kept. */
static void
read_axes (OrrSweep *sweep, const char *const *vary, OrrProblems *problems)
{
  const OrrArray *own = &sweep->base->sweep;
  if (vary && *vary)
    for (; *vary; vary++)
      read_axis (sweep, *vary, problems);
  else
    g_array_append_vals (sweep->axes, own->data, own->length);
  if (sweep->axes->len == 0 && orr_problems_get_length (problems) == 0)
    orr_problems_add (problems, (OrrPlace){ 0 },
                      "add one, as in 'sweep: {options.router.window: [1s, 5s]}', or say --vary PATH=V1,V2",
                      "there is no 'sweep' in it");
}

/* --- Points --- */

/* FALSE: they are too many. */
static gboolean
count_points (const OrrSweep *sweep, OrrProblems *problems, guint *ret_n)
{
  guint64 n = 1;
  for (guint i = 0; i < sweep->axes->len && n <= ORR_SWEEP_POINTS_MAX; i++)
    n *= orr_sweep_axis (sweep, i)->values.length;
  *ret_n = (guint) n;
  if (n <= ORR_SWEEP_POINTS_MAX)
    return TRUE;
  orr_problems_add (problems, (OrrPlace){ 0 }, "list fewer values", "the grid has more than %d points",
                    ORR_SWEEP_POINTS_MAX);
  return FALSE;
}

static GPtrArray *
sets_of (const OrrSweep *sweep, guint point)
{
  GPtrArray *sets = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < sweep->axes->len; i++)
    g_ptr_array_add (
        sets, g_strdup_printf ("%s=%s", orr_sweep_axis (sweep, i)->path, orr_sweep_value (sweep, point, i)));
  g_ptr_array_add (sets, NULL);
  return sets;
}

/* Of several problems the first tells enough: the others mostly come of it. */
static void
complain_of_point (const OrrProblems *own, const char *const *sets, OrrProblems *problems)
{
  const OrrProblem *first = orr_problems_get (own, 0);
  g_autofree char *name = g_strjoinv (" ", (char **) sets);
  orr_problems_add (problems, (OrrPlace){ 0 }, first->remedy, "%s can't be: %s", name, first->what);
}

static void
read_points (OrrSweep *sweep, const OrrCatalog *catalog, OrrProblems *problems)
{
  guint n, before = orr_problems_get_length (problems);
  g_autoptr (OrrDraft) draft = orr_draft_new (sweep->base);
  g_autofree char *text = orr_draft_to_text (draft);
  orr_problems_set_file (problems, sweep->base->file);
  if (!count_points (sweep, problems, &n))
    return;
  for (guint i = 0; i < n && orr_problems_get_length (problems) < before + BAD_POINTS_MAX; i++)
    {
      g_autoptr (OrrProblems) own = orr_problems_new (NULL);
      g_autoptr (GPtrArray) sets = sets_of (sweep, i);
      OrrScenario *point = orr_scenario_parse (text, strlen (text), sweep->base->file,
                                               (const char *const *) sets->pdata, catalog, own);
      if (point)
        g_ptr_array_add (sweep->points, point);
      else
        complain_of_point (own, (const char *const *) sets->pdata, problems);
    }
}

OrrSweep *
orr_sweep_new (const OrrScenario *base, const char *const *vary, const OrrCatalog *catalog,
               OrrProblems *problems)
{
  g_autoptr (OrrSweep) sweep = g_new0 (OrrSweep, 1);
  sweep->base = orr_scenario_ref (base);
  sweep->arena = orr_arena_new ();
  sweep->axes = g_array_new (FALSE, FALSE, sizeof (OrrVariation));
  sweep->points = g_ptr_array_new_with_free_func ((GDestroyNotify) orr_scenario_unref);
  read_axes (sweep, vary, problems);
  if (orr_problems_get_length (problems) == 0)
    read_points (sweep, catalog, problems);
  return orr_problems_get_length (problems) == 0 ? g_steal_pointer (&sweep) : NULL;
}

void
orr_sweep_free (OrrSweep *sweep)
{
  if (!sweep)
    return;
  g_ptr_array_unref (sweep->points);
  g_array_unref (sweep->axes);
  orr_scenario_unref (sweep->base);
  orr_arena_free (sweep->arena);
  g_free (sweep);
}

/* --- Asking --- */

const OrrVariation *
orr_sweep_axis (const OrrSweep *sweep, guint axis)
{
  g_assert (axis < sweep->axes->len);
  return &g_array_index (sweep->axes, OrrVariation, axis);
}

guint
orr_sweep_index (const OrrSweep *sweep, guint point, guint axis)
{
  for (guint later = sweep->axes->len - 1; later > axis; later--)
    point /= orr_sweep_axis (sweep, later)->values.length;
  return point % orr_sweep_axis (sweep, axis)->values.length;
}

const char *
orr_sweep_value (const OrrSweep *sweep, guint point, guint axis)
{
  return (
      (const char *const *) orr_sweep_axis (sweep, axis)->values.data)[orr_sweep_index (sweep, point, axis)];
}
