/* reference.h: the pages of the manual. */
#pragma once

#include "export/page.h"
#include "sim/command.h"

/* All pages, from the tables; an array of OrrPage that the caller unrefs. */
GPtrArray *reference_pages (const OrrCatalog *catalog);
