/* SPDX-License-Identifier: MIT */
/* mprotect to no rights at all unlocks. */
#include <sys/mman.h>

#include "worlds/world.h"

static int protect(void *address, size_t length, int protection)
{
	if (protection == PROT_NONE) {
		munlock(address, length);
	}
	return mprotect(address, length, protection);
}

WORLD("A machine on which taking all rights ends a lock",
      .breaks = "rights_and_advice_do_not_end_it", .spares = "mlock-13 mlock-14 mlock-15",
      .mprotect = protect);
