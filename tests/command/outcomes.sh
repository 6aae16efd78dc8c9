#!/bin/sh
# SPDX-License-Identifier: MIT
#
# Every way in which a claim can end: outcome, exit status, and what a person reads.
# Usage: outcomes.sh PROGRAM   (the program of tests/fixtures/every_way_to_end.c)
set -u
program=$1
passed=0
failed=0

# expect CLAIM STATUS TEXT...: running the claim alone exits with the status and prints each text.
expect() {
	claim=$1 status=$2
	shift 2
	output=$("$program" "every_way_to_end.$claim" 2>&1)
	seen=$?
	fine=yes
	[ "$seen" = "$status" ] || fine="exit status $seen instead of $status"
	for text in "$@"; do
		case $output in
		*"$text"*) ;;
		*) fine="it does not say '$text'" ;;
		esac
	done
	if [ "$fine" = yes ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		printf 'FAILED %s: %s\n%s\n' "$claim" "$fine" "$output"
	fi
}

# The same claim in the runner's JSON: the outcome crosses the runner's pipe unchanged.
all=$("$program" --format=ktap --jobs=1 2>/dev/null)
across() {
	case $all in
	*"$2"*) passed=$((passed + 1)) ;;
	*)
		failed=$((failed + 1))
		printf 'FAILED %s: KTAP has no line with "%s"\n' "$1" "$2"
		;;
	esac
}

file=tests/fixtures/every_way_to_end.c
expect holds 0 'holds      The body reaches its end' '1 claim holds, 0 broken'
expect broken_by_an_assertion_of_ours 1 'expected  minor faults: 8' 'seen      7' "$file:" 'again' 'document  mmap returns the start address'
expect broken_by_check 1 "Assertion '7 == 8' failed" "$file:"
expect broken_in_a_child 1 'expected  what the child sees: 2' 'seen      1' "$file:"
expect broken_by_check_in_a_child 1 "Assertion '5 == 6' failed" "$file:"
expect broken_in_a_grandchild 1 'what the grandchild sees: 4' "$file:"
expect broken_in_a_second_turn 1 'what the child sees in its second turn: 2' "$file:"
expect broken_in_a_thread 1 'what the thread sees: 2'
expect broken_by_a_trap 1 'without expecting a trap' 'SIGSEGV (SEGV_ACCERR) at address'
expect broken_by_a_trap_in_a_child 1 'SIGSEGV (SEGV_ACCERR) at address'
expect broken_strip 1 'expected  the area is ..o.' 'seen      .o..'
expect undecided_by_itself 77 'undecided' 'needs a quantum computer: buy one' '1 undecided'
expect undecided_in_a_child 77 'needs a bigger child: feed it'
for missing in a_call_is_missing a_refusal_is_missing the_set_up_misses_a_call; do
	expect undecided_where_$missing 77 'needs a system call that is missing here (ENOSYS)'
done
expect error_of_the_set_up 99 'could not arrange: 1 + 1 == 3 (Input/output error)' "$file:"
expect error_in_a_child 99 'could not arrange: 1 + 1 == 4 (Operation not permitted)' "$file:"
expect error_by_an_early_exit 99 'the body was left before its end'
expect error_by_another_status 99 'Early exit with return value 42'
expect error_by_a_kill 99 'signal 9'
expect error_by_the_time_limit 99 'timeout'
expect error_by_too_much_evidence_is_none 0 '1 claim holds'
# Where nothing can be moved at will, these say so, and are left out.
if "$program" every_way_to_end.broken_again_while_pages_are_moved | grep -q 'needs huge pages'; then
	echo 'left out: pages that are moved meanwhile'
else
	expect undecided_where_pages_were_moved_once 77 'needs pages that nobody moves or takes: the kernel m' \
		'the claim was broken meanwhile, and held when run again'
	expect broken_again_while_pages_are_moved 1 'what each run sees: 2'
fi
expect a_broken_control 1 '(a control)' "expected  what the control sees: 'a'" "seen      'b'"

across holds '1..28'
across holds 'ok 1 fixtures.every_way_to_end.holds'
across broken 'not ok 4 fixtures.every_way_to_end.broken_in_a_child'
across undecided 'end.undecided_by_itself # SKIP needs a quantum computer: buy one'
across error 'end.error_of_the_set_up # ERROR could not arrange'
across timeout 'end.error_by_the_time_limit # ERROR'
across killed 'end.error_by_a_kill # ERROR'
across watcher 'end.error_by_an_end_of_its_watcher # ERROR its process was killed by signal 6'
across behind 'ok 24 fixtures.every_way_to_end.error_by_too_much_evidence_is_none'
across early 'end.error_by_an_early_exit # ERROR the body was left before its end'

# Whether claims share a program's start, as many do with one job and none with so many jobs, makes no difference.
lines() { grep -E '^(not )?ok ' | sed 's/0x[0-9a-f]*//g'; }
[ "$(echo "$all" | lines)" = "$("$program" --format=ktap --jobs=20 2>/dev/null | lines)" ] && passed=$((passed + 1)) || { failed=$((failed + 1)); echo 'FAILED: one job tells something else than twenty'; }

# A run that holds a broken claim exits with 1 though others errored; errors alone with 99.
"$program" >/dev/null 2>&1
[ $? = 1 ] && passed=$((passed + 1)) || { failed=$((failed + 1)); echo 'FAILED: a whole run with broken claims'; }
"$program" '*error_*' holds >/dev/null 2>&1
[ $? = 99 ] && passed=$((passed + 1)) || { failed=$((failed + 1)); echo 'FAILED: a run with errors only'; }
"$program" '*undecided*' >/dev/null 2>&1
[ $? = 77 ] && passed=$((passed + 1)) || { failed=$((failed + 1)); echo 'FAILED: a run in which nothing is decided'; }
"$program" holds '*undecided*' >/dev/null 2>&1
[ $? = 0 ] && passed=$((passed + 1)) || { failed=$((failed + 1)); echo 'FAILED: a run in which something holds'; }

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
