/* SPDX-License-Identifier: MIT */
/* The addresses are free, but the process keeps the frames, where nobody knows. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static int hide(void *address, size_t length)
{
	size_t pages = (length + page_size() - 1) / page_size(), size = pages * page_size();
	int flags = MREMAP_MAYMOVE | MREMAP_FIXED;
	char *hidden = reserve(pages);

	if (page_of(address) != address ||
	    mremap(address, size, size, flags, hidden) != MAP_FAILED) {
		return munmap(address, length);
	}
	for (size_t i = 0; i < pages; i++) {
		mremap(page(address, i), page_size(), page_size(), flags, page(hidden, i));
	}
	return munmap(address, length);
}

WORLD("A machine whose munmap keeps the frames",
      .breaks = "munmap-06 the_frames_become_the_others_own",
      .spares = "munmap-01 munmap-03 munmap-05 munmap-07 other_processes_keep_their_mapping",
      .munmap = hide);
