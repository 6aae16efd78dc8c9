/* SPDX-License-Identifier: MIT */
/* munmap of several pages leaves the last of them mapped. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static int unmap(void *address, size_t length)
{
	return munmap(address, length > page_size() ? length - page_size() : length);
}

WORLD("A machine on which the last page of what is unmapped stays behind",
      .breaks = "frag-02 frag-03 frag-04 frag-05 frag-06 frag-07 frag-08 frag-10 frag-18 frag-19 "
		"each_block_is_aligned_to_its_size each_hole_serves_a_request_of_its_size "
		"where_one_hole_suffices_all_agree neighbours_that_are_no_buddies_stay_apart "
		"pieces_of_one_size_fit_any_hole requests_of_one_size_leave_no_splinters",
      .spares = "two_holes_serve_no_double_request frag-16", .munmap = unmap);
