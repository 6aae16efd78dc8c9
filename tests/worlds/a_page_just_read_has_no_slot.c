/* SPDX-License-Identifier: MIT */
/* Whatever is present has given its slot up: each page is made anew before the slots are counted. */
#include <string.h>
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/acts.h"

static void renew(const struct mapping *mapping)
{
	static char bytes[64 * 1024];

	for (size_t i = 0; is_private(mapping) && i < mapping->length / page_size(); i++) {
		char *at = page(mapping->start, i);

		if (page_is_present(observe_pages("of the world", at, 1), 0)) {
			memcpy(bytes, at, page_size());
			madvise(at, page_size(), MADV_DONTNEED);
			memcpy(at, bytes, page_size());
		}
	}
}

static size_t count_what_is_out(const struct swap_area *area)
{
	settle_swap_area(area);
	gate_each_mapping(renew);
	return swap_area_used(area);
}

WORLD("A machine where a page that was just read has no slot",
      .breaks = "swap-08 a_store_in_place_leaves_the_slot_stale",
      .spares = "the_last_bytes_come_back a_file_holds_swapped_pages",
      .swap_area_used = count_what_is_out);
