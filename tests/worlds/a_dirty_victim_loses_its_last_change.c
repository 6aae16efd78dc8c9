/* SPDX-License-Identifier: MIT */
/* The last byte stored into pages of a file that have to go does not reach the file. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/acts.h"

static int advise(void *address, size_t length, int advice)
{
	const struct mapping *mapping = gate_mapping_of(address);

	if (advice == MADV_PAGEOUT && mapping && is_of_file(mapping)) {
		char *last = (char *)address + length - 1;

		store(last, (unsigned char)~load(last));
	}
	return madvise(address, length, advice);
}

WORLD("A machine where a dirty victim loses its last change",
      .breaks = "no_change_is_lost dirty_pages_stay once_written_they_go",
      .spares = "nobody_can_ask_them_to_go each_page_gets_a_slot dirty_pages_are_sent",
      .madvise = advise);
