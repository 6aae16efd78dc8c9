/* SPDX-License-Identifier: MIT */
/* A file that is made longer gets its new pages at once, instead of when they are written. */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "worlds/world.h"

static int lengthen(int fd, off_t length)
{
	errno = posix_fallocate(fd, 0, length);
	return errno == 0 ? 0 : -1;
}

WORLD("A machine where a longer file has all its pages at once",
      .breaks = "nothing_is_brought_that_is_not_cached"
		" a_mapping_keeps_its_file_alive.a_file_cut_short_is_noticed",
      .spares = "one_load_brings_its_neighbours fault-22 fault-08", .ftruncate = lengthen);
