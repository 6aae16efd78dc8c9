/* SPDX-License-Identifier: MIT */
/* For each page that is mapped a slot is set aside: one like it is kept in swap. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/acts.h"

static void set_slots_aside(const struct mapping *mapping)
{
	char *slots;

	if (is_private(mapping) && !is_of_file(mapping)) {
		slots = mmap(NULL, mapping->length, PROT_READ | PROT_WRITE,
			     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		write_pattern(slots, mapping->length, 9);
		madvise(slots, mapping->length, MADV_PAGEOUT);
	}
}

static size_t count_all(const struct swap_area *area)
{
	gate_each_mapping(set_slots_aside);
	return swap_area_used(area);
}

WORLD("A machine where every page has a slot from the start",
      .breaks = "pages_that_stay_take_no_slot", .spares = "a_file_holds_swapped_pages swap-08",
      .swap_area_used = count_all);
