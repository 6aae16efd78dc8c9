/* SPDX-License-Identifier: MIT */
/* A byte is written for the page behind the range, too. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static int tell(void *address, size_t length, unsigned char *told)
{
	int answer = mincore(address, length, told);

	if (answer == 0 && length > 0) {
		told[(length - 1) / page_size() + 1] = 1;
	}
	return answer;
}

WORLD("A machine whose mincore answers a byte too many",
      .breaks = "each_page_has_its_byte an_answer_without_room_is_refused "
		"mincore_answers_a_byte_a_page.what_fits_is_answered",
      .spares = "no_bytes_is_no_answer a_crooked_start_is_refused", .mincore = tell);
