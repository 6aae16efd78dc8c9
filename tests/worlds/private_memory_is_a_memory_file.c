/* SPDX-License-Identifier: MIT */
/*
 * Private anonymous memory is made like shared memory, of the pages of a file in memory: no zero
 * page is lent.
 */
#include <sys/mman.h>

#include "worlds/world.h"

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	if (flags & MAP_ANONYMOUS && flags & MAP_PRIVATE) {
		flags = (flags & ~MAP_PRIVATE) | MAP_SHARED;
	}
	return mmap(address, length, protection, flags, fd, offset);
}

WORLD("A machine where a load, too, gets a frame",
      .breaks =
	      "a_read_gets_the_zero_page readers_share_the_frame a_write_after_a_read_faults_again "
	      "lazy-13 any_byte_brings_its_page_alone given_back_pages_read_zero "
	      "another_process_leaves_nothing private_memory_becomes_two "
	      "pages_first_touched_after_the_fork_obey_the_flag_too"
	      " shared_memory_gets_frames_even_for_reads.private_memory_parts_when_it_is_written"
	      " private_anonymous_memory_has_no_inode",
      .spares = "unwritten_memory_reads_as_zeros a_partly_written_page_keeps_its_zeros lazy-21 "
		"each_page_faults_once private_memory_is_zero shared_memory_stays_one",
      .mmap = map);
