/* SPDX-License-Identifier: MIT */
/* MADV_DONTNEED of a page takes the huge page along that it is in. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/gate.h"
#include "worlds/world.h"

static int advise(void *address, size_t length, int advice)
{
	const struct mapping *mapping = gate_mapping_of(address);

	if (advice == MADV_DONTNEED && mapping) {
		return madvise(mapping->start, mapping->length, advice);
	}
	return madvise(address, length, advice);
}

WORLD("A machine whose huge pages are given back as a whole",
      .breaks = "one_page_of_it_can_go what_stays_is_small_pages",
      .spares = "rights_of_a_part_take_nothing opt-01", .madvise = advise);
