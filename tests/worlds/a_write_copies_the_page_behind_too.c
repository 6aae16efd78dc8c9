/* SPDX-License-Identifier: MIT */
/* Around the page that is written, its neighbour is copied as well. No byte is wrong. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/acts.h"

static void copy_behind(char *page)
{
	char *behind = page + page_size();

	if (is_watched(behind)) {
		mprotect(behind, page_size(), PROT_READ | PROT_WRITE);
		store(behind, load(behind));
	}
}

static void watch_all(void)
{
	watch_private(PROT_READ, copy_behind);
}

static void watch_parent(pid_t child)
{
	(void)child;
	watch_all();
}

static void *watch_file(void *address, size_t length, int protection, int flags, int fd,
			off_t offset)
{
	char *area = mmap(address, length, protection, flags, fd, offset);

	if (area != MAP_FAILED && fd >= 0 && (flags & MAP_TYPE) == MAP_PRIVATE &&
	    protection & PROT_WRITE) {
		watch(area, length, PROT_READ, copy_behind);
	}
	return area;
}

WORLD("A machine on which a write copies the page behind it as well",
      .breaks = "cow-03 the_piece_that_is_copied_is_one_page a_written_page_is_anonymous "
		"each_writer_parts_alone a_copy_is_shared_in_its_turn "
		"the_pages_beside_a_written_one_follow_the_file each_page_written_takes_one "
		"each_store_brings_one_page a_present_page_can_be_repaired"
		" pinned_pages_are_copied_at_once.without_a_pin_nothing_is_copied",
      .spares = "fork-04 fork-05 cow-05 cow-07 a_fork_takes_no_frame reading_parts_nothing "
		"fault-20",
      .born = watch_all, .forked = watch_parent, .mmap = watch_file);
