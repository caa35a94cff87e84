/* broken-histories.h: histories of other programs that are broken, and what is to be said of each. */
#pragma once

typedef struct
{
  const char *name, *format, *model, *text;
  gsize length;
  const char *expected;
} BrokenHistory;

/* clang-format off */
static const BrokenHistory broken[] = {
  { "an unknown type",
    NULL, NULL,
    "{:process 0, :type :invok, :f :read, :value nil}\n",
    49,
    "h:1:20: there is no type ':invok'; it is invoke, ok, fail or info\n" },
  { "no type",
    NULL, NULL,
    "{:process 0, :f :read, :value nil}\n",
    35,
    "h:1:1: this entry has no type; it is invoke, ok, fail or info\n" },
  { "a type that is a number",
    NULL, NULL,
    "{:process 0, :type 7, :f :read, :value nil}\n",
    44,
    "h:1:20: there is no type 7; it is invoke, ok, fail or info\n" },
  { "an end without a beginning",
    NULL, NULL,
    "{:process 0, :type :invoke, :f :write, :value 1}\n"
    "{:process 0, :type :ok, :f :write, :value 1}\n"
    "{:process 1, :type :ok, :f :read, :value 1}\n",
    138,
    "h:3:1: this process ends an operation that it did not invoke; write down its"
    " invocation before it\n" },
  { "an end before its beginning",
    NULL, NULL,
    "{:process 0, :type :ok, :f :write, :value 1}\n"
    "{:process 0, :type :invoke, :f :write, :value 1}\n",
    94,
    "h:1:1: this process ends an operation that it did not invoke; write down its"
    " invocation before it\n" },
  { "two operations open in a process",
    NULL, NULL,
    "{:process 0, :type :invoke, :f :write, :value 1}\n"
    "{:process 0, :type :invoke, :f :read, :value nil}\n",
    99,
    "h:2:1: this process has an operation that has not ended, of line 1; end that one"
    " first: with ok, fail, or info where nobody knows\n" },
  { "another function ends than began",
    NULL, NULL,
    "{:process 0, :type :invoke, :f :write, :value 1}\n"
    "{:process 0, :type :ok, :f :read, :value 1}\n",
    93,
    "h:2:1: this process ends another operation than it invoked in line 1; an end repeats"
    " what was asked for, with what was returned\n" },
  { "another value ends than began",
    NULL, NULL,
    "{:process 0, :type :invoke, :f :write, :value 1}\n"
    "{:process 0, :type :ok, :f :write, :value 2}\n",
    94,
    "h:2:1: this process ends another operation than it invoked in line 1; an end repeats"
    " what was asked for, with what was returned\n" },
  { "an end after an unknown outcome",
    NULL, NULL,
    "{:process 0, :type :invoke, :f :write, :value 1}\n"
    "{:process 0, :type :info, :f :write, :value 1}\n"
    "{:process 0, :type :ok, :f :write, :value 1}\n",
    141,
    "h:3:1: this process ends an operation that it did not invoke; write down its"
    " invocation before it\n" },
  { "an unknown function",
    NULL, NULL,
    "{:process 0, :type :invoke, :f :wriet, :value 1}\n",
    49,
    "h:1:32: no object has an operation ':wriet'; did you mean 'write'?\n" },
  { "a function that nothing has",
    NULL, NULL,
    "{:process 0, :type :invoke, :f :frobnicate, :value 1}\n",
    54,
    "h:1:32: no object has an operation ':frobnicate'; the page docs/histories.md tells"
    " which there are\n" },
  { "a function that the object has not",
    NULL, "set",
    "{:process 0, :type :invoke, :f :write, :value 1}\n",
    49,
    "h:1:32: the object 'set' has no ':write'; it has read, add, remove; --model NAME"
    " chooses another object\n" },
  { "an unknown object",
    NULL, "registr",
    "{:process 0, :type :invoke, :f :write, :value 1}\n",
    49,
    "--model: there is no object 'registr'; did you mean 'register'?\n" },
  { "an unknown format",
    "jepsn-edn", NULL,
    "{:process 0, :type :invoke, :f :write, :value 1}\n",
    49,
    "--format: there is no format 'jepsn-edn'; did you mean 'jepsen-edn'?\n" },
  { "another format than it is",
    "awdit", NULL,
    "{:process 0, :type :invoke, :f :write, :value 1}\n",
    49,
    "h:1:1: '{:process 0, :type :invoke, :f :write, :value 1}' is no read, write or end;"
    " write 'r KEY VALUE', 'w KEY VALUE', '-----' or '====='\n" },
  { "a map without its end",
    NULL, NULL,
    "{:process 0, :type :invoke",
    26,
    "h:1:1: this map has no '}'; close it\n" },
  { "a map with an odd key",
    NULL, NULL,
    "{:process 0, :type}\n",
    20,
    "h:1:1: this map has a key without a value; give each key a value\n" },
  { "a vector without its end",
    NULL, NULL,
    "[{:process 0, :type :invoke, :f :write, :value 1}\n",
    50,
    "h:2:1: the text ends in the list that begins in line 1; end it with a ']'\n" },
  { "a list without its end",
    NULL, NULL,
    "({:process 0, :type :invoke, :f :write, :value 1}\n",
    50,
    "h:2:1: the text ends in the list that begins in line 1; end it with a ')'\n" },
  { "something behind the vector",
    NULL, NULL,
    "[{:process 0, :type :invoke, :f :read}]\n"
    "{:process 0}\n",
    53,
    "h:2:1: there is something behind the list of operations; put all operations into the"
    " list, or none\n" },
  { "a vector of vectors",
    "jepsen-edn", NULL,
    "[[:process 0]]\n",
    15,
    "h:1:2: this is a list, and no entry; an entry is a map, as {:type :invoke, :process"
    " 0, :f :read, :value nil}\n" },
  { "numbers instead of entries",
    "jepsen-edn", NULL,
    "1 2 3\n",
    6,
    "h:1:1: this is 1, and no entry; an entry is a map, as {:type :invoke, :process 0, :f"
    " :read, :value nil}\n"
    "h:1:3: this is 2, and no entry; an entry is a map, as {:type :invoke, :process 0, :f"
    " :read, :value nil}\n"
    "h:1:5: this is 3, and no entry; an entry is a map, as {:type :invoke, :process 0, :f"
    " :read, :value nil}\n" },
  { "a bracket that closes nothing",
    NULL, NULL,
    "{:process 0, :type :invoke, :f :read, :value nil}\n"
    "]\n",
    52,
    "h:2:1: there is nothing that ']' closes; take it out, or open what it closes\n" },
  { "a string without its end",
    NULL, NULL,
    "{:process 0, :type :invoke, :f :write, :value \"abc\n",
    51,
    "h:1:47: this string has no end; end it with a '\"'\n" },
  { "an unknown escape",
    NULL, NULL,
    "{:process 0, :type :invoke, :f :write, :value \"a\\qb\"}\n",
    54,
    "h:1:49: this escape is not known; use one of \\n, \\t, \\r, \\b, \\f, \\\\, \\\", and \\u with"
    " four digits\n" },
  { "half a surrogate",
    NULL, NULL,
    "{:process 0, :type :invoke, :f :write, :value \"\\ud800\"}\n",
    56,
    "h:1:48: this escape is not known; use one of \\n, \\t, \\r, \\b, \\f, \\\\, \\\", and \\u with"
    " four digits\n" },
  { "a NUL by an escape",
    NULL, NULL,
    "{:process 0, :type :invoke, :f :write, :value \"\\u0000\"}\n",
    56,
    "h:1:48: this escape is not known; use one of \\n, \\t, \\r, \\b, \\f, \\\\, \\\", and \\u with"
    " four digits\n" },
  { "a number that is none",
    NULL, NULL,
    "{:process 0, :type :invoke, :f :write, :value 1_000}\n",
    53,
    "h:1:47: this begins as a number, but is none; write a number, or a string in double"
    " quotes\n" },
  { "a colon alone",
    NULL, NULL,
    "{:process 0, : :invoke}\n",
    24,
    "h:1:14: ':' alone means nothing; write a word behind it\n" },
  { "code instead of data",
    NULL, NULL,
    "{:process 0, :type :invoke, :f 'read}\n",
    38,
    "h:1:32: ''' means something in Clojure's code, but not in data; a history is data:"
    " maps, vectors, keywords, strings and numbers\n" },
  { "a tag of nothing",
    NULL, NULL,
    "{:process 0, :type :invoke, :value #inst}\n",
    42,
    "h:1:36: this tag stands before nothing; put what it names behind it\n" },
  { "a discard of nothing",
    NULL, NULL,
    "{:process 0, :type :invoke, :f :read, :value nil} #_",
    52,
    "h:1:51: '#_' stands before nothing; put the form behind it that shall be passed over\n" },
  { "too deep",
    NULL, NULL,
    "{:process 0, :type :invoke, :f :write, :value"
    " [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]"
    "]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]}\n",
    188,
    "h:1:110: forms stand more than 64 deep in each other; no history needs that\n" },
  { "too deep by tags",
    NULL, NULL,
    "{:process 0, :type :invoke, :f :write, :value #a #a #a #a #a #a #a #a #a #a #a #a #a"
    " #a #a #a #a #a #a #a #a #a #a #a #a #a #a #a #a #a #a #a #a #a #a #a #a #a #a #a #a"
    " #a #a #a #a #a #a #a #a #a #a #a #a #a #a #a #a #a #a #a #a #a #a #a #a #a #a #a #a"
    " #a 1}\n",
    259,
    "h:1:236: forms stand more than 64 deep in each other; no history needs that\n" },
  { "too deep by discards",
    NULL, NULL,
    "{:process 0, :type :invoke, :f :write, :value #_ #_ #_ #_ #_ #_ #_ #_ #_ #_ #_ #_ #_"
    " #_ #_ #_ #_ #_ #_ #_ #_ #_ #_ #_ #_ #_ #_ #_ #_ #_ #_ #_ #_ #_ #_ #_ #_ #_ #_ #_ #_"
    " #_ #_ #_ #_ #_ #_ #_ #_ #_ #_ #_ #_ #_ #_ #_ #_ #_ #_ #_ #_ #_ #_ #_ #_ #_ #_ #_ #_"
    " #_ 1}\n",
    259,
    "h:1:236: forms stand more than 64 deep in each other; no history needs that\n" },
  { "a key said twice",
    NULL, NULL,
    "{:process 0, :process 1, :type :invoke, :f :read}\n",
    50,
    "h:1:14: 'process' stands twice in one entry; say it once\n" },
  { "a cas of one value",
    NULL, NULL,
    "{:process 0, :type :invoke, :f :cas, :value 1}\n",
    47,
    "h:1:45: a cas has the value that it expects and the one that it writes, not 1; write"
    " [expected new]\n" },
  { "a cas of three values",
    NULL, NULL,
    "{:process 0, :type :invoke, :f :cas, :value [1 2 3]}\n",
    53,
    "h:1:45: a cas has the value that it expects and the one that it writes, not a list;"
    " write [expected new]\n" },
  { "an increment by a text",
    NULL, NULL,
    "{:process 0, :type :invoke, :f :increment, :value \"one\"}\n",
    57,
    "h:1:51: a counter is changed by a number, not 'one'; write a whole number\n" },
  { "a transfer to nowhere",
    NULL, NULL,
    "{:process 0, :type :invoke, :f :transfer, :value {:from 0, :amount 5}}\n",
    71,
    "h:1:50: a transfer says from where to where how much goes, not a map; write {:from 0,"
    " :to 1, :amount 5}\n" },
  { "a transfer of nothing",
    NULL, NULL,
    "{:process 0, :type :invoke, :f :transfer, :value nil}\n",
    54,
    "h:1:50: a transfer says from where to where how much goes, not nothing; write {:from"
    " 0, :to 1, :amount 5}\n" },
  { "balances in a list",
    NULL, "bank",
    "{:process 0, :type :invoke, :f :read}\n"
    "{:process 0, :type :ok, :f :read, :value [1 2]}\n",
    86,
    "h:2:42: a read of a bank returns a map from accounts to balances, not a list; write"
    " {0 100, 1 100}\n" },
  { "a transaction without a list",
    NULL, NULL,
    "{:process 0, :type :invoke, :f :txn, :value 7}\n",
    47,
    "h:1:45: the value of a transaction is a list of steps, not 7; write [[:r x nil]"
    " [:append y 1]]\n" },
  { "a step of two words",
    NULL, NULL,
    "{:process 0, :type :invoke, :f :txn, :value [[:r 1]]}\n",
    54,
    "h:1:46: a transaction is a list of operation, key and value, not a list; write [:r x"
    " nil] or [:append x 1]\n" },
  { "a step that no object has",
    NULL, NULL,
    "{:process 0, :type :invoke, :f :txn, :value [[:x 1 2]]}\n",
    56,
    "h:1:47: the object 'register' has no ':x'; it has read, write, cas, bulk-write;"
    " --model NAME chooses another object\n" },
  { "a write to a list",
    NULL, NULL,
    "{:process 0, :type :invoke, :f :txn, :value [[:append 1 1] [:w 1 2]]}\n",
    70,
    "h:1:61: the object 'list-append' has no ':w'; it has read, append; --model NAME"
    " chooses another object\n" },
  { "a step on no key",
    NULL, NULL,
    "{:process 0, :type :invoke, :f :txn, :value [[:append nil 1]]}\n",
    63,
    "h:1:55: every step has a key, not nothing; name one\n" },
  { "a value without its key",
    NULL, NULL,
    "{:process 0, :type :invoke, :f :write, :value [1 5]}\n"
    "{:process 0, :type :ok, :f :write, :value [1 5]}\n"
    "{:process 1, :type :invoke, :f :read, :value nil}\n",
    152,
    "h:3:46: here values go with keys, as in the first operation, not nothing; write [key"
    " value]\n" },
  { "a drain of no list",
    NULL, NULL,
    "{:process 0, :type :invoke, :f :drain}\n"
    "{:process 0, :type :ok, :f :drain, :value 3}\n",
    84,
    "h:2:43: a drain returns the list of all that it took out, not 3; write [1 2 3]\n" },
  { "no commas in JSON",
    NULL, NULL,
    "[{\"process\":0,\"type\":\"invoke\",\"f\":\"read\"}\n"
    "{\"process\":0,\"type\":\"ok\",\"f\":\"read\"}]\n",
    80,
    "h:2:1: two entries stand together here; write a ',' before it\n" },
  { "a comma before nothing in JSON",
    NULL, NULL,
    "[{\"process\":0,\"type\":\"invoke\",\"f\":\"read\"},]\n",
    44,
    "h:1:42: there is no entry behind this ','; take it out\n" },
  { "a word in JSON",
    NULL, NULL,
    "[{\"process\":0,\"type\":invoke}]\n",
    30,
    "h:1:22: this is no value of JSON; texts stand in double quotes\n" },
  { "a name without quotes in JSON",
    NULL, NULL,
    "[{\"process\":0,type:\"invoke\"}]\n",
    30,
    "h:1:15: the name of a member is missing here; names stand in double quotes\n" },
  { "a member without a value in JSON",
    NULL, NULL,
    "[{\"process\":0,\"type\"}]\n",
    23,
    "h:1:21: this member has no value; write its value behind a ':'\n" },
  { "an array without its end in JSON",
    NULL, NULL,
    "[{\"process\":0,\"type\":\"invoke\",\"f\":\"read\"}",
    41,
    "h:1:42: the text ends in the list that begins in line 1; end it with a ']'\n" },
  { "an object without its end in JSON",
    NULL, NULL,
    "{\"process\":0,\"type\":\"invoke\",\"f\":\"read\"",
    39,
    "h:1:40: the text ends within an array or object; write a ',' or a '}'\n" },
  { "a 0 before a number in JSON",
    NULL, NULL,
    "[{\"process\":07,\"type\":\"invoke\",\"f\":\"read\"}]\n",
    44,
    "h:1:13: this number begins with a 0; leave the first 0 out\n" },
  { "a sign alone in JSON",
    NULL, NULL,
    "[{\"process\":-,\"type\":\"invoke\",\"f\":\"read\"}]\n",
    43,
    "h:1:13: this is no number; write one like 12, -3 or 0.5\n" },
  { "half a number in JSON",
    NULL, NULL,
    "[{\"process\":1.,\"type\":\"invoke\",\"f\":\"read\"}]\n",
    44,
    "h:1:13: this is no number; write one like 12, -3 or 0.5\n" },
  { "something behind the array in JSON",
    NULL, NULL,
    "[{\"process\":0,\"type\":\"invoke\",\"f\":\"read\"}] true\n",
    48,
    "h:1:44: there is something behind the list of operations; put all operations into the"
    " list, or none\n" },
  { "too deep in JSON",
    NULL, NULL,
    "[{\"process\":0,\"type\":\"invoke\",\"f\":\"write\",\"value\":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["
    "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]"
    "]]]]]]]]]]]]]]]]]]]]}]\n",
    193,
    "h:1:114: arrays and objects stand too deep in each other; no history needs that\n" },
  { "a string without its end in JSON",
    NULL, NULL,
    "[{\"process\":0,\"type\":\"invo\n",
    27,
    "h:1:22: this string has no end; end it with a '\"'\n" },
  { "another tag of the log",
    NULL, NULL,
    "INFO  jepsen.util - 0\t:invoke\t:read\tnil\n"
    "this is no line\n",
    56,
    "h:2:1: this is no line of Jepsen's log; it begins with INFO and has 'jepsen.util -'"
    " before the operation\n" },
  { "a log line that says too little",
    NULL, NULL,
    "INFO  jepsen.util - 0\t:invoke\n",
    30,
    "h:1:1: this line does not say who did what; write process, type, function and value\n" },
  { "an unknown type in the log",
    NULL, NULL,
    "INFO  jepsen.util - 0\t:invoked\t:read\tnil\n",
    41,
    "h:1:23: there is no type ':invoked'; it is invoke, ok, fail or info\n" },
  { "a bracket in the log",
    NULL, NULL,
    "INFO  jepsen.util - 0\t:invoke\t:cas\t[1 2\n",
    40,
    "h:1:36: this list has no ']'; close it\n" },
  { "an end without a beginning in the log",
    NULL, NULL,
    "INFO  jepsen.util - 0\t:invoke\t:read\tnil\n"
    "INFO  jepsen.util - 1\t:ok\t:read\tnil\n",
    76,
    "h:2:1: this process ends an operation that it did not invoke; write down its"
    " invocation before it\n" },
  { "a put of two operations at once",
    NULL, NULL,
    "{:process 0, :type :invoke, :f :put, :key \"x\", :value \"a\"}\n"
    "{:process 0, :type :invoke, :f :put, :key \"x\", :value \"b\"}\n",
    118,
    "h:2:1: this process has an operation that has not ended, of line 1; end that one"
    " first: with ok, fail, or info where nobody knows\n" },
  { "a cas on texts",
    NULL, NULL,
    "{:process 0, :type :invoke, :f :put, :key \"x\", :value \"a\"}\n"
    "{:process 0, :type :ok, :f :put, :key \"x\", :value \"a\"}\n"
    "{:process 0, :type :invoke, :f :cas, :key \"x\", :value [\"a\" \"b\"]}\n",
    179,
    "h:3:32: the object 'text' has no ':cas'; it has read, write, append; --model NAME"
    " chooses another object\n" },
  { "a step of AWDIT with two words",
    NULL, NULL,
    "w 1 1\n"
    "r 1\n",
    10,
    "h:2:1: 'r 1' is no read, write or end; write 'r KEY VALUE', 'w KEY VALUE', '-----' or"
    " '====='\n" },
  { "a step of AWDIT with four words",
    NULL, NULL,
    "w 1 1\n"
    "r 1 2 3\n",
    14,
    "h:2:1: 'r 1 2 3' is no read, write or end; write 'r KEY VALUE', 'w KEY VALUE',"
    " '-----' or '====='\n" },
  { "a step of AWDIT that is none",
    NULL, NULL,
    "w 1 1\n"
    "x 1 1\n",
    12,
    "h:2:1: 'x 1 1' is no read, write or end; write 'r KEY VALUE', 'w KEY VALUE', '-----'"
    " or '====='\n" },
  { "a short rule in AWDIT",
    NULL, NULL,
    "w 1 1\n"
    "--\n"
    "r 1 1\n",
    15,
    "h:2:1: '--' is no read, write or end; write 'r KEY VALUE', 'w KEY VALUE', '-----' or"
    " '====='\n" },
  { "a step of PolySI with three numbers",
    NULL, NULL,
    "w(1,1,1,1)\n"
    "r(1,1,1)\n",
    20,
    "h:2:8: this is no step here; write r(KEY,VALUE,SESSION,TRANSACTION) or w(\342\200\246), in"
    " whole numbers\n" },
  { "a step of PolySI with a text",
    NULL, NULL,
    "w(1,1,1,1)\n"
    "r(x,1,1,1)\n",
    22,
    "h:2:3: this is no step here; write r(KEY,VALUE,SESSION,TRANSACTION) or w(\342\200\246), in"
    " whole numbers\n" },
  { "a step of PolySI without its end",
    NULL, NULL,
    "w(1,1,1,1)\n"
    "r(1,1,1,1\n",
    21,
    "h:2:10: this is no step here; write r(KEY,VALUE,SESSION,TRANSACTION) or w(\342\200\246), in"
    " whole numbers\n" },
  { "a step of PolySI with more behind",
    NULL, NULL,
    "w(1,1,1,1)\n"
    "r(1,1,1,1) r(1,1,1,1)\n",
    33,
    "h:2:11: this is no step here; write r(KEY,VALUE,SESSION,TRANSACTION) or w(\342\200\246), in"
    " whole numbers\n" },
  { "a number of PolySI that is too large",
    NULL, NULL,
    "w(1,1,1,1)\n"
    "w(1,99999999999999999999,1,1)\n",
    41,
    "h:2:5: this is no step here; write r(KEY,VALUE,SESSION,TRANSACTION) or w(\342\200\246), in"
    " whole numbers\n" },
  { "a step of dbcop that does nothing",
    NULL, NULL,
    "[x:=1]\n"
    "[x=1]\n",
    13,
    "h:2:3: this step neither reads nor writes; write := or == behind the key\n" },
  { "a step of dbcop without a value",
    NULL, NULL,
    "[x:=1]\n"
    "[x== y:=1]\n",
    18,
    "h:2:5: this step has no value; write the value\n" },
  { "a write of nothing in dbcop",
    NULL, NULL,
    "[x:=1]\n"
    "[x:=?]\n",
    14,
    "h:2:5: this step has no value; write the value\n" },
  { "a transaction of dbcop without its end",
    NULL, NULL,
    "[x:=1]\n"
    "[x==1\n",
    13,
    "h:3:1: the text ends within a transaction; end it with a ']'\n" },
  { "a step of dbcop without brackets",
    NULL, NULL,
    "[x:=1]\n"
    "x:=2\n",
    12,
    "h:2:1: this is no transaction; write a transaction, as [x:=1 y==2], or '---' between"
    " sessions\n" },
  { "a word of dbcop that is no step",
    NULL, NULL,
    "[x:=1 *]\n",
    9,
    "h:1:7: this is no step; write x:=1, x==1 or ']'\n" },
  { "an empty file",
    NULL, NULL,
    "",
    0,
    "h: the file is empty; write a history into it\n" },
  { "prose",
    NULL, NULL,
    "Once upon a time there was a database.\n",
    39,
    "h: this is in no format that is known here; say --format NAME with one of jepsen-log,"
    " porcupine-kv, jepsen-json, dbcop, jepsen-edn, polysi, awdit\n" },
  { "a table",
    NULL, NULL,
    "time,process,value\n"
    "1,2,3\n",
    25,
    "h: this is in no format that is known here; say --format NAME with one of jepsen-log,"
    " porcupine-kv, jepsen-json, dbcop, jepsen-edn, polysi, awdit\n" },
  { "bytes that are no text",
    NULL, NULL,
    "{:process 0, :type :invoke, :f :read}\n"
    "\377\376\n",
    41,
    "h:2:1: byte 0xff is no text here; histories are text in UTF-8\n" },
  { "a NUL",
    NULL, NULL,
    "{:process 0, :type :invoke}\n"
    "\000\n",
    30,
    "h:2:1: byte 0x00 is no text here; histories are text in UTF-8\n" },
  { "a picture",
    NULL, NULL,
    "\211PNG\r\n"
    "\032\n",
    8,
    "h:1:1: byte 0x89 is no text here; histories are text in UTF-8\n" },
  { "many mistakes",
    NULL, NULL,
    "{:process 0, :type :nothing}\n"
    "{:process 1, :type :nothing}\n"
    "{:process 2, :type :nothing}\n",
    87,
    "h:1:20: there is no type ':nothing'; it is invoke, ok, fail or info\n"
    "h:2:20: there is no type ':nothing'; it is invoke, ok, fail or info\n"
    "h:3:20: there is no type ':nothing'; it is invoke, ok, fail or info\n" },
};
