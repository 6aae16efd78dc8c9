/* SPDX-License-Identifier: MIT */
/* A first read brings a frame of this process's own, and not the common page of zeros. */
#include <sys/mman.h>

#include "worlds/touches.h"
#include "worlds/world.h"

static void serve(char *touched, bool writes)
{
	(void)writes;
	give_page(touched, NULL);
}

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	void *area = mmap(address, length, protection, flags, fd, offset);

	if (area != MAP_FAILED && protection == PROT_READ && flags & MAP_ANONYMOUS) {
		serve_touches(area, length, serve);
	}
	return area;
}

WORLD("A machine where who reads gets a frame of zeros", .breaks = "ptable-16",
      .spares = "what_is_only_mapped_has_no_table a_table_serves_its_whole_stretch",
      .enter = prepare_to_serve, .mmap = map);
