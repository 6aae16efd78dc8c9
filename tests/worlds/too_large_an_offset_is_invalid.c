/* SPDX-License-Identifier: MIT */
/* A mapping that ends behind the largest offset is refused, but with EINVAL. */
#include <errno.h>
#include <sys/mman.h>

#include "worlds/world.h"

static void *call_it_invalid(void *address, size_t length, int protection, int flags, int fd,
			     off_t offset)
{
	void *area = mmap(address, length, protection, flags, fd, offset);

	if (area == MAP_FAILED && errno == EOVERFLOW) {
		errno = EINVAL;
	}
	return area;
}

WORLD("A machine where too large an offset is merely invalid", .breaks = "mmap-21",
      .spares = "mmap-20 mmap-22 an_end_before_it_is_granted", .mmap = call_it_invalid);
