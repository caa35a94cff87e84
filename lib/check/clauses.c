/* clauses.c: choices between two, and what contradictions teach of them.
 *
 * What MiniSat does (Eén & Sörensson 2003), without what a small search does not need: two literals of each
 * clause are watched (Moskewicz et al. 2001), a contradiction is resolved until it rests on one literal of
 * the last level of choices (Zhang et al. 2001), variables that took part in contradictions are chosen first
 * (the queue of Ryan 2004), and the search starts over now and then, after numbers of contradictions that
 * Luby, Sinclair & Zuckerman gave (1993). Clauses are never forgotten; the budget bounds them. */
#include "check/clauses.h"
#include "check/pairs.h"

#define NONE          G_MAXUINT
#define FAR           32 /* levels: back over more of them only what must go is taken back (Nadel & Ryvchin 2018) */
#define RESTART_AFTER 64 /* contradictions, times Luby's number */

typedef struct
{
  guint first, n; /* into literals; the first two are watched */
  guint first_ground, n_grounds;
  guint first_parent, n_parents; /* from which it follows, as parent_of has them */
  guint next[2];                 /* who watches the same literals: clause * 2 + place; NONE: nobody */
} Clause;

typedef struct
{
  guint level, reason; /* reason: a clause; NONE: it was chosen */
  guint8 value;        /* 0: open; else 1 + which of the two */
  gboolean seen;
  guint older, newer, stamp; /* in the queue of those to be chosen */
} Variable;

struct OrrClauses
{
  const OrrTheory *theory;
  gpointer data;
  GArray *variables;                 /* Variable */
  GArray *watchers;                  /* guint, by literal: the first who watches it */
  GArray *all;                       /* Clause */
  GArray *literals, *grounds, *kept; /* guint: of the clauses; kept: their parents */
  GArray *trail, *levels;            /* guint: literals that hold, in order; where each level begins */
  guint n_spread, n_assumed;         /* how much of the trail clauses, and the theory, have heard */
  guint newest, next_choice, stamp;
  guint n_supposed, next_supposed; /* variables that were there first, and are chosen first */
  GArray *because, *new_grounds, *learned, *parents, *marked; /* guint */
  guint64 n_contradictions, restart_at, n_restarts;
  gboolean spent;
};

static Variable *
variable (const OrrClauses *clauses, guint index)
{
  return &g_array_index (clauses->variables, Variable, index);
}

static Clause *
clause (const OrrClauses *clauses, guint index)
{
  return &g_array_index (clauses->all, Clause, index);
}

static guint *
literals_of (const OrrClauses *clauses, const Clause *which)
{
  return &g_array_index (clauses->literals, guint, which->first);
}

static gboolean
holds (const OrrClauses *clauses, guint literal)
{
  return variable (clauses, literal / 2)->value == 1 + literal % 2;
}

static gboolean
fails (const OrrClauses *clauses, guint literal)
{
  return holds (clauses, literal ^ 1);
}

static guint
level_of (const OrrClauses *clauses, guint literal)
{
  return variable (clauses, literal / 2)->level;
}

static void
spend (OrrClauses *clauses, guint64 n)
{
  clauses->spent |= !clauses->theory->spend (clauses->data, n);
}

/* --- Which to choose next: the one that last took part in a contradiction --- */

static void
unlink_variable (OrrClauses *clauses, guint index)
{
  const Variable *row = variable (clauses, index);
  if (row->older != NONE)
    variable (clauses, row->older)->newer = row->newer;
  if (row->newer != NONE)
    variable (clauses, row->newer)->older = row->older;
  else
    clauses->newest = row->older;
}

static void
link_newest (OrrClauses *clauses, guint index)
{
  Variable *row = variable (clauses, index);
  row->older = clauses->newest;
  row->newer = NONE;
  row->stamp = ++clauses->stamp;
  if (clauses->newest != NONE)
    variable (clauses, clauses->newest)->newer = index;
  clauses->newest = index;
  if (row->value == 0)
    clauses->next_choice = index;
}

static guint
next_open (OrrClauses *clauses)
{
  while (clauses->next_supposed < clauses->n_supposed
         && variable (clauses, clauses->next_supposed)->value != 0)
    clauses->next_supposed++;
  if (clauses->next_supposed < clauses->n_supposed)
    return clauses->next_supposed;
  guint index = clauses->next_choice;
  while (index != NONE && variable (clauses, index)->value != 0)
    index = variable (clauses, index)->older;
  clauses->next_choice = index;
  return index;
}

guint
orr_clauses_add_variable (OrrClauses *clauses)
{
  Variable row = { .reason = NONE };
  guint none = NONE, index = clauses->variables->len;
  g_array_append_val (clauses->variables, row);
  g_array_append_val (clauses->watchers, none);
  g_array_append_val (clauses->watchers, none);
  link_newest (clauses, index);
  return index;
}

/* --- Forth and back --- */

static void
hold (OrrClauses *clauses, guint literal, guint reason, guint level)
{
  Variable *row = variable (clauses, literal / 2);
  row->value = 1 + literal % 2;
  row->level = level;
  row->reason = reason;
  g_array_append_val (clauses->trail, literal);
}

/* What follows from earlier levels alone stays, and is told once more. */
static void
back_to (OrrClauses *clauses, guint level)
{
  if (level >= clauses->levels->len)
    return;
  guint *trail = (guint *) clauses->trail->data, n = clauses->trail->len,
        first = g_array_index (clauses->levels, guint, level), kept = first;
  for (guint i = n; i > first; i--)
    {
      Variable *row = variable (clauses, trail[i - 1] / 2);
      if (i <= clauses->n_assumed)
        clauses->theory->retract (clauses->data, trail[i - 1]);
      if (row->level <= level)
        continue;
      row->value = 0;
      if (trail[i - 1] / 2 < clauses->n_supposed)
        clauses->next_supposed = MIN (clauses->next_supposed, trail[i - 1] / 2);
      if (clauses->next_choice == NONE || row->stamp > variable (clauses, clauses->next_choice)->stamp)
        clauses->next_choice = trail[i - 1] / 2;
    }
  for (guint i = first; i < n; i++)
    if (variable (clauses, trail[i] / 2)->value != 0)
      trail[kept++] = trail[i];
  spend (clauses, n - first);
  g_array_set_size (clauses->trail, kept);
  g_array_set_size (clauses->levels, level);
  clauses->n_spread = MIN (clauses->n_spread, first);
  clauses->n_assumed = MIN (clauses->n_assumed, first);
}

gboolean
orr_clauses_holds (const OrrClauses *clauses, guint literal)
{
  return holds (clauses, literal);
}

/* --- Clauses --- */

static guint
add_clause (OrrClauses *clauses, const GArray *literals, const GArray *grounds, const GArray *parents)
{
  Clause row = { .first = clauses->literals->len,
                 .n = literals->len,
                 .first_ground = clauses->grounds->len,
                 .n_grounds = grounds ? grounds->len : 0,
                 .first_parent = clauses->kept->len,
                 .n_parents = parents ? parents->len : 0,
                 .next = { NONE, NONE } };
  g_array_append_vals (clauses->literals, literals->data, row.n);
  if (grounds)
    g_array_append_vals (clauses->grounds, grounds->data, row.n_grounds);
  if (parents)
    g_array_append_vals (clauses->kept, parents->data, row.n_parents);
  g_array_append_val (clauses->all, row);
  spend (clauses, row.n + row.n_grounds + row.n_parents);
  return clauses->all->len - 1;
}

static void
watch (OrrClauses *clauses, guint index, guint place)
{
  Clause *row = clause (clauses, index);
  guint *head = &g_array_index (clauses->watchers, guint, literals_of (clauses, row)[place]);
  row->next[place] = *head;
  *head = index * 2 + place;
}

/* The literal that holds longest, or failed last, is put first, and the second behind it: they are watched.
 */
static void
watch_latest (OrrClauses *clauses, guint index)
{
  Clause *row = clause (clauses, index);
  guint *literals = literals_of (clauses, row);
  for (guint place = 0; place < 2 && place < row->n; place++)
    for (guint i = place + 1; i < row->n; i++)
      if (level_of (clauses, literals[i]) > level_of (clauses, literals[place]))
        {
          guint other = literals[place];
          literals[place] = literals[i];
          literals[i] = other;
        }
  for (guint place = 0; place < 2 && row->n > 1; place++)
    watch (clauses, index, place);
}

/* Finds another literal to watch in place of one that fails. */
static gboolean
watch_another (OrrClauses *clauses, guint index, guint place)
{
  const Clause *row = clause (clauses, index);
  guint *literals = literals_of (clauses, row);
  for (guint i = 2; i < row->n; i++)
    if (!fails (clauses, literals[i]))
      {
        guint other = literals[place];
        literals[place] = literals[i];
        literals[i] = other;
        return TRUE;
      }
  return FALSE;
}

/* From which level on all literals of the clause but one fail. */
static guint
level_of_rest (const OrrClauses *clauses, const Clause *row, guint place)
{
  guint level = 0;
  for (guint i = 0; i < row->n; i++)
    if (i != place)
      level = MAX (level, level_of (clauses, literals_of (clauses, row)[i]));
  return level;
}

/* Tells those who watch the opposite that it fails. Returns a clause of which all fail; NONE. */
static guint
spread (OrrClauses *clauses, guint literal)
{
  guint *link = &g_array_index (clauses->watchers, guint, literal ^ 1), n = 0;
  while (*link != NONE)
    {
      guint index = *link / 2, place = *link % 2;
      Clause *row = clause (clauses, index);
      guint other = literals_of (clauses, row)[1 - place];
      n++;
      if (!holds (clauses, other) && watch_another (clauses, index, place))
        {
          *link = row->next[place];
          watch (clauses, index, place);
          continue;
        }
      if (fails (clauses, other))
        return index;
      if (!holds (clauses, other))
        hold (clauses, other, index, level_of_rest (clauses, row, 1 - place));
      link = &row->next[place];
    }
  spend (clauses, n + 1);
  return NONE;
}

/* Because the theory says so: not all of `because`. */
static guint
add_lemma (OrrClauses *clauses)
{
  for (guint i = 0; i < clauses->because->len; i++)
    g_array_index (clauses->because, guint, i) ^= 1;
  return add_clause (clauses, clauses->because, clauses->new_grounds, NULL);
}

/* All that follows from what holds. Returns a clause of which all fail; NONE. `ret_new`: nobody watches it.
 */
static guint
propagate (OrrClauses *clauses, gboolean *ret_new)
{
  *ret_new = FALSE;
  while (clauses->n_assumed < clauses->trail->len && !clauses->spent)
    {
      while (clauses->n_spread < clauses->trail->len)
        {
          guint wrong = spread (clauses, g_array_index (clauses->trail, guint, clauses->n_spread++));
          if (wrong != NONE)
            return wrong;
        }
      g_array_set_size (clauses->because, 0);
      g_array_set_size (clauses->new_grounds, 0);
      guint literal = g_array_index (clauses->trail, guint, clauses->n_assumed++);
      *ret_new = !clauses->theory->assume (clauses->data, literal, clauses->because, clauses->new_grounds);
      if (*ret_new)
        return add_lemma (clauses);
    }
  return NONE;
}

/* --- Contradictions --- */

/* A clause from which another was resolved; or, `fixed`, one that makes its literal hold without any choice,
 * together with what makes its others fail. */
static guint
parent_of (guint index, gboolean fixed)
{
  return index * 2 + (fixed ? 1 : 0);
}

static void
add_parent (GArray *parents, guint parent)
{
  g_array_append_val (parents, parent);
}

static void
mark (OrrClauses *clauses, guint index)
{
  variable (clauses, index)->seen = TRUE;
  g_array_append_val (clauses->marked, index);
}

/* Takes in a clause of which all literals fail but the one to be resolved on. Returns how many new ones are
 * of the level. */
static guint
take_in (OrrClauses *clauses, guint index, guint level)
{
  const Clause *row = clause (clauses, index);
  guint n = 0;
  add_parent (clauses->parents, parent_of (index, FALSE));
  for (guint i = 0; i < row->n; i++)
    {
      guint literal = literals_of (clauses, row)[i];
      const Variable *about = variable (clauses, literal / 2);
      if (about->seen || holds (clauses, literal))
        continue;
      mark (clauses, literal / 2);
      if (about->level == 0)
        add_parent (clauses->parents, parent_of (about->reason, TRUE));
      else if (about->level == level)
        n++;
      else
        g_array_append_val (clauses->learned, literal);
    }
  spend (clauses, row->n);
  return n;
}

/* Those that took part are chosen first from now on. */
static void
unmark (OrrClauses *clauses)
{
  for (guint i = 0; i < clauses->marked->len; i++)
    {
      guint index = g_array_index (clauses->marked, guint, i);
      variable (clauses, index)->seen = FALSE;
      unlink_variable (clauses, index);
      link_newest (clauses, index);
    }
  g_array_set_size (clauses->marked, 0);
}

/* Resolves the contradiction until it rests on one literal of the level, whose opposite is put behind what is
 * learned. */
static void
resolve (OrrClauses *clauses, guint wrong, guint level)
{
  g_array_set_size (clauses->learned, 0);
  g_array_set_size (clauses->parents, 0);
  guint n_open = take_in (clauses, wrong, level), literal = NONE;
  for (guint i = clauses->trail->len; literal == NONE; i--)
    {
      guint next = g_array_index (clauses->trail, guint, i - 1);
      if (!variable (clauses, next / 2)->seen || level_of (clauses, next) < level)
        continue;
      if (n_open == 1)
        literal = next ^ 1;
      else
        n_open += take_in (clauses, variable (clauses, next / 2)->reason, level) - 1;
    }
  g_array_append_val (clauses->learned, literal);
  unmark (clauses);
}

/* What the clause, of which all literals fail without any choice, rests on in the end. */
static void
prove (const OrrClauses *clauses, guint wrong, GArray *ret_grounds)
{
  g_auto (OrrPairs) seen = { 0 }, named = { 0 };
  g_autoptr (GArray) open = g_array_new (FALSE, FALSE, sizeof (guint));
  add_parent (open, parent_of (wrong, TRUE));
  while (open->len > 0)
    {
      guint parent = g_array_index (open, guint, open->len - 1), n = seen.n;
      const Clause *row = clause (clauses, parent / 2);
      g_array_set_size (open, open->len - 1);
      orr_pairs_add (&seen, parent, 0, 0);
      if (seen.n == n)
        continue;
      if (row->n_parents > 0)
        g_array_append_vals (open, &g_array_index (clauses->kept, guint, row->first_parent), row->n_parents);
      for (guint i = 0; parent == parent_of (parent / 2, TRUE) && i < row->n; i++)
        add_parent (open, parent_of (variable (clauses, literals_of (clauses, row)[i] / 2)->reason, TRUE));
      for (guint i = 0; i < row->n_grounds; i++)
        {
          guint ground = g_array_index (clauses->grounds, guint, row->first_ground + i), n_named = named.n;
          orr_pairs_add (&named, ground, 0, 0);
          if (named.n > n_named)
            g_array_append_val (ret_grounds, ground);
        }
    }
}

/* All literals of the clause fail. Learns from it, and goes back to where something else follows. FALSE: it
 * rests on no choice. */
static gboolean
learn (OrrClauses *clauses, guint wrong, gboolean is_new, GArray *ret_grounds)
{
  guint level = level_of_rest (clauses, clause (clauses, wrong), NONE);
  clauses->n_contradictions++;
  if (level == 0)
    {
      prove (clauses, wrong, ret_grounds);
      return FALSE;
    }
  back_to (clauses, level);
  resolve (clauses, wrong, level);
  guint taught = wrong;
  if (!is_new || clauses->parents->len > 1)
    taught = add_clause (clauses, clauses->learned, NULL, clauses->parents);
  if (is_new && taught != wrong)
    watch_latest (clauses, wrong);
  watch_latest (clauses, taught);
  const Clause *row = clause (clauses, taught);
  const guint *literals = literals_of (clauses, row);
  guint since = row->n > 1 ? level_of (clauses, literals[1]) : 0;
  back_to (clauses, level - since > FAR ? level - 1 : since);
  hold (clauses, literals[0], taught, since);
  return TRUE;
}

/* --- The search --- */

/* 1 1 2 1 1 2 4 1 1 2 1 1 2 4 8 … */
static guint64
luby (guint64 i)
{
  guint64 size = 1, power = 1;
  while (size < i + 1)
    {
      size = 2 * size + 1;
      power *= 2;
    }
  while (size - 1 != i)
    {
      size = (size - 1) / 2;
      power /= 2;
      i %= size;
    }
  return power;
}

static void
choose (OrrClauses *clauses, guint index)
{
  if (clauses->n_contradictions >= clauses->restart_at)
    {
      clauses->restart_at = clauses->n_contradictions
                            + MAX (RESTART_AFTER, clauses->trail->len / 64) * luby (clauses->n_restarts++);
      back_to (clauses, 0);
      return;
    }
  g_array_append_val (clauses->levels, clauses->trail->len);
  hold (clauses, clauses->theory->prefer (clauses->data, index), NONE, clauses->levels->len);
}

OrrVerdictKind
orr_clauses_solve (OrrClauses *clauses, GArray *ret_grounds)
{
  clauses->n_supposed = clauses->variables->len;
  while (!clauses->spent)
    {
      gboolean is_new;
      guint wrong = propagate (clauses, &is_new), open = NONE;
      if (wrong == NONE && !clauses->spent && (open = next_open (clauses)) == NONE)
        {
          g_array_set_size (clauses->because, 0);
          g_array_set_size (clauses->new_grounds, 0);
          OrrTheoryAnswer answer
              = clauses->theory->complete (clauses->data, clauses->because, clauses->new_grounds);
          spend (clauses, 1);
          if (answer == ORR_THEORY_AGREES && !clauses->spent)
            return ORR_HOLDS;
          is_new = answer == ORR_THEORY_CONTRADICTS;
          wrong = is_new ? add_lemma (clauses) : NONE;
        }
      if (clauses->spent)
        break;
      if (wrong != NONE && !learn (clauses, wrong, is_new, ret_grounds))
        return ORR_VIOLATED;
      if (wrong == NONE && open != NONE)
        choose (clauses, open);
    }
  return ORR_UNDECIDED;
}

/* --- Beginning and end --- */

OrrClauses *
orr_clauses_new (const OrrTheory *theory, gpointer data)
{
  OrrClauses *clauses = g_new0 (OrrClauses, 1);
  GArray **arrays[] = { &clauses->watchers, &clauses->literals, &clauses->grounds, &clauses->kept,
                        &clauses->trail,    &clauses->levels,   &clauses->because, &clauses->new_grounds,
                        &clauses->learned,  &clauses->parents,  &clauses->marked };
  for (guint i = 0; i < G_N_ELEMENTS (arrays); i++)
    *arrays[i] = g_array_new (FALSE, FALSE, sizeof (guint));
  clauses->variables = g_array_new (FALSE, FALSE, sizeof (Variable));
  clauses->all = g_array_new (FALSE, FALSE, sizeof (Clause));
  clauses->theory = theory;
  clauses->data = data;
  clauses->newest = clauses->next_choice = NONE;
  clauses->restart_at = RESTART_AFTER;
  return clauses;
}

void
orr_clauses_free (OrrClauses *clauses)
{
  if (!clauses)
    return;
  GArray *arrays[]
      = { clauses->watchers, clauses->literals,  clauses->grounds,     clauses->kept,    clauses->trail,
          clauses->levels,   clauses->because,   clauses->new_grounds, clauses->learned, clauses->parents,
          clauses->marked,   clauses->variables, clauses->all };
  for (guint i = 0; i < G_N_ELEMENTS (arrays); i++)
    g_array_unref (arrays[i]);
  g_free (clauses);
}
