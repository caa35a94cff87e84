/* vector.h: vectors (base/causality.h) in a node's memory, as arrays that messages, logs and facts can share. */
#pragma once

#include "base/causality.h"
#include "engine/model.h"

G_BEGIN_DECLS

/* New arrays: whoever keeps one in volatile state takes a reference (orr_array_ref). */
ORR_PUBLIC OrrVector orr_vector_incremented (OrrNode *node, OrrVector vector, OrrAddress whose);
ORR_PUBLIC OrrVector orr_vector_merged (OrrNode *node, OrrVector a, OrrVector b);

/* Lets a place in volatile state hold another vector than so far. */
ORR_PUBLIC void orr_vector_keep (OrrNode *node, OrrVector *place, OrrVector vector);

G_END_DECLS
