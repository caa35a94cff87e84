/* fuzz-set.c: any lines as --set, on a scenario that has something of everything.
 *
 * The lines up to a blank one are PATH=VALUE texts; what follows, if anything, is the scenario. */
#include "try-scenario.h"

static const char plain[]
    = "model: primary-replica\n"
      "options: {replicas: 2, router: time-window}\n"
      "nodes: {replica1: {region: eu}, primary: {cpu: 2}}\n"
      "clients: {names: [alice, bob]}\n"
      "network: {links: [{from: primary, to: replica1, latency: 5ms}]}\n"
      "workload:\n"
      "  operations:\n"
      "    - {id: w1, session: alice, write: {x: 1}}\n"
      "    - {id: r1, session: bob, after: w1, read: x}\n"
      "faults: [{at: 1s, crash: primary, for: 2s}, {every: 3s, choose: [pause, crash-os]}]\n"
      "pins: [{message: wal, to: replica1, nth: 1, drop: true}]\n"
      "expect: {read-your-writes: holds, latency.read.p99: [above 1ms, below 5s]}\n"
      "sweep: {options.router.window: [0s, 1s]}\n";

static OrrCatalog *catalog;

int
LLVMFuzzerInitialize (int *argc G_GNUC_UNUSED, char ***argv G_GNUC_UNUSED)
{
  catalog = orr_catalog_new (orr_models);
  return 0;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  char *blank = strstr (text, "\n\n");
  const char *scenario = blank ? blank + 2 : plain;
  if (blank)
    *blank = '\0';
  g_auto (GStrv) sets = g_strsplit (text, "\n", -1);
  try_scenario (scenario, strlen (scenario), (const char *const *) sets, catalog);
  return 0;
}
