/* SPDX-License-Identifier: MIT */
/* The address is rounded down to the first byte of its page. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static int advise(void *address, size_t length, int advice)
{
	address = page_of(address);
	return madvise(address, length, advice);
}

WORLD("A machine whose madvise takes any address",
      .breaks = "madvise-01 madvise_destroys_and_sets_errno",
      .spares = "madvise-02 madvise-05 madvise-06", .madvise = advise);
