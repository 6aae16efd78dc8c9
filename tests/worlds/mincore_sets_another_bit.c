/* SPDX-License-Identifier: MIT */
/* The answer for the last page of a range has a second bit set. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static int tell(void *address, size_t length, unsigned char *told)
{
	int answer = mincore(address, length, told);

	if (answer == 0 && length > 0) {
		told[(length - 1) / page_size()] |= 2;
	}
	return answer;
}

WORLD("A machine whose mincore sets a reserved bit",
      .breaks = "each_page_has_its_byte a_long_range_is_answered_in_full",
      .spares = "no_bytes_is_no_answer mincore-04 "
		"mincore_tells_what_is_in_memory.private_memory_is_there_once_touched",
      .mincore = tell);
