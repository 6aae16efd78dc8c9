/* SPDX-License-Identifier: MIT */
/* MLOCK_ONFAULT is taken for no flag at all. */
#include <sys/syscall.h>
#include <unistd.h>

#include "worlds/world.h"

static long call(long number, const long argument[6])
{
	long third = argument[2];

	if (number == SYS_mlock2 && third == 1 /* MLOCK_ONFAULT */) {
		third = 0;
	}
	return syscall(number, argument[0], argument[1], third, argument[3], argument[4],
		       argument[5]);
}

WORLD("A machine whose locks on fault do not wait", .breaks = "mlock-10",
      .spares = "mlock-12 mlock-01 mlock-19", .syscall = call);
