/* SPDX-License-Identifier: MIT */
/* mmap waits until every page of the file has been read. */
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static void *read_it(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	char byte;

	for (size_t at = 0; !(flags & MAP_ANONYMOUS) && at < length; at += page_size()) {
		(void)!pread(fd, &byte, 1, offset + (off_t)at);
	}
	return mmap(address, length, protection, flags, fd, offset);
}

WORLD("A machine where mapping a file reads it",
      .breaks = "a_load_of_an_absent_page_is_a_wait the_second_pass_waits_for_nothing "
		"without_the_cache_it_waits_again a_mapping_costs_only_addresses "
		"a_single_read_brings_what_was_asked_for "
		"reads_at_random_bring_no_more "
		"who_says_random_gets_no_more "
		"what_was_not_asked_for_is_waited_for a_walk_waits_less_often_than_it_steps "
		"the_first_load_brings_more_than_its_page",
      .spares = "mapfile-01 mapfile-02 what_is_there_beforehand_is_not_waited_for",
      .mmap = read_it);
