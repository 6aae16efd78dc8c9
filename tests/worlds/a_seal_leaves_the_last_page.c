/* SPDX-License-Identifier: MIT */
/* mseal seals all pages of its range but the last. */
#include <sys/syscall.h>
#include <unistd.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

#ifndef SYS_mseal
#define SYS_mseal 462
#endif

static long call(long number, const long argument[6])
{
	if (number == SYS_mseal && (size_t)argument[1] > page_size()) {
		return syscall(number, argument[0], (size_t)argument[1] - page_size(), argument[2]);
	}
	return syscall(number, argument[0], argument[1], argument[2], argument[3], argument[4],
		       argument[5]);
}

WORLD("A machine whose seal leaves the last page", .breaks = "no_call_changes_the_mapping mseal-03",
      .spares = "prot-30", .syscall = call);
