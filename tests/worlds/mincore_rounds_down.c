/* SPDX-License-Identifier: MIT */
/* An address inside a page is taken for the page that it lies in. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static int tell(void *address, size_t length, unsigned char *told)
{
	return mincore(page_of(address), length, told);
}

WORLD("A machine whose mincore rounds its address down", .breaks = "a_crooked_start_is_refused",
      .spares = "each_page_has_its_byte a_range_with_a_hole_is_refused "
		"an_answer_without_room_is_refused",
      .mincore = tell);
