/* SPDX-License-Identifier: MIT */
/* MAP_FIXED replaces everything but shared memory that is in its way. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/gate.h"

static void *step_over(void *address, size_t length, int protection, int flags, int fd,
		       off_t offset)
{
	if (!(flags & MAP_FIXED) || !(flags & MAP_ANONYMOUS) || !gate_mapping_of(address)) {
		return mmap(address, length, protection, flags, fd, offset);
	}
	for (size_t at = 0; at < length; at += page_size()) {
		const struct mapping *there = gate_mapping_of((char *)address + at);

		if (!there ||
		    (there->flags & (MAP_TYPE | MAP_ANONYMOUS)) != (MAP_SHARED | MAP_ANONYMOUS)) {
			mmap((char *)address + at, page_size(), protection, flags, fd, offset);
		}
	}
	return address;
}

WORLD("A machine where MAP_FIXED leaves shared memory in its place",
      .breaks = "whatever_is_there_is_replaced",
      .spares = "every_page_it_touches_is_replaced mmap-04 a_hint_replaces_nothing",
      .mmap = step_over);
