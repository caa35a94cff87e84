/* porcupine-kv.c: the key-value logs that Porcupine is tested with.
 *
 * They are entries in EDN like Jepsen's, of a store whose values are texts: `get` returns one, `put` sets it,
 * `append` puts more behind it. A key that nobody wrote holds the empty text. */
#include "history/formats/jepsen.h"

static gboolean
recognise (const char *start)
{
  static const char *const words[] = { ":f :append, :key \"", ":f :get, :key \"", ":f :put, :key \"" };
  const char *at = start + strspn (start, " \t\r\n"), *end = strchr (at, '\n');
  g_autofree char *line = end ? g_strndup (at, (gsize) (end - at)) : g_strdup (at);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strstr (line, words[i]))
      return *line == '{';
  return FALSE;
}

static void
read (OrrReading *reading)
{
  orr_jepsen_read (reading, &orr_edn_syntax, "text");
}

const OrrHistoryFormat orr_history_format_porcupine_kv = {
  .entry
  = { .name = "porcupine-kv",
      .summary = "Porcupine's logs of a key-value store with get, put and append",
      .doc = "An EDN map an entry, with `:process`, `:type` (`:invoke` or `:ok`), `:f` (`:get`, `:put`, "
             "`:append`), `:key` and `:value`, both texts. A key that nobody wrote holds the empty text." },
  .example = "{:process 0, :type :invoke, :f :append, :key \"x\", :value \"a\"}\n"
             "{:process 0, :type :ok, :f :append, :key \"x\", :value \"a\"}\n"
             "{:process 1, :type :invoke, :f :get, :key \"x\", :value nil}\n"
             "{:process 1, :type :ok, :f :get, :key \"x\", :value \"a\"}\n",
  .recognise = recognise,
  .read = read,
};
