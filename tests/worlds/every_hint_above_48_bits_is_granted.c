/* SPDX-License-Identifier: MIT */
/* A page ordered above 48 bits is said to be there, whether there are such addresses or not. */
#include <stdint.h>
#include <sys/mman.h>

#include "worlds/world.h"

static void *place(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	if ((uint64_t)(uintptr_t)address >> 47 == 1) {
		return address;
	}
	return mmap(address, length, protection, flags, fd, offset);
}

WORLD("A machine that grants a page where there are no addresses",
      .breaks = "how_many_bits_an_address_has_is_found_by_trying",
      .spares = "a_program_can_do_nothing_there no_mapping_can_be_ordered_there", .mmap = place);
