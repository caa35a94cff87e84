/* verdict.c: what a check says. */
#include "check/rule.h"

#include <stdarg.h>
#include <string.h>

const OrrCheck *
orr_checks_find (const char *name)
{
  for (guint i = 0; orr_checks[i]; i++)
    if (strcmp (orr_checks[i]->entry.name, name) == 0)
      return orr_checks[i];
  return NULL;
}

const char *
orr_check_silence (const OrrCheck *check, const OrrHistory *history)
{
  const char *why = check->silent ? check->silent (history) : NULL;
  return !why && !check->check ? orr_invariants_silence (history, check->entry.name) : why;
}

OrrVerdict *
orr_check_judge (const OrrCheck *check, const OrrHistory *history, const OrrCheckBudget *budget)
{
  g_assert (budget);
  const char *why = orr_check_silence (check, history);
  OrrVerdict *verdict = why            ? orr_verdict_new (ORR_UNDECIDED, 0, "%s", why)
                        : check->check ? check->check (history, budget)
                                       : orr_invariants_judge (history, check->entry.name);
  verdict->property = &check->entry;
  return verdict;
}

const char *
orr_verdict_name (OrrVerdictKind kind)
{
  static const char *const names[] = { "holds", "violated", "unknown" };
  g_assert ((guint) kind < G_N_ELEMENTS (names));
  return names[kind];
}

OrrVerdict *
orr_verdict_new (OrrVerdictKind kind, guint64 n_checked, const char *format, ...)
{
  OrrVerdict *verdict = g_new0 (OrrVerdict, 1);
  verdict->kind = kind;
  verdict->n_checked = n_checked;
  va_list arguments;
  va_start (arguments, format);
  verdict->sentence = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  return verdict;
}

static void
add_once (guint **indices, guint *n, guint index)
{
  for (guint i = 0; i < *n; i++)
    if ((*indices)[i] == index)
      return;
  *indices = g_renew (guint, *indices, *n + 1);
  (*indices)[(*n)++] = index;
}

void
orr_verdict_add_witness (OrrVerdict *verdict, guint operation)
{
  add_once (&verdict->witness, &verdict->n_witness, operation);
}

void
orr_verdict_add_fact (OrrVerdict *verdict, guint fact)
{
  add_once (&verdict->facts, &verdict->n_facts, fact);
}

void
orr_verdict_not_least (OrrVerdict *verdict)
{
  g_autofree char *sentence = verdict->sentence;
  verdict->not_least = TRUE;
  verdict->sentence = g_strconcat (sentence, "; fewer operations may show it, too", NULL);
}

void
orr_verdict_free (OrrVerdict *verdict)
{
  if (!verdict)
    return;
  g_free (verdict->sentence);
  g_free (verdict->witness);
  g_free (verdict->facts);
  g_free (verdict);
}
