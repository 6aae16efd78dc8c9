/* SPDX-License-Identifier: MIT */
/* While other threads run, their processors keep the right to write: as if nobody told them. */
#include <sys/mman.h>
#include <sys/stat.h>

#include "worlds/world.h"

static int tell_nobody(void *address, size_t length, int protection)
{
	struct stat tasks;

	/* One link for each thread, beside "." and "..". */
	if (stat("/proc/self/task", &tasks) == 0 && tasks.st_nlink > 3) {
		return 0;
	}
	return mprotect(address, length, protection);
}

WORLD("A machine where a change reaches one processor only",
      .breaks = "no_store_lands_after_the_change",
      .spares = "other_pages_are_written_on a_right_taken_away_is_missed_at_once",
      .mprotect = tell_nobody);
