/* SPDX-License-Identifier: MIT */
/* A place for which nobody asked is chosen again for the next mapping that fits there. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static void *choose_again(void *address, size_t length, int protection, int flags, int fd,
			  off_t offset)
{
	static void *chosen;
	static size_t size;
	void *area = mmap(address, length, protection, flags, fd, offset);

	if (area == MAP_FAILED || flags & (MAP_FIXED | MAP_FIXED_NOREPLACE) ||
	    (address && area == page_of(address))) {
		return area;
	}
	if (chosen && length <= size) {
		munmap(area, length);
		return mmap(chosen, length, protection, flags | MAP_FIXED, fd, offset);
	}
	chosen = area;
	size = length;
	return area;
}

WORLD("A machine that puts a new mapping where the last one is",
      .breaks = "without_a_hint_the_kernel_chooses.without_a_hint_the_kernel_chooses "
		"the_place_chosen_was_free"
		" a_mapping_shows_the_chosen_part_of_an_object.another_part_looks_otherwise "
		"munmap_gives_frames_and_tables_back_at_once.frames_that_are_kept_meet_the_limit "
		"shared_memory_is_left_alone_by_fork.private_memory_is_write_protected",
      .spares = "an_impossible_hint_is_no_error map-02 map-04", .mmap = choose_again);
