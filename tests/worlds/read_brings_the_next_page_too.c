/* SPDX-License-Identifier: MIT */
/* Every read brings the page behind it, straight on or not. */
#include <unistd.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static ssize_t read_on(int fd, void *buffer, size_t length, off_t offset)
{
	char byte;

	(void)!pread(fd, &byte, 1, offset + (off_t)page_size());
	return pread(fd, buffer, length, offset);
}

WORLD("A machine whose read always brings the next page, too",
      .breaks = "a_single_read_brings_what_was_asked_for "
		"reads_at_random_bring_no_more",
      .spares = "who_goes_on_gets_more mapfile-17 mapfile-18", .pread = read_on);
