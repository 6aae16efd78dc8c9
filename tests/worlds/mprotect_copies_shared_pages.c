/* SPDX-License-Identifier: MIT */
/* Who takes the right to write away from shared pages gets frames of its own for them. */
#include <sys/mman.h>

#include "worlds/acts.h"

static int copy_and_protect(void *address, size_t length, int protection)
{
	struct mapping all = {address, length, PROT_WRITE, MAP_PRIVATE, -1};

	if (!(protection & PROT_WRITE)) {
		part_pages(&all);
	}
	return mprotect(address, length, protection);
}

WORLD("A machine whose mprotect copies pages that are shared with a child",
      .breaks = "a_refused_store_parts_nothing"
		" the_map_tells_shared_from_private.the_other_kind_has_the_other_letter",
      .spares = "reading_parts_nothing fork-02", .mprotect = copy_and_protect);
