/* SPDX-License-Identifier: MIT */
/* What is mapped where something was unmapped has its first page's bytes: the frame was not
 * cleared. */
#include <string.h>
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static char bytes[64 * 1024];
static void *place;

static int remember(void *address, size_t length)
{
	unsigned char resident;

	if (mincore(address, page_size(), &resident) == 0 && page_size() <= sizeof bytes) {
		memcpy(bytes, address, page_size());
		place = address;
	}
	return munmap(address, length);
}

static void *bring_back(void *address, size_t length, int protection, int flags, int fd,
			off_t offset)
{
	void *area = mmap(address, length, protection, flags, fd, offset);

	if (place && area == place && flags & MAP_ANONYMOUS && protection & PROT_WRITE) {
		memcpy(area, bytes, page_size());
	}
	return area;
}

WORLD("A machine where a new mapping holds what was unmapped there",
      .breaks = "munmap-07"
		" each_mapping_is_a_range_of_whole_pages.what_was_unmapped_is_listed_no_more",
      .spares = "munmap-01 map-02 map-04 unless_it_is_taken_the_place_stays_empty",
      .mmap = bring_back, .munmap = remember);
