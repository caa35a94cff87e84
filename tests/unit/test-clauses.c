/* test-clauses.c: a search that learns from contradictions, against trying everything.
 *
 * The theory knows rules, each of which forbids three choices together, and says so only when all three are
 * made. Many choices that mean nothing stand between those that do, so that the search goes back far. Where
 * there is no way out, the rules that are named must leave none by themselves. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "check/clauses.h"
#include "../support/cases.h"

#define N_VARIABLES 80
#define N_USED_MAX  14
#define N_RULES_MAX (6 * N_USED_MAX)

typedef struct
{
  guint literals[3]; /* not all of them */
} Rule;

typedef struct
{
  GRand *random;
  guint n_used, n_rules, used[N_USED_MAX];
  Rule rules[N_RULES_MAX];
  gboolean named[N_RULES_MAX]; /* those that count when all is tried */
  OrrClauses *clauses;
  guint n_variables; /* so far */
  GArray *held;      /* literals, in order */
  gboolean holds[2 * N_VARIABLES];
  guint64 spent, budget;
} Rules;

static gboolean
is_broken (const gboolean *holds, const Rule *rule)
{
  return holds[rule->literals[0]] && holds[rule->literals[1]] && holds[rule->literals[2]];
}

/* --- The theory --- */

static gboolean
assume (gpointer data, guint literal, GArray *because, GArray *grounds)
{
  Rules *rules = data;
  assert_false (rules->holds[literal] || rules->holds[literal ^ 1]);
  rules->holds[literal] = TRUE;
  g_array_append_val (rules->held, literal);
  for (guint i = 0; i < rules->n_rules; i++)
    if (is_broken (rules->holds, &rules->rules[i]))
      {
        g_array_append_vals (because, rules->rules[i].literals, 3);
        g_array_append_val (grounds, i);
        return FALSE;
      }
  return TRUE;
}

static void
retract (gpointer data, guint literal)
{
  Rules *rules = data;
  assert_int_equal (g_array_index (rules->held, guint, rules->held->len - 1), literal);
  g_array_set_size (rules->held, rules->held->len - 1);
  rules->holds[literal] = FALSE;
}

static guint
prefer (gpointer data, guint variable)
{
  Rules *rules = data;
  return orr_literal (variable, g_rand_boolean (rules->random));
}

/* Half of the variables come one by one. */
static OrrTheoryAnswer
complete (gpointer data, GArray *because G_GNUC_UNUSED, GArray *grounds G_GNUC_UNUSED)
{
  Rules *rules = data;
  assert_int_equal (rules->held->len, rules->n_variables);
  if (rules->n_variables == N_VARIABLES)
    return ORR_THEORY_AGREES;
  assert_int_equal (orr_clauses_add_variable (rules->clauses), rules->n_variables++);
  return ORR_THEORY_ASKS;
}

static gboolean
spend (gpointer data, guint64 n)
{
  Rules *rules = data;
  rules->spent += n;
  return rules->spent < rules->budget;
}

/* --- Cases --- */

static guint
draw (GRand *random, guint n)
{
  return (guint) g_rand_int_range (random, 0, (gint) n);
}

static void
draw_rules (Rules *rules, guint seed)
{
  *rules = (Rules){ .random = g_rand_new_with_seed (seed), .budget = G_MAXUINT64 };
  rules->n_used = 4 + draw (rules->random, N_USED_MAX - 3);
  guint apart = N_VARIABLES / rules->n_used;
  rules->n_rules = 3 * rules->n_used + draw (rules->random, 3 * rules->n_used);
  for (guint i = 0; i < rules->n_used; i++)
    rules->used[i] = i * apart + draw (rules->random, apart);
  for (guint i = 0; i < rules->n_rules; i++)
    {
      guint first = draw (rules->random, rules->n_used - 2),
            second = first + 1 + draw (rules->random, rules->n_used - first - 2),
            third = second + 1 + draw (rules->random, rules->n_used - second - 1);
      const guint places[] = { first, second, third };
      for (guint j = 0; j < 3; j++)
        rules->rules[i].literals[j] = orr_literal (rules->used[places[j]], g_rand_boolean (rules->random));
    }
}

static OrrVerdictKind
solve (Rules *rules, GArray *grounds)
{
  static const OrrTheory theory = { assume, retract, prefer, complete, spend };
  rules->held = g_array_new (FALSE, FALSE, sizeof (guint));
  rules->clauses = orr_clauses_new (&theory, rules);
  while (rules->n_variables < N_VARIABLES / 2)
    assert_int_equal (orr_clauses_add_variable (rules->clauses), rules->n_variables++);
  OrrVerdictKind kind = orr_clauses_solve (rules->clauses, grounds);
  for (guint i = 0; kind == ORR_HOLDS && i < 2 * N_VARIABLES; i++)
    assert_int_equal (orr_clauses_holds (rules->clauses, i), rules->holds[i]);
  orr_clauses_free (rules->clauses);
  g_array_unref (rules->held);
  g_rand_free (rules->random);
  return kind;
}

/* Is there a way to make all choices from this one on that breaks none of the named rules? */
static gboolean
can_choose (const Rules *rules, gboolean *holds, guint place)
{
  for (guint i = 0; i < rules->n_rules; i++)
    if (rules->named[i] && is_broken (holds, &rules->rules[i]))
      return FALSE;
  if (place == rules->n_used)
    return TRUE;
  gboolean can = FALSE;
  for (guint second = 0; second < 2 && !can; second++)
    {
      guint literal = orr_literal (rules->used[place], second == 1);
      holds[literal] = TRUE;
      can = can_choose (rules, holds, place + 1);
      holds[literal] = FALSE;
    }
  return can;
}

static gboolean
can_choose_all (const Rules *rules)
{
  gboolean holds[2 * N_VARIABLES] = { FALSE };
  return can_choose (rules, holds, 0);
}

static void
test_as_by_trying (void **state G_GNUC_UNUSED)
{
  guint n_violated = 0, n_cases = CASES (2000);
  for (guint seed = 0; seed < n_cases; seed++)
    {
      Rules rules;
      g_autoptr (GArray) grounds = g_array_new (FALSE, FALSE, sizeof (guint));
      draw_rules (&rules, seed);
      OrrVerdictKind kind = solve (&rules, grounds);
      for (guint i = 0; i < rules.n_rules; i++)
        rules.named[i] = TRUE;
      if (kind != (can_choose_all (&rules) ? ORR_HOLDS : ORR_VIOLATED))
        fail_msg ("case %u: %s", seed, orr_verdict_name (kind));
      if (kind != ORR_VIOLATED)
        continue;
      n_violated++;
      memset (rules.named, 0, sizeof rules.named);
      for (guint i = 0; i < grounds->len; i++)
        {
          gboolean *named = &rules.named[g_array_index (grounds, guint, i)];
          assert_false (*named);
          *named = TRUE;
        }
      if (can_choose_all (&rules))
        fail_msg ("case %u: the %u rules that are named leave a way out", seed, grounds->len);
    }
  assert_in_range (n_violated, n_cases / 5, n_cases * 4 / 5);
}

/* However small it is, the budget ends the search, and takes as much each time. */
static void
test_budget (void **state G_GNUC_UNUSED)
{
  guint n_decided = 0, n_undecided = 0;
  for (guint64 budget = 1; budget < 20000; budget = budget * 3 / 2 + 1)
    {
      OrrVerdictKind kinds[2];
      guint64 spent[2];
      for (guint i = 0; i < 2; i++)
        {
          Rules rules;
          g_autoptr (GArray) grounds = g_array_new (FALSE, FALSE, sizeof (guint));
          draw_rules (&rules, 7);
          rules.budget = budget;
          kinds[i] = solve (&rules, grounds);
          spent[i] = rules.spent;
        }
      assert_int_equal (kinds[0], kinds[1]);
      assert_int_equal (spent[0], spent[1]);
      n_decided += kinds[0] != ORR_UNDECIDED;
      n_undecided += kinds[0] == ORR_UNDECIDED;
      assert_true (kinds[0] != ORR_UNDECIDED || (spent[0] >= budget && spent[0] < budget + 10 * N_VARIABLES));
    }
  assert_true (n_decided > 0 && n_undecided > 5);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_as_by_trying),
    cmocka_unit_test (test_budget),
  };
  return cmocka_run_group_tests_name ("clauses", tests, NULL, NULL);
}
