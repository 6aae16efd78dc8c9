/* SPDX-License-Identifier: MIT */
/* mlock2 ignores what it does not know. */
#include <sys/syscall.h>
#include <unistd.h>

#include "worlds/world.h"

static long call(long number, const long argument[6])
{
	long third = argument[2];

	if (number == SYS_mlock2) {
		third &= 1; /* MLOCK_ONFAULT */
	}
	return syscall(number, argument[0], argument[1], third, argument[3], argument[4],
		       argument[5]);
}

WORLD("A machine whose mlock2 takes any flag", .breaks = "mlock-12", .spares = "mlock-10 mlock-11",
      .syscall = call);
