/* SPDX-License-Identifier: MIT */
/* Closing a page closes the page before it as well, which lies behind a segment's limit. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static int close_more(void *address, size_t length, int protection)
{
	if (protection == PROT_NONE) {
		mprotect((char *)address - page_size(), page_size(), PROT_NONE);
	}
	return mprotect(address, length, protection);
}

WORLD("A machine where memory ends with the segment", .breaks = "the_limit_stops_nobody",
      .spares = "rights_of_pages_stop_it seg-03 seg-05", .mprotect = close_more);
