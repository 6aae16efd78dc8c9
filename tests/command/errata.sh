#!/bin/sh
# SPDX-License-Identifier: MIT
#
# docs/errata.md: where the documents are wrong, or only roughly right, in their own words, with what this
# machine showed. Made from the catalogue (verdicts refined and refuted), docs/errata.tsv (the words and
# the reason) and a run.
# Usage: errata.sh TOUCHSTONE docs/claims.tsv docs/errata.tsv docs/errata.md     (--write makes it anew)
# Without --write it is checked: everything but what was seen has to be as it would be made now.
set -u
touchstone=$1 catalogue=$2 words=$3 document=$4
scratch=$(mktemp -d) || exit 99
trap 'rm -rf "$scratch"' EXIT INT TERM

# What a run says, one line each: claim NAME IDS, seen NAME VALUE, machine NAME VALUE.
facts_of_a_run() {
	"$touchstone" run --format json >"$scratch/run.json"
	[ -s "$scratch/run.json" ] || exit 99
	awk '
		function text(line) { # the string behind the colon
			sub(/^[^:]*: "/, "", line)
			sub(/",?$/, "", line)
			gsub(/\\"/, "\"", line)
			gsub(/\\\\/, "\\", line)
			return line
		}
		/^    "(kernel|architecture|page_size)": / { match($0, /"[a-z_]+"/); print "machine\t" substr($0, RSTART + 1, RLENGTH - 2) "\t" text($0) }
		/^      "name": / { name = text($0) }
		/^      "kind": / { kind = text($0) }
		/^      "ids": / { ids = text($0) }
		/^      "outcome": / { print kind "\t" name "\t" ids "\t" text($0) }
		/^        \{"name": ".*", "value": / {
			line = $0
			sub(/^        \{"name": "/, "", line)
			sub(/"\},?$/, "", line)
			cut = index(line, "\", \"value\": \"")
			seen = substr(line, 1, cut - 1)
			value = substr(line, cut + 13)
			gsub(/\\"/, "\"", seen)
			gsub(/\\"/, "\"", value)
			print "seen\t" seen "\t" value
		}
		/^        \{"label": ".*", "pages": / {
			line = $0
			sub(/^        \{"label": "/, "", line)
			sub(/"\},?$/, "", line)
			cut = index(line, "\", \"pages\": \"")
			print "seen\tpages of \"" substr(line, 1, cut - 1) "\"\t" substr(line, cut + 13)
		}' "$scratch/run.json"
}

# Which experiments assert a row, when no evidence is wanted: the same lines from the list.
facts_of_the_list() {
	"$touchstone" list | awk '
		/^[^ ]/ { experiment = $1 }
		/^    (control )?\./ {
			match($0, /\([^)]*\)/)
			kind = $1 == "control" ? "control" : "claim"
			name = $1 == "control" ? $2 : $1
			print kind "\t" experiment name "\t" substr($0, RSTART + 1, RLENGTH - 2) "\tholds"
		}'
}

make() {
	awk -F '\t' -v facts="$scratch/facts" -v words="$words" '
		function experiment_of(name) { sub(/\.[^.]*$/, "", name); return name }
		function claim_of(name) { sub(/^.*\./, "", name); return name }
		function spell(row,  n, list, i, shown, told) {
			printf "\n#### %s\n\n", row
			if (row in says) {
				printf "> %s (%s)\n\n**In truth:** %s\n\n", says[row], source[row], statement[row]
				if (because[row] != "") printf "**Because:** %s\n\n", because[row]
			} else {
				printf "> %s (%s)\n\n**More exactly:** %s\n\n", statement[row], source[row], note[row]
			}
			if (!(row in experiments)) {
				print (left_out[row] ? "Not decided by an experiment: " left_out[row] : "No experiment asserts it yet.")
				return
			}
			printf "**Shown by** %s\n", experiments[row]
			if (row in evidence) printf "%s", evidence[row]
		}
		BEGIN {
			while ((getline line < words) > 0) {
				split(line, column, "\t")
				if (column[1] == "id") continue
				says[column[1]] = column[2]
				because[column[1]] = column[3]
			}
			while ((getline line < facts) > 0) {
				split(line, column, "\t")
				if (column[1] == "machine") machine[column[2]] = column[3]
				if (column[1] == "claim" || column[1] == "control") {
					ids = column[1] == "claim" ? column[3] : ""
					experiment = experiment_of(column[2])
					title = "`" experiment "`"
					n = split(ids, list, " ")
					for (i = 1; i <= n; i++) {
						if (!((list[i], experiment) in named)) {
							experiments[list[i]] = experiments[list[i]] (list[i] in experiments && experiments[list[i]] != "" ? ", " : "") title
							named[list[i], experiment] = 1
						}
						if (column[4] != "holds") evidence[list[i]] = evidence[list[i]] "- " claim_of(column[2]) ": " column[4] " on this machine\n"
					}
				}
				if (column[1] == "seen") {
					n = split(ids, list, " ")
					for (i = 1; i <= n; i++) if (!((list[i], line) in heard) && ++told[list[i]] <= 4) evidence[list[i]] = evidence[list[i]] "- " column[2] ": " column[3] "\n"
					for (i = 1; i <= n; i++) heard[list[i], line] = 1
				}
			}
			if ("kernel" in machine) {
				print "<!-- SPDX-License-Identifier: MIT -->"
				print "# Where the documents are wrong, or only roughly right"
				print ""
				print "Made by `tests/command/errata.sh` from [claims.tsv](claims.tsv), [errata.tsv](errata.tsv) and a run of the suite; a test"
				print "checks that it is up to date. The documents are named in [documents.md](documents.md). The figures were seen on"
				print machine["kernel"] ", " machine["architecture"] ", with pages of " machine["page_size"] " bytes; run"
				print "`touchstone run ID` for your own."
			}
		}
		$1 != "id" && ($4 == "refuted" || $4 == "refined") {
			order[++rows] = $1
			source[$1] = $2
			statement[$1] = $3
			verdict[$1] = $4
			if ($5 ~ /^left out: /) left_out[$1] = substr($5, 11)
			# Of a man page the row is what it says, and the note what is more exact.
			if (!($1 in says) && $2 ~ /\([2-7]\)/) note[$1] = $5
			else if (!($1 in says)) { print "docs/errata.tsv has no words for " $1 > "/dev/stderr"; missing++ }
		}
		END {
			if (missing) exit 1
			for (i = 1; i <= rows; i++) refuted += verdict[order[i]] == "refuted"
			printf "\n## Refuted (%d)\n", refuted
			for (i = 1; i <= rows; i++) if (verdict[order[i]] == "refuted") spell(order[i])
			printf "\n## Refined (%d)\n", rows - refuted
			for (i = 1; i <= rows; i++) if (verdict[order[i]] == "refined") spell(order[i])
		}' "$catalogue"
}

if [ "${5-}" = --write ]; then
	facts_of_a_run >"$scratch/facts" && make >"$document.part" && mv "$document.part" "$document"
	exit
fi
facts_of_the_list >"$scratch/facts"
make >"$scratch/wanted" || {
	echo '0 passed, 1 failed'
	exit 1
}
# What depends on the machine: the first lines, and the figures.
sed -n '/^## Refuted/,$p' "$document" | grep -v '^- ' >"$scratch/there"
grep -v '^- ' "$scratch/wanted" | sed 1d | diff -u "$scratch/there" - || {
	echo "docs/errata.md is out of date; make it anew: $0 $touchstone $catalogue $words $document --write"
	echo '0 passed, 1 failed'
	exit 1
}
unseen=$(awk '/^\*\*Shown by/ { if (shown && !seen) print row; shown = 1; seen = 0 } /^#### / { if (shown && !seen) print row; row = $2; shown = 0 } /^- / { seen = 1 } END { if (shown && !seen) print row }' "$document")
if [ -n "$unseen" ]; then
	echo "no evidence is told for: $unseen"
	echo '0 passed, 1 failed'
	exit 1
fi
echo '1 passed, 0 failed'
