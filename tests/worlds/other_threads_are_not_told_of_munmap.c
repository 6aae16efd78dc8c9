/* SPDX-License-Identifier: MIT */
/* While other threads run, their processors keep the translation: as if nobody flushed. */
#include <sys/mman.h>
#include <sys/stat.h>

#include "worlds/world.h"

static int tell_nobody(void *address, size_t length)
{
	struct stat tasks;

	/* One link for each thread, beside "." and "..". */
	if (stat("/proc/self/task", &tasks) == 0 && tasks.st_nlink > 3) {
		return 0;
	}
	return munmap(address, length);
}

WORLD("A machine where other threads read on after munmap", .breaks = "munmap-09",
      .spares = "munmap-01 munmap-03 munmap-05 munmap-06 other_pages_are_read_on",
      .munmap = tell_nobody);
