/* SPDX-License-Identifier: MIT */
/* mmap answers as if it had placed a page in the kernel's half. */
#include <stdint.h>
#include <sys/mman.h>

#include "worlds/world.h"

static void *place(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	if ((flags & MAP_FIXED) && (intptr_t)address < 0) {
		return address;
	}
	return mmap(address, length, protection, flags, fd, offset);
}

WORLD("A machine where kernel addresses may be ordered",
      .breaks = "no_mapping_can_be_ordered_there",
      .spares = "a_program_can_do_nothing_there its_own_addresses_are_within_reach", .mmap = place);
