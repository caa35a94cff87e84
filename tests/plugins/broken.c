/* broken.c: a model from outside that is wrong in the way that the build asks for. */
#include "orrery.h"

static void
layout (gconstpointer options, OrrLayout *layout)
{
  orr_layout_add (layout, 0, "node");
}

static const OrrRole role = { .name = "server" };
static const OrrRole *const roles[] = { &role, NULL };

#ifdef BAD_TABLES
typedef struct
{
  guint32 small;
  OrrTime wait;
} Options;

static const OrrChoice words[] = { { "yes", "it is so" }, { 0 } };

static const OrrField fields[] = {
  ORR_FIELD (Options, small, INT, .doc = "too small for its type"),
  ORR_FIELD (Options, wait, DURATION, .initial = "5", .tag = "policy", .when = "no"),
  { .name = "Far", .type = &orr_type_COUNT, .offset = 100, .size = 4, .doc = "outside" },
  { .name = "list", .type = &orr_type_LIST, .size = sizeof (OrrArray), .doc = "of nothing" },
  { .name = "no-words", .type = &orr_type_CHOICE, .size = 4, .doc = "none" },
  { .name = "words", .type = &orr_type_BOOL, .size = 4, .choices = words, .doc = "too many" },
  { 0 },
};
static const OrrBug bugs[] = { { "forgets", "durabilty", "what it was told" }, { 0 } };
static const char *const objects[] = { "registre", NULL };
#endif

G_GNUC_UNUSED static const OrrModel model = {
  .abi = ORR_MODEL_ABI,
  .entry = { .name = "broken", .summary = "Does nothing" },
  .roles = roles,
  .layout = layout,
#ifdef OLD_MODEL
  .abi = 0,
#endif
#ifdef SAME_NAME
  .entry.name = "primary-replica",
#endif
#ifdef BAD_TABLES
  .entry = { .name = "broken", .summary = "Does nothing.", .size = sizeof (Options), .fields = fields },
  .bugs = bugs,
  .objects = objects,
#endif
};

#if defined OTHER_ABI
extern ORR_PUBLIC const OrrPlugin orr_plugin;
const OrrPlugin orr_plugin = { .abi = ORR_MODEL_ABI + 1, .model = &model };
#elif defined OTHER_HEADERS
extern ORR_PUBLIC const OrrPlugin orr_plugin;
const OrrPlugin orr_plugin = { .abi = ORR_MODEL_ABI, .model_size = 8, .model = &model };
#elif defined NO_MODEL
extern ORR_PUBLIC const OrrPlugin orr_plugin;
const OrrPlugin orr_plugin
    = { ORR_MODEL_ABI, sizeof (OrrModel), sizeof (OrrRole), sizeof (OrrField), sizeof (OrrRecord), NULL };
#elif !defined NO_SYMBOL
ORR_PLUGIN (model);
#else
extern ORR_PUBLIC const OrrModel *orr_other (void);
const OrrModel *
orr_other (void)
{
  return &model;
}
#endif
