/* SPDX-License-Identifier: MIT */
/* A page that is not mapped is not in memory, and no error. */
#include <errno.h>
#include <sys/mman.h>

#include "worlds/world.h"

static int tell(void *address, size_t length, unsigned char *told)
{
	int answer = mincore(address, length, told);

	return answer != 0 && errno == ENOMEM ? 0 : answer;
}

WORLD("A machine whose mincore overlooks holes", .breaks = "a_range_with_a_hole_is_refused",
      .spares = "each_page_has_its_byte a_crooked_start_is_refused "
		"an_answer_without_room_is_refused",
      .mincore = tell);
