/* SPDX-License-Identifier: MIT */
/* mlock locks its range, and brings all of its pages but the last one. */
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static int lock(const void *address, size_t length)
{
	size_t all = (length + page_size() - 1) / page_size();

	if (syscall(SYS_mlock2, address, length, 1 /* MLOCK_ONFAULT */) != 0) {
		return -1;
	}
	if (all > 1) {
		madvise(page_of(address), (all - 1) * page_size(), 23 /* MADV_POPULATE_WRITE */);
		madvise(page_of(address), (all - 1) * page_size(), 22 /* MADV_POPULATE_READ */);
	}
	return 0;
}

WORLD("A machine whose mlock does not bring the last page",
      .breaks = "mlock-01 mlock-02 mlock-11 unlocking_leaves_the_pages locking_attaches_the_range",
      .spares = "mlock-03 mlock-05 mlock-10", .mlock = lock);
