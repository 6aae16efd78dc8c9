/* SPDX-License-Identifier: MIT */
/* Changed private pages of a file stay in memory: there is no going to swap for them. */
#include <sys/mman.h>

#include "worlds/acts.h"

static int advise(void *address, size_t length, int advice)
{
	const struct mapping *mapping = gate_mapping_of(address);

	if (advice == MADV_PAGEOUT && mapping && is_private(mapping) && is_of_file(mapping)) {
		return 0;
	}
	return madvise(address, length, advice);
}

WORLD("A machine where changed private pages of a file are not swapped",
      .breaks = "swap-04 swap-05 a_private_change_goes_to_swap",
      .spares = "swap-02 swap-03 swap-06 a_shared_change_has_no_second_copy", .madvise = advise);
