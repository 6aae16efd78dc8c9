/* SPDX-License-Identifier: MIT */
/* Nothing is to be done, and it is done: EINVAL was wanted. */
#include <sys/syscall.h>
#include <unistd.h>

#include "worlds/world.h"

static long accept_nothing(long number, const long argument[6])
{
	if (number == SYS_munmap && argument[1] == 0) {
		return 0;
	}
	return syscall(number, argument[0], argument[1], argument[2], argument[3], argument[4],
		       argument[5]);
}

WORLD("A machine whose munmap accepts a range of no bytes", .breaks = "a_crooked_range_is_refused",
      .spares = "unmapping_nothing_is_no_error munmap-02 munmap-05", .syscall = accept_nothing);
