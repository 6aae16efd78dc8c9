/* SPDX-License-Identifier: MIT */
/* userfaultfd write-protects the page below the range as well. */
#include <linux/userfaultfd.h>
#include <sys/ioctl.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static int control(int fd, unsigned long request, void *argument)
{
	struct uffdio_writeprotect *wanted = argument;

	if (request == UFFDIO_WRITEPROTECT && wanted->mode & UFFDIO_WRITEPROTECT_MODE_WP) {
		wanted->range.start -= page_size();
		wanted->range.len += page_size();
	}
	return ioctl(fd, request, argument);
}

WORLD("A machine whose write protection takes a page more",
      .breaks = "a_store_can_wait_for_leave.loads_and_neighbours_go_through",
      .spares = "a_store_is_told the_store_waits_for_leave protection_comes_back_when_asked_for",
      .ioctl = control);
