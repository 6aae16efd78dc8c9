/* SPDX-License-Identifier: MIT */
/* On its way to swap the last one of some private pages loses its last byte. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/acts.h"

static int advise(void *address, size_t length, int advice)
{
	const struct mapping *mapping = gate_mapping_of(address);

	if (advice == MADV_PAGEOUT && mapping && is_private(mapping)) {
		store((char *)address + length - 1, 0xa5);
	}
	return madvise(address, length, advice);
}

WORLD("A machine where a swapped page loses its last byte",
      .breaks = "swap-03 no_page_is_dropped the_device_is_written the_file_keeps_the_original "
		"the_slots_hold_the_update zeros_are_not_written a_slot_forgets_the_zeros "
		"frames_are_given_to_others",
      .spares = "what_left_memory_is_in_swap what_is_given_up_does_not_come_back swap-06 swap-07",
      .madvise = advise);
