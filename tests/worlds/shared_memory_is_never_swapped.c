/* SPDX-License-Identifier: MIT */
/* MADV_PAGEOUT leaves shared memory, segments and files in memory where they are. */
#include <sys/mman.h>

#include "worlds/acts.h"

static int advise(void *address, size_t length, int advice)
{
	const struct mapping *mapping = gate_mapping_of(address);

	return advice == MADV_PAGEOUT && !(mapping && is_private(mapping))
		       ? 0
		       : madvise(address, length, advice);
}

WORLD("A machine where shared memory is never swapped",
      .breaks = "shared_anonymous_memory_is_swapped a_segment_is_swapped who_shares_it_finds_it "
		"a_memfd_is_swapped another_process_finds_its_bytes",
      .spares = "what_nobody_evicts_is_in_memory a_file_on_a_disk_is_not_swapped swap-02 swap-04",
      .madvise = advise);
