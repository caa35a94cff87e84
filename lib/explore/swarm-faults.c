/* swarm-faults.c: which faults a variant has, and how they are shaped.
 *
 * Faults are found in the table of all faults, and shaped by the tables of their settings: a share is drawn
 * over orders of magnitude, a duration on the scale of the run, a word among its words. A new fault is
 * thereby used from the day it is there. */
#include "explore/swarm-private.h"

#include "base/quantity.h"
#include "engine/fault.h"
#include "engine/model.h"

#include <string.h>

/* Lines without an end of their own last until the heal, once in so many. */
#define FOR_GOOD_ONCE_IN 12

/* What is slower than this may not be done when the time to settle is over, and then proves nothing. */
#define FACTOR_MOST 20

/* --- Families --- */

/* The setting whose words make shapes: the first one with words. */
static const OrrField *
shape_field (const OrrEntry *fault)
{
  for (const OrrField *field = fault->fields; field && field->name; field++)
    if (field->type == &orr_type_CHOICE)
      return field;
  return NULL;
}

static gboolean
costs_anything (const OrrClaims *claims, const char *fault, const char *shape)
{
  const char *const *properties = orr_claims_get_properties (claims);
  for (guint i = 0; properties[i]; i++)
    if (!orr_claims_keep (claims, properties[i], fault) || !orr_claims_keep (claims, properties[i], shape))
      return TRUE;
  return FALSE;
}

/* A fault that is borne at some roles alone strikes these alone. Of clients, only those that run a role. */
static void
add_family (const OrrVariant *variant, GArray *families, OrrFamily family)
{
  const OrrModel *model = variant->base->model;
  g_autofree char *shape = g_strconcat (family.fault->name, family.word ? "-" : "", family.word, NULL);
  if (variant->claims)
    family.costs = costs_anything (variant->claims, family.fault->name, shape);
  if (orr_variant_may (variant, family.fault->name) || orr_variant_may (variant, shape))
    g_array_append_val (families, family);
  else if (variant->claims && variant->base->fuzz_faults.length == 0)
    for (guint i = 0; model->roles && model->roles[i]; i++)
      {
        family.role = orr_role_name (model->roles[i]);
        if (orr_claims_bear (variant->claims, shape, family.role)
            || orr_claims_bear (variant->claims, family.fault->name, family.role))
          g_array_append_val (families, family);
      }
}

GArray *
orr_variant_families (const OrrVariant *variant)
{
  GArray *families = g_array_new (FALSE, FALSE, sizeof (OrrFamily));
  for (guint i = 0; orr_faults[i]; i++)
    {
      const OrrEntry *fault = &orr_faults[i]->entry;
      const OrrField *field = shape_field (fault);
      if (strcmp (fault->name, "action") == 0)
        continue;
      if (!field)
        add_family (variant, families, (OrrFamily){ .fault = fault });
      for (const OrrChoice *choice = field ? field->choices : NULL; choice && choice->name; choice++)
        add_family (variant, families, (OrrFamily){ .fault = fault, .field = field, .word = choice->name });
    }
  return families;
}

const OrrFamily *
orr_families_draw (const GArray *families, const char *fault, OrrDraw draw)
{
  guint n = 0;
  for (guint i = 0; i < families->len; i++)
    n += !fault || strcmp (g_array_index (families, OrrFamily, i).fault->name, fault) == 0;
  if (n == 0)
    return NULL;
  guint64 left = orr_draw_below (draw, n);
  for (guint i = 0;; i++)
    {
      const OrrFamily *family = &g_array_index (families, OrrFamily, i);
      if ((!fault || strcmp (family->fault->name, fault) == 0) && left-- == 0)
        return family;
    }
}

/* --- Nodes --- */

static gboolean
is_server_of (const OrrVariant *variant, guint node, const char *role)
{
  const OrrLayout *layout = variant->now->layout;
  for (guint i = 0; i < layout->actors->len; i++)
    {
      const OrrActorPlace *actor = &g_array_index (layout->actors, OrrActorPlace, i);
      if (actor->node == node && actor->role != ORR_ROLE_CLIENT
          && (!role || strcmp (orr_role_name (variant->base->model->roles[actor->role]), role) == 0))
        return TRUE;
    }
  return FALSE;
}

const char *
orr_variant_draw_node (const OrrVariant *variant, const char *role, OrrDraw draw)
{
  const GPtrArray *nodes = variant->now->layout->nodes;
  guint n = 0;
  for (guint i = 0; i < nodes->len; i++)
    n += is_server_of (variant, i, role);
  if (n == 0)
    return NULL;
  guint64 left = orr_draw_below (draw, n);
  for (guint i = 0;; i++)
    if (is_server_of (variant, i, role) && left-- == 0)
      return g_ptr_array_index (nodes, i);
}

/* --- Settings --- */

static char *
draw_signed (OrrDraw draw, const OrrField *field, char *text)
{
  if (field->least >= 0 || !orr_draw_once_in (draw, 2))
    return text;
  char *negative = g_strconcat ("-", text, NULL);
  g_free (text);
  return negative;
}

static char *
draw_real (OrrDraw draw, const OrrField *field)
{
  double least = MAX (field->least, 1);
  return g_strdup_printf ("%" G_GUINT64_FORMAT, orr_draw_wide_count (draw, (guint64) least, FACTOR_MOST));
}

/* A setting's value as text; NULL: it is not drawn here (a node, a word, a list). */
static char *
draw_setting (const OrrVariant *variant, const OrrField *field, OrrDraw draw)
{
  const OrrType *type = field->type;
  const OrrRecord *messages = variant->base->model->messages;
  OrrTime whole = variant->duration;
  guint n = 0;
  if (type == &orr_type_SHARE)
    return orr_draw_share (draw, 0.001, 1);
  if (type == &orr_type_DRIFT)
    return draw_signed (orr_draw_fold (draw, 1), field, orr_draw_share (draw, 1e-5, 0.5));
  if (type == &orr_type_DURATION)
    return draw_signed (orr_draw_fold (draw, 1), field, orr_draw_duration (draw, whole / 1000, whole / 2));
  if (type == &orr_type_DISTRIBUTION)
    return orr_draw_latency (draw, whole / 500, whole / 8, whole / 8);
  if (type == &orr_type_REAL)
    return draw_real (draw, field);
  if (type == &orr_type_COUNT)
    return g_strdup_printf ("%" G_GUINT64_FORMAT,
                            orr_draw_wide_count (draw, (guint64) MAX (field->least, 1), 20));
  if (type == &orr_type_BIT_RATE)
    return g_strdup_printf ("%" G_GUINT64_FORMAT "kbit/s", orr_draw_wide_count (draw, 1, 10000));
  if (type != &orr_type_MESSAGE)
    return NULL;
  while (messages && messages[n].name)
    n++;
  g_autoptr (GString) name = g_string_new (NULL);
  if (n > 0)
    orr_name_print (messages[orr_draw_below (draw, n)].name, name);
  return n > 0 ? g_string_free (g_steal_pointer (&name), FALSE) : NULL;
}

static gboolean
has_type (const OrrField *fields, const OrrType *type)
{
  for (const OrrField *field = fields; field->name; field++)
    if (field->type == type)
      return TRUE;
  return FALSE;
}

/* How many times as long something takes, or how long: both together would be slower than either is meant. */
static gboolean
is_said_otherwise (const OrrFamily *family, const OrrField *field, OrrDraw draw)
{
  const OrrType *unsaid = orr_draw_once_in (draw, 2) ? &orr_type_REAL : &orr_type_DISTRIBUTION;
  const OrrField *fields = family->fault->fields;
  return field->type == unsaid && has_type (fields, &orr_type_REAL)
         && has_type (fields, &orr_type_DISTRIBUTION);
}

/* "factor: 7, kind: os": about half of what can be drawn, and at least one thing where the fault has no
 * defaults; what stands in `settings` already comes before. */
static void
add_settings (const OrrVariant *variant, const OrrFamily *family, GString *settings, OrrDraw draw)
{
  const OrrField *fields = family->fault->fields;
  gboolean is_any = FALSE, has_default = FALSE;
  for (const OrrField *field = fields; field && field->name; field++)
    has_default |= field->initial != NULL || field == family->field;
  for (const OrrField *field = fields; field && field->name; field++)
    {
      OrrDraw own = orr_draw_fold (draw, orr_draw_word (field->name));
      g_autofree char *value = field == family->field ? g_strdup (family->word)
                                                      : draw_setting (variant, field, orr_draw_fold (own, 1));
      gboolean is_needed = field == family->field || (!has_default && !is_any) || field->required;
      if (!value || (!is_needed && orr_draw_once_in (own, 2))
          || is_said_otherwise (family, field, orr_draw_fold (draw, orr_draw_word ("which"))))
        continue;
      is_any = TRUE;
      g_string_append (settings, settings->len > 0 ? ", " : "");
      orr_name_print (field->name, settings);
      g_string_append_printf (settings, ": %s", value);
    }
}

/* Has such a fault an end, so that `for` means something? */
static gboolean
ends (const OrrFamily *family)
{
  const OrrEntry *fault = family->fault;
  g_autoptr (OrrArena) arena = orr_arena_new ();
  OrrContext context = { .arena = arena };
  gpointer settings = orr_arena_alloc (arena, MAX (fault->size, 1));
  if (fault->fields)
    orr_fields_init (fault->fields, &context, settings);
  return !fault->endless || !fault->endless (settings);
}

/* ", for: 3s", or a range for what strikes again and again, or nothing. */
static void
add_duration (const OrrVariant *variant, const OrrFamily *family, gboolean again, OrrTime most, GString *line,
              OrrDraw draw)
{
  g_autofree char *length
      = orr_draw_duration (orr_draw_fold (draw, 1), MIN (variant->duration / 500, most), most);
  if (!ends (family) || orr_draw_once_in (draw, FOR_GOOD_ONCE_IN))
    return;
  g_string_append_printf (line, again ? ", for: exponential(mean %s)" : ", for: %s", length);
}

/* --- Lines --- */

void
orr_variant_add_random (OrrVariant *variant, const OrrFamily *family, const char *when, const char *target,
                        OrrTime most, OrrDraw draw)
{
  g_autoptr (GString) settings = g_string_new (NULL);
  g_autoptr (GString) line = g_string_new (NULL);
  add_settings (variant, family, settings, orr_draw_fold (draw, 1));
  g_string_append_printf (line, "{%s, choose: [{%s: {%s}}]", when, family->fault->name, settings->str);
  if (target || family->role)
    g_string_append_printf (line, ", target: %s", family->role ? family->role : target);
  add_duration (variant, family, g_str_has_prefix (when, "every"), most, line, orr_draw_fold (draw, 2));
  g_string_append_c (line, '}');
  orr_draft_append (variant->draft, "faults", line->str);
}

/* Who it is about: the node, or a link from it or to it. */
static void
add_nodes (const OrrVariant *variant, const OrrFamily *family, const char *node, GString *settings,
           OrrDraw draw)
{
  const OrrField *fields = family->fault->fields;
  const OrrField *field = orr_fields_find (fields, "node");
  const char *other = orr_variant_draw_node (variant, NULL, orr_draw_fold (draw, 1));
  gboolean is_way = orr_fields_find (fields, "from") && orr_fields_find (fields, "to")
                    && strcmp (other, node) != 0 && !family->word;
  if (is_way && (!field || orr_draw_once_in (draw, 2)))
    {
      gboolean out = orr_draw_once_in (orr_draw_fold (draw, 2), 2);
      g_string_append_printf (settings, "from: %s, to: %s", out ? node : other, out ? other : node);
    }
  else if (field)
    g_string_append_printf (settings, "node: %s", node);
}

void
orr_variant_add_named (OrrVariant *variant, const OrrFamily *family, const char *when, const char *node,
                       OrrTime most, OrrDraw draw)
{
  g_autoptr (GString) settings = g_string_new (NULL);
  g_autoptr (GString) line = g_string_new (NULL);
  add_nodes (variant, family, node, settings, orr_draw_fold (draw, 3));
  add_settings (variant, family, settings, orr_draw_fold (draw, 1));
  g_string_append_printf (line, "{%s, %s: {%s}", when, family->fault->name, settings->str);
  add_duration (variant, family, g_str_has_prefix (when, "every"), most, line, orr_draw_fold (draw, 2));
  g_string_append_c (line, '}');
  orr_draft_append (variant->draft, "faults", line->str);
}

/* About `mean` strikes: one at a time that is drawn, or some again and again. */
static void
add_strikes (OrrVariant *variant, const OrrFamily *family, double mean, OrrDraw draw)
{
  gboolean again = mean > 1 && !orr_draw_once_in (orr_draw_fold (draw, 1), 3);
  if (!again && orr_draw_unit (orr_draw_fold (draw, 2)) >= mean)
    return;
  const char *node = orr_variant_draw_node (variant, family->role, orr_draw_fold (draw, 3));
  OrrTime between = (OrrTime) ((double) variant->duration / MAX (mean, 1));
  g_autofree char *interval = orr_draw_duration (orr_draw_fold (draw, 7), between * 2 / 3, between * 3 / 2);
  g_autofree char *at
      = orr_draw_duration (orr_draw_fold (draw, 4), variant->duration / 50, variant->duration);
  g_autofree char *when
      = again ? g_strdup_printf ("every: exponential(mean %s)", interval) : g_strdup_printf ("at: %s", at);
  OrrTime most = again ? MIN (variant->duration / 2, (OrrTime) ((double) variant->duration / mean * 2))
                       : variant->duration / 2;
  if (!again && node && orr_draw_once_in (orr_draw_fold (draw, 5), 2)
      && (family->word || !orr_fields_find (family->fault->fields, "shape")))
    orr_variant_add_named (variant, family, when, node, most, orr_draw_fold (draw, 6));
  else
    orr_variant_add_random (variant, family, when, NULL, most, orr_draw_fold (draw, 6));
}

/* Half of the families are left out; so are most of those that would cost a promise. Among the rest the
 * strikes are dealt out unevenly. */
void
orr_variant_add_any (OrrVariant *variant, double strikes, OrrDraw draw)
{
  g_autoptr (GArray) families = orr_variant_families (variant);
  g_autofree double *weights = g_new0 (double, families->len + 1);
  double sum = 0;
  for (guint i = 0; i < families->len; i++)
    {
      OrrDraw own = orr_draw_fold (draw, i);
      if (!orr_draw_once_in (own, g_array_index (families, OrrFamily, i).costs ? 16 : 2))
        continue;
      weights[i] = orr_draw_wide (orr_draw_fold (own, 1), 0.02, 1);
      sum += weights[i];
    }
  for (guint i = 0; i < families->len; i++)
    if (weights[i] > 0)
      add_strikes (variant, &g_array_index (families, OrrFamily, i), strikes * weights[i] / sum,
                   orr_draw_fold (orr_draw_fold (draw, i), 2));
}

/* --- What an operator does --- */

/* "node: a, to: b": whoever it is asked of, and what it is asked with; all that must be there, and half of
 * the rest. FALSE: something must be there that can't be drawn. */
static gboolean
add_arguments (const OrrVariant *variant, const OrrRecord *action, GString *text, OrrDraw draw)
{
  for (const OrrField *field = action->fields; field && field->name; field++)
    {
      OrrDraw own = orr_draw_fold (draw, orr_draw_word (field->name));
      gboolean is_node = field->type == &orr_type_NODE || field->type == &orr_type_ADDRESS;
      g_autofree char *value = is_node
                                   ? g_strdup (orr_variant_draw_node (variant, NULL, orr_draw_fold (own, 1)))
                                   : draw_setting (variant, field, orr_draw_fold (own, 1));
      if (!value && field->required)
        return FALSE;
      if (!value || (!field->required && orr_draw_once_in (own, 2)))
        continue;
      g_string_append (text, ", ");
      orr_name_print (field->name, text);
      g_string_append_printf (text, ": %s", value);
    }
  return TRUE;
}

/* One of the roles of which something can be asked; NULL: there is none. */
static const char *
draw_asked_role (const OrrModel *model, OrrDraw draw)
{
  guint n = 0;
  for (guint i = 0; model->roles && model->roles[i]; i++)
    n += model->roles[i]->on_action != NULL;
  guint64 left = n > 0 ? orr_draw_below (draw, n) : 0;
  for (guint i = 0; n > 0; i++)
    if (model->roles[i]->on_action && left-- == 0)
      return model->roles[i]->name;
  return NULL;
}

static void
add_action (OrrVariant *variant, const OrrRecord *action, const char *name, OrrDraw draw)
{
  const char *role = draw_asked_role (variant->base->model, orr_draw_fold (draw, 1));
  const char *node = role ? orr_variant_draw_node (variant, role, orr_draw_fold (draw, 2)) : NULL;
  g_autofree char *at
      = orr_draw_duration (orr_draw_fold (draw, 3), variant->duration / 50, variant->duration);
  g_autoptr (GString) line = g_string_new (NULL);
  g_string_append_printf (line, "{at: %s, action: {%s: {node: %s", at, name, node);
  if (!node || !add_arguments (variant, action, line, orr_draw_fold (draw, 4)))
    return;
  g_string_append (line, "}}}");
  orr_draft_append (variant->draft, "faults", line->str);
}

/* Each in one variant of four, once to three times, as far as the model bears it; what would cost a promise,
 * seldom. */
void
orr_variant_add_actions (OrrVariant *variant, OrrDraw draw)
{
  const OrrRecord *actions = variant->base->model->actions;
  for (guint i = 0; variant->base->fuzz_faults.length == 0 && actions && actions[i].name; i++)
    {
      OrrDraw own = orr_draw_fold (draw, i);
      g_autoptr (GString) name = g_string_new (NULL);
      orr_name_print (actions[i].name, name);
      if (variant->claims && !orr_claims_bear (variant->claims, name->str, NULL))
        continue;
      gboolean costs = variant->claims && costs_anything (variant->claims, name->str, name->str);
      guint64 n = orr_draw_once_in (own, costs ? 16 : 4) ? 1 + orr_draw_below (orr_draw_fold (own, 1), 3) : 0;
      for (guint64 j = 0; j < n; j++)
        add_action (variant, &actions[i], name->str, orr_draw_fold (orr_draw_fold (own, 2), j));
    }
}
