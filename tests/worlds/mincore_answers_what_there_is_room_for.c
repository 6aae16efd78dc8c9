/* SPDX-License-Identifier: MIT */
/* An answer that does not fit as a whole is given as far as it does. */
#include <errno.h>
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static int tell(void *address, size_t length, unsigned char *told)
{
	int answer = mincore(address, length, told);

	if (answer != 0 && errno == EFAULT && length > page_size()) {
		answer = mincore(address, page_size(), told);
	}
	return answer;
}

WORLD("A machine whose mincore answers what there is room for",
      .breaks = "an_answer_without_room_is_refused",
      .spares = "each_page_has_its_byte a_range_with_a_hole_is_refused", .mincore = tell);
