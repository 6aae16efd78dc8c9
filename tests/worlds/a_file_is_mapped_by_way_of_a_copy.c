/* SPDX-License-Identifier: MIT */
/* Every mapping of a file is a mapping of one and the same other file, that has its bytes. */
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	static char bytes[64 * 1024];
	static int copy = -1;

	copy = copy < 0 ? memfd_create("copy", MFD_CLOEXEC) : copy;
	if (copy < 0 || fd < 0) {
		return mmap(address, length, protection, flags, fd, offset);
	}
	for (size_t at = 0; at < length; at += page_size()) {
		ssize_t got = pread(fd, bytes, page_size(), offset + (off_t)at);

		arrange(got > 0 && pwrite(copy, bytes, (size_t)got, offset + (off_t)at) == got);
	}
	return mmap(address, length, protection, flags, copy, offset);
}

WORLD("A machine where a file is mapped by way of a copy",
      .breaks = "a_mapped_file_shows_its_inode"
		" an_area_shows_a_file_or_none.the_same_place_shows_what_is_mapped_there",
      .spares = "private_anonymous_memory_has_no_inode it_outlives_the_descriptor vma-13",
      .mmap = map);
