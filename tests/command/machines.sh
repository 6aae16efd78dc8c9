#!/bin/sh
# SPDX-License-Identifier: MIT
#
# Many machines: the tables of machines are in order, the table of results says what their KTAP says, and where a limit
# forbids what every claim needs, claims are undecided and nothing errs.
# Usage: machines.sh TOUCHSTONE tests/machines
set -u
touchstone=$1 machines=$2
passed=0
failed=0
scratch=$(mktemp -d) || exit 99
trap 'rm -rf "$scratch"' EXIT INT TERM

# expect NAME TEXT...: the file $scratch/out has each text.
expect() {
	name=$1
	shift
	for text in "$@"; do
		if grep -qF -e "$text" "$scratch/out"; then
			passed=$((passed + 1))
		else
			failed=$((failed + 1))
			printf 'FAILED %s: it does not say "%s"\n' "$name" "$text"
			cat "$scratch/out"
		fi
	done
}

# Each line of machines.tsv is a kernel of kernels.tsv with something changed.
awk -F '\t' '
	/^#/ || !NF { next }
	FILENAME ~ /kernels/ { if (NF != 8) print FILENAME ":" FNR ": " NF " fields"; met[$1]++; next }
	NF != 4 { print FILENAME ":" FNR ": " NF " fields" }
	!($2 in met) { print FILENAME ":" FNR ": no kernel " $2 }
	met[$1]++ { print FILENAME ":" FNR ": " $1 " once more" }
	END { print "checked" }' "$machines/kernels.tsv" "$machines/machines.tsv" >"$scratch/out"
[ "$(wc -l <"$scratch/out")" = 1 ] || echo 'not in order' >"$scratch/out"
expect 'machines.tsv' checked

cat >"$scratch/one.ktap" <<'END'
KTAP version 1
1..5
ok 1 chapter.experiment.holds_everywhere
ok 2 chapter.experiment.lacks_swap # SKIP needs swap: add --allow=swap
ok 3 chapter.experiment.differs
ok 4 chapter.experiment.is_known
ok 5 chapter.experiment.decided_nowhere # SKIP needs 16 keys: another processor
END
cat >"$scratch/two.ktap" <<'END'
KTAP version 1
1..5
ok 1 chapter.experiment.holds_everywhere
ok 2 chapter.experiment.lacks_swap
# claim: It does
# expected: 1
# seen: 2
not ok 3 chapter.experiment.differs
not ok 4 chapter.experiment.is_known
ok 5 chapter.experiment.decided_nowhere # SKIP needs 17 keys: another processor
END
printf 'KTAP version 1\n1..1\nok 1 chapter.experiment.holds_everywhere # SKIP needs a timer: raise ulimit -i\n' >"$scratch/three.ktap"
printf '# known\nchapter.experiment.is_known\tit is\n' >"$scratch/known"
{
	printf 'one\troot\t3\t0\t2\t0\t1.5\t%s\n' "$scratch/one.ktap"
	printf 'two\troot\t2\t1\t1\t0\t2.5\t%s\n' "$scratch/two.ktap"
	printf 'three\tuser\t0\t0\t1\t0\t0.1\t%s\n' "$scratch/three.ktap"
	printf 'four\t-\tskipped: no program for it\n'
} >"$scratch/rows"
awk -v known="^two=$scratch/known" -v details="$scratch/details" -f "$machines/table.awk" "$scratch/rows" >"$scratch/out"
# shellcheck disable=SC2016
expect 'the table' '| one | root | 3 | 0 | 2 | 0 | 1.5 | swap 1, N keys 1 |' '| two | root | 2 | 1 | 1 | 0 | 2.5 | N keys 1 |' \
	'| three | user | 0 | 0 | 1 | 0 | 0.1 | a timer 1 |' '| four | - | | | | | | skipped: no program for it |' \
	'5 claims and controls in 3 runs: 1 hold in every one, 1 are decided in none.' \
	'- `chapter.experiment.differs`: broken on two' '| swap | `chapter.experiment.lacks_swap` | one |' 'out: two 1.' \
	'- for want of N keys: `chapter.experiment.decided_nowhere`'
cp "$scratch/details" "$scratch/out"
expect 'the details' 'chapter.experiment.lacks_swap	one	root	undecided	swap' 'chapter.experiment.differs	two	root	broken'

# What is listed as different somewhere is a claim that there is.
"$touchstone" list --names | grep '\..*\.' >"$scratch/names"
for list in "$machines"/../../docs/*-differences.txt; do
	sed -e '/^#/d' -e '/^$/d' -e 's/[[:space:]].*//' "$list" | grep -vxF -f "$scratch/names" >"$scratch/unknown"
	if [ -s "$scratch/names" ] && [ ! -s "$scratch/unknown" ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		sed "s|^|FAILED ${list##*/}: there is no claim |" "$scratch/unknown"
	fi
done

# The report goes through a pipe: files cannot grow.
(
	ulimit -f 0
	"$touchstone" run cow-07
	echo "status $?"
) 2>&1 | cat >"$scratch/out"
expect 'files that cannot grow' 'status 77' 'needs larger files: raise ulimit -f' '0 broken, 2 undecided'

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
