/* jepsen-edn.c: Jepsen histories in EDN, as Jepsen, Knossos and Elle write them. */
#include "history/formats/jepsen.h"

static const char *
skip_opening (const char *at)
{
  for (;;)
    {
      at += strspn (at, " \t\r\n,[(");
      if (*at == ';')
        at += strcspn (at, "\n");
      else if (*at == '#' && g_ascii_isalpha (at[1])) /* the tag of a record */
        at += strcspn (at, "{[( \t\r\n");
      else
        return at;
    }
}

static gboolean
recognise (const char *start)
{
  const char *at = skip_opening (start);
  if (*at == '{')
    {
      at++;
      at += strspn (at, " \t\r\n,");
      return *at == ':';
    }
  /* An empty list, or a comment alone. */
  return (*at == ']' || *at == ')' || *at == '\0') && at > start && strspn (start, " \t\r\n") < strlen (start)
         && strspn (at, " \t\r\n])") == strlen (at);
}

static void
read (OrrReading *reading)
{
  orr_jepsen_read (reading, &orr_edn_syntax, NULL);
}

const OrrHistoryFormat orr_history_format_jepsen_edn = {
  .entry
  = { .name = "jepsen-edn",
      .summary = "Jepsen's histories in EDN, as Jepsen, Knossos and Elle write them",
      .doc = "A map an entry, one after the other or in one vector or list. `:type` is `:invoke`, `:ok`, "
             "`:fail` or `:info`; `:process` says who, `:f` what, `:value` with which value. `:time` is in "
             "nanoseconds. `:index` and `:error` are passed over; so are other keys, which is told. Tags, "
             "as `#jepsen.history.Op`, mean nothing.\n\n"
             "Operations are read, write, cas (a register), add, remove (a set), add, increment, decrement "
             "(a counter), enqueue, dequeue, drain (a queue), push, pop (a stack), acquire, release (a "
             "mutex), transfer (a bank), and txn, or no `:f`: a list of `[:r key value]`, `[:w key value]`, "
             "`[:append key value]`. Where each value is a pair, or there is `:key`, there are several "
             "objects, one a key." },
  .example = "{:process 0, :type :invoke, :f :write, :value 1}\n"
             "{:process 0, :type :ok, :f :write, :value 1}\n"
             "{:process 1, :type :invoke, :f :read, :value nil}\n"
             "{:process 1, :type :ok, :f :read, :value 1}\n",
  .recognise = recognise,
  .read = read,
};
