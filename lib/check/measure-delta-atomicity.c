/* measure-delta-atomicity.c: how stale reads may be for the history to be linearizable.
 *
 * Let each read begin earlier by some time: the smallest that makes the history linearizable is its Δ.
 * Whether it is linearizable the zones tell (see linear-register.c): of each write and its reads, from the
 * first completion to the last invocation. With a larger Δ zones only become shorter, so the smallest that
 * suffices is found by halving. */
#include "check/accesses.h"
#include "check/measure-private.h"

extern const OrrMeasure orr_measure_delta_atomicity;

typedef struct
{
  OrrTime first_back;            /* of a write and its reads */
  OrrTime write_call, read_call; /* read_call: of its last read; G_MININT64: nobody read it */
  guint32 key;
  gboolean counts;
} Zone;

static gint
compare_zones (gconstpointer a, gconstpointer b, gpointer data G_GNUC_UNUSED)
{
  const Zone *left = a, *right = b;
  if (left->key != right->key)
    return left->key < right->key ? -1 : 1;
  return (left->first_back > right->first_back) - (left->first_back < right->first_back);
}

static OrrTime
last_call (const Zone *zone, OrrTime delta)
{
  return zone->read_call == G_MININT64 ? zone->write_call : MAX (zone->write_call, zone->read_call - delta);
}

/* The last of the zones that begins before `time`; NULL: there is none. */
static const Zone *
last_before (const GPtrArray *zones, OrrTime time)
{
  guint low = 0, high = zones->len; /* the first that does not */
  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      if (((const Zone *) zones->pdata[middle])->first_back < time)
        low = middle + 1;
      else
        high = middle;
    }
  return low > 0 ? zones->pdata[low - 1] : NULL;
}

/* Are the zones of one key, which are sorted, those of a linearizable history? `forward`: room. */
static gboolean
suffices (const Zone *zones, guint n, OrrTime delta, GPtrArray *forward)
{
  g_ptr_array_set_size (forward, 0);
  for (guint i = 0; i < n; i++)
    {
      if (zones[i].first_back >= last_call (&zones[i], delta))
        continue;
      if (forward->len > 0 && zones[i].first_back < last_call (forward->pdata[forward->len - 1], delta))
        return FALSE;
      g_ptr_array_add (forward, (gpointer) &zones[i]);
    }
  for (guint i = 0; i < n; i++)
    {
      OrrTime call = last_call (&zones[i], delta);
      const Zone *around = zones[i].first_back >= call ? last_before (forward, call) : NULL;
      if (around && zones[i].first_back < last_call (around, delta))
        return FALSE;
    }
  return TRUE;
}

static OrrTime
delta_of_key (const Zone *zones, guint n, GPtrArray *forward)
{
  OrrTime first = ORR_TIME_NEVER, last = 0, low = 0;
  for (guint i = 0; i < n; i++)
    {
      last = MAX (last, zones[i].read_call);
      if (zones[i].first_back > G_MININT64)
        first = MIN (first, zones[i].first_back);
    }
  OrrTime high = MAX (last - first, 0) + 1; /* no read then begins after anything came back */
  if (suffices (zones, n, 0, forward))
    return 0;
  while (high - low > 1) /* `high` suffices, `low` does not */
    {
      OrrTime middle = low + (high - low) / 2;
      if (suffices (zones, n, middle, forward))
        high = middle;
      else
        low = middle;
    }
  return high;
}

/* FALSE: a read came back before what it saw was asked for, which no Δ explains. The zones of initial values
 * stand behind those of the rows. */
static gboolean
fill_zones (const OrrAccesses *accesses, Zone *zones)
{
  for (guint32 i = 0; i < accesses->n + accesses->n_keys; i++)
    zones[i] = (Zone){ .first_back = G_MININT64, .write_call = G_MININT64, .read_call = G_MININT64 };
  for (guint32 i = 0; i < accesses->n; i++)
    {
      const OrrAccess *access = &accesses->rows[i];
      const OrrHistoryOperation *operation = orr_history_operation (accesses->history, access->operation);
      if (access->writes)
        zones[i] = (Zone){ .first_back = operation->outcome == ORR_OK ? operation->completed : ORR_TIME_NEVER,
                           .write_call = operation->invoked,
                           .read_call = G_MININT64,
                           .key = access->key,
                           .counts = TRUE };
    }
  for (guint32 i = 0; i < accesses->n; i++)
    {
      const OrrAccess *access = &accesses->rows[i];
      const OrrHistoryOperation *operation = orr_history_operation (accesses->history, access->operation);
      if (access->writes)
        continue;
      Zone *zone = &zones[access->source == ORR_NO_ACCESS ? accesses->n + access->key : access->source];
      if (operation->completed < zone->write_call)
        return FALSE;
      zone->key = access->key;
      zone->counts = TRUE;
      zone->first_back = MIN (zone->first_back, operation->completed);
      zone->read_call = MAX (zone->read_call, operation->invoked);
    }
  return TRUE;
}

static void
measure (const OrrHistory *history, OrrFigures *figures)
{
  if (orr_accesses_silent_of_time (history))
    return;
  g_autoptr (OrrAccesses) accesses = orr_accesses_new (history);
  g_autofree Zone *zones = g_new (Zone, accesses->n + accesses->n_keys + 1);
  if (accesses->n_thin_air > 0 || accesses->n_unclear > 0 || accesses->n_reads == 0
      || !fill_zones (accesses, zones))
    return;
  guint n = 0;
  for (guint32 i = 0; i < accesses->n + accesses->n_keys; i++)
    if (zones[i].counts)
      zones[n++] = zones[i];
  g_qsort_with_data (zones, (gint) n, sizeof *zones, compare_zones, NULL);
  g_autoptr (GPtrArray) forward = g_ptr_array_new ();
  OrrTime delta = 0;
  for (guint i = 0, end = 0; i < n; i = end)
    {
      while (end < n && zones[end].key == zones[i].key)
        end++;
      delta = MAX (delta, delta_of_key (&zones[i], end - i, forward));
    }
  orr_figures_add (figures, &orr_measure_delta_atomicity, NULL, NULL, (double) delta, accesses->n_reads);
}

const OrrMeasure orr_measure_delta_atomicity = {
  .entry
  = { .entry
      = { .name = "delta-atomicity",
          .summary = "By how much earlier reads must have begun for the history to be linearizable",
          .doc = "The smallest Δ for which the history is linearizable once each read is taken to have "
                 "begun by Δ earlier: no read was behind by more. 0 where it is linearizable as it is. "
                 "It is judged from what clients saw alone, of reads and writes of registers, and moments "
                 "that are equal tell nothing of the order; `staleness` is judged by the true order of "
                 "writes instead.\n\n"
                 "There is no figure where no Δ explains what was read, as of a read of what nobody had "
                 "written yet, or where several writes wrote what a read returned.\n\n"
                 "Source: Golab, Li & Shah, PODC 2011, sections 2 and 3." },
      .type = &orr_type_DURATION },
  .measure = measure,
};
