/* SPDX-License-Identifier: MIT */
/* What is mapped to be executed is copied out of the file when it is mapped. */
#include <sys/mman.h>
#include <unistd.h>

#include "worlds/world.h"

static void *copy_code(void *address, size_t length, int protection, int flags, int fd,
		       off_t offset)
{
	char *area = mmap(address, length, protection, flags, fd, offset);

	if (area != MAP_FAILED && !(flags & MAP_ANONYMOUS) && protection & PROT_EXEC) {
		area = mmap(area, length, PROT_READ | PROT_WRITE,
			    MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
		if (area != MAP_FAILED && (pread(fd, area, length, offset) < 0 ||
					   mprotect(area, length, protection) != 0)) {
			return MAP_FAILED;
		}
	}
	return area;
}

WORLD("A machine where code runs in a copy of its file", .breaks = "mapfile-16",
      .spares = "mapfile-10 mapfile-02", .mmap = copy_code);
