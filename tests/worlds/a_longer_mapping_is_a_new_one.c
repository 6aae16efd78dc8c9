/* SPDX-License-Identifier: MIT */
/* A private mapping that is made longer shows the file again, and nothing of what was stored. */
#include <sys/mman.h>

#include "worlds/gate.h"

static void *map_anew(void *old, size_t old_length, size_t new_length, int flags, void *address)
{
	char *area = mremap(old, old_length, new_length, flags, address);
	const struct mapping *from = gate_mapping_of(old);

	if (area != MAP_FAILED && from && !(from->flags & MAP_ANONYMOUS) &&
	    new_length > old_length && old_length > 0) {
		mmap(area, new_length, from->protection, from->flags | MAP_FIXED, from->fd, 0);
	}
	return area;
}

WORLD("A machine where a longer mapping is a new one", .breaks = "copies_are_kept",
      .spares = "more_of_the_file_shows mremap-17 private_memory_always_has_more",
      .mremap = map_anew);
