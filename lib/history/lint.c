/* lint.c: what a history leaves open that no reader of a format can see.
 *
 * Most checks are fast and sharp where each read names the write that it saw. Values that were written more
 * than once take that away: a verdict is as right as before, but may take longer to find, or not be found. */
#include "history/format.h"

static const char assumed_reused[]
    = "values written to their key more than once: a read of one does not say which write it saw";

typedef struct
{
  OrrKey key;
  OrrValue value;
} Written;

static guint
written_hash (gconstpointer data)
{
  const Written *written = data;
  guint64 word = written->key * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)
                 ^ written->value * G_GUINT64_CONSTANT (0xd1342543de82ef95);
  return (guint) (word >> 32);
}

static gboolean
written_equal (gconstpointer a, gconstpointer b)
{
  const Written *left = a, *right = b;
  return left->key == right->key && left->value == right->value;
}

/* Steps whose value a read could name. */
static gboolean
names_value (OrrStepKind kind)
{
  return kind == ORR_WRITE || kind == ORR_CAS || kind == ORR_APPEND || kind == ORR_ADD || kind == ORR_ENQUEUE
         || kind == ORR_PUSH;
}

/* The values that were written more than once are told of at the operation that repeats one first. */
static void
note_reused (OrrHistory *history, GHashTable *once, GHashTable *again, const Written *written,
             const OrrHistoryOperation *operation, OrrHistoryAssumption *assumption)
{
  if (!g_hash_table_contains (once, written))
    {
      g_hash_table_add (once, orr_arena_copy (history->arena, written, sizeof *written));
      return;
    }
  if (!g_hash_table_add (again, orr_arena_copy (history->arena, written, sizeof *written)))
    return;
  if (assumption->count++ > 0)
    return;
  assumption->line = operation->index;
  assumption->column = operation->column;
}

void
orr_history_lint (OrrHistory *history)
{
  OrrHistoryAssumption reused = { .what = assumed_reused };
  g_autoptr (GHashTable) once = g_hash_table_new (written_hash, written_equal);
  g_autoptr (GHashTable) again = g_hash_table_new (written_hash, written_equal);
  for (guint i = 0; i < history->operations->len; i++)
    {
      const OrrHistoryOperation *operation = &g_array_index (history->operations, OrrHistoryOperation, i);
      for (guint j = 0; operation->outcome != ORR_FAIL && j < operation->n_steps; j++)
        {
          Written written = { operation->steps[j].key, operation->steps[j].value };
          if (names_value (operation->steps[j].kind))
            note_reused (history, once, again, &written, operation, &reused);
        }
    }
  if (reused.count > 0)
    g_array_append_val (history->source->assumptions, reused);
}
