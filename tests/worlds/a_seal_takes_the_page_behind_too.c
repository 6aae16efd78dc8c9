/* SPDX-License-Identifier: MIT */
/* mseal seals a page more than it is told. */
#include <sys/syscall.h>
#include <unistd.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

#ifndef SYS_mseal
#define SYS_mseal 462
#endif

static long call(long number, const long argument[6])
{
	if (number == SYS_mseal && argument[1] != 0 && (size_t)argument[1] < SIZE_MAX / 2) {
		return syscall(number, argument[0], (size_t)argument[1] + page_size(), argument[2]);
	}
	return syscall(number, argument[0], argument[1], argument[2], argument[3], argument[4],
		       argument[5]);
}

WORLD("A machine whose seal takes the page behind too",
      .breaks = "sealed_memory_stays_as_it_is.unsealed_neighbours_change_as_ever "
		"a_seal_is_for_good_and_for_children.what_was_not_sealed_is_free "
		"mseal-04",
      .spares = "mseal-01 mseal-02 mseal-03 mseal-05", .syscall = call);
