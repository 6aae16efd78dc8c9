/* SPDX-License-Identifier: MIT */
/* The 41st page of a mapped file shows what the 42nd holds. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static void *mix_up(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	enum { MIXED_UP = 40 };
	char *area = mmap(address, length, protection, flags, fd, offset);

	if (area != MAP_FAILED && !(flags & MAP_ANONYMOUS) &&
	    length > (MIXED_UP + 1) * page_size()) {
		mmap(page(area, MIXED_UP), page_size(), protection, flags | MAP_FIXED, fd,
		     offset + (off_t)((MIXED_UP + 1) * page_size()));
	}
	return area;
}

WORLD("A machine where one page of a file is mapped in place of another",
      .breaks = "the_order_of_touching_does_not_matter a_walk_comes_to_its_end",
      .spares = "each_byte_is_where_read_finds_it the_last_page_is_filled_with_zeros mapfile-02",
      .mmap = mix_up);
