/* SPDX-License-Identifier: MIT */
/* Behind the page of the break there is one more that can be used. */
#include <sys/syscall.h>

#include <touchstone/memory.h>

#include "worlds/acts.h"

static long call(long number, const long argument[6])
{
	static long shown;
	long more[6] = {argument[0] + (long)page_size()};

	if (number != SYS_brk) {
		return pass_on(number, argument);
	}
	if (argument[0] == 0) {
		return shown ? shown : pass_on(number, argument);
	}
	if (pass_on(number, more) == more[0]) {
		shown = argument[0];
	}
	return shown;
}

WORLD("A machine whose brk brings a page too many",
      .breaks = "memory_comes_by_pages what_it_passes_traps it_is_listed_as_heap "
		"what_is_given_back_is_listed_no_more the_child_begins_with_the_break",
      .spares = "the_call_answers_with_the_break", .syscall = call);
