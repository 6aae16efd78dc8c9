/* SPDX-License-Identifier: MIT */
/* mprotect changes nothing unless the whole range is mapped. */
#include <errno.h>
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static int protect(void *address, size_t length, int protection)
{
	for (size_t i = 0; i < length; i += page_size()) {
		unsigned char there;

		if (mincore((char *)address + i, page_size(), &there) != 0) {
			errno = ENOMEM;
			return -1;
		}
	}
	return mprotect(address, length, protection);
}

WORLD("A machine whose mprotect looks ahead",
      .breaks = "it_stops_at_the_hole a_hole_at_the_end_is_told_when_all_is_done "
		"the_first_of_two_holes_ends_it",
      .spares = "a_hole_at_the_start_stops_it_at_once prot-07 prot-05 prot-37",
      .mprotect = protect);
