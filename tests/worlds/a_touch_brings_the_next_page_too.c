/* SPDX-License-Identifier: MIT */
/* A touch brings its page and, unasked, the one behind it. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/touches.h"
#include "worlds/world.h"

static void serve(char *page, bool writes)
{
	if (writes) {
		give_page(page, NULL);
	} else {
		lend_zeros(page);
	}
	give_page(page + page_size(), NULL);
}

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	void *area = mmap(address, length, protection, flags, fd, offset);

	if (area != MAP_FAILED && flags & MAP_ANONYMOUS && !(flags & MAP_NORESERVE)) {
		serve_touches(area, length, serve);
	}
	return area;
}

WORLD("A machine where a touch brings the next page, too",
      .breaks = "any_byte_brings_its_page_alone the_ends_of_a_page_belong_to_it lazy-08 "
		"what_lies_across_a_border_brings_two one_byte_brings_one_frame"
		" the_bit_is_set_by_a_touch "
		"system_calls_touch_like_anybody.a_written_page_is_sent_without_a_fault",
      .spares = "the_rest_of_the_memory_is_zero given_back_pages_read_zero lazy-02 "
		"a_copy_that_faults_on_its_way_is_whole",
      .enter = prepare_to_serve, .mmap = map);
