/* scenario-private.h: what the files of the scenario language share. Not installed.
 *
 * A scenario is read in one pass over its parts, in an order in which each can rely on those before: the model with its options gives the
 * nodes, these give names to everything that follows. A part that can't be read leaves its problems and the rest is read as well as it can be. Each
 * part with a grammar of its own has a file, which reads it and writes it back; the others are field tables and nothing else. */
#pragma once

#include "scenario/scenario.h"

G_BEGIN_DECLS

/* How large a scenario may be. Far above what anyone simulates; low enough that no file, however small, can eat the memory. */
#define ORR_SESSIONS_MAX   1000000
#define ORR_HOSTS_MAX      100000
#define ORR_NODES_MAX      100000
#define ORR_PLACES_MAX     1000    /* nodes that lines of `network.links` name, and regions: there is a table of all pairs */
#define ORR_KEYS_MAX       1000000
#define ORR_STEPS_MAX      1000    /* of one operation */
#define ORR_OPERATIONS_MAX 1000000 /* explicit */
#define ORR_VALUES_MAX     1000    /* of one line of fuzz or sweep, of a choice of faults, of bounds on a figure */
#define ORR_RUNS_MAX       1000000 /* points of a sweep's grid */
#define ORR_NAMES_SUGGESTED    1000    /* names that are looked through for one that is near */
#define ORR_TRIALS_COST    10000000 /* what checking all values of fuzz and sweep may cost, in nodes of the file read again */

/* Where there is no `duration:`, the workload goes on for so long behind the last thing that the file plans. */
#define ORR_DURATION_DEFAULT (10 * ORR_SECOND)

typedef struct
{
  OrrScenario *scenario; /* that is being made */
  const OrrCatalog *catalog;
  OrrArena *arena;  /* the scenario's */
  OrrArena *scratch; /* of the tree, and of what is needed only while reading */
  OrrProblems *problems;
  OrrYaml *root;
  gboolean damaged; /* the tree has holes, whose problems have been said: what must be there may be missing without a further word */

  OrrContext context; /* `names` are those of the nodes, once they are known; look-ups go by `index` */
  OrrContext actors;  /* the same with the names of the actors */
  GHashTable *sessions; /* name → index + 1; only looked up */

  /* Where options or clients can't be read, what they say decides no more: defaults stand in for it. A name that is missing then is complained about
   * only where no options could make it exist. These are sets of names, and of what stands before the number of such; see OrrContext. */
  GHashTable *doubtful_nodes, *doubtful_sessions;
  gboolean sessions_doubtful;
} OrrScenarioReader;

/* --- scenario-fields.c: the parts that field tables describe --- */

extern const OrrField orr_scenario_fields[];       /* of OrrScenario: title … settle */
extern const OrrField orr_scenario_node_fields[];  /* of OrrNodeSettings; the first is its name */
extern const OrrField orr_scenario_client_fields[];
extern const OrrField orr_scenario_network_fields[];
extern const OrrField orr_scenario_clock_fields[];
extern const OrrField orr_scenario_disk_fields[];
extern const OrrField orr_scenario_workload_fields[]; /* of OrrWorkload, but for the object, the mix and the operations */
extern const OrrField orr_scenario_fault_fields[];    /* of OrrFaultPlan: what all faults have */

/* Those of parts with a grammar of their own, beside what they have besides. */
extern const OrrField orr_scenario_model_fields[];
extern const OrrField orr_scenario_template_fields[], orr_scenario_operation_fields[], orr_scenario_transfer_fields[];
extern const OrrField orr_scenario_when_sync_fields[], orr_scenario_when_message_fields[], orr_scenario_when_fact_fields[];
extern const OrrField orr_scenario_pin_message_fields[], orr_scenario_pin_timer_fields[], orr_scenario_pin_draw_fields[],
    orr_scenario_pin_disk_fields[], orr_scenario_pin_request_disk_fields[], orr_scenario_pin_service_fields[],
    orr_scenario_pin_request_fields[], orr_scenario_pin_stream_fields[], orr_scenario_pin_release_fields[];

/* --- scenario-words.c: small tools of all parts --- */

/* The map at `key` of the root; where there is none, or nothing behind the key, an empty one. A problem and an empty one where it is no map. */
OrrYaml *orr_scenario_section (OrrScenarioReader *reader, const char *key);
OrrYaml *orr_scenario_empty_map (OrrScenarioReader *reader, OrrPlace place);

/* The entries of `map` whose keys the fields know. */
OrrYaml *orr_scenario_pick (OrrScenarioReader *reader, const OrrYaml *map, const OrrField *fields);
/* A map of one entry more. */
OrrYaml *orr_scenario_with (OrrScenarioReader *reader, const OrrYaml *map, const char *key, OrrYaml *value, OrrPlace place);

/* Checks the kind of a node: a problem, "WHAT must be a map", and FALSE where it is another. */
gboolean orr_scenario_is_map (OrrScenarioReader *reader, const OrrYaml *node, const char *what);
gboolean orr_scenario_is_list (OrrScenarioReader *reader, const OrrYaml *node, const char *what);
gboolean orr_scenario_is_short (OrrScenarioReader *reader, const OrrYaml *list, const char *what); /* up to ORR_VALUES_MAX entries */
gboolean orr_scenario_is_scalar (OrrScenarioReader *reader, const OrrYaml *node, const char *what);

/* TRUE once so many problems were found that more would not be kept. */
gboolean orr_scenario_hopeless (const OrrScenarioReader *reader);

/* Adds "unknown WHAT 'word' of WHOSE" (NULL: nobody's) with the candidate that is near, else all of them, else `otherwise` (may be NULL). */
void orr_scenario_unknown (OrrScenarioReader *reader, OrrPlace place, const char *what, const char *word,
                           const char *whose, const GPtrArray *candidates, const char *otherwise);
/* The model that the text names, before it has been read; NULL: none, or none that there is. */
const OrrModel *orr_scenario_find_model (OrrScenarioReader *reader);
/* --- scenario-strays.c --- */
/* An unknown key at the top: TRUE, with a problem that says where it belongs, where it is known there. */
gboolean orr_scenario_refuse_stray (OrrScenarioReader *reader, const OrrYaml *key);

/* A map that lacks all of `words` as keys: "unknown key" where one was mistyped, else what and remedy. */
void orr_scenario_refuse_map (OrrScenarioReader *reader, const OrrYaml *map, const char *const *words, const char *what, const char *remedy);

/* Adds all words within the scalars of a tree (may be NULL) to a set, as they could be names. */
void orr_scenario_collect_words (OrrScenarioReader *reader, const OrrYaml *node, GHashTable *words);

/* Lists of words: const char *, not owned. */
GPtrArray *orr_words_new (void);
void orr_words_add_fields (OrrScenarioReader *reader, GPtrArray *words, const OrrField *fields); /* as scenarios write them */
void orr_words_add_records (OrrScenarioReader *reader, GPtrArray *words, const OrrRecord *records);
void orr_words_add_nodes (OrrScenarioReader *reader, GPtrArray *words); /* for suggestions: the first of them */
const char *const *orr_words_end (GPtrArray *words); /* adds a NULL, once */

/* A copy in the scenario's arena. */
OrrArray orr_scenario_keep (OrrScenarioReader *reader, const GArray *array);
OrrPlace orr_scenario_keep_place (OrrScenarioReader *reader, OrrPlace place);

/* Reads one text as a value of a type, as if it were a field called `name`. */
gboolean orr_scenario_read_value (OrrScenarioReader *reader, const OrrYaml *node, const OrrType *type, const char *name,
                                  const OrrContext *context, gpointer value);

/* --- the parts --- */

void orr_scenario_read_model (OrrScenarioReader *reader); /* model, options, layout, sessions */
void orr_scenario_read_nodes (OrrScenarioReader *reader);
void orr_scenario_check_network (OrrScenarioReader *reader);

/* An operation's steps, in any of their forms. `mistyped`: it has an unknown key, which was to be the step perhaps. */
gboolean orr_scenario_read_steps (OrrScenarioReader *reader, const OrrYaml *operation, gboolean mistyped, GArray *steps);
void orr_scenario_write_steps (const OrrContext *context, const OrrStep *steps, guint n_steps, GString *text); /* "read: x" */
void orr_words_add_steps (OrrScenarioReader *reader, GPtrArray *words);
/* Adds "unknown step" of the workload's object, with the object that has it, else what that object has. */
void orr_scenario_unknown_step (OrrScenarioReader *reader, const OrrYaml *key, const GPtrArray *words);

void orr_scenario_read_workload (OrrScenarioReader *reader);
void orr_scenario_write_workload (const OrrScenario *scenario, GString *text);
void orr_scenario_read_operations (OrrScenarioReader *reader, const OrrYaml *list);
void orr_scenario_write_operations (const OrrScenario *scenario, GString *text);

void orr_scenario_read_faults (OrrScenarioReader *reader);
void orr_scenario_name_faults (OrrScenario *scenario); /* fills in `word`, when all is read and right */
void orr_scenario_write_faults (const OrrScenario *scenario, GString *text);
/* Parts of a line of faults. Keys that are of every line, and never a fault's own (ends with NULL): */
extern const char *const orr_scenario_fault_keys[];
/* A map of the fault's settings, whichever way `value` and what stands beside it in `line` (may be NULL) write them; NULL, with a problem, where
 * they can't be told. */
OrrYaml *orr_scenario_settings_map (OrrScenarioReader *reader, const OrrEntry *fault, OrrYaml *value, const OrrYaml *line);
gpointer orr_scenario_read_settings (OrrScenarioReader *reader, const OrrEntry *fault, const OrrField *fields, const OrrYaml *map);
/* The fault's own rules, which its fields can't say. */
void orr_scenario_validate_settings (OrrScenarioReader *reader, const OrrEntry *fault, OrrYaml *map, gconstpointer settings);
void orr_scenario_write_settings (const OrrContext *context, const OrrEntry *fault, gconstpointer settings, GString *text);
void orr_scenario_read_action (OrrScenarioReader *reader, const OrrYaml *map, OrrFaultPlan *plan);
void orr_scenario_write_action (const OrrScenario *scenario, const OrrFaultPlan *plan, GString *text);
void orr_scenario_read_when (OrrScenarioReader *reader, const OrrYaml *map, OrrWhen *when);
void orr_scenario_write_when (const OrrScenario *scenario, const OrrWhen *when, GString *text);
void orr_scenario_read_choices (OrrScenarioReader *reader, const OrrYaml *list, OrrFaultPlan *plan);
void orr_scenario_write_choices (const OrrContext *context, const OrrArray *choose, GString *text);
/* The record that a trigger or a pin is about; -1, with a problem, where the model has none of that name. `what` is "message". */
gint32 orr_scenario_find_record (OrrScenarioReader *reader, const OrrYaml *node, const OrrRecord *records, const char *what);
/* FALSE, with a problem, where the scalar is neither a fault nor the shape of one, as partition-majority is. */
gboolean orr_scenario_check_shape (OrrScenarioReader *reader, const OrrYaml *node);

/* Adds what the model claims with its options and bugs, as far as it bears what the scenario plans. */
void orr_scenario_take_claims (OrrScenarioReader *reader, GArray *expectations);

OrrArray orr_scenario_read_where (OrrScenarioReader *reader, const OrrYaml *node, const OrrRecord *record);
void orr_scenario_write_where (const OrrArray *where, GString *text); /* ", where: {term: 2}" or nothing */

void orr_scenario_read_pins (OrrScenarioReader *reader);
void orr_scenario_write_pins (const OrrScenario *scenario, GString *text);

void orr_scenario_read_expect (OrrScenarioReader *reader);
void orr_scenario_write_expect (const OrrScenario *scenario, GString *text);

/* `text` and so on are what orr_scenario_parse was called with: each value is tried. */
void orr_scenario_read_variations (OrrScenarioReader *reader);
void orr_scenario_check_variations (OrrScenarioReader *reader, const char *text, gsize length, const char *const *sets);
void orr_scenario_write_variations (const OrrScenario *scenario, GString *text);

/* When the workload is over where the file does not say. */
OrrTime orr_scenario_default_duration (const OrrScenario *scenario);

/* Reads without trying the values of fuzz and sweep. */
OrrScenario *orr_scenario_parse_plain (const char *text, gsize length, const char *file, const char *const *sets,
                                       const OrrCatalog *catalog, OrrProblems *problems);

/* What printing a scenario's records needs: the context with the names of nodes. */
OrrContext orr_scenario_context (const OrrScenario *scenario);

/* Appends ", a: 1, b: 2" for what is not default. */
void orr_scenario_append_flow (const OrrField *fields, const OrrContext *context, gconstpointer value, GString *text);

G_END_DECLS
