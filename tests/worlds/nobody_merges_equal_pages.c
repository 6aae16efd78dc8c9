/* SPDX-License-Identifier: MIT */
/* MADV_MERGEABLE is accepted and forgotten. */
#include <sys/mman.h>

#include "worlds/world.h"

static int advise(void *address, size_t length, int advice)
{
	return advice == MADV_MERGEABLE ? 0 : madvise(address, length, advice);
}

WORLD("A machine that merges nothing, though it says so",
      .breaks = "equal_pages_become_one a_store_parts_them_again a_byte_of_difference_is_enough "
		"nobody_merges_unasked",
      .spares = "opt-03 frag-13", .madvise = advise);
