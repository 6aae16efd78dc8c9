/* SPDX-License-Identifier: MIT */
/* Of two requests for all rights the second is not given the right to execute. */
#include <sys/mman.h>

#include "worlds/world.h"

static int protect(void *address, size_t length, int protection)
{
	const int all = PROT_READ | PROT_WRITE | PROT_EXEC;
	static int requests;

	if (protection == all && ++requests % 2 == 0) {
		protection &= ~PROT_EXEC;
	}
	return mprotect(address, length, protection);
}

WORLD("A machine where all rights lack one every other time",
      .breaks = "the_processor_tells_what_the_access_was.what_is_permitted_is_not_told "
		"it_tells_fetches_from_loads",
      .spares = "it_tells_stores_from_loads prot-30", .mprotect = protect);
