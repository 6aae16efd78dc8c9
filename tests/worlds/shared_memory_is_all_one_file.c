/* SPDX-License-Identifier: MIT */
/* All shared anonymous memory of a program is part of one file, a piece behind the other. */
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	static off_t end;
	static int file = -1;

	if ((flags & MAP_TYPE) != MAP_SHARED || !(flags & MAP_ANONYMOUS)) {
		return mmap(address, length, protection, flags, fd, offset);
	}
	file = file < 0 ? memfd_create("shared", MFD_CLOEXEC) : file;
	offset = end;
	end += (off_t)((length + page_size() - 1) / page_size() * page_size());
	arrange(ftruncate(file, end) == 0);
	return mmap(address, length, protection, flags & ~MAP_ANONYMOUS, file, offset);
}

WORLD("A machine where shared memory is all one file",
      .breaks = "shared_anonymous_memory_is_an_unnamed_file",
      .spares = "private_anonymous_memory_has_no_inode a_mapped_file_shows_its_inode vma-08",
      .mmap = map);
