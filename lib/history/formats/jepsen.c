/* jepsen.c: from entries to operations: who began, and how it ended.
 *
 * Jepsen writes entries in the order in which they happened, as far as one observer can tell; so their order
 * is the truth, and their times, where there are any, must agree with it. Where they don't, or some are
 * missing, it is the order of the lines that counts. */
#include "history/formats/jepsen.h"

#define UNKNOWN_KEYS "keys of entries that mean nothing here, and were passed over, as "

static const char assumed_nemesis[] = "entries of the nemesis, which is no client: passed over";
static const char assumed_vague[]
    = "reads that returned nil: as in Jepsen's own checkers, that says nothing of what was there";
static const char assumed_back[] = "times that go back: the order of the entries is what counts";
static const char assumed_timeless[] = "entries without a time: the order of the entries is what counts";
static const char assumed_ended[] = "operations of which no beginning is written down: nothing is known of "
                                    "when they ran, but for the order "
                                    "within a process";
static const char assumed_alone[] = "operations that name no process: each is taken for a session of its own";
static const char assumed_open[]
    = "operations whose end is not written down: they may have had an effect, or not";
static const char assumed_empty[] = "operations without a step, which say nothing: left out";
static const char assumed_initial[]
    = "reads of all accounts, of which the first is taken for what they held in the beginning";
static const char assumed_moved[] = "reads of all accounts, of which the first is taken for what they held "
                                    "in the beginning, though money may have "
                                    "moved before: only their sum is sure";

static const char assumed_drained[]
    = "drains: each is several dequeues one after the other, and those of others may have come in between";

/* What an operation's entries said, besides what they did. */
typedef struct
{
  gint64 invoked, completed; /* as the file has the times */
  guint32 line;              /* where it ended */
  guint64 entry_invoked, entry_completed;
} Times;

/* In the place of an operation that made no sense: its end has been told of too. */
#define WRONG_OPERATION (ORR_NO_OPERATION - 1)

struct Walk
{
  OrrReading *reading;
  OrrJepsenGuess guess;
  OrrJepsen *jepsen;
};

struct OrrJepsen
{
  OrrReading *reading;
  gboolean keyed, trusts_nil;
  GHashTable *processes; /* OrrValue * → index of the session, plus one; looked up only */
  GArray *times;         /* Times, by operation */
  GArray *steps, *values;
  guint64 n_entries;
  const char *first_ended; /* of an operation that was never invoked; NULL: there is none */
  guint32 alone;           /* the open operation that names no process */
  gboolean any_invoked;

  gboolean untimed,
      lines_repeat;             /* some entry has no time, or goes back; stands in the line of the last one */
  gint64 first_told, last_told; /* as the file has them */
  gint64 last_time;             /* of those that follow each other */
  guint32 last_line;
};

gboolean
orr_jepsen_type (const OrrDatum *word, OrrJepsenType *ret_type)
{
  static const char *const names[ORR_N_JEPSEN_TYPES] = { "invoke", "ok", "fail", "info" };
  for (guint i = 0; i < ORR_N_JEPSEN_TYPES; i++)
    if (orr_datum_is (word, names[i]))
      {
        *ret_type = (OrrJepsenType) i;
        return TRUE;
      }
  return FALSE;
}

/* --- An entry --- */

static void
take_key (OrrReading *reading, OrrJepsenEntry *entry, const OrrDatum *key, const OrrDatum *value,
          const OrrDatum **ret_type)
{
  struct
  {
    const char *name;
    const OrrDatum **place;
  } keys[] = { { "type", ret_type },   { "process", &entry->process },
               { "f", &entry->f },     { "value", &entry->value },
               { "key", &entry->key }, { "time", &entry->time },
               { "index", NULL },      { "error", NULL } };
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (orr_datum_is (key, keys[i].name))
      {
        if (keys[i].place && *keys[i].place)
          orr_reading_problem (reading, key->at, "say it once", "'%s' stands twice in one entry",
                               keys[i].name);
        if (keys[i].place)
          *keys[i].place = value;
        return;
      }
  g_autofree char *quoted = orr_datum_quote (key, reading);
  g_autofree char *what = g_strconcat (UNKNOWN_KEYS, quoted, NULL);
  orr_reading_assume (reading, key->at, what);
}

gboolean
orr_jepsen_entry (OrrReading *reading, const OrrDatumTree *tree, OrrJepsenEntry *ret_entry)
{
  const OrrDatum *map = orr_datum_get (tree, 0), *type = NULL;
  *ret_entry = (OrrJepsenEntry){ .at = map->at, .tree = tree };
  if (map->kind != ORR_DATUM_MAP)
    {
      g_autofree char *quoted = orr_datum_quote (map, reading);
      orr_reading_problem (reading, map->at,
                           "an entry is a map, as {:type :invoke, :process 0, :f :read, :value nil}",
                           "this is %s, and no entry", quoted);
      return FALSE;
    }
  const OrrDatum *key = orr_datum_first (map);
  for (guint32 i = 0; i < map->n; i += 2)
    {
      const OrrDatum *value = orr_datum_next (tree, key);
      take_key (reading, ret_entry, key, value, &type);
      key = orr_datum_next (tree, value);
    }
  if (type && orr_jepsen_type (type, &ret_entry->type))
    return TRUE;
  g_autofree char *quoted = type ? orr_datum_quote (type, reading) : NULL;
  orr_reading_problem (reading, type ? type->at : map->at, "it is invoke, ok, fail or info",
                       type ? "there is no type %s" : "this entry has no type", quoted);
  return FALSE;
}

gboolean
orr_jepsen_is_nemesis (const OrrJepsenEntry *entry)
{
  return entry->process && orr_datum_is (entry->process, "nemesis");
}

/* --- Times --- */

#define TIME_MOST (ORR_TIME_MAX / 2)

/* FALSE: what stands there can be none. Of that nobody would learn, were it passed over. */
static gboolean
is_time (OrrReading *reading, const OrrDatum *time)
{
  if (time->kind == ORR_DATUM_NUMBER && time->number >= -TIME_MOST && time->number <= TIME_MOST)
    return TRUE;
  g_autofree char *quoted = orr_datum_quote (time, reading);
  orr_reading_problem (reading, time->at,
                       "write whole nanoseconds, or leave times out and write the entries in their order",
                       "%s is no time", quoted);
  return FALSE;
}

/* The time of an entry, above that of the last one: a clock that was too coarse to tell them apart is helped
 * out. */
static gint64
note_time (OrrJepsen *jepsen, const OrrJepsenEntry *entry, guint32 line)
{
  const OrrDatum *time = entry->time;
  gboolean first = ++jepsen->n_entries == 1;
  jepsen->lines_repeat |= line <= jepsen->last_line;
  jepsen->last_line = line;
  if (!time || time->kind == ORR_DATUM_NIL)
    {
      orr_reading_assume (jepsen->reading, entry->at, assumed_timeless);
      jepsen->untimed = TRUE;
      return 0;
    }
  if (!is_time (jepsen->reading, time))
    return 0;
  gint64 told = time->number;
  if (!first && told < jepsen->last_told)
    {
      orr_reading_assume (jepsen->reading, entry->at, assumed_back);
      jepsen->untimed = TRUE;
    }
  jepsen->first_told = first ? told : jepsen->first_told;
  jepsen->last_told = told;
  jepsen->last_time = first ? told : MAX (told, jepsen->last_time + 1);
  return jepsen->last_time;
}

/* --- Who --- */

static void complain_entry (OrrJepsen *jepsen, const OrrJepsenEntry *entry, const char *remedy,
                            const char *format, ...) G_GNUC_PRINTF (4, 5);

static void
complain_entry (OrrJepsen *jepsen, const OrrJepsenEntry *entry, const char *remedy, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  orr_reading_problem (jepsen->reading, entry->at, remedy, "%s", what);
}

/* The session of a process; of an entry that names none, ORR_NO_OPERATION. */
static guint32
find_session (OrrJepsen *jepsen, const OrrJepsenEntry *entry)
{
  if (!entry->process || entry->process->kind == ORR_DATUM_NIL)
    return ORR_NO_OPERATION;
  OrrReading *reading = jepsen->reading;
  OrrValue process = orr_datum_value (reading, entry->tree, entry->process);
  guint32 known = GPOINTER_TO_UINT (g_hash_table_lookup (jepsen->processes, &process));
  if (known > 0)
    return known - 1;
  g_autofree char *name = NULL;
  if (orr_value_is_int (process))
    name = g_strdup_printf ("p%" G_GINT64_FORMAT, orr_value_to_int (process));
  else
    {
      g_autoptr (GString) text = g_string_new (NULL);
      orr_terms_print (reading->terms, process, text);
      name = g_strdup (text->str);
    }
  guint32 session = orr_reading_add_session (reading, name);
  g_hash_table_insert (jepsen->processes, orr_arena_copy (reading->history->arena, &process, sizeof process),
                       GUINT_TO_POINTER (session + 1));
  return session;
}

/* The operation of this process that is open. */
static guint32 *
find_open (OrrJepsen *jepsen, guint32 session)
{
  if (session == ORR_NO_OPERATION)
    return &jepsen->alone;
  return &g_array_index (jepsen->reading->sessions, OrrReadingSession, session).open;
}

/* --- What --- */

static guint32
add_operation (OrrJepsen *jepsen, const OrrJepsenEntry *entry, guint32 session, gint64 now)
{
  OrrReading *reading = jepsen->reading;
  if (session == ORR_NO_OPERATION)
    {
      g_autofree char *name = g_strdup_printf ("s%u", reading->sessions->len + 1);
      orr_reading_assume (reading, entry->at, assumed_alone);
      session = orr_reading_add_session (reading, name);
    }
  guint32 index = orr_reading_add_operation (reading, session, entry->at, 0, jepsen->steps);
  Times times = { .invoked = now,
                  .completed = ORR_TIME_NEVER,
                  .entry_invoked = jepsen->n_entries,
                  .line = orr_reading_operation (reading, index)->index };
  g_array_append_val (jepsen->times, times);
  return index;
}

static void
take_invocation (OrrJepsen *jepsen, const OrrJepsenEntry *entry, guint32 session, guint32 *open, gint64 now)
{
  gboolean vague;
  jepsen->any_invoked = TRUE;
  if (*open < WRONG_OPERATION)
    {
      complain_entry (jepsen, entry, "end that one first: with ok, fail, or info where nobody knows",
                      "this process has an operation that has not ended, of line %u",
                      orr_reading_operation (jepsen->reading, *open)->index);
      return;
    }
  *open = WRONG_OPERATION;
  if (!orr_jepsen_steps (jepsen->reading, entry, jepsen->keyed, jepsen->steps, jepsen->values, &vague))
    return;
  guint32 index = add_operation (jepsen, entry, session, now);
  if (session == ORR_NO_OPERATION)
    jepsen->alone = index;
}

/* Does what ended ask for what was invoked? */
static gboolean
is_same (const OrrHistoryOperation *operation, const GArray *steps)
{
  if (operation->n_steps == 0) /* a read of all accounts does not say which there are */
    return TRUE;
  if (operation->n_steps != steps->len)
    return FALSE;
  for (guint i = 0; i < steps->len; i++)
    {
      const OrrStep *asked = &operation->steps[i], *done = &g_array_index (steps, OrrStep, i);
      if (asked->kind != done->kind || asked->key != done->key || asked->value != done->value
          || asked->expected != done->expected)
        return FALSE;
    }
  return TRUE;
}

/* An end that does not repeat what was asked for. */
static gboolean
says_nothing (const OrrJepsenEntry *entry, const OrrHistoryOperation *operation)
{
  gboolean silent = !entry->value || entry->value->kind == ORR_DATUM_NIL;
  for (guint i = 0; i < operation->n_steps; i++)
    silent &= !orr_step_infos[operation->steps[i].kind].reads;
  return silent && operation->n_steps > 0;
}

static void
end_operation (OrrJepsen *jepsen, const OrrJepsenEntry *entry, guint32 index, gint64 now)
{
  static const OrrOutcome outcomes[] = { ORR_UNKNOWN, ORR_OK, ORR_FAIL, ORR_UNKNOWN };
  OrrReading *reading = jepsen->reading;
  OrrHistoryOperation *operation = orr_reading_operation (reading, index);
  Times *times = &g_array_index (jepsen->times, Times, index);
  gboolean vague = FALSE, silent = says_nothing (entry, operation);
  times->completed = now;
  times->entry_completed = jepsen->n_entries;
  times->line = orr_reading_place (reading, entry->at).line;
  if (entry->type == ORR_JEPSEN_OK && !silent)
    {
      if (!orr_jepsen_steps (reading, entry, jepsen->keyed, jepsen->steps, jepsen->values, &vague))
        return;
      if (!is_same (operation, jepsen->steps) && jepsen->any_invoked)
        complain_entry (jepsen, entry, "an end repeats what was asked for, with what was returned",
                        "this process ends another operation than it invoked in line %u", operation->index);
    }
  vague = vague && !jepsen->trusts_nil;
  if (vague)
    orr_reading_assume (reading, entry->at, assumed_vague);
  gboolean told = entry->type == ORR_JEPSEN_OK && !silent;
  orr_reading_end_operation (reading, index, ORR_TIME_NEVER, outcomes[entry->type],
                             told ? jepsen->steps : NULL, vague ? NULL : jepsen->values);
  if (index == jepsen->alone)
    jepsen->alone = ORR_NO_OPERATION;
}

/* An end that nobody invoked: well, where no entry of the file is an invocation. */
static void
take_orphan (OrrJepsen *jepsen, const OrrJepsenEntry *entry, guint32 session, gint64 now)
{
  gboolean vague;
  if (!jepsen->first_ended)
    jepsen->first_ended = entry->at;
  if (jepsen->any_invoked)
    {
      complain_entry (jepsen, entry, "write down its invocation before it",
                      "this process ends an operation that it did not invoke");
      return;
    }
  orr_reading_assume (jepsen->reading, entry->at, assumed_ended);
  if (!orr_jepsen_steps (jepsen->reading, entry, jepsen->keyed, jepsen->steps, jepsen->values, &vague))
    return;
  end_operation (jepsen, entry, add_operation (jepsen, entry, session, now), now);
}

void
orr_jepsen_take (OrrJepsen *jepsen, const OrrJepsenEntry *entry)
{
  OrrReading *reading = jepsen->reading;
  if (orr_jepsen_is_nemesis (entry))
    {
      orr_reading_assume (reading, entry->at, assumed_nemesis);
      return;
    }
  gint64 now = note_time (jepsen, entry, orr_reading_place (reading, entry->at).line);
  guint32 session = find_session (jepsen, entry);
  guint32 *open = find_open (jepsen, session);
  if (entry->type == ORR_JEPSEN_INVOKE)
    {
      if (!jepsen->any_invoked && jepsen->first_ended)
        orr_reading_problem (reading, jepsen->first_ended, "write down its invocation before it",
                             "this process ends an operation that it did not invoke");
      take_invocation (jepsen, entry, session, open, now);
    }
  else if (*open == WRONG_OPERATION)
    *open = ORR_NO_OPERATION;
  else if (*open != ORR_NO_OPERATION)
    end_operation (jepsen, entry, *open, now);
  else
    take_orphan (jepsen, entry, session, now);
}

/* --- The whole --- */

OrrJepsen *
orr_jepsen_new (OrrReading *reading, const OrrJepsenGuess *guess)
{
  OrrJepsen *jepsen = g_new0 (OrrJepsen, 1);
  jepsen->reading = reading;
  jepsen->keyed = guess->keyed;
  jepsen->processes = g_hash_table_new (g_int64_hash, g_int64_equal);
  jepsen->times = g_array_new (FALSE, FALSE, sizeof (Times));
  jepsen->steps = g_array_new (FALSE, FALSE, sizeof (OrrStep));
  jepsen->values = g_array_new (FALSE, FALSE, sizeof (OrrValue));
  jepsen->alone = ORR_NO_OPERATION;
  return jepsen;
}

void
orr_jepsen_trust_nil (OrrJepsen *jepsen)
{
  jepsen->trusts_nil = TRUE;
}

/* Times as the file has them, a nanosecond apart where the clock was too coarse; else where the entries
 * stand. */
static void
set_times (OrrJepsen *jepsen)
{
  OrrHistory *history = jepsen->reading->history;
  gboolean real = !jepsen->untimed && jepsen->last_told > jepsen->first_told;
  history->timeless = jepsen->first_ended != NULL;
  history->source->times = real && !history->timeless ? ORR_TIMES_REAL
                           : jepsen->lines_repeat     ? ORR_TIMES_ENTRIES
                                                      : ORR_TIMES_LINES;
  for (guint i = 0; i < history->operations->len; i++)
    {
      OrrHistoryOperation *operation = &g_array_index (history->operations, OrrHistoryOperation, i);
      const Times *times = &g_array_index (jepsen->times, Times, i);
      gboolean ended = times->entry_completed > 0;
      OrrTime invoked = (OrrTime) times->entry_invoked, completed = (OrrTime) times->entry_completed;
      if (history->source->times == ORR_TIMES_REAL)
        {
          invoked = times->invoked;
          completed = times->completed;
        }
      else if (history->source->times == ORR_TIMES_LINES)
        {
          invoked = operation->index;
          completed = times->line;
        }
      operation->due = operation->invoked = invoked;
      operation->completed = ended ? completed : ORR_TIME_NEVER;
    }
}

/* Operations without steps say nothing; those without an end are told of. */
static void
look_through (OrrJepsen *jepsen)
{
  GArray *operations = jepsen->reading->history->operations;
  guint kept = 0;
  for (guint i = 0; i < operations->len; i++)
    {
      const OrrHistoryOperation *operation = &g_array_index (operations, OrrHistoryOperation, i);
      if (g_array_index (jepsen->times, Times, i).entry_completed == 0)
        orr_reading_assume_of (jepsen->reading, operation, assumed_open);
      if (operation->n_steps > 0)
        g_array_index (operations, OrrHistoryOperation, kept++) = *operation;
      else
        orr_reading_assume_of (jepsen->reading, operation, assumed_empty);
    }
  g_array_set_size (operations, kept);
}

static gboolean
is_drain (const OrrHistoryOperation *operation)
{
  for (guint i = 0; i < operation->n_steps; i++)
    if (operation->steps[i].kind != ORR_DEQUEUE)
      return FALSE;
  return operation->n_steps > 1;
}

/* A drain takes out one after the other until nothing is left. All that is known of each is that it lay
 * within the whole; so each becomes a process of its own. */
static void
split_drains (OrrJepsen *jepsen)
{
  OrrReading *reading = jepsen->reading;
  GArray *operations = reading->history->operations;
  for (guint i = 0, n = operations->len; i < n; i++)
    {
      const OrrHistoryOperation whole = g_array_index (operations, OrrHistoryOperation, i);
      if (!is_drain (&whole))
        continue;
      orr_reading_assume_of (reading, &whole, assumed_drained);
      for (guint j = 0; j < whole.n_steps; j++)
        {
          OrrHistoryOperation one = whole;
          one.steps = &whole.steps[j];
          one.n_steps = 1;
          one.values = whole.values ? &whole.values[j] : NULL;
          if (j == 0)
            g_array_index (operations, OrrHistoryOperation, i) = one;
          else
            {
              one.process = reading->n_processes++;
              g_array_append_val (operations, one);
            }
        }
    }
}

/* The first operation that read all accounts says what they held. */
static void
find_balances (OrrJepsen *jepsen)
{
  OrrHistory *history = jepsen->reading->history;
  gboolean moved = FALSE;
  for (guint i = 0; i < history->operations->len; i++)
    {
      const OrrHistoryOperation *operation = &g_array_index (history->operations, OrrHistoryOperation, i);
      moved |= operation->steps[0].kind != ORR_READ && operation->outcome != ORR_FAIL;
      if (operation->outcome != ORR_OK || !operation->values || operation->steps[0].kind != ORR_READ)
        continue;
      for (guint j = 0; j < operation->n_steps; j++)
        {
          OrrHistoryInitial initial = { operation->steps[j].key, operation->values[j] };
          g_array_append_val (history->initials, initial);
        }
      orr_reading_assume_of (jepsen->reading, operation, moved ? assumed_moved : assumed_initial);
      return;
    }
}

void
orr_jepsen_finish (OrrJepsen *jepsen)
{
  set_times (jepsen);
  look_through (jepsen);
  split_drains (jepsen);
  if (orr_object_has_step (jepsen->reading->history->object, ORR_WITHDRAW))
    find_balances (jepsen);
  g_hash_table_unref (jepsen->processes);
  g_array_unref (jepsen->times);
  g_array_unref (jepsen->steps);
  g_array_unref (jepsen->values);
  g_free (jepsen);
}

static gboolean
take_guess (gpointer data, const OrrDatumTree *tree)
{
  struct Walk *walk = data;
  OrrJepsenEntry entry;
  return !orr_jepsen_entry (walk->reading, tree, &entry) || orr_jepsen_guess_take (&walk->guess, &entry);
}

static gboolean
take_entry (gpointer data, const OrrDatumTree *tree)
{
  struct Walk *walk = data;
  OrrJepsenEntry entry;
  if (orr_jepsen_entry (walk->reading, tree, &entry))
    orr_jepsen_take (walk->jepsen, &entry);
  return TRUE;
}

void
orr_jepsen_read (OrrReading *reading, const OrrDatumSyntax *syntax, const char *object)
{
  struct Walk walk = { .reading = reading };
  orr_reading_begin_look (reading);
  orr_datum_walk (reading, syntax, take_guess, &walk);
  orr_reading_end_look (reading);
  if (!orr_reading_set_object (reading, object ? object : orr_jepsen_guess_object (&walk.guess)))
    return;
  walk.jepsen = orr_jepsen_new (reading, &walk.guess);
  orr_datum_walk (reading, syntax, take_entry, &walk);
  orr_jepsen_finish (walk.jepsen);
}
