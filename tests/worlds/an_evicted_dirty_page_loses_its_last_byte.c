/* SPDX-License-Identifier: MIT */
/* When changed pages of a shared mapping of a file are to go the last byte's change is lost. */
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/memory.h>

#include "worlds/acts.h"

static int advise(void *address, size_t length, int advice)
{
	const struct mapping *mapping = gate_mapping_of(address);

	if (advice == MADV_PAGEOUT && mapping && !is_private(mapping) && is_of_file(mapping)) {
		store((char *)address + length - 1, 0xa5);
	}
	return madvise(address, length, advice);
}

WORLD("A machine where an evicted dirty page loses its last byte",
      .breaks = "swap_gets_nothing_of_a_file the_file_has_the_new_bytes "
		"a_shared_change_has_no_second_copy a_file_on_a_disk_is_not_swapped "
		"what_a_neighbour_maps_of_a_file_stays",
      .spares = "the_area_stays_empty swap-02 swap-03 a_private_change_goes_to_swap",
      .madvise = advise);
