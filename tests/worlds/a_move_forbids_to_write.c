/* SPDX-License-Identifier: MIT */
/* At its new address the last page can only be read. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static void *forbid(void *old, size_t old_length, size_t new_length, int flags, void *address)
{
	char *area = mremap(old, old_length, new_length, flags, address);

	if (area != MAP_FAILED && flags & MREMAP_FIXED) {
		mprotect(area + new_length - page_size(), page_size(), PROT_READ);
	}
	return area;
}

WORLD("A machine where the last page of a moved area is only read",
      .breaks = "nothing_said_nothing_moves the_bytes_are_at_the_new_address",
      .spares = "permissions_move mremap-05 mremap-03", .mremap = forbid);
