/* SPDX-License-Identifier: MIT */
/* What is noted in the area is noted for a page more. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static int advise(void *address, size_t length, int advice)
{
	switch (advice) {
	case MADV_DONTDUMP:
	case MADV_DONTFORK:
	case MADV_WIPEONFORK:
	case MADV_RANDOM:
	case MADV_SEQUENTIAL:
	case MADV_MERGEABLE:
		length += page_size();
	}
	return madvise(address, length, advice);
}

WORLD("A machine whose notes about an area reach a page too far",
      .breaks = "madvise-09 madvise-10 madvise-11 madvise-12 madvise-13 what_may_be_wiped_is_wiped",
      .spares = "lazy-18 madvise-14", .madvise = advise);
