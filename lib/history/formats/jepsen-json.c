/* jepsen-json.c: Jepsen histories in JSON, as elle-cli writes them. */
#include "history/formats/jepsen.h"

static gboolean
recognise (const char *start)
{
  const char *at = start + strspn (start, " \t\r\n");
  if (*at == '[')
    at += 1 + strspn (at + 1, " \t\r\n");
  if (*at != '{')
    return FALSE;
  at += 1 + strspn (at + 1, " \t\r\n");
  return *at == '"';
}

static void
read (OrrReading *reading)
{
  orr_jepsen_read (reading, &orr_json_syntax, NULL);
}

const OrrHistoryFormat orr_history_format_jepsen_json = {
  .entry
  = { .name = "jepsen-json",
      .summary = "Jepsen's histories in JSON, as elle-cli writes them",
      .doc = "An array of objects, or an object a line: the entries of `jepsen-edn`, with texts in the place "
             "of keywords. Names of accounts may be texts, as JSON wants it: `{\"0\": 100}`." },
  .example = "[{\"process\": 0, \"type\": \"invoke\", \"f\": \"txn\", \"value\": [[\"append\", \"x\", 1]]},\n"
             " {\"process\": 0, \"type\": \"ok\", \"f\": \"txn\", \"value\": [[\"append\", \"x\", 1]]}]\n",
  .recognise = recognise,
  .read = read,
};
