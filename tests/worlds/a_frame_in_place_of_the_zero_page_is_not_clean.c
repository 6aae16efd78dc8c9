/* SPDX-License-Identifier: MIT */
/*
 * The frame that takes the place of the zero page, when a page that was read is written, is no copy
 * of it: its last byte is not zero. Pages that are written at once are right.
 */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/touches.h"
#include "worlds/world.h"

static char frame[64 * 1024];

static void serve(char *page, bool writes)
{
	unsigned char there;

	if (!writes) {
		lend_zeros(page);
	} else if (mincore(page, page_size(), &there) == 0 && there & 1) {
		frame[page_size() - 1] = 'r';
		madvise(page, page_size(), MADV_DONTNEED);
		give_page(page, frame);
	} else {
		give_page(page, NULL);
	}
}

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	void *area = mmap(address, length, protection, flags, fd, offset);

	if (area != MAP_FAILED && flags & MAP_ANONYMOUS && flags & MAP_PRIVATE) {
		serve_touches_and_writes(area, length, serve);
	}
	return area;
}

WORLD("A machine where the frame that follows the zero page is not clean",
      .breaks = "a_partly_written_page_keeps_its_zeros private_memory_is_zero"
		" frames_can_come_before_the_touch.populating_for_reading_is_not_enough",
      .spares = "the_rest_of_the_memory_is_zero unwritten_memory_reads_as_zeros "
		"memory_given_back_comes_back_empty",
      .enter = prepare_to_serve, .mmap = map);
