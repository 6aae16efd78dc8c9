/* SPDX-License-Identifier: MIT */
/* mremap makes room for what is to be longer. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/gate.h"

static void *make_room(void *old, size_t old_length, size_t new_length, int flags, void *address)
{
	char *end = (char *)old + old_length;
	const struct mapping *behind = gate_mapping_of(end + page_size());

	if (!(flags & MREMAP_FIXED) && new_length > old_length && behind && behind->start > end) {
		munmap(end, new_length - old_length);
	}
	return mremap(old, old_length, new_length, flags, address);
}

WORLD("A machine where an area grows over what is behind it",
      .breaks = "a_mapping_there_takes_the_room",
      .spares = "mremap-01 without_room_and_leave_it_fails by_leave_it_moves mremap-03",
      .mremap = make_room);
