#!/bin/bash
# SPDX-License-Identifier: MIT
#
# How long the suite takes on this machine: all of it, each chapter, its fast part, the slowest claims; and what a claim
# costs against the floor, which is a program of one claim that does nothing, in the same run. Seconds of the clock tell
# little on a machine that others use too; seconds of the processors tell more.
# Usage: benchmark.sh TOUCHSTONE NOTHING [TOUCHSTONE-ARGUMENT...]
set -eu
touchstone=$1 nothing=$2
shift 2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
TIMEFORMAT='%R %U %S'

# What the command takes, as TIMEFORMAT has it. A broken claim is a result too; anything else is not.
measured() {
	{ time "$@" >"$folder/out" 2>&1 || echo $? >"$folder/status"; } 2>&1
	case $(cat "$folder/status" 2>/dev/null) in
	'' | 1 | 99) rm -f "$folder/status" ;;
	*) cat "$folder/out" >&2 && return 2 ;;
	esac
}

# The floor: a fork, an exec, check's fork and an exit, one after the other, between the runs; the median of all batches.
times=50
# shellcheck disable=SC2317
batch() { for _ in $(seq $times); do "$nothing" >/dev/null; done; }
floors() { for _ in 1 2 3; do measured batch >>"$folder/floors"; done; }

floors
fast=$(measured "$touchstone" run --fast --format=json --output="$folder/fast.json")
floors
all=$(measured "$touchstone" run --format=json --output="$folder/all.json" "$@")
floors
for column in 1 2; do
	awk -v column=$column '{ print column == 1 ? $1 : $2 + $3 }' "$folder/floors" | sort -n |
		awk -v times=$times '{ all[NR] = $1 } END { print all[int((NR + 1) / 2)] * 1000 / times }' >"$folder/floor.$column"
done

awk -v all="$all" -v fast="$fast" -v wall_floor="$(cat "$folder/floor.1")" -v floor="$(cat "$folder/floor.2")" -v jobs="$(nproc)" '
	function line(what, took, claims,   part) {
		split(took, part, " ")
		printf "%-10s %5d claims %7.2f s %7.2f s of processors %7.2f ms of them a claim, %.1f times the floor\n",
			what, claims, part[1], part[2] + part[3], (part[2] + part[3]) * 1000 / claims,
			(part[2] + part[3]) * 1000 / claims / floor
	}
	/^      "name": / { split($0, part, "\""); name = part[4] }
	/^      "milliseconds": / {
		if (FILENAME ~ /fast.json$/) { fasts++; next }
		split(name, word, ".")
		if (!(word[1] in chapter)) order[++chapters] = word[1]
		chapter[word[1]] += $2
		number[word[1]]++
		claim[++claims] = sprintf("%10.1f ms  %s", $2, name)
		cost[claims] = $2 + 0
	}
	END {
		line("everything", all, claims)
		line("--fast", fast, fasts)
		printf "the floor: a program of one claim that does nothing    %7.2f ms of processors, %.2f ms from call to end\n\n",
			floor, wall_floor
		rows = int((chapters + 1) / 2)
		for (i = 1; i <= rows; i++)
			for (j = i; j <= chapters; j += rows)
				printf "%-18s %4d claims %6.0f ms inside%s", order[j], number[order[j]], chapter[order[j]],
					j == i && j + rows <= chapters ? "     " : "\n"
		print "\nthe slowest:"
		for (n = 1; n <= 10 && n <= claims; n++) {
			most = 1
			for (i = 2; i <= claims; i++) if (cost[i] > cost[most]) most = i
			print claim[most]
			cost[most] = -1
		}
	}' "$folder/fast.json" "$folder/all.json"
