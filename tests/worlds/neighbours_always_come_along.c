/* SPDX-License-Identifier: MIT */
/* The kernel's own switch: large clusters, whatever the claim has set. */
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "worlds/world.h"

/* The claim has set another one by now, and its guardian puts back what was there before. */
static int advise(void *address, size_t length, int advice)
{
	int fd = open("/proc/sys/vm/page-cluster", O_WRONLY | O_CLOEXEC);

	(void)!write(fd, "5", 1);
	close(fd);
	return madvise(address, length, advice);
}

WORLD("A machine where neighbours always come along", .breaks = "alone_each_page_is_waited_for",
      .spares = "swap-21 a_block_device_holds_swapped_pages", .by = "switch", .madvise = advise);
