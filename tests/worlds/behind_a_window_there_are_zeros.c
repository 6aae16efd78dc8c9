/* SPDX-License-Identifier: MIT */
/* What a mapping of a file grows by is memory. */
#include <sys/mman.h>

#include "worlds/gate.h"

static void *map_memory(void *old, size_t old_length, size_t new_length, int flags, void *address)
{
	char *area = mremap(old, old_length, new_length, flags, address);
	const struct mapping *from = gate_mapping_of(old);

	if (area != MAP_FAILED && from && !(from->flags & MAP_ANONYMOUS) &&
	    new_length > old_length && old_length > 0) {
		mmap(area + old_length, new_length - old_length, PROT_READ | PROT_WRITE,
		     MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
	}
	return area;
}

WORLD("A machine where a longer mapping of a file shows zeros", .breaks = "mremap-16",
      .spares = "mremap-17 private_memory_always_has_more mremap-01", .mremap = map_memory);
