#!/bin/sh
# SPDX-License-Identifier: MIT
#
# docs/worlds.md is what the program says now, there are worlds enough, and claims without one are few.
# Usage: table.sh TOUCHSTONE-WORLDS docs/worlds.md     (--write replaces the file)
set -u
worlds=$1 document=$2
if [ "${3-}" = --write ]; then
	"$worlds" table >"$document.part" && mv "$document.part" "$document"
	exit
fi
"$worlds" table | diff -u "$document" - || {
	echo "docs/worlds.md is not what the program says; write it anew: $0 $worlds $document --write"
	echo '0 passed, 1 failed'
	exit 1
}
tail -n 1 "$document"
tail -n 1 "$document" | awk '
	{
		share = 100 * $3 / $5
		fine = $1 >= 40 && share >= 95
		printf "%d worlds, %.1f %% of the claims\n", $1, share
		print (fine ? "1 passed, 0 failed" : "0 passed, 1 failed")
		exit !fine
	}'
