/* SPDX-License-Identifier: MIT */
/* MADV_PAGEOUT of private memory loses what the pages held. */
#include <sys/mman.h>

#include "worlds/acts.h"

static int advise(void *address, size_t length, int advice)
{
	const struct mapping *mapping = gate_mapping_of(address);

	if (advice == MADV_PAGEOUT && mapping && is_private(mapping) && !is_of_file(mapping)) {
		advice = MADV_DONTNEED;
	}
	return madvise(address, length, advice);
}

WORLD("A machine on which pages that are pushed out are lost",
      .breaks = "what_was_not_freed_is_never_empty private_memory_keeps_its_bytes "
		"a_store_takes_a_page_back",
      .spares = "madvise-15 madvise-23 madvise-18", .madvise = advise);
