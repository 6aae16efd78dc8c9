#!/bin/sh
# SPDX-License-Identifier: MIT
#
# The touchstone command as a person uses it: right words, wrong words, full disks.
# Usage: words.sh TOUCHSTONE
touchstone=$1
# shellcheck source=tests/command/checks.sh
. "${0%/*}/checks.sh"

one=$("$touchstone" list --names | head -n 1)

check 0 help "$touchstone" --help; says 'Usage: touchstone'
check 0 version "$touchstone" --version; says 'touchstone 0'
check 0 'list' "$touchstone" list; says "${one%%.*}."
check 0 'list of a pattern' "$touchstone" list --names cow-03; says 'copy-on-write.'
check 0 'list of the catalogue' "$touchstone" list --claims; says 'rows of the catalogue are asserted'
check 0 'show' "$touchstone" show "$one"; says 'Claims:'; says 'Source: experiments/'
check 0 'show of a source' "$touchstone" show --source "$one"; says 'EXPERIMENT('; says 'CLAIM('
check 0 'needs' "$touchstone" needs; says 'fault-counts'
check 0 'worlds' "$touchstone" worlds; says 'A machine'
check 1 'a wrong world' "$touchstone" run --world=munmap_does_nothing munmap-01
says 'expected'; says 'seen'; says 'again     touchstone run --world=munmap_does_nothing '
refuses 'an unknown world' "$touchstone" run --world=utopia cow-07; complains utopia
check 0 'run of one claim' "$touchstone" run cow-07; says 'holds'
check 0 'run as KTAP' "$touchstone" run --format=ktap cow-07; says 'KTAP version 1'; says 'ok 1 copy-on-write.'
check 0 'run as JSON' "$touchstone" run --format=json cow-07; says '"outcome": "holds"'; says '"page_size"'
if command -v python3 >/dev/null; then
	check 0 'all as JSON, read by somebody else' sh -c \
		'"$1" run --format=json copy-on-write | python3 -m json.tool' sh "$touchstone"
fi
check 0 'run into a file' "$touchstone" run -o "$folder/report" -f json cow-07
[ -s "$folder/report" ] || fail 'no report was written'
[ -s "$folder/out" ] && fail 'it also wrote to standard output'
check 0 'colours only on a terminal' "$touchstone" run cow-07
grep -q "$(printf '\033')" "$folder/out" && fail 'colour in a pipe'

refuses 'no word' "$touchstone"
refuses 'an unknown word' "$touchstone" jump; complains jump
refuses 'an unknown claim' "$touchstone" run cow-99; complains cow-99
refuses 'an unknown claim beside a known one' "$touchstone" run cow-07 no-such-claim; complains no-such-claim
refuses 'an unknown name to show' "$touchstone" show no-such-claim; complains no-such-claim
refuses 'an empty name' "$touchstone" run ''
refuses 'nothing to show' "$touchstone" show
# The fast part: what runs has none of the slow needs, and a choice without any such claim is refused.
check 0 'the fast part of a chapter' "$touchstone" run --fast --format=ktap lazy-allocation
says 'ok 1 lazy-allocation.'
if grep -q 'a_promise_costs_the_same_at_any_length' "$folder/out"; then fail 'a comparison of times is in the fast part'; fi
refuses 'a fast part of claims that are slow' "$touchstone" run --fast a_promise_costs_the_same_at_any_length
complains 'fast part'
if command -v ctest >/dev/null; then
	"$touchstone" tests "$folder/tests" lazy-allocation
	check 0 'the fast part in ctest' ctest --test-dir "$folder/tests" -N -L fast
	says 'lazy-allocation.reading_borrows_the_zero_page'
	if grep -q 'a_promise_costs_the_same_at_any_length' "$folder/out"; then fail 'ctest counts a comparison of times as fast'; fi
fi

refuses 'an unknown option' "$touchstone" run --sideways
refuses 'an unknown format' "$touchstone" run --format=xml; complains xml
refuses 'no jobs' "$touchstone" run --jobs=0; complains 0
refuses 'many jobs' "$touchstone" run -j 99999999999999999999
refuses 'jobs that are no number' "$touchstone" run -j two; complains two
refuses 'an unknown thing to allow' "$touchstone" run --allow=harm; complains harm
refuses 'an unknown thing beside a known one' "$touchstone" run --allow=swap,,swap cow-07
refuses 'nothing to allow' "$touchstone" run --allow= cow-07
refuses 'an unknown thing allowed by the environment' env TOUCHSTONE_ALLOW=swap,harm "$touchstone" run cow-07; complains harm
check 0 'what can be allowed' "$touchstone" run --allow=swap,swap --allow=swap cow-07
refuses 'a folder that is not there' "$touchstone" run -o "$folder/no/report" cow-07; complains "$folder/no"

# A full disk: the message tells, the status tells, and an earlier report is not lost.
if [ -e /dev/full ]; then
	refuses 'a full standard output' sh -c '"$1" run cow-07 >/dev/full' sh "$touchstone"
	refuses 'a full standard output of list' sh -c '"$1" list >/dev/full' sh "$touchstone"
fi
echo precious >"$folder/report"
check 2 'a report that cannot be written whole' sh -c \
	'trap "" XFSZ; ulimit -f 1 2>/dev/null; "$1" run -f json -o "$2" copy-on-write' sh "$touchstone" "$folder/report"
[ "$(cat "$folder/report")" = precious ] || fail 'the earlier report was lost'
[ -z "$(find "$folder" -name '*.part')" ] || fail 'a part of a report was left behind'

checked
