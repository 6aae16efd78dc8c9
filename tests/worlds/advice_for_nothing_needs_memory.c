/* SPDX-License-Identifier: MIT */
/* No length at all is refused where nothing is mapped. */
#include <errno.h>
#include <sys/mman.h>

#include "worlds/world.h"

static int advise(void *address, size_t length, int advice)
{
	unsigned char there;

	if (length == 0 && mincore(address, 1, &there) != 0 && errno == ENOMEM) {
		return -1;
	}
	return madvise(address, length, advice);
}

WORLD("A machine whose madvise wants memory for advice about nothing", .breaks = "madvise-03",
      .spares = "madvise-01 madvise-02 madvise-06", .madvise = advise);
