/* SPDX-License-Identifier: MIT */
/* PAGEMAP_SCAN tells a region less than it has found, where there are several. */
#include <sys/ioctl.h>

#include <touchstone/page_scan.h>

#include "worlds/world.h"

static int control(int fd, unsigned long request, void *argument)
{
	struct page_scan *scan = argument;
	int found = ioctl(fd, request, scan);

	return request == SCAN_PAGES && found > 1 ? found - 1 : found;
}

WORLD("A machine whose scan leaves out its last region",
      .breaks = "pagescan-01 pagescan-02 pagescan-03 it_tells_just_the_written_pages",
      .spares = "pagescan-04", .ioctl = control);
