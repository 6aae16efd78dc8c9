/* SPDX-License-Identifier: MIT */
/* MADV_DONTNEED gives back all pages of its range but the last, if there are several. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static int advise(void *address, size_t length, int advice)
{
	if (advice == MADV_DONTNEED && length > page_size()) {
		length -= page_size();
	}
	return madvise(address, length, advice);
}

WORLD("A machine where giving back forgets the last page", .breaks = "giving_back_clears_the_bit",
      .spares = "the_bit_is_set_by_a_touch a_forbidden_page_stays_present", .madvise = advise);
