/* unsteady.c: a model that errs as models do: what it answers depends on where its memory lies, or on who
 * runs it.
 *
 * Runs that are repeated must show it. */
#include "orrery.h"

#include <wctype.h>

enum
{
  BY_NOTHING,
  BY_ADDRESS,
  BY_LOCALE
};

typedef struct
{
  gint32 by;
} Options;

static const OrrChoice mistakes[] = {
  { "nothing", "none" },
  { "address", "a table of addresses, walked in the table's order" },
  { "locale", "capital letters" },
  { 0 },
};

static const OrrField fields[] = {
  ORR_FIELD (Options, by, CHOICE, .choices = mistakes, .initial = "nothing", .doc = "the mistake it makes"),
  { 0 },
};

/* The order in which a table of things gives them, as a number. They lie on the stack, on the heap and in the
 * library, which move apart from one another: two runs agree by chance once in millions. */
static gint64
order_of_addresses (void)
{
  enum
  {
    N = 256
  };
  static const gint64 still[N] = { 0 };
  gint64 local[N], order = 0;
  g_autofree gint64 *fresh = g_new (gint64, N);
  g_autoptr (GHashTable) table = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < N; i++)
    {
      g_hash_table_insert (table, (gpointer) &still[i], GUINT_TO_POINTER (i));
      g_hash_table_insert (table, &local[i], GUINT_TO_POINTER (N + i));
      g_hash_table_insert (table, &fresh[i], GUINT_TO_POINTER (2 * N + i));
    }

  GHashTableIter iter;
  gpointer ordinal;
  g_hash_table_iter_init (&iter, table);
  while (g_hash_table_iter_next (&iter, NULL, &ordinal))
    order = (order * 1009 + GPOINTER_TO_UINT (ordinal)) % 1000000007;
  return order;
}

static void
on_request (OrrNode *node, const OrrOperation *operation)
{
  const Options *options = orr_options (node);
  gint64 answer = options->by == BY_ADDRESS  ? order_of_addresses ()
                  : options->by == BY_LOCALE ? (gint64) towupper (L'i')
                                             : 7;
  orr_complete_value (node, operation->id, orr_value_int (answer));
}

static void
layout (gconstpointer options, OrrLayout *layout)
{
  orr_layout_add (layout, 0, "node");
}

static const OrrRole role = { .name = "server", .on_request = on_request };
static const OrrRole *const roles[] = { &role, NULL };

static const OrrModel unsteady = {
  .abi = ORR_MODEL_ABI,
  .entry = { .name = "unsteady",
             .summary = "Answers that depend on what they may not",
             .size = sizeof (Options),
             .fields = fields },
  .roles = roles,
  .layout = layout,
};

ORR_PLUGIN (unsteady);
