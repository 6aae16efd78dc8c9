/* SPDX-License-Identifier: MIT */
/* What is mapped at an order, and is longer than a page, is a page too short. */
#include <sys/mman.h>

#include <touchstone/placement.h>

#include "worlds/world.h"

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	char *got = mmap(address, length, protection, flags, fd, offset);

	if (got != MAP_FAILED && flags & MAP_FIXED_NOREPLACE && length > page_size()) {
		munmap(got + length - page_size(), page_size());
	}
	return got;
}

WORLD("A machine whose mappings, made at an order, lack their last page",
      .breaks = "frag-02 frag-03 frag-05 frag-06 frag-08 frag-10 frag-18 frag-19 "
		"each_block_is_aligned_to_its_size it_stops_at_the_first_that_suffices "
		"where_one_hole_suffices_all_agree a_power_of_two_wastes_nothing "
		"worst_fit_treats_all_quarters_alike",
      .spares = "the_others_look_at_every_hole two_holes_serve_no_double_request", .mmap = map);
