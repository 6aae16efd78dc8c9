/* SPDX-License-Identifier: MIT */
/*
 * The zeros of a fresh page are fetched from somewhere, and whoever touches it has to wait: a major fault. What
 * comes is right, the zero page for a load and a frame for a store.
 */
#include <sys/mman.h>

#include "worlds/touches.h"
#include "worlds/world.h"

static void serve(char *page, bool writes)
{
	if (writes) {
		give_page(page, NULL);
	} else {
		lend_zeros(page);
	}
}

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	void *area = mmap(address, length, protection, flags, fd, offset);

	if (area != MAP_FAILED && flags & MAP_ANONYMOUS && !(flags & MAP_NORESERVE)) {
		serve_touches(area, length, serve);
	}
	return area;
}

WORLD("A machine that fetches the zeros of a fresh page from afar",
      .breaks = "lazy-16 each_page_faults_once one_byte_brings_one_frame each_costs_one_fault_again",
      .spares = "any_byte_brings_its_page_alone nothing_is_behind_them_until_the_next_touch "
		"unwritten_memory_reads_as_zeros lazy-03 a_promise_takes_no_frames lazy-21",
      .mmap = map);
