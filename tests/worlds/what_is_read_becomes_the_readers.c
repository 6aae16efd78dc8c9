/* SPDX-License-Identifier: MIT */
/* pread maps what it reads into the process, and takes it from there. */
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static ssize_t map_and_take(int fd, void *bytes, size_t length, off_t offset)
{
	size_t within = (size_t)offset % page_size();
	char *mapped = mmap(NULL, page_size(), PROT_READ, MAP_SHARED, fd, offset - (off_t)within);

	if (mapped == MAP_FAILED || within + length > page_size()) {
		return pread(fd, bytes, length, offset);
	}
	memcpy(bytes, mapped + within, length);
	return (ssize_t)length;
}

WORLD("A machine where what is read becomes the reader's", .breaks = "the_reader_gets_no_page",
      .spares = "a_touch_makes_them_the_programs kernel-07", .pread = map_and_take);
