/* SPDX-License-Identifier: MIT */
/* Rights are looked at for the first page; the last of several may do everything. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static void *permit_the_last(void *address, size_t length, int protection, int flags, int fd,
			     off_t offset)
{
	char *area = mmap(address, length, protection, flags, fd, offset);
	size_t pages = length / page_size();
	int readable = PROT_READ | PROT_WRITE;

	if (area != MAP_FAILED && pages > 1 &&
	    mprotect(page(area, pages - 1), page_size(), readable | PROT_EXEC) != 0) {
		mprotect(page(area, pages - 1), page_size(), readable);
	}
	return area;
}

WORLD("A machine where the last page of a mapping has every right",
      .breaks = "memory-mapping.prot*.none_forbids_everything "
		"memory-mapping.prot*.read_forbids_stores "
		"memory-mapping.prot*.exec_permits_calls_and_no_stores"
		" a_hole_leaves_both_of_its_sides.at_an_end_it_leaves_one "
		"guard_pages_stop_an_overrun.a_guard_made_by_mprotect_splits_the_area",
      .spares = "write_permits_stores map-02 munmap-01", .mmap = permit_the_last);
