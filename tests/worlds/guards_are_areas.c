/* SPDX-License-Identifier: MIT */
/* MADV_GUARD_INSTALL does what mprotect does: it makes an area of its own. */
#include <sys/mman.h>

#include "worlds/world.h"

static int advise(void *address, size_t length, int advice)
{
	switch (advice) {
	case 102: /* MADV_GUARD_INSTALL */
		madvise(address, length, MADV_DONTNEED);
		return mprotect(address, length, PROT_NONE);
	case 103: /* MADV_GUARD_REMOVE */
		return mprotect(address, length, PROT_READ | PROT_WRITE);
	default:
		return madvise(address, length, advice);
	}
}

WORLD("A machine whose light guards are areas", .breaks = "prot-17",
      .spares = "prot-15 prot-16 lazy-18", .madvise = advise);
