/* SPDX-License-Identifier: MIT */
/* PAGEMAP_SCAN tells all it finds, however few pages were wanted. */
#include <sys/ioctl.h>

#include <touchstone/page_scan.h>

#include "worlds/world.h"

static int control(int fd, unsigned long request, void *argument)
{
	struct page_scan *scan = argument;

	if (request == SCAN_PAGES) {
		scan->max_pages = 0;
	}
	return ioctl(fd, request, scan);
}

WORLD("A machine whose scan minds no maximum", .breaks = "no_more_pages_than_wanted",
      .spares = "room_is_never_exceeded pagescan-01 pagescan-04", .ioctl = control);
