/* SPDX-License-Identifier: MIT */
/* A gift that ends within a page is rounded up to its end. */
#include <linux/userfaultfd.h>
#include <sys/ioctl.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static int control(int fd, unsigned long request, void *argument)
{
	struct uffdio_copy *copy = argument;

	if (request == UFFDIO_COPY) {
		copy->len = (copy->len + page_size() - 1) / page_size() * page_size();
	}
	return ioctl(fd, request, argument);
}

WORLD("A machine where half a page is given as a whole",
      .breaks = "only_whole_registered_pages_are_given", .spares = "uffd-04 fault-19 uffd-06",
      .ioctl = control);
