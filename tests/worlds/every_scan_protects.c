/* SPDX-License-Identifier: MIT */
/* PAGEMAP_SCAN protects what it has found, whether it was asked to or not. */
#include <sys/ioctl.h>

#include <touchstone/page_scan.h>

#include "worlds/world.h"

static int control(int fd, unsigned long request, void *argument)
{
	struct page_scan *scan = argument;

	if (request == SCAN_PAGES && scan->flags & SCAN_INSISTS) {
		scan->flags |= SCAN_PROTECTS;
	}
	return ioctl(fd, request, scan);
}

WORLD("A machine whose every scan protects", .breaks = "who_only_looks_is_told_again",
      .spares = "pagescan-05 pagescan-06 pagescan-07", .ioctl = control);
