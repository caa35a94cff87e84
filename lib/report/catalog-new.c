/* catalog-new.c: gathers the descriptions from the tables of faults, checks and measures. */
#include "report/catalog-new.h"

#include "check/check.h"
#include "check/measure.h"
#include "check/rule.h"
#include "engine/fault.h"

OrrCatalog *
orr_catalog_new (const OrrModel *const *models)
{
  GPtrArray *faults = g_ptr_array_new (), *properties = g_ptr_array_new (), *measures = g_ptr_array_new ();
  for (guint i = 0; orr_faults[i]; i++)
    g_ptr_array_add (faults, (gpointer) &orr_faults[i]->entry);
  for (guint i = 0; orr_checks[i]; i++)
    g_ptr_array_add (properties, (gpointer) &orr_checks[i]->entry);
  for (guint i = 0; orr_measures[i]; i++)
    g_ptr_array_add (measures, (gpointer) &orr_measures[i]->entry);
  GPtrArray *rules = g_ptr_array_new ();
  for (guint i = 0; orr_fact_rules[i]; i++)
    g_ptr_array_add (rules, (gpointer) &orr_fact_rules[i]->entry);
  g_ptr_array_add (rules, NULL);
  g_ptr_array_add (faults, NULL);
  g_ptr_array_add (properties, NULL);
  g_ptr_array_add (measures, NULL);

  OrrCatalog *catalog = g_new (OrrCatalog, 1);
  *catalog = (OrrCatalog){
    .models = models,
    .objects = orr_objects,
    .faults = (const OrrEntry *const *) g_ptr_array_free (faults, FALSE),
    .properties = (const OrrEntry *const *) g_ptr_array_free (properties, FALSE),
    .measures = (const OrrMeasureEntry *const *) g_ptr_array_free (measures, FALSE),
    .rules = (const OrrRuleEntry *const *) g_ptr_array_free (rules, FALSE),
  };
  return catalog;
}

void
orr_catalog_free (OrrCatalog *catalog)
{
  if (!catalog)
    return;
  g_free ((gpointer) catalog->faults);
  g_free ((gpointer) catalog->properties);
  g_free ((gpointer) catalog->measures);
  g_free ((gpointer) catalog->rules);
  g_free (catalog);
}
