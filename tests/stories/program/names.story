# A scenario is a file, or the name of an installed one: with its model, or alone where no other has it.
$ orrery run -q primary-replica/window-5s | head -n 2
----
A five-second window, with replicas a second behind
primary-replica, 5 operations by 3 sessions in 18s, seed 1
$ orrery run -q window-5s | tail -n 1
----
again: orrery run window-5s --seed 1

# A file comes first.
> file window-5s
model: primary-replica
title: Mine
> end
$ orrery run -q window-5s | head -n 1
----
Mine

# Names that are none.
$ orrery run windw-5s
----
orrery: there is no file or installed scenario 'windw-5s'; did you mean 'window-5s'?
[exit 66]
$ orrery run primary-replica/window-5
----
orrery: there is no file or installed scenario 'primary-replica/window-5'; did you mean 'primary-replica/window-5s'?
[exit 66]
$ orrery run nothing-like-it
----
orrery: there is no file or installed scenario 'nothing-like-it'; 'orrery models NAME' lists a model's scenarios
[exit 66]
$ orrery run primary-replica
----
orrery: 'primary-replica' is a model, not a scenario; 'orrery models primary-replica' lists its scenarios
[exit 66]
$ orrery run 'primary-replica/two-lags-*'
----
orrery: there is no file or installed scenario 'primary-replica/two-lags-*'; did you mean 'primary-replica/two-lags-lsn'?
[exit 66]

# Files that are none.
> file lag.yaml
model: primary-replica
> end
$ orrery run lagg.yaml
----
orrery: there is no file 'lagg.yaml'; did you mean 'lag.yaml'?
[exit 66]
$ orrery run ./lagg.yaml
----
orrery: there is no file './lagg.yaml'; did you mean './lag.yaml'?
[exit 66]
$ orrery run elsewhere/lag.yaml
----
orrery: there is no file 'elsewhere/lag.yaml'
[exit 66]

# What can't be read as a file: a folder, and a pipe, which would wait for ever.
$ mkdir folder; orrery run folder
----
orrery: can't read 'folder': it is a directory
[exit 66]
$ mkfifo pipe.yaml; orrery run pipe.yaml
----
orrery: can't read 'pipe.yaml': it is not a regular file
[exit 66]
$ orrery validate /dev/zero
----
orrery: can't read '/dev/zero': it is not a regular file
[exit 66]

# All that are wrong are told of before any runs.
> file wrong.yaml
modle: primary-replica
> end
$ orrery run wrong.yaml lag.yaml nothing.yaml
----
wrong.yaml:1:1: unknown key 'modle'; did you mean 'model'?
orrery: there is no file 'nothing.yaml'
[exit 66]

# What a name does to the terminal is shown, not done.
$ orrery run "$(printf 'red\033[31m.yaml')"
----
orrery: there is no file 'red\u001b[31m.yaml'
[exit 66]
