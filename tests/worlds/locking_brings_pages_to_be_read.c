/* SPDX-License-Identifier: MIT */
/* mlock brings pages as a load does, not as a store. */
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static int lock(const void *address, size_t length)
{
	if (syscall(SYS_mlock2, address, length, 1 /* MLOCK_ONFAULT */) != 0) {
		return -1;
	}
	madvise(page_of(address), length, 22 /* MADV_POPULATE_READ */);
	return 0;
}

WORLD("A machine whose mlock brings pages to be read only", .breaks = "mlock-02",
      .spares = "mlock-01 mlock-03 mlock-08", .mlock = lock);
