/* SPDX-License-Identifier: MIT */
/* mprotect asks the file for its permissions as they are now. */
#include <errno.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "worlds/gate.h"

static int ask_again(void *address, size_t length, int protection)
{
	const struct mapping *area = gate_mapping_of(address);
	struct stat status;

	if (area && !(area->flags & MAP_ANONYMOUS) && fstat(area->fd, &status) == 0 &&
	    !(status.st_mode & S_IRUSR)) {
		errno = EACCES;
		return -1;
	}
	return mprotect(address, length, protection);
}

WORLD("A machine whose mprotect asks the file for its permissions", .breaks = "mmap-27",
      .spares = "mmap-26 map-11 who_comes_later_is_refused", .mprotect = ask_again);
