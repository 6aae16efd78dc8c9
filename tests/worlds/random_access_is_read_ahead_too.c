/* SPDX-License-Identifier: MIT */
/* MADV_RANDOM and POSIX_FADV_RANDOM are taken, and change nothing. */
#include <fcntl.h>
#include <sys/mman.h>

#include "worlds/world.h"

static int advise_memory(void *address, size_t length, int advice)
{
	return advice == MADV_RANDOM ? 0 : madvise(address, length, advice);
}

static int advise_file(int fd, off_t offset, off_t length, int advice)
{
	return advice == POSIX_FADV_RANDOM ? 0 : posix_fadvise(fd, offset, length, advice);
}

WORLD("A machine that reads ahead for random access as well",
      .breaks = "who_says_random_gets_no_more "
		"reads_at_random_bring_no_more "
		"what_was_not_asked_for_is_waited_for "
		"below_a_limit_the_order_counts a_disk_shows_as_major_faults",
      .spares = "a_walk_waits_less_often_than_it_steps the_first_load_brings_more_than_its_page "
		"mapfile-24 within_the_limit_no_order_matters new_memory_shows_as_minor_faults",
      .madvise = advise_memory, .posix_fadvise = advise_file);
