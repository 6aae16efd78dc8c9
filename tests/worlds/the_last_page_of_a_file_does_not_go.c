/* SPDX-License-Identifier: MIT */
/* Of the pages of a file that are asked to go the last one stays. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/acts.h"

static int advise(void *address, size_t length, int advice)
{
	const struct mapping *mapping = gate_mapping_of(address);

	if (advice == MADV_PAGEOUT && mapping && is_of_file(mapping)) {
		length -= page_size();
	}
	return madvise(address, length, advice);
}

WORLD("A machine where the last page of a file does not go",
      .breaks = "a_clean_page_goes_without_a_write.clean_pages_go_at_once once_written_they_go "
		"dirty_pages_of_a_file_are_left_to_the_flusher.clean_pages_go_at_once "
		"once_unlocked_they_go",
      .spares =
	      "nothing_is_sent_to_a_disk dirty_pages_stay no_change_is_lost each_page_gets_a_slot",
      .madvise = advise);
