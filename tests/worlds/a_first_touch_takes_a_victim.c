/* SPDX-License-Identifier: MIT */
/*
 * As document 002 has it: whatever memory is free, a first touch has the kernel look for a victim.
 * It lets go of what is mapped of a file, and of the anonymous page that was brought sixty-four
 * touches before.
 */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/gate.h"
#include "worlds/touches.h"
#include "worlds/world.h"

#ifndef MADV_PAGEOUT
#define MADV_PAGEOUT 21
#endif

enum { KEPT = 64 };

static char *brought[KEPT];
static size_t touches;

static void let_go_of_file(const struct mapping *mapping)
{
	if (mapping->fd >= 0) {
		madvise(mapping->start, mapping->length, MADV_PAGEOUT);
	}
}

static void serve(char *page, bool writes)
{
	char **oldest = &brought[touches++ % KEPT];

	(void)writes;
	if (*oldest) {
		madvise(*oldest, page_size(), MADV_DONTNEED);
	}
	*oldest = page;
	gate_each_mapping(let_go_of_file);
	give_page(page, NULL);
}

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	void *area = mmap(address, length, protection, flags, fd, offset);

	if (area != MAP_FAILED && flags & MAP_ANONYMOUS) {
		serve_touches(area, length, serve);
	}
	return area;
}

WORLD("A machine where a first touch takes a victim, though memory is free",
      .breaks = "lazy-17"
		" a_threads_stack_ends_at_its_guard.without_a_guard_the_neighbour_is_overwritten",
      .spares = "a_word_across_a_border_is_whole a_copy_that_faults_on_its_way_is_whole lazy-02 "
		"given_back_pages_read_zero",
      .enter = prepare_to_serve, .mmap = map);
