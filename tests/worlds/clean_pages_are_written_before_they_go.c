/* SPDX-License-Identifier: MIT */
/* Whatever is to leave memory is written first, be it changed or not. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/acts.h"

static int advise(void *address, size_t length, int advice)
{
	const struct mapping *mapping = gate_mapping_of(address);

	if (advice == MADV_PAGEOUT && mapping && is_of_file(mapping)) {
		for (size_t i = 0; i < length / page_size(); i++) {
			store(page(address, i), load(page(address, i)));
		}
		msync(address, length, MS_SYNC);
	}
	return madvise(address, length, advice);
}

WORLD("A machine where clean pages are written before they go",
      .breaks = "nothing_is_sent_to_a_disk memory_takes_longer dirty_pages_stay",
      .spares = "a_clean_page_goes_without_a_write.clean_pages_go_at_once no_change_is_lost "
		"dirty_pages_are_sent each_page_gets_a_slot",
      .madvise = advise);
