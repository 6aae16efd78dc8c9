/* SPDX-License-Identifier: MIT */
/* A child goes on with its parent's translations: its private memory is its parent's. */
#include <sys/mman.h>

#include "worlds/world.h"

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	if (flags & MAP_PRIVATE && flags & MAP_ANONYMOUS && protection != PROT_NONE) {
		flags = (flags & ~MAP_PRIVATE) | MAP_SHARED;
	}
	return mmap(address, length, protection, flags, fd, offset);
}

WORLD("A machine where all processes have one translation",
      .breaks = "no_process_reads_by_anothers", .spares = "tlb-05 tlb-09", .mmap = map);
