/* SPDX-License-Identifier: MIT */
/* Pages that a device cannot give are zeros, to who maps them. */
#include <sys/mman.h>
#include <sys/stat.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	enum { READABLE = 4 };
	char *area = mmap(address, length, protection, flags, fd, offset);
	struct stat device;

	if (area != MAP_FAILED && !(flags & MAP_ANONYMOUS) && fstat(fd, &device) == 0 &&
	    S_ISBLK(device.st_mode)) {
		mmap(page(area, READABLE), length - READABLE * page_size(), protection,
		     MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
	}
	return area;
}

WORLD("A machine where a page that cannot be read is zeros",
      .breaks = "a_page_that_cannot_be_read_is_a_signal",
      .spares = "cached_pages_need_no_device mapfile-06", .mmap = map);
