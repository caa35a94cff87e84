/* regularity.h: what a read may return by real time alone. Not installed. */
#pragma once

#include "check/accesses.h"

G_BEGIN_DECLS

/* Judges each read by itself. `any_while_writing`: a read that overlaps a write of its key may return anything. */
OrrVerdict *orr_regularity_check (const OrrHistory *history, const OrrCheckBudget *budget, gboolean any_while_writing);

G_END_DECLS
