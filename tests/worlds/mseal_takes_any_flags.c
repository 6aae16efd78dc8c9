/* SPDX-License-Identifier: MIT */
/* mseal does not look at its flags. */
#include <sys/syscall.h>
#include <unistd.h>

#include "worlds/world.h"

#ifndef SYS_mseal
#define SYS_mseal 462
#endif

static long call(long number, const long argument[6])
{
	if (number == SYS_mseal) {
		return syscall(number, argument[0], argument[1], 0l);
	}
	return syscall(number, argument[0], argument[1], argument[2], argument[3], argument[4],
		       argument[5]);
}

WORLD("A machine whose mseal takes any flags", .breaks = "mseal-04",
      .spares = "mseal-01 mseal-02 mseal-03 mseal-05", .syscall = call);
