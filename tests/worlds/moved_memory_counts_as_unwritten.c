/* SPDX-License-Identifier: MIT */
/* What mremap has moved has no marks. */
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

static void *move(void *old, size_t old_length, size_t new_length, int flags, void *address)
{
	void *area = mremap(old, old_length, new_length, flags, address);

	clear_marks();
	return area;
}

WORLD("A machine on which moved memory counts as unwritten", .breaks = "softdirty-07",
      .spares = "softdirty-06 softdirty-01", .mremap = move);
