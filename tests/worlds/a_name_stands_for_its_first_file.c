/* SPDX-License-Identifier: MIT */
/* Whoever opens a name without making a file gets the first file that was ever made. */
#include <fcntl.h>
#include <unistd.h>

#include "worlds/world.h"

static int open_first(const char *path, int flags, mode_t mode)
{
	static int first = -1;
	int fd;

	if (first >= 0 && !(flags & (O_CREAT | O_TRUNC))) {
		return dup(first);
	}
	fd = open(path, flags, mode);
	if (fd >= 0 && first < 0 && flags & O_CREAT) {
		first = dup(fd);
	}
	return fd;
}

WORLD("A machine where a name stands for the first file it ever had",
      .breaks = "a_removed_file_stays_mapped a_replaced_file_stays_mapped",
      .spares = "a_file_written_in_place_changes_its_mappings mapfile-02", .open = open_first);
