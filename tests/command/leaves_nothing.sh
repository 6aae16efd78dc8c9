#!/bin/bash
# SPDX-License-Identifier: MIT
#
# Nothing is left behind, whatever kills the suite: it is killed at random moments, and after each time
# processes, files, mounts, cgroups, shared memory and settings are as they were.
# Usage: leaves_nothing.sh TOUCHSTONE TIMES [TOUCHSTONE-ARGUMENT...]
# Without arguments each time another chapter is run, so that all of them are met at every moment.
set -u
touchstone=$(readlink -f "$1") times=$2
shift 2
chapters=()
if [ $# = 0 ]; then
	set -- run --jobs=4
	mapfile -t chapters < <("$touchstone" list --names | cut -d . -f 1 | uniq)
fi
name=$(basename "$touchstone")
folder=$(mktemp -d) # whatever the suite makes by name is made here, or in the usual places
trap 'rm -rf "$folder"' EXIT

# Everything that a run could leave, as text. The suite's processes are known by their executable.
state() {
	for exe in /proc/[0-9]*/exe; do
		[ "$(readlink "$exe" 2>/dev/null)" = "$touchstone" ] && echo "process $exe"
	done
	find "$folder" /tmp /var/tmp /dev/shm -maxdepth 1 \( -name 'touchstone*' -o -name 'check*' \) 2>/dev/null | sort
	find "$folder" -mindepth 1 2>/dev/null | sort
	find /sys/fs/cgroup -type d -name '*touchstone*' 2>/dev/null | sort
	cat /proc/mounts
	cut -f1 /proc/swaps
	ls -d /sys/block/zram* /sys/block/loop*/loop 2>/dev/null
	wc -l </proc/sysvipc/shm 2>/dev/null
	for file in /proc/sys/vm/nr_hugepages /proc/sys/vm/overcommit_memory /sys/kernel/mm/ksm/run; do
		[ -r "$file" ] && echo "$file $(cat "$file")"
	done
}

# The dying take a moment; what is still there after five seconds is left behind.
same_as_before() {
	for _ in $(seq 100); do
		[ "$(state)" = "$before" ] && return 0
		sleep 0.05
	done
	return 1
}

before=$(state)
left=0
for round in $(seq "$times"); do
	chapter=
	[ ${#chapters[@]} = 0 ] || chapter=${chapters[RANDOM % ${#chapters[@]}]}
	TMPDIR=$folder setsid "$touchstone" "$@" ${chapter:+"$chapter"} >/dev/null 2>&1 &
	victim=$!
	# From the first millisecond to about the length of a chapter.
	sleep "0.$(printf '%03d' $((RANDOM % 900)))"
	kill -KILL "$victim" 2>/dev/null
	wait "$victim" 2>/dev/null
	if ! same_as_before; then
		left=$((left + 1))
		echo "FAILED: after kill $round of $name something is left ($* $chapter):"
		diff <(echo "$before") <(state)
		before=$(state)
	fi
done
echo "$((times - left)) passed, $left failed"
[ "$left" = 0 ]
