/* fuzz-history.c: any bytes as a history, in the format that they look like and in all others.
 *
 * What is refused has a place and a reason. What is read is judged by all checks that speak of it, with a
 * small budget, and told as text and as JSON. */
#include "fuzz.h"
#include "history/format.h"
#include "report/report.h"

#include <string.h>

#define OPERATIONS_MAX 300 /* larger histories are read, but not judged */
#define STATES_MAX     2000

int
LLVMFuzzerInitialize (int *argc G_GNUC_UNUSED, char ***argv G_GNUC_UNUSED)
{
  return 0;
}

static void
judge (OrrHistory *history)
{
  static const OrrReportStyle styles[] = { { .brief = TRUE }, { .colour = TRUE, .again = "again" } };
  OrrCheckBudget budget = { .states_max = STATES_MAX };
  g_autoptr (OrrReport) report = orr_report_new_of_history (history, NULL, &budget, NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      orr_report_print (report, &styles[i], text);
      g_assert (g_utf8_validate (text->str, (gssize) text->len, NULL));
    }
  g_autoptr (GString) json = g_string_new (NULL);
  orr_report_print_json (report, "again", json);
  g_assert (g_utf8_validate (json->str, (gssize) json->len, NULL));
}

/* What a reader promises of a history. */
static void
look_at (const OrrHistory *history)
{
  for (guint i = 0; i < history->operations->len; i++)
    {
      const OrrHistoryOperation *operation = &g_array_index (history->operations, OrrHistoryOperation, i);
      g_assert (operation->n_steps > 0 && operation->session < history->n_sessions && operation->index > 0);
      g_assert (operation->completed >= operation->invoked);
      for (guint j = 0; j < operation->n_steps; j++)
        {
          g_assert (operation->steps[j].key != ORR_NIL);
          g_assert (orr_object_has_step (history->object, operation->steps[j].kind));
        }
    }
}

static void
try_format (const char *text, gsize length, const char *format)
{
  OrrHistoryReadOptions options = { .format = format };
  g_autoptr (OrrProblems) problems = orr_problems_new ("h");
  OrrHistory *history = orr_history_read (text, length, "h", &options, problems);
  g_autofree char *told = orr_problems_to_text (problems);
  g_assert ((history == NULL) == (orr_problems_get_length (problems) > 0));
  g_assert (g_utf8_validate (told, -1, NULL));
  if (history)
    look_at (history);
  if (history && history->operations->len <= OPERATIONS_MAX)
    judge (history);
  else
    orr_history_free (history);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  try_format ((const char *) data, size, NULL);
  for (guint i = 0; orr_history_formats[i]; i++)
    try_format ((const char *) data, size, orr_history_formats[i]->entry.name);
  return 0;
}
