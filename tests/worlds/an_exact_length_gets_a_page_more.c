/* SPDX-License-Identifier: MIT */
/* A length that is a multiple of the page size is rounded up, too: (length + page) / page. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static void *round_up_too_far(void *address, size_t length, int protection, int flags, int fd,
			      off_t offset)
{
	if (flags & MAP_ANONYMOUS && length > 0 && length % page_size() == 0) {
		length += page_size();
	}
	return mmap(address, length, protection, flags, fd, offset);
}

WORLD("A machine whose mappings of whole pages are a page too long",
      .breaks = "a_part_of_a_page_is_a_page the_place_chosen_was_free tables_go_back_at_once "
		"it_is_listed_as_whole_pages"
		" only_the_touched_page_gets_a_frame.nothing_is_resident_before "
		"only_the_touched_page_gets_a_frame.touching_all_makes_all_resident"
		" wide_gaps_separate_areas.an_area_has_no_gap",
      .spares = "no_length_is_an_error map-09 map-11 all_of_its_last_page_belongs_to_it",
      .mmap = round_up_too_far);
