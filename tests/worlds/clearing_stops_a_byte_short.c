/* SPDX-License-Identifier: MIT */
/*
 * A frame is cleared before it is handed out, all but its last byte. The page of zeros, which
 * readers get, is right.
 */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/touches.h"
#include "worlds/world.h"

static char frame[64 * 1024];

static void serve(char *page, bool writes)
{
	frame[page_size() - 1] = 'r';
	if (writes) {
		give_page(page, frame);
	} else {
		lend_zeros(page);
	}
}

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	void *area = mmap(address, length, protection, flags, fd, offset);

	if (area != MAP_FAILED && flags & MAP_ANONYMOUS && flags & MAP_PRIVATE) {
		serve_touches(area, length, serve);
	}
	return area;
}

static void *grow(void *old, size_t old_length, size_t new_length, int flags, void *address)
{
	char *area = mremap(old, old_length, new_length, flags, address);

	if (area != MAP_FAILED && new_length > old_length) {
		serve_touches(area + old_length, new_length - old_length, serve);
	}
	return area;
}

WORLD("A machine that clears a frame but for its last byte",
      .breaks = "lazy-15 private_memory_is_zero a_page_first_written_by_the_kernel_is_zero "
		"grown_memory_is_zero the_rest_of_the_memory_is_zero a_huge_page_starts_as_zeros "
		"a_word_across_a_border_is_whole a_copy_that_faults_on_its_way_is_whole"
		" a_touch_brings_the_whole_page.the_next_byte_is_another_page "
		"an_access_that_faults_arrives_whole.a_word_inside_a_page_faults_once "
		"frames_can_come_before_the_touch.plain_memory_waits_for_the_touch "
		"a_shared_page_costs_its_writer_one_fault.a_page_that_is_nobody_elses_costs_"
		"nothing_more "
		"only_repaired_faults_are_counted.repaired_faults_are_counted",
      .spares = "unwritten_memory_reads_as_zeros shared_memory_is_zero lazy-21 "
		"a_file_that_grows_again_is_zero any_byte_brings_its_page_alone",
      .enter = prepare_to_serve, .mmap = map, .mremap = grow);
