/* SPDX-License-Identifier: MIT */
/* A mapping in the way of the break is unmapped. */
#include <sys/mman.h>
#include <sys/syscall.h>

#include <touchstone/memory.h>

#include "worlds/acts.h"

enum { NEAR = 8 };

static long call(long number, const long argument[6])
{
	long answer = pass_on(number, argument);

	if (number == SYS_brk && argument[0] > answer &&
	    argument[0] < answer + (long)(NEAR * page_size())) {
		char *from = page_of((char *)answer + page_size() - 1);

		munmap(from, (size_t)(page_of((char *)argument[0]) - from) + 2 * page_size());
		answer = pass_on(number, argument);
	}
	return answer;
}

WORLD("A machine whose brk swallows what is in its way",
      .breaks = "an_obstacle_stops_it it_stops_a_page_before", .spares = "the_limits_refuse brk-02",
      .syscall = call);
