/* SPDX-License-Identifier: MIT */
/* With a mapping its pages go out of the object, though others map it, too. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static int take_the_pages(void *address, size_t length)
{
	size_t whole = (length + page_size() - 1) / page_size() * page_size();

	madvise(address, whole, MADV_REMOVE); /* refused where the memory is private */
	return munmap(address, length);
}

WORLD("A machine whose munmap empties the object behind a shared mapping",
      .breaks =
	      "munmap-08"
	      " recycled_frames_carry_nothing_over.memory_that_still_has_an_owner_keeps_its_bytes",
      .spares = "munmap-01 munmap-03 munmap-05 munmap-06", .munmap = take_the_pages);
