/* SPDX-License-Identifier: MIT */
/* process_madvise advises the first range, and is content. */
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "worlds/world.h"

static long call(long number, const long argument[6])
{
	if (number == SYS_process_madvise && argument[2] > 1) {
		return syscall(number, argument[0], argument[1], 1L, argument[3], argument[4]);
	}

	return syscall(number, argument[0], argument[1], argument[2], argument[3], argument[4],
		       argument[5]);
}

WORLD("A machine which takes advice for another process for its first range only",
      .breaks = "madvise-50", .spares = "madvise-51 madvise-52", .syscall = call);
