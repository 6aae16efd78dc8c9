/* SPDX-License-Identifier: MIT */
/*
 * MADV_DONTNEED gives back what it is told the first time; from the second time on, one page too
 * few.
 */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static int advise(void *address, size_t length, int advice)
{
	static int times;

	if (advice == MADV_DONTNEED && times++ > 0) {
		length -= page_size();
	}
	return madvise(address, length, advice);
}

WORLD("A machine whose second MADV_DONTNEED leaves the last page",
      .breaks = "given_back_pages_read_zero each_costs_one_fault_again "
		"memory_given_back_comes_back_empty"
		" pages_given_back_are_lazy_again.files_and_shared_memory_keep_their_contents "
		"the_first_touch_is_what_costs.pages_given_back_are_slow_again",
      .spares = "nothing_is_behind_them_until_the_next_touch another_process_leaves_nothing",
      .madvise = advise);
