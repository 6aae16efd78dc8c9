/* SPDX-License-Identifier: MIT */
/* A private view that is given back has lost its file. */
#include <sys/mman.h>

#include "worlds/acts.h"

static int advise(void *address, size_t length, int advice)
{
	const struct mapping *mapping = gate_mapping_of(address);

	if (advice == MADV_DONTNEED && mapping && is_private(mapping) && is_of_file(mapping)) {
		return mmap(address, length, PROT_READ | PROT_WRITE,
			    MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == address
			       ? 0
			       : -1;
	}
	return madvise(address, length, advice);
}

WORLD("A machine on which what is given back of a private view is zeros", .breaks = "madvise-17",
      .spares = "madvise-18 madvise-19 madvise-20", .madvise = advise);
