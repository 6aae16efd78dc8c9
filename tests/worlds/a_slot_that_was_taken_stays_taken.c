/* SPDX-License-Identifier: MIT */
/* With the pages that go out for the first time go copies of most of them, which nobody ever gives up. */
#include <string.h>
#include <sys/mman.h>

#include "worlds/world.h"

static int advise(void *address, size_t length, int advice)
{
	static void *known;
	size_t three_quarters = length / 4 * 3;

	if (advice == MADV_PAGEOUT && address != known) {
		void *copies = mmap(NULL, three_quarters, PROT_READ | PROT_WRITE,
				    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

		known = address;
		memcpy(copies, address, three_quarters);
		madvise(copies, three_quarters, MADV_PAGEOUT);
	}
	return madvise(address, length, advice);
}

WORLD("A machine where a slot that was taken stays taken",
      .breaks = "a_store_that_brings_a_page_in_frees_its_slot",
      .spares = "swap-08 swap-09 a_block_device_holds_swapped_pages", .madvise = advise);
