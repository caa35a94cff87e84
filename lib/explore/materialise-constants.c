/* materialise-constants.c: what was drawn becomes constant.
 *
 * A distribution gives way to one of its values, the one that came most often, or to something round in the
 * middle of them where each came once; a chance below certainty to none. What came out otherwise in the run
 * is pinned then. */
#include "explore/materialise-private.h"

#include <string.h>

/* --- One value for many --- */

static gint
compare_times (gconstpointer a, gconstpointer b)
{
  OrrTime x = *(const OrrTime *) a, y = *(const OrrTime *) b;
  return (x > y) - (x < y);
}

/* To two digits that count. */
static OrrTime
rounded (OrrTime time)
{
  OrrTime unit = 1;
  while (time / unit >= 100)
    unit *= 10;
  return (time + unit / 2) / unit * unit;
}

/* The most frequent of them, the least of several; rounded, the middle one where all differ. */
static OrrTime
choose (GArray *values)
{
  const OrrTime *value = (const OrrTime *) (gpointer) values->data;
  guint best = 0, longest = 1;
  g_array_sort (values, compare_times);
  for (guint i = 0, run = 0; i < values->len; i++)
    {
      run = i > 0 && value[i] == value[i - 1] ? run + 1 : 1;
      if (run <= longest)
        continue;
      longest = run;
      best = i;
    }
  return longest > 1 ? value[best] : rounded (value[values->len / 2]);
}

OrrDistribution *
orr_writer_replace (OrrWriter *writer, const OrrDistribution *distribution)
{
  OrrDistribution *constant = g_hash_table_lookup (writer->constants, distribution);
  GArray *values = g_hash_table_lookup (writer->values, distribution);
  if (constant)
    return constant;
  /* Nothing was drawn from it: any value will do. An infinite mean is beyond all bounds. */
  double mean = orr_distribution_mean (distribution);
  OrrTime value = values                       ? choose (values)
                  : mean < (double) ORR_SECOND ? rounded ((OrrTime) MAX (mean, 0))
                                               : ORR_SECOND;
  constant = orr_distribution_new_constant (value);
  g_hash_table_insert (writer->constants, (gpointer) distribution, constant);
  return constant;
}

/* --- In the draft --- */

static void
settle_distribution (OrrWriter *writer, const OrrDistribution *distribution, const char *path)
{
  if (!distribution || orr_distribution_is_constant (distribution, NULL))
    return;
  g_autofree char *text = orr_distribution_to_text (orr_writer_replace (writer, distribution));
  orr_draft_set (writer->draft, path, text);
}

static gboolean
is_chance (gint64 share)
{
  return share > 0 && share < 1000000000;
}

static void settle_fields (OrrWriter *writer, const OrrField *fields, gconstpointer value, const char *path);

/* A record that is written short is written in full, so that more can be said in it. */
static void
settle_record (OrrWriter *writer, const OrrField *field, gconstpointer member, const char *path)
{
  const char *text = orr_draft_get_text (writer->draft, path);
  if (text && field->shorthand)
    {
      g_autoptr (GString) map = g_string_new ("{");
      orr_name_print (field->shorthand, map);
      g_string_append (map, ": ");
      orr_yaml_write_scalar (text, map);
      g_string_append_c (map, '}');
      orr_draft_set (writer->draft, path, map->str);
    }
  settle_fields (writer, field->fields, member, path);
}

static void
settle_list (OrrWriter *writer, const OrrField *field, gconstpointer member, const char *path)
{
  const OrrArray *array = member;
  for (guint i = 0; field->fields && i < array->length; i++)
    {
      g_autofree char *entry = g_strdup_printf ("%s.%u", path, i);
      settle_fields (writer, field->fields, (const char *) array->data + i * field->element_size, entry);
    }
}

static void
settle_field (OrrWriter *writer, const OrrField *field, gconstpointer member, const char *path)
{
  if (field->type == &orr_type_DISTRIBUTION)
    settle_distribution (writer, *(OrrDistribution *const *) member, path);
  else if (field->type == &orr_type_RECORD)
    settle_record (writer, field, member, path);
  else if (field->type == &orr_type_LIST)
    settle_list (writer, field, member, path);
}

static void
settle_fields (OrrWriter *writer, const OrrField *fields, gconstpointer value, const char *path)
{
  for (const OrrField *field = fields; field && field->name; field++)
    {
      g_autoptr (GString) name = g_string_new (path);
      g_string_append_c (name, '.');
      orr_name_print (field->name, name);
      if (orr_field_applies (fields, field, value))
        settle_field (writer, field, (const char *) value + field->offset, name->str);
    }
}

static const OrrField *
fields_of_part (const char *name)
{
  const OrrScenarioPart *part = orr_scenario_parts;
  while (strcmp (part->name, name) != 0)
    part++;
  return part->fields;
}

/* Where one link is worse than the others, it is as they are now. */
static void
settle_chance (OrrWriter *writer, gint64 share, const char *path, const char *name)
{
  g_autofree char *key = g_strdup_printf ("%s.%s", path, name);
  if (is_chance (share))
    orr_draft_set (writer->draft, key, "0");
}

static void
settle_network (OrrWriter *writer)
{
  const OrrNetworkSettings *network = &writer->scenario->network;
  settle_fields (writer, fields_of_part ("network"), network, "network");
  settle_chance (writer, network->loss, "network", "loss");
  settle_chance (writer, network->duplicate, "network", "duplicate");
  settle_chance (writer, network->corrupt, "network", "corrupt");
  for (guint i = 0; i < network->links.length; i++)
    {
      const OrrLinkSettings *link = (const OrrLinkSettings *) network->links.data + i;
      g_autofree char *path = g_strdup_printf ("network.links.%u", i);
      settle_chance (writer, link->loss, path, "loss");
      settle_chance (writer, link->duplicate, path, "duplicate");
      settle_chance (writer, link->corrupt, path, "corrupt");
    }
  for (guint i = 0; i < network->regions.length; i++)
    {
      const OrrRegionSettings *region = (const OrrRegionSettings *) network->regions.data + i;
      g_autofree char *path = g_strdup_printf ("network.regions.%u", i);
      settle_chance (writer, region->loss, path, "loss");
      settle_chance (writer, region->corrupt, path, "corrupt");
    }
}

/* Each clock as it was drawn. How wrong clocks may be at most stays, since the interval clock knows it. */
static void
settle_clock (OrrWriter *writer, guint machine, const OrrNodeSettings *node)
{
  const OrrClockSettings *clocks = &writer->scenario->clocks;
  OrrSkew skew = node->skew.least == ORR_TIME_UNSET ? clocks->skew : node->skew;
  if (skew.least != skew.most)
    {
      g_autofree char *path = g_strdup_printf ("nodes.%s.skew", node->name);
      g_autofree char *text = orr_duration_to_text (g_array_index (writer->choices->skews, OrrTime, machine));
      orr_draft_set (writer->draft, path, text);
    }
  if (node->drift == G_MININT64 && clocks->drift > 0)
    {
      g_autofree char *path = g_strdup_printf ("nodes.%s.drift", node->name);
      g_autoptr (GString) text = g_string_new (NULL);
      orr_type_DRIFT.print (NULL, NULL, &g_array_index (writer->choices->drifts, gint64, machine), text);
      orr_draft_set (writer->draft, path, text->str);
    }
}

static void
settle_nodes (OrrWriter *writer)
{
  for (guint i = 0; i < writer->scenario->nodes.length; i++)
    {
      const OrrNodeSettings *node = (const OrrNodeSettings *) writer->scenario->nodes.data + i;
      g_autofree char *path = g_strdup_printf ("nodes.%s", node->name);
      settle_fields (writer, fields_of_part ("nodes"), node, path);
      settle_clock (writer, i, node);
    }
}

/* TRUE where some system crashed, or may crash still where faults are left to chance. */
static gboolean
may_lose (const OrrWriter *writer)
{
  for (guint i = 0; i < writer->choices->decided->len; i++)
    if (g_array_index (writer->choices->decided, OrrDecided, i).kind == ORR_PIN_DISK)
      return TRUE;
  return !(writer->what & ORR_MATERIALISE_FAULTS);
}

/* Whom a plain client asks is said by each operation; one that was never sent would still have it drawn. */
static void
settle_contact (OrrWriter *writer)
{
  OrrContact contact = (OrrContact) writer->scenario->clients.contact;
  if (writer->what & ORR_MATERIALISE_OPERATIONS && !writer->scenario->model->client
      && writer->trace->operations->len > 0
      && (contact == ORR_CONTACT_STICKY || contact == ORR_CONTACT_RANDOM))
    orr_draft_set (writer->draft, "clients.contact", "first");
}

void
orr_writer_settle (OrrWriter *writer)
{
  settle_contact (writer);
  settle_fields (writer, writer->scenario->model->entry.fields, writer->scenario->options, "options");
  settle_network (writer);
  settle_nodes (writer);
  settle_fields (writer, fields_of_part ("disk"), &writer->scenario->disk, "disk");
  if (writer->scenario->disk.loses != ORR_LOSES_NOTHING && may_lose (writer))
    orr_draft_set (writer->draft, "disk.loses", "nothing");
}

/* --- In a fault --- */

gboolean
orr_writer_settle_fault (OrrWriter *writer, const OrrEntry *fault, gpointer settings)
{
  g_autoptr (OrrProblems) problems = orr_problems_new (NULL);
  gboolean is_corrupt = strcmp (fault->name, "corrupt") == 0;
  if (strcmp (fault->name, "priorities") == 0)
    return FALSE; /* it changes nothing but latencies */
  for (const OrrField *field = fault->fields; field && field->name; field++)
    {
      gpointer member = (char *) settings + field->offset;
      OrrDistribution **distribution = member;
      if (field->type == &orr_type_SHARE && is_chance (*(gint64 *) member))
        {
          if (is_corrupt)
            return FALSE;
          field->type->set_unset (member);
        }
      else if (field->type == &orr_type_DISTRIBUTION && *distribution
               && !orr_distribution_is_constant (*distribution, NULL))
        *distribution = orr_writer_replace (writer, *distribution);
      else if (strcmp (fault->name, "hold") == 0 && strcmp (field->name, "order") == 0)
        *(gint32 *) member = 0; /* of arrival: others are pinned */
    }
  if (fault->validate)
    fault->validate (settings, problems);
  return orr_problems_get_length (problems) == 0;
}
