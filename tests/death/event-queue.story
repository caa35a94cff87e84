# At the time of the last event popped, a lower sequence simply comes next.
$ death-event-queue a-push-at-the-same-time
----

# What is over can't be added to.
$ death-event-queue a-push-into-the-past
----
…
…event-queue.c:…assertion failed: (event->time >= now (queue))
…
[exit 134]
