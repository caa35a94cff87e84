/* register-cases.h: small random histories of registers, and what the literature's definitions say of them.
 *
 * Nothing here knows of bad patterns, clocks or zones: a definition that says "there is an order in which …" is tried with all orders, one that says
 * "there are sets such that …" with all sets. It takes time, and so the histories are small.
 *
 * A part of a history is a mask of its operations. A read of what an operation outside of the part wrote is free: it may have returned anything. */
#pragma once

#include "history-builder.h"

#define CASE_OPS_MAX 8

typedef enum
{
  CASE_OK,
  CASE_FAILED,
  CASE_UNKNOWN
} CaseOutcome;

typedef struct
{
  guint session, key, value; /* values: the number of the operation that writes it; 0: nil; CASE_THIN_AIR: nobody's */
  guint invoked, completed;  /* all different */
  gboolean write;
  CaseOutcome outcome;
} CaseOp;

#define CASE_THIN_AIR 99
#define CASE_NEVER    G_MAXUINT

typedef struct
{
  CaseOp ops[CASE_OPS_MAX];
  guint n;
} Case;

/* How histories are drawn. */
typedef struct
{
  guint ops_max, sessions, keys;
  guint thin_air, failed, unknown; /* in thousandths */
  gboolean fresh;                  /* reads tend to see what was written last */
} CaseShape;

static inline guint
case_below (GRand *random, guint n)
{
  return (guint) g_rand_int_range (random, 0, (gint) n);
}

static inline gboolean
case_chance (GRand *random, guint thousandths)
{
  return case_below (random, 1000) < thousandths;
}

static inline guint
case_read (GRand *random, const CaseShape *shape, const Case *c, guint read)
{
  guint choices[CASE_OPS_MAX + 1] = { 0 }, n = 1, last = 0;
  for (guint i = 0; i < c->n; i++)
    if (c->ops[i].write && c->ops[i].key == c->ops[read].key)
      {
        choices[n++] = i + 1;
        if (c->ops[i].invoked < c->ops[read].completed && c->ops[i].outcome == CASE_OK)
          last = i + 1;
      }
  if (case_chance (random, shape->thin_air))
    return CASE_THIN_AIR;
  return shape->fresh && case_chance (random, 600) ? last : choices[case_below (random, n)];
}

/* Operations are numbered by invocation. */
static inline Case
case_new (GRand *random, const CaseShape *shape)
{
  Case c = { 0 };
  guint open[8], clock = 0, n = shape->ops_max - case_below (random, 3);
  for (guint s = 0; s < shape->sessions; s++)
    open[s] = G_MAXUINT;
  for (guint n_open = 0; c.n < n || n_open > 0;)
    {
      guint s = case_below (random, shape->sessions);
      if (open[s] != G_MAXUINT)
        {
          c.ops[open[s]].completed = ++clock;
          open[s] = G_MAXUINT;
          n_open--;
          continue;
        }
      if (c.n == n)
        continue;
      CaseOp *op = &c.ops[c.n];
      *op = (CaseOp){ .session = s, .key = case_below (random, shape->keys), .write = case_chance (random, 500), .invoked = ++clock };
      op->outcome = case_chance (random, shape->failed) ? CASE_FAILED : case_chance (random, shape->unknown) ? CASE_UNKNOWN : CASE_OK;
      op->completed = CASE_NEVER;
      if (op->outcome != CASE_UNKNOWN)
        {
          open[s] = c.n;
          n_open++;
        }
      c.n++;
    }
  for (guint i = 0; i < c.n; i++)
    c.ops[i].value = c.ops[i].write ? i + 1 : case_read (random, shape, &c, i);
  return c;
}

static inline OrrHistory *
case_build (const Case *c)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < c->n; i++)
    {
      const CaseOp *op = &c->ops[i];
      g_string_append_printf (text, "s%u %s k%u ", op->session, op->write ? "w" : "r", op->key);
      if (op->value == 0)
        g_string_append (text, "nil");
      else
        g_string_append_printf (text, "%u", op->value);
      if (op->completed == CASE_NEVER)
        g_string_append_printf (text, " [%u,-]\n", op->invoked);
      else
        g_string_append_printf (text, " [%u,%u] %s\n", op->invoked, op->completed, op->outcome == CASE_FAILED ? "fail" : "ok");
    }
  return history_build (text->str);
}

/* --- The part of a case that a definition speaks of --- */

typedef struct
{
  const Case *c;
  guint mask;                  /* what has an effect or was answered */
  guint free;                  /* reads that may have returned anything */
  guint before[CASE_OPS_MAX];  /* by session order */
  guint earlier[CASE_OPS_MAX]; /* by real time */
} Part;

static inline gboolean
part_has (const Part *part, guint i)
{
  return part->mask >> i & 1;
}

static inline gboolean
part_writes (const Part *part, guint i)
{
  return part_has (part, i) && part->c->ops[i].write;
}

static inline gboolean
part_reads (const Part *part, guint i)
{
  return part_has (part, i) && !part->c->ops[i].write;
}

/* `unknown`: which writes of unknown outcome took effect. */
static inline Part
part_new (const Case *c, guint kept, guint unknown)
{
  Part part = { .c = c };
  for (guint i = 0; i < c->n; i++)
    {
      const CaseOp *op = &c->ops[i];
      if ((kept >> i & 1) && (op->outcome == CASE_OK || (op->outcome == CASE_UNKNOWN && op->write && (unknown >> i & 1))))
        part.mask |= 1u << i;
      if (!op->write && op->value != 0 && op->value != CASE_THIN_AIR && !(kept >> (op->value - 1) & 1))
        part.free |= 1u << i;
    }
  for (guint i = 0; i < c->n; i++)
    for (guint j = 0; j < i; j++)
      if (part_has (&part, i) && part_has (&part, j))
        {
          if (c->ops[i].session == c->ops[j].session && c->ops[j].outcome == CASE_OK)
            part.before[i] |= 1u << j;
          if (c->ops[j].completed != CASE_NEVER && c->ops[j].completed < c->ops[i].invoked)
            part.earlier[i] |= 1u << j;
        }
  return part;
}

static inline gboolean
part_returns (const Part *part, guint read, guint value)
{
  return part->free >> read & 1 || part->c->ops[read].value == value;
}

/* Is there a total order of `left` that extends `before`, in which each of the reads in `judged` returns one of the last `k` writes of its key?
 * `recent`: by key, the latest writes, the newest first. */
typedef struct
{
  guint recent[2][CASE_OPS_MAX + 1];
  guint n[2];
} Recent;

static inline gboolean
part_read_is_recent (const Part *part, guint read, const Recent *recent, guint k)
{
  guint key = part->c->ops[read].key;
  for (guint i = 0; i < k && i <= recent->n[key]; i++)
    if (part_returns (part, read, i < recent->n[key] ? recent->recent[key][i] : 0))
      return TRUE;
  return FALSE;
}

static inline gboolean
part_has_order (const Part *part, guint left, const guint *before, guint judged, guint k, const Recent *recent)
{
  if (left == 0)
    return TRUE;
  for (guint i = 0; i < part->c->n; i++)
    {
      if (!(left >> i & 1) || before[i] & left)
        continue;
      Recent next = *recent;
      const CaseOp *op = &part->c->ops[i];
      if (op->write)
        {
          memmove (&next.recent[op->key][1], &next.recent[op->key][0], next.n[op->key] * sizeof (guint));
          next.recent[op->key][0] = op->value;
          next.n[op->key]++;
        }
      else if (judged >> i & 1 && !part_read_is_recent (part, i, recent, k))
        continue;
      if (part_has_order (part, left & ~(1u << i), before, judged, k, &next))
        return TRUE;
    }
  return FALSE;
}

static inline gboolean
part_orders (const Part *part, guint set, const guint *before, guint judged, guint k)
{
  Recent recent = { 0 };
  return part_has_order (part, set, before, judged, k, &recent);
}

static inline guint
part_writes_of (const Part *part)
{
  guint writes = 0;
  for (guint i = 0; i < part->c->n; i++)
    writes |= part_writes (part, i) ? 1u << i : 0;
  return writes;
}

/* --- Sequential, linearizable, k-atomic, PRAM --- */

static inline gboolean
part_is_sequential (const Part *part)
{
  return part_orders (part, part->mask, part->before, part->mask, 1);
}

static inline gboolean
part_is_atomic (const Part *part, guint k)
{
  for (guint key = 0; key < 2; key++)
    {
      guint set = 0;
      for (guint i = 0; i < part->c->n; i++)
        set |= part_has (part, i) && part->c->ops[i].key == key ? 1u << i : 0;
      if (!part_orders (part, set, part->earlier, set, k))
        return FALSE;
    }
  return TRUE;
}

static inline gboolean
part_is_linearizable (const Part *part)
{
  return part_is_atomic (part, 1);
}

static inline gboolean
part_is_two_atomic (const Part *part)
{
  return part_is_atomic (part, 2);
}

static inline gboolean
part_is_pram (const Part *part)
{
  for (guint s = 0; s < 8; s++)
    {
      guint own = 0;
      for (guint i = 0; i < part->c->n; i++)
        own |= part_has (part, i) && part->c->ops[i].session == s ? 1u << i : 0;
      if (!part_orders (part, part_writes_of (part) | own, part->before, own, 1))
        return FALSE;
    }
  return TRUE;
}

/* --- Regular and safe: there is an order of the writes and this read that respects real time --- */

static inline gboolean
part_is_regular (const Part *part)
{
  for (guint i = 0; i < part->c->n; i++)
    if (part_reads (part, i) && !part_orders (part, part_writes_of (part) | 1u << i, part->earlier, 1u << i, 1))
      return FALSE;
  return TRUE;
}

static inline gboolean
part_is_safe (const Part *part)
{
  for (guint i = 0; i < part->c->n; i++)
    {
      gboolean overlaps = FALSE;
      for (guint j = 0; j < part->c->n; j++)
        overlaps |= part_writes (part, j) && part->c->ops[j].key == part->c->ops[i].key && !(part->earlier[i] >> j & 1)
                    && !(part->earlier[j] >> i & 1);
      if (part_reads (part, i) && !overlaps && !part_orders (part, part_writes_of (part) | 1u << i, part->earlier, 1u << i, 1))
        return FALSE;
    }
  return TRUE;
}

/* --- Causal: there is a partial order that extends session order, such that … (Bouajjani et al. 2017, definitions of CC, CM, CCv) --- */

typedef gboolean (*CausalRule) (const Part *part, const guint *past);

/* The value of each read is right after some order of its causal past. */
static inline gboolean
causal_rule_cc (const Part *part, const guint *past)
{
  for (guint i = 0; i < part->c->n; i++)
    if (part_reads (part, i) && !part_orders (part, past[i] | 1u << i, past, 1u << i, 1))
      return FALSE;
  return TRUE;
}

/* For each operation, all reads of its session up to it are right in one order of its causal past. */
static inline gboolean
causal_rule_cm (const Part *part, const guint *past)
{
  for (guint i = 0; i < part->c->n; i++)
    if (part_has (part, i) && !part_orders (part, past[i] | 1u << i, past, part->before[i] | 1u << i, 1))
      return FALSE;
  return TRUE;
}

/* There is one order of everything such that each read is right when its causal past is put into that order. */
static inline gboolean
causal_has_arbitration (const Part *part, const guint *past, guint *order, guint n, guint left)
{
  for (guint i = 0; left != 0 && i < part->c->n; i++)
    {
      if (!(left >> i & 1) || past[i] & left)
        continue;
      guint value = 0;
      for (guint j = 0; j < n; j++)
        if (past[i] >> order[j] & 1 && part->c->ops[order[j]].write && part->c->ops[order[j]].key == part->c->ops[i].key)
          value = part->c->ops[order[j]].value;
      order[n] = i;
      if ((part->c->ops[i].write || part_returns (part, i, value))
          && causal_has_arbitration (part, past, order, n + 1, left & ~(1u << i)))
        return TRUE;
    }
  return left == 0;
}

static inline gboolean
causal_rule_ccv (const Part *part, const guint *past)
{
  guint order[CASE_OPS_MAX + 1];
  return causal_has_arbitration (part, past, order, 0, part->mask);
}

static inline gboolean
causal_is_transitive (const Part *part, const guint *past)
{
  for (guint i = 0; i < part->c->n; i++)
    for (guint j = 0; j < part->c->n; j++)
      if (past[i] >> j & 1 && (past[j] & ~past[i] || past[j] >> i & 1))
        return FALSE;
  return TRUE;
}

/* Tries all relations on pairs from number `pair` on. */
static inline gboolean
causal_exists_from (const Part *part, CausalRule rule, guint *past, guint pair)
{
  guint n = part->c->n, i = pair / n, j = pair % n;
  if (pair == n * n)
    return causal_is_transitive (part, past) && rule (part, past);
  if (i <= j || !part_has (part, i) || !part_has (part, j) || past[i] >> j & 1)
    return causal_exists_from (part, rule, past, pair + 1);
  if (causal_exists_from (part, rule, past, pair + 1))
    return TRUE;
  past[i] |= 1u << j;
  gboolean exists = causal_exists_from (part, rule, past, pair + 1);
  past[i] &= ~(1u << j);
  past[j] |= 1u << i;
  exists = exists || causal_exists_from (part, rule, past, pair + 1);
  past[j] &= ~(1u << i);
  return exists;
}

static inline gboolean
causal_exists (const Part *part, CausalRule rule)
{
  guint past[CASE_OPS_MAX];
  memcpy (past, part->before, sizeof past);
  return causal_exists_from (part, rule, past, 0);
}

static inline gboolean
part_is_causal (const Part *part)
{
  return causal_exists (part, causal_rule_cc);
}

static inline gboolean
part_is_causal_memory (const Part *part)
{
  return causal_exists (part, causal_rule_cm);
}

static inline gboolean
part_is_causal_convergence (const Part *part)
{
  return causal_exists (part, causal_rule_ccv);
}

/* --- By inclusion: there are sets of writes that reads saw, and for each session an order of the writes, such that … --- */

typedef enum
{
  INCLUDE_OWN_WRITES,
  INCLUDE_EARLIER_READS,
  INCLUDE_EARLIER_WRITES,
  INCLUDE_READ_BEFORE_WRITTEN
} Inclusion;

/* Must whoever sees `write` have seen `needed`, and in this order? */
static inline gboolean
inclusion_needs (const Part *part, Inclusion inclusion, const guint *seen, guint write, guint needed)
{
  if (inclusion == INCLUDE_EARLIER_WRITES)
    return part->before[write] >> needed & 1;
  for (guint r = 0; inclusion == INCLUDE_READ_BEFORE_WRITTEN && r < part->c->n; r++)
    if (part_reads (part, r) && part->before[write] >> r & 1 && seen[r] >> needed & 1)
      return TRUE;
  return FALSE;
}

static inline gboolean
inclusion_sets_are_right (const Part *part, Inclusion inclusion, const guint *seen)
{
  guint n = part->c->n, writes = part_writes_of (part);
  for (guint r = 0; r < n; r++)
    {
      if (!part_reads (part, r))
        continue;
      for (guint w = r + 1; w < n; w++)
        if (seen[r] >> w & 1 && part->c->ops[w].session == part->c->ops[r].session)
          return FALSE;
      if (inclusion == INCLUDE_OWN_WRITES && part->before[r] & writes & ~seen[r])
        return FALSE;
      for (guint i = 0; i < n; i++)
        {
          if (inclusion == INCLUDE_EARLIER_READS && part->before[r] >> i & 1 && part_reads (part, i) && seen[i] & ~seen[r])
            return FALSE;
          for (guint j = 0; j < n; j++)
            if (seen[r] >> i & 1 && writes >> j & 1 && inclusion_needs (part, inclusion, seen, i, j) && !(seen[r] >> j & 1))
              return FALSE;
        }
    }
  return TRUE;
}

static inline gboolean
inclusion_order_is_right (const Part *part, Inclusion inclusion, const guint *seen, guint session, const guint *order, guint n)
{
  for (guint r = 0; r < part->c->n; r++)
    {
      guint value = 0;
      if (!part_reads (part, r) || part->c->ops[r].session != session)
        continue;
      for (guint i = 0; i < n; i++)
        {
          if (seen[r] >> order[i] & 1 && part->c->ops[order[i]].key == part->c->ops[r].key)
            value = part->c->ops[order[i]].value;
          for (guint j = 0; j < i; j++)
            if (seen[r] >> order[i] & 1 && seen[r] >> order[j] & 1 && inclusion_needs (part, inclusion, seen, order[j], order[i]))
              return FALSE;
        }
      if (!part_returns (part, r, value))
        return FALSE;
    }
  return TRUE;
}

static inline gboolean
inclusion_has_order (const Part *part, Inclusion inclusion, const guint *seen, guint session, guint *order, guint n, guint left)
{
  if (left == 0)
    return inclusion_order_is_right (part, inclusion, seen, session, order, n);
  for (guint i = 0; i < part->c->n; i++)
    {
      if (!(left >> i & 1))
        continue;
      order[n] = i;
      if (inclusion_has_order (part, inclusion, seen, session, order, n + 1, left & ~(1u << i)))
        return TRUE;
    }
  return FALSE;
}

static inline gboolean
inclusion_has_sets (const Part *part, Inclusion inclusion, guint *seen, guint read)
{
  guint order[CASE_OPS_MAX + 1], writes = part_writes_of (part);
  while (read < part->c->n && !part_reads (part, read))
    read++;
  if (read == part->c->n)
    {
      if (!inclusion_sets_are_right (part, inclusion, seen))
        return FALSE;
      for (guint s = 0; s < 8; s++)
        if (!inclusion_has_order (part, inclusion, seen, s, order, 0, writes))
          return FALSE;
      return TRUE;
    }
  for (guint set = writes;; set = (set - 1) & writes)
    {
      seen[read] = set;
      if (inclusion_has_sets (part, inclusion, seen, read + 1))
        return TRUE;
      if (set == 0)
        return FALSE;
    }
}

static inline gboolean
inclusion_exists (const Part *part, Inclusion inclusion)
{
  guint seen[CASE_OPS_MAX] = { 0 };
  return inclusion_has_sets (part, inclusion, seen, 0);
}

static inline gboolean
part_reads_own_writes (const Part *part)
{
  return inclusion_exists (part, INCLUDE_OWN_WRITES);
}

static inline gboolean
part_reads_grow (const Part *part)
{
  return inclusion_exists (part, INCLUDE_EARLIER_READS);
}

static inline gboolean
part_sees_writes_in_turn (const Part *part)
{
  return inclusion_exists (part, INCLUDE_EARLIER_WRITES);
}

static inline gboolean
part_writes_follow_reads (const Part *part)
{
  return inclusion_exists (part, INCLUDE_READ_BEFORE_WRITTEN);
}

/* --- A case holds if it does for some choice of what unknown writes did --- */

typedef gboolean (*CaseDefinition) (const Part *part);

static inline gboolean
case_holds (const Case *c, guint kept, CaseDefinition definition)
{
  guint unknown = 0;
  for (guint i = 0; i < c->n; i++)
    if (c->ops[i].outcome == CASE_UNKNOWN && c->ops[i].write)
      unknown |= 1u << i;
  for (guint set = unknown;; set = (set - 1) & unknown)
    {
      Part part = part_new (c, kept, set);
      if (definition (&part))
        return TRUE;
      if (set == 0)
        return FALSE;
    }
}
