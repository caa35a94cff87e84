/* limit.c: PHOLD with no engine around it, the mark for the engine to reach.
 *
 * 1024 nodes hold a fixed number of messages between them. A node that gets one reads its 64 bytes, chooses
 * another node at random, draws an exponential delay (mean 1 s, 0.1 s more at least) hashed from who sends to
 * whom and when, folds the event into a digest and sends 64 bytes on. That is what a message costs in the
 * engine too, only that here nothing is looked up, checked or recorded, the queue is told its width, and no
 * loss is drawn.
 *
 * This file is compiled twice: as it is, and with ORR_LIMIT_ADAPTIVE for the same program on the engine's own
 * queue. */
#include "limit.h"
#include "limit-queue.h"
#include "limit-random.h"

#include <time.h>

#ifdef ORR_LIMIT_ADAPTIVE
typedef OrrEventQueue Queue;
#  define queue_new(pending) orr_event_queue_new ()
#  define queue_free         orr_event_queue_free
#  define queue_push         orr_event_queue_push
#  define queue_pop          orr_event_queue_pop
#  define queue_ahead        orr_event_queue_ahead
#  define orr_limit_run      orr_limit_run_adaptive
#else
typedef LimitQueue Queue;
#  define queue_new(pending) limit_queue_new (pending, LOOKAHEAD, ORR_SECOND)
#  define queue_free         limit_queue_free
#  define queue_push         limit_queue_push
#  define queue_pop          limit_queue_pop
#  define queue_ahead        limit_queue_ahead
#endif

enum
{
  NODES = 1024,
  WORDS = 8,
  AHEAD = 8, /* places in the queue between an event and what is fetched for it */
};

#define LOOKAHEAD (ORR_SECOND / 10)

typedef struct Program Program;
typedef struct Node Node;

struct Node
{
  void (*receive) (Program *program, Node *node, const OrrEvent *event);
  guint64 count;
  guint64 sum;
  guint32 address;
};

typedef struct
{
  guint64 words[WORDS];
} Payload;

struct Program
{
  Queue *queue;
  OrrTime now;
  guint64 sequence;
  guint64 digest;
  Node *nodes;
  Payload *payloads;
  guint32 *free_slots;
  guint32 free_count;
  LimitRandom random;
};

static inline void
post (Program *program, OrrTime delay, guint32 target, guint32 slot)
{
  OrrEvent event = { program->now + delay, program->sequence++, target, 0, 0, 1, slot };
  queue_push (program->queue, &event);
}

static inline OrrTime
draw_delay (Program *program, guint64 bits)
{
  return LOOKAHEAD + (OrrTime) (limit_exponential (&program->random, bits) * 1e9);
}

static G_GNUC_NO_INLINE void
receive (Program *program, Node *node, const OrrEvent *event)
{
  guint64 *words = program->payloads[event->slot].words;
  guint64 folded = 0;
  for (int i = 0; i < WORDS; i++)
    folded ^= words[i];
  program->free_slots[program->free_count++] = event->slot;
  node->count++;
  node->sum = node->sum * 31 + ((guint64) event->time ^ folded);

  guint32 target = limit_random_other (&program->random, node->address, NODES);
  guint64 key = limit_mix ((guint64) program->now + event->type, (guint64) node->address << 32 | target);
  OrrTime delay = draw_delay (program, limit_mix (key, 0x1234567));
  program->digest = limit_mix (program->digest ^ (guint64) event->time,
                               event->sequence ^ ((guint64) event->target << 32 | event->type));

  guint32 slot = program->free_slots[--program->free_count];
  for (int i = 0; i < WORDS; i++)
    program->payloads[slot].words[i] = folded + i;
  post (program, delay, target, slot);
}

static void
play (Program *program, guint64 events)
{
  Queue *queue = program->queue;
  for (guint64 i = 0; i < events; i++)
    {
      OrrEvent event = *queue_pop (queue); /* a copy: a push may move what the bare queue holds */
      const OrrEvent *ahead = queue_ahead (queue, AHEAD);
      if (ahead)
        {
          __builtin_prefetch (&program->nodes[ahead->target], 1);
          __builtin_prefetch (&program->payloads[ahead->slot]);
        }
      program->now = event.time;
      Node *node = &program->nodes[event.target];
      node->receive (program, node, &event);
    }
}

static double
processor_ns (void)
{
  struct timespec time;
  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &time);
  return 1e9 * (double) time.tv_sec + (double) time.tv_nsec;
}

double
orr_limit_run (guint64 pending, guint64 events)
{
  guint32 slots = (guint32) pending + 64;
  Program *program = g_new0 (Program, 1);
  program->queue = queue_new (pending);
  program->digest = 1;
  program->nodes = g_aligned_alloc0 (NODES, sizeof (Node), 64);
  program->payloads = g_aligned_alloc0 (slots, sizeof (Payload), 64);
  program->free_slots = g_new (guint32, slots);
  limit_random_init (&program->random, 42);
  for (guint32 i = 0; i < NODES; i++)
    program->nodes[i] = (Node){ receive, 0, 0, i };
  while (program->free_count < slots)
    {
      program->free_slots[program->free_count] = slots - 1 - program->free_count;
      program->free_count++;
    }
  for (guint64 i = 0; i < pending; i++)
    {
      OrrTime delay = draw_delay (program, limit_random_next (&program->random));
      post (program, delay, (guint32) (i % NODES), program->free_slots[--program->free_count]);
    }

  play (program, events / 10);
  double start = processor_ns ();
  play (program, events);
  double end = processor_ns ();

  queue_free (program->queue);
  g_aligned_free (program->nodes);
  g_aligned_free (program->payloads);
  g_free (program->free_slots);
  g_free (program);
  return (end - start) / (double) events;
}
