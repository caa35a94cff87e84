/* catalog.c: finding things by name, and what models say about themselves: layouts and claims.
 *
 * The lists of a catalog are short and are searched from front to back. A layout may have thousands of nodes;
 * whoever looks up many names there makes an index of its own. */
#include "base/catalog.h"

#include <stdarg.h>
#include <string.h>

const char *const orr_sample_statistics[]
    = { "mean", "min", "p50", "p90", "p95", "p99", "p999", "max", NULL };

const OrrModel *
orr_catalog_find_model (const OrrCatalog *catalog, const char *name)
{
  for (guint i = 0; catalog->models && catalog->models[i]; i++)
    if (strcmp (catalog->models[i]->entry.name, name) == 0)
      return catalog->models[i];
  return NULL;
}

const OrrEntry *
orr_entries_find (const OrrEntry *const *entries, const char *name)
{
  for (guint i = 0; entries && entries[i]; i++)
    if (strcmp (entries[i]->name, name) == 0)
      return entries[i];
  return NULL;
}

const OrrMeasureEntry *
orr_measures_find (const OrrMeasureEntry *const *measures, const char *name)
{
  for (guint i = 0; measures && measures[i]; i++)
    if (strcmp (measures[i]->entry.name, name) == 0)
      return measures[i];
  return NULL;
}

const OrrRuleEntry *
orr_rules_find (const OrrRuleEntry *const *rules, const char *name)
{
  for (guint i = 0; rules && rules[i]; i++)
    if (strcmp (rules[i]->entry.name, name) == 0)
      return rules[i];
  return NULL;
}

/* --- Layouts --- */

OrrLayout *
orr_layout_new (OrrArena *arena)
{
  OrrLayout *layout = g_new0 (OrrLayout, 1);
  layout->arena = arena;
  layout->nodes = g_ptr_array_new ();
  layout->actors = g_array_new (FALSE, FALSE, sizeof (OrrActorPlace));
  return layout;
}

void
orr_layout_free (OrrLayout *layout)
{
  if (!layout)
    return;
  g_ptr_array_unref (layout->nodes);
  g_array_unref (layout->actors);
  g_free (layout);
}

static const char *G_GNUC_PRINTF (2, 0) keep_name (OrrLayout *layout, const char *format, va_list arguments)
{
  g_autofree char *name = g_strdup_vprintf (format, arguments);
  return orr_arena_strdup (layout->arena, name);
}

static guint
add_node (OrrLayout *layout, const char *name)
{
  g_ptr_array_add (layout->nodes, (gpointer) name);
  return layout->nodes->len - 1;
}

static OrrAddress
add_actor (OrrLayout *layout, guint node, guint role, const char *name)
{
  g_assert (node < layout->nodes->len);
  OrrActorPlace actor = { .name = name, .node = node, .role = role };
  g_array_append_val (layout->actors, actor);
  return layout->actors->len - 1;
}

OrrAddress
orr_layout_add (OrrLayout *layout, guint role, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  const char *name = keep_name (layout, format, arguments);
  va_end (arguments);
  return add_actor (layout, add_node (layout, name), role, name);
}

guint
orr_layout_add_node (OrrLayout *layout, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  const char *name = keep_name (layout, format, arguments);
  va_end (arguments);
  return add_node (layout, name);
}

OrrAddress
orr_layout_add_actor (OrrLayout *layout, guint node, guint role, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  const char *name = keep_name (layout, format, arguments);
  va_end (arguments);
  return add_actor (layout, node, role, name);
}

OrrAddress
orr_layout_find (const OrrLayout *layout, const char *name)
{
  for (guint i = 0; i < layout->actors->len; i++)
    if (strcmp (g_array_index (layout->actors, OrrActorPlace, i).name, name) == 0)
      return i;
  return ORR_NOBODY;
}

gint
orr_layout_find_node (const OrrLayout *layout, const char *name)
{
  for (guint i = 0; i < layout->nodes->len; i++)
    if (strcmp (layout->nodes->pdata[i], name) == 0)
      return (gint) i;
  return -1;
}

/* --- Claims --- */

/* A fault, and what is special about it. */
typedef struct
{
  const char *fault, *of; /* the property that it takes away, or the role that bears it */
} Special;

struct OrrClaims
{
  GPtrArray *properties, *faults; /* const char *, each ends with NULL; the words are the model's constants */
  GArray *unless, *at;            /* Special */
};

OrrClaims *
orr_claims_new (void)
{
  OrrClaims *claims = g_new0 (OrrClaims, 1);
  claims->properties = g_ptr_array_new ();
  claims->faults = g_ptr_array_new ();
  claims->unless = g_array_new (FALSE, FALSE, sizeof (Special));
  claims->at = g_array_new (FALSE, FALSE, sizeof (Special));
  g_ptr_array_add (claims->properties, NULL);
  g_ptr_array_add (claims->faults, NULL);
  return claims;
}

void
orr_claims_free (OrrClaims *claims)
{
  if (!claims)
    return;
  g_ptr_array_unref (claims->properties);
  g_ptr_array_unref (claims->faults);
  g_array_unref (claims->unless);
  g_array_unref (claims->at);
  g_free (claims);
}

/* Adds a word before the NULL at the end, unless it is there. */
static void
add_word (GPtrArray *words, const char *word)
{
  for (guint i = 0; i + 1 < words->len; i++)
    if (strcmp (words->pdata[i], word) == 0)
      return;
  words->pdata[words->len - 1] = (gpointer) word;
  g_ptr_array_add (words, NULL);
}

void
orr_claim (OrrClaims *claims, const char *property)
{
  add_word (claims->properties, property);
}

void
orr_claim_bears (OrrClaims *claims, const char *fault)
{
  add_word (claims->faults, fault);
}

void
orr_claim_unless (OrrClaims *claims, const char *property, const char *fault)
{
  g_array_append_val (claims->unless, ((Special){ fault, property }));
}

void
orr_claim_bears_at (OrrClaims *claims, const char *fault, const char *role)
{
  g_array_append_val (claims->at, ((Special){ fault, role }));
}

static gboolean
is_special (const GArray *specials, const char *fault, const char *of)
{
  for (guint i = 0; i < specials->len; i++)
    {
      const Special *special = &g_array_index (specials, Special, i);
      if (strcmp (special->fault, fault) == 0 && strcmp (special->of, of) == 0)
        return TRUE;
    }
  return FALSE;
}

gboolean
orr_claims_keep (const OrrClaims *claims, const char *property, const char *fault)
{
  return !is_special (claims->unless, fault, property);
}

gboolean
orr_claims_bear (const OrrClaims *claims, const char *fault, const char *role)
{
  return g_strv_contains (orr_claims_get_faults (claims), fault)
         || (role && is_special (claims->at, fault, role));
}

const char *const *
orr_claims_get_properties (const OrrClaims *claims)
{
  return (const char *const *) claims->properties->pdata;
}

const char *const *
orr_claims_get_faults (const OrrClaims *claims)
{
  return (const char *const *) claims->faults->pdata;
}
