/* SPDX-License-Identifier: MIT */
/* POSIX_FADV_SEQUENTIAL drops what is cached, even what is mapped. */
#include <fcntl.h>
#include <sys/mman.h>

#include "worlds/acts.h"

static int advised;

static void unmap(const struct mapping *mapping)
{
	if (is_of_file(mapping) && mapping->fd == advised) {
		madvise(mapping->start, mapping->length, MADV_DONTNEED);
	}
}

static int advise(int fd, off_t offset, off_t length, int advice)
{
	if (advice == POSIX_FADV_SEQUENTIAL) {
		advised = fd;
		gate_each_mapping(unmap);
		posix_fadvise(fd, offset, length, POSIX_FADV_DONTNEED);
	}
	return posix_fadvise(fd, offset, length, advice);
}

WORLD("A machine where advice to read in order drops what is cached",
      .breaks = "other_advice_drops_nothing",
      .spares = "whole_pages_that_nobody_needs_go fadvise-03 fadvise-01", .posix_fadvise = advise);
