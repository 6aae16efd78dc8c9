/* SPDX-License-Identifier: MIT */
/* Of several pages that are given up the last one stays. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static int advise(void *address, size_t length, int advice)
{
	return madvise(address, advice == MADV_DONTNEED ? length - page_size() : length, advice);
}

WORLD("A machine where the last page is not given up",
      .breaks = " "
		"a_change_of_rights_leaves_the_pages_alone.what_is_given_up_is_not_there",
      .spares = "prot-40 prot-41 prot-42", .madvise = advise);
