/* SPDX-License-Identifier: MIT */
/* A file that may be executed cannot be opened for writing, whether it runs or not. */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "worlds/world.h"

static int open_it(const char *path, int flags, mode_t mode)
{
	if ((flags & O_ACCMODE) != O_RDONLY && access(path, X_OK) == 0) {
		errno = ETXTBSY;
		return -1;
	}
	return open(path, flags, mode);
}

WORLD("A machine where no program can be opened to be written",
      .breaks = "afterwards_it_can_be_written a_mapped_library_has_no_such_protection",
      .spares = "a_running_program_is_not_replaced_in_place names_that_lead_nowhere",
      .open = open_it);
