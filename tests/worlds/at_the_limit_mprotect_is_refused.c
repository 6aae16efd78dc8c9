/* SPDX-License-Identifier: MIT */
/* Once a process has come up against the limit of areas, mprotect refuses it everything. */
#include <errno.h>
#include <sys/mman.h>

#include "worlds/world.h"

static int protect(void *address, size_t length, int protection)
{
	static int refused;

	if (refused || mprotect(address, length, protection) != 0) {
		refused = 1;
		errno = ENOMEM;
		return -1;
	}
	return 0;
}

WORLD("A machine where mprotect is refused at the limit of areas",
      .breaks = "what_makes_no_area_is_still_granted",
      .spares = "splitting_ends_at_the_limit prot-30 prot-37", .mprotect = protect);
