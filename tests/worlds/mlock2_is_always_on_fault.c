/* SPDX-License-Identifier: MIT */
/* mlock2 waits for the touch, with the flag and without. */
#include <sys/syscall.h>
#include <unistd.h>

#include "worlds/world.h"

static long call(long number, const long argument[6])
{
	long third = argument[2];

	if (number == SYS_mlock2 && third == 0) {
		third = 1; /* MLOCK_ONFAULT */
	}
	return syscall(number, argument[0], argument[1], third, argument[3], argument[4],
		       argument[5]);
}

WORLD("A machine whose mlock2 always waits for the touch",
      .breaks = "mlock-11 without_the_flag_it_does_not_wait", .spares = "mlock-10 mlock-12",
      .syscall = call);
