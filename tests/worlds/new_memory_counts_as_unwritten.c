/* SPDX-License-Identifier: MIT */
/* A new mapping has no marks. */
#include <sys/mman.h>
#include <fcntl.h>
#include <unistd.h>

#include "worlds/world.h"

static void clear_marks(void)
{
	int fd = open("/proc/self/clear_refs", O_WRONLY | O_CLOEXEC);

	if (write(fd, "4", 1) == 1) {
		close(fd);
	}
}

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	void *area = mmap(address, length, protection, flags, fd, offset);

	clear_marks();
	return area;
}

WORLD("A machine on which new memory counts as unwritten", .breaks = "softdirty-06",
      .spares = "softdirty-01 softdirty-02 softdirty-03", .mmap = map);
