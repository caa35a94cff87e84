/* catalog-new.h: the catalog of everything that the library knows, and of the models that the program was
 * built with. */
#pragma once

#include "base/catalog.h"

G_BEGIN_DECLS

/* `models` ends with NULL and must outlive the catalog. */
ORR_PUBLIC OrrCatalog *orr_catalog_new (const OrrModel *const *models);
ORR_PUBLIC void orr_catalog_free (OrrCatalog *catalog); /* accepts NULL */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OrrCatalog, orr_catalog_free)

G_END_DECLS
