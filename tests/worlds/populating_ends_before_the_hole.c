/* SPDX-License-Identifier: MIT */
/* Of a range with a hole nothing is populated. */
#include <errno.h>
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static int advise(void *address, size_t length, int advice)
{
	unsigned char there[64];

	if ((advice == 22 || advice == 23) && length <= 64 * page_size() &&
	    mincore(address, length, there) != 0) {
		errno = ENOMEM; /* and nothing was brought */
		return -1;
	}
	return madvise(address, length, advice);
}

WORLD("A machine which populates nothing of a range with a hole",
      .breaks = "a_hole_is_told_by_enomem", .spares = "madvise-29 madvise-30 madvise-31",
      .madvise = advise);
