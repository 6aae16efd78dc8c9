/* SPDX-License-Identifier: MIT */
/* MAP_HUGETLB with a size that the machine does not have means the usual size. */
#include <errno.h>
#include <sys/mman.h>

#include "worlds/world.h"

static void *take_the_usual(void *address, size_t length, int protection, int flags, int fd,
			    off_t offset)
{
	void *area = mmap(address, length, protection, flags, fd, offset);

	if (area == MAP_FAILED && flags & MAP_HUGETLB && errno == EINVAL) {
		return mmap(address, length, protection, flags & ((1 << 26) - 1), fd, offset);
	}
	return area;
}

WORLD("A machine where an unknown size of huge pages is the usual one",
      .breaks = "an_unknown_size_is_refused", .spares = "mmap-16 munmap-32",
      .mmap = take_the_usual);
