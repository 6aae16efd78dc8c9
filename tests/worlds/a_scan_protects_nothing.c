/* SPDX-License-Identifier: MIT */
/* PAGEMAP_SCAN does not protect what it has found, but for the first time. */
#include <sys/ioctl.h>

#include <touchstone/page_scan.h>

#include "worlds/world.h"

static int scans;

static int control(int fd, unsigned long request, void *argument)
{
	struct page_scan *scan = argument;

	if (request == SCAN_PAGES && scan->flags & SCAN_PROTECTS && scans++ > 0) {
		scan->flags &= ~(uint64_t)SCAN_PROTECTS;
	}
	return ioctl(fd, request, scan);
}

WORLD("A machine whose scan protects but once",
      .breaks = "pagescan-05 pagescan-07 who_only_looks_is_told_again",
      .spares = "pagescan-06 pagescan-01", .ioctl = control);
