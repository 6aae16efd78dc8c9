/* SPDX-License-Identifier: MIT */
/* A page that was write-protected by userfaultfd and released is not protected any more. */
#include <linux/userfaultfd.h>
#include <stdbool.h>
#include <sys/ioctl.h>

#include "worlds/world.h"

static int control(int fd, unsigned long request, void *argument)
{
	static bool before;
	struct uffdio_writeprotect *wanted = argument;

	if (request == UFFDIO_WRITEPROTECT && wanted->mode & UFFDIO_WRITEPROTECT_MODE_WP) {
		if (before) {
			return 0;
		}
		before = true;
	}
	return ioctl(fd, request, argument);
}

WORLD("A machine where write protection comes but once",
      .breaks = "protection_comes_back_when_asked_for",
      .spares = "a_store_is_told the_store_waits_for_leave loads_and_neighbours_go_through",
      .ioctl = control);
