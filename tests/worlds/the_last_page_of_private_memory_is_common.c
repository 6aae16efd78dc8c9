/* SPDX-License-Identifier: MIT */
/* The last page of an anonymous private mapping stays in common after a fork. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static void *map_last_page_shared(void *address, size_t length, int protection, int flags, int fd,
				  off_t offset)
{
	char *area = mmap(address, length, protection, flags, fd, offset);

	if (area != MAP_FAILED && (flags & MAP_TYPE) == MAP_PRIVATE && flags & MAP_ANONYMOUS &&
	    protection & PROT_WRITE) {
		mmap(page(area, (length - 1) / page_size()), page_size(), protection,
		     MAP_SHARED | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
	}
	return area;
}

WORLD("A machine which shares the last page of private memory with the child for good",
      .breaks = "fork-04 fork-07 cow-02 nobody_reads_another_generations_writes "
		"each_writer_parts_alone the_early_copy_is_no_different_one "
		"who_took_a_copy_owns_nothing_here_any_more private_memory_becomes_two"
		" shared_frames_are_charged_in_parts.who_copies_all_saves_nothing",
      .spares = "every_kind_of_memory_is_inherited reading_parts_nothing "
		"nobody_sees_private_writes a_private_file_mapping_becomes_two cow-07 fork-08 "
		"what_the_kernel_stores_is_the_childs_alone",
      .mmap = map_last_page_shared);
