/* SPDX-License-Identifier: MIT */
/* A hole in a collapsed stretch has a byte that is not zero. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static int advise(void *address, size_t length, int advice)
{
	int answer = madvise(address, length, advice);

	if (answer == 0 && advice == 25 /* MADV_COLLAPSE */) {
		store(page(address, 2) + page_size() - 1, 'd');
	}
	return answer;
}

WORLD("A machine whose collapsing leaves dirt in the holes", .breaks = "madvise-45",
      .spares = "madvise-44 madvise-46", .madvise = advise);
