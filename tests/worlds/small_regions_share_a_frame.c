/* SPDX-License-Identifier: MIT */
/* Regions of less than a page are given one and the same frame. */
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <touchstone/memory.h>
#include <touchstone/outcome.h>

#include "worlds/world.h"

static int common;

static void make_common_frame(void)
{
	common = (int)syscall(SYS_memfd_create, "common", 0);
	arrange(common >= 0 && ftruncate(common, (off_t)page_size()) == 0);
}

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	if (flags & MAP_ANONYMOUS && length < page_size()) {
		return mmap(address, length, protection, (flags & MAP_FIXED) | MAP_SHARED, common,
			    0);
	}
	return mmap(address, length, protection, flags, fd, offset);
}

WORLD("A machine where small regions share a frame",
      .breaks = "one_byte_costs_a_page half_a_page_is_wasted_on_average",
      .spares = "one_byte_more_costs_another_page whole_pages_waste_nothing paging-01",
      .enter = make_common_frame, .mmap = map);
