/* program-catalog.h: what the program knows by name, with its own models, before and after all tests of a
 * file. */
#pragma once

#include "engine/model.h"
#include "report/catalog-new.h"

static OrrCatalog *catalog;

static int
set_up (void **state G_GNUC_UNUSED)
{
  catalog = orr_catalog_new (orr_models);
  return 0;
}

static int
tear_down (void **state G_GNUC_UNUSED)
{
  orr_catalog_free (catalog);
  return 0;
}
