/* SPDX-License-Identifier: MIT */
/*
 * All pages of all longer anonymous mappings are one page, and nobody takes it away from who
 * writes.
 */
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/memory.h>
#include <touchstone/outcome.h>

#include "worlds/world.h"

enum { PAGES = 256 };

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	static int zeros = -1;
	char *area = mmap(address, length, protection, flags, fd, offset);

	if (area == MAP_FAILED || !(flags & MAP_ANONYMOUS) || length != PAGES * page_size()) {
		return area;
	}
	if (zeros < 0) {
		zeros = memfd_create("zeros", MFD_CLOEXEC);
		arrange(zeros >= 0 && ftruncate(zeros, (off_t)page_size()) == 0);
	}
	for (size_t i = 0; i < PAGES; i++) {
		arrange(mmap(page(area, i), page_size(), protection, MAP_SHARED | MAP_FIXED, zeros,
			     0) != MAP_FAILED);
	}
	return area;
}

WORLD("A machine whose page of zeros can be written",
      .breaks = "unwritten_memory_reads_as_zeros a_write_is_seen_by_no_other_reader"
		" a_first_touch_evicts_nobody.without_room_somebody_does "
		"a_write_ends_the_loan_of_the_zero_page.a_write_after_a_write_faults_no_more "
		"filling_a_mebibyte_costs_a_fault_a_page.filling_again_costs_nothing "
		"reading_borrows_the_zero_page.a_first_write_gets_a_frame_at_once "
		"reading_borrows_the_zero_page.writers_share_no_frame",
      .spares = "a_partly_written_page_keeps_its_zeros the_rest_of_the_memory_is_zero lazy-21",
      .mmap = map);
