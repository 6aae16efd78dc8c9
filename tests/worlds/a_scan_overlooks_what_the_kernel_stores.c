/* SPDX-License-Identifier: MIT */
/* What read(2) has stored into a page does not count as written. */
#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/memory.h>
#include <touchstone/page_scan.h>

#include "worlds/world.h"

static ssize_t get(int fd, void *buffer, size_t length, off_t offset)
{
	ssize_t got = pread(fd, buffer, length, offset);
	struct page_region regions[2];
	struct page_scan scan = {.size = sizeof scan,
				 .flags = SCAN_PROTECTS,
				 .regions = (uintptr_t)regions,
				 .region_count = 2,
				 .wanted = PAGE_WRITTEN,
				 .told = PAGE_WRITTEN};
	int pagemap = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);

	scan.start = (uintptr_t)page_of(buffer);
	scan.end = (uintptr_t)page_of((char *)buffer + length - 1) + page_size();
	ioctl(pagemap, SCAN_PAGES, &scan);
	close(pagemap);
	return got;
}

WORLD("A machine whose scan overlooks what the kernel stores", .breaks = "pagescan-06",
      .spares = "pagescan-05 pagescan-07", .pread = get);
