/* SPDX-License-Identifier: MIT */
/* Once a change of rights was refused for want of room, no other one is made. */
#include <errno.h>
#include <stdbool.h>
#include <sys/mman.h>

#include "worlds/world.h"

static int protect(void *address, size_t length, int protection)
{
	static bool refused;

	if (refused) {
		errno = ENOMEM;
		return -1;
	}

	int answer = mprotect(address, length, protection);

	refused = answer != 0 && errno == ENOMEM;
	return answer;
}

WORLD("A machine where who was refused an area is refused all",
      .breaks = "what_needs_no_area_goes_on",
      .spares = "the_limit_is_met_exactly alike_they_are_one_area vma-03 prot-30 prot-37",
      .mprotect = protect);
