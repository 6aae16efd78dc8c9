#!/bin/bash
# SPDX-License-Identifier: MIT
#
# How long the suite takes on this machine: all of it, each chapter, the slowest claims, and a claim against the
# floor, which is a program of one claim that does nothing, in the same run.
# Usage: benchmark.sh TOUCHSTONE NOTHING [TOUCHSTONE-ARGUMENT...]
set -eu
touchstone=$1 nothing=$2
shift 2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

now() { date +%s%N; }

# The floor: a fork, an exec, check's fork and an exit, one after the other.
times=200
begun=$(now)
for _ in $(seq $times); do "$nothing" >/dev/null; done
floor=$(($(now) - begun))

begun=$(now)
status=0
"$touchstone" run --format=json --output="$folder/all.json" "$@" || status=$?
[ $status -le 1 ] || [ $status = 99 ] || exit $status
all=$(($(now) - begun))

# Side by side, what neither swaps nor waits for memory nor measures times: the part for every day.
mapfile -t everyday < <("$touchstone" list --names | cut -d. -f1 | sort -u |
	grep -vxE 'page-replacement|swapping|memory-pressure|tlb|optimizations')
begun=$(now)
"$touchstone" run --format=json --output="$folder/fast.json" "${everyday[@]}" || true
fast=$(($(now) - begun))

awk -v all="$all" -v fast="$fast" -v floor="$floor" -v times=$times -v jobs="$(nproc)" '
	/^      "name": / { split($0, part, "\""); name = part[4] }
	/^      "outcome": / { split($0, part, "\""); outcomes[part[4]]++ }
	/^      "milliseconds": / {
		spent = $2 + 0
		split(name, word, ".")
		if (!(word[1] in chapter)) order[++chapters] = word[1]
		chapter[word[1]] += spent
		number[word[1]]++
		claim[++claims] = sprintf("%10.1f ms  %s", spent, name)
		cost[claims] = spent
	}
	END {
		printf "all                    %6.2f s, %d claims and controls on %d processors\n", all / 1e9, claims, jobs
		printf "without swap, pressure\nand measuring          %6.2f s\n\n", fast / 1e9
		printf "a claim takes          %6.2f ms of one processor on average\n", all / 1e6 * jobs / claims
		printf "the floor is           %6.2f ms, a program of one claim that does nothing: %.1f times as much\n\n",
			floor / 1e6 / times, all / 1e6 * jobs / claims / (floor / 1e6 / times)
		for (i = 1; i <= chapters; i++)
			printf "%-18s %6d claims %9.0f ms inside them\n", order[i], number[order[i]], chapter[order[i]]
		print "\nthe slowest:"
		for (n = 1; n <= 10 && n <= claims; n++) {
			most = 1
			for (i = 2; i <= claims; i++) if (cost[i] > cost[most]) most = i
			print claim[most]
			cost[most] = -1
		}
	}' "$folder/all.json"
