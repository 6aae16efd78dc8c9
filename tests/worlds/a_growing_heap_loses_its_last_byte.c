/* SPDX-License-Identifier: MIT */
/* The byte below the break is lost when the break is raised. */
#include <sys/syscall.h>
#include <unistd.h>

#include "worlds/acts.h"

static long call(long number, const long argument[6])
{
	char *before = (char *)syscall(SYS_brk, 0);
	long answer = pass_on(number, argument);

	if (number == SYS_brk && (char *)answer > before) {
		before[-1] ^= 1;
	}
	return answer;
}

WORLD("A machine whose growing heap loses its last byte",
      .breaks = "what_is_added_lies_behind_what_was_there",
      .spares = "its_start_stays_and_no_hole_is_in_it lowered_it_ends_lower", .syscall = call);
