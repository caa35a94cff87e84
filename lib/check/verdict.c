/* verdict.c: what a check says. */
#include "check/check.h"

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

OrrVerdict *
orr_check_judge (const OrrCheck *check, const OrrHistory *history, const OrrCheckBudget *budget)
{
  const char *why = check->silent ? check->silent (history) : NULL;
  OrrVerdict *verdict = why ? orr_verdict_new (ORR_UNDECIDED, 0, "%s", why) : check->check (history, budget);
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

void
orr_verdict_add_witness (OrrVerdict *verdict, guint operation)
{
  for (guint i = 0; i < verdict->n_witness; i++)
    if (verdict->witness[i] == operation)
      return;
  verdict->witness = g_renew (guint, verdict->witness, verdict->n_witness + 1);
  verdict->witness[verdict->n_witness++] = operation;
}

void
orr_verdict_free (OrrVerdict *verdict)
{
  if (!verdict)
    return;
  g_free (verdict->sentence);
  g_free (verdict->witness);
  g_free (verdict);
}
