/* SPDX-License-Identifier: MIT */
/* PROT_WRITE alone is a right that few processors have, and so nothing is permitted. */
#include <sys/mman.h>

#include "worlds/world.h"

static void *permit_nothing(void *address, size_t length, int protection, int flags, int fd,
			    off_t offset)
{
	void *area = mmap(address, length, protection, flags, fd, offset);

	if (area != MAP_FAILED && protection == PROT_WRITE) {
		mprotect(area, length, PROT_NONE);
	}
	return area;
}

WORLD("A machine where memory for writing alone cannot be written",
      .breaks = "write_permits_stores",
      .spares = "none_forbids_everything read_forbids_stores without_exec_nothing_runs "
		"exec_permits_calls_and_no_stores",
      .mmap = permit_nothing);
