/* SPDX-License-Identifier: MIT */
/* PAGEMAP_SCAN says that it has looked at a page more. */
#include <sys/ioctl.h>

#include <touchstone/page_scan.h>
#include <touchstone/memory.h>

#include "worlds/world.h"

static int control(int fd, unsigned long request, void *argument)
{
	struct page_scan *scan = argument;
	int found = ioctl(fd, request, scan);

	if (request == SCAN_PAGES && found >= 0 && scan->walk_end < scan->end) {
		scan->walk_end += 2 * page_size();
	}
	return found;
}

WORLD("A machine whose scan goes on too late", .breaks = "pagescan-03",
      .spares = "pagescan-01 pagescan-02 pagescan-04", .ioctl = control);
