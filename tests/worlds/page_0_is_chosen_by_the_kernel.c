/* SPDX-License-Identifier: MIT */
/* Who leaves the place to the kernel may be given page 0. */
#include <sys/mman.h>

#include <touchstone/memory.h>
#include <touchstone/outcome.h>

#include "worlds/world.h"

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	if (!address && !(flags & MAP_FIXED) && length == page_size()) {
		address = mmap(address, length, protection, flags | MAP_FIXED, fd, offset);
		if (address == MAP_FAILED) {
			undecided("needs leave to map page 0 for this world: run as root");
		}
		return address;
	}
	return mmap(address, length, protection, flags, fd, offset);
}

WORLD("A machine whose kernel chooses page 0", .breaks = "the_kernel_never_chooses_it",
      .spares = "the_unprivileged_are_refused_it prot-11", .mmap = map);
