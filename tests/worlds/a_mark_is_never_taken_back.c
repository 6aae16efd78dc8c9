/* SPDX-License-Identifier: MIT */
/* MADV_KEEPONFORK does nothing. */
#include <sys/mman.h>

#include "worlds/world.h"

static int advise(void *address, size_t length, int advice)
{
	if (advice == MADV_KEEPONFORK) {
		return 0;
	}
	return madvise(address, length, advice);
}

WORLD("A machine on which memory that was to be wiped always is",
      .breaks = "madvise-36 without_a_mark_it_is_inherited madvise-10",
      .spares = "madvise-35 madvise-37", .madvise = advise);
