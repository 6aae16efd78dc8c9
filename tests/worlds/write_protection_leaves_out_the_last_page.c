/* SPDX-License-Identifier: MIT */
/* Of a range that userfaultfd is to write-protect, the last page can be written as before. */
#include <linux/userfaultfd.h>
#include <sys/ioctl.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static int control(int fd, unsigned long request, void *argument)
{
	struct uffdio_writeprotect *wanted = argument;

	if (request == UFFDIO_WRITEPROTECT && wanted->mode & UFFDIO_WRITEPROTECT_MODE_WP) {
		if (wanted->range.len == page_size()) {
			return 0;
		}
		wanted->range.len -= page_size();
	}
	return ioctl(fd, request, argument);
}

WORLD("A machine whose write protection leaves out the last page",
      .breaks = "a_store_is_told the_store_waits_for_leave protection_comes_back_when_asked_for "
		"a_store_can_wait_for_leave.loads_and_neighbours_go_through",
      .spares = "fault-19 uffd-04 uffd-06", .ioctl = control);
