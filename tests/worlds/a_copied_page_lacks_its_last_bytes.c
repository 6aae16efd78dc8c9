/* SPDX-License-Identifier: MIT */
/* The copy of a page that a child writes ends one word early. Until then all bytes are right. */
#include <string.h>
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/acts.h"

static void lose_the_end(char *page)
{
	memset(page + page_size() - sizeof(uint64_t), 0, sizeof(uint64_t));
}

static void watch_child(void)
{
	watch_private(PROT_READ, lose_the_end);
}

static void *watch_file(void *address, size_t length, int protection, int flags, int fd,
			off_t offset)
{
	char *area = mmap(address, length, protection, flags, fd, offset);

	if (area != MAP_FAILED && fd >= 0 && (flags & MAP_TYPE) == MAP_PRIVATE &&
	    protection & PROT_WRITE) {
		watch(area, length, PROT_READ, lose_the_end);
	}
	return area;
}

WORLD("A machine on which the copy of a page lacks the last eight bytes",
      .breaks = "cow-06 cow-07 the_list_is_whole_in_other_frames"
		" a_private_page_follows_its_file_until_written.a_written_page_is_cut_off",
      .spares = "every_kind_of_memory_is_inherited fork-05 cow-01 cow-03 cow-09 "
		"reading_parts_nothing",
      .born = watch_child, .mmap = watch_file);
