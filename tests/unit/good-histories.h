/* good-histories.h: histories of each format, and what is to be read of them: operations with their times and processes, and the starts of
 * what is assumed, with how often and where first. Rows of `good` in test-history-format.c. */
/* clang-format off */
  { "words of a register", NULL,
    "; a comment\n"
    "[{:process 0, :type :invoke, :f :write, :value 1, :index 0}\n"
    " #_ {:left :out}\n"
    " {:process 1 :type :invoke :f :read :value nil}\n"
    " {:process 0, :type :ok, :f :write, :value 1}\n"
    " {:process 1, :type :ok, :f :read, :value 1}\n"
    " {:process :nemesis, :type :info, :f :kill, :value nil}\n"
    " {:process 0, :type :invoke, :f :cas, :value [1 2]}\n"
    " {:process 0, :type :info, :f :cas, :value [1 2], :error :timeout}\n"
    " {:process 0, :type :invoke, :f :cas, :value [2 3], :node \"n1\"}\n"
    " {:process 0, :type :fail, :f :cas, :value [2 3]}\n"
    " {:process 1, :type :invoke, :f :read}]\n",
    "jepsen-edn register\n"
    "2-5 0 o1 (p0, line 2): write register 1\n"
    "4-6 1 o2 (p1, line 4): read register \342\206\222 1\n"
    "8-9 0 o3 (p0, line 8): cas register 1 to 2 (unknown)\n"
    "10-11 2 o4 (p0, line 10): cas register 2 to 3 (fail)\n"
    "12- 1 o5 (p1, line 12): read register (unknown)\n"
    "9 2:2 entries without a time: the orde\n"
    "1 7:2 entries of the nemesis, which is\n"
    "1 10:53 keys of entries that mean nothin\n"
    "1 12:2 operations whose end is not writ\n" },
  { "real times", NULL,
    "{:process 0, :time 5, :type :invoke, :f :write, :value 1}\n"
    "{:process 0, :time 1000000000, :type :ok, :f :write, :value 1}\n"
    "{:process 0, :time 1000000000, :type :invoke, :f :read, :value nil}\n"
    "{:process 0, :time 2000000000, :type :ok, :f :read, :value nil}\n",
    "jepsen-edn register\n"
    "5-1000000000 0 o1 (p0, line 1, 5ns): write register 1\n"
    "1000000001-2000000000 0 o2 (p0, line 3, 1s): read register\n"
    "1 4:1 reads that returned nil: as in J\n" },
  { "times that go back", NULL,
    "{:process 0, :time 5, :type :invoke, :f :write, :value 1}\n"
    "{:process 0, :time 4, :type :ok, :f :write, :value 1}\n",
    "jepsen-edn register\n"
    "1-2 0 o1 (p0, line 1): write register 1\n"
    "1 2:1 times that go back: the order of\n" },
  { "entries of records, on one line", NULL,
    "(#jepsen.history.Op{:index 0, :time 0, :type :invoke, :process 0, :f :txn, :value"
    " [[:append :x 1] [:r \"y\" nil]]} #jepsen.history.Op{:index 1, :time 0, :type :ok,"
    " :process 0, :f :txn, :value [[:append :x 1] [:r \"y\" [1 2]]]})",
    "jepsen-edn list-append\n"
    "1-2 0 o1 (p0, line 1): append x 1; read y \342\206\222 [1 2]\n" },
  { "ends alone, of no process", NULL,
    "{:type :ok, :value [[:w :x 1] [:r :y nil]]}\n"
    "{:type :fail, :value [[:w :x 2]]}\n"
    "{:type :ok, :value [[:r :x 1]]}\n",
    "jepsen-edn register timeless\n"
    "1-1 0 o1 (s1, line 1): write x 1; read y \342\206\222 nil\n"
    "2-2 1 o2 (s2, line 2): write x 2 (fail)\n"
    "3-3 2 o3 (s3, line 3): read x \342\206\222 1\n"
    "3 1:1 entries without a time: the orde\n"
    "3 1:1 operations of which no beginning\n"
    "3 1:1 operations that name no process:\n" },
  { "transactions in JSON", "rw-register",
    "[{\"type\":\"invoke\",\"f\":\"txn\",\"value\":[[\"w\",\"x\",1],[\"r\",\"y\",null]],\"process\":\"alice\"},\n"
    "{\"type\":\"ok\",\"f\":\"txn\",\"value\":[[\"w\",\"x\",1],[\"r\",\"y\",2.5]],\"process\":\"alice\"}]",
    "jepsen-json register\n"
    "1-2 0 o1 (alice, line 1): write x 1; read y \342\206\222 2.5\n"
    "2 1:2 entries without a time: the orde\n" },
  { "independent keys", NULL,
    "{:process 0, :type :invoke, :f :write, :value [7 1]}\n"
    "{:process 0, :type :ok, :f :write, :value [7 1]}\n"
    "{:process 0, :type :invoke, :f :read, :value [7 nil]}\n"
    "{:process 0, :type :ok, :f :read, :value [7 1]}\n"
    "{:process 0, :type :invoke, :f :cas, :value [8 [1 2]]}\n"
    "{:process 0, :type :fail, :f :cas, :value [8 [1 2]]}\n",
    "jepsen-edn register\n"
    "1-2 0 o1 (p0, line 1): write 7 1\n"
    "3-4 0 o2 (p0, line 3): read 7 \342\206\222 1\n"
    "5-6 0 o3 (p0, line 5): cas 8 1 to 2 (fail)\n"
    "6 1:1 entries without a time: the orde\n" },
  { "a set", NULL,
    "{:process 0, :type :invoke, :f :add, :value 3}\n"
    "{:process 0, :type :ok, :f :add, :value 3}\n"
    "{:process 0, :type :invoke, :f :read}\n"
    "{:process 0, :type :ok, :f :read, :value #{3 1 2}}\n"
    "{:process 0, :type :invoke, :f :read}\n"
    "{:process 0, :type :ok, :f :read, :value []}\n",
    "jepsen-edn set\n"
    "1-2 0 o1 (p0, line 1): add set 3\n"
    "3-4 0 o2 (p0, line 3): read set \342\206\222 [1 2 3]\n"
    "5-6 0 o3 (p0, line 5): read set \342\206\222 nil\n"
    "6 1:1 entries without a time: the orde\n" },
  { "a counter", NULL,
    "{:process 0, :type :invoke, :f :add, :value 3}\n"
    "{:process 0, :type :ok, :f :add, :value 3}\n"
    "{:process 0, :type :invoke, :f :decrement, :value 1}\n"
    "{:process 0, :type :ok}\n"
    "{:process 0, :type :invoke, :f :read}\n"
    "{:process 0, :type :ok, :f :read, :value 2}\n",
    "jepsen-edn counter\n"
    "1-2 0 o1 (p0, line 1): increment counter 3\n"
    "3-4 0 o2 (p0, line 3): increment counter -1\n"
    "5-6 0 o3 (p0, line 5): read counter \342\206\222 2\n"
    "6 1:1 entries without a time: the orde\n" },
  { "a bank", NULL,
    "[{\"process\":0,\"type\":\"invoke\",\"f\":\"read\"},\n"
    "{\"process\":0,\"type\":\"ok\",\"f\":\"read\",\"value\":{\"0\":10,\"1\":5}},\n"
    "{\"process\":0,\"type\":\"invoke\",\"f\":\"transfer\",\"value\":{\"from\":0,\"to\":1,\"amount\":4}},\n"
    "{\"process\":0,\"type\":\"ok\",\"f\":\"transfer\",\"value\":{\"from\":0,\"to\":1,\"amount\":4}},\n"
    "{\"process\":0,\"type\":\"invoke\",\"f\":\"read\"},\n"
    "{\"process\":0,\"type\":\"info\",\"f\":\"read\"}]\n",
    "jepsen-json bank\n"
    "1-2 0 o1 (p0, line 1): read 0 \342\206\222 10; read 1 \342\206\222 5\n"
    "3-4 0 o2 (p0, line 3): withdraw 0 4; deposit 1 4\n"
    "6 1:2 entries without a time: the orde\n"
    "1 5:1 operations without a step, which\n"
    "1 1:2 reads of all accounts, of which \n" },
  { "a mutex", NULL,
    "{:process 0, :type :invoke, :f :acquire}\n"
    "{:process 0, :type :ok, :f :acquire}\n"
    "{:process 0, :type :invoke, :f :release}\n"
    "{:process 0, :type :fail, :f :release, :error :not-held}\n",
    "jepsen-edn mutex\n"
    "1-2 0 o1 (p0, line 1): acquire mutex\n"
    "3-4 0 o2 (p0, line 3): release mutex (fail)\n"
    "4 1:1 entries without a time: the orde\n" },
  { "a queue", NULL,
    "{:process 0, :type :invoke, :f :enqueue, :value 1}\n"
    "{:process 0, :type :ok, :f :enqueue, :value 1}\n"
    "{:process 1, :type :invoke, :f :dequeue}\n"
    "{:process 1, :type :ok, :f :dequeue, :value 1}\n"
    "{:process 1, :type :invoke, :f :drain}\n"
    "{:process 1, :type :ok, :f :drain, :value [2 3]}\n",
    "jepsen-edn queue\n"
    "1-2 0 o1 (p0, line 1, column 1): enqueue queue 1\n"
    "3-4 1 o2 (p1, line 3, column 1): dequeue queue \342\206\222 1\n"
    "5-6 1 o3 (p1, line 5, column 1): dequeue queue \342\206\222 2\n"
    "5-6 2 o4 (p1, line 5, column 1): dequeue queue \342\206\222 3\n"
    "6 1:1 entries without a time: the orde\n"
    "1 5:1 drains: each is several dequeues\n" },
  { "a stack", NULL,
    "{:process 0, :type :invoke, :f :push, :value \"a b\"}\n"
    "{:process 0, :type :ok, :f :push, :value \"a b\"}\n"
    "{:process 1, :type :invoke, :f :pop}\n"
    "{:process 1, :type :ok, :f :pop, :value \"a b\"}\n",
    "jepsen-edn stack\n"
    "1-2 0 o1 (p0, line 1): push stack \"a b\"\n"
    "3-4 1 o2 (p1, line 3): pop stack \342\206\222 \"a b\"\n"
    "4 1:1 entries without a time: the orde\n" },
  { "texts", NULL,
    "{:process 0, :type :invoke, :f :append, :key \"x\", :value \"a\\n\"}\n"
    "{:process 0, :type :ok, :f :append, :key \"x\", :value \"a\\n\"}\n"
    "{:process 1, :type :invoke, :f :get, :key \"y\", :value nil}\n"
    "{:process 1, :type :ok, :f :get, :key \"y\", :value \"\"}\n",
    "porcupine-kv text\n"
    "1-2 0 o1 (p0, line 1): append x \"a\\n\"\n"
    "3-4 1 o2 (p1, line 3): read y \342\206\222 \"\"\n"
    "4 1:1 entries without a time: the orde\n" },
  { "a log", NULL,
    "INFO  jepsen.core - Starting\n"
    "INFO  jepsen.util - 0 :invoke :read nil\n"
    "INFO  jepsen.util - 1\t:invoke\t:cas\t[1 2]\n"
    "INFO  jepsen.util - 0\t:ok\t:read\tnil\n"
    "INFO  jepsen.util - 1\t:info\t:cas\t:timed-out\n"
    "INFO  jepsen.util - 2\t:invoke\t:read\tnil\n"
    "INFO  jepsen.util - 2\t:fail\t:read\t:timed-out\n"
    "INFO  jepsen.util - :nemesis\t:info\t:start\tnil\n",
    "jepsen-log register\n"
    "2-4 0 o1 (p0, line 2): read register \342\206\222 nil\n"
    "3-5 1 o2 (p1, line 3): cas register 1 to 2 (unknown)\n"
    "6-7 3 o3 (p2, line 6): read register (fail)\n"
    "1 1:1 lines of the log that speak of n\n"
    "6 2:1 entries without a time: the orde\n"
    "1 8:1 entries of the nemesis, which is\n" },
  { "AWDIT", NULL,
    "w x 1\n"
    "r y 0\n"
    "-----\n"
    "\n"
    "-----\n"
    "r x 1\n"
    "=====\n"
    "w y 0\n",
    "awdit register timeless\n"
    "1-1 0 o1 (s1, line 1): write x 1; read y \342\206\222 0\n"
    "6-6 0 o2 (s1, line 6): read x \342\206\222 1\n"
    "8-8 1 o3 (s2, line 8): write y 0\n" },
  { "dbcop", NULL,
    "// session 1\n"
    "[x:=1 y==0 z==?] [x:=2]!\n"
    "---\n"
    "[ x==2 w==0 w:=0 ] []\n",
    "dbcop register timeless\n"
    "2-2 0 o1 (s1, line 2, column 1): write x 1; read y \342\206\222 nil; read z \342\206\222 nil\n"
    "2-2 0 o2 (s1, line 2, column 18): write x 2 (fail)\n"
    "4-4 1 o3 (s2, line 4, column 1): read x \342\206\222 2; read w \342\206\222 0; write w 0\n"
    "1 2:7 reads of 0 where nobody wrote 0:\n"
    "1 4:20 transactions without a step, whi\n" },
  { "PolySI", NULL,
    "w(1,5,1,1)\n"
    "r(2,0,2,7)\n"
    "w(3,0,1,1)\n"
    "r(1,5,2,7)\n"
    "r(3,0,2,8)\n"
    "w(1,6,2,-1)\n"
    "w(2,6,2,-1)\n"
    "w(1,7,2,9)\n"
    "w(1,8,2,-1)\n",
    "polysi register timeless\n"
    "1-1 0 o1 (s1, line 1): write 1 5; write 3 0\n"
    "2-2 1 o2 (s2, line 2): read 2 \342\206\222 nil; read 1 \342\206\222 5\n"
    "5-5 1 o3 (s2, line 5): read 3 \342\206\222 0\n"
    "6-6 1 o4 (s2, line 6): write 1 6; write 2 6 (fail)\n"
    "8-8 1 o5 (s2, line 8): write 1 7\n"
    "9-9 1 o6 (s2, line 9): write 1 8 (fail)\n"
    "1 2:1 reads of 0 where nobody wrote 0:\n" },
  { "nothing", NULL,
    "[]\n",
    "jepsen-edn register\n" },
  { "an array of nothing", NULL,
    " [ ]",
    "jepsen-edn register\n" },
