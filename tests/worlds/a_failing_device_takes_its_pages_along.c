/* SPDX-License-Identifier: MIT */
/* When a device fails, its pages leave the page cache. */
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "worlds/acts.h"

static void take_along(const struct mapping *mapping)
{
	struct stat device;

	if (is_of_file(mapping) && fstat(mapping->fd, &device) == 0 && S_ISBLK(device.st_mode)) {
		madvise(mapping->start, mapping->length, MADV_DONTNEED);
		posix_fadvise(mapping->fd, 0, 0, POSIX_FADV_DONTNEED);
	}
}

static int fail(int fd, off_t length)
{
	gate_each_mapping(take_along);
	return ftruncate(fd, length);
}

WORLD("A machine where a failing device takes its cached pages along",
      .breaks = "cached_pages_need_no_device",
      .spares = "a_page_that_cannot_be_read_is_a_signal mapfile-06", .ftruncate = fail);
