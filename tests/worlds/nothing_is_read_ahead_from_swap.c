/* SPDX-License-Identifier: MIT */
/* The kernel's own switch: a cluster of one page, whatever the claim has set. */
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "worlds/world.h"

/* The claim has set another one by now, and its guardian puts back what was there before. */
static int advise(void *address, size_t length, int advice)
{
	int fd = open("/proc/sys/vm/page-cluster", O_WRONLY | O_CLOEXEC);

	(void)!write(fd, "0", 1);
	close(fd);
	return madvise(address, length, advice);
}

WORLD("A machine that reads nothing ahead from swap", .breaks = "swap-21",
      .spares = "alone_each_page_is_waited_for a_block_device_holds_swapped_pages", .by = "switch",
      .madvise = advise);
