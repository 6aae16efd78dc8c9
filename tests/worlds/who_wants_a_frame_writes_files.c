/* SPDX-License-Identifier: MIT */
/* As document 004 draws it: who wants a frame writes the dirty victim to its file, and it goes. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/acts.h"

static int advise(void *address, size_t length, int advice)
{
	const struct mapping *mapping = gate_mapping_of(address);

	if (advice == MADV_PAGEOUT && mapping && is_of_file(mapping)) {
		msync(address, length, MS_SYNC);
	}
	return madvise(address, length, advice);
}

WORLD("A machine where who wants a frame writes files", .breaks = "dirty_pages_stay",
      .spares = "no_change_is_lost once_written_they_go nothing_is_sent_to_a_disk",
      .madvise = advise);
