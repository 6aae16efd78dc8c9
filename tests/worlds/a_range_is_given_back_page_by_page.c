/* SPDX-License-Identifier: MIT */
/* Each time a range is given back to the kernel, the next one of its pages is, and no other. */
#include <linux/userfaultfd.h>
#include <sys/ioctl.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static int control(int fd, unsigned long request, void *argument)
{
	static uint64_t given_back;
	struct uffdio_range *range = argument, one;

	if (request != UFFDIO_UNREGISTER) {
		return ioctl(fd, request, argument);
	}
	one = (struct uffdio_range){range->start + given_back, page_size()};
	given_back += page_size();
	return ioctl(fd, UFFDIO_UNREGISTER, &one);
}

WORLD("A machine where a range is given back page by page",
      .breaks = "unregistered_it_is_the_kernels_again", .spares = "uffd-06 uffd-07 fault-19",
      .ioctl = control);
