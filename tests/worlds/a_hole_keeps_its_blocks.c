/* SPDX-License-Identifier: MIT */
/* MADV_REMOVE clears the pages of the object, and keeps them. */
#include <string.h>
#include <sys/mman.h>

#include "worlds/gate.h"

static int advise(void *address, size_t length, int advice)
{
	const struct mapping *mapping = gate_mapping_of(address);

	if (advice == MADV_REMOVE && mapping && mapping->flags & MAP_SHARED) {
		memset(address, 0, length);
		return 0;
	}
	return madvise(address, length, advice);
}

WORLD("A machine on which a hole keeps its blocks", .breaks = "madvise-25", .spares = "madvise-24",
      .madvise = advise);
