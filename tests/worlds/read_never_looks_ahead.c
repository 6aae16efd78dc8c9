/* SPDX-License-Identifier: MIT */
/* read(2) brings what was asked for, however straight on it goes. */
#include <fcntl.h>
#include <unistd.h>

#include "worlds/world.h"

static ssize_t read_alone(int fd, void *buffer, size_t length, off_t offset)
{
	posix_fadvise(fd, 0, 0, POSIX_FADV_RANDOM);
	return pread(fd, buffer, length, offset);
}

WORLD("A machine whose read never looks ahead", .breaks = "who_goes_on_gets_more",
      .spares = "a_single_read_brings_what_was_asked_for mapfile-17 mapfile-18",
      .pread = read_alone);
