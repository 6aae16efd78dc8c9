/* SPDX-License-Identifier: MIT */
/* A break below the heap's start is accepted, as long as it lies in no other part of the program. */
#include <sys/syscall.h>

#include <touchstone/memory.h>

#include "worlds/acts.h"

static long call(long number, const long argument[6])
{
	long answer = pass_on(number, argument);

	if (number == SYS_brk && argument[0] < answer && (unsigned long)argument[0] > page_size()) {
		return argument[0];
	}
	return answer;
}

WORLD("A machine whose heap shrinks below its start", .breaks = "the_start_is_the_border",
      .spares = "a_refusal_answers_with_it_too heap-23 brk-07", .syscall = call);
