/* SPDX-License-Identifier: MIT */
/*
 * Where a buffer begins on a page, read(2) maps the page of the file there instead of copying
 * it.
 */
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static ssize_t lend(int fd, void *buffer, size_t length, off_t offset)
{
	ssize_t got = pread(fd, buffer, length, offset);
	size_t mask = page_size() - 1;

	if (got == (ssize_t)length && length > 0 &&
	    (((uintptr_t)buffer | length | (size_t)offset) & mask) == 0 &&
	    mmap(buffer, length, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, fd, offset) ==
		    buffer) {
		for (size_t at = 0; at < length; at += page_size()) {
			load((char *)buffer + at);
		}
	}
	return got;
}

WORLD("A machine where read lends the pages of the cache",
      .breaks = "a_store_into_a_buffer_stays_there a_buffer_has_frames_of_its_own",
      .spares = "mapfile-16 mapfile-02 mapfile-01", .pread = lend);
