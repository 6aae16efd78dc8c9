/* SPDX-License-Identifier: MIT */
/* The bare system call refuses as others do. */
#include <errno.h>
#include <sys/syscall.h>

#include "worlds/acts.h"

static long call(long number, const long argument[6])
{
	long answer = pass_on(number, argument);

	if (number == SYS_brk && argument[0] && answer != argument[0]) {
		errno = ENOMEM;
		return -1;
	}
	return answer;
}

WORLD("A machine whose brk refuses with -1",
      .breaks = "a_refusal_answers_with_it_too the_start_is_the_border the_limits_refuse "
		"an_obstacle_stops_it it_stops_a_page_before it_grows_to_the_limit",
      .spares = "the_call_answers_with_the_break heap-23 the_library_says_so", .syscall = call);
