/* SPDX-License-Identifier: MIT */
/* MADV_DONTFORK of shared memory does nothing. */
#include <sys/mman.h>

#include "worlds/gate.h"

static int advise(void *address, size_t length, int advice)
{
	const struct mapping *mapping = gate_mapping_of(address);

	if (advice == MADV_DONTFORK && mapping && mapping->flags & MAP_SHARED) {
		return 0;
	}
	return madvise(address, length, advice);
}

WORLD("A machine on which shared memory cannot be withheld", .breaks = "madvise-34",
      .spares = "madvise-32 madvise-33 fork-03", .madvise = advise);
