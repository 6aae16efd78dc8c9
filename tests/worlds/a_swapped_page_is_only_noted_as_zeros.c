/* SPDX-License-Identifier: MIT */
/* The first one of the private pages that go to swap is noted as a page of zeros, whatever it holds. */
#include <string.h>
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/acts.h"

static int advise(void *address, size_t length, int advice)
{
	const struct mapping *mapping = gate_mapping_of(address);

	if (advice == MADV_PAGEOUT && mapping && is_private(mapping)) {
		memset(address, 0, page_size());
	}
	return madvise(address, length, advice);
}

WORLD("A machine where a swapped page is only noted as zeros",
      .breaks = "the_device_is_written the_slots_hold_the_update the_file_keeps_the_original "
		"one_byte_makes_the_difference every_byte_comes_back",
      .spares = "what_left_memory_is_in_swap zeros_are_not_written swap-06 swap-07",
      .madvise = advise);
