/* SPDX-License-Identifier: MIT */
/* The first shared mapping of an object is as it should be. The next one is a copy. */
#include <sys/mman.h>
#include <sys/stat.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static void *copy_the_second(void *address, size_t length, int protection, int flags, int fd,
			     off_t offset)
{
	static ino_t before;
	bool anonymous = flags & MAP_ANONYMOUS;
	struct stat status;

	if (anonymous || !(protection & PROT_WRITE) || !(flags & MAP_SHARED) ||
	    fstat(fd, &status) != 0) {
		return mmap(address, length, protection, flags, fd, offset);
	}
	if (status.st_ino != before) {
		before = status.st_ino;
		return mmap(address, length, protection, flags, fd, offset);
	}

	char *copy = mmap(address, length, protection, (flags & ~MAP_SHARED) | MAP_PRIVATE, fd,
			  offset);

	for (size_t at = 0; copy != MAP_FAILED && at < length; at += page_size()) {
		store(copy + at, load(copy + at));
	}
	return copy;
}

WORLD("A machine where the second shared mapping of a file is a copy of it",
      .breaks = "sharing.one_object_serves_many_processes.a_memory_file_is_one "
		"one_frame_is_behind_a_memory_file two_mappings_of_one_file_do_as_well share-03 "
		"a_shared_mutex_excludes_the_other_process a_shared_semaphore_counts_for_both "
		"the_word_is_looked_at_by_the_kernel share-12 an_object_without_a_name_is_shared "
		"the_same_object_shows_each_store it_is_one_object_for_all map-12 "
		"a_shared_write_reaches_everybody "
		"a_shared_mapping_shows_what_is_written_to_the_file"
		" a_mapping_shows_the_chosen_part_of_an_object.other_pages_of_the_object_stay_as_"
		"they_are "
		"cached_file_pages_fault_without_a_read.a_page_that_is_not_cached_is_a_major_fault"
		" both_orders_are_seamless"
		" the_same_frames_in_another_order"
		" frames_stand_behind_an_area_in_any_order.the_same_order_shows_the_same",
      .spares = "map-01 shared_memory_stays_one a_shared_file_mapping_stays_one",
      .mmap = copy_the_second);
