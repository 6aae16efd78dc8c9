/* SPDX-License-Identifier: MIT */
/*
 * mprotect changes pages that are there. Those that have yet to come will come with the rights of
 * their area before.
 */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static int protect(void *address, size_t length, int protection)
{
	unsigned char there;

	if (length <= page_size() && mincore(address, length, &there) == 0 && !(there & 1)) {
		return 0;
	}
	return mprotect(address, length, protection);
}

WORLD("A machine whose mprotect overlooks absent pages",
      .breaks = "refused_accesses_say_so_and_change_nothing",
      .spares = "prot-05 prot-07 prot-08 prot-15 prot-16 prot-21", .mprotect = protect);
