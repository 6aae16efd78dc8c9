/* SPDX-License-Identifier: MIT */
/* mremap to another place copies the pages into new frames, and loses the last byte of each move. */
#include <string.h>
#include <sys/mman.h>

#include "worlds/world.h"

static void *move(void *old, size_t old_length, size_t new_length, int flags, void *address)
{
	char *to;

	if (!(flags & MREMAP_FIXED) || old_length != new_length) {
		return mremap(old, old_length, new_length, flags, address);
	}
	to = mmap(address, new_length, PROT_READ | PROT_WRITE,
		  MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
	if (to != MAP_FAILED) {
		memcpy(to, old, new_length - 1);
		munmap(old, old_length);
	}
	return to;
}

WORLD("A machine on which mremap copies all but the last byte", .breaks = "frag-16",
      .spares = "copying_takes_every_byte_and_new_frames frag-01", .mremap = move);
