/* fuzz-scenario.c: any bytes as a scenario. */
#include "try-scenario.h"

static OrrCatalog *catalog;

int
LLVMFuzzerInitialize (int *argc G_GNUC_UNUSED, char ***argv G_GNUC_UNUSED)
{
  catalog = orr_catalog_new (orr_models);
  return 0;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  try_scenario ((const char *) data, size, NULL, catalog);
  return 0;
}
