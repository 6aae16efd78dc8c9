/* SPDX-License-Identifier: MIT */
/* The last page of a private mapping of a file is cut off from the file by mmap itself. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static void *map_and_copy(void *address, size_t length, int protection, int flags, int fd,
			  off_t offset)
{
	char *area = mmap(address, length, protection, flags, fd, offset);

	if (area != MAP_FAILED && fd >= 0 && (flags & MAP_TYPE) == MAP_PRIVATE &&
	    protection & PROT_WRITE) {
		char *last = page(area, (length - 1) / page_size());

		store(last, load(last));
	}
	return area;
}

WORLD("A machine which copies the last page of a private file when it is mapped",
      .breaks = "cow-01 cow-06 cow-09 cow-10 the_piece_that_is_copied_is_one_page"
		" a_private_file_page_is_lent_until_written.a_writer_has_left "
		"private_writes_stay_out_of_the_file.shared_writes_do_reach_the_file",
      .spares = "cow-05 cow-13 a_huge_page_is_copied_by_the_page", .mmap = map_and_copy);
