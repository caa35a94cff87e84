/* readers.c: how fast histories of other programs are read.
 *
 * A text of each format with as many operations, made here: single writes and reads, or transactions of two
 * steps. The table gives operations and megabytes a second of processor time, the best of some rounds. */
#include "history/format.h"

#include <string.h>
#include <time.h>

#define OPERATIONS 300000
#define ROUNDS     3

typedef struct
{
  const char *name, *format;
  void (*write) (guint i, GString *text);
} Text;

static void
write_edn (guint i, GString *text)
{
  g_string_append_printf (text,
                          "{:process %u, :type :invoke, :f :write, :value %u, :time %u000, :index %u}\n"
                          "{:process %u, :type :ok, :f :write, :value %u, :time %u500, :index %u}\n",
                          i % 5, i, i, 2 * i, i % 5, i, i, 2 * i + 1);
}

static void
write_edn_transaction (guint i, GString *text)
{
  g_string_append_printf (
      text,
      "{:process %u, :type :invoke, :f :txn, :value [[:append %u %u] [:r %u nil]], :time %u000}\n"
      "{:process %u, :type :ok, :f :txn, :value [[:append %u %u] [:r %u [%u %u]]], :time %u500}\n",
      i % 5, i % 100, i, i % 7, i, i % 5, i % 100, i, i % 7, i - i % 3, i, i);
}

static void
write_json (guint i, GString *text)
{
  g_string_append_printf (text,
                          "{\"process\":%u,\"type\":\"invoke\",\"f\":\"write\",\"value\":%u,\"time\":%u000}\n"
                          "{\"process\":%u,\"type\":\"ok\",\"f\":\"write\",\"value\":%u,\"time\":%u500}\n",
                          i % 5, i, i, i % 5, i, i);
}

static void
write_log (guint i, GString *text)
{
  g_string_append_printf (text,
                          "INFO  jepsen.util - %u\t:invoke\t:write\t%u\n"
                          "INFO  jepsen.util - %u\t:ok\t:write\t%u\n",
                          i % 5, i, i % 5, i);
}

static void
write_awdit (guint i, GString *text)
{
  g_string_append_printf (text, "w %u %u\nr %u %u\n-----\n", i % 100, i, i % 7, i);
}

static void
write_polysi (guint i, GString *text)
{
  g_string_append_printf (text, "w(%u,%u,%u,%u)\nr(%u,%u,%u,%u)\n", i % 100, i, i % 20, i, i % 7, i, i % 20,
                          i);
}

static void
write_dbcop (guint i, GString *text)
{
  g_string_append_printf (text, "[x%u:=%u y%u==%u]\n", i % 100, i, i % 7, i);
}

static const Text texts[] = {
  { "jepsen-edn, writes", "jepsen-edn", write_edn },
  { "jepsen-edn, transactions", "jepsen-edn", write_edn_transaction },
  { "jepsen-json, writes", "jepsen-json", write_json },
  { "jepsen-log, writes", "jepsen-log", write_log },
  { "awdit, transactions", "awdit", write_awdit },
  { "polysi, transactions", "polysi", write_polysi },
  { "dbcop, transactions", "dbcop", write_dbcop },
};

static double
read_once (const Text *text, const GString *content)
{
  OrrHistoryReadOptions options = { .format = text->format };
  g_autoptr (OrrProblems) problems = orr_problems_new (text->name);
  clock_t start = clock ();
  g_autoptr (OrrHistory) history
      = orr_history_read (content->str, content->len, text->name, &options, problems);
  clock_t end = clock ();
  if (!history || history->operations->len != OPERATIONS)
    g_error ("%s was not read", text->name);
  return (double) (end - start) / CLOCKS_PER_SEC;
}

int
main (void)
{
  g_print ("%-26s %14s %8s\n", "format", "operations/s", "MB/s");
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GString) content = g_string_new (NULL);
      double best = 1e9;
      for (guint j = 0; j < OPERATIONS; j++)
        texts[i].write (j + 1, content);
      for (guint round = 0; round < ROUNDS; round++)
        best = MIN (best, read_once (&texts[i], content));
      g_print ("%-26s %14.0f %8.0f\n", texts[i].name, OPERATIONS / best, (double) content->len / 1e6 / best);
    }
  return 0;
}
