/* materialise-private.h: what the parts of writing a run down share. Not installed. */
#pragma once

#include "explore/materialise.h"

G_BEGIN_DECLS

typedef struct
{
  const OrrTrace *trace;
  const OrrScenario *scenario;
  const OrrChoices *choices;
  OrrMaterialise what;
  OrrDraft *draft;
  GPtrArray *ids;        /* char *, by serial: what each operation is called */
  GHashTable *values;    /* OrrDistribution → GArray of OrrTime: what was drawn from it; only looked up */
  GHashTable *constants; /* OrrDistribution → the constant that stands for it in the draft, owned; only looked up */
} OrrWriter;

/* --- materialise-constants.c --- */

/* The constant that is to stand for a distribution: what was drawn most often, else something round in the middle. From then on only what
 * deviates from it is pinned. Owned by the writer. */
OrrDistribution *orr_writer_replace (OrrWriter *writer, const OrrDistribution *distribution);
/* In options, network, nodes, clocks and disk. */
void orr_writer_settle (OrrWriter *writer);
/* In a copy of a fault's settings. FALSE: nothing is left of the fault but what is pinned. */
gboolean orr_writer_settle_fault (OrrWriter *writer, const OrrEntry *fault, gpointer settings);

/* --- materialise-pins.c --- */
void orr_writer_pin (OrrWriter *writer);

G_END_DECLS
