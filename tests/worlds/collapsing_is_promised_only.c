/* SPDX-License-Identifier: MIT */
/* MADV_COLLAPSE says that it was done, and does nothing. */
#include <sys/mman.h>

#include <touchstone/huge_pages.h>

#include "worlds/world.h"

static int advise(void *address, size_t length, int advice)
{
	return advice == MADV_COLLAPSE ? 0 : madvise(address, length, advice);
}

WORLD("A machine that promises to collapse pages, and does not",
      .breaks = "its_frames_follow_each_other one_byte_keeps_all_of_it",
      .spares = "one_byte_keeps_a_small_page where_all_is_used_it_wastes_nothing",
      .madvise = advise);
