/* SPDX-License-Identifier: MIT */
/* What lies above a lowered break is cleared, also where its page stays. */
#include <string.h>
#include <sys/syscall.h>

#include <touchstone/memory.h>

#include "worlds/acts.h"

static long call(long number, const long argument[6])
{
	static const long ask[6];
	long before = number == SYS_brk ? pass_on(number, ask) : 0;
	long answer = pass_on(number, argument);

	if (number == SYS_brk && answer < before) {
		char *end = (char *)answer;

		memset(end, 0, (size_t)(page_of(end + page_size() - 1) - end));
	}
	return answer;
}

WORLD("A machine where a lowered break clears the rest of its page",
      .breaks = "a_break_within_its_page_loses_nothing the_page_of_the_break_stays",
      .spares = "what_it_passes_traps what_comes_again_is_zero brk-01", .syscall = call);
