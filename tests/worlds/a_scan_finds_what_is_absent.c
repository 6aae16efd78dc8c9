/* SPDX-License-Identifier: MIT */
/* PAGEMAP_SCAN finds all pages when it is asked for those that are present. */
#include <sys/ioctl.h>

#include <touchstone/page_scan.h>

#include "worlds/world.h"

static int control(int fd, unsigned long request, void *argument)
{
	struct page_scan *scan = argument;

	if (request == SCAN_PAGES && scan->wanted == PAGE_PRESENT && scan->inverted == 0) {
		scan->wanted = 0;
	}
	return ioctl(fd, request, scan);
}

WORLD("A machine whose scan finds what is absent",
      .breaks = "pagescan-01 pagescan-03 what_is_absent_is_not_found with_room_all_comes_at_once",
      .spares = "pagescan-04 pagescan-05", .ioctl = control);
