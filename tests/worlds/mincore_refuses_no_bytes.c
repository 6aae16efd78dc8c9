/* SPDX-License-Identifier: MIT */
/* A length of nothing is an error. */
#include <errno.h>
#include <sys/mman.h>

#include "worlds/world.h"

static int tell(void *address, size_t length, unsigned char *told)
{
	if (length == 0) {
		errno = EINVAL;
		return -1;
	}
	return mincore(address, length, told);
}

WORLD("A machine whose mincore refuses a range of no bytes", .breaks = "no_bytes_is_no_answer",
      .spares = "each_page_has_its_byte a_long_range_is_answered_in_full mincore-04",
      .mincore = tell);
