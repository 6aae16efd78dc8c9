/* SPDX-License-Identifier: MIT */
/* The first page that the break passes on its way down stays, until it is raised again. */
#include <sys/syscall.h>

#include <touchstone/memory.h>

#include "worlds/acts.h"

static long call(long number, const long argument[6])
{
	static long shown;
	static const long ask[6];
	long less[6] = {argument[0] + (long)page_size()};

	if (number != SYS_brk) {
		return pass_on(number, argument);
	}
	if (argument[0] == 0) {
		return shown ? shown : pass_on(number, ask);
	}
	if (less[0] <= pass_on(number, ask)) {
		pass_on(number, less);
		shown = argument[0];
	} else {
		shown = pass_on(number, argument);
	}
	return shown;
}

WORLD("A machine where a lowered break leaves a page",
      .breaks = "what_it_passes_traps what_comes_again_is_zero the_frames_go_at_once",
      .spares = "the_call_answers_with_the_break", .syscall = call);
