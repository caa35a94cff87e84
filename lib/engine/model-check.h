/* model-check.h: the rules that a model's tables keep.
 *
 * A model is a table that the engine trusts: a field that lies outside its struct would be written all the same. Models of the tree are held to
 * the rules by a test, models from outside when they are loaded, so that a slip of their programmer is told by its name and does not crash
 * somewhere else. */
#pragma once

#include "engine/model.h"

G_BEGIN_DECLS

/* Adds a problem for each rule that is broken: which table, which entry, what is wrong, what would be right. `catalog` says which objects,
 * properties and faults there are; its models are not looked at. Calls the model's own `validate`, `layout` and `claims` with default options,
 * unless some option has no default. What no table can show (an array without its end, a callback that is no function) is not found. */
ORR_PUBLIC void orr_model_check (const OrrModel *model, const OrrCatalog *catalog, OrrProblems *problems);

G_END_DECLS
