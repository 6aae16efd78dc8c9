/* SPDX-License-Identifier: MIT */
/* Pages are said to be pinned, and fork shares them like all others. */
#include <sys/syscall.h>
#include <unistd.h>

#include "worlds/world.h"

static long pretend(long number, const long argument[6])
{
#ifdef SYS_io_uring_register
	if (number == SYS_io_uring_register) {
		return 0;
	}
#endif
	return syscall(number, argument[0], argument[1], argument[2], argument[3], argument[4],
		       argument[5]);
}

WORLD("A machine which shares pinned pages at a fork",
      .breaks = "the_child_gets_its_copy_at_once the_parent_keeps_the_frames_the_device_knows",
      .spares = "the_early_copy_is_no_different_one cow-03", .syscall = pretend);
