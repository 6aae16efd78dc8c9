#!/bin/sh
# SPDX-License-Identifier: MIT
#
# The experiments and the catalogue agree: every id is known, every claimed id is controlled in its own
# experiment, and the topics that are finished have an experiment for every id.
# Usage: catalogue.sh TOUCHSTONE docs/claims.tsv
set -u
touchstone=$1 catalogue=$2

# Topics of which every row has to be asserted; a row that is not has a reason in the note,
# which begins "left out:".
finished='replace swap pressure oom zram lazy map munmap cow fork fault vma exec prot share mapfile heap stack layout paging ptable tlb kernel seg frag opt perf e2e mmap mremap msync mincore madvise mlock brk rusage uffd shm memfd sysv fadvise mseal pkey pagescan sigact softdirty'

"$touchstone" list | awk -v catalogue="$catalogue" -v finished="$finished" '
	function bad(text) { print "FAILED: " text; failed++ }
	BEGIN {
		FS = "\t"
		while ((getline line < catalogue) > 0) {
			split(line, column, "\t")
			if (column[1] == "id" || column[1] == "") continue
			if (column[1] in known) bad("two rows are called " column[1])
			if (column[4] !~ /^(confirmed|refined|refuted)$/) bad(column[1] " has the verdict \"" column[4] "\"")
			known[column[1]] = 1
			left_out[column[1]] = column[5] ~ /^left out: /
		}
		FS = " "
	}
	function end_of_experiment(  id) {
		for (id in claimed) {
			if (!(id in controlled)) bad(experiment ": no control names " id)
		}
		split("", claimed)
		split("", controlled)
	}
	/^[^ ]/ { end_of_experiment(); experiment = $1; controls = 0 }
	/^    (control )?\./ {
		match($0, /\([^)]*\)/)
		count = split(substr($0, RSTART + 1, RLENGTH - 2), ids, " ")
		if (!count) bad(experiment ": a claim names no id: " $0)
		for (i = 1; i <= count; i++) {
			if (!(ids[i] in known)) bad(experiment ": unknown id " ids[i])
			if ($1 == "control") controlled[ids[i]] = 1
			else { claimed[ids[i]] = 1; asserted[ids[i]] = 1 }
		}
	}
	END {
		end_of_experiment()
		count = split(finished, topics, " ")
		for (id in known) {
			for (i = 1; i <= count; i++) {
				if (id ~ "^" topics[i] "-" && !(id in asserted) && !left_out[id]) bad("no experiment asserts " id)
			}
			total++
			covered += id in asserted
		}
		print covered " of " total " rows are asserted"
		print (failed ? 0 : 1) " passed, " failed + 0 " failed"
		exit failed > 0
	}'
