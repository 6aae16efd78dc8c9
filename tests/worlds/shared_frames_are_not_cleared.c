/* SPDX-License-Identifier: MIT */
/* A frame of shared memory is cleared but for its last byte. Private memory is right. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/touches.h"
#include "worlds/world.h"

static void serve(char *page, bool writes)
{
	static char frame[64 * 1024];

	(void)writes;
	frame[page_size() - 1] = 'r';
	give_page(page, frame);
}

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	void *area = mmap(address, length, protection, flags, fd, offset);

	if (area != MAP_FAILED && flags & MAP_ANONYMOUS && (flags & MAP_TYPE) == MAP_SHARED) {
		serve_touches(area, length, serve);
	}
	return area;
}

WORLD("A machine that does not clear the last byte of a shared frame",
      .breaks = "shared_memory_is_zero whoever_looked_before_sees_what_is_written",
      .spares = "a_read_brings_a_frame_of_its_own reads_make_it_grow each_page_has_another_frame "
		"private_memory_is_zero a_file_that_grows_again_is_zero",
      .enter = prepare_to_serve, .mmap = map);
