/* SPDX-License-Identifier: MIT */
/* The last page of a private mapping of a file is the file's own, and stays it. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static void *map_last_page_shared(void *address, size_t length, int protection, int flags, int fd,
				  off_t offset)
{
	char *area = mmap(address, length, protection, flags, fd, offset);

	if (area != MAP_FAILED && fd >= 0 && (flags & MAP_TYPE) == MAP_PRIVATE &&
	    protection & PROT_WRITE) {
		size_t last = (length - 1) / page_size() * page_size();

		mmap(area + last, page_size(), protection, MAP_SHARED | MAP_FIXED, fd,
		     offset + (off_t)last);
	}
	return area;
}

WORLD("A machine on which private writes to the last page of a mapping reach the file",
      .breaks = "nobody_sees_private_writes no_flush_and_no_end_brings_them_out "
		"a_private_file_mapping_becomes_two"
		" a_mapping_is_either_shared_or_private.either_flag_alone_is_accepted "
		"shared_mappings_show_what_is_written_to_the_file.a_written_private_mapping_does_"
		"not shared_memory_is_one_for_parent_and_child.the_flag_alone_decides",
      .spares = "cow-01 cow-09 cow-10 the_piece_that_is_copied_is_one_page",
      .mmap = map_last_page_shared);
