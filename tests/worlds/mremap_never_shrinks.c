/* SPDX-License-Identifier: MIT */
/* mremap accepts a shorter length, and keeps the tail. */
#include <sys/mman.h>

#include "worlds/world.h"

static void *keep(void *old, size_t old_length, size_t new_length, int flags, void *address)
{
	return new_length < old_length && new_length > 0 && !(flags & MREMAP_FIXED)
		       ? old
		       : mremap(old, old_length, new_length, flags, address);
}

WORLD("A machine where a shorter area keeps its tail", .breaks = "mremap-03",
      .spares = "mremap-01 mremap-02 mremap-16 mremap-11", .mremap = keep);
