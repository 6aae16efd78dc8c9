/* SPDX-License-Identifier: MIT */
/* brk rounds up what it is asked for, and answers with that. */
#include <sys/syscall.h>

#include <touchstone/memory.h>

#include "worlds/acts.h"

static long call(long number, const long argument[6])
{
	long rounded[6] = {argument[0]};

	if (number != SYS_brk) {
		return pass_on(number, argument);
	}
	rounded[0] = (long)page_of((char *)argument[0] + page_size() - 1);
	return pass_on(number, rounded);
}

WORLD("A machine whose break moves by pages",
      .breaks = "the_call_answers_with_the_break a_break_within_its_page_loses_nothing "
		"memory_comes_by_pages",
      .spares = "what_comes_again_is_zero each_moves_its_own", .syscall = call);
