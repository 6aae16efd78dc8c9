/* SPDX-License-Identifier: MIT */
/* PAGEMAP_SCAN finds nothing where it should refuse. */
#include <errno.h>
#include <sys/ioctl.h>

#include <touchstone/page_scan.h>

#include "worlds/world.h"

static int control(int fd, unsigned long request, void *argument)
{
	struct page_scan *scan = argument;
	int found = ioctl(fd, request, scan);

	return request == SCAN_PAGES && found < 0 && errno == EINVAL ? 0 : found;
}

WORLD("A machine whose scan takes nonsense", .breaks = "pagescan-04",
      .spares = "pagescan-01 pagescan-02 pagescan-03", .ioctl = control);
