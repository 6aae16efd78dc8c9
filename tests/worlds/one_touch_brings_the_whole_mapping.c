/* SPDX-License-Identifier: MIT */
/* The first touch of a mapping, wherever it falls, brings all the other pages of it, too. */
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/memory.h>

#include "worlds/gate.h"
#include "worlds/touches.h"
#include "worlds/world.h"

enum { FETCHING = 2000 }; /* microseconds, however long the mapping is */

static const char *touched;

static void bring(const struct mapping *mapping)
{
	if (mapping->start <= touched && touched < mapping->start + mapping->length) {
		for (size_t i = 0; i < mapping->length; i += page_size()) {
			give_page(mapping->start + i, NULL);
		}
	}
}

static void serve(char *page, bool writes)
{
	(void)writes;
	touched = page;
	usleep(FETCHING);
	gate_each_mapping(bring);
}

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	void *area = mmap(address, length, protection, flags, fd, offset);

	if (area != MAP_FAILED && flags & MAP_ANONYMOUS && !(flags & MAP_NORESERVE)) {
		serve_touches(area, length, serve);
	}
	return area;
}

WORLD("A machine where one touch brings the whole mapping",
      .breaks = "each_page_touched_costs lazy-08 lazy-09 one_byte_brings_one_frame "
		"the_ends_of_a_page_belong_to_it what_lies_across_a_border_brings_two "
		"any_byte_brings_its_page_alone a_word_across_a_border_brings_both_pages "
		"only_what_is_delivered_attaches nothing_is_behind_them_until_the_next_touch",
      .spares = "the_rest_of_the_memory_is_zero given_back_pages_read_zero lazy-03 "
		"a_word_across_a_border_is_whole a_longer_promise_costs_no_more",
      .enter = prepare_to_serve, .mmap = map);
