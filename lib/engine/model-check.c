/* model-check.c: holds a model's tables against the rules that all else relies on.
 *
 * Tables are written by hand, and C takes nearly anything in them: a member of another type than its field
 * says, a tag that no sibling has, a default that can't be read. Each such slip has a rule here. The names of
 * the tables are those of the struct, so that whoever reads the message finds the line. */
#include "engine/model-check.h"

#include "base/document.h"

#include <string.h>

/* Records within records are a few levels deep; a table that contains itself is deeper than that. */
#define DEPTH_MAX 16

typedef struct
{
  const OrrModel *model;
  const OrrCatalog *catalog;
  OrrProblems *problems;
  OrrContext context; /* to read defaults with */
} Checker;

static void G_GNUC_PRINTF (4, 5)
    complain (Checker *checker, const char *where, const char *remedy, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  orr_problems_add (checker->problems, (OrrPlace){ 0 }, remedy, "model '%s': %s %s",
                    checker->model->entry.name ? checker->model->entry.name : "", where, what);
}

/* --- Names --- */

/* Small letters, digits and '-', from a letter on; what C names by a member may have '_'. */
static gboolean
is_name (const char *name, gboolean is_member)
{
  return g_ascii_islower (*name) && strspn (name, "abcdefghijklmnopqrstuvwxyz0123456789-_") == strlen (name)
         && (is_member || !strchr (name, '_'));
}

/* A name, and none of the `n` before it, each `stride` bytes after the other. */
static void
check_name (Checker *checker, const char *where, const char *name, const char *const *first, guint n,
            gsize stride, gboolean is_member)
{
  if (!is_name (name, is_member))
    complain (checker, where, "use small letters, digits and '-', from a letter on",
              "has '%s', which is no name", name);
  for (guint i = 0; i < n; i++)
    if (strcmp (*(const char *const *) (gconstpointer) ((const char *) first + i * stride), name) == 0)
      complain (checker, where, "give each a name of its own", "'%s' is there twice", name);
}

/* The words of a list that ends with NULL. */
static void
check_words (Checker *checker, const char *where, const char *const *words)
{
  for (guint i = 0; words && words[i]; i++)
    check_name (checker, where, words[i], words, i, sizeof *words, FALSE);
}

/* --- Fields --- */

static const OrrField *
find_member (const OrrField *fields, const char *name)
{
  for (; fields && fields->name; fields++)
    if (strcmp (fields->name, name) == 0)
      return fields;
  return NULL;
}

static gboolean
has_choice (const OrrField *field, const char *word)
{
  for (const OrrChoice *choice = field->choices; choice && choice->name; choice++)
    if (strcmp (choice->name, word) == 0)
      return TRUE;
  return FALSE;
}

static void
check_tag (Checker *checker, const char *where, const OrrField *fields, const OrrField *field)
{
  if (!field->tag && !field->when)
    return;
  const OrrField *tag = field->tag ? find_member (fields, field->tag) : NULL;
  if (!tag || tag >= field)
    {
      complain (checker, where, "`tag` names a field that stands before it",
                "has the tag '%s', which is no field before it", field->tag ? field->tag : "");
      return;
    }
  if (tag->type != &orr_type_CHOICE && tag->type != &orr_type_BOOL)
    complain (checker, where, "a tag is a choice or a boolean", "has the tag '%s', which is neither",
              field->tag);
  g_auto (GStrv) words = g_strsplit (field->when ? field->when : "", "|", -1);
  for (char **word = words; *word; word++)
    if (tag->type == &orr_type_CHOICE && !has_choice (tag, *word))
      complain (checker, where, "`when` holds words that the tag may have, with '|' between them",
                "applies when '%s' is '%s', which it can't be", field->tag, *word);
}

static void
check_default (Checker *checker, const char *where, const OrrField *field)
{
  guint64 room[64] = { 0 }; /* for any single value, and for a list */
  g_autofree char *message = NULL;
  if (!field->initial || field->type == &orr_type_RECORD || field->type->size > sizeof room)
    return;
  if (field->type->parse)
    {
      if (!field->type->parse (field, &checker->context, field->initial, room, &message))
        complain (checker, where, "write it as a scenario would", "has a default that can't be read: %s",
                  message);
      return;
    }
  g_autoptr (OrrProblems) problems = orr_problems_new (NULL);
  OrrYaml *node = orr_yaml_parse (field->initial, strlen (field->initial), checker->context.arena, problems);
  if (!node || !orr_yaml_read_field (node, field, &checker->context, room, problems))
    complain (checker, where, "write it as a scenario would", "has a default that can't be read: %s",
              orr_problems_get_length (problems) > 0 ? orr_problems_get (problems, 0)->what : "");
}

static void check_fields (Checker *checker, const char *where, const OrrField *fields, gsize size,
                          guint depth);

static gboolean
is_composite (const OrrType *type)
{
  return type == &orr_type_RECORD || type == &orr_type_LIST || type == &orr_type_MAP;
}

/* A model may bring types of its own, whose hooks are called without a look. */
static gboolean
check_type (Checker *checker, const char *where, const OrrType *type)
{
  const char *missing = is_composite (type) ? NULL
                        : !type->name       ? "name"
                        : !type->form       ? "form"
                        : !type->parse      ? "parse"
                        : !type->print      ? "print"
                        : !type->set_unset  ? "set_unset"
                        : !type->is_unset   ? "is_unset"
                                            : NULL;
  if (missing)
    complain (checker, where, "base/field.h says what a type must have", "is of a type that has no `%s`",
              missing);
  return !missing;
}

/* What stands for a single value: the element of a list, the key of a map. */
static gboolean
check_single (Checker *checker, const char *where, const char *part, const OrrType *type)
{
  if (is_composite (type) || type == &orr_type_CHOICE)
    {
      complain (checker, where, "put it into a record", "has %s of type %s", part, type->name);
      return FALSE;
    }
  return check_type (checker, where, type);
}

/* What a field of fields must say of them. */
static gboolean
check_composite (Checker *checker, const char *where, const OrrField *field, guint depth)
{
  gboolean is_list = field->type == &orr_type_LIST;
  gboolean is_record = field->type == &orr_type_RECORD;
  gboolean is_map = field->type == &orr_type_MAP;
  if (!is_composite (field->type))
    return TRUE;
  if (is_list ? !field->fields == !field->element : !field->fields)
    complain (checker, where, NULL, "needs %s",
              is_list ? "`fields` or `element`, and not both" : "`fields`, which say what is in it");
  else if (!is_record && field->element_size == 0)
    complain (checker, where, "it is the sizeof an element", "needs `element_size`");
  else if (field->element && field->element->size != 0 && field->element->size != field->element_size)
    complain (checker, where, "it is the sizeof an element",
              "has elements of %" G_GSIZE_FORMAT " bytes, and their type, %s, %" G_GSIZE_FORMAT,
              field->element_size, field->element->name, field->element->size);
  else if (field->element && !check_single (checker, where, "elements", field->element))
    return FALSE;
  else if (is_map && (!field->fields[0].name || !field->fields[0].type))
    complain (checker, where, "the first of `fields` is the key", "is a map without a key");
  else if (is_map && !check_single (checker, where, "keys", field->fields[0].type))
    return FALSE;
  else if (field->shorthand && !find_member (field->fields, field->shorthand))
    complain (checker, where, "`shorthand` names one of its fields", "has the shorthand '%s', which is none",
              field->shorthand);
  else
    {
      if (field->fields)
        check_fields (checker, where, field->fields, is_record ? field->size : field->element_size, depth);
      return TRUE;
    }
  return FALSE;
}

static void
check_field (Checker *checker, const char *where, const OrrField *fields, const OrrField *field, gsize size,
             guint depth)
{
  const OrrType *type = field->type;
  if (!type)
    {
      complain (checker, where, NULL, "has no type");
      return;
    }
  if (field->offset > size || field->size > size - field->offset)
    complain (checker, where, "is `size` the sizeof the struct that the fields are of?",
              "lies outside its struct of %" G_GSIZE_FORMAT " bytes", size);
  else if (type->size != 0 && type->size != field->size)
    complain (checker, where, "base/field.h says beside each type which C type its member has",
              "has %" G_GSIZE_FORMAT " bytes in the struct, and its type, %s, %" G_GSIZE_FORMAT, field->size,
              type->name, type->size);
  else if (!check_type (checker, where, type))
    return;
  else if ((type == &orr_type_CHOICE) != (field->choices != NULL))
    complain (checker, where, NULL,
              field->choices ? "has choices, but is of type %s" : "is of type %s without choices",
              type->name);
  else if (check_composite (checker, where, field, depth))
    {
      check_tag (checker, where, fields, field);
      check_default (checker, where, field);
    }
  if (!field->doc)
    complain (checker, where, "say in a few words what it means", "has no doc");
}

static void
check_fields (Checker *checker, const char *where, const OrrField *fields, gsize size, guint depth)
{
  if (depth == DEPTH_MAX)
    {
      complain (checker, where, NULL, "has records that lie within themselves");
      return;
    }
  for (guint i = 0; fields[i].name; i++)
    {
      g_autofree char *inner = g_strdup_printf ("%s, field '%s',", where, fields[i].name);
      check_name (checker, where, fields[i].name, &fields[0].name, i, sizeof *fields, TRUE);
      check_field (checker, inner, fields, &fields[i], size, depth + 1);
    }
}

/* --- Records --- */

/* Facts that every check understands are of one form. */
static void
check_known_fact (Checker *checker, const char *where, const OrrRecord *record)
{
  static const OrrRecord known[] = { ORR_FACT_VERSION, ORR_FACT_VALUE, ORR_FACT_APPLIED };
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (strcmp (record->name, known[i].name) == 0 && record->fields != known[i].fields)
      complain (checker, where, "take the one of base/fact.h, or another name",
                "means something to every check, and is not of that form");
}

static void
check_record (Checker *checker, const char *where, const OrrRecord *record)
{
  if (record->size > 0 && !record->fields)
    complain (checker, where, NULL, "has a size, but no fields");
  else if (record->fields)
    check_fields (checker, where, record->fields, record->size, 0);
}

static void
check_records (Checker *checker, const char *what, const OrrRecord *records)
{
  for (guint i = 0; records && records[i].name; i++)
    {
      g_autofree char *where = g_strdup_printf ("%s '%s'", what, records[i].name);
      check_name (checker, what, records[i].name, &records[0].name, i, sizeof *records, FALSE);
      check_record (checker, where, &records[i]);
      if (!records[i].doc)
        complain (checker, where, "say in a few words what it means", "has no doc");
      if (records == checker->model->facts)
        check_known_fact (checker, where, &records[i]);
    }
}

/* --- What the tables name --- */

static void
check_property (Checker *checker, const char *where, const char *property)
{
  const OrrEntry *const *properties = checker->catalog->properties;
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  if (!property || !properties || orr_entries_find (properties, property))
    return;
  for (; *properties; properties++)
    g_ptr_array_add (words, (gpointer) (*properties)->name);
  g_ptr_array_add (words, NULL);
  g_autofree char *remedy = orr_suggest_remedy (property, (const char *const *) words->pdata);
  complain (checker, where, remedy, "names '%s', which is no property", property);
}

static void
check_bugs (Checker *checker, const OrrBug *bugs)
{
  for (guint i = 0; bugs && bugs[i].name; i++)
    {
      g_autofree char *where = g_strdup_printf ("bug '%s'", bugs[i].name);
      check_name (checker, "bugs", bugs[i].name, &bugs[0].name, i, sizeof *bugs, FALSE);
      check_property (checker, where, bugs[i].breaks);
      if (!bugs[i].breaks || !bugs[i].doc)
        complain (checker, where, NULL, "does not say %s",
                  bugs[i].doc ? "what it `breaks`" : "in `doc` what it is");
      if (i == 64)
        complain (checker, "bugs", NULL, "are more than 64");
    }
}

/* A fact that an invariant names; NULL with a complaint where there is none. */
static const OrrRecord *
find_fact (Checker *checker, const char *where, const char *part, const char *name)
{
  gint index = orr_records_find (checker->model->facts, name);
  if (index >= 0)
    return &checker->model->facts[index];
  complain (checker, where, "the model's facts are in its table `facts`", "has the %s '%s', which is no fact",
            part, name);
  return NULL;
}

/* Names of fields, with blanks between them. */
static void
check_fact_fields (Checker *checker, const char *where, const OrrRecord *fact, const char *part,
                   const char *names)
{
  g_auto (GStrv) words = g_strsplit (names ? names : "", " ", -1);
  for (char **word = words; fact && *word; word++)
    if (!orr_fields_find (fact->fields, *word) && strcmp (*word, "node") != 0)
      complain (checker, where, "name fields of the fact's table, or `node`, with one blank between them",
                "has '%s' in `%s`, which is no field of the fact '%s'", *word, part, fact->name);
  if (g_strv_length (words) > ORR_INVARIANT_FIELDS_MAX)
    complain (checker, where, NULL, "names more than %d fields in `%s`", ORR_INVARIANT_FIELDS_MAX, part);
}

/* Fields of two facts that are compared. */
static void
check_same_types (Checker *checker, const char *where, const OrrRecord *fact, const OrrRecord *other,
                  const char *names)
{
  g_auto (GStrv) words = g_strsplit (names ? names : "", " ", -1);
  for (char **word = words; fact && other && *word; word++)
    {
      const OrrField *left = orr_fields_find (fact->fields, *word),
                     *right = orr_fields_find (other->fields, *word);
      if (!left != !right || (left && left->type != right->type))
        complain (checker, where, "fields that are compared are of one type",
                  "compares '%s' of '%s' and of '%s', which differ in type", *word, fact->name, other->name);
    }
}

static void
check_when (Checker *checker, const char *where, const OrrRecord *fact, const char *part, const char *when)
{
  if (!when || !fact)
    return;
  g_auto (GStrv) sides = g_strsplit (when, "=", 2);
  const OrrField *field = sides[0] ? orr_fields_find (fact->fields, sides[0]) : NULL;
  if (!field || !sides[1] || !field->type->print)
    {
      complain (checker, where, "write it as in outcome=commit, with a field of the fact", "has the %s '%s'",
                part, when);
      return;
    }
  g_auto (GStrv) words = g_strsplit (sides[1], "|", -1);
  for (char **word = words; *word; word++)
    if (field->type == &orr_type_CHOICE && !has_choice (field, *word))
      complain (checker, where, NULL, "has '%s' in `%s`, which '%s' can't be", *word, part, sides[0]);
}

static const OrrRuleEntry *
find_rule (const Checker *checker, const OrrInvariant *invariant)
{
  return invariant->rule ? orr_rules_find (checker->catalog->rules, invariant->rule) : NULL;
}

/* What the rule needs is there, and nothing that it does not look at. */
static void
check_rule (Checker *checker, const char *where, const OrrInvariant *invariant)
{
  const char *const parts[] = { invariant->per, invariant->value, invariant->other, invariant->among };
  static const char *const names[] = { "per", "value", "other", "among" };
  const OrrRuleEntry *rule = find_rule (checker, invariant);
  if (!rule)
    {
      if (checker->catalog->rules || !invariant->rule)
        complain (checker, where, "lib/check/rule-*.c has them", "is of the rule '%s', which there is not",
                  invariant->rule ? invariant->rule : "");
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (!parts[i] && rule->needs & 1U << i)
      complain (checker, where, NULL, "needs `%s`, for the rule '%s'", names[i], rule->entry.name);
    else if (parts[i] && !((rule->needs | rule->takes) & 1U << i))
      complain (checker, where, NULL, "has `%s`, of which the rule '%s' knows nothing", names[i],
                rule->entry.name);
}

static void
check_invariant (Checker *checker, const OrrInvariant *invariant)
{
  g_autofree char *where = g_strdup_printf ("invariant '%s'", invariant->property);
  check_property (checker, where, invariant->property);
  check_rule (checker, where, invariant);
  if (!invariant->fact)
    {
      complain (checker, where, "`fact` names one of the model's facts", "is about no fact");
      return;
    }
  const OrrRecord *fact = find_fact (checker, where, "fact", invariant->fact);
  const OrrRecord *other = invariant->other ? find_fact (checker, where, "other", invariant->other) : NULL;
  const OrrRecord *among = invariant->among ? find_fact (checker, where, "among", invariant->among) : NULL;
  check_fact_fields (checker, where, fact, "value", invariant->value);
  check_fact_fields (checker, where, fact, "per", invariant->per);
  check_fact_fields (checker, where, other, "per", invariant->per);
  const OrrRuleEntry *rule = find_rule (checker, invariant);
  gboolean by_value = rule && rule->needs & ORR_RULE_AMONG_VALUE;
  const char *of_among = by_value ? invariant->value : invariant->per;
  check_fact_fields (checker, where, among, by_value ? "value" : "per", of_among);
  check_same_types (checker, where, fact, other, invariant->per);
  check_same_types (checker, where, fact, among, of_among);
  check_when (checker, where, fact, "when", invariant->when);
  check_when (checker, where, other, "other_when", invariant->other_when);
  if (invariant->other_when && !invariant->other)
    complain (checker, where, "`other` names the fact that it is about", "has `other_when` without `other`");
}

static void
check_invariants (Checker *checker, const OrrInvariant *invariants)
{
  for (; invariants && invariants->property; invariants++)
    check_invariant (checker, invariants);
}

static void
check_objects (Checker *checker, const char *const *objects)
{
  check_words (checker, "objects", objects);
  for (; objects && *objects && checker->catalog->objects; objects++)
    if (!orr_objects_find (checker->catalog->objects, *objects))
      complain (checker, "objects", "`orrery objects` lists them", "has '%s', which there is not", *objects);
}

static void
check_roles (Checker *checker, const OrrRole *const *roles)
{
  if (!roles || !roles[0])
    complain (checker, "roles", NULL, "is empty: there is nobody to do anything");
  for (guint i = 0; roles && roles[i]; i++)
    {
      if (!roles[i]->name)
        {
          complain (checker, "roles", NULL, "has a role without a name");
          return;
        }
      check_name (checker, "roles", roles[i]->name, NULL, 0, 0, FALSE);
      for (guint j = 0; j < i; j++)
        if (strcmp (roles[i]->name, roles[j]->name) == 0)
          complain (checker, "roles", "give each a name of its own", "'%s' is there twice", roles[i]->name);
    }
}

/* NULL: the engine's plain client. */
static void
check_client (Checker *checker, const OrrRole *client)
{
  if (client && !client->name)
    complain (checker, "client", NULL, "has no name");
  else if (client)
    check_name (checker, "client", client->name, NULL, 0, 0, FALSE);
}

static void
check_entry (Checker *checker, const OrrEntry *entry)
{
  if (!entry->name)
    complain (checker, "entry", NULL, "has no name");
  else
    check_name (checker, "entry", entry->name, NULL, 0, 0, FALSE);
  if (!entry->summary || !*entry->summary || g_str_has_suffix (entry->summary, "."))
    complain (checker, "entry", "one line, without a full stop", "needs a summary");
  if (entry->fields)
    check_fields (checker, "options", entry->fields, entry->size, 0);
}

/* --- With default options --- */

static gboolean
all_have_defaults (const OrrField *fields)
{
  for (; fields && fields->name; fields++)
    if (fields->required || (fields->type == &orr_type_RECORD && !all_have_defaults (fields->fields)))
      return FALSE;
  return TRUE;
}

static void
check_layout (Checker *checker, gconstpointer options)
{
  guint n_roles = 0;
  g_autoptr (OrrLayout) layout = orr_layout_new (checker->context.arena);
  while (checker->model->roles[n_roles])
    n_roles++;
  checker->model->layout (options, layout);
  if (layout->actors->len == 0)
    complain (checker, "layout", NULL, "has no node where all options are at their defaults");
  for (guint i = 0; i < layout->nodes->len; i++)
    check_name (checker, "layout", layout->nodes->pdata[i], NULL, 0, 0, FALSE);
  for (guint i = 0; i < layout->actors->len; i++)
    {
      const OrrActorPlace *actor = &g_array_index (layout->actors, OrrActorPlace, i);
      if (strcmp (actor->name, layout->nodes->pdata[actor->node]) != 0)
        check_name (checker, "layout", actor->name, NULL, 0, 0, FALSE);
      if (actor->role >= n_roles)
        complain (checker, "layout", NULL, "gives '%s' role %u of %u", actor->name, actor->role, n_roles);
    }
}

/* All that it may claim: without bugs, and with each of them. */
static void
check_claims (Checker *checker, gconstpointer options)
{
  g_autoptr (OrrClaims) claims = orr_claims_new ();
  if (!checker->model->claims)
    return;
  checker->model->claims (options, 0, claims);
  for (guint i = 0; checker->model->bugs && checker->model->bugs[i].name; i++)
    checker->model->claims (options, G_GUINT64_CONSTANT (1) << i, claims);
  for (const char *const *name = orr_claims_get_properties (claims); *name; name++)
    check_property (checker, "claims", *name);
}

static void
check_functions (Checker *checker)
{
  const OrrModel *model = checker->model;
  if (!model->layout)
    {
      complain (checker, "layout", "it says which nodes there are", "is missing");
      return;
    }
  if (!all_have_defaults (model->entry.fields))
    return;
  g_autoptr (OrrProblems) problems = orr_problems_new (NULL);
  gpointer options = orr_arena_alloc (checker->context.arena, model->entry.size);
  orr_fields_init (model->entry.fields, &checker->context, options);
  if (model->validate)
    model->validate (options, problems);
  if (orr_problems_get_length (problems) > 0)
    {
      complain (checker, "validate", NULL, "refuses the defaults of the options: %s",
                orr_problems_get (problems, 0)->what);
      return;
    }
  check_layout (checker, options);
  check_claims (checker, options);
}

void
orr_model_check (const OrrModel *model, const OrrCatalog *catalog, OrrProblems *problems)
{
  g_autoptr (OrrArena) arena = orr_arena_new ();
  g_autoptr (OrrTerms) terms = orr_terms_new ();
  Checker checker = { model, catalog, problems, { .arena = arena, .terms = terms } };
  guint before = orr_problems_get_length (problems);
  check_entry (&checker, &model->entry);
  if (model->attributes)
    check_record (&checker, "attributes", model->attributes);
  check_records (&checker, "message", model->messages);
  check_records (&checker, "timer", model->timers);
  check_records (&checker, "sync", model->syncs);
  check_records (&checker, "log", model->logs);
  check_records (&checker, "cell", model->cells);
  check_records (&checker, "fact", model->facts);
  check_records (&checker, "action", model->actions);
  check_roles (&checker, model->roles);
  check_client (&checker, model->client);
  check_bugs (&checker, model->bugs);
  check_invariants (&checker, model->invariants);
  check_objects (&checker, model->objects);
  check_words (&checker, "draws", model->draws);
  if (orr_problems_get_length (problems) == before) /* the functions rely on the tables */
    check_functions (&checker);
}
