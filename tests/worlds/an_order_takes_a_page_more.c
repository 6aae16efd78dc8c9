/* SPDX-License-Identifier: MIT */
/* What MAP_FIXED maps over something that was mapped is a page longer than it was told. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/gate.h"

static void *take_more(void *address, size_t length, int protection, int flags, int fd,
		       off_t offset)
{
	if (flags & MAP_FIXED && flags & MAP_ANONYMOUS && protection & PROT_WRITE &&
	    gate_mapping_of((char *)address - 1)) {
		length = (length + page_size() - 1) / page_size() * page_size() + page_size();
	}
	return mmap(address, length, protection, flags, fd, offset);
}

WORLD("A machine where MAP_FIXED replaces a page too many", .breaks = "mmap-03",
      .spares = "mmap-04 mmap-05 a_hint_replaces_nothing", .mmap = take_more);
