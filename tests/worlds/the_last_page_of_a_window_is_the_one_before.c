/* SPDX-License-Identifier: MIT */
/* Of each mapping of a file the last page shows what the one before it shows. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static void *repeat_a_page(void *address, size_t length, int protection, int flags, int fd,
			   off_t offset)
{
	char *area = mmap(address, length, protection, flags, fd, offset);
	size_t pages = length / page_size();

	if (area != MAP_FAILED && !(flags & MAP_ANONYMOUS) && pages > 1) {
		offset += (off_t)((pages - 2) * page_size());
		mmap(page(area, pages - 1), page_size(), protection, flags | MAP_FIXED, fd, offset);
	}
	return area;
}

WORLD("A machine where the last page of a window onto a file is a wrong one",
      .breaks = "map-01 map-12 a_shared_write_reaches_everybody"
		" fresh_memory_is_all_zeros.memory_of_a_file_shows_the_file "
		"a_mapping_needs_a_fitting_descriptor.without_the_flag_the_file_shows "
		"pipes_sockets_and_directories_cannot_be_mapped.files_can_be_mapped "
		"unmapping_is_no_business_of_other_processes.the_object_goes_with_its_last_user "
		"an_object_that_grows_takes_nothing",
      .spares = "map-07 map-09 shared_memory_stays_one", .mmap = repeat_a_page);
