/* SPDX-License-Identifier: MIT */
/* PAGEMAP_SCAN takes no kind for its contrary. */
#include <sys/ioctl.h>

#include <touchstone/page_scan.h>

#include "worlds/world.h"

static int control(int fd, unsigned long request, void *argument)
{
	struct page_scan *scan = argument;

	if (request == SCAN_PAGES) {
		scan->inverted = 0;
	}
	return ioctl(fd, request, scan);
}

WORLD("A machine whose scan knows no contrary", .breaks = "pagescan-02",
      .spares = "pagescan-01 pagescan-03 pagescan-04", .ioctl = control);
