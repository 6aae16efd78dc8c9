/* SPDX-License-Identifier: MIT */
/*
 * Whenever a file is given a length, even its own, private copies of its pages are thrown
 * away.
 */
#include <sys/mman.h>
#include <unistd.h>

#include "worlds/acts.h"

static int given;

static void empty(const struct mapping *mapping)
{
	if (is_private(mapping) && is_of_file(mapping) && mapping->fd == given) {
		madvise(mapping->start, mapping->length, MADV_DONTNEED);
	}
}

static int set_length(int fd, off_t length)
{
	given = fd;
	gate_each_mapping(empty);
	return ftruncate(fd, length);
}

WORLD("A machine where any new length throws private copies away",
      .breaks = "a_length_that_cuts_nothing_takes_nothing",
      .spares = "pages_that_were_touched_are_gone other_processes_lose_them_too mapfile-06 "
		"what_is_appended_is_there_at_once",
      .ftruncate = set_length);
