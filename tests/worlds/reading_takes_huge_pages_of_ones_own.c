/* SPDX-License-Identifier: MIT */
/* Where huge pages are asked for they come at once, and nothing is lent. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static int advise(void *address, size_t length, int advice)
{
	int answer = madvise(address, length, advice);

	if (answer == 0 && advice == MADV_HUGEPAGE) {
		store(address, 0);
	}
	return answer;
}

WORLD("A machine that has no huge page of zeros to lend, and gives one away", .breaks = "opt-01",
      .spares = "who_stores_at_once_borrows_nothing opt-03", .madvise = advise);
