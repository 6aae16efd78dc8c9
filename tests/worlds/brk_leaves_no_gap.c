/* SPDX-License-Identifier: MIT */
/* The heap may grow until it touches what is mapped behind it. */
#include <sys/mman.h>
#include <sys/syscall.h>

#include <touchstone/memory.h>

#include "worlds/acts.h"

static long call(long number, const long argument[6])
{
	static long shown;
	long answer = pass_on(number, argument);

	if (number != SYS_brk) {
		return answer;
	}
	if (argument[0] > answer) {
		char *from = page_of((char *)answer + page_size() - 1),
		     *to = page_of((char *)argument[0] + page_size() - 1);

		if (mmap(from, (size_t)(to - from), PROT_READ | PROT_WRITE,
			 MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0) == from) {
			shown = argument[0];
			return shown;
		}
	}
	return answer;
}

WORLD("A machine whose brk leaves no gap", .breaks = "it_stops_a_page_before",
      .spares = "an_obstacle_stops_it brk-02 heap-23", .syscall = call);
