/* scenario-claims.c: what a model claims of a scenario that expects nothing of its own.
 *
 * A model promises properties for faults that it bears. Who loses a disk on purpose, where the model has
 * nothing that makes up for it, can't hold the model to what it promised; so the plan of faults is held
 * against what is borne, line by line, before the promises become expectations.
 *
 * Whatever is to come about in the end supposes besides that a message which is sent again and again gets
 * through at last (fair-loss links: Cachin, Guerraoui & Rodrigues, Introduction to Reliable and Secure
 * Distributed Programming, 2011, section 2.4.2). The faults that are planned leave it so, since they are
 * over in the end. A link that loses all does not, nor does a pin that is about every sending. */
#include "scenario/scenario-private.h"

#include "base/quantity.h"

#include <string.h>

/* A fault that the scenario plans, or may draw. */
typedef struct
{
  GPtrArray *words; /* char *, ends with NULL: what it is called, `crash` and `crash-os` */
  const char *role; /* all that it can strike is of this role; NULL: of several, or not known */
} Strike;

static void
add_word (Strike *strike, const char *fault, const char *word)
{
  g_ptr_array_add (strike->words, word ? g_strdup_printf ("%s-%s", fault, word) : g_strdup (fault));
}

static void
add_words (Strike *strike, const OrrEntry *fault, gconstpointer settings)
{
  add_word (strike, fault->name, NULL);
  for (const OrrField *field = fault->fields; field && field->name; field++)
    {
      gconstpointer member = (const char *) settings + field->offset;
      if (field->type == &orr_type_CHOICE && !field->type->is_unset (member))
        add_word (strike, fault->name, field->choices[*(const gint32 *) member].name);
    }
}

/* The node that a fault's settings name; NULL: none. */
static const char *
node_of (const OrrEntry *fault, gconstpointer settings)
{
  for (const OrrField *field = fault->fields; field && field->name; field++)
    {
      const char *node
          = field->type == &orr_type_NODE
                ? *(const char *const *) (gconstpointer) ((const char *) settings + field->offset)
                : NULL;
      if (node)
        return node;
    }
  return NULL;
}

static const char *
role_name (const OrrModel *model, guint role)
{
  if (role != ORR_ROLE_CLIENT)
    return orr_role_name (model->roles[role]);
  return model->client ? orr_role_name (model->client) : NULL;
}

/* The role of all actors on a node; NULL where they are of several. What names no node is a role already, or
 * a fact, at which nothing is borne. */
static const char *
role_of (const OrrScenario *scenario, const char *target)
{
  const OrrLayout *layout = scenario->layout;
  gint node = target ? orr_layout_find_node (layout, target) : -1;
  const char *role = NULL;
  for (guint i = 0; node >= 0 && i < layout->actors->len; i++)
    {
      const OrrActorPlace *actor = &g_array_index (layout->actors, OrrActorPlace, i);
      const char *name = role_name (scenario->model, actor->role);
      if (actor->node != (guint) node)
        continue;
      if (!name || (role && strcmp (role, name) != 0))
        return NULL;
      role = name;
    }
  return node >= 0 ? role : target;
}

static void
add_strike (GPtrArray *strikes, const OrrScenario *scenario, const OrrEntry *fault, gconstpointer settings,
            const char *target)
{
  Strike *strike = g_new0 (Strike, 1);
  const char *node = node_of (fault, settings);
  strike->words = g_ptr_array_new_with_free_func (g_free);
  add_words (strike, fault, settings);
  g_ptr_array_add (strike->words, NULL);
  strike->role = role_of (scenario, node ? node : target);
  g_ptr_array_add (strikes, strike);
}

static void
add_action (GPtrArray *strikes, const OrrScenario *scenario, const OrrFaultPlan *plan)
{
  g_autoptr (GString) name = g_string_new (NULL);
  orr_name_print (scenario->model->actions[plan->action].name, name);
  add_strike (strikes, scenario, &(OrrEntry){ .name = name->str }, NULL, plan->action_node);
}

static void
strike_free (gpointer data)
{
  Strike *strike = data;
  g_ptr_array_unref (strike->words);
  g_free (strike);
}

static GPtrArray *
strikes_of (const OrrScenario *scenario)
{
  GPtrArray *strikes = g_ptr_array_new_with_free_func (strike_free);
  const OrrFaultPlan *plans = scenario->faults.data;
  const OrrPlannedOperation *operations = scenario->workload.operations.data;
  for (guint i = 0; i < scenario->faults.length; i++)
    {
      const OrrChosenFault *chosen = plans[i].choose.data;
      if (plans[i].action >= 0)
        add_action (strikes, scenario, &plans[i]);
      else if (plans[i].fault)
        add_strike (strikes, scenario, plans[i].fault, plans[i].settings, NULL);
      for (guint c = 0; c < plans[i].choose.length; c++)
        add_strike (strikes, scenario, chosen[c].fault, chosen[c].settings, plans[i].target);
    }
  for (guint i = 0; i < scenario->workload.operations.length; i++)
    if (operations[i].cancel != ORR_TIME_UNSET)
      {
        add_strike (strikes, scenario, &(OrrEntry){ .name = "cancel" }, NULL, NULL);
        break;
      }
  return strikes;
}

static gboolean
is_borne (const OrrClaims *claims, const Strike *strike)
{
  for (guint i = 0; strike->words->pdata[i]; i++)
    if (orr_claims_bear (claims, strike->words->pdata[i], strike->role))
      return TRUE;
  return FALSE;
}

static gboolean
is_kept (const OrrClaims *claims, const char *property, const GPtrArray *strikes)
{
  for (guint i = 0; i < strikes->len; i++)
    {
      const Strike *strike = strikes->pdata[i];
      for (guint word = 0; strike->words->pdata[word]; word++)
        if (!orr_claims_keep (claims, property, strike->words->pdata[word]))
          return FALSE;
    }
  return TRUE;
}

/* Does the pin lose whatever is sent of a kind, to the end? A stream sends again by itself. */
static gboolean
loses_for_good (const OrrModel *model, const OrrPin *pin)
{
  if (pin->kind == ORR_PIN_MESSAGE && (model->messages[pin->record].flags & ORR_STREAM) != 0)
    return FALSE;
  return pin->drop && pin->nth == 0;
}

/* Parts per billion; one that is not said is less than none. */
static gboolean
loses_all (gint64 loss, gint64 corrupt)
{
  return MAX (loss, corrupt) >= ORR_SHARE_WHOLE;
}

/* Does each message get through that is sent often enough? */
static gboolean
are_links_fair (const OrrScenario *scenario)
{
  const OrrNetworkSettings *network = &scenario->network;
  const OrrLinkSettings *links = network->links.data;
  const OrrRegionSettings *regions = network->regions.data;
  const OrrPin *pins = scenario->pins.data;
  gboolean fair = !loses_all (network->loss, network->corrupt);
  for (guint i = 0; i < network->links.length; i++)
    fair &= !loses_all (links[i].loss, links[i].corrupt);
  for (guint i = 0; i < network->regions.length; i++)
    fair &= !loses_all (regions[i].loss, regions[i].corrupt);
  for (guint i = 0; i < scenario->pins.length; i++)
    fair &= !loses_for_good (scenario->model, &pins[i]);
  return fair;
}

/* A catalog may be smaller than what the model knows; what is not there can't be checked. */
void
orr_scenario_take_claims (OrrScenarioReader *reader, GArray *expectations)
{
  const OrrScenario *scenario = reader->scenario;
  if (!scenario->layout || !scenario->model->claims || orr_problems_get_length (reader->problems) > 0)
    return;
  g_autoptr (OrrClaims) claims = orr_claims_new ();
  g_autoptr (GPtrArray) strikes = strikes_of (scenario);
  gboolean fair = are_links_fair (scenario);
  scenario->model->claims (scenario->options, scenario->bugs, claims);
  for (guint i = 0; i < strikes->len; i++)
    if (!is_borne (claims, strikes->pdata[i]))
      return;
  for (const char *const *name = orr_claims_get_properties (claims); *name; name++)
    {
      const OrrEntry *property = orr_entries_find (reader->catalog->properties, *name);
      if (!property && reader->catalog->properties
          && reader->catalog->properties[0]) /* a test's may have none */
        g_error ("model '%s' claims '%s', which is no property", scenario->model->entry.name, *name);
      if (!property || !is_kept (claims, *name, strikes) || (property->is_liveness && !fair))
        continue;
      OrrExpectation expectation = { .name = orr_arena_strdup (reader->arena, property->name),
                                     .kind = ORR_EXPECT_HOLDS,
                                     .property = property,
                                     .text = "holds" };
      g_array_append_val (expectations, expectation);
    }
}
