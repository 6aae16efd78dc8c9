/* SPDX-License-Identifier: MIT */
/* Who gets huge pages, by whatever way, gets a lowest table more for them than is ever needed. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static void add_table(void)
{
	size_t stretch = page_size() / sizeof(void *) * page_size();
	char *area = mmap(NULL, 2 * stretch, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE,
			  -1, 0);

	load(area + stretch);
}

static int advise(void *address, size_t length, int advice)
{
	int answer = madvise(address, length, advice);

	if (answer == 0 && (advice == MADV_HUGEPAGE || advice == 25 /* MADV_COLLAPSE */)) {
		add_table();
	}
	return answer;
}

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	void *area = mmap(address, length, protection, flags, fd, offset);

	if (area != MAP_FAILED && flags & MAP_HUGETLB) {
		add_table();
	}
	return area;
}

WORLD("A machine where huge pages bring a table more", .breaks = "ptable-15",
      .spares = "small_pages_need_lowest_tables small_pages_in_the_same_room_need_tables",
      .madvise = advise, .mmap = map);
