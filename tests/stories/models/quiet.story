# A run is over when nothing is left to happen. Caches and stores that ask each other all the time, faster than the network answers, do not keep it
# from that, once all agree.
> file ending
orrery run "$@" --set network.latency=20ms | sed -n 's/^ended at \([^;]*\);.*/\1/p'
> end
$ sh ending lww-cache/partition --set options.anti-entropy=1ms
----
8.065s: nothing was left to happen

$ sh ending event-store/partition --set options.exchange=1ms
----
8.046s: nothing was left to happen

# As long as one may lack something it is not over: here what is new gets through to nobody.
$ sh ending lww-cache/partition --set 'pins=[{message: update, drop: true}]'
----
67.994s: `settle` was over before all was quiet

$ sh ending event-store/partition --set 'pins=[{message: event, drop: true}]'
----
67.999s: `settle` was over before all was quiet
