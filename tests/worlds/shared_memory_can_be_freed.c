/* SPDX-License-Identifier: MIT */
/* MADV_FREE of shared memory is accepted. */
#include <sys/mman.h>

#include "worlds/gate.h"

static int advise(void *address, size_t length, int advice)
{
	const struct mapping *mapping = gate_mapping_of(address);

	if (advice == MADV_FREE && mapping && mapping->flags & MAP_SHARED) {
		return 0;
	}
	return madvise(address, length, advice);
}

WORLD("A machine on which shared memory can be freed", .breaks = "madvise-23",
      .spares = "madvise-21 madvise-22 madvise-39", .madvise = advise);
