/* SPDX-License-Identifier: MIT */
/* mprotect changes what is mapped of its range, and says nothing of the holes in it. */
#include <errno.h>
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static int protect(void *address, size_t length, int protection)
{
	int answer = mprotect(address, length, protection);

	if (answer != 0 && errno == ENOMEM) {
		for (size_t i = 0; i < length; i += page_size()) {
			mprotect((char *)address + i, page_size(), protection);
		}
		return 0;
	}
	return answer;
}

WORLD("A machine whose mprotect skips holes",
      .breaks = "prot-07"
		" munmap_takes_what_it_finds.mprotect_minds_the_holes",
      .spares = "prot-05 prot-08 prot-15", .mprotect = protect);
