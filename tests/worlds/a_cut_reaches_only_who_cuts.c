/* SPDX-License-Identifier: MIT */
/* Other processes keep the pages that they have mapped, as if these were their own. */
#include <stdbool.h>
#include <sys/mman.h>
#include <unistd.h>

#include "worlds/world.h"

static bool is_child;

static void begin(void)
{
	is_child = true;
}

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	char *area = mmap(address, length, protection, flags, fd, offset);

	if (area != MAP_FAILED && is_child && !(flags & MAP_ANONYMOUS)) {
		area = mmap(area, length, protection, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1,
			    0);
		(void)!pread(fd, area, length, offset);
	}
	return area;
}

WORLD("A machine where a cut reaches only the mappings of who cuts",
      .breaks = "other_processes_lose_them_too",
      .spares = "pages_that_were_touched_are_gone even_private_copies_are_gone "
		"no_frame_is_left_behind_the_cut",
      .mmap = map, .born = begin);
