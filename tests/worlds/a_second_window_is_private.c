/* SPDX-License-Identifier: MIT */
/* The window that mremap opens of no bytes has the bytes, and keeps what is stored. */
#include <string.h>
#include <sys/mman.h>

#include "worlds/world.h"

static void *copy(void *old, size_t old_length, size_t new_length, int flags, void *address)
{
	char *area = mremap(old, old_length, new_length, flags, address);

	if (area != MAP_FAILED && old_length == 0) {
		mmap(area, new_length, PROT_READ | PROT_WRITE,
		     MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
		memcpy(area, old, new_length);
	}
	return area;
}

WORLD("A machine where mremap of no bytes copies", .breaks = "mremap-09",
      .spares = "mremap-10 with_a_length_the_window_moves map-16", .mremap = copy);
