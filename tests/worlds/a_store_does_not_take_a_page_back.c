/* SPDX-License-Identifier: MIT */
/* A page that was freed is emptied when memory is wanted, whatever was stored in it since. */
#include <sys/mman.h>

#include "worlds/world.h"

static void *freed;
static size_t freed_length;

static int advise(void *address, size_t length, int advice)
{
	int answer = madvise(address, length, advice);

	if (answer == 0 && advice == MADV_FREE) {
		freed = address;
		freed_length = length;
	}
	if (advice == MADV_PAGEOUT && freed) {
		madvise(freed, freed_length, MADV_DONTNEED);
	}
	return answer;
}

WORLD("A machine which takes freed pages although they were written again", .breaks = "madvise-22",
      .spares = "madvise-21 madvise-23", .madvise = advise);
