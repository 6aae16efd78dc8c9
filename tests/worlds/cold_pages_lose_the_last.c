/* SPDX-License-Identifier: MIT */
/* MADV_COLD empties the last page of its range. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/acts.h"

static int advise(void *address, size_t length, int advice)
{
	const struct mapping *mapping = gate_mapping_of(address);

	if (advice == MADV_COLD && mapping && length > 0) {
		madvise((char *)address + length - page_size(), page_size(),
			mapping->flags & MAP_SHARED ? MADV_REMOVE : MADV_DONTNEED);
	}
	return madvise(address, length, advice);
}

WORLD("A machine whose cold pages lose their last one",
      .breaks = "madvise-14 a_resident_page_has_a_frame_instead",
      .spares = "madvise-15 madvise-16 madvise-17", .madvise = advise);
