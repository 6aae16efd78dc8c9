/* SPDX-License-Identifier: MIT */
/*
 * It is not lazy: what is mapped has frames at once, as if everybody had said MAP_POPULATE. Only
 * the largest mappings are left as they are, for the real machine's sake.
 */
#include <sys/mman.h>

#include "worlds/world.h"

enum { LARGEST = 32 * 1024 * 1024 };

static void *attach(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	if (flags & MAP_ANONYMOUS && length <= LARGEST) {
		flags |= MAP_POPULATE;
	}
	return mmap(address, length, protection, flags, fd, offset);
}

WORLD("A machine whose mmap attaches every frame at once",
      .breaks = "a_mapping_has_no_frames a_longer_promise_costs_no_more faults_follow_the_touches "
		"lazy-09 a_read_gets_the_zero_page lazy-08 lazy-13 "
		"the_kernel_faults_for_the_program a_word_across_a_border_brings_both_pages "
		"fault-17 what_nobody_touched_stays_away a_walk_faults_once_a_page "
		"each_repair_is_one_fault they_agree_about_minor_faults",
      .spares = "lazy-14 unwritten_memory_reads_as_zeros a_word_across_a_border_is_whole "
		"populating_attaches_all prepared_memory_is_zero fault-02 fault-06",
      .mmap = attach);
