/* SPDX-License-Identifier: MIT */
/* What private memory grows by cannot be touched. */
#include <sys/mman.h>

#include "worlds/gate.h"

static void *forbid(void *old, size_t old_length, size_t new_length, int flags, void *address)
{
	char *area = mremap(old, old_length, new_length, flags, address);
	const struct mapping *from = gate_mapping_of(old);

	if (area != MAP_FAILED && from && from->flags & MAP_PRIVATE &&
	    from->flags & MAP_ANONYMOUS && new_length > old_length && old_length > 0) {
		mprotect(area + old_length, new_length - old_length, PROT_NONE);
	}
	return area;
}

WORLD("A machine where what private memory grows by cannot be touched",
      .breaks = "private_memory_always_has_more without_the_limits_it_grows mremap-01",
      .spares = "mremap-16 mremap-17 map-16", .mremap = forbid);
