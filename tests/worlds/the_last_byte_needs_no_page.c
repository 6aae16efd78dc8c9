/* SPDX-License-Identifier: MIT */
/* Of a region that is longer than whole pages the rest lies in its first page, once more. */
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	size_t whole = length / page_size() * page_size();

	if (!(flags & MAP_ANONYMOUS) || !(flags & MAP_FIXED) || length == whole || whole == 0) {
		return mmap(address, length, protection, flags, fd, offset);
	}

	int common = (int)syscall(SYS_memfd_create, "common", 0);
	char *area = mmap(address, length, protection, flags, fd, offset);

	if (common >= 0 && ftruncate(common, (off_t)page_size()) == 0 && area != MAP_FAILED) {
		mmap(area, page_size(), protection, MAP_SHARED | MAP_FIXED, common, 0);
		mmap(area + whole, page_size(), protection, MAP_SHARED | MAP_FIXED, common, 0);
	}
	close(common);
	return area;
}

WORLD("A machine where the rest of a region lies in its first page",
      .breaks = "one_byte_more_costs_another_page half_a_page_is_wasted_on_average",
      .spares = "one_byte_costs_a_page whole_pages_waste_nothing", .mmap = map);
