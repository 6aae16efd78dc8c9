/* SPDX-License-Identifier: MIT */
/* What came first goes first, however it is used: it has gone whenever somebody looks. */
#include <sys/mman.h>

#include <touchstone/memory.h>
#include <touchstone/residency.h>

#include "worlds/world.h"

static char *first;
static size_t length_of_first;

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	void *area = mmap(address, length, protection, flags, fd, offset);

	if (!first && area != MAP_FAILED) {
		first = area;
		length_of_first = length;
	}
	return area;
}

static int unmap(void *address, size_t length)
{
	if (address == first) {
		first = NULL; /* what comes next is the first */
	}
	return munmap(address, length);
}

static void let_the_first_go(const void *start)
{
	if (start == first) {
		madvise(first, length_of_first, MADV_PAGEOUT);
	}
}

static size_t count(const void *start, size_t pages)
{
	let_the_first_go(start);
	return count_in_memory(start, pages);
}

static struct pages look(const char *label, const void *start, size_t pages)
{
	let_the_first_go(start);
	return observe_pages(label, start, pages);
}

WORLD("A machine where age alone decides who goes",
      .breaks = "pages_in_use_stay memory_in_use_stays",
      .spares = "memory_used_often_but_long_ago_goes where_neither_is_used_both_go "
		"memory_that_is_not_used_goes",
      .mmap = map, .munmap = unmap, .count_in_memory = count, .observe_pages = look);
