/* shrink-text.c: what a shrunk scenario says of itself. */
#include "explore/shrink-private.h"

static void
add_count (GPtrArray *parts, guint n, const char *one, const char *many)
{
  if (n > 0)
    g_ptr_array_add (parts, g_strdup_printf ("%u %s", n, n == 1 ? one : many));
}

/* "2 operations with 1 fault and 1 pin" */
static char *
size_of (const OrrShrunk *shrunk)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  GString *size = g_string_new (NULL);
  add_count (parts, shrunk->n_operations, "operation", "operations");
  add_count (parts, shrunk->n_faults, "fault", "faults");
  add_count (parts, shrunk->n_actions, "action", "actions");
  add_count (parts, shrunk->n_pins, "pin", "pins");
  for (guint i = 0; i < parts->len; i++) /* no comma, which a title would have to be quoted for */
    g_string_append_printf (size, "%s%s",
                            i == 0   ? ""
                            : i == 1 ? " with "
                                     : " and ",
                            (const char *) parts->pdata[i]);
  if (size->len == 0)
    g_string_append (size, "nothing but its settings");
  return g_string_free (size, FALSE);
}

/* "tie-keeps-local"; NULL: no mistake is needed. Of several all are. */
static char *
mistakes_of (const OrrShrinking *shrinking)
{
  const OrrScenario *scenario = shrinking->shrunk->scenario;
  const OrrBug *bugs = scenario->model->bugs;
  GString *names = g_string_new (NULL);
  for (guint i = 0; shrinking->is_mistaken && bugs && bugs[i].name; i++)
    if (orr_scenario_has_bug (scenario, i))
      g_string_append_printf (names, "%s%s", names->len > 0 ? " and " : "", bugs[i].name);
  return g_string_free (names, names->len == 0);
}

/* "Without the mistake tie-keeps-local, or any one of its operations, it is not." */
static void
say_what_is_needed (const OrrShrinking *shrinking, GString *about)
{
  const OrrShrunk *shrunk = shrinking->shrunk;
  const struct
  {
    guint n;
    const char *name;
  } lists[] = { { shrunk->n_operations, "operations" },
                { shrunk->n_pins, "pins" },
                { shrunk->n_faults, "faults" },
                { shrunk->n_actions, "actions" } };
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autofree char *mistakes = mistakes_of (shrinking);
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    if (lists[i].n > 0)
      g_ptr_array_add (names, (gpointer) lists[i].name);
  if (!mistakes && names->len == 0)
    return;
  g_string_append (about, "Without ");
  if (mistakes)
    g_string_append_printf (about, "the mistake %s%s", mistakes, names->len > 0 ? ", or " : "");
  for (guint i = 0; i < names->len; i++)
    g_string_append_printf (about, "%s%s",
                            i == 0               ? "any one of its "
                            : i + 1 < names->len ? ", "
                                                 : " and ",
                            (const char *) names->pdata[i]);
  g_string_append_printf (about, "%s it %s not%s.\n", mistakes && names->len > 0 ? "," : "",
                          shrinking->death ? "does" : "is", shrunk->n_pins > 0 ? ", or chance is back" : "");
}

/* What it shows, in a sentence. */
static char *
claim_of (const OrrShrinking *shrinking)
{
  const OrrShrunk *shrunk = shrinking->shrunk;
  OrrQuestion question = shrinking->question;
  if (shrinking->death)
    return g_strdup_printf ("The run dies: %s.\n", shrinking->death);
  question.run.seed = shrunk->scenario->seed;
  g_autoptr (OrrTrial) trial = orr_trial_new (shrunk->scenario, &question);
  return g_strdup_printf ("%s is violated: %s.\n", shrunk->property->name, trial->verdict->sentence);
}

static char *
about_of (const OrrShrinking *shrinking)
{
  const OrrShrunk *shrunk = shrinking->shrunk;
  g_autofree char *claim = claim_of (shrinking);
  GString *about = g_string_new (claim);
  if (shrunk->is_minimal)
    say_what_is_needed (shrinking, about);
  else
    g_string_append (about, "Shrinking ended before it was known that nothing more can be left out.\n");
  if (!shrunk->is_explicit)
    g_string_append (about, "Chance is still at work in it: other seeds need not show it.\n");
  return g_string_free (about, FALSE);
}

static void
set_text (OrrDraft *draft, const char *key, const char *text)
{
  g_autoptr (GString) scalar = g_string_new (NULL);
  orr_yaml_write_scalar (text, scalar);
  orr_draft_set (draft, key, scalar->str);
}

/* Nothing can be expected of a run that dies. */
void
orr_shrink_describe (OrrShrinking *shrinking)
{
  OrrShrunk *shrunk = shrinking->shrunk;
  OrrDraft *draft = orr_draft_copy (shrinking->draft);
  g_autofree char *size = size_of (shrunk);
  g_autofree char *title = shrinking->death
                               ? g_strdup_printf ("A run that dies by %s", size)
                               : g_strdup_printf ("%s violated by %s", shrunk->property->name, size);
  g_autofree char *about = about_of (shrinking);
  g_autofree char *expectation = g_strdup_printf ("{%s: violated}", shrunk->property->name);
  set_text (draft, "title", title);
  set_text (draft, "about", about);
  if (!shrinking->death)
    orr_draft_set (draft, "expect", expectation);
  orr_shrinking_accept (shrinking, draft);
}
