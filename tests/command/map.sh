#!/bin/sh
# SPDX-License-Identifier: MIT
#
# touchstone map, of itself, of commands, of a process with very many areas, of processes that are not there.
# Usage: map.sh TOUCHSTONE MANY-AREAS
touchstone=$1 many=$2
# shellcheck source=tests/command/checks.sh
. "${0%/*}/checks.sh"

# It cannot: status 99, and one line that says why.
cannot() {
	what=$1
	shift
	check 99 "$what" "$@"
	[ "$(wc -l <"$folder/err")" = 1 ] || fail "$what: not one clear line"
}

check 0 'itself' "$touchstone" map
says 'stack of the first thread'; says 'code of touchstone'; says 'resident'
check 0 'as JSON' "$touchstone" map --format=json; says '"format": "touchstone map 1"'; says '"kind": "stack"'
if command -v python3 >/dev/null; then
	check 0 'JSON, read by somebody else' sh -c '"$1" map -f json | python3 -m json.tool' sh "$touchstone"
fi
check 0 'a command at its end' "$touchstone" map sh -c 'true'; says 'heap'
check 0 'a command at its start' "$touchstone" map --at=start sh -c 'true'; says 'stack of the first thread'
check 0 'what a command changes' "$touchstone" map --diff sh -c 'true'; says 'came (+), went (-) or changed (*)'
check 0 'both moments as JSON' "$touchstone" map --diff -f json sh -c 'true'; says '"after": {'
check 0 'a failing command is drawn as well' "$touchstone" map false
check 0 'the pages of the stack' "$touchstone" map --pages=stack; says 'own frame'
check 0 'what changes in itself' "$touchstone" map --diff --after=0
check 0 'a page with a picture' "$touchstone" map --html="$folder/page.html" true
grep -q '</svg>' "$folder/page.html" || fail 'the page is not whole'

refuses 'an unknown option' "$touchstone" map --colour
refuses 'an unknown format' "$touchstone" map -f xml; complains xml
refuses 'no time' "$touchstone" map --diff --after=soon; complains soon
refuses 'no moment' "$touchstone" map --at=noon true; complains noon
refuses 'an area that is not there' "$touchstone" map --pages=attic; complains attic
refuses 'two processes' "$touchstone" map 1 2
refuses 'a number that is none' "$touchstone" map 99999999999999999999
cannot 'no such process' "$touchstone" map 4194304; complains 'no such process'
cannot 'no such command' "$touchstone" map "$folder/nothing"; complains 'No such file'
cannot 'no such folder' "$touchstone" map --html="$folder/none/page.html"
if [ -w /dev/full ]; then
	check 2 'a full disk' sh -c '"$1" map >/dev/full' sh "$touchstone"; complains 'standard output'
	cannot 'a full disk for a page' "$touchstone" map --html=/dev/full
fi

# 60,000 areas: drawn in seconds, on few lines.
mkfifo "$folder/in" "$folder/ready"
"$many" 60000 <"$folder/in" >"$folder/ready" &
process=$!
exec 3>"$folder/in"
if read -r answer <"$folder/ready" && [ "$answer" = ready ]; then
	check 0 'very many areas' timeout 20 "$touchstone" map "$process"
	says 'areas more like the two above'
	[ "$(wc -l <"$folder/out")" -lt 100 ] || fail 'the drawing is too long to be read'
	check 0 'very many areas, each' timeout 20 "$touchstone" map --all "$process"
	[ "$(wc -l <"$folder/out")" -gt 50000 ] || fail 'areas are missing'
	check 0 'very many areas as a page' timeout 20 "$touchstone" map --html="$folder/many.html" "$process"
	check 0 'very many areas as JSON' timeout 20 "$touchstone" map -f json "$process"
	# It ends while it is read: drawn before, or told of; never anything else.
	"$touchstone" map -a "$process" >"$folder/out" 2>"$folder/err" &
	reader=$!
	exec 3>&-
	wait "$reader"
	case $? in
	0 | 99) pass ;;
	*) fail 'a process that ends while it is read' ;;
	esac
fi
exec 3>&-
wait

checked
