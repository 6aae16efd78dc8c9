/* SPDX-License-Identifier: MIT */
/* munlock of any page unlocks the whole mapping. */
#include <sys/mman.h>

#include "worlds/gate.h"

static int unlock(const void *address, size_t length)
{
	const struct mapping *mapping = gate_mapping_of(address);

	return mapping && length > 0 ? munlock(mapping->start, mapping->length)
				     : munlock(address, length);
}

WORLD("A machine whose munlock unlocks the whole mapping",
      .breaks = "mlock-06 a_range_across_a_border_locks_both_pages locks_that_overlap_count_once",
      .spares = "mlock-01 mlock-07 each_mapping_has_a_lock_of_its_own", .munlock = unlock);
