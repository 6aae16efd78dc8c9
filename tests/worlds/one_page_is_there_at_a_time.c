/* SPDX-License-Identifier: MIT */
/*
 * Each touch of a page that is not there takes away, with all that is in it, the page that was
 * touched before.
 */
#include <stdint.h>
#include <sys/mman.h>
#include <time.h>

#include <touchstone/memory.h>

#include "worlds/touches.h"
#include "worlds/world.h"

enum { FETCHING = 20000 }; /* nanoseconds, which make up for who is served sooner or later */

static int64_t now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

static void serve(char *page, bool writes)
{
	static char *last;
	int64_t start = now();

	(void)writes;
	if (last) {
		madvise(last, page_size(), MADV_DONTNEED);
	}
	last = page;
	while (now() - start < FETCHING) {
	}
	give_page(page, NULL);
}

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	void *area = mmap(address, length, protection, flags, fd, offset);

	if (area != MAP_FAILED && flags & MAP_ANONYMOUS && flags & MAP_PRIVATE) {
		serve_touches(area, length, serve);
	}
	return area;
}

WORLD("A machine where one page is there at a time",
      .breaks =
	      "the_second_touch_is_cheap faults_follow_the_touches earlier_pages_stay"
	      " a_child_begins_with_its_parents_memory.a_process_may_also_share_the_address_space",
      .spares = "each_page_touched_costs a_longer_promise_costs_no_more lazy-02 lazy-21",
      .enter = prepare_to_serve, .mmap = map);
