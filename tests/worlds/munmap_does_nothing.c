/* SPDX-License-Identifier: MIT */
/* It answers that the pages are gone, and leaves them where they are. */
#include "worlds/world.h"

static int pretend(void *address, size_t length)
{
	(void)address;
	(void)length;
	return 0;
}

WORLD("A machine whose munmap does nothing",
      .breaks = "munmap-01 munmap-03 munmap-05 munmap-06 munmap-08 munmap-09 vma-04 "
		"a_hole_is_in_no_area two_steps_leave_a_gap "
		"a_range_that_a_process_can_have_is_removed "
		"ordinary_pages_need_no_such_care moved_bytes_lose_their_pointers "
		"threads_share_one_address_space.a_child_has_an_address_space_of_its_own",
      .spares = "cow-07 a_crooked_range_is_refused map-09 map-17 page_0_is_in_no_area "
		"vma-03",
      .munmap = pretend);
