/* SPDX-License-Identifier: MIT */
/* From the 4096th page on every page is answered as if it were not there. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

enum { PIECE = 1 << 12 };

static int tell(void *address, size_t length, unsigned char *told)
{
	int answer = mincore(address, length, told);

	for (size_t i = PIECE; answer == 0 && i < length / page_size(); i++) {
		told[i] = 0;
	}
	return answer;
}

WORLD("A machine whose mincore loses its place in a long range",
      .breaks = "a_long_range_is_answered_in_full",
      .spares = "each_page_has_its_byte no_bytes_is_no_answer mincore-04", .mincore = tell);
