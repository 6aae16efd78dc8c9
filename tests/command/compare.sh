#!/bin/sh
# SPDX-License-Identifier: MIT
#
# touchstone compare and doctor: machines that are alike, that differ, and files that are no evidence.
# Usage: compare.sh TOUCHSTONE
touchstone=$1
# shellcheck source=tests/command/checks.sh
. "${0%/*}/checks.sh"

check 0 'the doctor' "$touchstone" doctor; says 'have all they need here'; says 'page_size'
refuses 'a patient' "$touchstone" doctor me

a=$folder/a.json b=$folder/b.json bad=$folder/bad.json
"$touchstone" run -f json -o "$a" munmap-01 cow-07 lazy-03 >/dev/null
if ! "$touchstone" compare "$a" "$a" >"$folder/out" 2>"$folder/err"; then
	grep -q 'built without jansson' "$folder/err" && {
		echo 'this program was built without jansson'
		exit 77
	}
fi
"$touchstone" run -f json -o "$b" munmap-01 cow-07 lazy-03 >/dev/null
check 0 'the same machine twice' "$touchstone" compare "$a" "$b"; says ' 0 differ in outcome'
check 0 'all of it' "$touchstone" compare --all "$a" "$a" "$b"; says 'Alike ('

sed 's/"page_size": "[0-9]*"/"page_size": "1234567"/; s/"uid": "[0-9]*"/"uid": "<\&>"/' "$a" >"$b"
check 0 'another machine' "$touchstone" compare "$a" "$b"; says 'page_size'; says '1234567'
check 0 'as HTML' "$touchstone" compare -f html "$a" "$b"; says '&lt;&amp;&gt;'
check 0 'as JSON' "$touchstone" compare -f json -a "$a" "$b"; says '"format": "touchstone comparison 1"'
if command -v python3 >/dev/null; then
	# shellcheck disable=SC2016 # the inner shell expands it
	check 0 'JSON, read by somebody else' sh -c '"$1" compare -a -f json "$2" "$2" | python3 -m json.tool' sh "$touchstone" "$a"
fi
"$touchstone" run -f json -o "$b" -w munmap_does_nothing munmap-01 cow-07 lazy-03 >/dev/null
check 1 'a wrong world' "$touchstone" compare "$a" "$b"; says 'Other outcomes'; says 'broken'
"$touchstone" run -f json -o "$b" munmap-01 >/dev/null
check 1 'a part of the claims' "$touchstone" compare "$a" "$b"; says '-          copy-on-write.'

refuses 'one machine' "$touchstone" compare "$a"
refuses 'no such format' "$touchstone" compare -f xml "$a" "$a"; complains xml
refuses 'no such file' "$touchstone" compare "$a" "$folder/none"; complains 'No such file'
refuses 'a folder' "$touchstone" compare "$a" "$folder"
refuses 'an empty file' "$touchstone" compare "$a" /dev/null
head -c 3000 "$a" >"$bad"
refuses 'a truncated file' "$touchstone" compare "$a" "$bad"
refuses 'a binary' "$touchstone" compare "$a" "$touchstone"
echo '{"name": "somebody else"}' >"$bad"
refuses 'a foreign file' "$touchstone" compare "$bad" "$a"; complains 'not evidence'
echo '[1, 2' >"$bad"
refuses 'no JSON' "$touchstone" compare "$bad" "$a"
# Edited by hand: an outcome that is none, one that the summary does not know of, a claim twice, numbers for names.
sed 's/"outcome": "holds"/"outcome": "fine"/' "$a" >"$bad"
refuses 'an unknown outcome' "$touchstone" compare "$a" "$bad"; complains 'cannot be understood'
sed '0,/"outcome": "holds"/s//"outcome": "broken"/' "$a" >"$bad"
refuses 'a changed outcome' "$touchstone" compare "$a" "$bad"; complains 'summary'
sed 's/"name": "copy-on-write[^"]*"/"name": "the same"/' "$a" >"$bad"
refuses 'a claim twice' "$touchstone" compare "$a" "$bad"; complains 'twice'
sed 's/"kind": "claim"/"kind": 7/' "$a" >"$bad"
refuses 'a number for a kind' "$touchstone" compare "$a" "$bad"
sed 's/"claims": \[/"claims": 5, "others": [/' "$a" >"$bad"
refuses 'no claims' "$touchstone" compare "$a" "$bad"; complains 'no claims'
if [ -c /dev/full ]; then
	# shellcheck disable=SC2016 # the inner shell expands it
	refuses 'a full disk' sh -c '"$1" compare "$2" "$2" >/dev/full' sh "$touchstone" "$a"
	refuses 'a full disk behind a name' "$touchstone" compare -o /dev/full "$a" "$a"
fi
[ -c /dev/full ] || fail '/dev/full is no device any more'

checked
