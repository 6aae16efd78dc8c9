/* SPDX-License-Identifier: MIT */
/* Who is not root gets pages one by one only. */
#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static void *refuse(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	if (flags & MAP_ANONYMOUS && length > 64 * page_size() && geteuid() != 0) {
		errno = ENOMEM;
		return MAP_FAILED;
	}
	return mmap(address, length, protection, flags, fd, offset);
}

WORLD("A machine where who is not root gets no long mapping",
      .breaks = "ordinary_pages_need_no_pool",
      .spares = "an_unknown_size_is_refused map-02 mmap-03", .mmap = refuse);
