/* SPDX-License-Identifier: MIT */
/* mprotect takes addresses in the very middle of a page for that page. */
#include <sys/mman.h>
#include <sys/syscall.h>

#include <touchstone/memory.h>

#include "worlds/acts.h"
#include "worlds/world.h"

static long call(long number, const long argument[6])
{
	long rounded[6] = {argument[0], argument[1], argument[2]};

	if (number != SYS_mprotect || (size_t)argument[0] % page_size() != page_size() / 2) {
		return pass_on(number, argument);
	}
	rounded[0] -= (long)(page_size() / 2);
	return pass_on(number, rounded);
}

WORLD("A machine where half a page is a step", .breaks = "no_call_takes_a_smaller_step",
      .spares = "a_walk_faults_once_a_page", .syscall = call);
