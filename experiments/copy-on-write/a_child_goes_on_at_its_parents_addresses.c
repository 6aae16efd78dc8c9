/* SPDX-License-Identifier: MIT */
/*
 * A child goes on at its parent's addresses
 * =========================================
 *
 * "The OS randomizes memory locations between runs", says document 004, so that an attacker does
 * not know where things lie. A run begins with execve(2), not with fork: the child goes on with the
 * parent's pointers, so stack, break, libraries and program have to lie where they were. Two
 * children of one server know each other's layout, and who guessed wrong in one may try again in
 * the next.
 *
 *      parent                child                 after execve
 *      55d0... text          55d0... text          5581... text
 *      7f3a... libc          7f3a... libc          7fe9... libc
 *      7ffc... [stack]       7ffc... [stack]       7ffd... [stack]
 *
 * Look with: /proc/self/maps.
 * Read on:   fork(2), execve(2), proc(5) randomize_va_space; documents 002 "fork revisited", 004
 *            section 14.3.
 */
#include <stdio.h>
#include <sys/auxv.h>
#include <sys/personality.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("A child goes on at its parent's addresses");

SPECIMEN(where_am_i);

CLAIM(nothing_moves_at_a_fork, "fork-14",
      "The child finds stack, break, C library, kernel page and program where the parent has them",
      .needs = AREA_LIST)
{
	char here;
	const void *marks[] = {&here, sbrk(0), (void *)(uintptr_t)memcpy,
			       (void *)(uintptr_t)getauxval(AT_SYSINFO_EHDR), &where_am_i};
	struct area before[5];

	for (size_t i = 0; i < 5; i++) {
		before[i] = observe_area(marks[i]);
	}
	IN_CHILD {
		assert_address(sbrk(0), marks[1], "the child's break");
		for (size_t i = 0; i < 5; i++) {
			struct area now = observe_area(marks[i]);

			assert_equals(now.exists, before[i].exists, "whether there is an area");
			assert_address(now.start, before[i].start, "where it starts");
			assert_address(now.end, before[i].end, "where it ends");
		}
	}
}

CONTROL(execve_draws_the_addresses_anew, "fork-14",
	"Two executions of one program have stack and break at different addresses",
	.needs = SPECIMENS)
{
	const char mode = setting_letter("/proc/sys/kernel/randomize_va_space");

	if (mode == 0 || mode == '0' || personality(0xffffffff) & ADDR_NO_RANDOMIZE) {
		undecided("needs address space randomisation: kernel.randomize_va_space = 2");
	}

	struct specimen_run one = run_specimen(&where_am_i, NULL);
	struct specimen_run other = run_specimen(&where_am_i, NULL);
	unsigned long stacks[2];

	arrange(one.status == 0 && sscanf(one.output, "stack=%lu", &stacks[0]) == 1);
	arrange(other.status == 0 && sscanf(other.output, "stack=%lu", &stacks[1]) == 1);
	evidence("one has its stack at", "%#lx", stacks[0]);
	evidence("the other", "%#lx", stacks[1]);
	/* Stack, break and kernel page taken together: that all three recur is beyond chance. */
	assert_equals(strcmp(one.output, other.output) == 0, false,
		      "whether the layouts are the same");
}
