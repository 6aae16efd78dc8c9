/* SPDX-License-Identifier: MIT */
/* However long a mapping is, its last four pages have frames from the start; all others are lazy.
 */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

enum { LAST = 4 };

static void *attach(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	char *area = mmap(address, length, protection, flags, fd, offset);
	size_t pages = length / page_size();

	if (area != MAP_FAILED && flags & MAP_ANONYMOUS && pages >= LAST) {
		for (size_t i = pages - LAST; i < pages; i++) {
			store(page(area, i), 0);
		}
	}
	return area;
}

WORLD("A machine whose mmap attaches the last four pages at once",
      .breaks = "lazy-02 lazy-03 lazy-08 lazy-09 one_byte_brings_one_frame "
		"the_ends_of_a_page_belong_to_it what_lies_across_a_border_brings_two "
		"a_promise_takes_no_frames faults_follow_the_touches"
		" shared_memory_gets_frames_even_for_reads.private_memory_borrows_the_zero_page",
      .spares = "lazy-14 the_rest_of_the_memory_is_zero promises_add_up_to_more_than_there_is "
		"lazy-18",
      .mmap = attach);
