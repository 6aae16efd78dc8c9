/* SPDX-License-Identifier: MIT */
/* After a fork the parent has to find its shared pages again, one fault for each. */
#include <sys/mman.h>

#include "worlds/acts.h"

static void drop(const struct mapping *mapping)
{
	if ((mapping->flags & MAP_TYPE) == MAP_SHARED) {
		madvise(mapping->start, mapping->length, MADV_DONTNEED);
	}
}

static void drop_all(pid_t child)
{
	(void)child;
	gate_each_mapping(drop);
}

WORLD("A machine whose fork takes the entries of shared memory from the parent",
      .breaks = "shared_memory_is_left_writable"
		" private_pages_are_copied_on_write.shared_memory_is_never_copied",
      .spares = "shared_memory_stays_common a_shared_area_is_still_called_shared fork-07",
      .forked = drop_all);
