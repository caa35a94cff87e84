/* object.h: what operations work on.
 *
 * An object is a kind of thing that clients share: a register, a list, a bank. It says which steps there
 * are, how a workload makes them, what is there before the first, and what each step does when nothing else
 * is going on: its sequential rules. Those rules serve twice: models apply them to the values they hold,
 * and checks replay them to judge a history.
 *
 * Rules are pure and work on one key's state, which is itself a value (value.h): a register's state is what
 * was last written, a list's the list. So states compare as integers, and remembering one costs a word. */
#pragma once

#include "base/catalog.h"
#include "base/operation.h"

G_BEGIN_DECLS

/* How a step is written in a scenario. */
typedef enum
{
  ORR_FORM_KEY,    /* read: x */
  ORR_FORM_PAIR,   /* write: {x: 1} */
  ORR_FORM_FIELDS, /* cas: {key: x, expected: 1, value: 2} */
} OrrStepForm;

/* One kind of step, the same for all objects that have it. */
typedef struct
{
  const char *name; /* "read", "bulk-write" */
  OrrStepForm form;
  const OrrField *fields; /* ORR_FORM_FIELDS: over OrrStep; ends with a NULL name */
  const OrrType *value;   /* ORR_FORM_PAIR: what the value must be; NULL: any value (orr_type_VALUE) */
  gboolean reads, writes; /* returns a value; changes the state */
  const char *doc;
} OrrStepInfo;

extern ORR_PUBLIC const OrrStepInfo orr_step_infos[ORR_N_STEP_KINDS]; /* by kind */

/* Values that must be whole numbers, as what a counter is incremented by; or whole numbers above 0, as an amount of money. */
extern ORR_PUBLIC const OrrType orr_type_NUMBER_VALUE, orr_type_AMOUNT_VALUE;

/* A kind of step as a field of a record (OrrStepKind, by its name), and a step as a record: for messages that carry operations. */
extern ORR_PUBLIC const OrrType orr_type_STEP_KIND;
extern ORR_PUBLIC const OrrField orr_step_fields[];

/* By name; ORR_STEP_NONE where there is none. */
ORR_PUBLIC OrrStepKind orr_step_kind_find (const char *name);

/* What an operation is called in figures: its step's name; of several steps, "read" where none writes, else "transaction". */
ORR_PUBLIC const char *orr_operation_kind (const OrrStep *steps, guint n_steps);

/* As users see a step: `write x 1`, `read x`. With its result where `value` is given: `read x → 1`. */
ORR_PUBLIC void orr_step_print (const OrrStep *step, const OrrValue *value, const OrrTerms *terms, GString *text);

/* How a workload chooses keys. */
typedef enum
{
  ORR_KEYS_UNIFORM,
  ORR_KEYS_ZIPF,       /* rank r with weight r^-exponent (as YCSB, Cooper et al. 2010) */
  ORR_KEYS_SEQUENTIAL, /* the n-th operation takes key n modulo the count, its further steps those that follow */
} OrrKeyChoice;

/* The largest exponent of Zipf's law that makes a difference: at 50 the second key has a weight of 2^-50. */
#define ORR_ZIPF_EXPONENT_MAX 50

typedef struct OrrKeyChooser OrrKeyChooser;
ORR_PUBLIC OrrKeyChooser *orr_key_chooser_new (OrrKeyChoice choice, guint count, double exponent);
ORR_PUBLIC void orr_key_chooser_free (OrrKeyChooser *chooser); /* accepts NULL */
ORR_PUBLIC guint orr_key_chooser_choose (const OrrKeyChooser *chooser, guint64 ordinal, OrrDraw key); /* 0 … count - 1 */

/* What an object's generator may use to make a step. The engine fills it. */
typedef struct
{
  OrrTerms *terms;
  gconstpointer settings;       /* the object's, from the workload */
  const OrrKey *keys;           /* the workload's keys */
  guint n_keys;
  const OrrKeyChooser *chooser;
  guint64 ordinal;              /* of the operation in the run */
  OrrDraw draw;                 /* fold it for each number that is needed */
  gint64 *unique;               /* the last value written in this run; the next is one more, so that no two writes write the same */
} OrrGenerator;

ORR_PUBLIC OrrKey orr_generator_key (OrrGenerator *generator); /* by the chooser; a new draw each time */
ORR_PUBLIC OrrValue orr_generator_unique (OrrGenerator *generator);
ORR_PUBLIC gint64 orr_generator_amount (OrrGenerator *generator, gint64 most); /* uniform in 1 … most */

/* What a rule says to a step. */
typedef enum
{
  ORR_RULE_APPLIED,
  ORR_RULE_REFUSED, /* the step fails and with it the operation: wrong expected value, balance too low */
} OrrRule;

struct OrrObject
{
  OrrEntry entry; /* fields: settings under `workload:` */
  const OrrStepKind *steps; /* ends with ORR_STEP_NONE */

  /* The state of `key` before anything happened, and whether it counts as held (a preloaded account) or as absent. NULL: nil, absent. */
  gboolean (*preload) (gconstpointer settings, OrrTerms *terms, OrrKey key, OrrValue *ret_state);

  /* Appends one step (or the few that belong together) of a kind. */
  void (*generate) (OrrGenerator *generator, OrrStepKind kind, GArray *steps);

  /* What the step does to a state, and what it returns (nil where it returns nothing). Pure but for new terms. */
  OrrRule (*apply) (OrrTerms *terms, OrrValue state, const OrrStep *step, OrrValue *ret_state, OrrValue *ret_value);
};

/* By name, in a list that ends with NULL; NULL where there is none. */
ORR_PUBLIC const OrrObject *orr_objects_find (const OrrObject *const *objects, const char *name);
ORR_PUBLIC gboolean orr_object_has_step (const OrrObject *object, OrrStepKind kind);

/* The state of a set that holds the values of a list: its members in their order, each once; nil where there are none. */
ORR_PUBLIC OrrValue orr_set_canonical (OrrTerms *terms, OrrValue list);

extern ORR_PUBLIC const OrrObject *const orr_objects[]; /* all; ends with NULL */

G_END_DECLS
