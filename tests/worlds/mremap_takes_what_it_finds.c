/* SPDX-License-Identifier: MIT */
/* What mremap cannot move it replaces by new memory. */
#include <errno.h>
#include <sys/mman.h>

#include "worlds/world.h"

static void *map_anew(void *old, size_t old_length, size_t new_length, int flags, void *address)
{
	void *area = mremap(old, old_length, new_length, flags, address);

	return area == MAP_FAILED && errno == EFAULT
		       ? mmap(NULL, new_length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS,
			      -1, 0)
		       : area;
}

WORLD("A machine where mremap takes what it finds", .breaks = "mremap-11",
      .spares = "mremap-01 mremap-02 one_area_is_accepted", .mremap = map_anew);
