/* SPDX-License-Identifier: MIT */
/* The last page of a range is not populated. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static int advise(void *address, size_t length, int advice)
{
	if ((advice == 22 || advice == 23) && length > 0) {
		length -= page_size();
	}
	return madvise(address, length, advice);
}

WORLD("A machine whose populating forgets the last page of an advised range",
      .breaks = "without_an_obstacle_nothing_is_told advice_attaches_the_range",
      .spares = "madvise-29 prepared_memory_is_zero", .madvise = advise);
