/* SPDX-License-Identifier: MIT */
/* A child has the record locks that its parent has; those of open files it has not. */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "worlds/world.h"

static pid_t first;

static void remember(void)
{
	first = getpid();
}

static int lock(int fd, int command, long argument)
{
	if (getpid() != first && command == F_SETLK) {
		return 0;
	}
	if (getpid() != first && command == F_OFD_SETLK) {
		errno = EAGAIN;
		return -1;
	}
	return fcntl(fd, command, argument);
}

WORLD("A machine where a child's record locks are its parent's",
      .breaks = "record_locks_stay_the_parents an_open_files_lock_is_held_by_both",
      .spares = "the_offset_is_one fork-33", .enter = remember, .fcntl = lock);
