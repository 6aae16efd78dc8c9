/* SPDX-License-Identifier: MIT */
/* mprotect tells of a hole, and changes what lies behind it all the same. */
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
		errno = ENOMEM;
	}
	return answer;
}

WORLD("A machine whose mprotect goes on behind a hole",
      .breaks = "it_stops_at_the_hole a_hole_at_the_start_stops_it_at_once "
		"the_first_of_two_holes_ends_it",
      .spares = "a_hole_at_the_end_is_told_when_all_is_done prot-37 prot-05", .mprotect = protect);
