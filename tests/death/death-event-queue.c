/* death-event-queue.c: an event before the last one popped is refused; one at that very time is not. */
#include "engine/event-queue.h"

int
main (int argc, char **argv)
{
  g_autoptr (OrrEventQueue) queue = orr_event_queue_new ();
  OrrTime time = argc == 2 && g_str_equal (argv[1], "a-push-into-the-past") ? 9 : 10;

  orr_event_queue_push (queue, &(OrrEvent){ .time = 10, .sequence = 1 });
  orr_event_queue_push (queue, &(OrrEvent){ .time = 20, .sequence = 2 });
  orr_event_queue_pop (queue);
  orr_event_queue_push (queue, &(OrrEvent){ .time = time, .sequence = 0 });
  return orr_event_queue_pop (queue)->sequence == 0 ? 0 : 1;
}
