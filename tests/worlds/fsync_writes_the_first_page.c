/* SPDX-License-Identifier: MIT */
/* fsync writes the first page of the file, and says that all is on the disk. */
#include <fcntl.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static int synchronise(int fd)
{
	return sync_file_range(fd, 0, (off_t)page_size(),
			       SYNC_FILE_RANGE_WRITE | SYNC_FILE_RANGE_WAIT_AFTER);
}

WORLD("A machine where fsync writes only the first page",
      .breaks = "dirty_pages_are_sent once_written_they_go",
      .spares = "dirty_pages_stay no_change_is_lost", .fsync = synchronise);
