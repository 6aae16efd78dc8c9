/* SPDX-License-Identifier: MIT */
/* What read(2) has stored into a page leaves no mark. */
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

static ssize_t get(int fd, void *buffer, size_t length, off_t offset)
{
	ssize_t got = pread(fd, buffer, length, offset);

	clear_marks();
	return got;
}

WORLD("A machine on which the stores of the kernel leave no mark", .breaks = "softdirty-02",
      .spares = "softdirty-01 softdirty-03 softdirty-05", .pread = get);
