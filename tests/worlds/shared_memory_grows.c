/* SPDX-License-Identifier: MIT */
/* Behind the end of shared memory there is more memory. */
#include <sys/mman.h>

#include "worlds/gate.h"

static void *map_more(void *old, size_t old_length, size_t new_length, int flags, void *address)
{
	char *area = mremap(old, old_length, new_length, flags, address);
	const struct mapping *from = gate_mapping_of(old);

	if (area != MAP_FAILED && from && from->flags & MAP_SHARED && from->flags & MAP_ANONYMOUS &&
	    new_length > old_length && old_length > 0) {
		mmap(area + old_length, new_length - old_length, PROT_READ | PROT_WRITE,
		     MAP_SHARED | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
	}
	return area;
}

WORLD("A machine where shared memory grows with its mapping", .breaks = "mremap-17",
      .spares = "mremap-16 private_memory_always_has_more mremap-09", .mremap = map_more);
