# SPDX-License-Identifier: MIT
# shellcheck shell=sh
#
# Sourced by tests of the command: each check runs it once, and looks at its status and at what it says.
set -u
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
passed=0
failed=0

pass() { passed=$((passed + 1)); }
fail() {
	failed=$((failed + 1))
	printf 'FAILED: %s\n' "$1"
	sed 's/^/    /' "$folder/out" "$folder/err"
}

# check STATUS WHAT COMMAND...: the exit status is right; output and errors stay in files.
check() {
	wanted=$1 what=$2
	shift 2
	"$@" >"$folder/out" 2>"$folder/err"
	seen=$?
	if [ "$seen" = "$wanted" ]; then pass; else fail "$what: exit status $seen instead of $wanted"; fi
}

# Bad input: one line on standard error, nothing on standard output, status 2.
refuses() {
	what=$1
	shift
	check 2 "$what" "$@"
	[ "$(wc -l <"$folder/err")" -le 2 ] && [ -s "$folder/err" ] || fail "$what: not one clear line"
}
says() { grep -qF -e "$1" "$folder/out" || fail "it does not say '$1'"; }
complains() { grep -qF -e "$1" "$folder/err" || fail "it does not complain of '$1'"; }

# The closing line, and the status to end with.
checked() {
	printf '%d passed, %d failed\n' "$passed" "$failed"
	[ "$failed" = 0 ]
}
