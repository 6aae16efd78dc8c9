/* SPDX-License-Identifier: MIT */
/* Private copies of the pages that are removed go with them. */
#include <sys/mman.h>

#include "worlds/acts.h"

static void drop(const struct mapping *mapping)
{
	if (is_private(mapping) && is_of_file(mapping)) {
		madvise(mapping->start, mapping->length, MADV_DONTNEED);
	}
}

static int advise(void *address, size_t length, int advice)
{
	if (advice == MADV_REMOVE) {
		gate_each_mapping(drop);
	}
	return madvise(address, length, advice);
}

WORLD("A machine on which a hole takes private copies as well", .breaks = "madvise-26",
      .spares = "madvise-24 madvise-25 madvise-27", .madvise = advise);
