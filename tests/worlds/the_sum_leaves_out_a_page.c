/* SPDX-License-Identifier: MIT */
/* smaps_rollup, the sum over all areas of a process, leaves out a page. */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static int open_short(const char *path, int flags, mode_t mode)
{
	char text[4000] = "", *rss;
	size_t kilobytes;
	int fd = open(path, flags, mode);

	if (fd < 0 || strcmp(path, "/proc/self/smaps_rollup") != 0) {
		return fd;
	}
	arrange(read(fd, text, sizeof text - 1) > 0 && close(fd) == 0);
	fd = memfd_create("smaps_rollup", MFD_CLOEXEC);
	rss = strstr(text, "\nRss:");
	arrange(fd >= 0 && rss && sscanf(rss, "\nRss: %zu", &kilobytes) == 1);
	kilobytes -= page_size() / 1024;
	arrange(dprintf(fd, "all\nRss: %zu kB\n", kilobytes) > 0 && lseek(fd, 0, SEEK_SET) == 0);
	return fd;
}

WORLD("A machine whose sum over all areas leaves out a page", .breaks = "the_map_adds_up",
      .spares = "page-faults.a_count_does_not_tell_where.a_count_does_not_tell_where "
		"smaps_tells_which_area fault-18",
      .by = "reading", .open = open_short);
