/* SPDX-License-Identifier: MIT */
/* Giving back shared memory takes it from the object. */
#include <sys/mman.h>

#include "worlds/gate.h"

static int advise(void *address, size_t length, int advice)
{
	const struct mapping *mapping = gate_mapping_of(address);

	if (advice == MADV_DONTNEED && mapping && mapping->flags & MAP_SHARED) {
		advice = MADV_REMOVE;
	}
	return madvise(address, length, advice);
}

WORLD("A machine on which giving back shared memory loses it",
      .breaks = "madvise-18 giving_back_punches_no_hole "
		"pages_given_back_are_lazy_again.files_and_shared_memory_keep_their_contents",
      .spares = "madvise-17 madvise-19 madvise-24", .madvise = advise);
