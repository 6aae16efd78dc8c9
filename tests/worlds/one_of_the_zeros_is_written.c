/* SPDX-License-Identifier: MIT */
/* Whatever goes to swap, a page of other bytes is written beside it. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static int advise(void *address, size_t length, int advice)
{
	static unsigned seed = 1000;

	if (advice == MADV_PAGEOUT) {
		char *aside = mmap(NULL, page_size(), PROT_READ | PROT_WRITE,
				   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

		write_pattern(aside, page_size(), seed++);
		madvise(aside, page_size(), MADV_PAGEOUT);
	}
	return madvise(address, length, advice);
}

WORLD("A machine where one page is written with however many zeros",
      .breaks = "zeros_are_not_written zeros_take_no_room the_area_stays_empty",
      .spares = "a_slot_forgets_the_zeros one_byte_makes_the_difference swap-02 swap-03",
      .madvise = advise);
