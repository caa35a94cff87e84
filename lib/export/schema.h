/* schema.h: a JSON Schema of scenarios, for editors that know such schemas. */
#pragma once

#include "base/catalog.h"

G_BEGIN_DECLS

/* Appends the schema (draft-07) of the scenarios that can be written with this catalog: every key with its meaning, its default and the form of
 * its value. What depends on more than one value (names of nodes, sums of shares, words that belong to another choice) it does not hold;
 * `orrery validate` does. It takes scalars as YAML 1.2 reads them: `off` is a word. */
ORR_PUBLIC void orr_schema_print (const OrrCatalog *catalog, GString *text);

G_END_DECLS
