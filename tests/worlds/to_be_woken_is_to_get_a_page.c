/* SPDX-License-Identifier: MIT */
/* Who is woken without a page does not ask again, but gets one that a later answer finds there. */
#include <linux/userfaultfd.h>
#include <sys/ioctl.h>

#include "worlds/world.h"

static int control(int fd, unsigned long request, void *argument)
{
	if (request == UFFDIO_WAKE) {
		struct uffdio_zeropage zeros = {.range = *(struct uffdio_range *)argument};

		ioctl(fd, UFFDIO_ZEROPAGE, &zeros);
	}
	return ioctl(fd, request, argument);
}

WORLD("A machine where to be woken is to get a page",
      .breaks = "woken_without_a_page_it_asks_again",
      .spares = "it_sleeps_until_it_is_woken uffd-07 uffd-08 fault-19", .ioctl = control);
