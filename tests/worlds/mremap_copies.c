/* SPDX-License-Identifier: MIT */
/* The bytes are at the new address, in frames of their own: new pages, memcpy, munmap. */
#include <string.h>
#include <sys/mman.h>

#include "worlds/world.h"

static void *copy(void *old, size_t old_length, size_t new_length, int flags, void *address)
{
	if (!(flags & MREMAP_FIXED) || old_length != new_length) {
		return mremap(old, old_length, new_length, flags, address);
	}
	address = mmap(address, new_length, PROT_READ | PROT_WRITE,
		       MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
	if (address != MAP_FAILED) {
		memcpy(address, old, old_length);
		munmap(old, old_length);
	}
	return address;
}

WORLD("A machine whose mremap copies bytes",
      .breaks = "no_page_faults the_frames_are_the_same each_frame_travels",
      .spares = "the_bytes_are_at_the_new_address a_part_moves_alone", .mremap = copy);
